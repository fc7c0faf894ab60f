"""Command ``diff``: what differs between two graphs."""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import msgspec

from graphbuild.cli.difference import lines_of, objects_of
from graphbuild.cli.places import PlaceType
from graphbuild.cli.progress import progress
from graphbuild.publish.changes import changes
from graphbuild.publish.delta import Delta, difference
from graphbuild.publish.likeness import alike_left_out
from graphbuild.publish.patch import write_patch, write_signed, write_update
from graphbuild.publish.sides import Place, Side, side
from graphbuild.store.endpoint import Endpoint

WRITERS = {"rdfpatch": write_patch, "update": write_update, "nt": write_signed}
EXAMPLES = """\b
OLD and NEW are graph folders, files or folders of RDF (also compressed; - is standard input),
addresses of SPARQL endpoints, or their names from endpoints.toml.

\b
Formats:
  text      which entities are new, gone, replaced or changed, in words
  json      the same, all of them
  rdfpatch  RDF Patch: applied to OLD it gives NEW
  update    SPARQL Update that does the same
  nt        N-Triples lines, each after + or -

\b
Examples:
  graphbuild diff last-week my-graph
  graphbuild diff dump.nt.gz my-graph --format rdfpatch > today.rdfp
  graphbuild diff https://kg.example.org/sparql my-graph --exit-status
"""


@click.command(short_help="Show what differs between two graphs.", epilog=EXAMPLES)
@click.argument("old", type=PlaceType())
@click.argument("new", type=PlaceType())
@click.option(
    "-f",
    "--format",
    type=click.Choice(["text", "json", *WRITERS]),
    default="text",
    show_default=True,
    help="What to print.",
)
@click.option("--all", "everything", is_flag=True, help="Shorten no list of the text.")
@click.option("--exit-status", is_flag=True, help="End with status 1 if they differ.")
@click.pass_context
def diff(  # noqa: PLR0913 - one parameter per option
    ctx: click.Context, old: Place, new: Place, format: str, *, everything: bool, exit_status: bool
) -> None:
    """Show which triples NEW has and OLD has not, and the other way round.

    Nothing is shown of what they have in common. Blank nodes are compared by their labels.
    A value that a server has in another form, such as 1 for 1.0, is no difference.
    """
    with TemporaryDirectory() as work:
        folder = Path(work)
        sides, delta = _compared(old, new, folder)
        if format in WRITERS:
            WRITERS[format](delta, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            for line in _report(sides, delta, folder, format, everything=everything):
                click.echo(line)
    if exit_status and delta:
        ctx.exit(1)


def _compared(old: Place, new: Place, folder: Path) -> tuple[tuple[Side, Side], Delta]:
    with progress() as tell:
        sides = []
        for place in (old, new):
            tell(f"reading {place}")
            sides.append(side(place, folder, ordered=False))
        tell("comparing")
        delta = difference(sides[0].triples, sides[1].triples, folder)
        if isinstance(old, Endpoint) or isinstance(new, Endpoint):
            delta = alike_left_out(delta, sides[0].triples, sides[1].triples, folder)
        return (sides[0], sides[1]), delta


def _report(
    sides: tuple[Side, Side], delta: Delta, folder: Path, format: str, *, everything: bool
) -> Iterator[str]:
    with changes(*sides, delta, folder) as found:
        if format == "json":
            for each in objects_of(found, delta):
                yield msgspec.json.encode(each).decode()
        else:
            yield from lines_of(found, delta, everything=everything)
