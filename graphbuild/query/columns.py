"""Change the rows of an answer for people: names beside IRIs, or CURIEs instead of them."""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from graphbuild.mapping.vocabulary import curie
from graphbuild.query.solutions import Row, Term
from graphbuild.store.places import Place, facts_of

Columns = tuple[str, ...]


def with_labels(place: Place, columns: Columns, rows: Iterable[Row]) -> tuple[Columns, list[Row]]:
    """Return rows in which a column ``xLabel`` follows each column ``x`` that holds named entities.

    Args:
        place: the graph that knows the names.
        columns: names of the columns.
        rows: the rows; read whole.
    """
    content = list(rows)
    iris = sorted({term.value for row in content for term in row if isinstance(term, NamedNode)})
    facts = facts_of(place, iris)
    names = {iri: Literal(facts.label(iri)) for iri in iris if facts.label(iri)}
    labels = [[_name(row[index], names) for row in content] for index in range(len(columns))]
    named = [index for index, column in enumerate(labels) if any(column)]
    wider = [
        name for i, own in enumerate(columns) for name in (own, f"{own}Label")[: 1 + (i in named)]
    ]
    return tuple(wider), [
        tuple(
            cell
            for i, own in enumerate(row)
            for cell in (own, labels[i][number])[: 1 + (i in named)]
        )
        for number, row in enumerate(content)
    ]


def with_curies(columns: Columns, rows: Iterable[Row]) -> tuple[Columns, Iterator[Row]]:
    """Return rows in which an IRI of a known vocabulary is its CURIE, as text."""
    return columns, (tuple(map(_shortened, row)) for row in rows)


def _name(term: Term | None, names: dict[str, Literal]) -> Literal | None:
    return names.get(term.value) if isinstance(term, NamedNode) else None


def _shortened(term: Term | None) -> Term | None:
    if not isinstance(term, NamedNode):
        return term
    short = curie(term.value)
    return term if short == term.value else Literal(short)
