"""Command ``info``: count what a graph holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click
import msgspec

from graphbuild.cli.options import graph_argument
from graphbuild.store.folder import GraphFolder
from graphbuild.store.summary import Class, Summary, summarise
from graphbuild.text import visible

MAIN_CLASSES = (
    "gb:Paper",
    "foaf:Person",
    "gb:Authorship",
    "gb:Profile",
    "gb:CodeRepository",
    "gb:CodeLink",
    "gb:Method",
    "schema:Dataset",
    "foaf:Organization",
)
WORDS = {
    "gb:NameOnly": "known by name only",
    "gb:JoinedByEvidence": "joined by evidence",
    "gb:Identified": "identified",
    "gb:Complete": "complete",
    "gb:Truncated": "cut short by the source",
    "gb:Unknown": "not known to be complete",
    "gb:Released": "says it is released",
    "gb:Promised": "promises it",
    "gb:Mentioned": "mentions it",
}
"""What statuses mean, for the table."""

Row = tuple[str, ...]


@click.command(short_help="Count what a graph holds.")
@graph_argument
@click.option("-f", "--format", type=click.Choice(["table", "json"]), default="table")
def info(graph: GraphFolder, format: str) -> None:
    r"""Show what GRAPH holds: classes, properties, sources, dates and how it was built.

    The percentage behind a property is the share of the class's entities that have it.

    \b
    Examples:
      graphbuild info my-graph
      graphbuild info my-graph --format json | jq .papers
    """
    summary = summarise(graph)
    if format == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(summary), indent=2))
        return
    for line in _lines(summary):
        click.echo(visible(line) if "\x1b" not in line else line)


def _lines(summary: Summary) -> Iterator[str]:
    seconds = sum(summary.seconds.values())
    yield _heading(summary.graph)
    yield f"  {summary.triples:,} triples, written {summary.written} by graphbuild {summary.version}"
    yield f"  built in {seconds:.1f} s; IRIs start with {summary.base}"
    yield f"  {summary.rejected:,} records rejected, {summary.undecided:,} identity questions open"
    yield ""
    yield _heading("Sources")
    yield from _columns(_source_rows(summary))
    yield ""
    yield _heading("Papers, people and code")
    yield from _columns(_facts(summary))
    yield ""
    yield _heading("Entities by class")
    yield from _columns((item.name, f"{item.entities:,}") for item in summary.classes)
    for item in sorted(summary.classes, key=_order):
        if item.name in MAIN_CLASSES:
            yield ""
            yield _heading(f"{item.name}: {item.entities:,} entities; who has what")
            yield from _columns(_property_rows(item))


def _source_rows(summary: Summary) -> Iterator[Row]:
    for source in summary.sources:
        captured = f"captured {source.captured}" if source.captured else "capture date not stated"
        yield source.file, source.format, f"{source.bytes:,} bytes", captured


def _facts(summary: Summary) -> Iterator[Row]:
    papers = summary.papers
    if papers.dated:
        yield "dates", f"{papers.first} to {papers.last}", f"{papers.dated:,} papers"
    if papers.inferred:
        yield "", "of these with an inferred year", f"{papers.inferred:,} papers"
    if papers.year_unknown:
        yield "", "year not stated", f"{papers.year_unknown:,} papers"
    for name, unit, counts in (
        ("author lists", "papers", summary.author_lists),
        ("identity", "entities", summary.identity),
        ("code", "sentences", summary.stances),
    ):
        for place, (status, count) in enumerate(counts.items()):
            yield "" if place else name, WORDS.get(status, status), f"{count:,} {unit}"


def _property_rows(item: Class) -> Iterator[Row]:
    for used in item.properties:
        several = f"{used.statements:,} statements" if used.statements > used.entities else ""
        yield used.name, f"{used.entities:,}", f"{used.share:.0%}", several


def _order(item: Class) -> int:
    return MAIN_CLASSES.index(item.name) if item.name in MAIN_CLASSES else len(MAIN_CLASSES)


def _columns(rows: Iterable[Row]) -> Iterator[str]:
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = (_cell(text, width) for text, width in zip(row, widths, strict=True))
        yield "  " + "  ".join(cells).rstrip()


def _cell(text: str, width: int) -> str:
    return text.rjust(width) if text[:1].isdigit() or text.endswith("%") else text.ljust(width)


def _heading(text: str) -> str:
    return click.style(visible(text), bold=True)
