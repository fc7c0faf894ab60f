"""Linking by the command line: what is linked, what stays open, and what a rebuild makes of it."""

import json

import pytest

from graphbuild.publish.dumps import dumped
from graphbuild.store.endpoint import Endpoint
from tests.linking.conftest import THEIRS, run, triples
from tests.servers import oxigraph_server

EXACT = "<http://www.w3.org/2004/02/skos/core#exactMatch>"
REPLACED = "<http://purl.org/dc/terms/isReplacedBy>"
WIKIDATA = "https://w3id.org/graphbuild/ontology#wikidata"
BASE = "https://w3id.org/graphbuild/id/"


def links(graph, name="vivo.ttl"):
    rows = (graph / "links" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return {(row["left"], row["right"].removeprefix(THEIRS)): row for row in map(json.loads, rows)}


def counted(stdout):
    return {line.split()[0]: line.split()[1:] for line in stdout.splitlines()[1:5]}


def test_identifiers_and_shared_papers_link_and_names_alone_do_not(graph, vivo):
    done = run("link", graph, "--with", vivo)
    assert done.exit_code == 0, done.stderr
    assert counted(done.stdout) == {
        "people": ["1", "1", "3", "1"],  # nobody has decided that the two Ben Samples are one
        "papers": ["2", "0", "1", "0"],
        "organisations": ["0", "0", "0", "0"],
        "venues": ["2", "0", "0", "1"],
    }
    found = links(graph)
    decisions = {pair: row["decision"] for pair, row in found.items()}
    dora = next(left for left, right in found if right == "n2")
    assert dora.endswith("#dora-lone")
    [levers] = [left for left, right in found if right == "j2"]
    assert decisions == {
        ("doi:10.1000/one", "p1"): "same",
        ("doi:10.1000/two", "p2"): "same",
        ("doi:10.1000/one#ada-example", "n1"): "same",
        (dora, "n2"): "undecided",
        ("venue/issn:1570-0844", "j1"): "same",
        (levers, "j2"): "same",
    }
    assert found["doi:10.1000/one", "p1"]["evidence"] == [
        ["shared-identifier", "both have doi:10.1000/one"]
    ]
    assert [rule for rule, _ in found[levers, "j2"]["evidence"]] == ["same-name", "shared-paper"]
    assert f"graphbuild judge {dora} {THEIRS}n2 same|different" in done.stdout


def test_links_survive_rebuilds_and_decisions_of_people_beat_them(graph, vivo):
    before = triples(graph)
    assert run("link", graph, "--with", vivo).exit_code == 0
    built = run("build", "-o", graph)
    assert built.exit_code == 0, built.stderr
    new = triples(graph) - before
    assert {line.split()[1] for line in new} == {EXACT}
    assert f"<{BASE}paper/doi:10.1000~1one> {EXACT} <{THEIRS}p1> ." in new
    assert len(new) == 5
    assert (
        run("judge", "paper/doi:10.1000~1one", f"{THEIRS}p1", "different", "-g", graph).exit_code
        == 0
    )
    assert run("judge", "Dora Lone", f"{THEIRS}n2", "same", "-g", graph).exit_code == 0
    assert run("build", "-o", graph, "--force").exit_code == 0
    ends = {line.split()[2] for line in triples(graph) - before}
    assert f"<{THEIRS}n2>" in ends
    assert f"<{THEIRS}p1>" not in ends
    again = run("link", graph, "--with", vivo)
    assert "2 decided by people before" in again.stdout
    assert "one or two?" not in again.stdout


def test_preferred_iris_take_the_place_of_ours(graph, vivo):
    before = triples(graph)
    assert run("link", graph, "--with", vivo, "--prefer", "Vivo").exit_code == 0
    built = run("build", "-o", graph)
    assert built.exit_code == 0, built.stderr
    after = triples(graph)
    assert f"<{BASE}paper/doi:10.1000~1one> {REPLACED} <{THEIRS}p1> ." in after
    assert not [line for line in after if EXACT in line]
    [ada] = [line.split()[0] for line in before if '"Ada Example"' in line and "foaf" in line]
    moved = {line.split()[0]: line.split()[2] for line in after if REPLACED in line}
    assert moved[ada] == f"<{THEIRS}n1>"
    assert len(moved) == 5
    renamed = {
        " ".join(moved.get(term, term) for term in line.removesuffix(" .").split(" "))
        for line in before
    }
    # The IRIs of measures are made of the IRIs of what is measured.
    extra = {line.removesuffix(" .") for line in after if "/id/measur" not in line} - renamed
    assert {line.split()[0] for line in extra} == set(moved)
    shown = run("show", ada.strip("<>"), "-g", graph)
    assert f"person · {THEIRS}n1" in shown.stdout
    works = run("query", "author-works", "--person", ada.removeprefix(f"<{BASE}")[:-1], "-g", graph)
    assert "Gears and Wheels" in works.stdout
    assert run("judge", "Ada Example", "Dora Lone", "different", "-g", graph).exit_code == 0
    assert run("check", graph).exit_code == 0


def test_dry_run_keeps_nothing(graph, vivo):
    done = run("link", graph, "--with", vivo, "--dry-run")
    assert done.exit_code == 0
    assert not (graph / "links").exists()


def test_a_graph_of_ours_and_an_endpoint_are_targets_too(graph, vivo, tmp_path):
    assert (
        run(
            "build",
            tmp_path / "papers.bib",
            "-o",
            tmp_path / "other",
            "--base",
            "https://kg.example.org/",
        ).exit_code
        == 0
    )
    done = run("link", graph, "--with", tmp_path / "other", "--dry-run")
    assert counted(done.stdout) == {
        "people": ["5", "0", "0", "0"],
        "papers": ["3", "0", "0", "0"],
        "organisations": ["0", "0", "0", "0"],
        "venues": ["2", "0", "0", "0"],
    }
    nt = dumped(vivo, tmp_path)
    with oxigraph_server(tmp_path / "server") as url:
        assert run("push", nt, "--to", f"{url}/store").exit_code == 0
        over = run("link", graph, "--with", f"{url}/query", "--dry-run")
    assert over.stdout == run("link", graph, "--with", vivo, "--dry-run").stdout


def test_sssom_says_sure_and_open(graph, vivo):
    run("link", graph, "--with", vivo)
    text = (graph / "links" / "vivo.ttl.sssom.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")][1:]
    assert {(row[1], row[3].removeprefix(THEIRS)) for row in rows} == {
        ("skos:exactMatch", "p1"), ("skos:exactMatch", "p2"), ("skos:exactMatch", "n1"),
        ("skos:exactMatch", "j1"), ("skos:exactMatch", "j2"), ("skos:closeMatch", "n2"),
    }  # fmt: skip


