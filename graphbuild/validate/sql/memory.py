"""Remember parsed queries, in the folder of the user's caches.

A file holds the algebra of one query as JSON, under a name that stands for the text of the query,
the version of rdflib and the code that parses: what any of these changes is parsed anew. JSON can
name terms and operators only, so that reading a file runs nothing. A file that cannot be read or
written is no error: the query is parsed.
"""

import os
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import rdflib
from rdflib import BNode, Literal, URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql.parserutils import CompValue

from graphbuild.errors import GraphBuildError
from graphbuild.store.output import written
from graphbuild.validate.model import Query
from graphbuild.validate.terms import as_node, as_text

PARSER = ("memory.py", "parsing.py")
"""The code whose change makes what is remembered invalid."""
NOT_TOLD = "_vars"
"""What rdflib's own engine wants to know of a part."""


class Unwritable(Exception):  # noqa: N818 - then it is not remembered
    """The algebra holds what no JSON here stands for."""


def remembered(query: Query) -> CompValue | None:
    """Return the algebra of a query that was parsed before."""
    try:
        found = read(msgspec.json.decode(_place(query).read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, msgspec.DecodeError):
        return None
    return found if isinstance(found, CompValue) else None


def remember(query: Query, algebra: CompValue) -> None:
    """Remember the algebra of a query, if that can be."""
    place = _place(query)
    try:
        text = msgspec.json.encode(write(algebra))
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with written(place) as file:
            file.write(text)
    except (Unwritable, OSError, GraphBuildError):
        return


def folder() -> Path:
    """Return the folder of what is remembered (XDG base directories)."""
    caches = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(caches) if caches else Path.home() / ".cache") / "graphbuild" / "sparql"


def _place(query: Query) -> Path:
    whole = f"{_version()}\n{query.ask}\n{query.text}"
    return folder() / f"{sha256(whole.encode()).hexdigest()}.json"


@cache
def _version() -> str:
    here = Path(__file__).parent
    code = b"".join((here / name).read_bytes() for name in PARSER)
    return f"{rdflib.__version__} {sha256(code).hexdigest()}"


def write(part: Any) -> Any:  # noqa: ANN401 - rdflib's parts
    """Return a part of an algebra in words of JSON.

    Raises:
        Unwritable: there are none for it.
    """
    if part is None or isinstance(part, bool | int) or type(part) is str:
        return part
    if isinstance(part, CompValue):
        # rdflib changes parts as attributes, which hide the members of the same name.
        parts = {key: vars(part).get(key, value) for key, value in part.items()}
        told = {key: write(value) for key, value in parts.items() if key != NOT_TOLD}
        return {"name": part.name, "parts": told}
    if isinstance(part, list | tuple | set):
        return {"list": [write(each) for each in part], "tuple": isinstance(part, tuple)}
    for name, (kind, tell, _) in KINDS.items():
        if isinstance(part, kind):
            return {name: tell(part)}
    raise Unwritable(type(part).__name__)


def read(told: Any) -> Any:  # noqa: ANN401
    """Return the part of an algebra that JSON stands for.

    Raises:
        KeyError, TypeError, ValueError: it stands for none.
    """
    if not isinstance(told, dict):
        return told
    if "name" in told:
        return CompValue(told["name"], **{key: read(part) for key, part in told["parts"].items()})
    if "list" in told:
        members = map(read, told["list"])
        return tuple(members) if told["tuple"] else list(members)
    [(name, value)] = told.items()
    return KINDS[name][2](value)


def _all(parts: Iterable[Any]) -> list[Any]:
    return [write(each) for each in parts]


KINDS: dict[str, tuple[type, Callable[[Any], Any], Callable[[Any], Any]]] = {
    "variable": (Variable, str, Variable),
    "term": (URIRef | BNode | Literal, as_text, as_node),  # type: ignore[dict-item]
    "inverse": (InvPath, lambda path: write(path.arg), lambda told: InvPath(read(told))),
    "sequence": (
        SequencePath,
        lambda path: _all(path.args),
        lambda told: SequencePath(*map(read, told)),
    ),
    "choice": (
        AlternativePath,
        lambda path: _all(path.args),
        lambda told: AlternativePath(*map(read, told)),
    ),
    "repeated": (
        MulPath,
        lambda path: [write(path.path), path.mod],
        lambda told: MulPath(read(told[0]), told[1]),
    ),
}
"""What is neither operator nor list: how each is known, told and read."""
