"""Write a network for other programs: GraphML, GEXF, node-link JSON, CSV."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import networkx as nx

from graphbuild.store.output import written
from graphbuild.text import CONTROL

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MODIFIED = re.compile(r' lastmodifieddate="[^"]*"')
NODE_COLUMNS = (
    "id", "label", "name", "papers", "identity", "undecided", "first_year", "last_year",
)  # fmt: skip
EDGE_COLUMNS = ("source", "target", "weight", "fractional", "first_year", "last_year")


def write_graphml(network: nx.Graph, file: BinaryIO) -> None:
    """Write GraphML."""
    file.write(_lines(nx.generate_graphml(_clean(network), named_key_ids=True)))


def write_gexf(network: nx.Graph, file: BinaryIO) -> None:
    """Write GEXF 1.2 for Gephi, without the date of writing."""
    file.write(MODIFIED.sub("", _lines(nx.generate_gexf(_clean(network))).decode()).encode())


def write_json(network: nx.Graph, file: BinaryIO) -> None:
    """Write node-link JSON, which networkx, D3 and others read."""
    document = nx.node_link_data(_clean(network), edges="edges")
    file.write(msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n")


WRITERS: Mapping[str, Callable[[nx.Graph, BinaryIO], None]] = {
    ".graphml": write_graphml,
    ".gexf": write_gexf,
    ".json": write_json,
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
    nodes = ({"id": node, **said} for node, said in sorted(network.nodes(data=True)))
    pairs = sorted((*sorted(edge[:2]), edge[2]) for edge in network.edges(data=True))
    edges = ({"source": one, "target": other, **said} for one, other, said in pairs)
    paths = []
    for name, columns, rows in (("nodes", NODE_COLUMNS, nodes), ("edges", EDGE_COLUMNS, edges)):
        path = target.with_name(f"{target.stem}-{name}.csv")
        with written(path) as file:
            file.write(_table(columns, rows, spreadsheet_safe=spreadsheet_safe))
        paths.append(path)
    return paths


def _table(
    columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]], *, spreadsheet_safe: bool
) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
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
    copy = nx.Graph(**network.graph)
    for node, said in sorted(network.nodes(data=True)):
        copy.add_node(node, **{key: _printable(value) for key, value in said.items()})
    for one, other, said in sorted(
        (*sorted(edge[:2]), edge[2]) for edge in network.edges(data=True)
    ):
        copy.add_edge(one, other, **said)
    return copy


def _printable(value: object) -> object:
    return CONTROL.sub("\ufffd", value) if isinstance(value, str) else value


def _lines(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
