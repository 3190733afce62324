"""A file imported in a browser, by keyboard: planned, applied, undone; each page sound, with scripts or without."""

import json
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import builders
from tests.browser.axe import look
from tests.news.admin.imports.desk import IMPORTER, row

pytestmark = pytest.mark.django_db(transaction=True)
SCREENS = [
    {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    {"color_scheme": "dark", "viewport": {"width": 320, "height": 720}},
    {"color_scheme": "light", "viewport": {"width": 320, "height": 720}},
    {"color_scheme": "dark", "viewport": {"width": 1920, "height": 1080}},
    {"java_script_enabled": False},
]


@pytest.fixture(autouse=True)
def _publisher(settings, tmp_path, monkeypatch) -> None:
    """Let someone who imports be known, and the files be kept in a folder of the test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    settings.IMPORTS_ROOT = str(tmp_path / "imports")
    builders.member_of_staff("pia", *IMPORTER, home=[builders.institution("Secretariat")])


def write(folder: Path, *rows: dict) -> Path:
    """Write the rows as a file."""
    file = folder / "archive.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    return file


def log_in(page: Page) -> None:
    """Begin at the list of imports."""
    page.goto("/admin/news/importbatch/")
    page.get_by_label("Username").fill("pia")
    page.get_by_label("Password").fill(builders.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Select import to view")


def give(page: Page, file: Path) -> None:
    """Choose a file in the form, and send it."""
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_label("Publish what is complete").check()
    page.get_by_role("button", name="Show what would happen").press("Enter")


@pytest.mark.parametrize(
    "context_options", SCREENS, ids=["light", "dark and narrow", "narrow", "dark and wide", "without scripts"]
)
def test_a_file_is_imported_and_undone_by_keyboard(page, context_options, tmp_path):
    """Every page on the way, also one that refuses."""

    def sound() -> bool:
        return not context_options.get("java_script_enabled", True) or look(page) == []

    log_in(page)
    page.get_by_role("link", name="Import a file").press("Enter")
    assert sound()
    page.get_by_role("button", name="Show what would happen").press("Enter")
    expect(page.get_by_text("Choose the file that is to be imported.")).to_be_visible()
    assert sound()
    give(page, write(tmp_path, row(1, "Talks open"), row(2, "Talks close")))
    page.get_by_role("button", name="Apply this plan").press("Enter")
    expect(page.get_by_text("The import is done. New: 2.")).to_be_visible()
    page.get_by_role("link", name="Imports").press("Enter")
    page.get_by_role("link", name="Import a file").press("Enter")
    give(page, write(tmp_path, row(1, "Talks go on", summary="a" * 300), row(2, "Talks close"), row(3, kind="newz")))
    expect(page.get_by_text("Planned: nothing is written yet")).to_be_visible()
    assert sound()
    page.get_by_role("button", name="Apply this plan").press("Enter")
    expect(page.get_by_text("The import is done. Changed: 1, Unchanged: 1, Rejected: 1.")).to_be_visible()
    page.get_by_role("link", name="Undo this import").press("Enter")
    assert sound()
    page.get_by_role("button", name="Undo the import").press("Enter")
    expect(page.get_by_text("The import is undone.")).to_be_visible()
    assert sound()
    page.get_by_role("link", name="Imports").press("Enter")
    expect(page.get_by_role("row", name="archive.jsonl undone")).to_be_visible()
    assert sound()
