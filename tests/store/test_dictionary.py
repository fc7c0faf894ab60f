import duckdb
import msgspec
import pytest

from graphbuild.errors import GraphError
from graphbuild.store.dictionary import write_dictionary
from graphbuild.store.triples import write_columns, write_lines
from graphbuild.store.worth import Kind

XSD = "http://www.w3.org/2001/XMLSchema#"
LINES = [
    '<urn:b> <urn:p> "x\\"y\\n\\u0001" .\n',
    '<urn:b> <urn:p> "x"@EN .\n',
    '<urn:b> <urn:p> "x"@en .\n',
    "<urn:a> <urn:q> <urn:b> .\n",
    "_:n <urn:q> <urn:a> .\n",
    f'<urn:a> <urn:r> "1.0"^^<{XSD}decimal> .\n',
    f'<urn:a> <urn:r> "1"^^<{XSD}decimal> .\n',
    f'<urn:a> <urn:r> "7"^^<{XSD}integer> .\n',
]


@pytest.fixture
def made(tmp_path):
    write_lines(tmp_path / "t.nt", LINES)
    write_columns([tmp_path / "t.nt"], tmp_path / "t.parquet")
    write_dictionary(tmp_path / "t.parquet", tmp_path / "c.duckdb", tmp_path / "e.json")
    with duckdb.connect(str(tmp_path / "c.duckdb"), read_only=True) as connection:
        yield connection


def rows(connection, sql):
    return connection.execute(sql).fetchall()


def test_terms_are_numbered_blank_nodes_and_iris_first_each_in_order(made):
    terms = rows(made, "SELECT id, lex, text FROM term JOIN suffix USING (suffix) ORDER BY id")
    assert [number for number, _, _ in terms] == list(range(len(terms)))
    assert [lex for _, lex, _ in terms[:6]] == ["n", "urn:a", "urn:b", "urn:p", "urn:q", "urn:r"]
    assert set(terms[6:]) == {
        (6, "x", "@en"),
        (7, 'x"y\n\x01', ""),
        (8, "1", f"^^<{XSD}decimal>"),
        (9, "7", f"^^<{XSD}integer>"),
    }
    assert rows(made, "SELECT blanks, iris, terms, triples FROM size") == [(1, 6, 10, 8)]


def test_what_the_store_holds_as_one_is_one(made):
    assert rows(made, "SELECT s, o FROM p1") == [(2, 6), (2, 7)]
    assert rows(made, "SELECT s, o FROM p3") == [(1, 8), (1, 9)]


def test_predicates_know_how_much_of_what_they_have(made, tmp_path):
    texts = 1 << Kind.STRING | 1 << Kind.LANGUAGE
    numbers = 1 << Kind.INTEGER | 1 << Kind.DECIMAL
    assert rows(made, "SELECT number, id, iri, triples, kinds FROM predicate") == [
        (1, 3, "urn:p", 2, texts),
        (2, 4, "urn:q", 2, 1 << Kind.IRI),
        (3, 5, "urn:r", 2, numbers),
    ]
    assert msgspec.json.decode((tmp_path / "e.json").read_bytes()) == {
        "urn:p": 2, "urn:q": 2, "urn:r": 2,
    }  # fmt: skip


# Each pair has one number by DuckDB's hash, also with something before or behind it.
ALIKE = ("5018/0004018", "5017/0004017", "5187/0004187", "5188/0004188")


def test_terms_of_one_hash_are_several_terms(tmp_path):
    dois = [f"https://doi.org/10.{number}" for number in ALIKE]
    lines = [f'<{doi}> <urn:p> "{doi}" .\n' for doi in dois]
    write_lines(tmp_path / "t.nt", lines)
    write_columns([tmp_path / "t.nt"], tmp_path / "t.parquet")
    write_dictionary(tmp_path / "t.parquet", tmp_path / "c.duckdb", tmp_path / "e.json")
    told = "SELECT s.lex, o.lex FROM p1 JOIN term s ON s.id = p1.s JOIN term o ON o.id = p1.o ORDER BY 1"
    with duckdb.connect(str(tmp_path / "c.duckdb"), read_only=True) as connection:
        assert rows(connection, "SELECT count(DISTINCT hash(lex)) < count(*) FROM term") == [
            (True,)
        ]
        assert rows(connection, told) == [(doi, doi) for doi in sorted(dois)]


def test_an_empty_graph_has_columns_too(tmp_path):
    write_lines(tmp_path / "t.nt", [])
    write_columns([tmp_path / "t.nt"], tmp_path / "t.parquet")
    write_dictionary(tmp_path / "t.parquet", tmp_path / "c.duckdb", tmp_path / "e.json")
    assert (tmp_path / "e.json").read_text() == "{}"


def test_damaged_triples_are_told(tmp_path):
    (tmp_path / "t.parquet").write_bytes(b"no")
    with pytest.raises(GraphError, match="cannot be written"):
        write_dictionary(tmp_path / "t.parquet", tmp_path / "c.duckdb", tmp_path / "e.json")
