"""Command ``queries``: list the canned queries."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphbuild.cli.options import GraphType
from graphbuild.errors import EntityError, GraphBuildError, NoSuchEntityError, ParameterError
from graphbuild.query.catalogue import CannedQuery, Parameter, load_all
from graphbuild.query.parameters import option_name

if TYPE_CHECKING:
    from graphbuild.query.handing_on import Bound
    from graphbuild.store.folder import GraphFolder

EPILOG = """\b
Examples:
  graphbuild queries
  graphbuild queries author
  graphbuild queries --tag quality --format json
  graphbuild queries --as grlc --to grlc-folder
  graphbuild queries --as qlever --to qlever-folder --graph my-graph"""


@click.command(short_help="List the canned queries.", epilog=EPILOG)
@click.argument("word", required=False)
@click.option("--tag", help="Only queries with this tag.")
@click.option(
    "-f",
    "--format",
    type=click.Choice(["table", "json", "md"]),
    default="table",
    show_default=True,
    help="How the list is written.",
)
@click.option(
    "--as",
    "form",
    type=click.Choice(["grlc", "openapi", "sib", "qlever"]),
    help="Write the queries for another tool, with --to.",
)
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the files of --as.",
)
@click.option(
    "-g",
    "--graph",
    type=GraphType(),
    help="Graph that the example values of sib and qlever are names of.",
)
def queries(  # noqa: PLR0913 - click hands over every option
    word: str | None,
    tag: str | None,
    format: str,
    form: str | None,
    folder: Path | None,
    graph: "GraphFolder | None",
) -> None:
    """List the canned queries, or those whose name, summary or tags hold WORD."""
    found = [query for query in load_all() if _fits(query, word, tag)]
    if (form is None) is not (folder is None):
        raise click.UsageError("--as and --to belong together.")
    if form is not None and folder is not None:
        _hand_on(found, form, folder, graph)
        return
    if not found and format == "table":
        click.echo("no canned query fits; list them all with: graphbuild queries", err=True)
        return
    for line in WRITERS[format](found):
        click.echo(line)


def _hand_on(
    found: list[CannedQuery], form: str, folder: Path, graph: "GraphFolder | None"
) -> None:
    from graphbuild.query.handing_on import FILLED, PLAIN

    files = PLAIN[form](found) if form in PLAIN else FILLED[form](filled(found, graph))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        reason = error.strerror or str(error)
        raise GraphBuildError(f"{folder}: cannot be written ({reason})") from error
    click.echo(f"files written to {folder}: {len(files)}", err=True)


def filled(found: list[CannedQuery], graph: "GraphFolder | None") -> "list[Bound]":
    """Return the queries with their example values; those with names unknown here are left out."""
    from graphbuild.query.catalogue import without_header
    from graphbuild.query.handing_on import Bound
    from graphbuild.query.values import bound
    from graphbuild.store.places import entity, searcher

    def find(name: str, kind: str | None) -> str:
        if graph is None:
            raise NoSuchEntityError(f"{name!r} is a name; give the graph that knows it: --graph")
        return entity(graph, name, kind)

    ready, left_out = [], []
    for query in found:
        try:
            given = {p.name: [p.example or ""] for p in query.parameters if _is_needed(p)}
            text = bound(query, given, find, searcher(graph) if graph else None)
            ready.append(Bound(query, without_header(text)))
        except (EntityError, ParameterError) as error:
            left_out.append(f"{query.id}: {error}")
    for line in left_out:
        click.echo(f"left out: {line}", err=True)
    return ready


def _is_needed(parameter: Parameter) -> bool:
    return parameter.required and parameter.default is None


def _fits(query: CannedQuery, word: str | None, tag: str | None) -> bool:
    text = " ".join((query.id, query.folder, query.summary, *query.tags)).lower()
    return (word is None or word.lower() in text) and (tag is None or tag in query.tags)


def _table(found: list[CannedQuery]) -> Iterable[str]:
    wide = max(len(query.id) for query in found)
    folder = ""
    for query in found:
        if query.folder != folder:
            if folder:
                yield ""
            folder = query.folder
            yield click.style(folder, bold=True)
        yield f"  {query.id:<{wide}}  {query.summary}"
        if query.parameters:
            yield f"  {'':<{wide}}  {' '.join(map(_usage, query.parameters))}"


def _json(found: list[CannedQuery]) -> Iterable[str]:
    yield json.dumps([_object(query) for query in found], indent=2, ensure_ascii=False)


def _markdown(found: list[CannedQuery]) -> Iterable[str]:
    yield "| Query | Answers | Parameters |"
    yield "| --- | --- | --- |"
    for query in found:
        options = " ".join(f"`{_usage(parameter)}`" for parameter in query.parameters)
        yield f"| `{query.id}` | {query.summary} | {options} |"


def _usage(parameter: Parameter) -> str:
    option = f"--{option_name(parameter.name)}"
    return option if _is_needed(parameter) else f"[{option}]"


def _object(query: CannedQuery) -> dict[str, object]:
    return {
        "id": query.id,
        "folder": query.folder,
        "summary": query.summary,
        "description": query.description,
        "form": query.form,
        "tags": list(query.tags),
        "parameters": [_parameter_object(parameter) for parameter in query.parameters],
    }


def _parameter_object(parameter: Parameter) -> dict[str, object]:
    stated = {
        "class": parameter.kind,
        "kind": "search" if parameter.search else None,
        "help": parameter.help or None,
        "example": parameter.example,
        "default": parameter.default,
        "choices": list(parameter.choices) or None,
        "min": parameter.minimum,
        "max": parameter.maximum,
        "pattern": parameter.pattern,
    }
    return {
        "name": parameter.name,
        "option": f"--{option_name(parameter.name)}",
        "type": parameter.type,
        "required": _is_needed(parameter),
        "list": parameter.multi,
        **{key: value for key, value in stated.items() if value is not None},
    }


WRITERS: dict[str, Callable[[list[CannedQuery]], Iterable[str]]] = {
    "table": _table,
    "json": _json,
    "md": _markdown,
}
