"""Say when two literals are the same value: engines write numbers and tags in a form of their own.

Oxigraph and Virtuoso turn ``"01"^^xsd:int`` into ``"1"^^xsd:integer`` and tags into lower case; a
comparison with what they hold must not take that for a change.
"""

from decimal import Decimal, InvalidOperation
from pathlib import Path

from graphbuild.publish.delta import Delta, quoted, rows_of, working
from graphbuild.store.columns import BATCH, XSD, Row, literal
from graphbuild.store.triples import write_columns, write_lines

WHOLE = frozenset(
    f"{XSD}{name}"
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
        "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort",
        "unsignedByte",
    )
)  # fmt: skip
NUMBERS = WHOLE | {f"{XSD}decimal", f"{XSD}double", f"{XSD}float"}
BOOLEANS = {"1": "true", "0": "false"}
NEAR = """
SELECT held.s, held.p, held.o FROM read_parquet('{these}') AS held
SEMI JOIN read_parquet('{those}') AS asked ON held.s = asked.s AND held.p = asked.p
"""


def value_of(term: str) -> str:
    """Return what all terms of one value share; of an IRI, itself.

    >>> value_of('"01"^^<http://www.w3.org/2001/XMLSchema#int>')
    'number 1'
    >>> value_of('"Wort"@de-AT')
    '"Wort"@de-at'
    """
    if not term.startswith('"'):
        return term
    text, datatype, language = literal(term)
    if language:
        return f"{term[: term.rindex('@')]}@{language.lower()}"
    if datatype in NUMBERS:
        return _number(text, term)
    if datatype == f"{XSD}boolean":
        return f"boolean {BOOLEANS.get(text, text)}"
    if datatype == f"{XSD}dateTime":
        return f"dateTime {text.removesuffix('+00:00').removesuffix('Z')}"
    return f"{datatype} {text}"


def _number(text: str, term: str) -> str:
    try:
        return f"number {Decimal(text).normalize():f}"
    except InvalidOperation:
        return term


def lacking(rows: list[Row], held: list[Row]) -> list[Row]:
    """Return the rows that are not held, whatever form the values have there."""
    known = {(s, p, value_of(o)) for s, p, o in held}
    return [row for row in rows if (row[0], row[1], value_of(row[2])) not in known]


def alike_left_out(delta: Delta, held: Path, graph: Path, folder: Path) -> Delta:
    """Return a delta without what one side has in another form of the same value.

    Args:
        delta: what is in one and not in the other.
        held: columns of the old graph.
        graph: columns of the new graph.
        folder: where to write.
    """
    if not (delta.additions and delta.removals):
        return delta
    added = _unlike(delta.added, held, folder / "alike-added")
    removed = _unlike(delta.removed, graph, folder / "alike-removed")
    return Delta(added[0], removed[0], added[1], removed[1])


def _unlike(rows: Path, others: Path, folder: Path) -> tuple[Path, int]:
    """Write the rows of which no other has subject, predicate and the same value."""
    with working("the graphs cannot be compared", folder) as connection:
        found = connection.execute(NEAR.format(these=quoted(others), those=quoted(rows)))
        known: set[Row] = set()
        while some := found.fetchmany(BATCH):
            known.update((s, p, value_of(o)) for s, p, o in some)
    folder.mkdir(exist_ok=True)
    lines, columns = folder / "unlike.nt", folder / "unlike.parquet"
    kept = (row for row in rows_of(rows) if (row[0], row[1], value_of(row[2])) not in known)
    write_lines(lines, (f"{s} {p} {o} .\n" for s, p, o in kept))
    return columns, write_columns([lines], columns)
