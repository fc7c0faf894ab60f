"""Command ``check``: validate a graph against SHACL shapes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click
import duckdb

from graphbuild.cli.options import ENVIRONMENT, named_endpoint, output_path
from graphbuild.cli.progress import progress
from graphbuild.errors import GraphBuildError, ShapesError
from graphbuild.store.columns import opened
from graphbuild.store.folder import MANIFEST, GraphFolder, open_graph
from graphbuild.store.output import written
from graphbuild.store.touched import Touched, read_touched
from graphbuild.text import visible
from graphbuild.validate import validate
from graphbuild.validate.checks import Facts
from graphbuild.validate.columns import Columns
from graphbuild.validate.data import read_rdf
from graphbuild.validate.kept import keep
from graphbuild.validate.lint import lint
from graphbuild.validate.places import ENGINE_NAMES, SPARQL, reported
from graphbuild.validate.report import Report
from graphbuild.validate.reports import WRITERS
from graphbuild.validate.reports.baseline import newer, read_baseline
from graphbuild.validate.reports.timings import timings
from graphbuild.validate.reports.words import Manner
from graphbuild.validate.schema import target_terms
from graphbuild.validate.shapes import Shapes, load_shapes, shipped_shapes

DEFAULT, COLUMNAR = "default", "columnar"


@click.command(
    short_help="Check a graph against SHACL shapes.",
    epilog="""\b
Examples:
  graphbuild check my-graph
  graphbuild check my-graph --strict --format sarif --output report.sarif
  graphbuild check my-graph --format html --output report.html
  graphbuild check my-graph --shape Paper --details
  graphbuild check my-graph --baseline last-week.jsonl
  graphbuild build --add new.jsonl my-graph && graphbuild check my-graph --only-changed
  graphbuild check my-graph --shapes default --shapes our-shapes.ttl
  graphbuild check data.ttl --shapes shapes/
  graphbuild check --endpoint https://kg.example.org/sparql --shapes shapes/

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
    "-f", "--format", "form", type=click.Choice([*WRITERS]), default="text", show_default=True,
    help="Text or an HTML page for people, JSON, a sh:ValidationReport in Turtle, SARIF or JUnit.",
)  # fmt: skip
@click.option("-o", "--output", type=output_path(), default="-", help="File to write.")
@click.option("--strict", is_flag=True, help="Let warnings fail the check too.")
@click.option(
    "--details", "--all", is_flag=True, help="List every finding, not only examples of each kind."
)
@click.option(
    "--shape", "names", multiple=True, metavar="NAME", help="Tell only what this shape finds."
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="REPORT",
    help="An earlier report (.json .jsonl .ttl): tell only what is new.",
)
@click.option(
    "--only-changed",
    is_flag=True,
    help="After build --add: tell only of entities that changed, and of those that see them.",
)
@click.option(
    "--engine", type=click.Choice(ENGINE_NAMES), default=COLUMNAR,
    show_default=True,
    help="What evaluates the shapes: whole columns, pySHACL (slow), or SPARQL on the store.",
)  # fmt: skip
@click.option(
    "--endpoint",
    metavar="URL|NAME",
    help="Check what a SPARQL endpoint holds instead of GRAPH, one query for each constraint.",
)
@click.option(
    "--lint-shapes",
    is_flag=True,
    help="Look at the shapes instead: unknown terms, contradictions, targets that match nothing.",
)
@click.option("--profile", is_flag=True, help="Tell on stderr how long each constraint takes.")
def check(  # noqa: PLR0913 - one parameter per option
    graph: Path,
    paths: tuple[Path, ...],
    form: str,
    output: Path,
    names: tuple[str, ...],
    baseline: Path | None,
    engine: str,
    endpoint: str | None,
    *,
    strict: bool,
    details: bool,
    only_changed: bool,
    lint_shapes: bool,
    profile: bool,
) -> None:
    """Check GRAPH, a graph folder or an RDF file, against SHACL shapes.

    GRAPH is a folder that build wrote, or a file (.ttl .nt .nq .trig .rdf .jsonld). Violations
    break a rule, warnings are suspicious, notes say what could be done. Nothing is fetched.
    """
    shapes = _shapes(paths, strict=strict)
    if lint_shapes:
        _lint(shapes, graph)
    known = read_baseline(baseline) if baseline else None
    manner = Manner(strict=strict, details=details or bool(names), subject=endpoint or str(graph))
    since = _changed(graph, endpoint, engine) if only_changed else None
    with _report(graph, endpoint, shapes, engine, since) as (report, folder):
        if folder is not None and not paths and since is None:
            _keep(report, folder)
        report = report if known is None else newer(report, known)
        report = report.of_shapes(names)
        with written(output) as file:
            for part in WRITERS[form](report, manner):
                file.write(part.encode())
    if profile:
        click.echo(timings(report), err=True)
    raise click.exceptions.Exit(0 if report.conforms(strict=strict) else 1)


