"""The index in a file: read back by the next process, moved on from there, and refused where it is not ours."""

import threading

import pytest
from django.db import connections
from pyroaring import BitMap

from news import facets
from news.changes import publishing, record_change
from news.facets import Index, Keeper
from news.index import snapshot
from news.index.holdings import Holdings
from news.index.snapshot import Place
from news.models import Change
from news.question import Question
from taxonomy.models import Topic
from tests import builders
from tests.news.archives import HOUR, NOW
from tests.news.index.truth import counted_by_index, counted_by_sql

pytestmark = pytest.mark.django_db
PLACE = Place(position=7, written_at=NOW)


@pytest.fixture(autouse=True)
def folder(tmp_path, settings, monkeypatch):
    """Keep snapshots of any size, in a folder of the test's own."""
    settings.INDEX_FOLDER = tmp_path / "index"
    monkeypatch.setattr(facets, "WORTH_KEEPING", 0)
    return settings.INDEX_FOLDER


def new_process(monkeypatch, *, may_read_anew=False):
    """Begin as a process that starts does; by default it must not read everything."""
    with monkeypatch.context() as patch:
        keeper = Keeper()
        patch.setattr(facets, "keeper", keeper)
        if not may_read_anew:
            patch.setattr(keeper, "_anew", None)
        keeper.index()
        assert counted_by_index() == counted_by_sql()
    return keeper


def publish_some():
    """Publish with all that the index keeps: trees, translations, an embargo."""
    parent = builders.topic()
    topics = [builders.topic(parent=parent).pk]
    original = builders.published(topics=topics, countries=[builders.country().pk])
    builders.published(language="fr", translation_of=original.item, topics=topics)
    builders.published(visible_from=NOW, topics=topics)
    return original


def test_the_next_process_reads_what_one_has_kept(monkeypatch, time_machine):
    """And shows at its moment what was waiting when it was kept."""
    publish_some()
    kept = new_process(monkeypatch, may_read_anew=True).kept
    read = new_process(monkeypatch).kept
    assert read.position == kept.position
    assert list(read.listed(Question())) == list(kept.listed(Question()))
    time_machine.move_to(NOW + HOUR, tick=False)
    assert len(new_process(monkeypatch).kept.listed(Question())) == 2


def test_the_next_process_follows_what_came_later(monkeypatch):
    """Editions and moved trees."""
    original = publish_some()
    new_process(monkeypatch, may_read_anew=True)
    builders.next_edition(original, topics=[builders.topic().pk])
    publish_some()
    moved = Topic.objects.last()
    moved.parent = builders.topic()
    moved.save()
    new_process(monkeypatch)


def test_a_process_that_has_followed_far_keeps_it_anew(monkeypatch):
    """So that the way of the next one stays short."""
    monkeypatch.setattr(facets, "SNAPSHOT_EVERY", 2)
    publish_some()
    keeper = new_process(monkeypatch, may_read_anew=True)
    for _number in range(3):
        builders.published()
    keeper.notice()
    position = keeper.index().position
    monkeypatch.setattr(facets.following, "read_step", lambda place, **_how: snapshot_of(place))
    assert Keeper().index().position == position


def snapshot_of(place):
    """Return a step that leads nowhere."""
    return facets.following.Step(place=place, rows=0, stories=set(), versions={}, gone=frozenset(), moves_trees=False)


def is_refused(monkeypatch):
    """Say whether a new process reads everything anew, and rightly."""
    read = []
    monkeypatch.setattr(Keeper, "_anew", lambda keeper: read.append(1) or anew(keeper))
    new_process(monkeypatch, may_read_anew=True)
    return bool(read)


anew = Keeper._anew  # noqa: SLF001 - counted, then done


