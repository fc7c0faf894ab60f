"""Command ``tables``: list a graph's flat tables, or write them for data frames."""

from pathlib import Path

import click

from graphbuild.cli.options import place_argument
from graphbuild.errors import GraphBuildError
from graphbuild.store.places import Place

EXAMPLES = """\b
Examples:
  graphbuild tables my-graph
  graphbuild tables my-graph --columns people
  graphbuild tables my-graph --to tables --as csv
  graphbuild tables my-graph --to tables --only measures --only people
"""


@click.command(short_help="List a graph's flat tables, or write them.", epilog=EXAMPLES)
@place_argument
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to."
)
@click.option(
    "--as",
    "format",
    type=click.Choice(["parquet", "csv"]),
    default="parquet",
    show_default=True,
    help="Format of the files.",
)
@click.option("--only", multiple=True, metavar="TABLE", help="This table; may be repeated.")
@click.option("--columns", metavar="TABLE", help="Say what the columns of a table hold.")
def tables(
    graph: Place, folder: Path | None, format: str, only: tuple[str, ...], columns: str | None
) -> None:
    """List the flat tables of GRAPH, or write them as files for pandas, polars, DuckDB and others.

    A row is an entity, with its IRI, or a pair of them. What is not stated is empty.
    """
    from graphbuild.store.flat import NAMES, columns_of, counts, flat, row_of, write_flat

    for name in (*only, *filter(None, [columns])):
        if name not in NAMES:
            raise click.UsageError(f"{name!r} is no table; there are {', '.join(NAMES)}.")
    if columns:
        for name, doc in columns_of(columns):
            click.echo(f"{name:<24} {doc}")
        return
    chosen = [name for name in NAMES if not only or name in only]
    with flat(graph) as connection:
        numbers = counts(connection)
        if folder is None:
            for name in chosen:
                click.echo(f"{name:<14} {numbers[name]:>12,}  {row_of(name)}")
            return
        _make(folder)
        for name in chosen:
            write_flat(connection, name, folder / f"{name}.{format}")
            click.echo(f"{numbers[name]:,} rows written to {folder / name}.{format}", err=True)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GraphBuildError(f"{folder}: cannot be made ({error.strerror})") from error
