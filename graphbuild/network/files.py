"""Write a network for other programs: GraphML, GEXF, JSON, Pajek, CSV, VOSviewer."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import networkx as nx

from graphbuild.store.output import written
from graphbuild.text import CONTROL, clean

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MODIFIED = re.compile(r' lastmodifieddate="[^"]*"')
FIRST_COLUMNS = ("id", "label", "name")
EDGE_COLUMNS = ("source", "target", "weight", "fractional", "first_year", "last_year")


def write_graphml(network: nx.Graph, file: BinaryIO) -> None:
    """Write GraphML."""
    file.write(_lines(nx.generate_graphml(_clean(network), named_key_ids=True)))


def write_gexf(network: nx.Graph, file: BinaryIO) -> None:
    """Write GEXF 1.2 for Gephi, without the date of writing.

    It is dynamic: nodes and edges live from their first to their last year where these are known.
    """
    copy = _clean(network)
    for *_, said in (*copy.nodes(data=True), *copy.edges(data=True)):
        for bound, year in (("start", "first_year"), ("end", "last_year")):
            if year in said:
                said[bound] = said[year]
    file.write(MODIFIED.sub("", _lines(nx.generate_gexf(copy)).decode()).encode())


def write_json(network: nx.Graph, file: BinaryIO) -> None:
    """Write node-link JSON, which networkx, D3 and others read."""
    _write_json(nx.node_link_data(_clean(network), edges="edges"), file)


def write_cytoscape(network: nx.Graph, file: BinaryIO) -> None:
    """Write JSON for Cytoscape and Cytoscape.js."""
    _write_json(nx.cytoscape_data(_clean(network)), file)


def write_pajek(network: nx.Graph, file: BinaryIO) -> None:
    """Write Pajek: vertices numbered from 1 with their labels, then arcs or edges with weights."""
    nodes = sorted(network)
    place = {node: number for number, node in enumerate(nodes, 1)}
    labels = (clean(network.nodes[node]["label"]).replace('"', "'") for node in nodes)
    lines = [f"*Vertices {len(nodes)}"]
    lines += [f'{number} "{label}"' for number, label in enumerate(labels, 1)]
    lines.append("*Arcs" if network.is_directed() else "*Edges")
    lines += [
        f"{place[one]} {place[other]} {said['weight']}" for one, other, said in _pairs(network)
    ]
    file.write(_lines(lines))


def _write_json(document: object, file: BinaryIO) -> None:
    file.write(msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n")


WRITERS: Mapping[str, Callable[[nx.Graph, BinaryIO], None]] = {
    ".graphml": write_graphml,
    ".gexf": write_gexf,
    ".json": write_json,
    ".cyjs": write_cytoscape,
    ".net": write_pajek,
}
"""What writes a network, by the end of the file's name."""


def write_tables(network: nx.Graph, target: Path, *, spreadsheet_safe: bool = False) -> list[Path]:
    """Write two CSV files, ``NAME-nodes.csv`` and ``NAME-edges.csv``, and return their paths.

    Args:
        network: what to write.
        target: ``NAME.csv``.
        spreadsheet_safe: put ``'`` before text that a spreadsheet would run as a formula.

    Raises:
        GraphBuildError: a file cannot be written.
    """
    nodes = [{"id": node, **said} for node, said in sorted(network.nodes(data=True))]
    edges = [{"source": one, "target": other, **said} for one, other, said in _pairs(network)]
    tables = (("nodes", FIRST_COLUMNS, nodes), ("edges", EDGE_COLUMNS, edges))
    return [
        _written(
            target.with_name(f"{target.stem}-{name}.csv"),
            _table(_columns(first, rows), rows, spreadsheet_safe=spreadsheet_safe),
        )
        for name, first, rows in tables
    ]


def write_vosviewer(network: nx.Graph, target: Path) -> list[Path]:
    """Write ``NAME-map.txt`` and ``NAME-network.txt`` for VOSviewer, and return their paths.

    The map has a weight for what sizes the nodes, a score for every other number that is said of
    them, and the IRI as address; where communities were measured they are the clusters.

    Raises:
        GraphBuildError: a file cannot be written.
    """
    nodes = sorted(network)
    place = {node: number for number, node in enumerate(nodes, 1)}
    rows = [_map_row(network, node, place[node]) for node in nodes]
    ties = [
        f"{place[one]}\t{place[other]}\t{said['weight']}" for one, other, said in _pairs(network)
    ]
    text = _table(_columns(("id", "label"), rows), rows, spreadsheet_safe=False, delimiter="\t")
    return [
        _written(target.with_name(f"{target.stem}-map.txt"), text),
        _written(target.with_name(f"{target.stem}-network.txt"), _lines(ties)),
    ]


def _map_row(network: nx.Graph, node: str, number: int) -> dict[str, Any]:
    said, sized_by = network.nodes[node], network.graph["sized_by"]
    row = {"id": number, "label": clean(said["label"]), "url": node}
    row[f"weight<{sized_by}>"] = said[sized_by]
    if "community" in said:
        row["cluster"] = said["community"]
    spent = ("label", "name", sized_by, "community")
    numbers = ((key, value) for key, value in said.items() if key not in spent)
    row |= {f"score<{key}>": value for key, value in numbers if type(value) in (int, float)}
    return row


def _written(path: Path, content: bytes) -> Path:
    with written(path) as file:
        file.write(content)
    return path


def _columns(first: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the columns of a table: the usual ones, then all others in the order they come."""
    return tuple(dict.fromkeys([*first, *(key for row in rows for key in row)]))


def _pairs(network: nx.Graph) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the edges in sorted order, without directions each with its ends in order too."""
    directed = network.is_directed()
    edges = network.edges(data=True)
    return sorted(
        ((*(edge[:2] if directed else sorted(edge[:2])), edge[2]) for edge in edges),
        key=lambda edge: edge[:2],
    )


def _table(
    columns: tuple[str, ...],
    rows: Iterable[Mapping[str, Any]],
    *,
    spreadsheet_safe: bool,
    delimiter: str = ",",
) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(columns)
    for row in rows:
        cells = [_cell(row.get(column, "")) for column in columns]
        writer.writerow([_harmless(cell) for cell in cells] if spreadsheet_safe else cells)
    return text.getvalue().encode()


def _cell(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _clean(network: nx.Graph) -> nx.Graph:
    """Return a copy in sorted order, without characters that XML cannot hold."""
    copy = type(network)(**network.graph)
    for node, said in sorted(network.nodes(data=True)):
        copy.add_node(node, **{key: _printable(value) for key, value in said.items()})
    for one, other, said in _pairs(network):
        copy.add_edge(one, other, **{key: _printable(value) for key, value in said.items()})
    return copy


def _printable(value: object) -> object:
    return CONTROL.sub("\ufffd", value) if isinstance(value, str) else value


def _lines(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
