"""What a graph is built from, kept in its ``graph.toml`` for people to read and edit.

base = "https://w3id.org/graphbuild/"
inputs = ["../page.txt"]      # relative to the graph folder
as-of = 2026-11-23
format = "profile-page"
trust = ["crossref", "openalex"]
rules = "my-rules.toml"
keep-sources = true
measures = false              # papers, citations and the like are not counted
licences = { bibtex = "CC-BY" }  # of inputs, by format or file name
"""

import json
import os
import tomllib
from datetime import date
from pathlib import Path

import msgspec

from graphbuild.errors import GraphError
from graphbuild.licences import NAMES, licence_iri

SETTINGS = "graph.toml"


class Settings(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The options of a build that a graph remembers.

    Attributes:
        base: IRI that entities' IRIs start with.
        inputs: files and folders, relative to the graph folder, or absolute; web addresses.
        as_of: when the inputs were captured.
        format: format of all inputs; None to recognise each.
        trust: formats in the order of trust, the most trusted first: where sources contradict
            each other, theirs is the value.
        rules: file of weights and thresholds of identity, relative to the graph folder; None for
            the shipped ones.
        keep_sources: keep what each source says by itself too.
        measures: whether papers, citations and the like are counted in the graph.
        licences: IRI of the licence of an input, by its file name or format; also by its name.
    """

    base: str
    inputs: tuple[str, ...] = ()
    as_of: date | None = None
    format: str | None = None
    trust: tuple[str, ...] = ()
    rules: str | None = None
    keep_sources: bool = False
    measures: bool = True
    licences: dict[str, str] = {}


def read_settings(graph: Path) -> Settings | None:
    """Return the settings of a graph folder, its inputs as paths from here; None without a file.

    Raises:
        GraphError: the file is no TOML, or says something unknown.
    """
    path = graph / SETTINGS
    try:
        settings = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Settings)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise GraphError(f"{path}: {error}") from error
    inputs = tuple(_moved(name, graph) for name in settings.inputs)
    rules = _moved(settings.rules, graph) if settings.rules else None
    licences = {of: _licence(text, path) for of, text in settings.licences.items()}
    return msgspec.structs.replace(settings, inputs=inputs, rules=rules, licences=licences)


def _licence(text: str, path: Path) -> str:
    known = licence_iri(text)
    if not known:
        names = ", ".join(NAMES)
        raise GraphError(f"{path}: {text!r} is no licence; give an address, or one of {names}")
    return known


def write_settings(graph: Path, settings: Settings) -> None:
    """Write the settings of a graph folder, unless its file says the same already.

    Args:
        graph: the folder.
        settings: with inputs as paths from here; standard input is not kept.
    """
    if read_settings(graph) == settings:
        return
    kept = [_relative(name, graph) for name in settings.inputs if name != "-"]
    stated = {
        "base": json.dumps(settings.base),
        "inputs": json.dumps(kept),
        "as-of": settings.as_of.isoformat() if settings.as_of else "",
        "format": json.dumps(settings.format) if settings.format else "",
        "trust": json.dumps(settings.trust) if settings.trust else "",
        "rules": json.dumps(_relative(settings.rules, graph)) if settings.rules else "",
        "keep-sources": "true" if settings.keep_sources else "",
        "measures": "" if settings.measures else "false",
        "licences": _table(settings.licences),
    }
    lines = [f"{name} = {value}" for name, value in stated.items() if value]
    (graph / SETTINGS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _table(texts: dict[str, str]) -> str:
    pairs = (f"{json.dumps(name)} = {json.dumps(text)}" for name, text in sorted(texts.items()))
    return f"{{ {', '.join(pairs)} }}" if texts else ""


def _moved(name: str, graph: Path) -> str:
    """Return an input of a graph as a path from here; web addresses stay."""
    return name if "://" in name else os.path.relpath(graph / name)


def _relative(name: str, graph: Path) -> str:
    return name if "://" in name else os.path.relpath(name, graph)
