"""Command ``info``: count what a graph holds."""

import re
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
    "gb:Released": "say it is released",
    "gb:Promised": "promise it",
    "gb:Mentioned": "only mention it",
}
"""What statuses mean, for the table."""

NUMBER = re.compile(r"[\d,]+%?( bytes| statements)?")
Row = tuple[str, ...]


EXAMPLES = """\b
Examples:
  graphbuild info my-graph
  graphbuild info my-graph --format json | jq .papers
"""


@click.command(short_help="Count what a graph holds.", epilog=EXAMPLES)
@graph_argument
@click.option("-f", "--format", type=click.Choice(["table", "json"]), default="table")
def info(graph: GraphFolder, format: str) -> None:
    """Show what GRAPH holds: classes, properties, sources, dates and how it was built.

    The percentage behind a property is the share of the class's entities that have it.
    """
    summary = summarise(graph)
    if format == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(summary), indent=2))
        return
    for line in _lines(summary):
        click.echo(line)


def _lines(summary: Summary) -> Iterator[str]:
    seconds = sum(summary.seconds.values())
    yield _heading(summary.graph)
    yield f"  {summary.triples:,} triples; IRIs start with {summary.base}"
    yield f"  built {summary.written} by graphbuild {summary.version} in {seconds:.1f} s"
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
    yield "papers", _dates(summary)
    for name, counts in (
        ("author lists", summary.author_lists),
        ("people", summary.identity),
        ("code sentences", summary.stances),
    ):
        if counts:
            yield (
                name,
                ", ".join(f"{count:,} {WORDS.get(key, key)}" for key, count in counts.items()),
            )


def _dates(summary: Summary) -> str:
    papers = summary.papers
    parts = [f"{papers.dated:,} dated"]
    if papers.dated:
        parts[0] += f", {papers.first} to {papers.last}"
    if papers.inferred:
        parts.append(f"the year of {papers.inferred:,} of them is inferred")
    if papers.year_unknown:
        parts.append(f"{papers.year_unknown:,} without a stated year")
    return "; ".join(parts)


def _property_rows(item: Class) -> Iterator[Row]:
    for used in item.properties:
        several = f"{used.statements:,} statements" if used.statements > used.entities else ""
        yield used.name, f"{used.entities:,}", f"{used.share:.0%}", several


def _order(item: Class) -> int:
    return MAIN_CLASSES.index(item.name) if item.name in MAIN_CLASSES else len(MAIN_CLASSES)


def _columns(rows: Iterable[Row]) -> Iterator[str]:
    table = list(rows)
    if not table:
        yield "  none"
        return
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = (_cell(visible(text), width) for text, width in zip(row, widths, strict=True))
        yield "  " + "  ".join(cells).rstrip()


def _cell(text: str, width: int) -> str:
    return text.rjust(width) if NUMBER.fullmatch(text) else text.ljust(width)


def _heading(text: str) -> str:
    return click.style(visible(text), bold=True)
