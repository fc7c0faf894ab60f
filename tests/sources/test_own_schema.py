"""The published JSON Schema says what the reader takes, and refuses what it refuses."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from graphbuild.records import Rejected
from graphbuild.sources.files import InputFile
from graphbuild.sources.own_records import read_own_records
from graphbuild.sources.own_schema import own_schema

ROOT = Path(__file__).resolve().parents[2]
VALIDATOR = Draft202012Validator(own_schema())

GOOD = [
    {"title": "x"},
    {"title": "x", "id": "1", "authors": ["Ada", {"name": "Bo", "affiliations": ["acme"]}]},
    {
        "type": "paper",
        "title": "x",
        "venue": "y",
        "publisher": {"name": "z", "ids": ["ror:02jbv0t02"]},
    },
    {"title": "x", "funding": [{"funder": "acme", "awards": ["1"]}], "issued": "2024-05"},
    {"title": "x", "topics": ["cs.LG", {"written": "Looms", "topic": None, "rule": "x"}]},
    {"type": "venue", "name": "x", "ids": ["issn:1570-0844"], "kind": "journal"},
    {"type": "redirect", "old": "ror:02jbv0t02", "new": "wikidata:Q1"},
]
BAD = [
    {},
    [],
    {"title": "x", "titel": "y"},
    {"title": "x", "authors": "Ada"},
    {"title": "x", "authors": [{"name": "Ada", "aff": "acme"}]},
    {"title": "x", "authors": [{"ids": []}]},
    {"title": "x", "ids": ["10.1000/x"]},
    {"title": "x", "kind": "poem"},
    {"title": "x", "volume": 7},
    {"title": "x", "origins": []},
    {"title": "x", "malformed_ids": []},
    {"title": "x", "issued": 2024},
    {"type": "poem", "title": "x"},
    {"type": "venue", "name": "x"},
]


def is_read(tmp_path, row) -> bool:
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    _, record = read_own_records(InputFile(str(path), path, "ab" * 32, 1))
    return not isinstance(record, Rejected)


@pytest.mark.parametrize("row", GOOD, ids=json.dumps)
def test_what_the_schema_allows_is_read(tmp_path, row):
    VALIDATOR.validate(row)
    assert is_read(tmp_path, row)


@pytest.mark.parametrize("row", BAD, ids=json.dumps)
def test_what_the_schema_refuses_is_rejected(tmp_path, row):
    assert not VALIDATOR.is_valid(row)
    assert not is_read(tmp_path, row)


def test_example_is_valid():
    for line in (ROOT / "examples" / "library.jsonl").read_text(encoding="utf-8").splitlines():
        VALIDATOR.validate(json.loads(line))
