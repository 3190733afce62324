"""The record: one row for each act on the site, written once and never changed."""

import datetime
from typing import Any, Self

from django.db import connections, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_TITLE = 300
LONGEST_ACTOR = 500


class ActQuerySet(models.QuerySet):
    """Acts, asked for as people ask."""

    def newest_first(self) -> Self:
        """Return the acts in the order in which every page shows them."""
        return self.order_by("-at", "-pk")

    def on(self, record: models.Model) -> Self:
        """Keep the acts on a record, and those on others that concern it."""
        label, number = record._meta.label_lower, str(record.pk)
        return self.filter(Q(model=label, number=number) | Q(concerned_model=label, concerned_number=number))

    def older_than(self, at: datetime.datetime, number: int) -> Self:
        """Keep the acts behind one in the order of `newest_first`, by a range of its index."""
        return self.filter(at__lte=at).exclude(at=at, pk__gte=number)

    def values_of(self, column: str) -> list[str]:
        """Return the values of an indexed column, each found by one step into the index: DISTINCT would read it all."""
        field: Any = self.model._meta.get_field(column)
        name = field.column
        least = f"SELECT MIN({name}) FROM {self.model._meta.db_table}"  # noqa: S608 - names of the model's own
        steps = (
            f"WITH RECURSIVE step(value) AS ({least} UNION ALL"  # noqa: S608 - names of the model's own
            f" SELECT ({least} WHERE {name} > step.value) FROM step WHERE step.value IS NOT NULL)"
            " SELECT value FROM step WHERE value IS NOT NULL"
        )
        with connections[self.db].cursor() as cursor:
            cursor.execute(steps)
            return [value for (value,) in cursor.fetchall()]


class Act(models.Model):
    """Who did what to which record, when, from where, and what it was before and after; all of it as text."""

    at = models.DateTimeField(_("when"), default=timezone.now)
    actor = models.CharField(_("who"), max_length=LONGEST_ACTOR)
    address = models.CharField(_("from the address"), max_length=45, blank=True)
    verb = models.CharField(_("what was done"), max_length=40)
    model = models.CharField(_("kind of record"), max_length=100)  # "news.edition"
    number = models.CharField(_("number of the record"), max_length=64)
    title = models.CharField(_("name of the record"), max_length=LONGEST_TITLE)  # as it was then
    # The record on whose page the act is shown too: the item of an edition, the country of a membership.
    concerned_model = models.CharField(max_length=100, blank=True)
    concerned_number = models.CharField(max_length=64, blank=True)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    reason = models.TextField(_("reason"), blank=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("record of all acts")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["-at", "-id"], name="act_newest_first"),
            models.Index(fields=["model", "number", "-at", "-id"], name="act_on_record"),
            models.Index(fields=["concerned_model", "concerned_number", "-at", "-id"], name="act_concerning_record"),
            models.Index(fields=["model", "-at", "-id"], name="act_on_model"),
            models.Index(fields=["verb", "-at", "-id"], name="act_by_verb"),
            models.Index(fields=["actor", "-at", "-id"], name="act_by_actor"),
            models.Index(fields=["address", "-at", "-id"], name="act_from_address"),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.verb} {self.model} {self.number}"
