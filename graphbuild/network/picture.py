"""Draw a scene as PNG or SVG with matplotlib, the same bytes every time."""

from typing import BinaryIO, Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from matplotlib.patheffects import withStroke

from graphbuild.network.scene import HOLLOW, OTHER, SIZE, Scene

INK = "#1B1F24"
PALE = "#5B6470"
PAPER = "#FFFFFF"
HEAD = 78.0
FOOT = 34.0
LEGEND_LINE = 20.0
LEGEND_COLUMN = 270.0
INCH = 72.0
DPI = 150
MOST_PIXELS = 6000


def write_picture(scene: Scene, file: BinaryIO, kind: Literal["png", "svg"]) -> None:
    """Draw a scene into a file."""
    # No time stamp, no random identifiers, and text as text, so that an SVG can be searched.
    settings = {"svg.hashsalt": "graphbuild", "svg.fonttype": "none", "font.family": "DejaVu Sans"}
    with mpl.rc_context(settings):
        figure = _figure(scene)
        if kind == "png":
            FigureCanvasAgg(figure).print_png(file, metadata={"Software": None})
        else:
            FigureCanvasSVG(figure).print_svg(file, metadata={"Date": None, "Creator": "graphbuild"})


def _figure(scene: Scene) -> Figure:
    columns = max(1, int((scene.width - 40) // LEGEND_COLUMN))
    entries = len(scene.groups) + 2
    foot = FOOT + LEGEND_LINE * -(-entries // columns)
    width, height = scene.width, scene.height + HEAD + foot
    dpi = min(DPI, MOST_PIXELS / max(width, height) * INCH)
    figure = Figure(figsize=(width / INCH, height / INCH), dpi=dpi, facecolor=PAPER)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(scene.height + foot, -HEAD)
    axes.set_axis_off()
    _draw_edges(axes, scene)
    _draw_nodes(axes, scene)
    for label in scene.labels:
        axes.text(
            label.x,
            label.y,
            label.text,
            fontsize=label.size * 0.92,
            color=INK,
            parse_math=False,
            path_effects=[withStroke(linewidth=2.4, foreground=PAPER)],
            zorder=4,
        )
    axes.text(24, -HEAD + 36, scene.title, fontsize=20, fontweight="bold", color=INK)
    axes.text(24, -HEAD + 58, scene.subtitle, fontsize=11.5, color=PALE)
    _draw_legend(axes, scene, columns)
    return figure


def _draw_edges(axes: Axes, scene: Scene) -> None:
    at = {node.key: (node.x, node.y) for node in scene.nodes}
    lines = LineCollection(
        [(at[edge.one], at[edge.other]) for edge in scene.edges],
        linewidths=[edge.width for edge in scene.edges],
        colors=[edge.colour for edge in scene.edges],
        alpha=0.38,
        capstyle="round",
        zorder=1,
    )
    axes.add_collection(lines)


def _draw_nodes(axes: Axes, scene: Scene) -> None:
    for node in scene.nodes:
        axes.add_patch(_circle(node.x, node.y, node.radius, node.colour, hollow=node.hollow))


def _circle(x: float, y: float, radius: float, colour: str, *, hollow: bool) -> Circle:
    if hollow:
        return Circle(
            (x, y), radius, facecolor=PAPER, edgecolor=colour, linewidth=2, linestyle=(0, (2.2, 1.4)), zorder=3
        )
    return Circle((x, y), radius, facecolor=colour, edgecolor=PAPER, linewidth=1.2, zorder=3)


def _draw_legend(axes: Axes, scene: Scene, columns: int) -> None:
    entries = [(group.colour, f"{group.title} ({group.size:,})", False) for group in scene.groups]
    entries += [(OTHER, HOLLOW, True), ("", SIZE, False)]
    for number, (colour, text, hollow) in enumerate(entries):
        x = 32 + (number % columns) * LEGEND_COLUMN
        y = scene.height + 14 + (number // columns) * LEGEND_LINE
        if colour:
            axes.add_patch(_circle(x, y - 4, 6, colour, hollow=hollow))
        axes.text(x + 12 if colour else x - 6, y, text, fontsize=10.5, color=PALE, parse_math=False)
