"""What is given on under a licence comes from inputs that allow it, and from no other."""

import csv

import pytest
from click.testing import CliRunner

from graphbuild.cli import main
from graphbuild.licences import NAMES, OF_FORMATS, allows, licence_iri
from graphbuild.sources import SOURCES
from tests.servers import oxigraph_server

FREE = """\
{"title": "Free Looms", "ids": ["doi:10.5555/free"], "authors": ["Ada Example"], "topics": ["cs.LG"]}
{"title": "Shared Looms", "ids": ["doi:10.5555/shared"], "authors": ["Bo Sample"]}
{"type": "author", "ids": ["orcid:0000-0002-1825-0097"], "name": "Free Person"}
"""
OWNED = """\
{"title": "Shared Looms", "ids": ["doi:10.5555/shared"], "abstract": "Mine.", "authors": ["Bo Sample"]}
{"title": "Owned Looms", "ids": ["doi:10.5555/owned"], "authors": ["Cy Specimen"], "references": ["doi:10.5555/free"]}
"""


def run(*words, status=0):
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == status, result.output
    return result.output


@pytest.fixture
def graph(tmp_path):
    for name, text in (("free.jsonl", FREE), ("owned.jsonl", OWNED)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    inputs = (tmp_path / "free.jsonl", tmp_path / "owned.jsonl")
    run("build", *inputs, "-o", tmp_path / "g", "--licence", "free.jsonl=CC0")
    return tmp_path / "g"


def lines(file):
    return [line.split(" ", 2) for line in file.read_text(encoding="utf-8").splitlines()]


def test_only_what_free_inputs_alone_say_is_exported_and_the_rest_is_counted(graph, tmp_path):
    target = tmp_path / "free.nt"
    told = run("export", graph, "--to", target, "--licence", "CC0")
    text = target.read_text(encoding="utf-8")
    assert "Free Looms" in text
    assert "Ada Example" in text
    assert "Free Person" in text
    assert "Shared Looms" not in text  # nobody can say whose statement that is
    assert "Mine." not in text
    assert "10.5555~1owned" not in text
    assert "owned.jsonl" not in text
    run("export", graph, "--to", tmp_path / "all.nt")
    whole, kept = len(lines(tmp_path / "all.nt")), len(lines(target))
    assert f"CC0 allows {kept:,} of {whole:,} statements; {whole - kept:,} stay behind" in told
    assert "not owned.jsonl: licence unknown" in told


def test_nothing_that_is_exported_leads_to_what_is_not(graph, tmp_path):
    run("export", graph, "--to", tmp_path / "free.nt", "--licence", "CC0")
    run("export", graph, "--to", tmp_path / "all.nt")
    free, whole = (lines(tmp_path / name) for name in ("free.nt", "all.nt"))
    known = {s for s, _, _ in whole}
    assert {o[:-2] for _, _, o in free} & known <= {s for s, _, _ in free}


def test_licence_of_an_input_is_part_of_the_graph_and_survives(graph, tmp_path):
    ask = "SELECT ?l { ?s gb:sha256 ?h ; dcterms:license ?l }"
    told = run("query", ask, "-g", graph, "-f", "csv").split()
    assert told == ["l", NAMES["CC0"]]
    assert 'licences = { "free.jsonl" = ' in (graph / "graph.toml").read_text(encoding="utf-8")
    run("build", "-o", graph, "--force")
    assert run("query", ask, "-g", graph, "-f", "csv").split() == told
    assert "conforms" in run("check", graph)
    run("export", graph, "--to", tmp_path / "all.nt")
    run("build", tmp_path / "all.nt", "-o", tmp_path / "again")
    assert NAMES["CC0"] in run("query", ask, "-g", tmp_path / "again", "-f", "csv").split()


def test_profiles_tables_and_pages_hold_only_what_is_allowed(graph, tmp_path):
    for profile in ("bibtex", "skg-if", "dcat", "schema.org"):
        run("export", graph, "--as", profile, "--to", tmp_path / profile, "--licence", "cc0")
        text = (tmp_path / profile).read_text(encoding="utf-8")
        assert "Shared" not in text
        assert "Owned" not in text
    assert "Free Looms" in (tmp_path / "bibtex").read_text(encoding="utf-8")
    run("export", graph, "--as", "csv", "--to", tmp_path / "tables", "--licence", "CC0")
    with (tmp_path / "tables" / "paper.csv").open(encoding="utf-8", newline="") as file:
        assert [row["title"] for row in csv.DictReader(file)] == ["Free Looms"]
    run("site", graph, "--to", tmp_path / "site", "--licence", "CC0", "-j", "1")
    pages = [page.read_text(encoding="utf-8") for page in (tmp_path / "site").rglob("*.html")]
    assert any("Free Looms" in page for page in pages)
    assert not any("Owned Looms" in page for page in pages)


def test_what_is_pushed_under_a_licence_has_a_journal_of_its_own(graph, tmp_path):
    ask = "SELECT ?t { ?p a gb:Paper ; dcterms:title ?t } ORDER BY ?t"
    with oxigraph_server(tmp_path / "server") as server:
        run("push", graph, "--to", f"{server}/update", "--licence", "CC0")
        held = run("query", ask, "--endpoint", f"{server}/query", "-f", "csv")
        assert held.splitlines() == ["t", "Free Looms"]
        run("push", graph, "--to", f"{server}/update")
        held = run("query", ask, "--endpoint", f"{server}/query", "-f", "csv")
        assert held.splitlines() == ["t", "Free Looms", "Owned Looms", "Shared Looms"]
    assert len(list((graph / "pushed").iterdir())) == 2


def test_where_nothing_is_allowed_nothing_is_written(graph, tmp_path):
    target = tmp_path / "x.nt"
    told = run("export", graph, "--to", target, "--licence", "http://e.example/l", status=5)
    assert "no input has a licence that allows http://e.example/l; state licences in" in told
    assert not target.exists()
    assert "is no licence" in run("export", graph, "--to", "-", "--licence", "mine", status=2)
    assert "not FORMAT=LICENCE" in run("build", "-o", graph, "--licence", "bibtex", status=2)
    assert "needs a graph folder" in run(
        "push", tmp_path / "free.jsonl", "--to", tmp_path / "f", "--licence", "CC0", status=2
    )


@pytest.mark.parametrize(
    ("licence", "wanted", "may"),
    [
        ("CC0", "CC0", True),
        ("CC0", "CC-BY-SA", True),
        ("CC-BY", "CC-BY-SA", True),
        ("CC-BY-SA", "CC-BY", False),
        ("http://creativecommons.org/licenses/by/3.0/", "CC-BY", True),
        ("https://creativecommons.org/licenses/by-nc/4.0/", "CC-BY-SA", False),
        ("http://e.example/mine", "CC0", False),
    ],
)
def test_what_allows_what(licence, wanted, may):
    assert allows(licence_iri(licence), licence_iri(wanted)) is may


def test_licences_are_known_of_formats_that_there_are():
    assert {name for names in OF_FORMATS.values() for name in names} <= set(SOURCES)
