"""Updates change a graph on a copy, keep the graph before, and reach only what they may."""

import json
import sqlite3
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, Quad, Store

from graphbuild.build import Options, build
from graphbuild.cli import main
from graphbuild.errors import (
    GraphError,
    GraphLockedError,
    QueryError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
)
from graphbuild.query.hosts import refuse_hosts
from graphbuild.query.solutions import select
from graphbuild.query.update import update
from graphbuild.store.columns import read_rows
from graphbuild.store.folder import open_graph, writing
from graphbuild.store.search import search
from tests.servers import oxigraph_server, reply, scripted_server
from tests.small_graph import small_graph

PAGE = Path(__file__).resolve().parents[2] / "examples" / "profile-page.txt"
NEW = 'INSERT DATA { <http://e/x> a gb:Paper ; dcterms:title "Weaving \\u0001 \\"twice\\"" }'


@pytest.fixture
def folder(tmp_path):
    return small_graph(tmp_path / "graph").path


def titles(folder, words):
    return [hit.label for hit in search(open_graph(folder).search, words).hits]


def test_store_columns_and_names_are_changed_together(folder):
    before = open_graph(folder)
    rows = set(read_rows(before))
    done = update(folder, NEW)
    after = open_graph(folder)
    assert (done.added, done.removed, done.renamed) == (2, 0, 1)
    new = set(read_rows(after)) - rows
    assert {s for s, _, _ in new} == {"<http://e/x>"}
    assert len(rows) + 2 == len(set(read_rows(after))) == after.build.counts["triples"]
    assert {tuple(map(str, quad.triple)) for quad in Store.read_only(str(after.store))} >= new
    assert titles(folder, "weaving twice") == ['Weaving \x01 "twice"']
    assert [each.said for each in after.build.updates] == [NEW]


def test_the_engine_of_columns_answers_about_the_graph_as_it_is_now(folder):
    asked = ["query", "SELECT (COUNT(?p) AS ?n) { ?p a gb:Paper }", "-g", str(folder), "-f", "raw"]
    update(folder, NEW)
    answers = {
        CliRunner().invoke(main, [*asked, "--engine", engine]).stdout
        for engine in ("store", "columns")
    }
    assert answers == {"4\n"}


def test_numbers_that_the_store_writes_otherwise_stay_as_they_are(tmp_path):
    graph = build(Options((str(PAGE),), tmp_path / "g", as_of=date(2026, 11, 23))).graph
    rows = list(read_rows(graph))
    assert any(o.startswith('"1.0"^^') for _, _, o in rows)
    done = update(graph.path, NEW)
    assert (done.added, done.removed) == (2, 0)
    assert sorted(row for row in read_rows(open_graph(graph.path)) if row[0] != "<http://e/x>") == (
        sorted(rows)
    )


def test_columns_stay_sorted(folder):
    update(folder, NEW)
    rows = list(read_rows(open_graph(folder)))
    assert rows == sorted(rows)


def test_a_name_that_goes_is_not_found_any_more_and_a_new_one_keeps_the_class(folder):
    assert titles(folder, "levers") == ["Levers"]
    change = 'DELETE { ?p dcterms:title "Levers" } INSERT { ?p dcterms:title "Pulleys" } WHERE { ?p dcterms:title "Levers" }'
    assert update(folder, change).renamed == 2
    assert titles(folder, "levers") == []
    [kind] = {
        hit.kind
        for hit in search(open_graph(folder).search, "pulleys").hits
        if hit.label == "Pulleys"
    }
    assert kind == "gb:Paper"
    with sqlite3.connect(open_graph(folder).search) as db:
        db.execute("INSERT INTO words (words) VALUES ('integrity-check')")


def test_undo_brings_back_one_update_after_the_other(folder):
    rows = sorted(read_rows(open_graph(folder)))
    update(folder, NEW)
    middle = sorted(read_rows(open_graph(folder)))
    update(folder, "DELETE WHERE { ?s dcterms:title ?t }")
    run = CliRunner()
    assert run.invoke(main, ["update", str(folder), "--undo"]).exit_code == 0
    assert sorted(read_rows(open_graph(folder))) == middle
    assert run.invoke(main, ["update", str(folder), "--undo"]).exit_code == 0
    assert sorted(read_rows(open_graph(folder))) == rows
    third = run.invoke(main, ["update", str(folder), "--undo"])
    assert (third.exit_code, third.stderr.count("no backup")) == (5, 1)


