"""A person who was forgotten is in no file of the graph folder, and no build brings her back."""

import sqlite3
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from pyoxigraph import Store

from graphbuild.cli import main
from graphbuild.store.folder import open_graph
from tests.servers import oxigraph_server
from tests.sources.pages import TOP, entry

ORCID = "0000-0002-1825-0097"
MAIL = "petra.ruskin@looms.example"
HER = ("petra ruskin", "p. ruskin", "ruskin, petra", ORCID, MAIL, "https://ruskin.example")

LIBRARY = f"""\
{{"type": "author", "ids": ["orcid:{ORCID}"], "name": "Petra Ruskin", "other_names": ["P. Ruskin"], "urls": ["https://ruskin.example/"], "affiliations": ["Loom University, {MAIL}"]}}
{{"type": "author", "ids": ["orcid:0000-0001-5109-3700"], "name": "Abel Thorne", "not_ids": ["orcid:{ORCID}"]}}
{{"title": "On Looms That Learn", "ids": ["doi:10.5555/looms.1"], "issued": "2024", "abstract": "Petra Ruskin (ORCID {ORCID}) wove it; write to {MAIL}.", "authors": [{{"name": "Petra Ruskin", "ids": ["orcid:{ORCID}"], "affiliations": ["Loom University, {MAIL}"]}}, "Abel Thorne"]}}
{{"title": "Threads of Thought in Weaving", "issued": "2023", "authors": ["Petra Ruskin", "Abel Thorne", "Ines Marlow"], "comment": "Ruskin, Petra et al."}}
{{"title": "Knots as Programs", "ids": ["doi:10.5555/knots.1"], "issued": "2022", "authors": ["Ines Marlow", {{"name": "Petra Ruskin", "ids": ["orcid:{ORCID}"]}}, "Abel Thorne"]}}
"""
MORE = f"""\
{{"title": "Knots as Programs", "ids": ["arxiv:2201.00001", "doi:10.5555/knots.1"], "issued": "2022", "authors": ["I. Marlow", "P. Ruskin", "A. Thorne"]}}
{{"title": "Newer Looms", "ids": ["doi:10.5555/looms.2"], "issued": "2025", "authors": [{{"name": "Ruskin Petra", "ids": ["orcid:{ORCID}"]}}, "Abel Thorne"]}}
{{"title": "Threads of Thought in Weaving", "issued": "2023", "authors": ["Petra Ruskin", "Abel Thorne", "Ines Marlow"]}}
{{"type": "author", "ids": ["orcid:{ORCID}"], "name": "Petra Ruskin"}}
"""
PLACES = "SELECT (COUNT(?place) AS ?n) { ?paper pro:isDocumentContextFor ?place }"


def run(*words: str, status: int = 0) -> str:
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == status, result.output
    return result.output


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    (tmp_path / "library.jsonl").write_text(LIBRARY, encoding="utf-8")
    (tmp_path / "more.jsonl").write_text(MORE, encoding="utf-8")
    run("build", str(tmp_path / "library.jsonl"), "-o", str(tmp_path / "g"), "--keep-sources")
    return tmp_path / "g"


def texts(path: Path) -> str:
    """Return all that a file holds: its bytes, and what databases and columns hold inside."""
    found = path.read_bytes().decode("utf-8", errors="replace")
    if path.suffix == ".parquet":
        found += str(duckdb.execute("FROM read_parquet(?)", [str(path)]).fetchall())
    if path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as db:
            for (table,) in db.execute("SELECT table_name FROM duckdb_tables()").fetchall():
                found += str(db.execute(f'FROM "{table}"').fetchall())
    if path.suffix == ".db":
        with sqlite3.connect(path) as search:
            found += "\n".join(search.iterdump())
    return found.casefold()


def traces(graph: Path) -> list[str]:
    """Return where the folder of a graph has something of hers."""
    files = [path for path in sorted(graph.rglob("*")) if path.is_file()]
    found = [
        f"{path.relative_to(graph)}: {word}"
        for path in files
        for word in HER
        if word in texts(path)
    ]
    store = str([tuple(map(str, quad)) for quad in Store.read_only(str(open_graph(graph).store))])
    return found + [f"store: {word}" for word in HER if word in store.casefold()]


def number(graph: Path, query: str) -> int:
    return int(run("query", query, "-g", str(graph), "-f", "csv").split()[-1])


