"""The command that imports pages."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse

from news.models import Edition, NewsItem
from tests import builders
from tests.reference import both_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat() -> None:
    """Have the institution that pages name "OSCE Secretariat"."""
    builders.institution("Secretariat")


def run(*arguments: object) -> tuple[int, str, str]:
    """Run the command and return its exit code and what it printed."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_news", *map(str, arguments), stdout=out, stderr=err, no_color=True)
    except CommandError as error:
        return error.returncode, out.getvalue(), err.getvalue() + str(error)
    return 0, out.getvalue(), err.getvalue()


def write(folder: Path, name: str, text: str) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@both_pages
@pytest.mark.usefixtures("secretariat")
def test_the_page_arrives_as_a_draft_and_is_published_with_its_date(page):
    """Three runs: a draft, the same page published, and nothing left to do."""
    code, out, _err = run(page)
    item = NewsItem.objects.get()
    assert code == 0
    assert f": created draft {item.pk}: {Edition.objects.get().title} – " in out
    assert out.strip().endswith(reverse("admin:news_newsitem_change", args=[item.pk]))

    code, out, _err = run(page, "--issued-on", "2025-11-25", "--publish")
    assert (code, f": published {item.pk}: " in out) == (0, True)
    assert f" – {settings.SITE_URL}{item.get_absolute_url()}\n" in out
    assert "unchanged" in run(page, "--issued-on", "2025-11-25", "--publish")[1]


@both_pages
@pytest.mark.usefixtures("secretariat")
def test_the_imported_page_can_be_read_under_its_address(page, client):
    """With its title, summary and text, each once."""
    run(page, "--issued-on", "2025-11-25", "--publish")
    edition = Edition.objects.get()
    text = client.get(edition.get_absolute_url()).content.decode()
    assert text.count(f"{edition.title}</h1>") == 1
    assert "“" in text


@pytest.mark.usefixtures("secretariat")
def test_a_file_that_is_no_such_page_is_rejected_and_the_others_go_in(tmp_path):
    """Exit code 3; the line and what was expected stand on stderr."""
    good, bad = (
        write(tmp_path, "good.txt", builders.page_text()),
        write(tmp_path, "bad.txt", "-\nMenu\nSoup of the day"),
    )
    code, out, err = run(bad, good, tmp_path / "none.txt")
    assert code == 3
    assert f"{bad}:3: expected the content type" in err
    assert "none.txt:1: there is no such file." in err
    assert "2 of 3 rows rejected" in err
    assert f"{good}:4: created draft" in out
    assert NewsItem.objects.count() == 1


def test_an_unknown_institution_rejects_the_file_and_stores_nothing(tmp_path):
    """The line of the name is said."""
    code, _out, err = run(write(tmp_path, "page.txt", builders.page_text()))
    assert (code, NewsItem.objects.count()) == (3, 0)
    assert "page.txt:9: institution “OSCE Secretariat” is not known." in err


@pytest.mark.usefixtures("secretariat")
def test_a_row_without_a_date_cannot_be_published_and_says_so(tmp_path):
    """It is a draft; the exit code tells a script."""
    code, out, err = run(write(tmp_path, "page.txt", builders.page_text()), "--publish")
    assert (code, "it lacks: the date of issue" in out) == (3, True)
    assert "1 of 1 rows not published for what they lack." in err


@pytest.mark.usefixtures("secretariat")
def test_what_cannot_be_published_counts_as_rejected(tmp_path):
    """It is a draft, and the exit code tells a script."""
    path = write(tmp_path, "page.txt", builders.page_text(summary=""))
    code, out, err = run(path, "--issued-on", "2025-11-25", "--publish")
    assert (code, "it lacks: a summary" in out) == (3, True)
    assert "1 of 1 rows not published for what they lack." in err


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31", "0205-11-25T10:00"])
def test_a_date_that_no_news_bears_is_a_slip(date):
    """Nothing is read; no calendar runs over."""
    with pytest.raises(CommandError, match=f"'{date}' is not between the years 1900 and 2199"):
        call_command("import_news", "page.txt", "--issued-on", date)


@pytest.mark.usefixtures("secretariat")
def test_a_dash_reads_standard_input(monkeypatch):
    """Errors name it stdin."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(builders.page_text("From a pipe").encode())))
    code, out, _err = run("-")
    assert (code, "stdin:4: created draft" in out) == (0, True)


@pytest.mark.usefixtures("secretariat")
def test_a_page_in_another_language_has_its_address_in_latin_letters(tmp_path):
    """Under the prefix of its language."""
    path = write(tmp_path, "page.txt", builders.page_text("Мост между двумя берегами"))
    run(path, "--language", "ru", "--issued-on", "2025-11-25", "--publish")
    item = NewsItem.objects.get()
    assert item.get_absolute_url() == f"/ru/news/{item.pk}/most-mezhdu-dvumya-beregami/"


@both_pages
def test_checking_the_navigation_stores_nothing(page):
    """It only prints."""
    code, out, _err = run(page, "--check-navigation")
    assert (code, NewsItem.objects.count()) == (0, 0)
    assert f"{page}: 142 menu entries, these differ" in out


def test_help_and_wrong_usage_have_their_exit_codes():
    """As a shell sees them."""
    command = [sys.executable, "manage.py", "import_news"]
    shown = subprocess.run([*command, "--help"], capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    wrong = subprocess.run([*command, "x", "--issued-on", "soon"], capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert (shown.returncode, "--check-navigation" in shown.stdout, "examples:" in shown.stdout) == (0, True, True)
    assert (wrong.returncode, "'soon' is no date" in wrong.stderr) == (2, True)
