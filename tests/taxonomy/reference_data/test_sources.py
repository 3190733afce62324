"""Mistakes in the data files."""

from pathlib import Path

import pytest
from django.core.management import CommandError

from taxonomy.models import Country
from tests.taxonomy.reference_files import load, replace, write_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of small data files."""
    return write_files(tmp_path)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        pytest.param(
            "institutions.toml",
            'kind = "department"',
            'kind = "departement"',
            "institutions.toml [archive]: kind is “departement”. Write one of chair, secretariat, department, "
            "institution, field_operation, assembly, court, decision_making_body.",
            id="an unknown kind",
        ),
        pytest.param(
            "institutions.toml",
            'host_country = "AT"',
            'host_country = "AU"',
            "institutions.toml [secretariat]: host_country “AU” is not known. Mend it.",
            id="a country that no file has",
        ),
        pytest.param(
            "institutions.toml",
            'city = "Vienna"',
            'city = "Viena"',
            "institutions.toml [secretariat]: city “Viena” is not in cities.toml. Did you mean “Vienna”? Add it there.",
            id="an unknown city",
        ),
        pytest.param(
            "institutions.toml",
            'closed_on = "2001-05"',
            'closed_on = "May 2001"',
            "institutions.toml [field-office]: closed_on: “May 2001” is not a date. Write a year (2004), "
            "a month (2004-05) or a day (2004-05-03).",
            id="a date in words",
        ),
        pytest.param(
            "institutions.toml",
            "opened_on",
            "openend_on",
            "institutions.toml [field-office]: “openend_on” means nothing here. Did you mean “opened_on”? Remove it.",
            id="a slip in a word",
        ),
        pytest.param(
            "institutions.toml",
            'name.ru = "Archive ru"\n',
            "",
            'institutions.toml [archive] name: ru is missing. Add a line ru = "…".',
            id="a language that is missing",
        ),
        pytest.param(
            "topics.toml",
            "[elections]",
            '[elections]\nparent = "votes"',
            "topics.toml [elections]: parent “votes” is not known. Mend it.",
            id="an unknown parent",
        ),
        pytest.param(
            "topics.toml",
            "[elections]",
            "[elections",
            "topics.toml: Expected ']' at the end of a table declaration (at line 2, column 11). "
            "Mend the line; the file is TOML in UTF-8.",
            id="no TOML",
        ),
        pytest.param(
            "countries.csv",
            "Japan,JP,asian_partner,1992,",
            "Japan,JP,asian_partner,1992",
            "countries.csv:4: it has not 5 columns. Add or remove commas.",
            id="a comma too few",
        ),
        pytest.param(
            "chairpersonships.csv",
            "2026,Poland",
            "2026,Polland",
            "chairpersonships.csv:3: “Polland” is no country. Did you mean “Poland”? Write it as countries.csv does.",
            id="an unknown country in the chair",
        ),
        pytest.param(
            "navigation.toml",
            'below = "topics"',
            'below = "topic"',
            "navigation.toml [our-work]: below is “topic”. Write one of topics, participating_state, asian_partner, "
            "mediterranean_partner, or a list of institutions.",
            id="an unknown word for many",
        ),
        pytest.param(
            "navigation.toml",
            'address = "/countries/?status=participating-states"',
            'address = "/countries/"\ncountry = "AT"',
            "navigation.toml [states]: it leads to country and address. Keep one of them.",
            id="an entry that leads to two places",
        ),
    ],
)
def test_a_mistake_in_a_file_is_said_with_its_place_and_what_to_do(
    data: Path, file: str, old: str, new: str, message: str
):
    """And nothing is stored."""
    replace(data / file, old, new)
    with pytest.raises(CommandError) as refused:
        load(data)
    assert str(refused.value) == message
    assert not Country.objects.exists()


def test_a_folder_without_the_files_is_said(tmp_path: Path):
    """As whoever mistypes --data sees it."""
    with pytest.raises(CommandError, match=r"^countries\.csv: it is not in .*nowhere\. Put it there\.$"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize("file", ["countries.csv", "topics.toml"])
def test_a_file_in_another_encoding_is_said_with_the_line(data: Path, file: str):
    """A spreadsheet saves Windows-1252 unless it is told."""
    lines = (data / file).read_bytes().count(b"\n")
    with (data / file).open("ab") as stream:
        stream.write("T\N{LATIN SMALL LETTER U WITH DIAERESIS}rkiye\n".encode("cp1252"))
    with pytest.raises(CommandError) as refused:
        load(data)
    assert str(refused.value) == f"{file}:{lines + 1}: the byte 0xFC is not UTF-8. Save the file as UTF-8."


def test_a_byte_order_mark_is_no_part_of_the_first_column(data: Path):
    """A spreadsheet that saves UTF-8 writes one."""
    path = data / "countries.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    load(data)
    assert Country.objects.exists()
