import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from graphbuild.store.loading import Loading
from graphbuild.store.triples import write_columns, write_lines
from graphbuild.terms import literal

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"))


def columns(path):
    with duckdb.connect() as connection:
        return connection.execute("SELECT s, p, o FROM read_parquet(?)", [str(path)]).fetchall()


def test_triples_are_sorted_and_each_is_there_once(tmp_path):
    lines = [
        '<urn:b> <urn:p> "x y" .\n',
        "<urn:a> <urn:p> <urn:o> .\n",
        '<urn:b> <urn:p> "x y" .\n',
    ]
    write_lines(tmp_path / "t.nt", lines)
    assert write_columns([tmp_path / "t.nt"], tmp_path / "t" / "t.parquet") == 2
    assert columns(tmp_path / "t" / "t.parquet") == [
        ("<urn:a>", "<urn:p>", "<urn:o>"),
        ("<urn:b>", "<urn:p>", '"x y"'),
    ]


def test_terms_that_begin_alike_are_in_the_order_of_their_code_points(tmp_path):
    objects = ['"x y"', '"x!"', '"x"', '"x"@en', '"x"^^<urn:t>', '"x\\n"', "<urn:x>"]
    lines = [f"<urn:s> <urn:p> {term} .\n" for term in reversed(objects)]
    lines += ["<urn:s> <urn:p-q> <urn:o> .\n", "<urn:s2> <urn:a> <urn:o> .\n"]
    write_lines(tmp_path / "t.nt", lines)
    write_columns([tmp_path / "t.nt"], tmp_path / "t.parquet")
    rows = columns(tmp_path / "t.parquet")
    assert [o for _, _, o in rows if o in objects] == objects
    assert rows == sorted(rows)


@given(texts=st.lists(TEXT, unique=True, min_size=1, max_size=5))
def test_any_literal_comes_through_columns_and_store(texts, tmp_path_factory):
    folder = tmp_path_factory.mktemp("t")
    terms = {literal(text) for text in texts}
    write_lines(folder / "t.nt", [f"<urn:s> <urn:p> {term} .\n" for term in terms])
    write_columns([folder / "t.nt"], folder / "t.parquet")
    assert {row[2] for row in columns(folder / "t.parquet")} == terms
    with Loading(folder / "store") as loading:
        loading.add(folder / "t.nt")
    stored = {quad.object.value for quad in Store.read_only(str(folder / "store"))}
    assert stored == set(texts)


def test_no_lines_give_empty_columns(tmp_path):
    write_lines(tmp_path / "t.nt", [])
    assert write_columns([tmp_path / "t.nt"], tmp_path / "t.parquet") == 0


@pytest.mark.slow
def test_long_literal_comes_through(tmp_path):
    term = literal("x" * 5_000_000)
    write_lines(tmp_path / "t.nt", [f"<urn:s> <urn:p> {term} .\n"])
    assert write_columns([tmp_path / "t.nt"], tmp_path / "t.parquet") == 1
    assert columns(tmp_path / "t.parquet")[0][2] == term
