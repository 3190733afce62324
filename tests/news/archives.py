"""Archives of chance: stories with translations, embargoes, corrections, removals, trees; counted by SQL."""

import datetime
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from news import workflow
from news.facets import keeper
from news.models import Edition
from news.question import FIELDS, Question
from news.stories import stories
from taxonomy import catalogue
from tests import builders

NOW = datetime.datetime(2030, 6, 1, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
KINDS = ("news", "speech", "statement")
LANGUAGES = ("en", "fr", "ru", "sq")
FATES = (
    "stays",
    "stays",
    "corrected",
    "corrected later",
    "withdrawn",
    "consolidated",
    "error",
    "restored",
    "unscheduled",
)


@dataclass(frozen=True, kw_only=True)
class Names:
    """The numbers of what stories are tagged with."""

    institutions: list[int]
    topics: list[int]
    countries: list[int]


TAGS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "issued_by": st.lists(st.integers(0, 3), min_size=1, max_size=2, unique=True),
        "topics": st.lists(st.integers(0, 2), max_size=2, unique=True),
        "countries": st.lists(st.integers(0, 2), max_size=2, unique=True),
    }
)
VERSIONS = st.fixed_dictionaries(
    {"tags": TAGS, "embargo": st.sampled_from([0, 0, 0, 5, 30]), "fate": st.sampled_from(FATES), "other": TAGS}
)
STORIES = st.lists(
    st.fixed_dictionaries(
        {
            "days": st.integers(1, 1500),
            "original": st.tuples(st.sampled_from(LANGUAGES), VERSIONS),
            "translations": st.dictionaries(st.sampled_from(LANGUAGES), VERSIONS, max_size=2),
        }
    ),
    max_size=6,
)


def questions(names: Names) -> st.SearchStrategy[Question]:
    """Return questions on the archive, of any combination."""

    def some(values: Any) -> st.SearchStrategy[tuple[Any, ...]]:
        return st.lists(st.sampled_from(values), max_size=2, unique=True).map(lambda found: tuple(sorted(found)))

    days = st.none() | st.integers(0, 1500).map(lambda days: (NOW - datetime.timedelta(days=days)).date())
    return st.builds(
        Question,
        kinds=some(KINDS),
        institutions=some(names.institutions),
        topics=some(names.topics),
        countries=some(names.countries),
        languages=some(LANGUAGES),
        since=days,
        until=days,
        sort=st.sampled_from(["newest", "oldest"]),
        page_language=st.sampled_from(["en", "fr", "de", "ru"]),
    )


def names() -> Names:
    """Create a tree of institutions, one of topics, and countries."""
    top = builders.institution()
    middle = builders.institution(parent=top)
    field = builders.topic()
    return Names(
        institutions=[top.pk, middle.pk, builders.institution(parent=middle).pk, builders.institution().pk],
        topics=[field.pk, builders.topic(parent=field).pk, builders.topic().pk],
        countries=[builders.country().pk for _number in range(3)],
    )


def publish(drawn: list[dict[str, Any]], known: Names) -> None:
    """Publish the stories that chance has drawn, by the verbs."""
    for story in drawn:
        issued_at = NOW - datetime.timedelta(days=story["days"])
        language, version = story["original"]
        original = _publish(version, known, issued_at, language=language)
        for code, translation in story["translations"].items():
            if code != language:
                _publish(translation, known, issued_at, language=code, translation_of=original.item)


def _publish(version: dict[str, Any], known: Names, issued_at: datetime.datetime, **how: Any) -> Edition:
    """Publish one version, and let it meet its fate."""
    moment = NOW + version["embargo"] * HOUR if version["embargo"] else issued_at
    edition = builders.published(visible_from=moment, issued_at=issued_at, **_tags(version["tags"], known), **how)
    fate = version["fate"]
    if version["embargo"]:
        if fate == "unscheduled":
            workflow.unschedule(edition, by=None, now=NOW)
        return edition
    if fate.startswith("corrected"):
        later = NOW + 10 * HOUR if fate == "corrected later" else None
        builders.next_edition(edition, visible_from=later, issued_at=issued_at, **_tags(version["other"], known))
    elif fate in {"withdrawn", "consolidated", "error", "restored"}:
        kind = "error" if fate == "restored" else fate
        leads_to = "/news/" if fate == "consolidated" else ""
        wish = workflow.RemovalWish(kind=kind, reason="By chance.", explanation="By chance.", leads_to=leads_to)
        workflow.remove(edition.item, wish, by=None, now=NOW)
        if fate == "restored":
            workflow.restore(edition.item, by=None, now=NOW)
    return edition


def _tags(drawn: dict[str, Any], known: Names) -> dict[str, Any]:
    return {
        "kind": drawn["kind"],
        "issued_by": [known.institutions[place] for place in drawn["issued_by"]],
        "topics": [known.topics[place] for place in drawn["topics"]],
        "countries": [known.countries[place] for place in drawn["countries"]],
    }


def with_value(question: Question, parameter: str, value: Any) -> Question:
    """Return the question with this value alone of the parameter: what a click on its facet asks for."""
    if parameter == "year":
        return replace(question, since=datetime.date(value, 1, 1), until=datetime.date(value, 12, 31))
    return replace(question, **{FIELDS[parameter]: (value,)})


def rows(question: Question) -> int:
    """Count by SQL what the question lists."""
    return stories(question).count()


def values(known: Names) -> dict[str, list[Any]]:
    """Return every value that a facet could offer."""
    return {
        "kind": list(Edition.Kind.values),
        "institution": known.institutions,
        "country": known.countries,
        "topic": known.topics,
        "language": [*LANGUAGES, "de"],
        "year": list(range(2025, 2032)),
    }


class FreshTestCase(TestCase):
    """A test of chance: each example begins with an empty database, and with nothing kept of the one before."""

    def setup_example(self) -> None:
        """Forget what the process keeps."""
        super().setup_example()
        keeper.forget()
        catalogue.forget()
