"""Lay out title and legend around a scene that is drawn as a still picture."""

from dataclasses import dataclass

from graphbuild.network.scene import OTHER, Scene

INK = "#1B1F24"
PALE = "#5B6470"
PAPER = "#FFFFFF"
FADED, HEAD_FADED = 0.38, 0.75
"""Opacity of the lines, and of the heads of arrows."""

HEAD = 78.0
FOOT = 34.0
LINE = 20.0
COLUMN = 270.0
SIDE = 24.0


@dataclass(frozen=True)
class Entry:
    """One entry of the legend; ``x`` and ``y`` are the start of its words' baseline."""

    x: float
    y: float
    text: str
    colour: str | None
    hollow: bool


@dataclass(frozen=True)
class Frame:
    """A still picture: the scene lies ``HEAD`` below its top, the legend below the scene."""

    width: float
    height: float
    entries: tuple[Entry, ...]


def framed(scene: Scene) -> Frame:
    """Return size and legend of the picture of a scene."""
    columns = max(1, int((scene.width - SIDE) // COLUMN))
    said: list[tuple[str, str | None, bool]] = [
        (f"{group.title} ({group.size:,})", group.colour, False) for group in scene.groups
    ]
    said += [(scene.hollow, OTHER, True)] if scene.hollow else []
    said.append((scene.size, None, False))
    entries = tuple(
        Entry(
            x=SIDE + 20 * (colour is not None) + number % columns * COLUMN,
            y=HEAD + scene.height + 14 + number // columns * LINE,
            text=text,
            colour=colour,
            hollow=hollow,
        )
        for number, (text, colour, hollow) in enumerate(said)
    )
    rows = -(-len(said) // columns)
    return Frame(scene.width, HEAD + scene.height + FOOT + LINE * rows, entries)
