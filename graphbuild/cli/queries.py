"""Command ``queries``: list the canned queries."""

import json
from collections.abc import Callable, Iterable

import click

from graphbuild.query.catalogue import CannedQuery, Parameter, load_all
from graphbuild.query.parameters import option_name

EPILOG = """\b
Examples:
  graphbuild queries
  graphbuild queries author
  graphbuild queries --tag quality --format json
  graphbuild query author-works --help"""


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
def queries(word: str | None, tag: str | None, format: str) -> None:
    """List the canned queries, or those whose name, summary or tags hold WORD."""
    found = [query for query in load_all() if _fits(query, word, tag)]
    if not found and format == "table":
        click.echo("no canned query fits; list them all with: graphbuild queries", err=True)
        return
    for line in WRITERS[format](found):
        click.echo(line)


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
    needed = parameter.required and parameter.default is None
    return option if needed else f"[{option}]"


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
        "required": parameter.required and parameter.default is None,
        "list": parameter.multi,
        **{key: value for key, value in stated.items() if value is not None},
    }


WRITERS: dict[str, Callable[[list[CannedQuery]], Iterable[str]]] = {
    "table": _table,
    "json": _json,
    "md": _markdown,
}
