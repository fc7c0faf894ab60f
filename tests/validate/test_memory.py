"""What was parsed once is remembered, and only that: as JSON, which runs nothing."""

import json

import pytest
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from graphbuild.validate.model import Query, Shape
from graphbuild.validate.schema import read_schema
from graphbuild.validate.shapes import shipped_shapes
from graphbuild.validate.sql import memory, parsing
from graphbuild.validate.sql.patterns import Patterns
from graphbuild.validate.sql.terms import ID, Column

SHAPE = Shape("<urn:s>", "S")
QUERY = Query("SELECT $this WHERE { $this <urn:p>/^<urn:q>+ ?o FILTER(?o > 3 || ?o = 'a') }")


@pytest.fixture(autouse=True)
def caches(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    parsing.parsed.cache_clear()
    return tmp_path / "graphbuild" / "sparql"


NESTED = Query(
    "SELECT $this WHERE { $this <urn:p> ?o FILTER NOT EXISTS"
    " { $this <urn:q> ?a . ?a <urn:r> ?o FILTER EXISTS { ?a <urn:t> 'x' } } }"
)


def sql(algebra):
    """Return what a query is translated to, where each term's number is its length."""
    relation = Patterns(len, lambda path: path.text).relation(
        algebra.p, {"this": Column("f.this", ID)}
    )
    return relation.sql, relation.kinds, relation.certain


def queries():
    schema = read_schema(shipped_shapes().graph)
    return [c.query for s in schema.shapes.values() for c in s.constraints if c.query] + [
        QUERY,
        NESTED,
    ]


def test_queries_of_our_shapes_mean_the_same_when_they_are_remembered():
    assert len(queries()) > 10
    for query in queries():
        algebra = translateQuery(parseQuery(query.text)).algebra
        assert sql(memory.read(json.loads(json.dumps(memory.write(algebra))))) == sql(algebra)


def test_texts_of_our_queries_are_always_the_same():
    assert sorted(q.text for q in queries()) == sorted(q.text for q in queries())


def test_what_was_parsed_is_not_parsed_again(monkeypatch):
    first = parsing.parsed(QUERY, SHAPE)
    parsing.parsed.cache_clear()
    monkeypatch.setattr(parsing, "parseQuery", pytest.fail)
    assert sql(parsing.parsed(QUERY, SHAPE)) == sql(first)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"os": "system"}', '{"name": 1}', '{"list": 3, "tuple": true}']
)
def test_file_that_says_nothing_of_use_is_parsed_anew(caches, text):
    parsing.parsed(QUERY, SHAPE)
    [file] = caches.iterdir()
    right = file.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    parsing.parsed.cache_clear()
    parsing.parsed(QUERY, SHAPE)
    assert file.read_text(encoding="utf-8") == right


def test_folder_that_cannot_be_written_is_no_error(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert parsing.parsed(QUERY, SHAPE).name == "SelectQuery"
    assert memory.remembered(QUERY) is None


def test_negated_property_sets_are_not_remembered(caches):
    parsing.parsed(Query("SELECT $this WHERE { $this !<urn:p> ?o }"), SHAPE)
    assert not caches.exists()
