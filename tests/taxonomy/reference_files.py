"""Small data files to load, and what a member of staff does with them."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from taxonomy.reference_data.sources import LANGUAGES

COUNTRIES = """name,iso_code,membership,since,until
Austria,AT,participating_state,1973-06-25,
Poland,PL,participating_state,1973-06-25,
Japan,JP,asian_partner,1992,
"""
CHAIRS = """year,country
2025,Austria
2026,Poland
"""
COUNTRY_NAMES = """
[JP]
name.fr = "Le Japon"
"""
CITIES = """
[Vienna]
fr = "Vienne"
de = "Wien"
it = "Vienna"
ru = "Вена"
es = "Viena"
"""


def in_six_languages(name: str) -> str:
    """Return the lines that give a name in each language, by default the English one with the code."""
    return "\n".join(f'name.{code} = "{name}{"" if code == "en" else f" {code}"}"' for code in LANGUAGES)


INSTITUTIONS = f"""
[secretariat]
kind = "secretariat"
host_country = "AT"
city = "Vienna"
{in_six_languages("Secretariat")}

[[secretariat.former_names]]
en = "Office of Beginnings"
used_until = "1993"

[archive]
kind = "department"
parent = "secretariat"
{in_six_languages("Archive")}

[field-office]
kind = "field_operation"
opened_on = "1995"
closed_on = "2001-05"
successors = ["secretariat"]
{in_six_languages("Field office")}
"""
TOPICS = f"""
[elections]
{in_six_languages("Elections")}
"""
NAVIGATION = f"""
["our-work"]
{in_six_languages("Our work").replace("name", "label")}
introduction.en = "What we do."
body.en = "<p>More about it.</p>"
below = "topics"

["states"]
{in_six_languages("States").replace("name", "label")}
address = "/countries/?status=participating-states"
below = "participating_state"
"""

FILES = {
    "countries.csv": COUNTRIES,
    "chairpersonships.csv": CHAIRS,
    "country_names.toml": COUNTRY_NAMES,
    "cities.toml": CITIES,
    "institutions.toml": INSTITUTIONS,
    "topics.toml": TOPICS,
    "navigation.toml": NAVIGATION,
}


def write_files(folder: Path) -> Path:
    """Write the files into a folder."""
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def load(data: Path | None = None, **options: object) -> str:
    """Run the command and return what it prints."""
    output = StringIO()
    call_command("load_reference_data", stdout=output, **({"data": data} if data else {}), **options)
    return output.getvalue()


def replace(file: Path, old: str, new: str) -> None:
    """Edit a data file."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
