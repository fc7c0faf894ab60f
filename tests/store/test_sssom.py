"""Judgements travel as SSSOM and come back as they were; what cannot be read is told by its line."""

import io

import pytest

from graphbuild.errors import InputError
from graphbuild.resolve.judgements import Judgement
from graphbuild.store.sssom import read_sssom, write_sssom

BASE = "https://w3id.org/graphbuild/"
DECISIONS = [
    Judgement("p1#a", "p2#a", "same", 1.0, (("why", "home page"),), "ada", "2026-01-02"),
    Judgement("p1#a", "p3#a", "different", 0.25, (("why", "two CVs"),), "ada", "2026-01-03"),
]


def written(judgements):
    file = io.StringIO()
    assert write_sssom(judgements, BASE, file) == len(judgements)
    return file.getvalue()


def table(tmp_path, text):
    path = tmp_path / "d.sssom.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_head_says_what_the_prefixes_stand_for():
    head = [line for line in written([]).splitlines() if line.startswith("#")]
    assert f"#  mention: {BASE}id/mention/" in head
    assert any(line.startswith("#mapping_set_id: ") for line in head)


def test_decisions_come_back_as_they_were(tmp_path):
    back = list(read_sssom(table(tmp_path, written(DECISIONS))))
    assert [(e.left, e.right, e.decision, e.by, e.on, e.score) for e in back] == [
        (e.left, e.right, e.decision, e.by, e.on, e.score) for e in DECISIONS
    ]


def test_evidence_is_told_in_the_comment():
    rows = [line.split("\t") for line in written(DECISIONS).splitlines() if line[0] != "#"]
    assert [row[-1] for row in rows[1:]] == ["why: home page", "why: two CVs"]
    assert [row[2] for row in rows[1:]] == ["", "Not"]


def test_decisions_of_rules_are_told_from_those_of_people():
    rule = Judgement("p1#a", "p2#a", "same", 0.9, (("coauthors", "Bo Sample"),))
    assert "semapv:LogicalReasoning" in written([rule])
    assert "semapv:ManualMappingCuration" in written(DECISIONS)


def test_table_without_the_columns_is_refused(tmp_path):
    with pytest.raises(InputError):
        list(read_sssom(table(tmp_path, "a\tb\n1\t2\n")))
