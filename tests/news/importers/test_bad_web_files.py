"""Feeds, exports, pages and mappings that cannot be read as they are: what whoever imports is told."""

from pathlib import Path

import pytest

from news.importers import feeds, html_page, wordpress
from news.importers.mapping import MappingError, read_mapping
from tests.news.importers.saved_files import SavedFile, problems, rows

FOLDER = Path(__file__).parent / "bad_web_files"
EXPECTED = FOLDER / "expected.txt"
READERS = {".rss": feeds.read_rss, ".atom": feeds.read_atom, ".wxr": wordpress.read, ".html": html_page.read}
FILES = sorted(path for path in FOLDER.iterdir() if path != EXPECTED)


def told(path: Path) -> list[str]:
    """Return what is said of a file."""
    if path.suffix in READERS:
        return problems(rows(READERS[path.suffix], path.read_bytes(), name=path.name))
    try:
        read_mapping(SavedFile(content=path.read_bytes(), name=path.name))
    except MappingError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_a_bad_file_is_refused_with_place_value_and_remedy(path):
    """The lines of expected.txt that begin with its name."""
    expected = [line for line in EXPECTED.read_text("utf-8").splitlines() if line.startswith(f"{path.name}:")]
    assert told(path) == expected
    assert expected
