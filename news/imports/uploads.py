"""A file that a person imports in the browser: planned, shown, applied as shown; kept only as long as it is needed.

All of it happens while the person waits, so a file has a largest number of rows; whatever is larger goes by
`manage.py import_news`. What is interrupted goes on when it is asked for again.
"""

import datetime
import secrets
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from news.importers.rows import ReadingOptions, Row
from news.imports import batches, planned
from news.imports.decisions import Decision
from news.imports.reading import Input
from news.imports.run import Run
from news.imports.wishes import Wish
from news.models import ImportBatch
from record.actors import current_actor

MOST_ROWS = 2_000  # planned in 0.7 s and applied in 2 s, on two cores (docs/decisions/0015)
KEPT_DAYS = 30  # a plan that nobody applies, and the file of an interrupted import
State = ImportBatch.State
APPLICABLE = (State.PLANNED, State.RUNNING, State.FAILED)  # what failed goes on, as what was interrupted does


class TooManyRows(Exception):  # noqa: N818 - the condition, not a fault
    """The file has more rows than a person can wait for."""


class NotToBeApplied(Exception):  # noqa: N818 - the condition, not a fault
    """The import is done already, or its file is gone."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What a person asks for with a file; `form` is the name of its format, "" to recognise it."""

    form: str
    reading: ReadingOptions
    wish: Wish

    def plain(self) -> dict[str, Any]:
        """Return it as a batch keeps it, the command's too: either goes on with what the other began."""
        said = {"language": self.reading.language, "source": self.reading.source, "mapping": None}
        return self.wish.plain() | said

    def command(self, name: str) -> str:
        """Return the command that does the same with a file of any size."""
        wish, reading = self.wish, self.reading
        options = {
            "--format": self.form,
            "--language": reading.language,
            "--source": reading.source,
            "--issued-on": wish.issued_at and timezone.localtime(wish.issued_at).date().isoformat(),
            "--as": wish.on_behalf_of and wish.on_behalf_of.get_username(),
        }
        words = ["manage.py", "import_news", name]
        words += [word for option, value in options.items() if value for word in (option, str(value))]
        words += [word for field in sorted(wish.take_theirs) for word in ("--take-theirs", field)]
        flags = {"--publish": wish.publish, "--create-missing": wish.create_missing}
        return shlex.join([*words, *(flag for flag, is_set in flags.items() if is_set)])


def plan(file: UploadedFile, order: Order) -> ImportBatch:
    """Keep a file, and what would become of its rows; nothing else is written.

    Raises:
        TooManyRows: and nothing is kept.
    """
    now = timezone.now()
    batch = ImportBatch(state=State.PLANNED, started_by=current_actor().name[:500], started_at=now, touched_at=now)
    batch.uploaded_by, batch.options = order.wish.on_behalf_of, order.plain()
    batch.upload.save(f"{secrets.token_urlsafe(16)}/{file.name}", file, save=False)
    try:
        given = _given(batch, order)
        batch.sources = given.sources()
        batch.fingerprint = batches.fingerprint_of(batch.sources, batch.options)
        decisions: list[Decision] = []
        run = Run(order.wish, None, decisions.extend)
        batch.counts = dict(run.over(_not_too_many(given)))
        batch.rows_done = sum(batch.counts.values())
        with transaction.atomic():
            _drop_former_plans(batch)
            batch.save()
            planned.keep(batch, decisions)
    except BaseException:
        _remove_file(batch)
        raise
    return batch


def apply(number: int) -> ImportBatch:
    """Do what was planned, or go on with it; the caller holds the only right to import.

    Raises:
        NotToBeApplied: it is done already, or its file is gone.
    """
    batch = ImportBatch.objects.select_related("uploaded_by").filter(pk=number).first()
    if batch is None or batch.state not in APPLICABLE or not batch.uploaded_by:
        raise NotToBeApplied
    if not batch.upload or not batch.upload.storage.exists(str(batch.upload.name)):
        raise NotToBeApplied
    order = order_of(batch)
    given = _given(batch, order)
    _begin(batch)
    with batches.recorded(batch, now=timezone.now):
        run = Run(order.wish, batch, lambda _decisions: None)
        run.second.is_worth_it = False  # a server's process starts no others
        run.over(given.rows())
        planned.compare(batch)
    remove_upload(batch)
    return batch


