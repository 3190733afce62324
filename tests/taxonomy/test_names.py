"""Finding the record that a text names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy import catalogue
from taxonomy.models import (
    Country,
    Institution,
    InstitutionFormerName,
    InstitutionFormerSlug,
)
from taxonomy.names import (
    Named,
    NameIndex,
    country_names,
    fold,
    institution_names,
    key,
    topic_names,
)
from tests import builders

pytestmark = pytest.mark.django_db

MOLDOVA = {
    "name_en": "Mission to Moldova",
    "name_fr": "Mission en Moldavie",
    "name_de": "Mission in der Republik Moldau",
    "name_it": "Missione in Moldova",
    "name_ru": "Миссия в Молдове",
    "name_es": "Misión en Moldavia",
}
LETTERS = st.text(st.characters(categories=["L", "N", "P", "Z"]), max_size=40)


@pytest.fixture
def mission() -> Institution:
    """The Mission to Moldova, in six languages."""
    return builders.institution("Mission to Moldova", **MOLDOVA)


@pytest.fixture
def office() -> Institution:
    """An institution with acronyms in two languages."""
    return builders.institution(
        "Office for Democratic Institutions and Human Rights", acronym_en="ODIHR", acronym_fr="BIDDH"
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Mission to Moldova", id="its name"),
        pytest.param("mission-to-moldova", id="its slug"),
        pytest.param("OSCE Mission to Moldova", id="the prefix"),
        pytest.param("OSCE Mission in Moldova", id="another preposition"),
        pytest.param("the OSCE Mission to Moldova", id="the prefix and an article"),
        pytest.param("  MISSION\u00a0TO   MOLDOVA. ", id="capitals, spaces and a full stop"),
        pytest.param("Mission de l’OSCE en Moldavie", id="French with the organisation in the middle"),
        pytest.param("la Mission de l'OSCE en Moldavie", id="French with an article and a straight apostrophe"),
        pytest.param("OSZE-Mission in der Republik Moldau", id="German with a hyphen"),
        pytest.param("Missione dell’OSCE in Moldova", id="Italian"),
        pytest.param("Миссия ОБСЕ в Молдове", id="Russian"),
        pytest.param("Mision de la OSCE en Moldavia", id="Spanish without its accent"),
    ],
)
def test_an_institution_is_found_by_whatever_a_text_calls_it(mission: Institution, text: str):
    """Every writing leads to the one record."""
    builders.institution("Mission to Montenegro")
    assert institution_names().resolve(text).found.pk == mission.pk


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ODIHR", id="acronym"),
        pytest.param("odihr", id="acronym in small letters"),
        pytest.param("BIDDH", id="French acronym"),
        pytest.param("OSCE/ODIHR", id="organisation and acronym"),
        pytest.param("OSCE Office for Democratic Institutions and Human Rights (ODIHR)", id="name with acronym"),
        pytest.param("The Office for Democratic Institutions and Human Rights", id="article"),
    ],
)
def test_an_acronym_alone_or_in_brackets_is_enough(office: Institution, text: str):
    """Texts often write both."""
    assert institution_names().resolve(text).found.pk == office.pk


def test_former_names_and_slugs_still_find_the_record():
    """An item of 2001 carries the name of its time."""
    office = builders.institution("Programme Office in Bishkek")
    InstitutionFormerName.objects.create(record=office, name="Centre in Bishkek", language="en", used_until="2017")
    InstitutionFormerSlug.objects.create(record=office, slug="bishkek-centre")
    names = institution_names()
    assert names.resolve("OSCE Centre in Bishkek").found.pk == office.pk
    assert names.resolve("bishkek-centre").found.pk == office.pk


def test_a_current_name_wins_over_the_same_former_name():
    """Of two bearers of a name, the text means the one that bears it today."""
    old, new = builders.institution("Old"), builders.institution("Presence")
    InstitutionFormerName.objects.create(record=old, name="Presence")
    assert institution_names().resolve("Presence").found.pk == new.pk


def test_an_ambiguous_text_names_all_candidates_and_how_to_choose():
    """Nothing is guessed."""
    builders.institution("Mission", slug="mission-one")
    builders.institution("Mission", slug="mission-two")
    answer = institution_names().resolve("OSCE Mission")
    assert answer.found is None
    assert answer.problem == (
        "“OSCE Mission” may be any of these: Mission (mission-one), Mission (mission-two). Write the one in brackets."
    )


@pytest.mark.usefixtures("mission")
def test_an_unknown_text_is_answered_with_the_nearest_name():
    """A slip of the pen is recognised."""
    answer = institution_names().resolve("OSCE Mision to Moldavo")
    assert answer.found is None
    assert answer.problem == "“OSCE Mision to Moldavo” is not known. Did you mean “Mission to Moldova”?"


@pytest.mark.usefixtures("mission")
@pytest.mark.parametrize("text", ["", " ", "OSCE", "…", "Quartermaster of nothing"])
def test_what_names_nothing_finds_nothing(text: str):
    """The organisation as a whole is no institution."""
    assert institution_names().resolve(text).candidates == ()


def test_a_country_is_found_by_code_name_and_official_name():
    """In any language."""
    country = builders.country("Türkiye", iso_code="TR", name_fr="Türkiye", official_name_en="Republic of Türkiye")
    names = country_names()
    for text in ("TR", "turkiye", "TÜRKIYE", "The Republic of Türkiye"):
        assert names.resolve(text).found.pk == country.pk, text


def test_the_article_of_a_country_does_not_matter():
    """The Netherlands and Netherlands are one."""
    country = builders.country("The Netherlands", iso_code="NL")
    assert country_names().resolve("Netherlands").found.pk == country.pk


def test_a_field_of_work_is_found_with_and_without_its_hyphen():
    """Co-operation and cooperation are one word."""
    topic = builders.topic("Reform and co-operation in the security sector")
    assert topic_names().resolve("Reform and cooperation in the security sector").found.pk == topic.pk


@pytest.mark.usefixtures("mission")
def test_a_batch_of_texts_costs_no_query_once_the_names_are_read(django_assert_num_queries):
    """The index is plain data."""
    catalogue.catalogue()
    with django_assert_num_queries(2):
        names = institution_names()
    with django_assert_num_queries(0):
        for text in ("OSCE Mission to Moldova", "nobody", "mission-to-moldova"):
            names.resolve(text)


@given(LETTERS)
def test_folding_twice_changes_nothing(text: str):
    """What is folded is plain already."""
    assert fold(fold(text)) == fold(text)


@given(LETTERS)
def test_capitals_and_spaces_around_never_matter(text: str):
    """Small letters, capitals and padding give one key."""
    assert key(f"  {text}\u00a0") == key(text)
    assert fold(text.lower()) == fold(text)


@given(st.lists(st.text("abcdeéüñжшй -’", min_size=1, max_size=20), unique_by=key, min_size=1, max_size=8))
def test_each_name_finds_its_own_record(texts: list[str]):
    """With and without the prefix, among any others."""
    records = [(text, Named(pk=number, slug=str(number), name=text)) for number, text in enumerate(texts) if key(text)]
    names = NameIndex(current=records)
    for text, record in records:
        assert names.resolve(text).found == record
        assert names.resolve(f"OSCE {text}").found == record


def test_every_record_of_a_kind_is_in_its_index():
    """Nothing is left out of the index of countries."""
    for number in range(3):
        builders.country(f"Land {number}")
    assert all(country_names().resolve(country.slug).found.pk == country.pk for country in Country.objects.all())
