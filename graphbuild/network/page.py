"""Write a scene as one HTML file that needs nothing else: no network, no other file."""

import base64
import hashlib
from html import escape
from importlib.resources import files
from typing import BinaryIO

from graphbuild.network.scene import Scene
from graphbuild.network.vector import shapes

TEMPLATE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
{drawing}
<div class="zoom">
<button id="in" title="Zoom in">+</button>
<button id="out" title="Zoom out">&minus;</button>
<button id="fit" title="Show all">&#x2922;</button>
</div>
</main>
<aside>
<h1>{title}</h1>
<p>{subtitle}</p>
<input id="search" type="search" placeholder="Find a name" aria-label="Find a name">
<ul id="found"></ul>
<div id="about" aria-live="polite"></div>
<h2>Communities</h2>
<ul id="legend">
{legend}
</ul>
{hollow}<div class="key">{size}</div>
</aside>
<script>{script}</script>
</body>
</html>
"""

HOLLOW = '<div class="key"><span class="swatch hollow"></span>{}</div>\n'


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
    page = TEMPLATE.format(
        policy=policy,
        title=escape(scene.title),
        subtitle=escape(scene.subtitle),
        drawing=_svg(scene),
        legend=_legend(scene),
        hollow=HOLLOW.format(escape(scene.hollow)) if scene.hollow else "",
        size=escape(scene.size),
        style=style,
        script=script,
    )
    file.write(page.encode())


def _part(name: str) -> str:
    return files("graphbuild.network").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _svg(scene: Scene) -> str:
    start = (
        f'<svg class="network" viewBox="0 0 {scene.width:.0f} {scene.height:.0f}" role="img" '
        f'aria-label="{escape(scene.title)}: {escape(scene.subtitle)}" '
        'xmlns="http://www.w3.org/2000/svg">'
    )
    return "\n".join([start, *shapes(scene), "</svg>"])


def _legend(scene: Scene) -> str:
    return "\n".join(
        f'<li><button data-colour="{group.colour}" aria-pressed="false">'
        '<svg class="swatch" viewBox="0 0 2 2">'
        f'<circle cx="1" cy="1" r="1" fill="{group.colour}"/></svg>'
        f'<span>{escape(group.title)}</span><span class="count">{group.size:,}</span></button></li>'
        for group in scene.groups
    )
