"""Small pictures: papers by year as bars, neighbours as a star. Geometry only; templates draw."""

from collections.abc import Sequence
from dataclasses import replace
from math import cos, pi, sin

from graphbuild.site.page import Bar, Link, Node

WIDTH = 640.0
HEIGHT = 320.0
LONGEST = 19
MOST_YEARS = 60
MOST_LABELS = 12
CENTRE = 0.25
"""Cosine below which a name is written above or below its point."""


def bars(years: Sequence[tuple[int, int]]) -> list[Bar]:
    """Return the bars of papers by year, a year without papers between others as an empty one.

    Only the last `MOST_YEARS` years are drawn: a misdated paper of 1066 must not squeeze them.

    >>> [(bar.label, bar.number, bar.height) for bar in bars([(2019, 1), (2021, 4)])]
    [('2019', 1, 25.0), ('2020', 0, 0.0), ('2021', 4, 100.0)]
    """
    if not years:
        return []
    last = max(year for year, _ in years)
    numbers = {year: number for year, number in years if year > last - MOST_YEARS}
    span = range(min(numbers), last + 1)
    most, step = max(numbers.values()), 100 / len(span)
    every = -(-len(span) // MOST_LABELS)
    return [
        Bar(
            label=str(year),
            number=numbers.get(year, 0),
            x=round(place * step, 2),
            width=round(step * 0.82, 2),
            height=round(100 * numbers.get(year, 0) / most, 1),
            shown=(last - year) % every == 0,
        )
        for place, year in enumerate(span)
    ]


def star(links: Sequence[tuple[Link, float]]) -> list[Node]:
    """Return neighbours around a centre, each with its weight from 0 to 1."""
    return [_node(link, weight, place / len(links)) for place, (link, weight) in enumerate(links)]


def _node(link: Link, weight: float, turn: float) -> Node:
    angle = 2 * pi * turn - pi / 2
    across, down = cos(angle), sin(angle)
    x, y = WIDTH / 2 + across * WIDTH * 0.17, HEIGHT / 2 + down * HEIGHT * 0.36
    side = "middle" if abs(across) < CENTRE else ("start" if across > 0 else "end")
    away = {"middle": 0.0, "start": 12.0, "end": -12.0}[side]
    drop = 4.0 if side != "middle" else (26.0 if down > 0 else -14.0)
    return Node(
        replace(link, text=shortened(link.text)),
        x=round(x, 1),
        y=round(y, 1),
        text_x=round(x + away, 1),
        text_y=round(y + drop, 1),
        anchor=side,
        weight=round(1 + 3 * weight, 1),
    )


def shortened(text: str, most: int = LONGEST) -> str:
    """Return a text that is not too long.

    >>> shortened("A long title that goes on", 12)
    'A long titl…'
    """
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
