"""Command ``network``: write or draw a network of a graph's entities."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import click
import networkx as nx

from graphbuild.cli.options import output_path, place_argument
from graphbuild.errors import NoSuchEntityError
from graphbuild.network import NETWORKS, around, largest
from graphbuild.network.coauthors import Selection
from graphbuild.network.files import WRITERS, write_tables
from graphbuild.store.output import written
from graphbuild.store.places import Place, entity
from graphbuild.text import visible

DRAWN = (".html", ".png", ".svg")
TABLES = ".csv"
MOST_DRAWN = 150
"""People in a picture unless --limit says otherwise; more cannot be read."""

EXAMPLES = """\b
Examples:
  graphbuild network coauthors my-graph --to coauthors.html
  graphbuild network coauthors my-graph --to coauthors.graphml --min-papers 2
  graphbuild network coauthors my-graph --to ada.png --person "Ada Example" --depth 1

\b
Formats by the end of the file's name:
  .html  a page to explore, in one file      .png .svg  a picture
  .graphml .gexf  for Gephi and the like     .json  node-link JSON
  .csv   two tables, NAME-nodes.csv and NAME-edges.csv
"""


@click.command(short_help="Write or draw a network, such as co-authors.", epilog=EXAMPLES)
@click.argument("name", type=click.Choice(list(NETWORKS)))
@place_argument
@click.option("-o", "--to", "target", type=output_path(), required=True, help="File to write.")
@click.option("--person", metavar="NAME", help="Only the people around this one: a name or an IRI.")
@click.option(
    "--depth",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="How many steps around --person.",
)
@click.option("--min-papers", type=click.IntRange(min=1), default=1, help="People with so many.")
@click.option("--min-weight", type=click.IntRange(min=1), default=1, help="Ties of so many papers.")
@click.option(
    "--from-year", "first_year", type=int, metavar="YEAR", help="Papers from this year on."
)
@click.option("--to-year", "last_year", type=int, metavar="YEAR", help="Papers up to this year.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    help=f"At most so many people, those with most papers. [default: {MOST_DRAWN} in a picture]",
)
@click.option(
    "--spreadsheet-safe", is_flag=True, help="In CSV, keep text from being run as a formula."
)
def network(  # noqa: PLR0913 - one parameter per option
    name: str,
    graph: Place,
    target: Path,
    person: str | None,
    depth: int,
    min_papers: int,
    min_weight: int,
    first_year: int | None,
    last_year: int | None,
    limit: int | None,
    *,
    spreadsheet_safe: bool,
) -> None:
    """Write or draw the network NAME of GRAPH.

    NAME is coauthors: people, tied by the papers that they wrote together. People who may be the
    same as another are drawn dashed: a name alone does not join them. Years leave undated papers
    out.
    """
    ending = target.suffix.lower()
    if ending not in (*WRITERS, *DRAWN, TABLES):
        known = " ".join((*WRITERS, TABLES, *DRAWN))
        raise click.BadParameter(f"{str(target)!r} ends in none of {known}.", param_hint="--to")
    whole = NETWORKS[name](graph, Selection(first_year, last_year, min_papers, min_weight))
    if person is not None:
        whole = _around(whole, graph, person, depth)
    limit = limit or (MOST_DRAWN if ending in DRAWN else None)
    chosen = whole if limit is None else largest(whole, limit)
    places = " and ".join(map(str, _write(chosen, target, spreadsheet_safe=spreadsheet_safe)))
    people, ties = chosen.number_of_nodes(), chosen.number_of_edges()
    click.echo(f"{people:,} people and {ties:,} ties written to {places}", err=True)


def _around(network: nx.Graph, graph: Place, person: str, depth: int) -> nx.Graph:
    iri = entity(graph, person, "foaf:Person")
    if iri not in network:
        raise NoSuchEntityError(f"{visible(person)} has no paper among those chosen; choose more")
    return around(network, iri, depth)


def _write(network: nx.Graph, target: Path, *, spreadsheet_safe: bool) -> list[Path]:
    ending = target.suffix.lower()
    if ending == TABLES:
        return write_tables(network, target, spreadsheet_safe=spreadsheet_safe)
    write = WRITERS.get(ending) or _drawer(ending)
    with written(target) as file:
        write(network, file)
    return [target]


def _drawer(ending: str) -> Callable[[nx.Graph, BinaryIO], None]:
    # Drawing needs numpy and matplotlib, which take half a second to load.
    from graphbuild.network.scene import draw

    if ending == ".html":
        from graphbuild.network.page import write_page as write
    elif ending == ".svg":
        from graphbuild.network.vector import write_svg as write
    else:
        from graphbuild.network.picture import write_png as write
    return lambda network, file: write(draw(network), file)
