"""By what a format is told."""

import pytest

from news.importers.recognition import READERS, NotRecognised, recognise
from tests.news.importers.files import file_of

RSS = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand -->\n<rss version="2.0"{}><channel/></rss>'


@pytest.mark.parametrize(
    ("content", "name", "form"),
    [
        ('{"title":"T"}', "x", "json-lines"),
        ('\ufeff\n  {"title":"T"}', "x.txt", "json-lines"),
        ("", "x.jsonl", "json-lines"),
        ("", "x.ndjson.gz", "json-lines"),
        ("source_id,title\n1,T", "x", "csv"),
        ("Source_ID;Title\n1;T", "x.txt", "csv"),
        ("sep=;\nsource_id;title", "x", "csv"),
        ("a\tb", "x.tsv", "csv"),
        (RSS.format(""), "x", "rss"),
        (RSS.format(' xmlns:wp="http://wordpress.org/export/1.2/"'), "x.xml", "wxr"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"/>', "x", "atom"),
        ('<atom:feed xmlns:atom="http://www.w3.org/2005/Atom"/>', "x", "atom"),
        ("<!DOCTYPE html>\n<title>T</title>", "x", "html"),
        ('<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">\n<HTML>', "x", "html"),
        ('<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', "x", "html"),
        ("<p>No more than that", "x.htm", "html"),
        ("-\nOur work\n- X\nNews Item\nT", "x", "page-text"),
        ("Press  Release\nT", "x", "page-text"),
        ("Dear reader", "x.txt", "page-text"),
    ],
)
def test_a_format_is_told_by_the_beginning_else_by_the_name(content, name, form):
    """What stands in a file counts more than what it is called."""
    assert recognise(file_of(content, name)) == form


def test_a_format_is_told_in_utf_16_too():
    """As Windows saves it."""
    assert recognise(file_of('{"title":"T"}'.encode("utf-16"), "x")) == "json-lines"


def test_a_file_cut_in_the_middle_of_a_letter_is_still_recognised():
    """Only its beginning is looked at."""
    assert recognise(file_of('{"title":"' + "ж" * 20_000, "x")) == "json-lines"


@pytest.mark.parametrize("content", ["", "Dear reader,\nhello"])
def test_what_is_not_recognised_is_shown_with_the_formats_that_there_are(content):
    """And how to name one."""
    with pytest.raises(NotRecognised) as told:
        recognise(file_of(content, "x"))
    assert all(form in str(told.value) for form in READERS)
    assert "--format" in str(told.value)
    assert (content or "the file is empty").splitlines()[0] in str(told.value)
