"""Write what a query answers in the format that was asked for."""

import codecs
import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO

from pyoxigraph import (
    Literal,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    parse,
    parse_query_results,
)

from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.query import tables
from graphbuild.query.evaluate import Answer
from graphbuild.query.formats import BINARY, FORMATS
from graphbuild.query.run import CHUNK
from graphbuild.query.solutions import Row, Term, solutions, value
from graphbuild.text import visible

KEYWORDS = {"@id", "@type", "1.1"}
"""What a context must say whatever the graph: the names of the keywords, and the version."""
BOLD, NORMAL = "\x1b[1m", "\x1b[0m"


Columns = tuple[str, ...]
Change = Callable[[Columns, Iterable[Row]], tuple[Columns, Iterable[Row]]]


@dataclass(frozen=True)
class Layout:
    """How a result looks.

    Attributes:
        title: heading of an HTML page.
        short: shortens the IRIs of tables, Markdown and HTML.
        headers: whether the names of the columns come first, in a table, CSV and TSV.
        terminal: whether the result goes to a terminal, where control characters are made visible.
        width: columns of the terminal; None when nothing need be cut.
        colour: whether a table's names of columns are bold.
        change: makes other columns and rows of the answer's, such as with names of entities.
    """

    title: str
    short: tables.Shortener
    headers: bool = True
    terminal: bool = False
    width: int | None = None
    colour: bool = False
    change: Change | None = None


