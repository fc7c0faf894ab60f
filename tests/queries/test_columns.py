"""The columns answer each canned query as the store does, in the same order, or refuse it."""

import io
from contextlib import suppress

import duckdb
import pytest

from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.query.analytic.answer import answer
from graphbuild.query.analytic.compile import compiled
from graphbuild.query.analytic.database import opened
from graphbuild.query.analytic.output import prepare
from graphbuild.query.analytic.parse import parse
from graphbuild.query.analytic.tree import Unsupported
from tests.queries.test_golden import CASES, is_graph, kept


@pytest.fixture(scope="module")
def columns(example):
    with opened(example.columns) as database:
        prepare(database.connection)
        yield database


@pytest.mark.parametrize(("query", "options"), CASES)
def test_the_columns_give_the_answer_that_was_read_and_kept(columns, asked, query, options):
    """A graph's triples have no order; those of a table do, as canned queries sort totally."""
    text, output = asked(query, options=options), io.BytesIO()
    columns.foreign.clear()
    try:
        answer(columns, text, PREFIXES, "nt" if is_graph(query) else "tsv", output)
    except Unsupported as reason:
        pytest.skip(f"left to the store: {reason}")
    except duckdb.Error as error:
        if "leave this to the store" not in str(error):
            raise
        pytest.skip("left to the store on the way")
    own = output.getvalue().decode().splitlines()
    other = kept(query, options).read_text(encoding="utf-8").splitlines()
    if is_graph(query):
        own, other = sorted(own), sorted(other)
    assert own == other


def test_most_canned_queries_are_in_the_fragment(columns, asked):
    some, answered = CASES[::8], []
    for query, options in (case.values for case in some):
        with suppress(Unsupported):
            answered.append(compiled(parse(asked(query, options=options), PREFIXES), columns))
    assert len(answered) > len(some) / 2