@pytest.fixture
def kept(folder, monkeypatch):
    """Return the file that a process has kept."""
    publish_some()
    new_process(monkeypatch, may_read_anew=True)
    (file,) = folder.iterdir()
    return file


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.9, 0.999], ids=str)
def test_a_file_that_is_cut_short_is_refused(kept, monkeypatch, share):
    """Wherever it ends; a whole one takes its place."""
    content = kept.read_bytes()
    kept.write_bytes(content[: int(len(content) * share)])
    assert is_refused(monkeypatch)
    assert not is_refused(monkeypatch)


def test_a_file_with_a_damaged_part_is_refused(kept, monkeypatch):
    """Zeros where numbers stood, as after a power failure."""
    content = kept.read_bytes()
    kept.write_bytes(content[:-40] + bytes(40))
    assert is_refused(monkeypatch)


def test_a_file_of_another_form_or_another_site_is_refused(kept, monkeypatch, settings):  # noqa: ARG001 - it is there
    """Years end elsewhere, or a language was added: its sets would not be true."""
    settings.LANGUAGES = settings.LANGUAGES[:-1]
    assert is_refused(monkeypatch)
    monkeypatch.setattr(snapshot, "FORM", "facets 99")
    assert is_refused(monkeypatch)


def test_a_file_of_before_a_restored_dump_is_refused(kept, monkeypatch):  # noqa: ARG001 - it is there
    """The dump's log ends earlier."""
    Change.objects.latest("pk").delete()
    assert is_refused(monkeypatch)


def test_a_file_is_refused_though_the_log_has_come_to_its_number_again(kept, monkeypatch):  # noqa: ARG001 - it is there
    """After a dump was restored: the row was written at another moment."""
    last = Change.objects.latest("pk")
    position, written_at = last.pk, last.written_at
    last.delete()
    Change.objects.create(pk=position, subject=last.subject, new_edition=last.new_edition)
    assert Change.objects.get(pk=position).written_at > written_at
    assert is_refused(monkeypatch)


def test_a_file_is_refused_when_the_log_begins_anew(kept, monkeypatch):  # noqa: ARG001 - it is there
    """A truncated log."""
    Change.objects.all().delete()
    assert is_refused(monkeypatch)


def test_databases_of_one_name_on_two_hosts_have_a_file_each(monkeypatch):
    """Neither makes the other read anew."""
    given = connections["default"].settings_dict
    paths = set()
    for host in ("one.example.org", "other.example.org"):
        monkeypatch.setitem(given, "HOST", host)
        paths.add(facets._path())  # noqa: SLF001 - its name alone
    assert len(paths) == 2


def test_where_nothing_can_be_written_lists_are_answered(settings, tmp_path, monkeypatch, caplog):
    """A file stands where the folder should be."""
    (tmp_path / "file").write_text("")
    settings.INDEX_FOLDER = tmp_path / "file"
    publish_some()
    new_process(monkeypatch, may_read_anew=True)
    assert "could not be kept" in caplog.text


def test_two_that_write_at_once_leave_a_whole_file(tmp_path):
    """One of both, whenever it is read."""
    path, ends = tmp_path / "file", threading.Event()
    parts = []
    for size in (10, 200_000):
        holdings = Holdings()
        holdings.live = BitMap(range(0, size * 3, 3))
        parts.append(snapshot.pack(holdings, place=PLACE, now=1))

    def write(own):
        while not ends.is_set():
            snapshot.store(path, own)

    snapshot.store(path, parts[0])
    writers = [threading.Thread(target=write, args=[own]) for own in parts]
    for writer in writers:
        writer.start()
    try:
        sizes = {len(snapshot.read(path, is_ours=lambda _place: True)[0].live) for _time in range(300)}
    finally:
        ends.set()
        for writer in writers:
            writer.join()
    assert sizes <= {10, 200_000}
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_a_row_that_says_everything_makes_the_next_process_read_anew(monkeypatch):
    """Once: what it keeps then is past that row."""
    publish_some()
    new_process(monkeypatch, may_read_anew=True)
    with publishing():
        record_change("everything")
    assert is_refused(monkeypatch)
    assert isinstance(new_process(monkeypatch).kept, Index)
