"""Draw a scene as PNG or PDF with matplotlib."""

from typing import BinaryIO, Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon
from matplotlib.patheffects import withStroke

from graphbuild.network.frame import FADED, HEAD, HEAD_FADED, INK, PALE, PAPER, SIDE, framed
from graphbuild.network.scene import Scene

ALIGNMENT: dict[str, Literal["left", "center", "right"]] = {
    "start": "left",
    "middle": "center",
    "end": "right",
}
INCH = 72.0
DPI = 150
MOST_PIXELS = 6000
POINT = 0.92
"""Points of matplotlib's font that are as wide as one unit of the scene's."""


def write_png(scene: Scene, file: BinaryIO) -> None:
    """Draw a scene with title and legend into a file, the same bytes every time."""
    _write(scene, file, "png", {"Software": None})


def write_pdf(scene: Scene, file: BinaryIO) -> None:
    """Draw a scene as `write_png` does, as PDF with text that can be searched."""
    _write(scene, file, "pdf", {"Creator": None, "Producer": None, "CreationDate": None})


def _write(scene: Scene, file: BinaryIO, format: str, metadata: dict[str, None]) -> None:
    with mpl.rc_context(
        {"font.family": "DejaVu Sans", "text.parse_math": False, "pdf.fonttype": 42}
    ):
        _figure(scene).savefig(file, format=format, metadata=metadata)


def _figure(scene: Scene) -> Figure:
    frame = framed(scene)
    dpi = min(DPI, MOST_PIXELS / max(frame.width, frame.height) * INCH)
    figure = Figure(figsize=(frame.width / INCH, frame.height / INCH), dpi=dpi, facecolor=PAPER)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, frame.width)
    axes.set_ylim(frame.height - HEAD, -HEAD)
    axes.set_axis_off()
    axes.text(SIDE, 36 - HEAD, scene.title, fontsize=20, fontweight="bold", color=INK)
    axes.text(SIDE, 58 - HEAD, scene.subtitle, fontsize=11.5, color=PALE)
    _draw_scene(axes, scene)
    for entry in frame.entries:
        x, y = entry.x, entry.y - HEAD
        if entry.colour is not None:
            axes.add_patch(_circle(x - 12, y - 4, 6, entry.colour, hollow=entry.hollow))
        axes.text(x, y, entry.text, fontsize=10.5, color=PALE)
    return figure


def _draw_scene(axes: Axes, scene: Scene) -> None:
    at = {node.key: (node.x, node.y) for node in scene.nodes}
    lines = LineCollection(
        [(at[edge.one], at[edge.other]) for edge in scene.edges],
        linewidths=[edge.width for edge in scene.edges],
        colors=[edge.colour for edge in scene.edges],
        alpha=FADED,
        capstyle="round",
        zorder=1,
    )
    axes.add_collection(lines)
    for arrow in scene.arrows:
        axes.add_patch(
            Polygon(arrow.corners, facecolor=arrow.colour, alpha=HEAD_FADED, linewidth=0, zorder=2)
        )
    for node in scene.nodes:
        axes.add_patch(_circle(node.x, node.y, node.radius, node.colour, hollow=node.hollow))
    for label in scene.labels:
        axes.text(
            label.x,
            label.y,
            label.text,
            fontsize=label.size * POINT,
            color=INK,
            horizontalalignment=ALIGNMENT[label.anchor],
            path_effects=[withStroke(linewidth=2.4, foreground=PAPER)],
            zorder=4,
        )


def _circle(x: float, y: float, radius: float, colour: str, *, hollow: bool) -> Circle:
    if not hollow:
        return Circle((x, y), radius, facecolor=colour, edgecolor=PAPER, linewidth=1.2, zorder=3)
    return Circle(
        (x, y),
        radius,
        facecolor=PAPER,
        edgecolor=colour,
        linewidth=2,
        linestyle=(0, (2.2, 1.4)),
        zorder=3,
    )
