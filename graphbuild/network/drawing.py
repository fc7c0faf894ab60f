"""Draw a network into a file of any kind of picture."""

from collections.abc import Callable
from typing import BinaryIO

import networkx as nx

from graphbuild.network.page import write_page
from graphbuild.network.picture import write_pdf, write_png
from graphbuild.network.scene import Scene, draw
from graphbuild.network.vector import write_svg

PICTURES: dict[str, Callable[[Scene, BinaryIO], None]] = {
    ".html": write_page,
    ".png": write_png,
    ".svg": write_svg,
    ".pdf": write_pdf,
}
"""What writes a picture, by the end of the file's name."""


def write_picture(network: nx.Graph, ending: str, file: BinaryIO) -> None:
    """Draw a network.

    Args:
        network: what `draw` takes.
        ending: a key of `PICTURES`.
        file: where it goes.
    """
    PICTURES[ending](draw(network), file)
