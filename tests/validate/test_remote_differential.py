"""By SPARQL the same is found as by columns on our shapes, however the data is damaged."""

from collections import Counter

import pytest
from pyoxigraph import RdfFormat, Store

from graphbuild.validate import validate
from graphbuild.validate.data import held
from graphbuild.validate.remote.engine import select
from graphbuild.validate.remote.engine import validate as by_sparql
from graphbuild.validate.shapes import shipped_shapes
from tests.validate.test_differential import damaged


def stored(rows):
    """Return a store of triples, and the triples as it writes them."""
    store = Store()
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in rows)
    store.load(lines, format=RdfFormat.N_TRIPLES)
    return store, [(str(q.subject), str(q.predicate), str(q.object)) for q in store]


def results(report):
    return Counter(
        (r.severity, r.component, r.focus, r.path, r.value, r.shape, r.message)
        for r in report.results
    )


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("seed", range(2))
def test_sparql_finds_on_damaged_graphs_what_the_columns_find(graphs, number, seed):
    store, rows = stored(damaged(graphs[number], seed))
    asked = by_sparql(lambda text: select(store, text), shipped_shapes())
    with held(rows) as data:
        read = validate(data, shipped_shapes())
        due = results(read)
    assert sum(due.values()) > 15
    assert results(asked) == due
    assert asked.unused == read.unused
