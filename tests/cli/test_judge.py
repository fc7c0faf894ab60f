import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphbuild.cli import main
from graphbuild.mapping import vocabulary as v
from graphbuild.store.facts import facts_of_folder
from graphbuild.store.folder import open_graph
from graphbuild.store.labels import named

PAGE = """{"title": "Looms One", "authors": ["Wei Wang", "Jun Zhang"], "issued": "2020", "venue": "Loom Days"}
{"title": "Looms Two", "authors": ["Wei Wang", "Ada Examplova"], "issued": "2021", "venue": "Loom Days"}
{"title": "Looms Three", "authors": ["Wei Wang", "Ada Examplova", "Bo Samplesen"], "issued": "2021"}
{"title": "Looms Four", "authors": ["Wei Wang", "Bo Samplesen", "Ada Examplova"], "issued": "2022"}
"""


@pytest.fixture
def graph(tmp_path):
    (tmp_path / "papers.jsonl").write_text(PAGE, encoding="utf-8")
    run("build", str(tmp_path / "papers.jsonl"), "-o", str(tmp_path / "g"))
    return str(tmp_path / "g")


def run(*words, status=0):
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == status, result.output
    return result.output


def people(graph, name="Wei Wang"):
    """Return the titles of each person of a name, by the person."""
    facts = facts_of_folder(open_graph(Path(graph)))
    found = {}
    for label in named(open_graph(Path(graph)).search, name):
        for paper in facts.subjects(v.CREATOR, label.iri):
            title = facts.text(paper, v.TITLE).removeprefix("Looms ")
            found.setdefault(label.iri, set()).add(title)
    return found


def test_decisions_split_join_and_survive(graph):
    [joined] = [each for each, titles in people(graph).items() if {"Three", "Four"} <= titles]
    run("judge", joined, "split", "Looms Four", "--why", "another affiliation", "-g", graph)
    run("build", "-o", graph)
    assert {"Four"} in people(graph).values()
    first, fourth = (next(p for p, t in people(graph).items() if n in t) for n in ("One", "Four"))
    out = run("judge", first, fourth, "same", "--why", "home page", "--by", "ada", "-g", graph)
    assert "1 decision added" in out
    run("build", "-o", graph)
    assert {"One", "Four"} in people(graph).values()
    run("build", "-o", graph, "--force")
    assert {"One", "Four"} in people(graph).values()
    told = run("explain", "Looms One", "-g", graph)
    assert "Looms One" in told


def test_open_cases_are_listed_with_evidence_and_as_json(graph):
    cases = json.loads(run("judge", "-g", graph, "-f", "json"))
    assert cases
    assert all(case["evidence"] and case["left"]["title"] for case in cases)
    text = run("judge", "-g", graph, "--limit", "1")
    assert text.startswith("1. ")
    assert "same|different" in text


def test_decisions_travel_as_sssom(graph, tmp_path):
    left, right = sorted(people(graph))[:2]
    run("judge", left, right, "different", "--why", "two people", "--by", "ada", "-g", graph)
    table = tmp_path / "d.sssom.tsv"
    run("judge", "--export", str(table), "-g", graph)
    row = table.read_text(encoding="utf-8").splitlines()[-1].split("\t")
    assert row[1:3] == ["skos:exactMatch", "Not"]
    assert (row[4], row[5], row[8]) == (
        "semapv:ManualMappingCuration", "ada", "why: two people"
    )  # fmt: skip
    log = tmp_path / "g" / "judgements.jsonl"
    before = json.loads(log.read_text(encoding="utf-8"))
    log.unlink()
    run("judge", "--import", str(table), "-g", graph)
    after = json.loads(log.read_text(encoding="utf-8"))
    assert [after[k] for k in ("left", "right", "decision", "by", "on")] == [
        before[k] for k in ("left", "right", "decision", "by", "on")
    ]


def test_contradiction_of_people_is_an_open_case(graph):
    one, two, three = sorted(
        people(graph) | people(graph, "Jun Zhang") | people(graph, "Ada Examplova")
    )[:3]
    for left, right, decision in (
        (one, two, "same"),
        (two, three, "same"),
        (one, three, "different"),
    ):
        run("judge", left, right, decision, "-g", graph)
    run("build", "-o", graph)
    [first, *_] = json.loads(run("judge", "-g", graph, "-f", "json"))
    assert first["evidence"][0][0] == "contradiction"


@pytest.mark.parametrize("words", [("a",), ("a", "b", "perhaps"), ("a", "split")])
def test_what_is_no_decision_is_refused(graph, words):
    assert "judge A B same|different" in run("judge", *words, "-g", graph, status=2)


def test_former_iri_leads_on(tmp_path):
    known = '{"title": "On the Weaving of Looms", "authors": ["Ada Examplova"], "issued": "2020"}\n'
    later = '{"title": "On the Weaving of Looms", "authors": ["Ada Examplova"], "issued": "2020", "ids": ["doi:10.5555/1"]}\n'
    (tmp_path / "a.jsonl").write_text(known, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(later, encoding="utf-8")
    g = str(tmp_path / "g")
    run("build", str(tmp_path / "a.jsonl"), "-o", g)
    before = json.loads(run("show", "On the Weaving of Looms", "-g", g, "-f", "json"))["iri"]
    run("build", str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl"), "-o", g)
    assert (
        json.loads(run("show", "On the Weaving of Looms", "-g", g, "-f", "json"))["iri"] == before
    )
    assert json.loads(run("show", before, "-g", g, "-f", "json"))["iri"] == before


def test_records_of_one_paper_are_taken_apart_for_good(tmp_path):
    lines = '{"title": "Looms", "authors": ["Ada Examplova"], "issued": "2020"}\n'
    for name in ("one", "two"):
        extra = f'"abstract": "Says {name}."}}'
        (tmp_path / f"{name}.jsonl").write_text(lines.replace("}", f", {extra}"), encoding="utf-8")
    graph, inputs = str(tmp_path / "g"), [str(tmp_path / f"{n}.jsonl") for n in ("one", "two")]
    run("build", *inputs, "-o", graph)
    facts = facts_of_folder(open_graph(Path(graph)))
    [paper] = papers_titled(graph, "Looms")
    records = [facts.short(each) for each in facts.texts(paper, v.DERIVED_FROM)]
    assert len(records) == 2
    run("judge", *records, "different", "--why", "two editions", "-g", graph)
    run("build", "-o", graph)
    parted = papers_titled(graph, "Looms")
    assert len(parted) == 2
    assert paper in parted
    run("build", "-o", graph, "--force")
    assert papers_titled(graph, "Looms") == parted


def papers_titled(graph, title):
    """Return the IRIs of the papers of a title."""
    return {
        each.iri for each in named(open_graph(Path(graph)).search, title) if "/paper/" in each.iri
    }
