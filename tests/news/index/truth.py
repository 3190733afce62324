"""What lists show and count, worked out from the rows of the database without the index."""

import json
from collections import Counter, defaultdict
from typing import Any

from news.facets import index
from news.models import Edition, EditionCountry, EditionInstitution, EditionTopic
from news.question import Question
from news.stories import stories
from taxonomy.models import Institution, Topic

LANGUAGES = ("en", "fr")  # of the pages that are asked for


def counted_by_sql() -> str:
    """Return total and counts of all news in each language, as text."""
    return _text({code: _by_sql(code) for code in LANGUAGES})


def counted_by_index() -> str:
    """Return the same from the index of this process."""
    current, found = index(), {}
    for code in LANGUAGES:
        question = Question(page_language=code)
        found[code] = {"total": len(current.listed(question))} | current.counts(question)
    return _text(found)


def _by_sql(language: str) -> dict[str, Any]:
    rows = stories(Question(page_language=language)).values_list("pk", "kind", "issued_at__year")
    numbers, kinds, years = zip(*rows, strict=True) if rows else ((), (), ())
    return {
        "total": len(numbers),
        "kind": Counter(kinds),
        "year": Counter(years),
        "language": Counter(Edition.objects.listed().values_list("language", flat=True)),
        "country": Counter(EditionCountry.objects.filter(edition__in=numbers).values_list("country", flat=True)),
        "institution": _in_a_tree(EditionInstitution, "institution", Institution, numbers),
        "topic": _in_a_tree(EditionTopic, "topic", Topic, numbers),
    }


def _in_a_tree(tags: Any, name: str, tree: Any, numbers: tuple[int, ...]) -> dict[int, int]:
    """Count for each node the editions that it or a node below it is a tag of, each once."""
    parents = dict(tree.objects.values_list("pk", "parent"))
    tagged = defaultdict(set)
    for value, edition in tags.objects.filter(edition__in=numbers).values_list(name, "edition"):
        node = value
        while node is not None:
            tagged[node].add(edition)
            node = parents[node]
    return {value: len(editions) for value, editions in tagged.items()}


def _text(found: dict[str, Any]) -> str:
    return json.dumps(found, sort_keys=True)
