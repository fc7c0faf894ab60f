"""Lay out rows for people: aligned text, Markdown, or a page of HTML."""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape

from pyoxigraph import Literal, NamedNode
from rich.cells import cell_len, set_cell_size

from graphbuild.mapping.vocabulary import curie
from graphbuild.query.solutions import NUMBERS, Row, Term
from graphbuild.text import visible

GAP = "  "
ELLIPSIS = "…"
NARROWEST = 6
MARKDOWN = re.compile(r"[\\`*\[\]<>|~]|(?<!\w)_|_(?!\w)")
STYLE = (
    "body{font:15px/1.4 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse}"
    "th,td{padding:.3rem .8rem;border-bottom:1px solid #ccc;text-align:left;vertical-align:top}"
    "th{position:sticky;top:0;background:#fff}td.number{text-align:right}"
)

Shortener = Callable[[str], str]


def shortener(base: str) -> Shortener:
    """Return a function that shortens IRIs: ``paper/...`` for our own, CURIEs for the vocabulary.

    >>> short = shortener("https://example.org/kg/")
    >>> short("https://example.org/kg/id/paper/abc"), short("http://xmlns.com/foaf/0.1/Person")
    ('paper/abc', 'foaf:Person')
    """
    own = f"{base}id/"

    def short(iri: str) -> str:
        return iri.removeprefix(own) if iri.startswith(own) else curie(iri)

    return short


def text_table(
    columns: tuple[str, ...], rows: Iterable[Row], short: Shortener, width: int | None
) -> Iterator[str]:
    """Yield the lines of a table: first the names of the columns, then a rule, then the rows.

    Args:
        columns: names of the columns.
        rows: the rows; read whole before the first line comes.
        short: shortens IRIs.
        width: columns of the terminal, to which long cells are cut; None for no cutting.
    """
    content = list(rows)
    numeric = [_is_numeric([row[index] for row in content]) for index in range(len(columns))]
    cells = [[cell(term, short) for term in row] for row in content]
    widths = [max(map(cell_len, column)) for column in zip(columns, *cells, strict=True)]
    if width is not None:
        widths = _fitted(widths, width)
    yield _line(list(columns), widths, numeric)
    yield GAP.join("─" * size for size in widths)
    for row in cells:
        yield _line(row, widths, numeric)


def markdown(columns: tuple[str, ...], rows: Iterable[Row], short: Shortener) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for row in rows:
        texts = [MARKDOWN.sub(r"\\\g<0>", cell(term, short)) for term in row]
        yield f"| {' | '.join(texts)} |"


def page(
    title: str, columns: tuple[str, ...], rows: Iterable[Row], short: Shortener
) -> Iterator[str]:
    """Yield the lines of an HTML page that needs nothing else and runs no script."""
    yield (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
    )
    names = "".join(f"<th>{escape(name)}</th>" for name in columns)
    yield f"<body><h1>{escape(title)}</h1>\n<table><thead><tr>{names}</tr></thead><tbody>"
    for row in rows:
        yield f"<tr>{''.join(html_cell(term, short) for term in row)}</tr>"
    yield "</tbody></table></body></html>"


def records(columns: tuple[str, ...], rows: Iterable[Row], short: Shortener) -> Iterator[str]:
    """Yield a block of lines for each row: a name of a column and its value, aligned."""
    wide = max(map(cell_len, columns), default=0)
    for number, row in enumerate(rows):
        if number:
            yield ""
        for name, term in zip(columns, row, strict=True):
            yield f"{name.ljust(wide)}{GAP}{cell(term, short)}".rstrip()


def lexical(term: Term | None) -> str:
    """Return the bare value of a term, as SPARQL's CSV has it; empty for none."""
    if term is None:
        return ""
    return term.value if isinstance(term, (NamedNode, Literal)) else str(term)


def cell(term: Term | None, short: Shortener) -> str:
    """Return a term in one line, safe to show."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return visible(short(term.value))
    return visible(" ".join((term.value if isinstance(term, Literal) else str(term)).split()))


def _is_numeric(column: list[Term | None]) -> bool:
    terms = [term for term in column if term is not None]
    return bool(terms) and all(
        isinstance(term, Literal) and term.datatype.value in NUMBERS for term in terms
    )


def _fitted(widths: list[int], available: int) -> list[int]:
    """Cut the widest columns until the table fits, none below what still says something."""
    room = available - len(GAP) * (len(widths) - 1)
    cap = min(max(widths, default=0), max(room, NARROWEST))
    while cap > NARROWEST and sum(min(size, cap) for size in widths) > room:
        cap -= 1
    fitted = [min(size, cap) for size in widths]
    spare = room - sum(fitted)
    for index, size in enumerate(widths):
        if spare > 0 and size > cap:
            fitted[index] += 1
            spare -= 1
    return fitted


def _line(cells: list[str], widths: list[int], numeric: list[bool]) -> str:
    sized = [
        _sized(text, size, right=number)
        for text, size, number in zip(cells, widths, numeric, strict=True)
    ]
    return GAP.join(sized).rstrip()


def _sized(text: str, size: int, *, right: bool) -> str:
    length = cell_len(text)
    if length > size:
        return set_cell_size(text, size - 1) + ELLIPSIS
    return " " * (size - length) + text if right else text + " " * (size - length)


def html_cell(term: Term | None, short: Shortener) -> str:
    """Return a cell of an HTML table; a web address is a link."""
    text = escape(cell(term, short))
    if isinstance(term, NamedNode) and term.value.startswith(("http://", "https://")):
        return f'<td><a href="{escape(term.value)}">{text}</a></td>'
    number = isinstance(term, Literal) and term.datatype.value in NUMBERS
    return f'<td class="number">{text}</td>' if number else f"<td>{text}</td>"