def test_dry_run_changes_nothing(folder):
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")}
    done = update(folder, NEW, dry_run=True)
    assert (done.added, done.removed) == (2, 0)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")} == before
    assert open_graph(folder).build.updates == ()


def test_an_update_that_changes_nothing_leaves_no_backup(folder):
    assert update(folder, "DELETE DATA { <http://e/x> a gb:Paper }").added == 0
    assert list(folder.glob("backup-*")) == []


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("SELECT ?s { ?s ?p ?o }", QueryRefusedError, "this is no update"),
        ("INSERT DATA { x }", QuerySyntaxError, "1:18"),
        ("DROP ALL", QueryRefusedError, "ALL is refused"),
        ("INSERT DATA { GRAPH <http://e/g> { <http://e/s> a gb:Paper } }", QueryRefusedError, "GRAPH is refused"),
        ("WITH <http://e/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", QueryRefusedError, "WITH is refused"),
        ("DELETE WHERE { ?s ?p ?o }", GraphError, "would leave nothing"),
        ("CLEAR DEFAULT", GraphError, "would leave nothing"),
        ("INSERT { ?s gb:note [] } WHERE { ?s a gb:Paper }", GraphError, "no blank nodes"),
        ("INSERT DATA { <http://e/s> gb:x <<( <http://e/s> gb:y 1 )>> }", GraphError, "no quoted triples"),
        ("LOAD <file:///etc/hostname>", QueryRefusedError, "LOAD <file:///etc/hostname> is refused"),
        ("LOAD SILENT <http://e.example/x>", QueryRefusedError, "--allow-host e.example"),
        ("DELETE { ?s ?p ?o } WHERE { SERVICE ?x { ?s ?p ?o } }", QueryRefusedError, "SERVICE ?x is refused"),
        ("INSERT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(<http://e/f>(?o)) }", QueryError, "nothing was changed"),
    ],
)  # fmt: skip
def test_what_would_do_damage_is_refused(folder, text, error, said):
    rows = list(read_rows(open_graph(folder)))
    with pytest.raises(error) as raised:
        update(folder, text)
    assert said in str(raised.value)
    assert list(read_rows(open_graph(folder))) == rows
    assert {path.name for path in folder.glob("b*")} == {"build-0001", "build.json"}


def test_a_graph_that_is_being_written_is_not_updated(folder):
    with writing(folder), pytest.raises(GraphLockedError):
        update(folder, NEW)


def test_a_build_does_not_undo_updates_unasked(tmp_path):
    options = Options((str(PAGE),), tmp_path / "g", as_of=date(2026, 11, 23))
    graph = build(options).graph
    update(graph.path, NEW)
    assert build(options).unchanged
    other = Options((str(PAGE),), tmp_path / "g")
    with pytest.raises(GraphError, match="was changed by 1 updates that a new build would undo"):
        build(other)
    forced = Options((str(PAGE),), tmp_path / "g", force=True)
    assert build(forced).graph.build.updates == ()


def test_named_graphs_of_sources_stay(folder):
    store = Store(str(open_graph(folder).store))
    quad = Quad(*(NamedNode(f"http://e/{name}") for name in "spog"))
    store.add(quad)
    store.flush()
    del store
    update(folder, NEW)
    assert quad in Store.read_only(str(open_graph(folder).store))


def test_load_and_service_reach_an_allowed_host(folder, tmp_path):
    dump = tmp_path / "dump.nt"
    dump.write_text('<http://e/far> <http://purl.org/dc/terms/title> "Far" .\n', encoding="utf-8")
    with oxigraph_server(tmp_path / "far", dump) as url:
        host = url.removeprefix("http://")
        service = f"SERVICE <{url}/query> {{ ?s dcterms:title ?t }}"
        with pytest.raises(QueryRefusedError, match=f"--allow-host {host}"):
            update(folder, f"INSERT {{ ?s dcterms:title ?t }} WHERE {{ {service} }}")
        done = update(folder, f"INSERT {{ ?s dcterms:title ?t }} WHERE {{ {service} }}", [host])
        assert (done.added, titles(folder, "far")) == (1, ["Far"])
        run = CliRunner()
        asked = ["query", f"SELECT ?t {{ {service} }}", "-g", str(folder), "-f", "raw"]
        assert run.invoke(main, asked).exit_code == 3
        told = run.invoke(main, [*asked, "--allow-host", "localhost"])
        assert (told.exit_code, told.stdout) == (0, "Far\n")
        assert run.invoke(main, asked, env={"GRAPHBUILD_ALLOW_HOST": host}).exit_code == 0


