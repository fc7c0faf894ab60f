"""Command ``find``: which entities go by these words."""

import csv
import io
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import msgspec
from rich.cells import cell_len, set_cell_size

from graphbuild.cli.options import graph_option
from graphbuild.errors import NoSuchEntityError
from graphbuild.store.folder import MANIFEST, GraphFolder
from graphbuild.store.search import Found, Hit, search
from graphbuild.store.words import class_words
from graphbuild.text import visible

KINDS = {
    "dataset": "schema:Dataset",
    "family": "gb:MethodFamily",
    "meeting": "bibo:Conference",
    "method": "gb:Method",
    "organisation": "foaf:Organization",
    "paper": "gb:Paper",
    "person": "foaf:Person",
    "profile": "gb:Profile",
    "repository": "gb:CodeRepository",
    "topic": "skos:Concept",
    "venue": "gb:Venue",
    "volume": "gb:Volume",
}
"""Classes by the word for them on the command line."""

WIDE = 100
NAME_ROOM = 60

EXAMPLES = """\b
Examples:
  graphbuild find hadley --graph my-graph
  graphbuild find "sparse lay" --class paper -g my-graph
  graphbuild find 10.1000/looms --format json"""


def _only_words(
    ctx: click.Context, _param: click.Parameter, words: tuple[str, ...]
) -> tuple[str, ...]:
    """Refuse a graph folder after the words, where it would be looked for as one of them."""
    if len(words) > 1 and (Path(words[-1]) / MANIFEST).is_file():
        folder = visible(words[-1])
        raise click.UsageError(
            f"{folder!r} is a graph folder: say --graph {folder}, or quote the words together to "
            "look for its name.",
            ctx,
        )
    return words


@click.command(short_help="Find entities by words, despite misspellings.", epilog=EXAMPLES)
@click.argument("words", nargs=-1, required=True, callback=_only_words)
@graph_option
@click.option("--class", "kind", type=click.Choice(sorted(KINDS)), help="Only entities of a class.")
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many."
)
@click.option(
    "-f",
    "--format",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How the entities are written.",
)
def find(
    graph: GraphFolder, words: tuple[str, ...], kind: str | None, limit: int, format: str
) -> None:
    """Find the entities whose names, titles or identifiers hold WORDS, best match first.

    Case and accents do not count, and the start of a word is enough. Words that the graph does not
    hold are read as those nearest in spelling. Status 4 says that nothing was found.
    """
    asked = " ".join(words)
    found = search(graph.search, asked, kind and KINDS[kind], limit)
    if not found.hits:
        of = f" of class {kind}" if kind else ""
        raise NoSuchEntityError(f"no name{of} holds {asked!r}; try fewer or shorter words")
    _explain(found, asked)
    for line in WRITERS[format](found.hits, graph):
        click.echo(line)


def _explain(found: Found, asked: str) -> None:
    if found.read_as:
        click.echo(f"read as {found.read_as!r}: no name holds {visible(asked)!r}", err=True)
    if found.some_words:
        click.echo("no name holds all the words: these hold some of them", err=True)


def _table(hits: Sequence[Hit], graph: GraphFolder) -> Iterator[str]:
    own = f"{graph.build.base}id/"
    room = shutil.get_terminal_size((WIDE, 0)).columns if sys.stdout.isatty() else None
    rows = [
        (_name(hit), class_words(hit.kind), visible(hit.note), hit.iri.removeprefix(own))
        for hit in hits
    ]
    wide = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    if room is not None:
        wide[0] = min(wide[0], max(NAME_ROOM // 3, room - sum(wide[1:]) - 2 * len(wide)))
    for row in rows:
        cells = (_fitted(cell, size) for cell, size in zip(row, wide, strict=True))
        yield "  ".join(cells).rstrip()


def _fitted(cell: str, size: int) -> str:
    return (
        set_cell_size(cell, size) if cell_len(cell) <= size else set_cell_size(cell, size - 1) + "…"
    )


def _name(hit: Hit) -> str:
    also = f" ({hit.matched})" if hit.matched != hit.label else ""
    return " ".join(visible(hit.label + also).split())


def _json(hits: Sequence[Hit], _: GraphFolder) -> Iterator[str]:
    yield msgspec.json.format(
        msgspec.json.encode([hit._asdict() for hit in hits]), indent=2
    ).decode()


def _csv(hits: Sequence[Hit], _: GraphFolder) -> Iterator[str]:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Hit._fields)
    writer.writerows(hits)
    yield text.getvalue().removesuffix("\n")


WRITERS = {"table": _table, "json": _json, "csv": _csv}
