"""Draw a scene as SVG, its words as text, so that they can be searched and edited."""

from collections.abc import Iterator
from html import escape
from typing import BinaryIO

from graphbuild.network.frame import FADED, HEAD, HEAD_FADED, INK, PALE, PAPER, SIDE, Entry, framed
from graphbuild.network.scene import SMALL_FONT, Arrow, Edge, Label, Node, Scene

STYLE = f"""
text {{ font-family: "DejaVu Sans", Verdana, sans-serif; fill: {INK}; }}
.pale {{ fill: {PALE}; }}
.edge {{ stroke-opacity: {FADED}; stroke-linecap: round; }}
.head {{ fill-opacity: {HEAD_FADED}; }}
.node text {{ paint-order: stroke; stroke: {PAPER}; stroke-width: 3px; stroke-linejoin: round; }}
.node text.spare {{ display: none; }}
circle {{ stroke: {PAPER}; stroke-width: 1.2; }}
.hollow circle {{ stroke: inherit; stroke-width: 2.2; stroke-dasharray: 3.4 2.4; fill: {PAPER}; }}
"""


def write_svg(scene: Scene, file: BinaryIO) -> None:
    """Draw a scene with title and legend into a file."""
    frame = framed(scene)
    width, height = f"{frame.width:.0f}", f"{frame.height:.0f}"
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
        f"<title>{escape(scene.title)}</title>",
        f"<style>{STYLE}</style>",
        f'<rect width="100%" height="100%" fill="{PAPER}"/>',
        f'<text x="{SIDE}" y="36" font-size="21" font-weight="bold">{escape(scene.title)}</text>',
        f'<text class="pale" x="{SIDE}" y="58" font-size="12">{escape(scene.subtitle)}</text>',
        f'<g transform="translate(0 {HEAD})">',
        *shapes(scene),
        "</g>",
        *map(_entry, frame.entries),
        "</svg>\n",
    ]
    file.write("\n".join(lines).encode())


def shapes(scene: Scene) -> Iterator[str]:
    """Yield the SVG elements of a scene: lines of class ``edge``, heads of arrows of class
    ``head``, then groups of class ``node``.

    A node's words have class ``spare`` where there is no room for them. What the page's script
    needs stands in ``data-`` attributes.
    """
    keys = {node.key: str(number) for number, node in enumerate(scene.nodes)}
    at = {node.key: node for node in scene.nodes}
    labels = {label.key: label for label in scene.labels}
    for edge in scene.edges:
        yield _line(edge, at[edge.one], at[edge.other], (keys[edge.one], keys[edge.other]))
    for arrow in scene.arrows:
        yield _head(arrow, (keys[arrow.one], keys[arrow.other]))
    for node in scene.nodes:
        yield _node(node, labels.get(node.key), keys[node.key])


def _line(edge: Edge, one: Node, other: Node, keys: tuple[str, str]) -> str:
    return (
        f'<line class="edge" x1="{one.x}" y1="{one.y}" x2="{other.x}" y2="{other.y}" '
        f'stroke="{edge.colour}" stroke-width="{edge.width}" data-one="{keys[0]}" '
        f'data-other="{keys[1]}" data-weight="{edge.weight}"/>'
    )


def _head(arrow: Arrow, keys: tuple[str, str]) -> str:
    corners = " ".join(f"{x},{y}" for x, y in arrow.corners)
    return (
        f'<polygon class="head" points="{corners}" fill="{arrow.colour}" '
        f'data-one="{keys[0]}" data-other="{keys[1]}"/>'
    )


def _node(node: Node, label: Label | None, key: str) -> str:
    hollow = f' hollow" stroke="{node.colour}' if node.hollow else ""
    return (
        f'<g class="node{hollow}" tabindex="0" data-key="{key}" data-colour="{node.colour}" '
        f'data-label="{escape(node.label)}" data-note="{escape(node.note)}">'
        f"<title>{escape(node.label)}: {escape(node.note)}</title>"
        f'<circle cx="{node.x}" cy="{node.y}" r="{node.radius}" fill="{node.colour}"/>'
        f"{_words(node, label)}</g>"
    )


def _words(node: Node, label: Label | None) -> str:
    if label is None:
        x, y = round(node.x + node.radius + 3, 2), round(node.y + 4, 2)
        place = f'class="spare" x="{x}" y="{y}" font-size="{SMALL_FONT}"'
    else:
        anchor = "" if label.anchor == "start" else f' text-anchor="{label.anchor}"'
        place = f'x="{label.x}" y="{label.y}" font-size="{label.size}"{anchor}'
    return f"<text {place}>{escape(node.label)}</text>"


def _entry(entry: Entry) -> str:
    text = (
        f'<text class="pale" x="{entry.x}" y="{entry.y}" font-size="11">{escape(entry.text)}</text>'
    )
    if entry.colour is None:
        return text
    kind = f' class="hollow" stroke="{entry.colour}"' if entry.hollow else ""
    dot = f'<circle cx="{entry.x - 12}" cy="{entry.y - 4}" r="6" fill="{entry.colour}"/>'
    return f"<g{kind}>{dot}</g>{text}"