class Terminal:
    """Passes text on to a terminal, its control characters made visible."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def write(self, piece: bytes) -> None:
        """Write bytes of UTF-8, which may end within a character."""
        text = self._decoder.decode(piece).replace("\r", "")
        self._sink.write(visible(text).encode())


def write(answer: Answer, format: str, sink: BinaryIO, layout: Layout) -> None:
    """Write the answer of a SELECT, CONSTRUCT or DESCRIBE.

    Formats that the worker writes itself pass through piece by piece.

    Args:
        answer: of the query, evaluated in the format's transport.
        format: a key of `FORMATS`.
        sink: takes the bytes.
        layout: how it looks.

    Raises:
        QueryError, QueryTimeoutError, GraphError: as `Evaluation.read` does.
    """
    if FORMATS[format].transport is None and layout.change is None:
        target = Terminal(sink) if layout.terminal else sink
        last = b""
        for piece in _passed(answer, headers=layout.headers):
            target.write(piece)
            last = piece
        if last and not last.endswith(b"\n"):
            target.write(b"\n")
        return
    if format == "jsonld":
        _write_jsonld(answer, Terminal(sink) if layout.terminal else sink)
        return
    columns: Columns
    rows: Iterable[Row]
    columns, rows = solutions(answer)
    if layout.change is not None:
        columns, rows = layout.change(columns, rows)
    if format in BINARY:
        _write_columns(format, columns, rows, sink)
        return
    sink.writelines(f"{line}\n".encode() for line in _lines(format, columns, rows, layout))


def _write_columns(format: str, columns: Columns, rows: Iterable[Row], sink: BinaryIO) -> None:
    from graphbuild.query import frames
    from graphbuild.query.rows import python_value

    save = {"parquet": frames.write_parquet, "arrow": frames.write_arrow}[format]
    save(columns, (tuple(map(python_value, row)) for row in rows), sink)


def write_answer(answer: Answer, format: str, sink: BinaryIO) -> bool:
    """Write the answer of an ASK and return it."""
    content = answer.read()
    syntax = QueryResultsFormat.XML if format == "srx" else QueryResultsFormat.JSON
    parsed = parse_query_results(content, format=syntax)
    yes = isinstance(parsed, QueryBoolean) and bool(parsed)
    plain = f"{json.dumps(yes)}\n".encode()
    sink.write(content.rstrip() + b"\n" if FORMATS[format].transport is None else plain)
    return yes


def _write_jsonld(answer: Answer, sink: "BinaryIO | Terminal") -> None:
    from graphbuild.store.formats import shipped_context
    from graphbuild.store.jsonld import write_jsonld

    found = parse(answer.read(), format=RdfFormat.N_TRIPLES)
    rows = sorted((str(quad.subject), str(quad.predicate), str(quad.object)) for quad in found)
    named = {term for row in rows for term in row if term.startswith("<")}
    context = {
        name: meaning
        for name, meaning in shipped_context().items()
        if name in PREFIXES or _stands_for(meaning) in named | KEYWORDS
    }
    target: Any = sink  # has what the writer needs of a file
    write_jsonld(rows, context, target)


def _stands_for(meaning: object) -> str:
    """Return the IRI, in angle brackets, or the keyword that a context gives a name to."""
    curie = str(meaning["@id"] if isinstance(meaning, dict) else meaning)
    prefix, _, local = curie.partition(":")
    return f"<{PREFIXES[prefix]}{local}>" if prefix in PREFIXES else curie


def _passed(answer: Answer, *, headers: bool) -> Iterator[bytes]:
    skipping = not headers
    while piece := answer.read(CHUNK):
        if skipping:
            _, end, piece = piece.partition(b"\n")
            skipping = not end
        if piece:
            yield piece


def _lines(
    format: str, columns: tuple[str, ...], rows: Iterable[Row], layout: Layout
) -> Iterator[str]:
    if format == "json":
        return _json_array(columns, rows, layout)
    if format == "jsonl":
        return _json_lines(columns, rows, layout)
    if format == "md":
        return tables.markdown(columns, rows, layout.short)
    if format == "html":
        return tables.page(layout.title, columns, rows, layout.short)
    if format in PLAIN:
        return PLAIN[format](columns, rows, layout)
    return _text_table(columns, rows, layout)


def _text_table(columns: tuple[str, ...], rows: Iterable[Row], layout: Layout) -> Iterator[str]:
    lines = tables.text_table(columns, rows, layout.short, layout.width)
    names, rule = next(lines), next(lines)
    if layout.headers:
        yield f"{BOLD}{names}{NORMAL}" if layout.colour else names
        yield rule
    yield from lines


def _json_array(columns: tuple[str, ...], rows: Iterable[Row], layout: Layout) -> Iterator[str]:
    yield "["
    before = None
    for line in _json_lines(columns, rows, layout):
        if before is not None:
            yield f" {before},"
        before = line
    if before is not None:
        yield f" {before}"
    yield "]"


def _json_lines(columns: tuple[str, ...], rows: Iterable[Row], layout: Layout) -> Iterator[str]:
    for row in rows:
        members = dict(zip(columns, map(_json_value, row), strict=True))
        line = json.dumps(members, ensure_ascii=False)
        yield visible(line) if layout.terminal else line


def _json_value(term: Term | None) -> str | int | float | bool | None:
    """Return what JSON can say of a term; a number that it cannot say exactly stays text."""
    native = value(term)
    if isinstance(native, Decimal):
        nearest = float(native)
        return nearest if Decimal(repr(nearest)) == native else str(native)
    if isinstance(native, float) and not math.isfinite(native):
        return term.value if isinstance(term, Literal) else None
    return native


def _csv(columns: Columns, rows: Iterable[Row], layout: Layout) -> Iterator[str]:
    """Yield CSV as SPARQL 1.1 has it: the bare values, blank nodes as ``_:name``."""
    cells = ([tables.lexical(term) for term in row] for row in rows)
    for record in [columns] * layout.headers:
        yield _csv_line(record)
    yield from map(_csv_line, cells)


def _csv_line(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()


def _tsv(columns: Columns, rows: Iterable[Row], layout: Layout) -> Iterator[str]:
    """Yield TSV as SPARQL 1.1 has it: terms in N-Triples form."""
    if layout.headers:
        yield "\t".join(f"?{name}" for name in columns)
    for row in rows:
        yield "\t".join("" if term is None else str(term) for term in row)


def _records(columns: Columns, rows: Iterable[Row], layout: Layout) -> Iterator[str]:
    return tables.records(columns, rows, layout.short)


def _raw(columns: Columns, rows: Iterable[Row], layout: Layout) -> Iterator[str]:  # noqa: ARG001
    for row in islice(rows, 1):
        text = tables.lexical(row[0])
        yield visible(text) if layout.terminal else text


PLAIN: dict[str, Callable[[Columns, Iterable[Row], Layout], Iterator[str]]] = {
    "csv": _csv,
    "tsv": _tsv,
    "record": _records,
    "raw": _raw,
}
