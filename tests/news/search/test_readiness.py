"""Search before all texts have been indexed: after an upgrade, or while another node does it."""

import threading

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.db import connection

from news.models import SearchDocument
from news.search import indexing
from news.search.matches import matches
from tests import builders
from tests.pages import main

NOT_YET = "News cannot be searched at this moment"


def lose_all_documents():
    """Be as after an upgrade from a version without search."""
    SearchDocument.objects.all().delete()
    matches.forget()


@pytest.mark.django_db
def test_the_page_says_that_texts_are_missing_rather_than_that_nothing_has_the_words(client):
    """And no longer once one may believe it; a site without news has nothing to wait for."""
    assert NOT_YET not in main(client, "/search/?q=border")
    builders.published("Border patrol")
    assert NOT_YET not in main(client, "/search/?q=zeppelin")
    lose_all_documents()
    assert NOT_YET in main(client, "/search/?q=border")
    call_command("index_search", verbosity=0)
    assert NOT_YET not in main(client, "/search/?q=zeppelin")
    assert "Border patrol" not in main(client, "/search/?q=zeppelin")


def warnings():
    """Return what the checks of the database say of search."""
    return [message for message in run_checks(tags=[Tags.database], databases=["default"]) if "W002" in message.id]


@pytest.mark.django_db
def test_a_check_names_the_texts_that_search_lacks():
    """With the command that writes them."""
    builders.published("Border patrol")
    assert warnings() == []
    lose_all_documents()
    (warning,) = warnings()
    assert "1 text" in warning.msg
    assert "manage.py index_search" in warning.hint


@pytest.mark.django_db(transaction=True)
def test_two_nodes_fill_an_empty_index_one_after_the_other():
    """The second would drop what the first one builds."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's index is kept by triggers, and there is one node.")
    builders.published("Border patrol")
    lose_all_documents()
    steps, is_in = [], threading.Event()

    def second():
        is_in.wait(10)
        with indexing.loading():
            steps.append("second")
        connection.close()

    node = threading.Thread(target=second)
    node.start()
    with indexing.loading():
        is_in.set()
        node.join(1.5)  # longer than it waits between two looks
        steps.append("first")
        indexing.write(indexing.missing_numbers())
    node.join(20)
    assert steps == ["first", "second"]
    assert indexing.is_ready()
