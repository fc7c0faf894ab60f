"""Command ``check``: validate a graph against SHACL shapes."""

from pathlib import Path

import click

from graphbuild.cli.options import ENVIRONMENT, output_path
from graphbuild.cli.progress import progress
from graphbuild.errors import GraphBuildError
from graphbuild.store.folder import GraphFolder, open_graph
from graphbuild.store.output import written
from graphbuild.text import visible
from graphbuild.validate import validate
from graphbuild.validate.data import load_graph, load_rdf
from graphbuild.validate.report import Report, as_json, as_text, as_turtle
from graphbuild.validate.shapes import Shapes, load_shapes, shipped_shapes

FORMATS = ("text", "json", "ttl")
DEFAULT = "default"


@click.command(
    short_help="Check a graph against SHACL shapes.",
    epilog="""\b
Examples:
  graphbuild check my-graph
  graphbuild check my-graph --strict --format json --output report.json
  graphbuild check my-graph --shapes default --shapes our-shapes.ttl
  graphbuild check data.ttl --shapes shapes/

\b
Exit status: 0 conforms; 1 violations found, with --strict also warnings.""",
)
@click.argument(
    "graph", type=click.Path(path_type=Path), default=".", envvar=ENVIRONMENT, metavar="[GRAPH]"
)
@click.option(
    "--shapes",
    "paths",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE|FOLDER|default",
    help="Your own shapes instead of the shipped ones; may be repeated, and 'default' adds ours.",
)
@click.option(
    "-f", "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
    help="Text for people, JSON, or a sh:ValidationReport in Turtle.",
)  # fmt: skip
@click.option("-o", "--output", type=output_path(), default="-", help="File to write.")
@click.option("--strict", is_flag=True, help="Let warnings fail the check too.")
@click.option("--all", "everything", is_flag=True, help="List every finding, not only examples.")
def check(  # noqa: PLR0913 - one parameter per option
    graph: Path,
    paths: tuple[Path, ...],
    form: str,
    output: Path,
    *,
    strict: bool,
    everything: bool,
) -> None:
    """Check GRAPH, a graph folder or an RDF file, against SHACL shapes.

    GRAPH is a folder that build wrote, or a file (.ttl .nt .nq .trig .rdf .jsonld). Violations
    break a rule, warnings are suspicious, notes say what could be done. Nothing is fetched.
    """
    with progress() as tell:
        shapes = _shapes(paths)
        tell(f"checking {graph}")
        report, folder = _report(graph, shapes)
    if folder is not None and not paths:
        _keep(report, folder)
    text = {
        "text": lambda: as_text(report, strict=strict, everything=everything),
        "json": lambda: as_json(report, strict=strict),
        "ttl": lambda: as_turtle(report),
    }[form]()
    with written(output) as file:
        file.write(text.encode())
    raise click.exceptions.Exit(0 if report.conforms(strict=strict) else 1)


def _keep(report: Report, folder: GraphFolder) -> None:
    """Keep the report in the graph folder, if it can be written: checking needs no more rights."""
    try:
        with written(folder.report) as file:
            file.write(as_turtle(report).encode())
    except GraphBuildError as error:
        click.echo(f"Note: the report is not kept: {visible(str(error))}", err=True)


def _shapes(paths: tuple[Path, ...]) -> Shapes:
    if not paths:
        return shipped_shapes()
    own = load_shapes(path for path in paths if str(path) != DEFAULT)
    if Path(DEFAULT) not in paths:
        return own
    ours = shipped_shapes()
    return Shapes(own.graph + ours.graph, own.names + ours.names)


def _report(graph: Path, shapes: Shapes) -> tuple[Report, GraphFolder | None]:
    if graph.is_file():
        return validate(load_rdf(graph), shapes), None
    folder = open_graph(graph)
    return validate(load_graph(folder), shapes), folder
