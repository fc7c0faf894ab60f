import duckdb

from graphbuild.entities import Artifact, Person, Repository
from graphbuild.parts import Authorship, Origin, PartialDate
from graphbuild.records import Observation, Paper
from graphbuild.store.tables import row, write_table


def table(folder, name, kind, *pairs):
    lines = folder / "rows.jsonl"
    lines.write_bytes(b"".join(row(*pair) for pair in pairs))
    write_table(folder / name, kind, [lines])


def rows(path, columns):
    with duckdb.connect() as connection:
        return connection.execute(f"SELECT {columns} FROM read_parquet(?)", [str(path)]).fetchall()


def test_record_becomes_a_row_with_lists_and_parts(tmp_path):
    paper = Paper(
        "A 'Title'",
        "complete",
        (Origin("a", 3),),
        (Authorship("Ada", 1), Authorship("Bo", 2)),
        issued=PartialDate("2023", "2023"),
    )
    table(tmp_path, "paper.parquet", Paper, ("urn:1", paper))
    assert rows(
        tmp_path / "paper.parquet", "iri, title, issued.value, [a.name for a in authors], abstract"
    ) == [("urn:1", "A 'Title'", "2023", ["Ada", "Bo"], None)]


def test_every_record_type_has_its_columns_without_any_record(tmp_path):
    for kind in (Paper, Person, Repository, Artifact, Observation):
        write_table(tmp_path / "t.parquet", kind, [])
        assert rows(tmp_path / "t.parquet", "iri") == []


def test_whole_and_decimal_values_fit_one_column(tmp_path):
    numbers = [
        Observation("p", "h-index", 5, ("h5",), Origin("p", 1)),
        Observation("p", "novelty", "5.5", (), Origin("p", 1)),
    ]
    table(tmp_path, "o.parquet", Observation, ("urn:1", numbers[0]), ("urn:2", numbers[1]))
    assert rows(tmp_path / "o.parquet", "value") == [("5",), ("5.5",)]
