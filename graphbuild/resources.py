"""Find the data files that graphbuild ships: ontology, queries and shapes."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

Folder = Literal["ontology", "queries", "shapes"]


def folder(name: Folder) -> Traversable:
    """Return a shipped folder: inside the installed package, or beside it in a checkout."""
    installed = files("graphbuild") / name
    return installed if installed.is_dir() else Path(__file__).resolve().parents[1] / name


def read(name: Folder, path: str) -> str:
    """Return the text of one shipped file, e.g. ``read("queries", "author/coauthors.rq")``.

    Raises:
        FileNotFoundError: the folder holds no such file.
    """
    return folder(name).joinpath(*path.split("/")).read_text(encoding="utf-8")


def walk(name: Folder, suffix: str) -> list[str]:
    """Return the paths of the shipped files that end in ``suffix``, sorted, ``/`` between parts."""
    return sorted(_paths(folder(name), "", suffix))


def _paths(place: Traversable, prefix: str, suffix: str) -> list[str]:
    found = []
    for entry in place.iterdir():
        path = f"{prefix}{entry.name}"
        if entry.is_dir():
            found += _paths(entry, f"{path}/", suffix)
        elif path.endswith(suffix):
            found.append(path)
    return found
