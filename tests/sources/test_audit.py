"""What an audit counts, and what a build tells of it."""

import json

import pytest

from graphbuild import sources
from graphbuild.build import Options, build
from graphbuild.sources.audit import FieldUse, audit, unread_fields
from graphbuild.sources.fields import named_fields
from graphbuild.sources.files import find_inputs, text_lines
from graphbuild.sources.formats import Format
from graphbuild.sources.own_records import FORMAT

ROWS = (
    {"title": "One", "authors": [{"name": "Ada", "ids": ["orcid:0000-0002-1825-0098"]}]},
    {"title": "Two", "authors": [], "ids": ["issn:1", "doi:10.1000/x"]},
    {"title": "Three", "titel": "x"},
    {"type": "venue", "name": "Journal of Looms", "ids": ["issn:1570-0844"]},
)


@pytest.fixture
def files(tmp_path):
    """Return two inputs; the second one is a line of the first."""
    for name, rows in (("a.jsonl", ROWS), ("b.jsonl", ROWS[:1])):
        text = "\n".join(map(json.dumps, rows))
        (tmp_path / name).write_text(text, encoding="utf-8")
    spool = tmp_path / "spool"
    spool.mkdir()
    return list(find_inputs((str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")), spool))


def test_records_rejections_identifiers_and_fields_are_counted(files):
    found = audit("own-records", files)
    assert found.files == 2
    assert found.records == {"paper": 3, "venue": 1}
    assert found.rejected == 1
    [(location, line, reason)] = found.reasons
    assert (location, line) == (files[0].location, 3)
    assert "did you mean 'title'" in reason
    assert found.malformed == {"orcid": 2, "issn": 1}
    assert ("issn", "1") in found.examples
    assert found.raw_records == 5
    assert found.fields[0] == FieldUse("titel", 1, used=False)
    assert FieldUse("title", 4, used=True) in found.fields
    # Stated: 4 title, 2 authors, 2 × name and ids in them, 2 ids, 1 name, and 1 titel.
    assert found.coverage == 13 / 14


def forgetful(file):
    """Read nothing but titles."""
    for line in text_lines(file):
        yield named_fields(json.loads(line), {"title"})


def test_build_tells_once_per_source_what_nobody_reads(tmp_path, files, monkeypatch):
    known = Format(*FORMAT[:5], forgetful)
    monkeypatch.setitem(sources.SOURCES, "own-records", known)
    wanted = {"own-records": {"authors": 3, "ids": 2, "titel": 1, "type": 1, "name": 1}}
    assert unread_fields(("own-records", file) for file in files) == wanted
    inputs = tuple(file.location for file in files)
    outcome = build(Options(inputs, tmp_path / "g", skip_rejected=True))
    assert outcome.graph.build.unread == wanted


def test_reader_that_does_not_tell_is_said_to_be_so(files, monkeypatch):
    monkeypatch.setitem(sources.SOURCES, "own-records", Format(*FORMAT[:5]))
    found = audit("own-records", files)
    assert (found.tells, found.fields, found.coverage) == (False, [], None)
    assert unread_fields([("own-records", files[0])]) == {}
