import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graphbuild.store.columns import XSD
from graphbuild.store.worth import SCALE, Kind, Worth, worths


def of(text, datatype):
    [(_, worth)] = worths([f'"{text}"^^<{datatype}>'])
    return worth


@pytest.mark.parametrize(
    ("text", "datatype", "kind", "whole", "scaled", "double"),
    [
        ("12", "integer", Kind.INTEGER, 12, 12 * SCALE, 12.0),
        ("-7", "integer", Kind.INTEGER, -7, -7 * SCALE, -7.0),
        ("2.5", "decimal", Kind.DECIMAL, None, 5 * SCALE // 2, 2.5),
        ("true", "boolean", Kind.BOOLEAN, 1, None, None),
        ("2020-02-29", "date", Kind.DATE, 20200229, None, None),
        ("2020-02", "gYearMonth", Kind.YEAR_MONTH, 202002, None, None),
        ("2020", "gYear", Kind.YEAR, 2020, None, None),
        ("0.5", "double", Kind.DOUBLE, None, None, 0.5),
        ("2020-01-01T00:00:00Z", "dateTime", Kind.OWN, None, None, None),
        ("2020-01-01Z", "date", Kind.OWN, None, None, None),
        ("2020-02-30", "date", Kind.OWN, None, None, None),
        ("1", "float", Kind.OWN, None, None, None),
        ("NaN", "double", Kind.OWN, None, None, None),
        ("9223372036854775808", "integer", Kind.OTHER, None, None, None),
        ("x", "integer", Kind.OTHER, None, None, None),
        ("x", "float", Kind.OTHER, None, None, None),
    ],
)
def test_literals_are_worth_their_value(text, datatype, kind, whole, scaled, double):
    suffix = f"^^<{XSD}{datatype}>"
    assert of(text, f"{XSD}{datatype}") == Worth(text, suffix, kind, whole, scaled, double)


@pytest.mark.parametrize(
    ("text", "datatype", "kept", "as_datatype"),
    [
        ("01", "integer", "1", "integer"),
        ("1.0", "decimal", "1", "decimal"),
        ("+.5", "decimal", "0.5", "decimal"),
        ("1e3", "double", "1000", "double"),
        ("1", "boolean", "true", "boolean"),
        ("1", "int", "1", "integer"),
    ],
)
def test_they_are_written_as_the_store_writes_them(text, datatype, kept, as_datatype):
    found = of(text, f"{XSD}{datatype}")
    assert (found.text, found.suffix) == (kept, f"^^<{XSD}{as_datatype}>")
    store, node = Store(), NamedNode("urn:x")
    store.add(Quad(node, node, Literal(text, datatype=NamedNode(f"{XSD}{datatype}"))))
    [quad] = store
    assert str(quad.object) == f'"{found.text}"{found.suffix}'


def test_a_datatype_of_ones_own_has_no_worth():
    assert of("x", "http://e/t") == Worth("x", "^^<http://e/t>", Kind.OTHER)
