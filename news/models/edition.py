"""Editions: one version of an item's content each, immutable once approved, visible from one moment until another."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from news.models.edition_queryset import EditionQuerySet
from news.models.news_item import NewsItem, news_address
from taxonomy.models import Country, Institution, Topic
from taxonomy.rich_text import RichTextField

MOVABLE_FIELDS = frozenset({"visible_until", "listed_until", "is_retracted"})


class Edition(models.Model):
    """One version of an item's content."""

    class State(models.TextChoices):
        """How far it is on its way to the public."""

        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned")
        APPROVED = "approved", _("approved")

    class Kind(models.TextChoices):
        """What sort of text it is."""

        NEWS = "news", _("News")
        PRESS_RELEASE = "press-release", _("Press release")
        STATEMENT = "statement", _("Statement")
        SPOT_REPORT = "spot-report", _("Spot report")
        DAILY_REPORT = "daily-report", _("Daily report")
        MEDIA_ADVISORY = "media-advisory", _("Media advisory")
        SPEECH = "speech", _("Speech")

    item = models.ForeignKey(
        NewsItem, verbose_name=_("news item"), related_name="editions", on_delete=models.PROTECT, db_index=False
    )
    number = models.PositiveIntegerField(_("edition"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    # Copied from the item, so that a list asks one table.
    language = models.CharField(_("language"), max_length=10)
    story = models.ForeignKey(NewsItem, related_name="+", on_delete=models.PROTECT, editable=False, db_index=False)

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.NEWS)
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True, default="")
    dateline = models.CharField(
        _("dateline"), max_length=100, blank=True, default="", help_text=_("The place it was issued from, e.g. VIENNA.")
    )
    body = RichTextField.with_files(_("text"))
    issued_at = models.DateTimeField(_("issued on"), null=True, blank=True)
    issuers = models.ManyToManyField(
        Institution, verbose_name=_("issued by"), through="EditionInstitution", related_name="editions", blank=True
    )
    countries = models.ManyToManyField(
        Country, verbose_name=_("countries"), through="EditionCountry", related_name="editions", blank=True
    )
    topics = models.ManyToManyField(
        Topic, verbose_name=_("fields of work"), through="EditionTopic", related_name="editions", blank=True
    )
    related = models.ManyToManyField(
        NewsItem, verbose_name=_("related items"), through="EditionRelatedItem", related_name="+", blank=True
    )
    # The numbers of the rows above, in their order, fixed with the edition: a page needs no query for them.
    tags = models.JSONField(_("tags"), default=dict, editable=False)
    # Its pictures and attachments with their words, as news.workflow.held describes; fixed with it too.
    files = models.JSONField(
        _("pictures and files"), default=dict, db_default=Value({}, models.JSONField()), editable=False
    )
    renders = models.ForeignKey(
        "self",
        verbose_name=_("translates the edition"),
        null=True,
        blank=True,
        related_name="rendered_by",
        on_delete=models.PROTECT,
    )
    remark = models.TextField(
        _("remark"), blank=True, default="", editable=False
    )  # of who returned it, to who wrote it
    is_minor = models.BooleanField(_("minor change"), default=False)
    change_note = models.CharField(_("what has changed"), max_length=500, blank=True, default="")

    visible_from = models.DateTimeField(_("visible from"), null=True, blank=True, editable=False)
    visible_until = models.DateTimeField(_("visible until"), null=True, blank=True, editable=False)
    listed_until = models.DateTimeField(_("listed until"), null=True, blank=True, editable=False)
    is_retracted = models.BooleanField(_("published in error"), default=False, editable=False)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ("item", "-number")
        permissions = [
            ("submit_edition", "Can submit an edition"),
            ("return_edition", "Can return an edition with a remark"),
            ("approve_edition", "Can approve an edition that others wrote"),
            ("unschedule_edition", "Can take back an edition before its moment"),
            ("force_edition", "Can approve without second eyes, with a reason"),
            ("review_edition", "Can review what was approved without second eyes"),
            ("remove_item", "Can remove a public item, and undo it"),
            ("publish_import", "Can import items as published"),
            ("work_everywhere", "Can work on the items of every institution"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="edition_number_once"),
            models.UniqueConstraint(
                fields=["item"], condition=~Q(state="approved"), name="edition_one_open_draft_for_an_item"
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(visible_from__isnull=False, visible_until__isnull=True),
                name="edition_one_open_interval_for_an_item",
            ),
            models.CheckConstraint(
                condition=Q(state="approved", visible_from__isnull=False)
                | (~Q(state="approved") & Q(visible_from__isnull=True)),
                name="edition_visible_from_exactly_when_approved",
            ),
            models.CheckConstraint(
                condition=Q(visible_until__isnull=True)
                | Q(visible_from__isnull=False, visible_until__gt=F("visible_from")),
                name="edition_visible_until_after_visible_from",
            ),
            models.CheckConstraint(
                condition=Q(visible_from__isnull=True) | Q(issued_at__isnull=False, issued_at__lte=F("visible_from")),
                name="edition_issued_before_it_is_visible",
            ),
        ]
        indexes = [
            # All that a list asks of its rows before it reads twenty: page and count need the index alone.
            models.Index(
                fields=[
                    "-issued_at",
                    "-id",
                    "visible_from",
                    "visible_until",
                    "listed_until",
                    "is_retracted",
                    "language",
                    "story",
                    "item",
                    "kind",
                ],
                name="edition_list_index",
            ),
            models.Index(fields=["story", "language", "visible_from"], name="edition_story_index"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; of an approved edition only what may still move.

        Raises:
            ValidationError: the stored edition is approved and something else was asked for.
        """
        stored = None if self._state.adding else Edition.objects.filter(pk=self.pk).values("state").first()
        if (
            stored
            and stored["state"] == self.State.APPROVED
            and not MOVABLE_FIELDS.issuperset(kwargs.get("update_fields") or ["everything"])
        ):
            raise ValidationError(
                _("Edition %(number)s of “%(title)s” is approved and cannot be changed. Open a new edition."),
                params={"number": self.number, "title": self.title},
                code="approved",
            )
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the item's one address."""
        return news_address(number=self.item_id, slug=self.item.slug, language=self.language)

    @property
    def is_open(self) -> bool:
        """Say whether it may still be changed."""
        return self.state != self.State.APPROVED
