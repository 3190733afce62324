"""A newsroom of four people, and an edition on its way."""

import pytest
from django.core import mail

from news import workflow
from tests import builders


@pytest.fixture
def house():
    """Return the institution that everybody works for."""
    return builders.institution("Secretariat")


@pytest.fixture
def newsroom(house):
    """Return a writer, an editor and two publishers of one house, each with an address."""

    def hire(name, rights):
        return builders.member_of_staff(
            name, *rights, home=[house], email=f"{name}@example.org", first_name=name.title()
        )

    rights = {"wera": builders.WRITER, "edo": builders.EDITOR, "pia": builders.PUBLISHER, "paul": builders.PUBLISHER}
    return {name: hire(name, given) for name, given in rights.items()}


@pytest.fixture
def act(newsroom, django_capture_on_commit_callbacks):
    """Return what lets a person do a verb, and commits."""

    def do(name, verb, *arguments, **options):
        with django_capture_on_commit_callbacks(execute=True):
            return verb(*arguments, by=newsroom[name], **options)

    return do


@pytest.fixture
def draft(act, house):
    """Return a draft that the writer has written."""
    return act("wera", workflow.create_item, builders.content("Talks open", issued_by=[house.pk], kind="press-release"))


@pytest.fixture
def submitted(act, draft):
    """Return it once it is submitted, with the mails of that gone."""
    edition = act("wera", workflow.submit, draft)
    mail.outbox.clear()
    return edition


@pytest.fixture
def public(act, submitted):
    """Return it once the editor has approved it, with the mails of that gone."""
    edition = act("edo", workflow.approve, submitted)
    mail.outbox.clear()
    return edition
