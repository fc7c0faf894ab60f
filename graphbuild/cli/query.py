"""Command ``query``: ask a canned query or SPARQL."""

import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphbuild.cli.canned import PREFIX, QueryCommand, Question, asked, read
from graphbuild.cli.options import allow_host_option, output_option, output_path, place_option
from graphbuild.cli.values import Binding, Duration
from graphbuild.query.catalogue import CannedQuery
from graphbuild.query.engines import ENGINES, Engine
from graphbuild.query.formats import (
    BINARY,
    FORMATS,
    FROM_ROWS,
    GRAPH_FORMS,
    WITH_HEADERS,
    named_by,
    names_for,
)
from graphbuild.query.run import Evaluation, completed, refuse
from graphbuild.query.syntax import Form, paged
from graphbuild.store.endpoint import Endpoint
from graphbuild.store.folder import GraphFolder
from graphbuild.store.output import STDOUT, written
from graphbuild.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphbuild.query.evaluate import Answer
    from graphbuild.query.results import Change, Layout
    from graphbuild.query.solutions import Row
    from graphbuild.store.places import Place

HELP = """\
Ask a canned query by NAME, or SPARQL given as TEXT, as - (standard input) or by --file.

Prefixes such as gb, foaf, dcterms need not be declared. Updates are refused, and so is SERVICE but
for hosts that are allowed.
"""
EPILOG = """\b
Examples:
  graphbuild query author-works --person "Ada Example"
  graphbuild query author-works --help
  graphbuild query "SELECT ?name { ?p foaf:name ?name } ORDER BY ?name" --limit 5
  graphbuild query --file mine.rq -p person="Ada Example" --output answer.csv
  echo "ASK { ?p a gb:Paper }" | graphbuild query - --exit-status"""
PATIENCE = 1.0
"""Seconds after which a sign of life is shown."""

LARGE = 100_000
"""Triples from which on a slow way of asking is told at once, before it takes long."""


