"""Two editions side by side: which fields have changed, from what to what, and the words of their texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from news.comparison.blocks import ComparedBlock, Part, compare_blocks, parts_of, read_blocks
from news.comparison.held import attachments_in_words, compare_things, figures_in_words, pictures_in_words
from news.comparison.words import ADDED, REMOVED, SAME, Run, compare_words, read_words, stretches
from news.models import Edition
from taxonomy.catalogue import Catalogue, Entry, catalogue
from taxonomy.dates import moment_label


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field that is not the same in both editions: what it holds, each value with its fate.

    Pictures and attachments are `things`, each with words of its own, of which some may have changed.
    """

    name: str | Promise
    values: list[Run] = field(default_factory=list)
    things: list[ComparedBlock] = field(default_factory=list)

    @property
    def old(self) -> str:
        """Return what it held, as words; empty where it was empty."""
        return ", ".join(value.text for value in self.values if value.change != ADDED)

    @property
    def new(self) -> str:
        """Return what it holds since."""
        return ", ".join(value.text for value in self.values if value.change != REMOVED)

    @property
    def separator(self) -> str:
        """Return what stands between the values: nothing but a space where one took the place of another."""
        return " " if [value.change for value in self.values] == [REMOVED, ADDED] else ", "


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that differs between two editions."""

    fields: list[FieldChange]
    title: list[Run]
    summary: list[Run]
    body: list[ComparedBlock]
    is_formatted_anew: bool  # the text has the same words in the same blocks; bold, italics or lines differ

    @property
    def has_new_title(self) -> bool:
        """Say whether the title differs."""
        return any(run.change != SAME for run in self.title)

    @property
    def has_new_summary(self) -> bool:
        """Say whether the summary differs."""
        return any(run.change != SAME for run in self.summary)

    @property
    def has_new_body(self) -> bool:
        """Say whether the words of the text, their links or the form of a block differ."""
        return any(block.change != SAME for block in self.body)

    @property
    def parts(self) -> list[Part]:
        """Return the text with what has not changed folded away."""
        return parts_of(self.body)

    @property
    def has_differences(self) -> bool:
        """Say whether anything differs."""
        has_new_words = self.has_new_title or self.has_new_summary or self.has_new_body
        return has_new_words or self.is_formatted_anew or bool(self.fields)


def compare(old: Edition, new: Edition, *, titles: Mapping[int, str]) -> Comparison:
    """Return what differs between two editions, of one item or not.

    Args:
        old: the edition that counts as the earlier one.
        new: the other.
        titles: of related items by their number, as far as the reader may know them; what has none is left out.
    """
    body = compare_blocks(read_blocks(old.body, figures_in_words(old)), read_blocks(new.body, figures_in_words(new)))
    has_same_words = all(block.change == SAME for block in body)
    return Comparison(
        fields=_changed_fields(old, new, titles),
        title=compare_words(read_words(old.title), read_words(new.title)),
        summary=compare_words(read_words(old.summary), read_words(new.summary)),
        body=body,
        is_formatted_anew=has_same_words and old.body != new.body,
    )


def _changed_fields(old: Edition, new: Edition, titles: Mapping[int, str]) -> list[FieldChange]:
    before, after = _fields(old, titles), _fields(new, titles)
    changed = [
        FieldChange(name=name, values=_fates(before[name], after[name]))
        for name in before
        if before[name] != after[name]
    ]
    held, holds = _things(old), _things(new)
    return changed + [
        FieldChange(name=name, things=compare_things(held[name], holds[name]))
        for name in held
        if list(held[name].items()) != list(holds[name].items())
    ]


def _things(edition: Edition) -> dict[str | Promise, dict[int, str]]:
    """Return what stands beside the text and has words of its own, by number."""
    return {_("Pictures"): pictures_in_words(edition), _("Attachments"): attachments_in_words(edition)}


def _fates(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Return the values of both, those of one alone as removed or added."""
    return [
        Run(change, value)
        for stretch in stretches(old, new)
        for change, values in stretch.fates(old, new)
        for value in values
    ]


def _fields(edition: Edition, titles: Mapping[int, str]) -> dict[str | Promise, list[str]]:
    """Return every field but the texts, as words in the active language."""
    known: Catalogue = catalogue()
    tags = edition.tags
    return {
        _("Kind"): [str(edition.get_kind_display())],
        _("Dateline"): [edition.dateline] if edition.dateline else [],
        _("Issued on"): [moment_label(edition.issued_at)] if edition.issued_at else [],
        _("Issued by"): _names(known.institutions, tags.get("issued_by", ())),
        _("Countries"): _names(known.countries, tags.get("countries", ())),
        _("Fields of work"): _names(known.topics, tags.get("topics", ())),
        _("Related items"): [titles[number] for number in tags.get("related", ()) if number in titles],
    }


def _names(known: Mapping[int, Entry], numbers: Iterable[int]) -> list[str]:
    return [known[number].name for number in numbers if number in known]
