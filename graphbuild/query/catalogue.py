"""Find canned queries: files ``queries/FOLDER/ID.rq`` whose ``#+`` lines describe them in YAML.

    #+ summary: Papers of one person
    #+ tags: [author]
    #+ params:
    #+   person: {class: "foaf:Person", help: "name or IRI", example: "Ada Example"}
    PREFIX dcterms: <http://purl.org/dc/terms/>
    SELECT ?paper WHERE { ?paper dcterms:creator ?_person_iri } ORDER BY STR(?paper)

The header is that of grlc, with ``params`` and ``view`` besides; docs/queries.md says it in full.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import Any, TypeVar

import yaml

from graphbuild import resources
from graphbuild.errors import NoSuchQueryError, QueryError
from graphbuild.query.parameters import Type, placeholders
from graphbuild.query.syntax import Form, query_form

MARK = "#+"
SEARCH = "search"
EXPORT_PROFILES = "export"
"""The folder of queries that make exports and answer nothing."""
MOST_HEADER = 1 << 16
KEYS = frozenset({"summary", "description", "tags", "defaults", "enumerate", "params", "view"})
GRLC_KEYS = frozenset({"endpoint", "endpoint_in_url", "method", "pagination", "transform"})
PARAMETER_KEYS = frozenset({"class", "help", "example", "kind", "min", "max", "pattern"})

Shape = TypeVar("Shape")


@dataclass(frozen=True)
class Parameter:
    """A parameter of a canned query.

    Attributes:
        name: what users call it.
        type: what its values are.
        required: whether the query means nothing without a value.
        multi: whether it takes a list.
        kind: CURIE of the class of entity that it takes, e.g. ``foaf:Person``; None for any IRI.
        search: whether its value is words, which stand for all entities whose names hold them.
        help: what it means, for people.
        example: a value to try, as people write it.
        default: the value when none is given.
        choices: the values that it takes; empty for any.
        minimum: the least number it takes.
        maximum: the greatest number it takes.
        pattern: regular expression that a value must match as a whole.
    """

    name: str
    type: Type
    required: bool
    multi: bool
    kind: str | None = None
    search: bool = False
    help: str = ""
    example: str | None = None
    default: str | None = None
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None


@dataclass(frozen=True)
class CannedQuery:
    """A query with a description and typed parameters.

    Attributes:
        id: its name, which is that of its file.
        folder: the folder its file lies in, its theme.
        text: the whole file, so that line numbers are the file's.
        summary: what it answers, in one line.
        description: more about it; may be empty.
        tags: themes.
        parameters: in the order in which they stand in the query.
        view: how a picture of the result is drawn, e.g. ``{"kind": "graph", ...}``.
        unknown: keys of the header that mean nothing, and parameters that the query has not.
    """

    id: str
    folder: str
    text: str
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    view: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    @property
    def form(self) -> Form | None:
        """What it asks for: ``select``, ``ask``, ``construct`` or ``describe``."""
        return query_form(self.text)


def ids() -> list[str]:
    """Return the ids of all shipped queries, sorted."""
    return sorted(_paths())


def load_all() -> list[CannedQuery]:
    """Return all shipped queries, by folder and id."""
    found = (parse(resources.read("queries", path), path) for path in _paths().values())
    return sorted(found, key=lambda query: (query.folder, query.id))


def load(name: str) -> CannedQuery:
    """Return the shipped query of this id, which may be without its folder's name in front.

    Raises:
        NoSuchQueryError: there is none; the message offers what comes near.
    """
    paths = _paths()
    path = paths.get(name) or _short_names(paths).get(name)
    if path is None:
        near = close_to(name)
        hint = f"did you mean {' or '.join(near)}?" if near else "see: graphbuild queries"
        raise NoSuchQueryError(f"no canned query {name!r}; {hint}")
    return parse(resources.read("queries", path), path)


def _short_names(paths: Mapping[str, str]) -> dict[str, str]:
    """Return the paths by ids without the folder's name: ``coauthors`` for ``author-coauthors``."""
    short: dict[str, list[str]] = {}
    for name, path in paths.items():
        folder = PurePosixPath(path).parent.name
        if name.startswith(f"{folder}-"):
            short.setdefault(name.removeprefix(f"{folder}-"), []).append(path)
    return {name: found[0] for name, found in short.items() if len(found) == 1}


