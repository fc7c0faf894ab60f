"""Command ``network``: write, draw or measure a network of a graph's entities."""

from collections.abc import Sequence
from pathlib import Path

import click
import networkx as nx
from click.shell_completion import CompletionItem

from graphbuild.api import Graph
from graphbuild.cli.options import output_path, place_argument
from graphbuild.cli.values import Binding
from graphbuild.errors import NoSuchEntityError
from graphbuild.network import KINDS, Selection, around, largest
from graphbuild.network.files import WRITERS, write_tables, write_vosviewer
from graphbuild.network.measures import MEASURES, measure, shortest_path
from graphbuild.query import catalogue
from graphbuild.store.folder import GraphFolder
from graphbuild.store.output import written
from graphbuild.store.places import Place, entity
from graphbuild.text import singular, visible

DRAWN = (".html", ".png", ".svg", ".pdf")
SEVERAL = (".csv", ".vos")
MOST_DRAWN = 150
"""Nodes in a picture unless --limit says otherwise; more cannot be read."""

EXAMPLES = """\b
Examples:
  graphbuild network coauthors my-graph --to coauthors.html
  graphbuild network coauthors my-graph --to ada.png --person "Ada Example" --depth 1
  graphbuild network topics my-graph --to topics.gexf --from-year 2015 --measure community
  graphbuild network coauthors my-graph --measure pagerank,betweenness --top 20
  graphbuild network coauthors my-graph --measure pagerank --write-back
  graphbuild network coauthors my-graph --path "Ada Example" "Ben Sample"
  graphbuild network coauthor-network my-graph -p minPapers=3 --to strong.html

\b
Networks:
{networks}
  or a canned query whose answer is a network (graphbuild queries network)

\b
Formats by the end of the file's name:
  .html  a page to explore, in one file      .png .svg .pdf  a picture
  .graphml .gexf  for Gephi and the like     .net  Pajek
  .json  node-link JSON                      .cyjs  Cytoscape
  .csv   two tables, NAME-nodes.csv and NAME-edges.csv
  .vos   for VOSviewer, NAME-map.txt and NAME-network.txt

\b
Measures: degree, strength (weights of all ties), pagerank, betweenness, community, component.
With the extra graphbuild[analytics] betweenness is computed by igraph, which is far faster.
""".format(networks="\n".join(f"  {name:<14} {kind.summary}" for name, kind in KINDS.items()))


