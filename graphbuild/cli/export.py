"""Command ``export``: write a graph to an RDF file."""

from pathlib import Path

import click

from graphbuild.cli.options import graph_argument, output_path
from graphbuild.store import formats
from graphbuild.store.folder import GraphFolder
from graphbuild.store.output import STDOUT

EXAMPLES = """\b
Formats by the end of the file's name, each also with .gz:
  .nt N-Triples   .ttl Turtle   .nq N-Quads   .trig TriG
  .rdf .xml RDF/XML   .jsonld .json JSON-LD, with its context inside

In RDF/XML a control character becomes U+FFFD, because XML cannot write it.

\b
Examples:
  graphbuild export my-graph --to graph.ttl
  graphbuild export my-graph --to graph.nt.gz
  graphbuild export my-graph --to - --format nt | wc -l
"""


@click.command(short_help="Write a graph to an RDF file.", epilog=EXAMPLES)
@graph_argument
@click.option(
    "-o",
    "--to",
    "target",
    type=output_path(),
    required=True,
    help="File to write; - is standard output. A file that exists is replaced.",
)
@click.option(
    "-f",
    "--format",
    "name",
    type=click.Choice(list(formats.FORMATS)),
    help="Syntax. [default: by the end of the file's name]",
)
def export(graph: GraphFolder, target: Path, name: str | None) -> None:
    """Write all of GRAPH as RDF.

    The triples are sorted, and the same graph gives the same bytes every time. The file appears
    when it is complete; an export that fails leaves what was there.
    """
    name = name or formats.format_of(target)
    if name is None:
        known = ", ".join(end for syntax in formats.FORMATS.values() for end in syntax.suffixes)
        hint = (
            "name it with --format" if target == STDOUT else f"end it with {known}, or use --format"
        )
        raise click.BadParameter(
            f"{str(target)!r} does not say the format; {hint}.", param_hint="--to"
        )
    count = formats.export(graph, target, name)
    place = "standard output" if target == STDOUT else target
    click.echo(f"{count:,} triples written to {place} ({formats.FORMATS[name].title})", err=True)
