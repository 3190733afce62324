"""Imports: each run with what it read and did, and for each item what the import last wrote of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news.models.import_files import ImportFiles
from news.models.news_item import NewsItem


class ImportBatch(models.Model):
    """One run of an import, from its first row to its last; one that was killed goes on where it stopped."""

    class State(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", _("planned")  # nothing is written yet; from the admin only
        RUNNING = "running", _("running or interrupted")
        FAILED = "failed", _("failed")
        DONE = "done", _("done")
        UNDOING = "undoing", _("being undone, or interrupted at it")
        UNDONE = "undone", _("undone")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RUNNING)
    started_by = models.CharField(_("who"), max_length=500)
    started_at = models.DateTimeField(_("started"))
    touched_at = models.DateTimeField(_("last written"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    # [{"name": "2019.jsonl", "bytes": 12, "sha256": "…", "format": "json-lines"}], in the order of reading.
    sources = models.JSONField(_("source"), default=list)
    options = models.JSONField(_("options"), default=dict)
    # Of sources and options: the same command finds the run that it has to go on with.
    fingerprint = models.CharField(max_length=64, editable=False)
    # How many rows are settled: those before it were written, refused or found unchanged.
    rows_done = models.PositiveIntegerField(_("rows"), default=0)
    counts = models.JSONField(_("result"), default=dict)  # by act: {"create": 12, "unchanged": 3}
    upload = models.FileField(_("file"), storage=ImportFiles(), blank=True)  # of the admin, until all is done with it
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Of the admin: by row what the person was shown before it was applied; afterwards how many came out otherwise.
    plan = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-pk",)
        default_permissions = ("add", "view")
        permissions = [("undo_importbatch", "Can undo an import")]
        indexes = [models.Index(fields=["fingerprint", "-id"], name="import_batch_fingerprint")]

    def __str__(self) -> str:
        return f"{self.pk}"


class ImportEntry(models.Model):
    """What a run did with one row; rows that it found unchanged have none."""

    class Act(models.TextChoices):
        """What becomes of a row."""

        CREATE = "create", _("create")
        UPDATE = "update", _("update")
        UNCHANGED = "unchanged", _("unchanged")
        CONFLICT = "conflict", _("conflict: kept")
        REJECTED = "rejected", _("rejected")
        WAITING = "waiting", _("waits for another row")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="entries", db_index=False)
    row = models.PositiveIntegerField(_("row"))  # from 0, over all sources
    place = models.CharField(_("place"), max_length=300)  # "2019.jsonl:12"
    act = models.CharField(_("act"), max_length=10, choices=Act)
    # By number: an item that is discarded leaves its entry, and comes back under the same number.
    item_number = models.BigIntegerField(_("news item"), null=True)
    # What differs, what was kept, what is wrong, and what undoing needs to know.
    detail = models.JSONField(_("detail"), default=dict)
    is_undone = models.BooleanField(_("undone"), default=False)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        ordering = ("batch", "row")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="import_entry_once_for_each_row")]

    def __str__(self) -> str:
        return f"{self.place} {self.act}"


class LastImport(models.Model):
    """What the import last read and wrote of an item, as digests: a field that differs was edited since."""

    item = models.OneToOneField(NewsItem, primary_key=True, on_delete=models.CASCADE, related_name="last_import")
    said = models.CharField(max_length=32)  # of all that the row said; "" where the item has to be read anew
    wrote = models.JSONField(default=dict)  # by field

    class Meta:
        verbose_name = _("last import")
        verbose_name_plural = _("last imports")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk} {self.said}"


class DiscardedImport(models.Model):
    """The number of an imported item that an undone import has discarded: importing it again revives the number."""

    source = models.CharField(max_length=200)
    source_id = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    item_number = models.BigIntegerField()

    class Meta:
        verbose_name = _("discarded import")
        verbose_name_plural = _("discarded imports")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id", "language"],
                condition=~Q(source_id=""),
                name="discarded_import_once_for_each_source",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_number} {self.source_id}"
