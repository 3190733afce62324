"""The kinds of text."""

from news.kinds import PLURALS
from news.models import Edition


def test_every_kind_has_the_name_of_many():
    """A kind that is added needs one."""
    assert set(PLURALS) == set(Edition.Kind.values)
