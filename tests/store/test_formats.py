import gzip
import io
import json
import os
from pathlib import Path, PurePath

import pyoxigraph
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from graphbuild.errors import GraphBuildError, GraphError
from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.store import formats
from graphbuild.store.jsonld import write_jsonld
from graphbuild.store.rdfxml import write_rdfxml
from graphbuild.store.turtle import write_turtle
from tests.small_graph import literal, small_graph, turtle

NAUGHTY = (
    "plain",
    'quotes " and \\ backslash',
    "lines\nof\r\ntext\twith\rreturns",
    "  space around  ",
    "]]> <script>alert('&amp;')</script>",
    "René · ℓ₁ 模型 👩‍🔬 \u202etfel",
    '" .\n<http://evil.example/> <http://evil.example/> "',
    "\u2028\u00a0\ufeff",
    "",
)
CONTEXT = {
    "@version": 1.1,
    "gb": "https://w3id.org/graphbuild/ontology#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    "Paper": "gb:Paper",
    "Truncated": "gb:Truncated",
    "title": "dcterms:title",
    "listedAuthorCount": {"@id": "gb:listedAuthorCount", "@type": "xsd:integer"},
    "flaggedBySource": {"@id": "gb:flaggedBySource", "@type": "xsd:boolean"},
    "issued": {"@id": "dcterms:issued", "@type": "xsd:date"},
    "creator": {"@id": "dcterms:creator", "@type": "@id", "@container": "@set"},
    "status": {"@id": "gb:authorListStatus", "@type": "@vocab"},
    "abstract": {"@id": "dcterms:abstract", "@language": "en"},
    "lists": {"@reverse": "dcterms:subject"},
}
READERS = {
    "nt": RdfFormat.N_TRIPLES,
    "ttl": RdfFormat.TURTLE,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
RDFLIB_NAMES = {"nq": "nquads", "jsonld": "json-ld", "rdf": "xml"}


@pytest.fixture(scope="module")
def triples():
    return [*turtle(ENTITIES_WITH_TYPES), *map(literal, NAUGHTY)]


ENTITIES_WITH_TYPES = """
:paper\\/x a gb:Paper ; dcterms:title "Colour"@en-gb, "Farbe"@de, "x" ;
  dcterms:issued "2020"^^xsd:gYear, "2020-02-01"^^xsd:date ;
  gb:listedAuthorCount 3, 123456789012345678901234567890 ; gb:flaggedBySource true ;
  gb:score 0.50, 1.0, -0.5 ; gb:oddDate "soon"^^xsd:date ;
  gb:oddInteger "007"^^xsd:integer, "+7"^^xsd:integer ; gb:oddBoolean "1"^^xsd:boolean ;
  gb:issuedMonthDay "--05-14"^^xsd:gMonthDay ; dcterms:creator :person\\/a, :person\\/b ;
  gb:authorListStatus gb:Truncated ; schema:codeRepository <https://github.com/ada/gears> ;
  dcterms:subject <https://w3id.org/graphbuild/id/topic/arxiv:cs.LG> .
:paper\\/y a gb:Paper, gb:Other ; dcterms:creator :person\\/a .
:topic\\/z gb:note "no class" .
"""


@pytest.fixture
def graph(tmp_path, triples, monkeypatch):
    monkeypatch.setattr(formats, "shipped_context", lambda: CONTEXT)
    return small_graph(tmp_path / "graph", triples)


def rows(triples):
    return [tuple(map(str, triple)) for triple in triples]


def by_oxigraph(text: bytes, name: str) -> set[str]:
    return {str(quad.triple) for quad in pyoxigraph.parse(text, format=READERS[name])}


def by_rdflib(text: bytes, name: str, monkeypatch) -> set[str]:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=text, format=RDFLIB_NAMES.get(name, name))
    lines = "".join(
        f"{s.n3()} {p.n3()} {pyoxigraph_term(o)} .\n" for s, p, o in graph.triples((None,) * 3)
    )
    return by_oxigraph(lines.encode(), "nt")


