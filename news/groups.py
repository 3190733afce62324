"""The groups that come with the site, and the rights that each is given: once, and the administrator's from then on.

`ship` runs after each `migrate`, when all rights exist. What it has given stands in the record of acts ("ship"), so it
is never given again: a right that an administrator takes away stays away, a group that he renames or deletes is not
made anew. A later release gives more by a further entry at the end of `GRANTS`; it reaches each group that is still
there, whatever its name is by then. An entry that was released is never edited.
"""

from itertools import chain
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS, transaction
from django.utils.translation import gettext, gettext_noop

from record.acts import record_act
from record.models import Act

SHIP = "ship"  # the verb in the record
WRITER, EDITOR = gettext_noop("Writer"), gettext_noop("Editor")
PUBLISHER, ADMINISTRATOR = gettext_noop("Publisher"), gettext_noop("Administrator")

_WRITES = ("news.view_newsitem", "news.add_newsitem", "news.change_newsitem", "news.submit_edition")
_EDITS = (*_WRITES, "news.return_edition", "news.approve_edition")
_PUBLISHES = (
    *_EDITS,
    "news.unschedule_edition",
    "news.force_edition",
    "news.review_edition",
    "news.remove_item",
    "news.publish_import",
)
_ADMINISTERS = (
    *_PUBLISHES,
    "news.work_everywhere",
    *(f"news.{act}_person" for act in ("view", "add", "change", "delete")),
    *(f"auth.{act}_{model}" for model in ("user", "group") for act in ("view", "add", "change", "delete")),
    *(
        f"taxonomy.{act}_{model}"
        for model in (
            *("country", "countryformername", "countryformerslug", "membership", "chairpersonship"),
            *("institution", "institutionformername", "institutionformerslug"),
            *("topic", "topicformerslug", "navigationitem", "formerpath"),
        )
        for act in ("view", "add", "change", "delete")
    ),
    "record.view_act",
)
_SEARCHES = ("news.view_searchcount",)
_IMPORTS = ("news.add_importbatch", "news.view_importbatch", "news.undo_importbatch")
_LIBRARY = tuple(f"library.{act}_{model}" for model in ("image", "attachment") for act in ("view", "add", "change"))
_TIDIES = (*_LIBRARY, "library.delete_image", "library.delete_attachment")
_LOGOS = tuple(f"library.{act}_logo" for act in ("view", "add", "change", "delete"))

# By release: what each group is given beside what it has.
GRANTS: tuple[dict[str, tuple[str, ...]], ...] = (
    {WRITER: _WRITES, EDITOR: _EDITS, PUBLISHER: _PUBLISHES, ADMINISTRATOR: _ADMINISTERS},
    {EDITOR: _SEARCHES, PUBLISHER: _SEARCHES, ADMINISTRATOR: _SEARCHES},
    {PUBLISHER: _IMPORTS, ADMINISTRATOR: _IMPORTS},
    {WRITER: _LIBRARY, EDITOR: _TIDIES, PUBLISHER: _TIDIES, ADMINISTRATOR: (*_TIDIES, *_LOGOS)},
)


def ship(*, using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Give each group what it has not been given yet, once all these rights exist."""
    entries = [(number, name, rights) for number, grant in enumerate(GRANTS, start=1) for name, rights in grant.items()]
    known = _known_rights()
    if using != DEFAULT_DB_ALIAS or not known.keys() >= set(chain.from_iterable(rights for *_place, rights in entries)):
        return  # migrated to an earlier release only: the rest comes with the rest of the migrations
    with transaction.atomic():
        for number, name, rights in entries:
            _give_once(number, name, [known[right] for right in rights])


def shown_name(group: Group) -> str:
    """Return a group's name in the active language; one that an administrator has chosen stays as it is."""
    return gettext(group.name) if group.name else ""


def _give_once(number: int, name: str, rights: list[int]) -> None:
    """Give a shipped group one release's rights, unless the record says that it was given them."""
    shipped = Act.objects.filter(verb=SHIP, model=Group._meta.label_lower, after__group=name)
    if shipped.filter(after__release=number).exists():
        return
    group = _group_of(shipped.first(), name)
    if group:
        group.permissions.add(*rights)
        record_act(SHIP, group, after={"group": name, "release": number})


def _group_of(shipped: Act | None, name: str) -> Group | None:
    """Return the group as it was first shipped; made now if it never was, unless someone has made one of that name."""
    if shipped:
        return Group.objects.filter(pk=shipped.number).first()
    group, is_new = Group.objects.get_or_create(name=name)
    return group if is_new else None


def _known_rights() -> dict[str, int]:
    rows = Permission.objects.values_list("content_type__app_label", "codename", "pk")
    return {f"{app}.{codename}": pk for app, codename, pk in rows}