def test_forgotten_person_is_in_no_file_and_her_places_stay(graph):
    places, papers = (
        number(graph, PLACES),
        run("query", "SELECT ?p { ?p a gb:Paper }", "-g", str(graph)),
    )
    assert len({each.partition(":")[0] for each in traces(graph)}) > 8
    told = run("forget", f"orcid:{ORCID}", str(graph))
    assert "3 places in the lists of authors of 3 papers, 1 register record" in told
    assert "Left" not in told
    assert traces(graph) == []
    assert number(graph, PLACES) == places
    assert run("query", "SELECT ?p { ?p a gb:Paper }", "-g", str(graph)) == papers
    knots = f"<{open_graph(graph).build.base}id/paper/doi:10.5555~1knots.1>"
    seat = f"{knots} pro:isDocumentContextFor ?a . ?a a gb:UnnamedPlace ; gb:ordinal ?o"
    assert number(graph, f"SELECT ?o {{ {seat} }}") == 2
    assert "conforms" in run("check", str(graph))


def test_no_build_link_or_judgement_brings_her_back(graph, tmp_path):
    run("forget", "Petra Ruskin", str(graph))
    run("build", "-o", str(graph))
    assert traces(graph) == []
    run("build", "-o", str(graph), "--force")
    assert traces(graph) == []
    run("build", "--add", str(tmp_path / "more.jsonl"), str(graph))
    assert traces(graph) == []
    assert "Newer Looms" in run("show", "Newer Looms", "-g", str(graph))
    run("build", str(tmp_path / "more.jsonl"), "-o", str(tmp_path / "theirs"))
    assert "people" in run("link", str(graph), "--with", str(tmp_path / "theirs"))
    assert traces(graph) == []
    run(
        "build",
        str(tmp_path / "library.jsonl"),
        str(tmp_path / "more.jsonl"),
        "-o",
        str(graph),
        "--force",
    )
    assert traces(graph) == []


def test_dry_run_tells_and_changes_nothing(graph):
    before = traces(graph)
    told = run("forget", "Petra Ruskin", str(graph), "--dry-run")
    assert told.startswith("To go      3 places in the lists of authors of 3 papers")
    assert traces(graph) == before
    assert not (graph / "forgotten.key").exists()


def test_decisions_and_links_on_her_go_and_others_lose_her_name(graph):
    other = '{"left":"doi:10.5555/looms.1#abel-thorne","right":"doi:10.5555/knots.1#abel-thorne",'
    log = graph / "judgements.jsonl"
    log.write_text(
        '{"left":"doi:10.5555/looms.1#petra-ruskin","right":"doi:10.5555/x#petra-ruskin",'
        '"decision":"same","score":1.0,"evidence":[]}\n'
        + other
        + '"decision":"same","score":1.0,"evidence":[["why","wrote with Petra Ruskin"]]}\n',
        encoding="utf-8",
    )
    (graph / "links").mkdir()
    link = f'{{"left":"orcid:{ORCID}","right":"http://vivo.example.org/n7","decision":"same",'
    links = graph / "links" / "vivo.jsonl"
    links.write_text(link + '"score":1.0,"evidence":[]}\n', encoding="utf-8")
    run("build", "-o", str(graph))
    assert "3 judgements" in run("forget", "Petra Ruskin", str(graph))
    assert "wrote with [name removed]" in log.read_text(encoding="utf-8")
    assert len(log.read_text(encoding="utf-8").splitlines()) == 1
    assert links.read_text(encoding="utf-8") == ""
    assert traces(graph) == []


def test_imported_decisions_do_not_name_her_again(graph, tmp_path):
    out = str(tmp_path / "decisions.sssom.tsv")
    sides = ("doi:10.5555/looms.1#petra-ruskin", "doi:10.5555/knots.1#petra-ruskin")
    run("judge", sides[0], "doi:10.5555/looms.1#abel-thorne", "different", "-g", str(graph))
    run("judge", "--export", out, "-g", str(graph))
    run("forget", "Petra Ruskin", str(graph))
    told = run("judge", "--import", out, "-g", str(graph))
    assert "1 decision on people who were forgotten left out" in told
    assert "petra" not in (graph / "judgements.jsonl").read_text(encoding="utf-8")
    run("judge", *sides, "different", "-g", str(graph), status=4)


def test_exports_and_pages_live_with_unnamed_places(graph, tmp_path):
    run("forget", "Petra Ruskin", str(graph))
    assert "name removed" in run("show", "Knots as Programs", "-g", str(graph))
    for profile in ("bibtex", "csl", "cff", "quickstatements", "skg-if", "vivo", "schema.org"):
        target = tmp_path / f"out.{profile}"
        run("export", str(graph), "--as", profile, "--to", str(target))
        assert "ruskin" not in target.read_text(encoding="utf-8").casefold()
    entries = (tmp_path / "out.bibtex").read_text(encoding="utf-8")
    assert "author = {Ines Marlow and Abel Thorne and others}" in entries