def pyoxigraph_term(term: rdflib.term.Node) -> str:
    if not isinstance(term, rdflib.Literal):
        return str(pyoxigraph.NamedNode(str(term)))
    datatype = pyoxigraph.NamedNode(str(term.datatype)) if term.datatype else None
    return str(pyoxigraph.Literal(str(term), datatype=datatype, language=term.language))


def exported(graph, path: Path, name: str) -> bytes:
    formats.export(graph, path, name)
    return path.read_bytes()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib warns of its own calls
@pytest.mark.parametrize("name", formats.FORMATS)
def test_both_readers_find_exactly_the_triples_of_the_graph(
    name, graph, triples, tmp_path, monkeypatch
):
    text = exported(graph, tmp_path / "out", name)
    expected = set(map(str, triples))
    assert by_oxigraph(text, name) == expected
    assert by_rdflib(text, name, monkeypatch) == expected


@pytest.mark.parametrize("name", formats.FORMATS)
def test_two_exports_are_the_same_bytes(name, graph, tmp_path):
    assert exported(graph, tmp_path / "1", name) == exported(graph, tmp_path / "2", name)


def test_export_says_how_many_triples_it_wrote(graph, triples, tmp_path):
    counts = {name: formats.export(graph, tmp_path / "out", name) for name in formats.FORMATS}
    assert counts == dict.fromkeys(formats.FORMATS, len(set(triples)))


def test_ntriples_are_sorted(graph, tmp_path):
    lines = exported(graph, tmp_path / "out", "nt").splitlines()
    assert lines == sorted(lines)


def test_compressed_export_is_the_same_bytes_whatever_the_time_and_name(
    graph, tmp_path, monkeypatch
):
    first = exported(graph, tmp_path / "a.nt.gz", "nt")
    monkeypatch.setattr("time.time", lambda: 1e9)
    assert exported(graph, tmp_path / "b.nt.gz", "nt") == first
    assert gzip.decompress(first) == exported(graph, tmp_path / "plain", "nt")


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.nt", "nt"),
        ("a.NT.GZ", "nt"),
        ("a.b.ttl", "ttl"),
        ("a.nq.gz", "nq"),
        ("a.trig", "trig"),
        ("a.rdf", "rdf"),
        ("a.xml", "rdf"),
        ("a.jsonld", "jsonld"),
        ("a.csv", None),
        ("-", None),
    ],
)
def test_format_is_told_by_the_end_of_the_name(file, name):
    assert formats.format_of(PurePath(file)) == name


def test_failed_export_leaves_the_old_file_and_no_half_one(tmp_path):
    unsayable = turtle("<http://e/a> <http://e/123> 'x' .")
    graph = small_graph(tmp_path / "graph", unsayable)
    (tmp_path / "out.rdf").write_text("old")
    with pytest.raises(GraphBuildError, match="ends in no XML name"):
        formats.export(graph, tmp_path / "out.rdf", "rdf")
    assert (tmp_path / "out.rdf").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph", "out.rdf"]


def test_folder_that_is_not_there_is_an_error_of_one_line(graph, tmp_path):
    with pytest.raises(GraphBuildError, match=r"out\.nt: cannot be written \(No such file"):
        formats.export(graph, tmp_path / "no" / "out.nt", "nt")


def test_missing_columns_are_an_error_that_says_what_to_do(graph, tmp_path):
    graph.triples.unlink()
    with pytest.raises(GraphError, match="build the graph again"):
        formats.export(graph, tmp_path / "out.nt", "nt")


def test_damaged_columns_are_an_error_that_says_what_to_do(graph, tmp_path):
    graph.triples.write_bytes(graph.triples.read_bytes()[:-9])
    with pytest.raises(GraphError, match="build the graph again"):
        formats.export(graph, tmp_path / "out.nt", "nt")


