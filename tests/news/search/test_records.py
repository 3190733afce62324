"""Countries, institutions, fields of work and own pages, found by any name in any language."""

import pytest
from django.utils import translation

from news.search.query import read_query
from news.search.records import find_records
from taxonomy import catalogue
from taxonomy.models import CountryFormerName, Institution, InstitutionFormerName
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _taxonomy():
    """Create some records with names of several kinds."""
    builders.country("Ukraine", name_fr="Ukraine", name_de="Ukraine", name_ru="Украина", iso_code="UA")
    macedonia = builders.country("North Macedonia", name_fr="Macédoine du Nord", iso_code="MK")
    CountryFormerName.objects.create(record=macedonia, name="Former Yugoslav Republic of Macedonia", language="en")
    office = builders.institution(
        "Office for Democratic Institutions and Human Rights",
        acronym="ODIHR",
        acronym_fr="BIDDH",
        name_fr="Bureau des institutions démocratiques",
        kind=Institution.Kind.INSTITUTION,
    )
    InstitutionFormerName.objects.create(record=office, name="Office for Free Elections", language="en")
    builders.institution("Project Co-ordinator in Ukraine", kind=Institution.Kind.FIELD_OPERATION)
    builders.topic("Elections", name_fr="Élections", name_ru="Выборы")
    builders.topic("Border management")
    builders.navigation_item("Careers", body="<p>Vacancies for interpreters are announced in spring.</p>")
    builders.navigation_item("Hidden corner", is_shown=False, body="<p>Interpreters again.</p>")


def names(words, language="en"):
    """Return the names that are found, in order, on a page in the language."""
    with translation.override(language):
        return [record.plain_name for record in find_records(read_query(words, language=language), language=language)]


@pytest.mark.parametrize(
    ("words", "language", "first"),
    [
        ("ukraine", "en", "Ukraine"),
        ("Украина", "en", "Ukraine"),
        ("украина", "ru", "Украина"),
        ("macedonia", "en", "North Macedonia"),
        ("macedoine", "en", "North Macedonia"),
        ("yugoslav republic", "en", "North Macedonia"),
        ("odihr", "en", "Office for Democratic Institutions and Human Rights"),
        ("BIDDH", "en", "Office for Democratic Institutions and Human Rights"),
        ("democratic institution", "en", "Office for Democratic Institutions and Human Rights"),
        ("free elections office", "en", "Office for Democratic Institutions and Human Rights"),
        ("coordinator ukraine", "en", "Project Co-ordinator in Ukraine"),
        ("election", "en", "Elections"),
        ("выборов", "en", "Elections"),
        ("borders management", "en", "Border management"),
        ("careers", "en", "Careers"),
        ("interpreter vacancies", "en", "Careers"),
    ],
)
def test_a_record_is_found_by_any_of_its_names(words, language, first):
    """Present, former, official, in any language, by acronym; an own page by what it says."""
    assert names(words, language)[0] == first


def test_what_is_asked_about_is_found_by_name():
    """A question that names a country and a field of work leads to both."""
    assert set(names("elections in ukraine")) >= {"Ukraine", "Elections"}


def test_a_shared_word_alone_is_no_reason():
    """Else every office would be found."""
    assert names("office supplies") == []


def test_excluded_words_exclude_and_phrases_are_exact():
    """As in news."""
    assert "Project Co-ordinator in Ukraine" not in names("ukraine -project")
    assert names('"management border"') == []


def test_a_page_that_the_menu_hides_is_not_found():
    """Whoever hid it did not want it found."""
    assert names("interpreters") == ["Careers"]
    assert names("hidden corner") == []


def test_the_name_that_was_found_is_told_where_it_is_not_the_one_shown():
    """A reader sees why the record is there, the words marked."""
    record = find_records(read_query("yugoslav", language="en"), language="en")[0]
    assert "".join(piece.text for piece in record.also) == "Former Yugoslav Republic of Macedonia"
    assert [piece.text for piece in record.also if piece.is_marked] == ["Yugoslav"]
    assert find_records(read_query("macedonia", language="en"), language="en")[0].also == ()


def test_finding_records_asks_the_database_nothing_once_they_are_known(django_assert_num_queries):
    """They are plain data in the process."""
    names("ukraine")
    with django_assert_num_queries(0):
        names("elections office")


def test_a_renamed_record_is_found_by_its_new_name():
    """Taxonomy is laid out anew when it changes."""
    assert names("elections") == ["Elections", "Office for Democratic Institutions and Human Rights"]
    builders.topic("Referendums")
    catalogue.forget()
    assert names("referendum") == ["Referendums"]