def test_export_keeps_unnamed_places_for_who_builds_from_it(graph, tmp_path):
    run("forget", "Petra Ruskin", str(graph))
    run("export", str(graph), "--to", str(tmp_path / "dump.nt"))
    run("build", str(tmp_path / "dump.nt"), "-o", str(tmp_path / "again"))
    seats = "?p pro:isDocumentContextFor ?a . ?a a gb:UnnamedPlace ; gb:ordinal ?n"
    ours, again = (
        sorted(run("query", f"SELECT ?n {{ {seats} }}", "-g", str(each), "-f", "csv").split())
        for each in (graph, tmp_path / "again")
    )
    assert ours == again == ["1", "1", "2", "n"]
    stones = "SELECT ?stone ?day { ?stone a gb:Tombstone ; gb:forgottenOn ?day }"
    assert run("query", stones, "-g", str(tmp_path / "again")) == run(
        "query", stones, "-g", str(graph)
    )


def test_profile_page_of_hers_goes_and_one_of_others_stays(tmp_path):
    page, other = (tmp_path / name for name in ("page.txt", "other.txt"))
    papers = entry("CVMar 13, 2023Code", "WEAVEv2: Faster Looms", "Ada Example, Bo Sample", None)
    page.write_text(TOP + papers, encoding="utf-8")
    other.write_text((TOP + papers).replace("Ada Example\n", "Bo Sample\n", 1), encoding="utf-8")
    graph = str(tmp_path / "g")
    run("build", str(page), str(other), "-o", graph)
    profiles = "SELECT (COUNT(?p) AS ?n) { ?p a gb:Profile }"
    assert number(Path(graph), profiles) == 2
    assert "1 profile page" in run("forget", "Ada Example", graph)
    assert number(Path(graph), profiles) == 1
    assert number(Path(graph), "SELECT (COUNT(?o) AS ?n) { ?o a gb:MetricObservation }") > 0


def test_without_the_key_no_build_starts(graph):
    run("forget", "Petra Ruskin", str(graph))
    (graph / "forgotten.key").unlink()
    told = run("build", "-o", str(graph), "--force", status=5)
    assert "forgotten.key: is missing; without it nobody is kept out" in told


def test_only_people_are_forgotten_and_updates_are_not_lost(graph):
    assert "is no person" in run("forget", "Knots as Programs", str(graph), status=5)
    run("update", str(graph), "INSERT DATA { <http://e.example/a> rdfs:label 'Petra Ruskin' }")
    assert "--force to lose them" in run("forget", "orcid:" + ORCID, str(graph), status=5)
    run("forget", "orcid:" + ORCID, str(graph), "--force")
    assert traces(graph) == []


def test_what_a_target_was_given_is_said_and_the_next_push_removes_it(graph, tmp_path):
    with oxigraph_server(tmp_path / "server") as server:
        target = f"{server}/update"
        run("push", str(graph), "--to", target)
        told = run("forget", "Petra Ruskin", str(graph))
        assert "its target has the person until you push again" in told
        run("push", str(graph), "--to", target, "--delta")
        ask = "SELECT (COUNT(?s) AS ?n) { ?s ?p ?o FILTER(CONTAINS(STR(?o), 'Ruskin')) }"
        held = run("query", ask, "--endpoint", f"{server}/query", "-f", "csv")
    assert held.split() == ["n", "0"]
    assert traces(graph) == []


def test_two_authors_of_one_name_are_told_apart(tmp_path):
    twins = (
        '{"title": "Twin Looms", "ids": ["doi:10.5555/t"], "authors": ["Wei Wang", "Wei Wang"]}\n'
        '{"title": "Lone Loom", "ids": ["doi:10.5555/l"], "authors": ["Wei Wang"]}\n'
    )
    (tmp_path / "twins.jsonl").write_text(twins, encoding="utf-8")
    graph = tmp_path / "g"
    run("build", str(tmp_path / "twins.jsonl"), "-o", str(graph))
    paper = f"<{open_graph(graph).build.base}id/paper/doi:10.5555~1t> pro:isDocumentContextFor ?a"
    seats = f"SELECT ?n {{ {paper} . ?a pro:isHeldBy ?who ; gb:ordinal ?n }}"
    who = f"SELECT ?w {{ {paper} . ?a gb:ordinal 2 ; pro:isHeldBy ?w }}"
    second = run("query", who, "-g", str(graph), "-f", "csv").split()[-1]
    told = run("forget", second, str(graph))
    assert "1 place in the lists of authors of 1 paper" in told
    assert "Left" in told  # the others are called the same
    assert run("query", seats, "-g", str(graph), "-f", "csv").split() == ["n", "1"]
    run("build", "-o", str(graph), "--force")
    assert run("query", seats, "-g", str(graph), "-f", "csv").split() == ["n", "1"]
