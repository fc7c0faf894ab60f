"""Draw a chart of an answer: bars or lines, as PNG, SVG, PDF or a page that needs nothing else."""

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from textwrap import fill, shorten
from typing import TYPE_CHECKING, Any, BinaryIO

from graphbuild.errors import QueryError
from graphbuild.store.output import written

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7A6A00", "#332288")
"""Colours that people with any colour vision tell apart (Okabe and Ito 2008), the yellow darker."""

ENDINGS = (".html", ".png", ".svg", ".pdf")
KINDS = ("bar", "line")
INK, PALE, GRID = "#1B1F24", "#5B6470", "#D8DCE2"
MOST_BARS = 30
MOST_SERIES = len(COLOURS)
LONGEST = 44
LONGEST_LINE = 66
INCHES = 9.0
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 15px/1.5 Verdana, "DejaVu Sans", sans-serif; color: #1B1F24; margin: 1.5rem auto;
  max-width: 60rem; padding: 0 1rem; }}
svg {{ width: 100%; height: auto; }}
table {{ border-collapse: collapse; margin: 1rem 0; }}
th, td {{ text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #D8DCE2; }}
td.number {{ text-align: right; font-variant-numeric: tabular-nums; }}
</style>
</head>
<body>
{drawing}
<table><thead><tr>{head}</tr></thead><tbody>
{rows}
</tbody></table>
</body>
</html>
"""


@dataclass(frozen=True)
class Chart:
    """What is drawn.

    Attributes:
        title: what it is about.
        kind: ``bar`` or ``line``.
        x: name of the column along the axis of things or times.
        y: name of the column that is measured.
        series: by name of the series, empty if there is one only, the points in their order.
        left_out: how many rows are not drawn, because they lack a value or are too many.
    """

    title: str
    kind: str
    x: str
    y: str
    series: Mapping[str, Sequence[tuple[str | int, float]]]
    left_out: int

    @property
    def of_years(self) -> bool:
        """Whether the points stand on a scale of whole numbers, not beside each other as things."""
        return all(isinstance(x, int) for points in self.series.values() for x, _ in points)


def chart_of(title: str, view: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> Chart:
    """Return the chart that a view makes of rows.

    Rows without a value on either axis are left out and counted, as are all but the first
    `MOST_BARS` things, because names of more cannot be read; years are all drawn.

    Raises:
        QueryError: the view is no chart, or names a column that is not there.
    """
    kind, x, y, by = (view.get(key, "") for key in ("kind", "x", "y", "series"))
    if kind not in KINDS:
        raise QueryError(_no_chart(kind))
    lacking = [name for name in (x, y, *filter(None, [by])) if rows and name not in rows[0]]
    if lacking:
        raise QueryError(f"the view names the column {lacking[0]!r}, which the answer has not")
    series: dict[str, list[tuple[str | int, float]]] = {}
    for row in rows:
        value = row[y]
        if row[x] is not None and isinstance(value, (int, float)):
            series.setdefault(str(row[by]) if by else "", []).append((_point(row[x]), value))
    series = {name: _apart(points) for name, points in series.items()}
    chart = Chart(title, kind, x, y, series, 0)
    if not chart.of_years:
        series = {name: points[:MOST_BARS] for name, points in series.items()}
    series = dict(list(series.items())[:MOST_SERIES])
    drawn = sum(map(len, series.values()))
    return Chart(title, kind, x, y, series, len(rows) - drawn)


def _apart(points: Sequence[tuple[str | int, float]]) -> list[tuple[str | int, float]]:
    """Number things of one name, such as two people: they would be drawn over each other."""
    seen: Counter[str | int] = Counter()
    apart: list[tuple[str | int, float]] = []
    for x, value in points:
        seen[x] += 1
        again = isinstance(x, str) and seen[x] > 1
        apart.append((f"{x} ({seen[x]})" if again else x, value))
    return apart


def write_chart(chart: Chart, target: Path) -> None:
    """Draw a chart into a file, the same bytes every time; the end of its name says what it is.

    Raises:
        QueryError: the name ends in none of `ENDINGS`.
        GraphBuildError: the file cannot be written.
    """
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        raise QueryError(f"{str(target)!r} ends in none of {' '.join(ENDINGS)}")
    with written(target) as file:
        if ending == ".html":
            file.write(_page(chart).encode())
        else:
            _save(chart, file, ending[1:])


def _no_chart(kind: str) -> str:
    if kind == "graph":
        return (
            "the picture of this answer is a network; "
            "draw it with: graphbuild network NAME GRAPH -p PARAMETER=VALUE --to FILE"
        )
    return (
        "this query says nothing of a chart; write above it, for instance, "
        f"#+ view: {{kind: bar, x: year, y: papers}} (kinds: {', '.join(KINDS)})"
    )


def _point(value: object) -> str | int:
    """Return a year or another whole number as such, whatever else as a name that fits."""
    text = str(value)
    if text.isascii() and text.isdigit():
        return int(text)
    return shorten(text, LONGEST, placeholder=" …")


def _save(chart: Chart, file: BinaryIO, format: str) -> None:
    # Matplotlib takes half a second to load.
    import matplotlib as mpl

    metadata: dict[str, dict[str, Any]] = {
        "png": {"Software": None},
        "svg": {"Date": None, "Creator": None},
        "pdf": {"Creator": None, "Producer": None, "CreationDate": None},
    }
    with mpl.rc_context(
        {
            "font.family": "DejaVu Sans",
            "text.parse_math": False,
            "pdf.fonttype": 42,
            "svg.fonttype": "none",
            "svg.hashsalt": "graphbuild",
        }
    ):
        figure_of(chart).savefig(file, format=format, dpi=150, metadata=metadata[format])


def figure_of(chart: Chart) -> "Figure":
    """Return a chart as a figure of matplotlib."""
    from matplotlib.figure import Figure

    lying = not chart.of_years
    things = len({x for points in chart.series.values() for x, _ in points})
    height = max(2.4, 0.29 * things * (len(chart.series) if lying else 1) + 1.5) if lying else 5.0
    figure = Figure(figsize=(INCHES, min(height, 40.0)), facecolor="white")
    figure.set_layout_engine("constrained", w_pad=0.14, h_pad=0.14)
    axes = figure.add_subplot()
    _draw_things(axes, chart) if lying else _draw_years(axes, chart)
    _dress(axes, chart, lying=lying)
    return figure


def _draw_things(axes: "Axes", chart: Chart) -> None:
    """Draw lying bars, so that names can be read, the first on top."""
    names = list(dict.fromkeys(str(x) for points in chart.series.values() for x, _ in points))
    place = {name: number for number, name in enumerate(names)}
    width = 0.76 / max(len(chart.series), 1)
    for number, (name, points) in enumerate(chart.series.items()):
        at = [place[str(x)] + (number - (len(chart.series) - 1) / 2) * width for x, _ in points]
        bars = axes.barh(at, [y for _, y in points], width, color=COLOURS[number], label=name)
        axes.bar_label(bars, fmt="{:,g}", padding=4, fontsize=9, color=PALE)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_ylim(len(names) - 0.4, -0.6)


def _draw_years(axes: "Axes", chart: Chart) -> None:
    """Draw on a scale, so that years without anything show as gaps."""
    from matplotlib.ticker import MaxNLocator

    width = 0.8 / max(len(chart.series), 1)
    for number, (name, points) in enumerate(chart.series.items()):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if chart.kind == "line":
            axes.plot(xs, ys, "o-", color=COLOURS[number], label=name, linewidth=2, markersize=5)
        else:
            at = [int(x) + (number - (len(chart.series) - 1) / 2) * width for x in xs]
            axes.bar(at, ys, width, color=COLOURS[number], label=name)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=16, integer=True, min_n_ticks=1))
    axes.xaxis.set_major_formatter("{x:.0f}")


def _dress(axes: "Axes", chart: Chart, *, lying: bool) -> None:
    """Write title and axes, and leave out all ink that says nothing."""
    from matplotlib.ticker import MaxNLocator

    axes.set_title(
        fill(chart.title, LONGEST_LINE),
        loc="left",
        fontsize=13,
        fontweight="bold",
        color=INK,
        pad=14,
    )
    value_axis = axes.xaxis if lying else axes.yaxis
    (axes.set_xlabel if lying else axes.set_ylabel)(chart.y, color=PALE)
    if not lying:
        axes.set_xlabel(chart.x, color=PALE)
        axes.set_ylim(bottom=min(0, axes.get_ylim()[0]))
    if all(float(y).is_integer() for points in chart.series.values() for _, y in points):
        value_axis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    value_axis.grid(visible=True, color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, colors=INK)
    axes.spines[["top", "right", "left" if not lying else "bottom"]].set_visible(False)
    if list(chart.series) != [""] and chart.series:
        axes.legend(frameon=False, labelcolor=INK)
    if chart.left_out:
        note = f"{chart.left_out:,} more rows are not drawn"
        axes.annotate(note, (1, 1), xycoords="axes fraction", ha="right", va="bottom", color=PALE)


def _page(chart: Chart) -> str:
    """Return a page that shows the chart and, for reading it out or copying, its numbers."""
    picture = io.BytesIO()
    _save(chart, picture, "svg")
    drawing = picture.getvalue().decode()
    several = list(chart.series) != [""]
    rows = (
        f"<tr>{f'<td>{escape(name)}</td>' if several else ''}<td>{escape(str(x))}</td>"
        f'<td class="number">{y:,g}</td></tr>'
        for name, points in chart.series.items()
        for x, y in points
    )
    head = (*([""] if several else []), chart.x, chart.y)
    return PAGE.format(
        title=escape(chart.title),
        drawing=drawing[drawing.index("<svg") :],
        head="".join(f"<th>{escape(name)}</th>" for name in head),
        rows="\n".join(rows),
    )
