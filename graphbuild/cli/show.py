"""Command ``show``: everything about one entity."""

import shutil
import sys
import textwrap
from collections.abc import Iterator

import click
import msgspec

from graphbuild.cli.options import place_option
from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.store.aspects import Part
from graphbuild.store.description import Description, Source, describe, resolve, statements
from graphbuild.store.places import Place, facts_of
from graphbuild.store.turtle import write_turtle
from graphbuild.store.words import INFERRED, class_words
from graphbuild.text import visible

WIDTH = 100
NARROWEST = 60
READABLE = 40
SHOWN = 20
"""Rows of a list before the rest is only counted."""

EXAMPLES = """\b
Examples:
  graphbuild show "Ada Example" --graph my-graph
  graphbuild show person/x2b4 -g my-graph --all
  graphbuild show github:ada/engine -g my-graph --format json
"""


@click.command(short_help="Show everything about one entity.", epilog=EXAMPLES)
@click.argument("entity")
@place_option
@click.option(
    "-f",
    "--format",
    type=click.Choice(["text", "json", "ttl"]),
    default="text",
    show_default=True,
    help="Text to read; JSON; or the triples about the entity as Turtle.",
)
@click.option("--all", "everything", is_flag=True, help="Shorten no list, and add each statement.")
def show(graph: Place, entity: str, format: str, *, everything: bool) -> None:
    """Show what the graph says about ENTITY, what it is linked to, and which records say so.

    ENTITY is a name, a title, an identifier, an IRI or the part of an IRI after /id/. When several
    entities go by a name, they are listed.
    """
    facts = facts_of(graph)
    iri = resolve(graph, facts, entity)
    if format == "ttl":
        write_turtle(statements(facts, iri), PREFIXES, sys.stdout.buffer)
        return
    description = describe(facts, iri)
    if format == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(_named_cells(description)), indent=2))
        return
    for line in _page(description, everything=everything):
        click.echo(line)


def _named_cells(description: Description) -> dict[str, object]:
    """Return a description whose rows have the names of their columns."""
    plain: dict[str, object] = msgspec.to_builtins(description)
    plain["parts"] = {
        part.title: [dict(zip(part.columns, row, strict=True)) for row in part.rows]
        for part in description.parts
    }
    return plain


def _page(description: Description, *, everything: bool) -> Iterator[str]:
    yield click.style(_line(description.name), bold=True)
    yield _line(f"{class_words(description.kind)} · {description.iri}")
    yield ""
    facts = [part for part in description.parts if not part.is_list]
    indent = max((len(part.title) for part in facts), default=0) + 4
    for part in facts:
        for number, line in enumerate(_table(part, indent)):
            label = "" if number else f"  {part.title}"
            yield f"{label.ljust(indent)}{line}"
    for part in description.parts:
        if part.is_list:
            yield from _list(part, everything=everything)
    records = tuple((_source(each),) for each in description.sources)
    yield from _list(_long("sources", "record", rows=records), everything=everything)
    if everything:
        for title, rows in (
            ("every statement", description.properties),
            ("every reference to it", description.incoming),
        ):
            yield from _list(_long(title, "property", "value", rows=rows), everything=True)


def _long(title: str, *columns: str, rows: tuple[tuple[str, ...], ...]) -> Part:
    return Part(title, columns, rows, is_list=True)


def _list(part: Part, *, everything: bool) -> Iterator[str]:
    total = len(part.rows)
    if not total:
        return
    shown = part.rows if everything else part.rows[:SHOWN]
    yield ""
    title = part.title[:1].upper() + part.title[1:]
    yield click.style(f"{title} ({total:,})" if total > 1 else title, bold=True)
    rows = tuple(tuple(cell.replace(INFERRED, "*") for cell in row) for row in shown)
    yield from (f"  {line}" for line in _table(Part(part.title, part.columns, rows), 2))
    if total > len(shown):
        yield f"  ... and {total - len(shown):,} more; --all shows them"
    if rows != shown:
        yield "  * year inferred"


def _table(part: Part, indent: int) -> Iterator[str]:
    """Yield the rows of a part as aligned lines; the last column is wrapped."""
    kept = [number for number, name in enumerate(part.columns) if name != "iri"]
    rows = [[_line(row[number]) for number in kept] for row in part.rows]
    *firsts, _ = zip(*rows, strict=True)
    widths = [max(map(len, column)) for column in firsts]
    before = sum(width + 2 for width in widths if width)
    room = _width() - indent - before
    for *cells, last in rows:
        start = "".join(
            _aligned(cell, width) + "  " for cell, width in zip(cells, widths, strict=True) if width
        )
        if room < len(last) and room < READABLE:  # too narrow a column: it goes below the others
            yield start.rstrip()
            yield from (f"  {line}" for line in _wrapped(last, _width() - indent - 2))
            continue
        for number, line in enumerate(_wrapped(last, max(room, READABLE))):
            yield ((" " * before if number else start) + line).rstrip()


def _aligned(cell: str, width: int) -> str:
    return cell.rjust(width) if cell[:1].isdigit() and " paper" in cell else cell.ljust(width)


def _wrapped(text: str, room: int) -> list[str]:
    return textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False) or [""]


def _source(source: Source) -> str:
    place = [source.file]
    if source.entry is not None:
        place.append(f"entry {source.entry}")
    if source.line is not None:
        place.append(f"line {source.line}")
    return ", ".join(place) + (f': "{source.text}"' if source.text else "")


def _line(text: str) -> str:
    return " ".join(visible(text).split())


def _width() -> int:
    return max(NARROWEST, min(WIDTH, shutil.get_terminal_size((WIDTH, 0)).columns))
