"""What programs may rely on in an answer: its columns, the kinds of their values, its order."""

import csv
import re

import pytest

from graphbuild.query.catalogue import load_all
from tests.queries.test_golden import CASES, is_graph, kept

MIXED = {
    "author-profile": {"value"},
    "paper-detail": {"value"},
    "source-statements": {"value"},
}
"""Columns that hold whatever a fact is: numbers beside names."""

NUMBER = re.compile(r'[+-]?[0-9.]+([eE][0-9]+)?|".*"\^\^<.*#(integer|decimal|double)>')
DATES = ("#date>", "#gYear>", "#gYearMonth>", "#gMonthDay>", "#dateTime>")
SELECTS = [case for case in CASES if not is_graph(case.values[0])]


def table(query, options):
    text = kept(query, options).read_text(encoding="utf-8")
    head, *rows = csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [name.removeprefix("?") for name in head], rows


def kind(term):
    """Return what a program makes of a term: an IRI, a number, a truth value, a date or text."""
    if term.startswith("<"):
        return "iri"
    if term in {"true", "false"}:
        return "boolean"
    if NUMBER.fullmatch(term):
        return "number"
    return "date" if term.endswith(DATES) else "text"


@pytest.mark.parametrize(("query", "options"), SELECTS)
def test_a_column_holds_values_of_one_kind(query, options):
    head, rows = table(query, options)
    kinds = {
        name: {kind(row[place]) for row in rows if row[place]} for place, name in enumerate(head)
    }
    mixed = {name for name, found in kinds.items() if len(found) > 1}
    assert mixed <= MIXED.get(query.id, set())


@pytest.mark.parametrize(("query", "options"), SELECTS)
def test_no_row_comes_twice(query, options):
    """A row that comes twice is a join that multiplies, and has no place of its own in the order."""
    _, rows = table(query, options)
    assert len({tuple(row) for row in rows}) == len(rows)


@pytest.mark.parametrize("query", load_all(), ids=lambda query: query.id)
def test_a_picture_is_drawn_from_columns_of_the_answer(query):
    head = set() if is_graph(query) else set(table(query, options=False)[0])
    named = {
        query.view[key] for key in ("source", "target", "weight", "x", "y") if key in query.view
    }
    assert named <= head | {parameter.name for parameter in query.parameters}
