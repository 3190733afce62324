"""The kinds of text as a parameter."""

import pytest
from django.http import Http404
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from news.kinds import PLURALS, kinds_asked, kinds_query
from news.models import Edition

KINDS = list(Edition.Kind.values)


@given(asked=st.lists(st.sampled_from([*KINDS, ""])))
def test_whatever_the_order_there_is_one_address(asked):
    """Twice the same, empty ones and another order make no difference."""
    kinds = kinds_asked(RequestFactory().get("/news/", {"kind": asked}))
    assert kinds == [kind for kind in KINDS if kind in asked]
    assert kinds_query(kinds).count("kind=") == len(kinds)


@pytest.mark.parametrize("unknown", ["rumour", "News", "news ", "news,speech"])
def test_what_is_no_kind_is_not_found(rf, unknown):
    """Though another one is known."""
    with pytest.raises(Http404):
        kinds_asked(rf.get("/news/", {"kind": ["news", unknown]}))


def test_every_kind_has_the_name_of_many():
    """A kind that is added needs one."""
    assert set(PLURALS) == set(KINDS)
