"""``graphbuild sources``: the formats, and audits as text and JSON."""

import json

import pytest
from click.testing import CliRunner

from graphbuild.cli import main
from graphbuild.sources import SOURCES

LINES = '{"title": "One", "authors": []}\n{"title": "Two", "titel": "\\u001b[2J"}\n'


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(LINES, encoding="utf-8")
    return path


def sources(*arguments):
    return CliRunner().invoke(main, ["sources", *map(str, arguments)])


def test_all_formats_are_listed():
    done = sources()
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(SOURCES)
    rows = json.loads(sources("--format", "json").stdout)
    assert [row["name"] for row in rows] == list(SOURCES)


def test_audit_as_text(records):
    done = sources(records)
    assert done.exit_code == 0
    assert "own-records  1 file" in done.stdout
    assert "records     1 paper" in done.stdout
    assert f"{records}:2: unknown field 'titel'" in done.stdout
    assert "1 of 2 are read: 67% of all that is stated" in done.stdout
    assert done.stdout.index("not read") < done.stdout.index("titel", done.stdout.index("not read"))
    assert "\x1b" not in done.stdout


def test_audit_as_json(records):
    (records.parent / "letter.txt").write_text("Dear Ada", encoding="utf-8")
    found = json.loads(sources(records.parent, "-f", "json").stdout)
    [source] = found["sources"]
    assert (source["format"], source["rejected"], source["coverage"]) == ("own-records", 1, 2 / 3)
    assert source["fields"][0] == {"path": "titel", "records": 1, "used": False}
    assert found["passed_over"] == [str(records.parent / "letter.txt")]


def test_file_that_no_reader_knows_is_an_error(tmp_path):
    (tmp_path / "x").write_text("Dear Ada", encoding="utf-8")
    done = sources(tmp_path / "x")
    assert done.exit_code == 5
    assert "not a format that graphbuild reads" in done.stderr