def close_to(name: str) -> list[str]:
    """Return the ids that come near a wrong one, best first."""
    known = ids()
    holding = [candidate for candidate in known if name.lower() in candidate]
    return list(dict.fromkeys([*get_close_matches(name, known, 3, 0.5), *holding]))[:3]


def parse(text: str, path: str) -> CannedQuery:
    """Return the query of a file; its header may be missing.

    Args:
        text: what the file holds.
        path: where it lies, ``FOLDER/ID.rq``; errors name it.

    Raises:
        QueryError: the header is no YAML, or a key holds what it cannot.
        ParameterError: a parameter is used in two ways.
    """
    header = _header(text, path)
    place = PurePosixPath(path)
    try:
        details = _merged(header.get("params"))
        parameters = _parameters(text, header, details)
        return CannedQuery(
            id=place.stem,
            folder=place.parent.name,
            text=text,
            summary=_as(str, header.get("summary"), "") or "",
            description=(_as(str, header.get("description"), "") or "").strip(),
            tags=tuple(str(tag) for tag in _as(list, header.get("tags"), [])),
            parameters=parameters,
            view={str(key): str(value) for key, value in _merged(header.get("view")).items()},
            unknown=_unknown(header, details, parameters),
        )
    except (TypeError, ValueError) as error:
        raise QueryError(f"{path}: the header is wrong: {error}") from error


def without_header(text: str) -> str:
    """Return the SPARQL of a file, without the lines that describe it."""
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(MARK))


def _paths() -> dict[str, str]:
    paths = map(PurePosixPath, resources.walk("queries", ".rq"))
    return {path.stem: str(path) for path in paths if path.parts[0] != EXPORT_PROFILES}


def _header(text: str, path: str) -> dict[str, Any]:
    lines = []
    for line in text.splitlines():
        if not line.startswith(MARK):
            break
        lines.append(line.removeprefix(MARK).removeprefix(" "))
    source = "\n".join(lines)
    try:
        header = yaml.safe_load(source[:MOST_HEADER]) or {}
    except (yaml.YAMLError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise QueryError(f"{path}: the {MARK} header is no YAML: {reason}") from error
    if not isinstance(header, dict):
        raise QueryError(f"{path}: the {MARK} header is no YAML mapping")
    return header


def _parameters(
    text: str, header: Mapping[str, Any], details: Mapping[str, Any]
) -> tuple[Parameter, ...]:
    defaults = _merged(header.get("defaults"))
    choices = _merged(header.get("enumerate"))
    return tuple(
        Parameter(
            name=name,
            type=found.type,
            required=found.required,
            multi=found.multi,
            default=_text(defaults.get(name)),
            choices=tuple(map(str, _as(list, choices.get(name), []))),
            **_stated(_as(dict, details.get(name), {})),
        )
        for name, found in placeholders(text).items()
    )


def _stated(detail: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": _text(detail.get("class")),
        "search": detail.get("kind") == SEARCH,
        "help": _text(detail.get("help")) or "",
        "example": _text(detail.get("example")),
        "minimum": _number(detail.get("min")),
        "maximum": _number(detail.get("max")),
        "pattern": _text(detail.get("pattern")),
    }


def _unknown(
    header: Mapping[str, Any], details: Mapping[str, Any], parameters: tuple[Parameter, ...]
) -> tuple[str, ...]:
    names = {parameter.name for parameter in parameters}
    about = {**details, **_merged(header.get("defaults")), **_merged(header.get("enumerate"))}
    inside = {key for detail in details.values() for key in _as(dict, detail, {})}
    return tuple(
        sorted(
            (header.keys() - KEYS - GRLC_KEYS) | (about.keys() - names) | (inside - PARAMETER_KEYS)
        )
    )


def _merged(value: object) -> dict[str, Any]:
    """Return one mapping of a mapping, or of a list of mappings and names as grlc writes it."""
    if value is None:
        return {}
    merged: dict[str, Any] = {}
    for part in value if isinstance(value, list) else [value]:
        merged.update({part: None} if isinstance(part, str) else _as(dict, part, {}))
    return merged


def _as(shape: type[Shape], value: object, absent: Shape) -> Shape:
    if value is None:
        return absent
    if not isinstance(value, shape):
        raise TypeError(f"{value!r} should be a {shape.__name__}")
    return value


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
