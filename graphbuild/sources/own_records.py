"""Read records in graphbuild's own JSON Lines: for sources that no other reader knows.

Each line is one JSON object. ``type`` says what it describes (``paper`` unless stated); the other
keys are those of `graphbuild.records`, with short forms for what is simple:

    {"type": "paper", "title": "On Looms", "issued": "2024-05", "ids": ["doi:10.1000/looms"],
     "authors": ["Ada Example", {"name": "Bo Sample", "ids": ["orcid:0000-0002-1825-0097"]}],
     "venue": "Journal of Looms", "abstract": "Looms are slow. Code: https://github.com/ada/loom"}

A string stands for an object with only a name; authors are numbered in their order; identifiers
are checked; abstracts and comments are searched for code links.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from difflib import get_close_matches
from typing import Any

import msgspec

from graphbuild.identifiers import SCHEMES, identifiers
from graphbuild.parts import CodeLink, Origin, TopicLink
from graphbuild.records import (
    Author,
    Institution,
    Paper,
    Record,
    Redirect,
    Software,
    Subject,
    Venue,
)
from graphbuild.sources.arxiv_categories import categories
from graphbuild.sources.dates import partial_date
from graphbuild.sources.fields import Fields, json_fields
from graphbuild.sources.files import Head, InputFile, damage, text_lines
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.texts import read_texts

Row = dict[str, Any]

TYPES: dict[str, type[msgspec.Struct]] = {
    "paper": Paper,
    "author": Author,
    "institution": Institution,
    "venue": Venue,
    "subject": Subject,
    "software": Software,
    "redirect": Redirect,
}
NAME = "own-records"
SET_BY_READER = frozenset({"origin", "origins", "profiles", "malformed_ids", "introduces"})
NAMED = {"venue": "name", "publisher": "name", "event": "name", "container": "title"}
"""Fields that hold an object of which a string states the name, and what the name is called."""


def recognises(head: Head) -> bool:
    """Say whether the first line is one of our records."""
    first = head.text.lstrip("\ufeff").split("\n", 1)[0].strip()
    if not first.startswith("{"):
        return False
    try:
        row = msgspec.json.decode(first.encode())
    except (msgspec.DecodeError, RecursionError):
        return False
    kind = row.get("type")
    known = (
        isinstance(kind, str)
        and kind in TYPES
        and ("authors" in row or "ids" in row or "old" in row)
    )
    return known or ("title" in row and isinstance(row.get("authors"), list) and "type" not in row)


def read_own_records(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield the records of one file; a line that is none comes as `Rejected` with the reason."""
    when = captured.isoformat() if captured else None
    yield source_of(file, NAME, "records in graphbuild's own form", when)
    for number, line in enumerate(text_lines(file), 1):
        if line.strip():
            yield _record(line, origin_of(file, number, line=number))


def _record(line: str, origin: Origin) -> Record:
    wrong = damage(line)
    if wrong:
        return rejected(wrong, line.encode(errors="replace"), line=origin.line)
    try:
        row = msgspec.json.decode(line.removeprefix("\ufeff").encode())
        return converted(row, origin)
    except msgspec.DecodeError as error:
        return rejected(f"no JSON object: {error}", line, line=origin.line)
    except RecursionError:
        return rejected("it is nested too deeply", line, line=origin.line)
    except (msgspec.ValidationError, ValueError) as error:
        return rejected(str(error), line, line=origin.line)


def converted(row: object, origin: Origin) -> Record:
    """Return the record that an object of JSON states.

    Raises:
        ValueError: it states none; the message says what to mend.
    """
    if not isinstance(row, dict):
        raise ValueError("a line must be one JSON object")  # noqa: TRY004 - a wrong value
    kind = row.pop("type", "paper")
    if not isinstance(kind, str) or kind not in TYPES:
        raise ValueError(f"type {kind!r} is none of {', '.join(TYPES)}")
    _check_fields(row, TYPES[kind])
    own_id = str(row.pop("id", ""))
    ready = _completed(row)
    if "malformed_ids" in ready and "malformed_ids" not in TYPES[kind].__struct_fields__:
        raise ValueError(f"identifiers of a {kind} must be right: {ready['malformed_ids']}")
    place = msgspec.structs.replace(origin, id=own_id)
    if kind == "paper":
        return _paper(ready, place)
    ready["origin"] = place
    record: Record = msgspec.convert(ready, TYPES[kind])  # type: ignore[assignment]
    return record


def _check_fields(row: Row, kind: type[msgspec.Struct]) -> None:
    known = {field.name for field in msgspec.structs.fields(kind)} - SET_BY_READER | {"id"}
    for field in row:
        if field not in known:
            near = get_close_matches(field, known, 1)
            hint = (
                f"; did you mean {near[0]!r}?" if near else f"; it has {', '.join(sorted(known))}"
            )
            raise ValueError(f"unknown field {field!r}{hint}")