def test_load_of_a_file_on_an_allowed_host(folder):
    def answer(handler, _):
        reply(
            handler,
            200,
            b'<http://e/near> <http://purl.org/dc/terms/title> "Near" .',
            "application/n-triples",
        )

    with scripted_server(answer) as url:
        assert update(folder, f"LOAD <{url}/x.nt>", ["localhost"]).added == 1


def test_service_that_does_not_answer_is_stopped(folder):
    done = Event()
    with scripted_server(lambda *_: done.wait(60) and None) as url:
        text = f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{url}/q> {{ ?s ?p ?o }} }}"
        with pytest.raises(QueryTimeoutError, match="nothing was changed"):
            update(folder, text, ["localhost"], 1)
        done.set()


@pytest.mark.parametrize(
    "place",
    [
        "<http://good.example@evil.example/>",
        "<http://evil.example/#@good.example>",
        "<http://evil.example?good.example>",
        "<http://good.example.evil.example/>",
        "<http://good\\u002eexample/>",
        "<https://good.example:8443/>",
        "<ftp://good.example/>",
        "<good.example>",
        "?good",
        "ex:good",
    ],
)
def test_no_way_around_the_list_of_hosts(place):
    if ":8443" in place:  # a name without a port goes for all its ports
        refuse_hosts(f"ASK {{ SERVICE {place} {{}} }}", ["good.example"])
        return
    with pytest.raises(QueryRefusedError):
        refuse_hosts(
            f"PREFIX ex: <http://evil.example/> ASK {{ SERVICE {place} {{}} }}", ["good.example"]
        )


def test_an_allowed_prefix_and_another_port():
    refuse_hosts("PREFIX g: <http://Good.example/> ASK { SERVICE SILENT g:q {} }", ["good.example"])
    with pytest.raises(QueryRefusedError):
        refuse_hosts("ASK { SERVICE <http://good.example:81/> {} }", ["good.example:80"])


def test_command_says_what_came_and_went(folder, tmp_path):
    run = CliRunner()
    file = tmp_path / "change.ru"
    file.write_text("# a file\n" + NEW, encoding="utf-8")
    shown = run.invoke(main, ["update", str(folder), str(file), "--dry-run"])
    assert shown.stderr == "2 triples would be added, 0 would be removed\n"
    assert shown.stdout.count("+ <http://e/x>") == 2
    done = run.invoke(main, ["update", str(folder), "-"], input=NEW)
    assert "2 triples added, 0 removed\nKept " in done.stderr
    assert run.invoke(main, ["update", str(folder)]).exit_code == 2
    assert run.invoke(main, ["update", str(folder), NEW, "--undo"]).exit_code == 2


def test_measures_of_a_network_are_kept_in_the_graph_and_replaced(folder):
    run = CliRunner()
    asked = ["network", "coauthors", str(folder), "--measure", "degree,pagerank", "--write-back"]
    first = run.invoke(main, asked)
    assert first.exit_code == 0, first.stderr
    graph = open_graph(folder)
    found = select(
        graph,
        """SELECT ?name ?value { ?m gb:measuredIn ?in ; sosa:hasSimpleResult ?value ;
        sosa:hasFeatureOfInterest ?who . ?in sosa:observedProperty <https://w3id.org/graphbuild/id/metric/degree> .
        ?who foaf:name ?name } ORDER BY ?name""",
    )
    assert sorted((name.value, int(value.value)) for name, value in found.rows) == [
        ("Ada Example", 0),  # the one who wrote alone
        ("Ada Example", 2),
        ("Ben Sample", 2),
        ("Cleo <b>Bold</b>", 2),
    ]
    assert "0 triples added, 0 removed" in run.invoke(main, asked).stderr


@pytest.mark.parametrize(
    "more", [["--measure", "community"], ["--measure", "degree", "--from-year", "2000"]]
)
def test_what_is_no_measure_of_the_whole_network_is_not_kept(folder, more):
    told = CliRunner().invoke(main, ["network", "coauthors", str(folder), "--write-back", *more])
    assert told.exit_code in {2, 5}
    assert list(folder.glob("backup-*")) == []


def test_manifest_of_a_backup_is_its_own(folder):
    update(folder, NEW)
    kept = json.loads((folder / "backup-0001" / "build.json").read_bytes())
    assert (kept["data"], kept["updates"]) == ("build-0001", [])
