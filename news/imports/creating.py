"""A row whose item is not here: what is to be created, and what speaks against it."""

import datetime

from django.core.exceptions import ValidationError

from news.destinations import read_destination
from news.importers.rows import Reference, RemovalRow
from news.imports.claims import Claims
from news.imports.decisions import Act, NewItem
from news.imports.readings import Reading
from news.imports.references import References
from news.imports.versions import Version, digests, told_moment
from news.models import Edition, Removal
from news.models.news_item import news_address
from news.workflow import readable_slug

State, Kind = Edition.State, Removal.Kind


def create(reading: Reading, references: References, claims: Claims, *, now: datetime.datetime) -> None:
    """Settle a row whose item is not here: it is created, or refused with everything that is wrong."""
    decision, versions = reading.decision, reading.versions
    work = NewItem(row=reading.row, versions=versions, original=reading.original.number if reading.original else 0)
    decision.act, decision.work = Act.CREATE, work
    decision.slug = reading.row.slug or readable_slug(versions[-1].content.title)
    claims.claim_original(reading)
    claims.claim_addresses(reading)
    work.addresses = former_addresses(reading, decision.slug)
    work.removals = [_removal(reading, one, references, now) for one in reading.row.removals]
    standing = work.standing_removal
    if standing:
        _refuse_standing(reading, standing, claims)
    if decision.problems:
        decision.act, decision.work = Act.REJECTED, None
        return
    if standing:
        _take_away(standing, versions)
    decision.lacks = versions[-1].lacks
    decision.wrote = digests(versions[-1].content)
    decision.outcome = _outcome(versions[-1], work.removals, now)


def _refuse_standing(reading: Reading, removal: Removal, claims: Claims) -> None:
    """Refuse the row where its item cannot be away: it was never public before, or leads to itself."""
    begins = [version.visible_from for version in reading.versions if version.visible_from]
    if not begins:
        reading.reject("removal", "only what was public can be removed. Leave it out, or give a visible_from.")
    elif max(begins) >= removal.removed_at:
        reading.reject("removal", f"it lies before the item is visible, from {told_moment(max(begins))} on.")
    if claims.leads_back(reading.decision.item_number, removal.leads_to):
        reading.reject("removal", "it leads back to this item. Choose another page.")


def former_addresses(reading: Reading, slug: str) -> tuple[str, ...]:
    """Return the row's former addresses without its own: an export's url is one."""
    row = reading.row
    if not row.former_addresses:
        return ()
    own = news_address(number=reading.decision.item_number, slug=slug, language=row.language).rstrip("/")
    return tuple(path for path in row.former_addresses if path.rstrip("/") != own)


def _removal(reading: Reading, row: RemovalRow, references: References, now: datetime.datetime) -> Removal:
    """Make a removal, as yet unsaved; refuse the row where it cannot stand."""
    if row.kind not in Kind.values:
        reading.reject("removal", f"the kind “{row.kind}” is not one of {', '.join(Kind.values)}.")
    if row.kind == Kind.WITHDRAWN and not row.explanation.strip():
        reading.reject("removal", "what is withdrawn needs an explanation for its readers.")
    leads_to = _destination(reading, row, references)
    if (row.kind == Kind.CONSOLIDATED) > bool(leads_to) or (row.kind == Kind.WITHDRAWN and leads_to):
        reading.reject("removal", "what is consolidated leads somewhere (leads_to), what is withdrawn nowhere.")
    return Removal(
        kind=row.kind,
        explanation=row.explanation.strip(),
        leads_to=leads_to,
        removed_at=row.removed_at or now,
        undone_at=row.undone_at,
    )


def _destination(reading: Reading, row: RemovalRow, references: References) -> str:
    """Return where readers are led, as it is kept."""
    if isinstance(row.leads_to, Reference):
        target = references.find(row.leads_to, reading.row)
        if target and target.number != reading.decision.item_number:
            return f"news_item {target.number}"
        reading.reject("removal", f"it leads to “{row.leads_to.source_id or row.leads_to.number}”, which is not here.")
        return ""
    try:
        return read_destination(row.leads_to) if row.leads_to else ""
    except ValidationError as error:
        reading.reject("removal", " ".join(error.messages))
        return ""


def _take_away(removal: Removal, versions: list[Version]) -> None:
    """Let the editions be as the removal leaves them, where the file does not say it itself."""
    public = [version for version in versions if version.visible_from]
    last = public[-1]
    if removal.kind == Kind.WITHDRAWN and last.listed_until is None:
        last.listed_until = removal.removed_at
    if removal.kind == Kind.CONSOLIDATED and last.visible_until is None:
        last.visible_until = removal.removed_at
    for version in public:
        version.is_retracted = removal.kind == Kind.ERROR


def _outcome(newest: Version, removals: list[Removal], now: datetime.datetime) -> str:
    """Say in a word what readers get."""
    if any(removal.undone_at is None for removal in removals):
        return "removed"
    if newest.visible_from is None:
        return "created draft"
    return "published" if newest.visible_from <= now else "scheduled"
