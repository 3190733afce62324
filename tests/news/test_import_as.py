"""An import on behalf of a user: his rights, his institutions, his name in the record."""

import pytest

from news.models import Edition, NewsItem
from record.models import Act
from tests import builders
from tests.news.test_import_news import run, write

pytestmark = pytest.mark.django_db
PUBLISH = ("--issued-on", "2025-11-25", "--publish")


@pytest.fixture
def house():
    """Return the institution that pages name "OSCE Secretariat"."""
    return builders.institution("Secretariat")


@pytest.fixture
def page(tmp_path, house):
    """Return a complete page of that institution."""
    assert house
    return write(tmp_path, "page.txt", builders.page_text("Talks open"))


def test_an_import_as_a_user_stands_in_the_record_under_his_name(page, house):
    """Each of its acts."""
    builders.member_of_staff("pia", *builders.PUBLISHER, home=[house], first_name="Pia", last_name="Pol")
    code, out, _err = run(page, *PUBLISH, "--as", "pia")
    assert (code, "published" in out) == (0, True)
    acts = Act.objects.filter(verb="create", model="news.newsitem")
    assert set(acts.values_list("actor", flat=True)) == {"pia (Pia Pol)"}


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("nobody", PUBLISH, "there is no user of this name"),
        ("edo", PUBLISH, "Can import items as published"),
        ("gone", PUBLISH, "Can import items as published"),
        ("reader", (), "Can add news item"),
    ],
)
def test_a_user_who_may_not_stores_nothing(page, house, name, options, words):
    """And it is said which right is needed."""
    builders.member_of_staff("edo", *builders.EDITOR, home=[house])
    builders.member_of_staff("gone", *builders.PUBLISHER, home=[house], is_active=False)
    builders.member_of_staff("reader", "view_newsitem", home=[house])
    code, _out, err = run(page, *options, "--as", name)
    assert (code, words in err, NewsItem.objects.count()) == (2, True, 0)


def test_a_writer_imports_drafts(page, house):
    """That takes no right to publish."""
    builders.member_of_staff("wera", *builders.WRITER, home=[house])
    assert run(page, "--as", "wera")[0] == 0
    assert Edition.objects.get().state == "draft"


def test_a_user_imports_for_his_own_institutions_only(page):
    """An administrator for all."""
    builders.member_of_staff("sam", *builders.PUBLISHER, home=[builders.institution("Mission")])
    code, _out, err = run(page, *PUBLISH, "--as", "sam")
    assert (code, "sam works for no institution that issues this" in err, NewsItem.objects.count()) == (3, True, 0)
    builders.member_of_staff("ada", *builders.PUBLISHER, "work_everywhere")
    assert run(page, *PUBLISH, "--as", "ada")[0] == 0


def test_a_user_does_not_write_over_the_item_of_another_institution(tmp_path, house):
    """A file may name another issuer at the second time."""
    mission = builders.institution("Mission to Moldova")
    assert run(write(tmp_path, "first.txt", builders.page_text("Talks open")))[0] == 0
    assert Edition.objects.get().tags["issued_by"] == [house.pk]
    again = builders.page_text(
        "Talks open", facts=["- Issued on:", "- Issued by:", "- Mission to Moldova"], body=["New."]
    )
    builders.member_of_staff("sam", *builders.PUBLISHER, home=[mission])
    code, _out, err = run(write(tmp_path, "second.txt", again), "--as", "sam")
    assert (code, "sam works for" in err) == (3, True)
    assert Edition.objects.get().tags["issued_by"] == [house.pk]
