"""Turn a network into a drawing: circles, lines and words with places, sizes and colours.

Both pictures, the image and the page, draw the same scene.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from textwrap import shorten
from typing import Literal, cast

import networkx as nx
import numpy as np

from graphbuild.network.backbone import backbone
from graphbuild.network.layout import Points, place
from graphbuild.network.measures import communities, ties
from graphbuild.text import singular

COLOURS = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
    "#7A6A00",
    "#332288",
    "#882255",
)
"""Colours that people with any colour vision tell apart: those of Okabe and Ito (2008), the yellow
darker, and two dark ones of Tol (2021)."""

OTHER = "#8A8F98"
SMALLEST_GROUP = 3
LONGEST_TITLE = 34
SMALLEST, LARGEST, GROWTH = 5.0, 34.0, 3.4
GAP = 50.0
LETTER = 0.6
"""Mean width of a letter in parts of the font's size, on the generous side."""

MARGIN = 60.0
FONT = 14.0
SMALL_FONT = 11.5
LEAST_WIDTH = 640.0
TITLE_LETTER, SUBTITLE_LETTER = 13.5, 7.2

ARROW, ARROW_WIDTH = 9.0, 0.36
"""Length of an arrow's head, and half of its width for each unit of that."""

HOLLOW = "dashed: undecided who this is"

