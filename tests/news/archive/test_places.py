"""Places of the sample archive."""

from news.archive.places import neighbours_of, places


def test_every_place_has_its_words_in_six_languages():
    """A story told in any of them can take place there."""
    for found in places().values():
        for place in found:
            assert {"en", "fr", "de", "it", "ru", "es"} <= place.names.keys()
            assert {"en", "fr", "de", "it", "ru", "es"} <= place.inside.keys()
            assert place.inside["ru"].startswith(("в ", "во "))


def test_italian_writes_its_preposition_by_the_letter_that_follows():
    """And joins it to an article."""
    assert places()["KZ"][0].inside["it"] == "ad Astana"
    assert {place.inside["it"] for place in places()["NL"]} >= {"all’Aia"}


def test_neighbours_are_of_the_same_region():
    """A story that crosses a border crosses a near one."""
    assert "ME" in neighbours_of("AL")
    assert "AL" not in neighbours_of("AL")