def test_two_of_theirs_for_one_of_ours_wait_for_a_person(graph, vivo):
    text = vivo.read_text(encoding="utf-8").replace(
        ":p2 a",
        ":p4 a bibo:AcademicArticle ; rdfs:label 'Gears and Wheels of Examples' ; bibo:doi '10.1000/one' .\n:p2 a",
    )
    vivo.write_text(text, encoding="utf-8")
    done = run("link", graph, "--with", vivo)
    assert counted(done.stdout)["papers"] == ["1", "2", "1", "0"]
    assert links(graph)["doi:10.1000/one", "p4"]["decision"] == "undecided"


CSV = "id,orcid,doi,ror,name\n17,0000-0002-1825-0097,,,Ada Example\nx/1,,10.1000/two,,\n"


def test_identifier_files(graph, tmp_path):
    table = tmp_path / "ids.csv"
    table.write_text(CSV, encoding="utf-8")
    done = run("link", graph, "--with", table, "--base", "https://cris.example.org/")
    assert counted(done.stdout)["papers"] == ["1", "0", "2", "0"]
    assert counted(done.stdout)["people"] == ["0", "1", "4", "0"]
    rows = links(graph, "ids.csv")
    assert rows["doi:10.1000/two", "https://cris.example.org/x%2F1"]["decision"] == "same"


def test_an_iri_that_is_an_identifier_becomes_one(graph, tmp_path):
    table = tmp_path / "wikidata.tsv"
    table.write_text(
        "iri\tdoi\nhttp://www.wikidata.org/entity/Q42\t10.1000/one\n", encoding="utf-8"
    )
    before = triples(graph)
    assert run("link", graph, "--with", table).exit_code == 0
    assert run("build", "-o", graph).exit_code == 0
    assert triples(graph) - before == {
        f"<{BASE}paper/doi:10.1000~1one> <{WIKIDATA}> <http://www.wikidata.org/entity/Q42> ."
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,doi\nA,10.1/x\n", "needs the columns iri or id, and one of"),
        ("iri,doi\nhttp://e/1,10/x\n", "ids.csv:2: '10/x' is no doi: mend it, or leave it empty"),
        ("id,doi\n1,10.1000/x\n", "ids.csv:2: '1' is no IRI; say with --base"),
        ("iri,wikidata\nhttp://e/1,Q1\n", "ids.csv:2: is it a person, paper, organisation or venue?"),
        ("iri,wikidata,kind\nhttp://e/1,Q1,thing\n", "kind 'thing' is none of"),
        ("iri,doi\n,10.1000/x\n", "has neither iri nor id"),
    ],
)  # fmt: skip
def test_tables_that_are_wrong(graph, tmp_path, text, told):
    table = tmp_path / "ids.csv"
    table.write_text(text, encoding="utf-8")
    done = run("link", graph, "--with", table)
    assert done.exit_code == 5
    assert told in done.stderr


def test_a_target_without_anything_is_named(graph, tmp_path):
    nothing = tmp_path / "nothing.ttl"
    nothing.write_text("<http://e/a> <http://e/b> <http://e/c> .")
    done = run("link", graph, "--with", nothing)
    assert done.exit_code == 5
    assert "holds no people, papers, organisations or venues" in done.stderr


def test_a_vivo_is_asked_by_form():
    from graphbuild.store.protocol import _request

    endpoint = Endpoint(
        "https://vivo.example.org/vivo", user="a@example.org", password="x" * 3, form=True
    )
    wrapper = _request(endpoint, "ASK {}", ("application/json",))
    assert wrapper.endpoint == "https://vivo.example.org/vivo/api/sparqlQuery"
    assert wrapper.parameters["email"] == ["a@example.org"]
    assert wrapper.parameters["password"] == ["xxx"]
    assert wrapper.user is None
