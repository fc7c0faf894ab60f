import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild import terms
from graphbuild.terms import Minter

TEXT = st.text(st.characters(exclude_categories=("Cs",)))


def parsed(term: str):
    [quad] = ox.parse(f"<urn:s> <urn:p> {term} .", format=ox.RdfFormat.N_TRIPLES)
    return quad.object


@given(TEXT)
def test_any_text_survives_as_a_literal(text):
    assert parsed(terms.literal(text)).value == text


@given(TEXT)
def test_any_key_gives_one_valid_iri_without_a_slash_in_it(key):
    iri = parsed(Minter("https://kg.example.org/").iri("paper", key)).value
    assert iri.count("/") == 5


@given(st.lists(TEXT, min_size=2, max_size=2, unique=True))
def test_different_keys_give_different_iris(keys):
    mint = Minter("https://kg.example.org/")
    assert mint.iri("paper", keys[0]) != mint.iri("paper", keys[1])


@given(TEXT)
def test_any_web_address_gives_a_valid_iri(text):
    assert parsed(terms.link(f"https://example.org/{text}")).value.startswith(
        "https://example.org/"
    )


def test_valid_escapes_in_addresses_stay():
    assert terms.link("https://e.org/a%20b c%zz") == "<https://e.org/a%20b%20c%25zz>"


@pytest.mark.parametrize(
    ("term", "value", "datatype"),
    [
        (terms.integer(52), "52", "integer"),
        (terms.decimal(0.905), "0.905", "decimal"),
        (terms.decimal(1.0), "1.0", "decimal"),
        (terms.decimal("57.50"), "57.5", "decimal"),
        (terms.TRUE, "true", "boolean"),
        (terms.FALSE, "false", "boolean"),
        (terms.date("2023-03-13"), "2023-03-13", "date"),
        (terms.date("2023-03"), "2023-03", "gYearMonth"),
        (terms.date("2023"), "2023", "gYear"),
        (terms.month_day("--05-14"), "--05-14", "gMonthDay"),
        (terms.start_of_day("2026-11-23"), "2026-11-23T00:00:00Z", "dateTime"),
    ],
)
def test_typed_literals(term, value, datatype):
    assert parsed(term) == ox.Literal(value, datatype=ox.NamedNode(terms.XSD + datatype))


def test_a_metric_of_any_name_has_an_iri():
    names = ('my metric> "x"', "a%20b", "a b", "Zitate", "tab\there")
    iris = [terms.reference("metric", name) for name in names]
    assert len(set(iris)) == len(iris)
    assert [str(parsed(iri)) for iri in iris] == iris