@dataclass(frozen=True)
class Wish:
    """What the command line asks for, besides the query."""

    graph: "Place"
    form: Form
    format: str
    output: Path
    timeout: float
    headers: bool
    iris: bool
    labels: bool
    curies: bool
    chart: Path | None
    engine: Engine
    allowed: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse what the format or the form of the query does not allow."""
        if self.changed and self.format not in FROM_ROWS:
            raise click.UsageError(f"the format {self.format} takes no --labels and no --curies.")
        if self.format in BINARY and self.output == STDOUT and sys.stdout.isatty():
            raise click.UsageError(f"{self.format} is no text; name a file with --output.")
        if self.chart and self.form != "select":
            raise click.UsageError("--chart draws the rows of a SELECT.")
        if self.engine == "columns" and isinstance(self.graph, Endpoint):
            raise click.UsageError("--engine is about a graph folder; an endpoint has its own.")

    @property
    def changed(self) -> bool:
        """Whether the rows are other than the engine gives them."""
        return self.labels or self.curies


@click.command(
    cls=QueryCommand,
    short_help="Ask a canned query or your own SPARQL.",
    help=HELP,
    epilog=EPILOG,
    no_args_is_help=True,
)
@click.argument("question", type=Question(), required=False, metavar="NAME|TEXT|-")
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the query from a file.",
)
@place_option
@click.option(
    "-p",
    "--param",
    "bindings",
    type=Binding(),
    multiple=True,
    metavar="NAME=VALUE",
    help="Value of a parameter; may be repeated.",
)
@click.option(
    "-f",
    "--format",
    "name",
    type=click.Choice(list(FORMATS)),
    help="Format of the result. [default: by the end of the output file's name; else table on a "
    "terminal, csv in a pipe, ttl for graphs, text for ASK]",
)
@output_option
@click.option(
    "--chart",
    type=output_path(),
    metavar="FILE",
    help="Draw the answer: .html .png .svg .pdf, of queries with a view for it, such as "
    "papers-by-year; networks are drawn by graphbuild network.",
)
@click.option(
    "--timeout",
    type=Duration(),
    default="60s",
    show_default=True,
    help="Stop the query after this time, e.g. 500ms, 30s, 2m.",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="auto",
    show_default=True,
    help="What answers: the store, quick at looking up; the columns, quick at counting and joining "
    "much; or the one that is likely to be quicker.",
)
@allow_host_option
@click.option("--limit", type=click.IntRange(min=0), help="At most so many results.")
@click.option("--offset", type=click.IntRange(min=0), help="Skip so many results.")
@click.option("--exit-status", is_flag=True, help="End with status 1 when an ASK says no.")
@click.option("--show", is_flag=True, help="Print the SPARQL with its values; do not run it.")
@click.option(
    "--explain", is_flag=True, help="Say what makes it slow, and print the engine's plan."
)
@click.option("--time", "timed", is_flag=True, help="Print how long it took, on standard error.")
@click.option("--no-headers", is_flag=True, help="Leave out the names of the columns.")
@click.option("--iris", is_flag=True, help="Write IRIs in full in table, md and html.")
@click.option("--curies", is_flag=True, help="Write IRIs of known vocabularies as prefix:name.")
@click.option("--labels", is_flag=True, help="Add the names of entities beside their IRIs.")
@click.option("--wide", "name", flag_value="record", help="One block of lines a row: record view.")
@click.option("--raw", "name", flag_value="raw", help="Only the first value, as it is.")
@click.pass_context
def query(  # noqa: PLR0913 - click hands over every option
    ctx: click.Context,
    /,
    question: str | None,
    file: Path | None,
    graph: "Place",
    bindings: tuple[tuple[str, str], ...],
    name: str | None,
    output: Path,
    chart: Path | None,
    timeout: float,
    engine: Engine,
    allowed: tuple[str, ...],
    limit: int | None,
    offset: int | None,
    *,
    exit_status: bool,
    show: bool,
    explain: bool,
    timed: bool,
    no_headers: bool,
    iris: bool,
    curies: bool,
    labels: bool,
    **generated: tuple[str, ...],
) -> None:
    """Ask a canned query or SPARQL."""
    canned = _canned(question, file)
    text = paged(_bound(canned, graph, _given(bindings, generated)), limit, offset)
    if show or explain:
        click.echo(_complete(text) if show else _explained(graph, text, timeout, engine))
        return
    form = _form(canned, text, allowed)
    format = _format(name, output, form, headers=not no_headers)
    shown = (not no_headers, iris, labels, curies, chart, engine, allowed)
    wish = Wish(graph, form, format, output, timeout, *shown)
    answer = _answer(canned, text, wish, timed=timed)
    ctx.exit(int(exit_status and answer is False))


def _form(canned: CannedQuery, text: str, allowed: Sequence[str]) -> Form:
    """Return what a query asks for; refuse it unless it only reads what it may."""
    refuse(text, allowed)
    return canned.form or "select"


def _explained(graph: "Place", text: str, timeout: float, engine: Engine) -> str:
    from graphbuild.query.explain import explained

    return "\n".join(visible(line) for line in explained(graph, text, timeout, engine))


def _draw(canned: CannedQuery, text: str, wish: Wish, target: Path) -> bool | None:
    from graphbuild.query.rows import About, Rows
    from graphbuild.query.solutions import select

    found = select(wish.graph, text, wish.timeout)
    Rows(found.columns, found.rows, About(canned.summary, canned.view)).chart(target)
    drawn = "1 row" if len(found.rows) == 1 else f"{len(found.rows):,} rows"
    click.echo(f"{drawn} drawn in {target}", err=True)
    return None


def _canned(question: str | None, file: Path | None) -> CannedQuery:
    if file is not None and question is not None:
        raise click.UsageError("give a query by --file or as an argument, not both.")
    if file is not None or question == "-":
        return read(file or Path("-"))
    if question is None:
        raise click.UsageError("give the name of a canned query, SPARQL, - or --file.")
    return asked(question)


def _given(
    bindings: Sequence[tuple[str, str]], generated: Mapping[str, tuple[str, ...]]
) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    for option, values in generated.items():
        if values:
            given[option.removeprefix(PREFIX)] = list(values)
    for name, text in bindings:
        given.setdefault(name, []).append(text)
    return given


def _bound(canned: CannedQuery, graph: "Place", given: Mapping[str, Sequence[str]]) -> str:
    from graphbuild.query.measured import refuse_unmeasured
    from graphbuild.query.values import bound
    from graphbuild.store.places import entity, searcher

    refuse_unmeasured(canned, graph)
    return bound(canned, given, lambda text, kind: entity(graph, text, kind), searcher(graph))


def _complete(text: str) -> str:
    """Return a query with the prefixes declared that graphbuild would supply."""
    whole = completed(text)
    return visible(whole) if sys.stdout.isatty() else whole


def _format(name: str | None, output: Path, form: Form, *, headers: bool) -> str:
    chosen = name or _usual_format(output, form)
    able = ", ".join(names_for(form))
    if chosen is None:
        raise click.UsageError(
            f"{output.name!r} does not say a format for the answer of {form.upper()}; "
            f"use --format with {able}."
        )
    if form not in FORMATS[chosen].forms:
        raise click.UsageError(
            f"the format {chosen} cannot hold the answer of {form.upper()}; use {able}."
        )
    if not headers and chosen not in WITH_HEADERS:
        raise click.UsageError(f"--no-headers has no meaning for the format {chosen}.")
    return chosen


def _usual_format(output: Path, form: Form) -> str | None:
    if output != STDOUT:
        return named_by(output.suffix, form)
    if form == "select":
        return "table" if sys.stdout.isatty() else "csv"
    return "ttl" if form in GRAPH_FORMS else "text"


def _answer(canned: CannedQuery, text: str, wish: Wish, *, timed: bool) -> bool | None:
    """Write or draw the answer; return it when it is yes or no."""
    with _stopwatch(shown=timed):
        if wish.chart:
            return _draw(canned, text, wish, wish.chart)
        return _write(text, wish, _layout(canned, wish))


def _layout(canned: CannedQuery, wish: Wish) -> "Layout":
    from graphbuild.query.results import Layout
    from graphbuild.query.tables import Shortener, shortener
    from graphbuild.store.places import base_of

    terminal = wish.output == STDOUT and sys.stdout.isatty()
    short: Shortener = str if wish.iris else shortener(base_of(wish.graph))
    return Layout(
        title=canned.summary or "Answer",
        short=short,
        headers=wish.headers,
        terminal=terminal,
        width=shutil.get_terminal_size().columns if terminal else None,
        colour=terminal and not _is_plain(),
        change=_change(wish) if wish.changed else None,
    )


def _write(text: str, wish: Wish, layout: "Layout") -> bool | None:
    from graphbuild.query.advice import advice
    from graphbuild.query.evaluate import evaluation
    from graphbuild.query.formats import transport
    from graphbuild.query.results import write, write_answer

    wire = transport(wish.format, wish.form, changed=wish.changed)
    patience = 0 if isinstance(wish.graph, Endpoint) else PATIENCE
    with evaluation(wish.graph, text, wire, wish.timeout, wish.engine, wish.allowed) as answer:
        in_store = isinstance(answer, Evaluation) and wish.engine != "columns"
        hints = advice(text) if in_store else []
        if isinstance(wish.graph, GraphFolder) and wish.graph.build.counts["triples"] >= LARGE:
            hints = _told(hints)
        if not answer.wait(patience):
            _told(hints)
            _keep_company(answer)
        with written(wish.output) as sink:
            if wish.form == "ask":
                return write_answer(answer, wish.format, sink)
            write(answer, wish.format, sink, layout)
    return None


def _change(wish: Wish) -> "Change":
    from graphbuild.query.columns import with_curies, with_labels

    def change(
        columns: tuple[str, ...], rows: "Iterable[Row]"
    ) -> "tuple[tuple[str, ...], Iterable[Row]]":
        if wish.labels:
            columns, rows = with_labels(wish.graph, columns, rows)
        return with_curies(columns, rows) if wish.curies else (columns, rows)

    return change


@contextmanager
def _stopwatch(*, shown: bool) -> Iterator[None]:
    start = time.perf_counter()
    yield
    if shown:
        click.echo(f"{time.perf_counter() - start:.3f} s", err=True)


def _told(hints: Sequence[str]) -> list[str]:
    """Show what may make the query slow; return what is left to be shown: nothing."""
    for hint in hints:
        click.echo(f"Hint: {visible(hint)}", err=True)
    return []


def _keep_company(answer: "Answer") -> None:
    """Show a sign of life until the first bytes come."""
    if not sys.stderr.isatty():
        return
    from rich.console import Console

    with Console(stderr=True).status("Waiting for the answer; Ctrl-C stops the query ..."):
        answer.wait()


def _is_plain() -> bool:
    return bool(os.environ.get("NO_COLOR"))