def test_named_pipe_is_written_to_and_not_replaced(graph, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    formats.export(graph, pipe, "nt")
    assert os.read(reader, 4).startswith(b"<htt")
    os.close(reader)
    assert pipe.is_fifo()


def test_link_stays_a_link(graph, tmp_path):
    (tmp_path / "real.nt").touch()
    (tmp_path / "link.nt").symlink_to("real.nt")
    formats.export(graph, tmp_path / "link.nt", "nt")
    assert (tmp_path / "link.nt").is_symlink()
    assert (tmp_path / "real.nt").stat().st_size > 0


def test_empty_graph_gives_a_file_that_reads_as_empty(tmp_path, monkeypatch):
    monkeypatch.setattr(formats, "shipped_context", lambda: CONTEXT)
    graph = small_graph(tmp_path / "graph", [])
    for name in formats.FORMATS:
        assert by_oxigraph(exported(graph, tmp_path / "out", name), name) == set()


def test_turtle_says_the_class_first_and_uses_prefixes():
    file = io.BytesIO()
    write_turtle(
        rows(turtle(":paper\\/y gb:score 0.5 ; a gb:Paper .")), {"gb": PREFIXES["gb"]}, file
    )
    assert file.getvalue().decode() == (
        "@prefix gb: <https://w3id.org/graphbuild/ontology#> .\n\n"
        "<https://w3id.org/graphbuild/id/paper/y> a gb:Paper ;\n  gb:score 0.5 .\n"
    )


def test_jsonld_is_short_in_the_terms_of_the_context():
    text = """
:paper\\/x a gb:Paper ; dcterms:creator :person\\/a ; dcterms:issued "2020-02-01"^^xsd:date ;
  dcterms:title "T" ; gb:authorListStatus gb:Truncated ; gb:listedAuthorCount 3 ; gb:score 0.5 ;
  dcterms:abstract "no language" ; dcterms:subject :topic\\/z .
"""
    file = io.BytesIO()
    write_jsonld(rows(turtle(text)), CONTEXT, file)
    document = json.loads(file.getvalue())
    assert document["@context"] == CONTEXT
    assert document["@graph"] == [
        {
            "id": "https://w3id.org/graphbuild/id/paper/x",
            "type": "Paper",
            "creator": ["https://w3id.org/graphbuild/id/person/a"],
            "issued": "2020-02-01",
            "title": "T",
            "status": "Truncated",
            "listedAuthorCount": 3,
            "gb:score": {"@value": "0.5", "@type": "xsd:decimal"},
            "dcterms:abstract": "no language",
            "dcterms:subject": {"id": "https://w3id.org/graphbuild/id/topic/z"},
        }
    ]


def test_control_characters_become_replacement_characters_in_rdfxml():
    file = io.BytesIO()
    write_rdfxml(rows([literal("a\x00b\x1b[2J\x85c\ufffe")]), PREFIXES, file)
    [triple] = pyoxigraph.parse(file.getvalue(), format=RdfFormat.RDF_XML)
    assert triple.object.value == "a\ufffdb\ufffd[2J\ufffdc\ufffd"


@given(st.text(st.characters(exclude_categories=["Cs"])))
@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=200)
def test_any_literal_is_well_formed_and_whole_in_every_own_syntax(text):
    triple = literal(text)
    writers = {
        "ttl": lambda file: write_turtle(rows([triple]), PREFIXES, file),
        "jsonld": lambda file: write_jsonld(rows([triple]), CONTEXT, file),
    }
    for name, write in writers.items():
        file = io.BytesIO()
        write(file)
        assert by_oxigraph(file.getvalue(), name) == {str(triple)}
    file = io.BytesIO()
    write_rdfxml(rows([triple]), PREFIXES, file)
    assert len(rdflib.Graph().parse(data=file.getvalue(), format="xml")) == 1