@contextmanager
def _report(
    graph: Path, endpoint: str | None, shapes: Shapes, engine: str, since: Touched | None
) -> Iterator[tuple[Report, GraphFolder | None]]:
    """Lend the report on what is named, while its words can be asked for."""
    with progress() as tell:
        if endpoint is None and engine != SPARQL and graph.is_file():
            with read_rdf(graph) as data:
                yield validate(data, shapes, engine, tell), None
            return
        folder = None if endpoint else open_graph(graph)
        place = folder or named_endpoint(endpoint or "")
        with reported(place, shapes, engine, tell, since) as report:
            yield report, folder if engine != SPARQL else None


def _changed(graph: Path, endpoint: str | None, engine: str) -> Touched | None:
    """Return what changed in a graph folder; None, which is told, where that is not known."""
    if endpoint is not None or graph.is_file() or engine != COLUMNAR:
        raise click.UsageError("--only-changed needs a graph folder, and the columnar engine.")
    since = read_touched(open_graph(graph))
    if since is None:
        note = "Note: all is checked: the last build added nothing to another (build --add)."
        click.echo(note, err=True)
    return since


@contextmanager
def _data(graph: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, GraphFolder | None]]:
    if graph.is_file():
        with read_rdf(graph) as data:
            yield data, None
        return
    folder = open_graph(graph)
    with opened(folder) as data:
        yield data, folder


def _lint(shapes: Shapes, graph: Path) -> NoReturn:
    """Tell what is wrong with shapes, against a graph where one is there."""
    if graph.is_file() or (graph / MANIFEST).is_file():
        with _data(graph) as (data, _):
            problems = lint(shapes, Facts(Columns(data, target_terms(shapes.graph))))
    else:
        problems = lint(shapes)
    for problem in problems:
        click.echo(visible(problem))
    click.echo(f"{len(problems)} problem{'s' * (len(problems) != 1)}", err=True)
    raise click.exceptions.Exit(1 if problems else 0)


def _keep(report: Report, folder: GraphFolder) -> None:
    """Keep the report in the graph folder, if it can be written: checking needs no more rights."""
    try:
        keep(report, folder.report)
    except GraphBuildError as error:
        click.echo(f"Note: the report is not kept: {visible(str(error))}", err=True)


def _shapes(paths: tuple[Path, ...], *, strict: bool) -> Shapes:
    """Return the shapes that are named; what SHACL does not know in them is told, or refused."""
    if not paths:
        return shipped_shapes()
    own = load_shapes(path for path in paths if str(path) != DEFAULT)
    if own.doubts and strict:
        raise ShapesError(own.doubts[0])
    for doubt in own.doubts:
        click.echo(f"Warning: {visible(doubt)}", err=True)
    if Path(DEFAULT) not in paths:
        return own
    return own + shipped_shapes()