def _completed(row: Row) -> Row:
    """Write the short forms out."""
    done: Row = {field: COMPLETED.get(field, _same)(value) for field, value in row.items()}
    for field, name in NAMED.items():
        if isinstance(done.get(field), str):
            done[field] = {name: done[field]}
        if isinstance(done.get(field), dict):
            done[field] = _with_ids(done[field])
    return _lifted(_with_ids(done), beside="authors")


def _with_ids(row: Row) -> Row:
    """Check the identifiers of an object."""
    if "ids" not in row:
        return row
    good, malformed = identifiers(_split(each) for each in _list(row["ids"]))
    checked = row | {"ids": good}
    return checked | {"malformed_ids": malformed} if malformed else checked


def _lifted(row: Row, beside: str = "") -> Row:
    """Give an object the malformed identifiers of its parts, which have no place for them."""
    inner = [each for field in row if field != beside for each in _taken(row[field])]
    return row | {"malformed_ids": (*row.get("malformed_ids", ()), *inner)} if inner else row


def _taken(value: object) -> list[tuple[str, str]]:
    """Take the malformed identifiers out of objects, at every depth."""
    if isinstance(value, dict):
        own = value.pop("malformed_ids", ())
        return [*own, *(each for inner in value.values() for each in _taken(inner))]
    return [each for inner in value for each in _taken(inner)] if isinstance(value, list) else []


def _split(written: object) -> tuple[str, str]:
    scheme, colon, value = str(written).partition(":")
    if not colon or scheme not in SCHEMES:
        raise ValueError(
            f"identifier {written!r} needs one of these and a colon: {', '.join(SCHEMES)}"
        )
    return scheme, value


def _paper(row: Row, origin: Origin) -> Paper:
    title, abstract = str(row.get("title") or ""), str(row.get("abstract") or "")
    if not title.strip():
        raise ValueError("a paper needs a title")
    row.setdefault("author_list", "complete" if row.get("authors") else "unknown")
    stated = row.pop("code_links", ())
    texts = read_texts(title, abstract, str(row.get("comment") or ""))
    links = (*msgspec.convert(stated, tuple[CodeLink, ...]), *texts["code_links"])
    return msgspec.convert(row | {**texts, "code_links": links, "origins": (origin,)}, Paper)


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"{value!r} should be a list")  # noqa: TRY004 - a wrong value
    return value


def _same(value: object) -> object:
    return value


def _date(value: object) -> object:
    found = partial_date(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"{value!r} is no date such as 2024, 2024-05 or 2024-05-31")
    return found


def _authors(value: object) -> object:
    places: Counter[str] = Counter()
    return [_author(each, places) for each in _list(value)]


def _author(value: object, places: Counter[str]) -> Row:
    row: Row = dict(value) if isinstance(value, dict) else {"name": value}
    role = str(row.get("role", "author"))
    places[role] += 1
    row.setdefault("position", places[role])
    row["affiliations"] = _affiliations(row.get("affiliations", []))
    return _lifted(_with_ids(row))


def _affiliations(value: object) -> list[object]:
    return [_affiliation(each) for each in _list(value)]


def _affiliation(value: object) -> object:
    if isinstance(value, str):
        return {"written": value}
    if isinstance(value, dict) and "organizations" in value:
        return value | {"organizations": list(map(_organization, _list(value["organizations"])))}
    return value


def _organization(value: object) -> object:
    return _with_ids(value) if isinstance(value, dict) else {"name": value}


def _funding(value: object) -> object:
    return [
        each | {"funder": _organization(each["funder"])}
        if isinstance(each, dict) and each.get("funder")
        else each
        for each in _list(value)
    ]


def _topics(value: object) -> object:
    return [_topic(each) if isinstance(each, str) else each for each in _list(value)]


def _topic(written: str) -> TopicLink:
    if written in categories():
        return TopicLink(written, f"arxiv:{written}", score=1.0, rule="written in full")
    return TopicLink(written, None, rule="the arXiv taxonomy has no such category")


COMPLETED: dict[str, Callable[[Any], object]] = {
    "affiliations": _affiliations,
    "authors": _authors,
    "funding": _funding,
    "issued": _date,
    "submitted": _date,
    "topics": _topics,
}


def stated_fields(file: InputFile) -> Iterator[Fields]:
    """Yield the fields of each record; what its type does not know is rejected, not passed over."""
    for line in text_lines(file):
        with suppress(msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            row = msgspec.json.decode(line.removeprefix("\ufeff").encode())
            if isinstance(row, dict):
                kind = row.pop("type", "paper")
                yield json_fields(row, TYPES.get(kind, Paper) if isinstance(kind, str) else Paper)


FORMAT = Format(
    NAME, "records in graphbuild's own JSON Lines", 1, recognises, read_own_records, stated_fields
)
