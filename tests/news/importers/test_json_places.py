"""Where a value stands in a line of JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.importers.json_places import column_of

LINE = ' { "a" : 1 , "é\\u0041" : [ 10 , {"b": [ "x", "y" ]} ], "a" : {"c":"}"} , "d": [] }'


@pytest.mark.parametrize(
    ("steps", "position", "begins"),
    [
        (["a"], 0, '{"c"'),
        (["a", "c"], 0, '"}"'),
        (["éA"], 0, "10"),
        (["éA"], 1, '{"b"'),
        (["éA", "1", "b"], 1, '"y"'),
    ],
)
def test_a_value_is_found_by_name_and_position(steps, position, begins):
    """Of a name that is there twice, the second: that is the one which JSON takes."""
    assert LINE[column_of(LINE, steps, position) - 1 :].startswith(begins)


@pytest.mark.parametrize("steps", [["x"], ["a", "x"], ["éA", "7"], ["d", "0"], ["a", "c", "e"]])
def test_what_is_not_there_has_no_place(steps):
    """The line alone is told."""
    assert column_of(LINE, steps) == 0


@pytest.mark.parametrize("line", ["", "{", '{"a"', '{"a":', "[", "12", '{"a":1', '{"a":' + "[" * 100_000])
def test_a_line_that_breaks_off_has_no_places(line):
    """No error follows the error."""
    assert column_of(line, ["a", "b"]) == 0


@given(
    st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5) | st.just([1, 2]), min_size=1), st.data()
)
def test_every_value_of_any_object_is_found(values, data):
    """Whatever its name."""
    name = data.draw(st.sampled_from(list(values)))
    line = json.dumps(values, ensure_ascii=data.draw(st.booleans()))
    value, _end = json.JSONDecoder().raw_decode(line, column_of(line, [name]) - 1)
    assert value == (values[name][0] if isinstance(values[name], list) else values[name])
