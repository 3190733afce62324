"""The sample archive as rows of an import."""

import datetime
import os
import pickle
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from itertools import pairwise

import pytest
from django.conf import settings

from news.archive.composition import Composer
from news.importers.json_lines_form import line_of
from news.importers.rows import ItemRow
from news.models import Removal
from taxonomy import catalogue
from taxonomy.models import Country, Institution, Topic
from tests import builders
from tests.news.archive.structure import make_structure
from tests.processes import PATIENCE, ROOT

pytestmark = pytest.mark.usefixtures("structure")

UNTIL = datetime.datetime(2026, 6, 30, 18, 0, tzinfo=datetime.UTC)


@pytest.fixture
def structure(db: None) -> None:  # noqa: ARG001 - opens the database
    """Stand in for the reference data."""
    make_structure()


@cache
def composed() -> list[ItemRow]:
    """Compose an archive, once for all tests: the same taxonomy gives the same rows."""
    return list(Composer(items=2000, seed=1, until=UNTIL).compose())


def lines() -> list[bytes]:
    """Compose a small archive anew, as a file has it."""
    return [line_of(row) for row in Composer(items=200, seed=1, until=UNTIL).compose()]


def key(row: ItemRow) -> tuple[str, str]:
    """Return what makes an item the same again, at one source."""
    return row.source_id, row.language


def paragraphs(row: ItemRow) -> int:
    """Count the paragraphs of a text, quotations included and entries of lists not."""
    return len(re.findall("<p>", re.sub("<ul>.*?</ul>", "", row.newest.body)))


def test_every_item_stands_once_and_after_those_that_it_names():
    """So that an import knows them when it comes to it."""
    known: set[tuple[str, str]] = set()
    for row in composed():
        named = [*row.newest.related, *(removal.leads_to for removal in row.removals if removal.leads_to)]
        named += [row.translation_of] if row.translation_of else []
        assert {(reference.source_id, reference.language) for reference in named} <= known
        assert key(row) not in known
        known.add(key(row))
    assert len(known) == 2000


def test_texts_differ_in_length():
    """From three paragraphs to nine; a local language has short versions."""
    official = {code for code, _name in settings.LANGUAGES}
    lengths = Counter(paragraphs(row) for row in composed() if row.language in official)
    assert set(lengths) == set(range(3, 10))
    assert max(lengths.values()) < 0.5 * lengths.total()


def test_some_texts_meet_each_fate():
    """Most are simply published."""
    rows = composed()
    shown = [row for row in rows if row.newest.visible_from]
    fates = Counter(removal.kind for row in rows for removal in row.removals)
    for kind in Removal.Kind.values:
        assert 0.002 * len(rows) < fates[kind] < 0.04 * len(rows)
    assert 0.03 * len(rows) < sum(len(row.editions) > 1 for row in rows) < 0.15 * len(rows)
    assert any(len(row.editions) == 3 for row in rows)
    assert any(row.newest.is_minor for row in rows)
    assert 3 <= sum(row.newest.state == "draft" for row in rows) <= 40
    assert 0.01 * len(rows) < sum(row.editions[0].visible_from != row.newest.issued_at for row in shown)


def test_some_texts_wait_for_their_moment_others_under_an_embargo_too():
    """A handful of each, at the end: issued before it, or to be issued later."""
    ahead = [row for row in composed() if row.newest.visible_from and row.newest.visible_from > UNTIL]
    assert 2 <= len(ahead) <= 40
    embargoed = [row for row in ahead if row.newest.issued_at <= UNTIL]
    assert 0 < len(embargoed) < len(ahead)


def test_moments_follow_each_other():
    """Issue, first edition, the next from the end of the one before, and the removal last."""
    for row in composed():
        editions = row.editions
        for edition in editions:
            assert edition.state == ("approved" if edition.visible_from else "draft")
            assert not edition.visible_from or edition.issued_at <= edition.visible_from
        for before, after in pairwise(editions):
            assert before.visible_from < before.visible_until == after.visible_from
        for removal in row.removals:
            assert editions[-1].visible_from < removal.removed_at <= UNTIL
        assert [edition.number for edition in editions] == (
            list(range(1, len(editions) + 1)) if len(editions) > 1 else [0]
        )


def test_a_removal_says_what_its_kind_asks_for():
    """A withdrawal explains itself and ends in the lists, a consolidation leads on and ends."""
    for row in composed():
        for removal in row.removals:
            newest = row.newest
            ends = (newest.visible_until, newest.listed_until, bool(removal.leads_to), bool(removal.explanation))
            assert (
                ends
                == {
                    "withdrawn": (None, removal.removed_at, False, True),
                    "consolidated": (removal.removed_at, None, True, False),
                    "error": (None, None, False, True),
                }[removal.kind]
            )


def test_every_correction_changes_something():
    """And says what, unless it is minor."""
    corrected = [row for row in composed() if len(row.editions) > 1]
    for row in corrected:
        for before, after in pairwise(row.editions):
            assert (before.title, before.summary, before.body) != (after.title, after.summary, after.body)
            assert bool(after.change_note) != after.is_minor


def test_a_translation_renders_editions_that_its_original_has():
    """Some have stayed behind."""
    editions = {}
    behind = 0
    for row in composed():
        editions[key(row)] = len(row.editions)
        if row.translation_of:
            original = editions[row.translation_of.source_id, row.translation_of.language]
            assert [edition.renders for edition in row.editions] == list(range(1, len(row.editions) + 1))
            assert len(row.editions) <= original
            behind += len(row.editions) < original
    assert behind > 0


def test_the_same_taxonomy_under_other_numbers_gives_the_same_bytes():
    """Another database numbers its rows in its own way, and perhaps in another order."""
    before = lines()
    albania = Country.objects.get(iso_code="AL")
    host = Institution.objects.get(slug="presence-in-albania")
    for model, given in ((Institution, "mission-to-estonia"), (Topic, "arms-control")):
        old = model.objects.get(slug=given)
        fields = {name: getattr(old, name) for name in ("name", "kind", "opened_on", "closed_on") if hasattr(old, name)}
        old.delete()
        (builders.institution if model is Institution else builders.topic)(**fields)
    Institution.objects.filter(pk=host.pk).update(host_country=None)
    albania.delete()
    Institution.objects.filter(pk=host.pk).update(host_country=builders.country("Albania", iso_code="AL"))
    catalogue.forget()
    assert lines() == before


@pytest.mark.processes
def test_every_process_composes_the_same_bytes():
    """Whatever order its sets have."""
    known = pickle.dumps(catalogue.read_catalogue())
    digests = set()
    for seed in ("1", "4711"):
        given = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONHASHSEED": seed, "SECRET_KEY": "for-tests-only"}
        command = [sys.executable, "-m", "tests.news.archive.composing"]
        done = subprocess.run(  # noqa: S603 - our own command
            command,
            cwd=ROOT,
            env=os.environ | given,
            input=known,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr.decode()
        digests.add(done.stdout)
    assert len(digests) == 1