Box = tuple[float, float, float, float]
Anchor = Literal["start", "middle", "end"]
SHARE = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""How much of a word lies before its anchor."""


@dataclass(frozen=True)
class Node:
    """A circle; ``hollow`` says that it is not decided whom it stands for."""

    key: str
    label: str
    note: str
    x: float
    y: float
    radius: float
    colour: str
    hollow: bool
    weight: int


@dataclass(frozen=True)
class Edge:
    """A line between two nodes, by key."""

    one: str
    other: str
    width: float
    colour: str
    weight: int


@dataclass(frozen=True)
class Arrow:
    """The head of an arrow at the edge of the node that a line leads to, with its three corners."""

    one: str
    other: str
    corners: tuple[tuple[float, float], ...]
    colour: str


@dataclass(frozen=True)
class Label:
    """A word beside a node; ``x`` is where on its baseline ``anchor`` says."""

    key: str
    text: str
    x: float
    y: float
    size: float
    anchor: Anchor


@dataclass(frozen=True)
class Group:
    """A community with its colour, as the legend names it."""

    colour: str
    title: str
    size: int


@dataclass(frozen=True)
class Scene:
    """A drawing of ``width`` x ``height``, y growing downwards; what overlaps is drawn in order.

    ``size`` says what sizes mean, ``hollow`` what a dashed circle does; empty if there is none.
    """

    title: str
    subtitle: str
    width: float
    height: float
    edges: tuple[Edge, ...]
    nodes: tuple[Node, ...]
    labels: tuple[Label, ...]
    groups: tuple[Group, ...]
    size: str
    hollow: str
    arrows: tuple[Arrow, ...] = ()


def draw(network: nx.Graph) -> Scene:
    """Return the drawing of a network.

    Args:
        network: its nodes have ``label`` and the number that ``sized_by`` of the network names,
            its edges ``weight``.
    """
    groups = communities(network)
    thin = backbone(network)
    colours = {
        node: COLOURS[number] if number < len(COLOURS) and len(group) >= SMALLEST_GROUP else OTHER
        for number, group in enumerate(groups)
        for node in group
    }
    sizes = {node: said[network.graph["sized_by"]] for node, said in network.nodes(data=True)}
    radius = _radius(sizes)
    places = place(nx.Graph(thin), groups, radius, GAP)
    subtitle = _subtitle(thin, network.number_of_edges())
    places, width, height = _framed(places, radius, _least_width(network.graph["title"], subtitle))
    nodes = [
        _node(network, key, places[key], radius[key], colours[key])
        for key in sorted(network, key=lambda key: (-sizes[key], key))
    ]
    edges = [
        Edge(one, other, _width(weight), _tie_colour(colours, one, other), weight)
        for one, other, weight in ties(thin)
    ]
    return Scene(
        title=network.graph["title"],
        subtitle=subtitle,
        width=width,
        height=height,
        edges=tuple(edges),
        nodes=tuple(nodes),
        labels=tuple(_labels(nodes, edges, (width, height))),
        groups=tuple(_legend(network, groups, colours)),
        size=_size(network),
        hollow=HOLLOW if any(nx.get_node_attributes(network, "undecided")) else "",
        arrows=tuple(_arrows(thin, nodes, colours)),
    )


def _arrows(network: nx.Graph, nodes: Sequence[Node], colours: dict[str, str]) -> Iterator[Arrow]:
    """Yield the heads of the arrows of a directed network; circles that touch leave no room."""
    at = {node.key: node for node in nodes}
    for one, other, weight in sorted(network.edges(data="weight")) if network.is_directed() else ():
        start, end = at[one], at[other]
        across, down = end.x - start.x, end.y - start.y
        length = hypot(across, down)
        if length <= start.radius + end.radius + ARROW:
            continue
        across, down = across / length, down / length
        half = ARROW * ARROW_WIDTH + _width(weight) / 2
        tip = (end.x - across * (end.radius + 1.5), end.y - down * (end.radius + 1.5))
        foot = (tip[0] - across * ARROW, tip[1] - down * ARROW)
        sides = ((foot[0] - sign * down * half, foot[1] + sign * across * half) for sign in (1, -1))
        corners = tuple((round(x, 2), round(y, 2)) for x, y in (tip, *sides))
        yield Arrow(one, other, corners, _tie_colour(colours, one, other))


def _least_width(title: str, subtitle: str) -> float:
    """Return how wide a picture must be for its words."""
    words = max(len(title) * TITLE_LETTER, len(subtitle) * SUBTITLE_LETTER)
    return max(LEAST_WIDTH, words + MARGIN)


def _size(network: nx.Graph) -> str:
    said = network.graph
    thicker = "" if said["tied_by"] == "ties" else f"; thicker: more shared {said['tied_by']}"
    if network.is_directed():
        thicker = "; arrows lead to what is cited" if said["sized_by"] == "citations" else ""
    return f"larger: more {said['sized_by']}{thicker}"


def _radius(sizes: dict[str, int]) -> dict[str, float]:
    """Return how large each circle is: by area, and none too large."""
    growth = min(GROWTH, (LARGEST - SMALLEST) / sqrt(max(sizes.values(), default=1) or 1))
    return {node: SMALLEST + growth * sqrt(size) for node, size in sizes.items()}


def _framed(
    places: dict[str, tuple[float, float]], radius: dict[str, float], least: float
) -> tuple[dict[str, tuple[float, float]], float, float]:
    if not places:
        return {}, least, 360.0
    left = min(x - radius[key] for key, (x, _) in places.items()) - MARGIN
    top = min(y - radius[key] for key, (_, y) in places.items()) - MARGIN
    right = max(x + radius[key] for key, (x, _) in places.items()) + MARGIN * 1.6
    bottom = max(y + radius[key] for key, (_, y) in places.items()) + MARGIN
    width, height = max(right - left, least), max(bottom - top, 360.0)
    dx, dy = (width - right - left) / 2, (height - bottom - top) / 2
    return {key: (x + dx, y + dy) for key, (x, y) in places.items()}, width, height


def _node(
    network: nx.Graph, key: str, point: tuple[float, float], radius: float, colour: str
) -> Node:
    said, sized_by = network.nodes[key], network.graph["sized_by"]
    size = said[sized_by]
    note = [f"{size:,} {sized_by if size != 1 else singular(sized_by)}{_years(said)}"]
    if said.get("name", said["label"]) != said["label"] and "undecided" not in said:
        note.insert(0, said["name"])
    if "identity" in said:
        note.append(f"identity: {said['identity']}")
    if said.get("undecided"):
        note.append("may be the same person as another of this name")
    return Node(
        key=key,
        label=shorten(said["label"], LONGEST_TITLE, placeholder=" …"),
        note="; ".join(note),
        x=round(point[0], 2),
        y=round(point[1], 2),
        radius=round(radius, 2),
        colour=colour,
        hollow=said.get("undecided", False),
        weight=size,
    )


def _years(said: dict[str, object]) -> str:
    first, last = said.get("first_year"), said.get("last_year")
    if first is None:
        return ""
    return f", {first}" if first == last else f", {first} to {last}"


def _width(weight: int) -> float:
    return round(min(0.6 + 0.75 * sqrt(weight), 6.0), 2)


def _tie_colour(colours: dict[str, str], one: str, other: str) -> str:
    return colours[one] if colours[one] == colours[other] else OTHER


def _subtitle(network: nx.Graph, ties: int) -> str:
    said = network.graph
    source = f" from {said['papers']:,} papers{_years(said)}" if "papers" in said else ""
    parts = [f"{len(network):,} {said['nodes_are']}, {ties:,} ties{source}"]
    if said.get("nodes_left_out"):
        left_out = f"{said['nodes_left_out']:,} {said['nodes_are']}"
        parts.append(f"{left_out} with fewer {said['sized_by']} are left out")
    if said.get("units_left_out"):
        parts.append(f"{said['units_left_out']:,} {said['tied_by']} of very many tie nobody")
    if said.get("ties_left_out"):
        few = said["ties_left_out"] == 1
        parts.append(
            f"{said['ties_left_out']:,} {'tie that says' if few else 'ties that say'} little "
            f"{'is' if few else 'are'} not drawn"
        )
    return "; ".join(parts)


def _legend(network: nx.Graph, groups: list[set[str]], colours: dict[str, str]) -> Iterable[Group]:
    rest = 0
    for group in groups:
        # The better connected of those with most papers, and of those the first by IRI.
        first = max(sorted(group), key=lambda node: _standing(network, node))
        if colours[first] == OTHER:
            rest += len(group)
        else:
            title = shorten(
                f"around {network.nodes[first]['label']}", LONGEST_TITLE, placeholder=" …"
            )
            yield Group(colours[first], title, len(group))
    if rest:
        yield Group(OTHER, "others", rest)


def _standing(network: nx.Graph, node: str) -> tuple[int, int]:
    return network.nodes[node][network.graph["sized_by"]], network.degree(node, weight="weight")


def _labels(nodes: list[Node], edges: list[Edge], frame: tuple[float, float]) -> Iterable[Label]:
    """Yield words for as many nodes as have room, the largest first."""
    taken: list[Box] = []
    circles = [(n.x, n.y, n.radius) for n in nodes]
    dots = _dots(nodes, edges)
    for node in nodes:
        size = FONT if node.weight > 1 else SMALL_FONT
        width = len(node.label) * size * LETTER
        best: tuple[float, Label, Box] | None = None
        for x, y, anchor, away in _spots(node, size):
            left = x - width * SHARE[anchor]
            box = (left - 2, y - size, left + width + 2, y + size * 0.35)
            if _inside(box, frame) and not _hits(box, taken, circles):
                cost = _count_in(box, dots) + away * 0.6
                if best is None or cost < best[0]:
                    best = cost, Label(node.key, node.label, x, y, size, anchor), box
        if best is not None:
            taken.append(best[2])
            yield best[1]


def _dots(nodes: list[Node], edges: list[Edge]) -> Points:
    """Return points along all lines, by which a word finds a place that few lines cross."""
    at = {node.key: np.array((node.x, node.y)) for node in nodes}
    steps = np.linspace(0, 1, 40)[:, None]
    lines = [at[edge.one] + (at[edge.other] - at[edge.one]) * steps for edge in edges]
    return np.concatenate(lines) if lines else np.empty((0, 2))


def _count_in(box: Box, dots: Points) -> int:
    left, top, right, bottom = box
    x, y = dots.T
    return int(((x > left) & (x < right) & (y > top) & (y < bottom)).sum())


def _spots(node: Node, size: float) -> Iterable[tuple[float, float, Anchor, float]]:
    """Yield places for a word around its node and how far away each is, nearest first."""
    for away in (3.0, 8.0, 16.0):
        reach = node.radius + away
        aslant = reach * 0.75
        for x, y, anchor in (
            (reach, size * 0.36, "start"),
            (-reach, size * 0.36, "end"),
            (0, -reach, "middle"),
            (0, reach + size * 0.75, "middle"),
            (aslant, -aslant, "start"),
            (aslant, aslant + size * 0.6, "start"),
            (-aslant, -aslant, "end"),
            (-aslant, aslant + size * 0.6, "end"),
        ):
            yield round(node.x + x, 2), round(node.y + y, 2), cast("Anchor", anchor), away


def _inside(box: Box, frame: tuple[float, float]) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= frame[0] and box[3] <= frame[1]


def _hits(box: Box, taken: list[Box], circles: list[tuple[float, float, float]]) -> bool:
    left, top, right, bottom = box
    if any(left < x2 and right > x1 and top < y2 and bottom > y1 for x1, y1, x2, y2 in taken):
        return True
    for x, y, radius in circles:
        dx, dy = x - min(max(x, left), right), y - min(max(y, top), bottom)
        if dx * dx + dy * dy < (radius + 1) ** 2:
            return True
    return False
