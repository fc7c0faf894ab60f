"""Place the nodes of a network in the plane: the same network gives the same picture every time.

Each connected part is laid out by forces (Fruchterman and Reingold 1991, doi
10.1002/spe.4380211102), turned to lie flat, and the parts are packed around the largest.
"""

from collections.abc import Sequence
from math import cos, pi, sin, sqrt

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Box = tuple[float, float, float, float]
Points = NDArray[np.float64]

ROUNDS = 500
ROOM = 1.75
GOLDEN = pi * (3 - sqrt(5))
FLATNESS = 1.5
"""How much wider than high the whole is to be."""


def place(
    network: nx.Graph, groups: Sequence[set[str]], radius: dict[str, float], gap: float
) -> dict[str, tuple[float, float]]:
    """Return a position for each node, y growing downwards.

    Args:
        network: edges with ``weight``.
        groups: the communities, which start side by side.
        radius: half the width of each node; no two overlap.
        gap: the free space that neighbouring nodes are to have, in the unit of ``radius``.
    """
    order = [node for group in groups for node in sorted(group)]
    parts = sorted(nx.connected_components(network), key=lambda part: (-len(part), min(part)))
    placed: dict[str, tuple[float, float]] = {}
    boxes: list[Box] = []
    for part in parts:
        nodes = [node for node in order if node in part]
        sizes = np.array([radius[node] for node in nodes])
        points = _spread(network, nodes, sizes, gap)
        halves = np.max(np.abs(points) + sizes[:, None], axis=0)
        # Words need room beside the nodes more than above them.
        half = float(halves[0]) + gap, float(halves[1]) + gap * 0.5
        x, y = _free_place(boxes, half)
        boxes.append((x, y, *half))
        placed |= {
            node: (float(px) + x, float(py) + y)
            for node, (px, py) in zip(nodes, points, strict=True)
        }
    return placed


def _spread(network: nx.Graph, nodes: list[str], sizes: Points, gap: float) -> Points:
    count = len(nodes)
    if count == 1:
        return np.zeros((1, 2))
    place_of = {node: number for number, node in enumerate(nodes)}
    pull = np.zeros((count, count))
    for one, other, weight in network.subgraph(nodes).edges(data="weight", default=1):
        pull[place_of[one], place_of[other]] = pull[place_of[other], place_of[one]] = sqrt(weight)
    reach = gap + float(np.mean(sizes)) * 2
    points = np.array(
        [(cos(GOLDEN * n) * sqrt(n + 1), sin(GOLDEN * n) * sqrt(n + 1)) for n in range(count)]
    )
    points = _flat(_settle(points * reach, pull, reach))
    # Much room for each node is too much for the eye.
    room = float(np.prod(np.ptp(points, axis=0) + reach)) / count
    points *= min(1.0, reach * ROOM / sqrt(room))
    return _centred(_apart(points, sizes, gap * 0.35))


def _settle(points: Points, pull: Points, reach: float) -> Points:
    """Return points after springs along the edges and repulsion between all have balanced."""
    # A node of many ties pushes harder, so that its neighbours do not crowd around it.
    push = np.sqrt(1 + (pull > 0).sum(axis=1))
    # Many nodes push each other far apart, so they are drawn to the middle by more.
    pull_in = 0.05 + 0.004 * len(points)
    heat = reach * sqrt(len(points))
    for step in range(ROUNDS):
        gaps = points[:, None] - points[None]
        distance = np.maximum(np.hypot(gaps[..., 0], gaps[..., 1]), reach * 0.01)
        repulsion = reach**2 * push[:, None] * push[None] / distance**2
        attraction = pull * distance / reach
        force = ((repulsion - attraction)[..., None] * gaps).sum(axis=1)
        force -= points * (pull_in * push[:, None])
        length = np.maximum(np.hypot(*force.T), 1e-9)
        limit = heat * (1 - step / ROUNDS) ** 2
        points = points + force / length[:, None] * np.minimum(length, limit)[:, None]
    return points


def _flat(points: Points) -> Points:
    """Return points around their middle, the longest direction level."""
    centred = points - points.mean(axis=0)
    values, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, np.argsort(-values)]
    # The sign of an eigenvector is free: the first coordinate decides it.
    signs = np.where(axes[np.argmax(np.abs(axes), axis=0), range(2)] < 0, -1.0, 1.0)
    turned: Points = centred @ (axes * signs)
    return turned


def _centred(points: Points) -> Points:
    middle: Points = (points.max(axis=0) + points.min(axis=0)) / 2
    return points - middle


def _apart(points: Points, sizes: Points, gap: float) -> Points:
    """Return points moved so far that no two nodes are nearer than the gap."""
    needed = sizes[:, None] + sizes[None] + gap
    np.fill_diagonal(needed, 0)
    for _ in range(200):
        gaps = points[:, None] - points[None]
        distance = np.maximum(np.hypot(gaps[..., 0], gaps[..., 1]), 1e-6)
        overlap = np.maximum(needed - distance, 0)
        if overlap.max() < 0.5:
            break
        points = points + (gaps / distance[..., None] * overlap[..., None]).sum(axis=1) * 0.25
    return points


def _free_place(boxes: list[Box], half: tuple[float, float]) -> tuple[float, float]:
    """Return the middle of a box that touches none of those placed, near the first one.

    A box is its middle and half its width and height.
    """
    wide, high = half
    for turn in range(200_000):
        distance = 4 * sqrt(turn)
        x, y = FLATNESS * distance * cos(GOLDEN * turn), distance * sin(GOLDEN * turn)
        if all(abs(x - a) >= wide + w or abs(y - b) >= high + h for a, b, w, h in boxes):
            return x, y
    return 0.0, max(b + h for _, b, _, h in boxes) + high