class NetworkName(click.ParamType[str]):
    """Name of a built-in network, or of a canned query whose view is a graph."""

    name = "network"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """Return how the argument is called."""
        return "NAME"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name, if there is such a network."""
        if value not in KINDS and value not in _network_queries():
            known = ", ".join((*KINDS, *_network_queries()))
            self.fail(f"{value!r} is no network; there are {known}", param, ctx)
        return value

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """Complete the name."""
        names = (*KINDS, *_network_queries())
        fitting = [name for name in names if name.startswith(incomplete)]
        return list(map(CompletionItem, fitting))


class Measures(click.ParamType[tuple[str, ...]]):
    """Names of measures with commas between."""

    name = "measures"

    def convert(
        self,
        value: str | tuple[str, ...],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, ...]:
        """Return the names."""
        names = value.split(",") if isinstance(value, str) else value
        for name in names:
            if name not in MEASURES:
                self.fail(f"{name!r} is no measure; there are {', '.join(MEASURES)}", param, ctx)
        return tuple(names)


@click.command(short_help="Write, draw or measure a network, such as co-authors.", epilog=EXAMPLES)
@click.argument("name", type=NetworkName())
@place_argument
@click.option("-o", "--to", "target", type=output_path(), help="File to write.")
@click.option("--person", metavar="NAME", help="Only what is around this one: a name or an IRI.")
@click.option(
    "--depth",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="How many steps around --person.",
)
@click.option(
    "--min-papers", type=click.IntRange(min=1), default=1, help="Nodes with so many papers."
)
@click.option("--min-weight", type=click.IntRange(min=1), default=1, help="Ties of so many papers.")
@click.option(
    "--from-year", "first_year", type=int, metavar="YEAR", help="Papers from this year on."
)
@click.option("--to-year", "last_year", type=int, metavar="YEAR", help="Papers up to this year.")
@click.option(
    "-p",
    "--param",
    "bindings",
    type=Binding(),
    multiple=True,
    metavar="NAME=VALUE",
    help="Value of a parameter of a canned query; may be repeated.",
)
@click.option(
    "--measure",
    "measures",
    type=Measures(),
    default=(),
    metavar="NAME,...",
    help="Say this of every node, in files and in the table of --top.",
)
@click.option(
    "--write-back",
    is_flag=True,
    help="Keep the measures of the whole network in the graph, with method and date.",
)
@click.option("--top", type=click.IntRange(min=1), help="Print so many nodes, by the measures.")
@click.option(
    "--path",
    "ends",
    nargs=2,
    metavar="NAME NAME",
    help="Print a shortest path between two nodes, that of the strongest ties.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    help=f"At most so many nodes, those with most papers. [default: {MOST_DRAWN} in a picture]",
)
@click.option(
    "--spreadsheet-safe", is_flag=True, help="In CSV, keep text from being run as a formula."
)
def network(  # noqa: PLR0913 - one parameter per option
    name: str,
    graph: Place,
    target: Path | None,
    person: str | None,
    depth: int,
    min_papers: int,
    min_weight: int,
    first_year: int | None,
    last_year: int | None,
    bindings: tuple[tuple[str, str], ...],
    measures: tuple[str, ...],
    top: int | None,
    ends: tuple[str, str] | None,
    limit: int | None,
    *,
    write_back: bool,
    spreadsheet_safe: bool,
) -> None:
    """Write, draw or measure the network NAME of GRAPH.

    People who may be the same as another are drawn dashed: a name alone does not join them. Years
    leave undated papers out. In a picture of many ties those that say little are left out.
    """
    _refuse(target, top, ends, measures if write_back else ())
    selection = Selection(first_year, last_year, min_papers, min_weight)
    folder = _whole(graph, name, selection) if write_back else None
    parameters = {key: [text for one, text in bindings if one == key] for key, _ in bindings}
    whole = Graph(graph).network(name, selection, parameters=parameters)
    _measure(whole, measures)
    if folder:
        _write_back(folder, name, whole, measures)
    if person is not None:
        whole = around(whole, _node(whole, graph, person), depth)
    if ends:
        _print_path(whole, [_node(whole, graph, end) for end in ends])
    if top:
        _print_top(whole, measures or (whole.graph["sized_by"],), top)
    if target:
        _write(_chosen(whole, target, limit), target, spreadsheet_safe=spreadsheet_safe)


def _measure(network: nx.Graph, measures: Sequence[str]) -> None:
    if measures:
        click.echo(f"measuring {len(network):,} {network.graph['nodes_are']}", err=True)
    measure(network, measures)


def _chosen(network: nx.Graph, target: Path, limit: int | None) -> nx.Graph:
    """Return what is written of a network: of a picture no more than can be read."""
    limit = limit or (MOST_DRAWN if target.suffix.lower() in DRAWN else None)
    return network if limit is None else largest(network, limit)


def _whole(graph: Place, name: str, selection: Selection) -> GraphFolder:
    """Return the folder that measures of a whole network are kept in; refuse those of a part."""
    if not isinstance(graph, GraphFolder) or name not in KINDS or selection != Selection():
        raise click.UsageError(
            "--write-back keeps what is measured of a whole network, one of "
            f"{', '.join(KINDS)}, in its graph folder: leave out years, least numbers, --endpoint."
        )
    return graph


def _write_back(graph: GraphFolder, name: str, network: nx.Graph, measures: Sequence[str]) -> None:
    from graphbuild.network.write_back import write_back

    done = write_back(graph, name, network, measures)
    click.echo(
        f"{len(network) * len(measures):,} measures kept in {graph.path}: {done.added:,} triples "
        f"added, {done.removed:,} removed; back with: graphbuild update {graph.path} --undo",
        err=True,
    )


def _network_queries() -> list[str]:
    return [query.id for query in catalogue.load_all() if query.view.get("kind") == "graph"]


def _refuse(
    target: Path | None, top: int | None, ends: tuple[str, str] | None, kept: tuple[str, ...]
) -> None:
    """Refuse to do nothing, and to write what has no name."""
    if target is None and top is None and not ends and not kept:
        raise click.UsageError(
            "say what is wanted: --to FILE, --top N, --path NAME NAME or --measure NAME "
            "--write-back."
        )
    known = (*WRITERS, *SEVERAL, *DRAWN)
    if target is not None and target.suffix.lower() not in known:
        reason = f"{str(target)!r} ends in none of {' '.join(known)}."
        raise click.BadParameter(reason, param_hint="--to")


def _node(network: nx.Graph, graph: Place, name: str) -> str:
    kind = "foaf:Person" if network.graph["nodes_are"] == "people" else None
    iri = entity(graph, name, kind)
    if iri not in network:
        raise NoSuchEntityError(f"{visible(name)} has no paper among those chosen; choose more")
    return iri


def _print_path(network: nx.Graph, ends: Sequence[str]) -> None:
    path = shortest_path(network, *ends)
    if not path:
        click.echo("no path leads from the one to the other", err=True)
    for number, node in enumerate(path):
        tie = f"  ({_tie(network, path[number - 1], node)})" if number else ""
        click.echo(f"{number:>3}  {visible(network.nodes[node]['label'])}{tie}")


def _tie(network: nx.Graph, one: str, other: str) -> str:
    weight, units = network.edges[one, other]["weight"], network.graph["tied_by"]
    return f"{weight:,} {units if weight != 1 else singular(units)}"


def _print_top(network: nx.Graph, measures: Sequence[str], top: int) -> None:
    """Print the nodes that lead by the first measure."""
    ranked = sorted(
        network.nodes(data=True), key=lambda node: (-node[1][measures[0]], node[1]["label"])
    )
    rows = [
        ["", network.graph["nodes_are"], *measures],
        *(
            [str(number), visible(said["label"]), *(_number(said[name]) for name in measures)]
            for number, (_, said) in enumerate(ranked[:top], 1)
        ),
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, label, *numbers in rows:
        cells = (cell.rjust(width) for cell, width in zip(numbers, widths[2:], strict=True))
        click.echo("  ".join((first.rjust(widths[0]), label.ljust(widths[1]), *cells)))


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.6f}"


def _write(network: nx.Graph, target: Path, *, spreadsheet_safe: bool) -> None:
    places = " and ".join(map(str, _written(network, target, spreadsheet_safe=spreadsheet_safe)))
    nodes, ties = network.number_of_nodes(), network.number_of_edges()
    click.echo(
        f"{nodes:,} {network.graph['nodes_are']} and {ties:,} ties written to {places}", err=True
    )


def _written(network: nx.Graph, target: Path, *, spreadsheet_safe: bool) -> list[Path]:
    ending = target.suffix.lower()
    if ending == ".csv":
        return write_tables(network, target, spreadsheet_safe=spreadsheet_safe)
    if ending == ".vos":
        return write_vosviewer(network, target)
    with written(target) as file:
        if ending in WRITERS:
            WRITERS[ending](network, file)
        else:
            # Drawing needs matplotlib, which takes half a second to load.
            from graphbuild.network.drawing import write_picture

            write_picture(network, ending, file)
    return [target]