def order_of(batch: ImportBatch) -> Order:
    """Return what was asked for with the file of a batch."""
    options, forms = batch.options, {source["format"] for source in batch.sources}
    issued_at = options["issued_at"] and datetime.datetime.fromisoformat(options["issued_at"])
    wish = Wish(
        publish=options["publish"],
        issued_at=issued_at,
        take_theirs=frozenset(options["take_theirs"]),
        create_missing=options["create_missing"],
        on_behalf_of=batch.uploaded_by,
    )
    reading = ReadingOptions(language=options["language"], source=options["source"], issued_at=issued_at)
    return Order(form=forms.pop() if len(forms) == 1 else "", reading=reading, wish=wish)


def remove_upload(batch: ImportBatch) -> None:
    """Remove the file of a batch that needs it no more."""
    if batch.upload:
        _remove_file(batch)
        ImportBatch.objects.filter(pk=batch.pk).update(upload="")


def drop(batch: ImportBatch) -> None:
    """Throw a plan away, with its file; what has been begun stays."""
    dropped, _by_model = ImportBatch.objects.filter(pk=batch.pk, state=State.PLANNED).delete()
    if dropped:
        _remove_file(batch)


def tidy(*, now: datetime.datetime) -> None:
    """Throw away the plans that nobody has applied, and files that nobody needs."""
    before = now - datetime.timedelta(days=KEPT_DAYS)
    for batch in ImportBatch.objects.filter(state=State.PLANNED, started_at__lt=before):
        drop(batch)
    with_file = ImportBatch.objects.exclude(upload="").exclude(state=State.PLANNED)
    for batch in with_file.exclude(state__in=APPLICABLE, touched_at__gte=before):
        remove_upload(batch)


def _given(batch: ImportBatch, order: Order) -> Input:
    """Return the file as what is to be read, under the name that the person knows."""
    path = batch.upload.path
    given = Input.of([path], form=order.form, options=order.reading)
    name = PurePath(path).name
    given.files = [replace(file, name=file.name.replace(path, name, 1)) for file in given.files]
    given.problems = [
        replace(problem, place=replace(problem.place, file=problem.place.file.replace(path, name, 1)))
        for problem in given.problems
    ]
    return given


def _not_too_many(given: Input) -> Iterator[Row]:
    for number, row in enumerate(given.rows()):
        if number >= MOST_ROWS:
            raise TooManyRows
        yield row


def _begin(batch: ImportBatch) -> None:
    """Turn a plan into a run that has done nothing yet; any other goes on where it stopped."""
    was, batch.state = batch.state, State.RUNNING
    with transaction.atomic():
        if was == State.PLANNED:
            batch.entries.all().delete()
            batch.rows_done, batch.counts = 0, {}
            batch.started_at = batch.touched_at = timezone.now()
        batch.save(update_fields=["state", "rows_done", "counts", "started_at", "touched_at"])


def _drop_former_plans(batch: ImportBatch) -> None:
    """Let a plan take the place of the same person's earlier one of the same file with the same options."""
    former = ImportBatch.objects.filter(
        state=State.PLANNED, fingerprint=batch.fingerprint, uploaded_by=batch.uploaded_by
    )
    for one in former:
        transaction.on_commit(lambda one=one: _remove_file(one))  # type: ignore[misc]  # bound at once
        one.delete()


def _remove_file(batch: ImportBatch) -> None:
    """Remove the file and the folder that it had for itself."""
    if batch.upload:
        storage, name = batch.upload.storage, str(batch.upload.name)
        storage.delete(name)
        storage.delete(str(PurePath(name).parent))
