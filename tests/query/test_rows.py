from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from graphbuild.errors import MissingPackageError
from graphbuild.query import frames
from graphbuild.query.frames import arrow_table
from graphbuild.query.rows import About, Rows, python_value
from graphbuild.query.solutions import XSD

ADA, BO = NamedNode("https://x.example/ada"), NamedNode("https://x.example/bo")


def typed(text, kind):
    return Literal(text, datatype=NamedNode(XSD + kind))


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (None, None),
        (ADA, "https://x.example/ada"),
        (Literal("a", language="en"), "a"),
        (typed("007", "integer"), 7),
        (typed("1.50", "decimal"), Decimal("1.50")),
        (typed("1e3", "double"), 1000.0),
        (typed("true", "boolean"), True),
        (typed("2024-05-31", "date"), date(2024, 5, 31)),
        (typed("2024-05-31+02:00", "date"), date(2024, 5, 31)),
        (typed("2024-05-31T10:00:00Z", "dateTime"), datetime(2024, 5, 31, 10, tzinfo=UTC)),
        (typed("2024-05-31T10:00:00", "dateTime"), datetime(2024, 5, 31, 10, tzinfo=UTC)),
        (typed("2024", "gYear"), "2024"),
        (typed("2024-02-31", "date"), "2024-02-31"),
        (typed("ten", "integer"), "ten"),
    ],
)
def test_terms_become_python_values(term, expected):
    assert python_value(term) == expected
    assert type(python_value(term)) is type(expected)


@pytest.fixture
def rows():
    terms = [
        (ADA, BO, typed("3", "integer"), Literal("Ada <b>")),
        (BO, ADA, typed("1", "integer"), None),
    ]
    return Rows(("a", "b", "n", "label"), terms, About("Who and who"))


def test_rows_are_named_tuples_and_a_sequence(rows):
    assert len(rows) == 2
    assert rows[0].n == 3
    assert rows[-1].label is None
    assert [row.a for row in rows] == [ADA.value, BO.value]
    assert isinstance(rows[:1], Rows)
    assert rows[:1].to_dicts() == [{"a": ADA.value, "b": BO.value, "n": 3, "label": "Ada <b>"}]
    assert rows.column("n") == [3, 1]
    with pytest.raises(KeyError):
        rows.column("m")


def test_columns_that_are_no_names_in_python_still_work():
    assert Rows(("1st", "class"), [(ADA, BO)])[0] == (ADA.value, BO.value)


def test_html_is_safe_and_says_how_many_there_are(rows):
    html = rows._repr_html_()
    assert "Ada &lt;b&gt;" in html
    assert f'<a href="{ADA.value}">' in html
    assert "<p>2 rows</p>" in html
    many = Rows(("a",), [(ADA,)] * 1500)
    assert "20 of 1,500 rows" in many._repr_html_()
    assert repr(many).endswith("... and 1,480 more rows\n[1,500 rows]")
    assert repr(Rows((), [])) == "[0 rows]"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, None], pa.int64()),
        ([1, 2.5], pa.float64()),
        ([Decimal("1.5")], pa.float64()),
        ([2**63], pa.string()),
        ([True, False], pa.bool_()),
        ([True, 1], pa.string()),
        ([date(2024, 1, 1)], pa.date32()),
        ([datetime(2024, 1, 1, tzinfo=UTC)], pa.timestamp("us", tz="UTC")),
        ([date(2024, 1, 1), "2024"], pa.string()),
        ([None], pa.string()),
        ([], pa.string()),
    ],
)
def test_columns_have_the_type_of_their_values(values, expected):
    table = arrow_table(["x"], [(value,) for value in values])
    assert table.schema.field("x").type == expected
    wanted = [None if v is None else str(v) if expected == pa.string() else v for v in values]
    assert table.column("x").to_pylist() == wanted


def test_frames_have_all_rows(rows):
    assert rows.to_pandas()["n"].tolist() == [3, 1]
    assert rows.to_polars()["label"].to_list() == ["Ada <b>", None]


def test_missing_package_says_how_to_get_it(rows, monkeypatch):
    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(frames, "import_module", absent)
    with pytest.raises(MissingPackageError, match=r"pyarrow: pip install 'graphbuild\[frames\]'"):
        rows.to_arrow()


def test_network_ties_the_columns_of_the_view():
    view = {"kind": "graph", "source": "person", "target": "b", "weight": "n"}
    about = About(view=view, constants={"person": "https://x.example/me"})
    graph = Rows(("b", "n"), [(ADA, typed("3", "integer"))], about).to_networkx()
    assert list(graph.edges(data=True)) == [
        ("https://x.example/me", ADA.value, {"n": 3, "weight": 3})
    ]


def test_network_without_a_view_ties_the_first_iris(rows):
    graph = rows.to_networkx()
    assert graph.edges[ADA.value, BO.value]["n"] == 1  # both rows are the same tie
    assert rows.to_networkx("b", "label").number_of_nodes() == 2  # one row has no label
    with pytest.raises(ValueError, match="no two columns"):
        Rows(("n",), [(Literal("1"),)]).to_networkx()


def test_network_of_triples_is_directed():
    columns = ("subject", "predicate", "object")
    graph = Rows(columns, [(ADA, NamedNode("https://x.example/knows"), BlankNode("b"))])
    assert graph.to_networkx("subject", "object").is_directed()
