"""The words of a text in the form of each database: a vector on PostgreSQL, plain words on SQLite."""

from collections import defaultdict

from news.words.texts import SearchText

BETWEEN_PARTS = 10  # places left empty, so that no phrase reaches from a title into the summary
BAR = "/"  # no word, so that no phrase reaches across it


def vector(text: SearchText) -> str:
    """Return the vector of a text: each word with its places, forms and stems without."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    place = 0
    for part in text.parts:
        for place, word in enumerate(part, start=place + 1):  # noqa: B020 - goes on where the part before ended
            places[word].append(str(place))
        place += BETWEEN_PARTS
    words = [f"'{word}':{','.join(numbers)}" for word, numbers in places.items()]
    return " ".join([*words, *(f"'{form}'" for form in text.forms)])


def plain(text: SearchText) -> str:
    """Return the words of a text as the triggers hand them to the index."""
    return f" {BAR} ".join([*map(" ".join, text.parts), " ".join(sorted(text.forms))])


STORED = {"postgresql": vector, "sqlite": plain}  # by the database's vendor
