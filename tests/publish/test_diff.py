"""The difference of two graphs, applied to the old one, is the new one."""

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse, serialize

from graphbuild.cli import main
from graphbuild.publish.delta import difference, rows_of
from graphbuild.publish.patch import write_patch, write_update
from graphbuild.publish.sides import side
from tests.servers import oxigraph_server
from tests.small_graph import BASE, ENTITIES, small_graph, turtle

NODES = st.integers(0, 5).map(lambda number: NamedNode(f"http://a.example/{number}"))
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
LITERALS = TEXT.map(Literal) | TEXT.map(lambda text: Literal(text, language="en"))
TRIPLES = st.builds(Triple, NODES, NODES, NODES | LITERALS)
GRAPHS = st.sets(TRIPLES, max_size=12)
PATCH_LINE = re.compile(r"([AD]) (.* \.)\n")


def run(*arguments):
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


def dump(triples, path):
    serialize(triples, str(path), format=RdfFormat.N_TRIPLES)
    return path


def delta_of(old, new, folder):
    sides = [
        side(dump(each, folder / f"{name}.nt"), folder)
        for name, each in (("old", old), ("new", new))
    ]
    return difference(sides[0].triples, sides[1].triples, folder)


def patched(triples, patch):
    """Apply RDF Patch by its own rules, with nothing of the code under test."""
    found = set(triples)
    for sign, statement in PATCH_LINE.findall(patch):
        [quad] = parse(statement, format=RdfFormat.N_TRIPLES)
        (found.add if sign == "A" else found.remove)(quad.triple)
    return found


@settings(max_examples=40)
@given(old=GRAPHS, new=GRAPHS)
def test_patch_and_update_turn_the_old_graph_into_the_new_one(old, new):
    with TemporaryDirectory() as work:
        folder = Path(work)
        delta = delta_of(old, new, folder)
        assert (delta.additions, delta.removals) == (len(new - old), len(old - new))
        with (folder / "patch").open("wb") as file:
            write_patch(delta, file)
        with (folder / "update").open("wb") as file:
            write_update(delta, file)
        assert patched(old, (folder / "patch").read_text("utf-8")) == new
        store = Store()
        store.bulk_load(path=str(folder / "old.nt"), format=RdfFormat.N_TRIPLES)
        store.update((folder / "update").read_text("utf-8"))
        assert {quad.triple for quad in store} == new


def test_graph_folder_its_export_and_a_server_of_it_do_not_differ(tmp_path):
    graph = small_graph(tmp_path / "graph").path
    texts = tmp_path / "graph.ttl"
    lines = tmp_path / "graph.nt"
    for target in (texts, lines):
        assert CliRunner().invoke(main, ["export", str(graph), "--to", str(target)]).exit_code == 0
    assert run(graph, texts).stdout == "no difference\n"
    with oxigraph_server(tmp_path / "server", lines) as url:
        assert run(f"{url}/query", graph).stdout == "no difference\n"


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Lend two graphs: cleo goes, ben becomes an IRI of dana's with his ORCID, a title changes."""
    folder = tmp_path_factory.mktemp("pair")
    orcid = "gb:orcid <https://orcid.org/0000-0002-1825-0097>"
    old = ENTITIES + f":person\\/ben {orcid} ."
    new = "\n".join(
        line for line in ENTITIES.replace('"Levers"', '"Levers, revised"').splitlines()
        if not line.startswith((":person\\/ben", ":person\\/cleo"))
    )  # fmt: skip
    new += f':person\\/dana a foaf:Person ; foaf:name "Dana <b>Doe</b>" ; {orcid} .'
    new += ":person\\/gone dcterms:isReplacedBy :person\\/dana ."
    return (
        small_graph(folder / "old", turtle(old)).path,
        small_graph(folder / "new", turtle(new)).path,
    )


def test_text_says_what_happened_to_whom(pair):
    lines = run(*pair).stdout.splitlines()
    # Ben has class, name, status and ORCID, Cleo the first three, the paper a title each way;
    # Dana has class, name and ORCID, and there is a redirect.
    assert lines[0] == "5 triples added, 8 removed"
    ids = f"{BASE}id/person"
    assert f"  person Ben Sample  <{ids}/ben> → {ids}/dana" in lines
    assert f"  node without a class  <{ids}/gone> → {ids}/dana" in lines
    assert lines[lines.index("gone") + 1] == f"  person Cleo <b>Bold</b>  <{ids}/cleo>"
    assert lines[lines.index("new") + 1] == f"  person Dana <b>Doe</b>  <{ids}/dana>"
    assert lines[-3:] == [
        f"  paper Levers, revised  <{BASE}id/paper/p2>",
        "    - title: Levers",
        "    + title: Levers, revised",
    ]


def test_redirects_travel_along(pair):
    patch = run(*pair, "--format", "rdfpatch").stdout
    ids = f"{BASE}id/person"
    statement = f"<{ids}/gone> <http://purl.org/dc/terms/isReplacedBy> <{ids}/dana> ."
    assert f"A {statement}\n" in patch
    assert f"+ {statement}\n" in run(*pair, "--format", "nt").stdout


def test_patch_is_the_same_every_time_and_another_change_has_another_name(pair):
    patches = [run(*pair, "-f", "rdfpatch").stdout for _ in range(2)]
    assert patches[0] == patches[1]
    back = run(*reversed(pair), "-f", "rdfpatch").stdout
    assert back.splitlines()[0] != patches[0].splitlines()[0]


def test_json_says_the_same(pair):
    lines = [json.loads(line) for line in run(*pair, "-f", "json").stdout.splitlines()]
    assert lines[0]["classes"]["foaf:Person"] == {"gone": 1, "new": 1, "replaced": 1}
    [paper] = [line for line in lines[1:] if line["kind"] == "gb:Paper"]
    assert [each["sign"] for each in paper["statements"]] == ["-", "+"]


def test_status_says_whether_they_differ(pair):
    assert run(*pair).exit_code == 0
    assert run(*pair, "--exit-status").exit_code == 1
    assert run(pair[0], pair[0], "--exit-status").exit_code == 0


def test_half_a_file_is_not_compared(tmp_path):
    (tmp_path / "good.nt").write_text("<urn:a> <urn:b> <urn:c> .\n")
    (tmp_path / "bad.nt").write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> \n")
    result = run(tmp_path / "good.nt", tmp_path / "bad.nt")
    assert result.exit_code == 5
    assert "bad.nt:2: no RDF" in result.stderr
    assert not result.stdout


def test_blank_nodes_go_into_a_patch_but_not_into_an_update(tmp_path):
    (tmp_path / "old.nt").write_text("<urn:a> <urn:b> <urn:c> .\n")
    (tmp_path / "new.nt").write_text("<urn:a> <urn:b> _:x .\n")
    sides = tmp_path / "old.nt", tmp_path / "new.nt"
    assert "A <urn:a> <urn:b> _:x ." in run(*sides, "-f", "rdfpatch").stdout
    refused = run(*sides, "-f", "update")
    assert refused.exit_code == 5
    assert "blank node" in refused.stderr


def test_what_is_neither_file_nor_endpoint_is_said(tmp_path):
    result = run(tmp_path / "none", tmp_path / "none")
    assert result.exit_code == 6
    assert "no endpoint is called" in result.stderr


def test_columns_of_a_delta_are_sorted(tmp_path):
    triples = [
        Triple(NamedNode("urn:a"), NamedNode("urn:b"), Literal(str(n))) for n in (3, 1, 20, 2)
    ]
    rows = list(rows_of(delta_of([], triples, tmp_path).added))
    assert rows == sorted(rows)
    assert len(rows) == 4
