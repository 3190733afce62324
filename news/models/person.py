"""People of the newsroom: where they work, which clock they read, how they wish to be told."""

import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from taxonomy.models import Institution


def check_time_zone(name: str) -> None:
    """Refuse what is no time zone of the IANA database."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(name)s” is no time zone. Write one like Europe/Vienna or Asia/Tashkent."), params={"name": name}
        )


class Person(models.Model):
    """What the newsroom knows of a user beside name and rights."""

    class Mail(models.TextChoices):
        """When word of an act comes."""

        AT_ONCE = "at-once", _("at once")
        DIGEST = "digest", _("once a day, all together")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="person"
    )
    institutions = models.ManyToManyField(
        Institution,
        verbose_name=_("institutions"),
        blank=True,
        related_name="people",
        help_text=_("May touch what these and all below them issue."),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=60, default=settings.TIME_ZONE, validators=[check_time_zone]
    )
    mail = models.CharField(_("mail"), max_length=10, choices=Mail, default=Mail.AT_ONCE)
    language = models.CharField(
        _("language of mails"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return str(self.user)
