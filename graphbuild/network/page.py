"""Write a scene as one HTML file that needs nothing else: no network, no other file."""

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from typing import BinaryIO

from graphbuild.network.scene import HOLLOW, SIZE, SMALL_FONT, Edge, Label, Node, Scene


def write_page(scene: Scene, file: BinaryIO) -> None:
    """Write a scene as a page with pan, zoom, search and details of each node.

    Names are foreign text: they are escaped here and set as text, never as markup, by the page's
    script. The page's security policy allows that one script, by its hash, and nothing from
    elsewhere.
    """
    style, script = _part("page.css"), _part("page.js")
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    file.write(
        f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(scene.title)}</title>
<style>{style}</style>
</head>
<body>
<main>
{_svg(scene)}
<div class="zoom">
<button id="in" title="Zoom in">+</button>
<button id="out" title="Zoom out">&minus;</button>
<button id="fit" title="Show all">&#x2922;</button>
</div>
</main>
<aside>
<h1>{escape(scene.title)}</h1>
<p>{escape(scene.subtitle)}</p>
<input id="search" type="search" placeholder="Find a name" aria-label="Find a name">
<ul id="found"></ul>
<div id="about" aria-live="polite"></div>
<h2>Communities</h2>
<ul id="legend">
{_legend(scene)}
</ul>
<div class="key"><span class="swatch hollow"></span>{escape(HOLLOW)}</div>
<div class="key">{escape(SIZE)}</div>
</aside>
<script>{script}</script>
</body>
</html>
""".encode()
    )


def _part(name: str) -> str:
    return files("graphbuild.network").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _svg(scene: Scene) -> str:
    keys = {node.key: str(number) for number, node in enumerate(scene.nodes)}
    labels = {label.key: label for label in scene.labels}
    lines = [
        f'<svg class="network" viewBox="0 0 {scene.width:.0f} {scene.height:.0f}" role="img" '
        f'aria-label="{escape(scene.title)}: {escape(scene.subtitle)}" '
        'xmlns="http://www.w3.org/2000/svg">'
    ]
    lines += _edges(scene.edges, scene.nodes, keys)
    lines += (_node(node, labels.get(node.key), keys[node.key]) for node in scene.nodes)
    return "\n".join([*lines, "</svg>"])


def _edges(edges: tuple[Edge, ...], nodes: tuple[Node, ...], keys: dict[str, str]) -> Iterator[str]:
    at = {node.key: node for node in nodes}
    for edge in edges:
        one, other = at[edge.one], at[edge.other]
        yield (
            f'<line class="edge" x1="{one.x}" y1="{one.y}" x2="{other.x}" y2="{other.y}" '
            f'stroke="{edge.colour}" stroke-width="{edge.width}" data-one="{keys[edge.one]}" '
            f'data-other="{keys[edge.other]}" data-weight="{edge.weight}"/>'
        )


def _node(node: Node, label: Label | None, key: str) -> str:
    hollow = " hollow" if node.hollow else ""
    paint = f'stroke="{node.colour}"' if node.hollow else f'fill="{node.colour}"'
    return (
        f'<g class="node{hollow}" tabindex="0" data-key="{key}" data-colour="{node.colour}" '
        f'data-label="{escape(node.label)}" data-note="{escape(node.note)}">'
        f"<title>{escape(node.label)}: {escape(node.note)}</title>"
        f'<circle cx="{node.x}" cy="{node.y}" r="{node.radius}" {paint}/>{_text(node, label)}</g>'
    )


def _text(node: Node, label: Label | None) -> str:
    if label is None:  # no room: shown when the node or a neighbour is pointed at
        x, y, size, kind = node.x + node.radius + 3, node.y + 4, SMALL_FONT, ' class="spare"'
    else:
        x, y, size, kind = label.x, label.y, label.size, ""
    return f'<text{kind} x="{x:.2f}" y="{y:.2f}" font-size="{size}">{escape(node.label)}</text>'


def _legend(scene: Scene) -> str:
    return "\n".join(
        f'<li><button data-colour="{group.colour}" aria-pressed="false">'
        f'<svg class="swatch" viewBox="0 0 2 2"><circle cx="1" cy="1" r="1" fill="{group.colour}"/></svg>'
        f'<span>{escape(group.title)}</span><span class="count">{group.size:,}</span></button></li>'
        for group in scene.groups
    )
