"""Take forgotten people out of records: their places in lists of authors stay, unnamed.

It is asked by marks alone (`graphbuild.tombstones`), so the same input read again gives the same
records without the person. A person is told by an identifier, or by a name on a paper that is known
to be the person's: by its identifiers, its title, or its record. A name alone tells nobody.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

from graphbuild.names import person_key
from graphbuild.parts import Authorship
from graphbuild.records import (
    Author,
    Observation,
    Paper,
    Profile,
    Record,
    Redirect,
    Rejected,
    Software,
    Source,
)
from graphbuild.resolve.judgements import Judgement
from graphbuild.spool import RECORD
from graphbuild.text import name_key
from graphbuild.tombstones import Forgotten

R = TypeVar("R", bound=msgspec.Struct)

REMOVED = "[name removed]"
WORD = re.compile(r"[^\W_]+")
ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dXx]")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
MOST_WORDS = 6
"""Words of the longest name that is looked for in texts."""

TELLING = 4
"""Words of a title from which on it tells a paper; there are many an "Editorial"."""

STAMP = "withheld"
"""File in a cache of records that says for which marks it was gone through."""


def without(records: Iterable[Record], forgotten: Forgotten) -> Iterator[Record]:
    """Yield the records of one input without forgotten people, in their order."""
    if not forgotten:
        yield from records
        return
    pages: set[str] = set()
    for record in records:
        kept = _kept(record, forgotten, pages)
        if kept is not None:
            yield kept


def withheld(cache: Path, forgotten: Forgotten) -> None:
    """Take forgotten people out of all files of a cache of records, once for the same marks.

    Files that an older version wrote and that cannot be read any more are deleted: nobody else
    would read them, and they may name somebody.

    Raises:
        OSError: a file cannot be written.
    """
    stamp, now = cache / STAMP, forgotten.mark("all", *(each.key for each in forgotten.tombstones))
    if not forgotten or (stamp.exists() and stamp.read_text(encoding="ascii") == now):
        return
    for path in sorted(cache.glob("*.jsonl")):
        part = path.with_suffix(".part")
        try:
            with path.open("rb") as rows, part.open("wb") as kept:
                for record in without(map(RECORD.decode, rows), forgotten):
                    kept.write(msgspec.json.encode(record) + b"\n")
        except msgspec.DecodeError:
            part.unlink()
            path.unlink()
        else:
            part.replace(path)
    stamp.write_text(now, encoding="ascii")


def tells(judgement: Judgement, forgotten: Forgotten) -> bool:
    """Say whether a decision is on somebody who was forgotten."""
    sides = (judgement.left, judgement.right)
    return any(forgotten.owner(way, side) for side in sides for way in ("id", "mention"))


def _kept(record: Record, forgotten: Forgotten, pages: set[str]) -> Record | None:
    """Return a record without forgotten people; None where nothing of it stays.

    Args:
        record: as the source has it.
        forgotten: the people.
        pages: keys of the pages about them that were met, which is added to.
    """
    if isinstance(record, Paper):
        return _paper(record, forgotten, pages)
    if isinstance(record, Software):
        authors, some = _authors(record, forgotten)
        changed = msgspec.structs.replace(record, authors=authors)
        return _silent(changed, forgotten) if some else record
    if isinstance(record, Author):
        return _author(record, forgotten)
    if isinstance(record, Profile) and forgotten.owner("page", person_key(record.name)):
        pages.add(record.key)
        return None
    if isinstance(record, Observation) and record.profile in pages:
        return None
    if isinstance(record, Redirect) and any(
        forgotten.owner("id", each) for each in (record.old, record.new)
    ):
        return None
    return _silent(record, forgotten) if isinstance(record, Source | Rejected) else record


def _paper(paper: Paper, forgotten: Forgotten, pages: set[str]) -> Paper:
    authors, some = _authors(paper, forgotten)
    profiles = tuple(each for each in paper.profiles if each not in pages)
    if not some and profiles == paper.profiles:
        return paper
    changed = msgspec.structs.replace(paper, authors=authors, profiles=profiles)
    return _silent(changed, forgotten)


def _author(record: Author, forgotten: Forgotten) -> Author | None:
    if any(forgotten.owner("id", each) for each in record.ids):
        return None
    name = person_key(record.name)
    if any(forgotten.owner("place", work, name) for work in record.works):
        return None
    others = tuple(each for each in record.not_ids if not forgotten.owner("id", each))
    return msgspec.structs.replace(record, not_ids=others)


def _authors(record: Paper | Software, forgotten: Forgotten) -> tuple[tuple[Authorship, ...], bool]:
    """Return the authors of a record, the forgotten ones unnamed, and whether there are any."""
    anchors, title = anchors_of(record), name_key(_title(record))
    owners = [_owner(each, record.authors, anchors, forgotten) for each in record.authors]
    if not any(owners):
        return record.authors, False
    authors = tuple(
        _unnamed(each, forgotten.mark("seat", owner, title)) if owner else each
        for each, owner in zip(record.authors, owners, strict=True)
    )
    return tuple(each for each in authors if not (each.forgotten and each.from_profile)), True


def _unnamed(author: Authorship, mark: str) -> Authorship:
    return Authorship(
        "",
        author.position,
        author.at_least,
        from_profile=author.from_profile,
        role=author.role,
        forgotten=mark,
    )


def _owner(
    author: Authorship, all_of_them: Iterable[Authorship], anchors: Iterable[str], known: Forgotten
) -> str:
    """Return the key of the tombstone of an author, empty for one who was not forgotten."""
    for each in author.ids:
        if owner := known.owner("id", each):
            return owner
    name = person_key(author.name)
    if author.organization or not known.owner("shape", shortened(name)):
        return ""
    alone = sum((each.role, person_key(each.name)) == (author.role, name) for each in all_of_them)
    own = ("place", name) if alone == 1 else ("twin", name, seat_of(author))
    ways: tuple[tuple[str, ...], ...] = (own, ("short", shortened(name), seat_of(author)))
    found = (known.owner(way, anchor, *words) for way, *words in ways for anchor in anchors)
    return next(filter(None, found), "")


def seat_of(author: Authorship) -> str:
    """Return role and position of an author."""
    return f"{author.role} {author.position}"


def shortened(name: str) -> str:
    """Return the initial and the last word of a `person_key`: what most spellings share."""
    words = name.split()
    return f"{words[0][0]} {words[-1]}" if words else ""


def anchors_of(record: Paper | Software) -> list[str]:
    """Return what tells a paper: its records, identifiers, and its title if that is telling."""
    origins = record.origins if isinstance(record, Paper) else (record.origin,)
    title = name_key(_title(record))
    told = [f"title:{title}"] if len(title.split()) >= TELLING else []
    return [*(f"record:{origin.record}" for origin in origins), *record.ids, *told]


def _title(record: Paper | Software) -> str:
    return record.title if isinstance(record, Paper) else record.name


def letters(name: str) -> str:
    """Return the letters of a name, whatever stands between them.

    >>> letters("Lindqvist, Mira"), letters("mira-lindqvist")
    ('lindqvistmira', 'miralindqvist')
    """
    return name_key(name).replace(" ", "")


def _silent(record: R, forgotten: Forgotten) -> R:
    """Return a record whose texts do not name forgotten people."""
    told = msgspec.to_builtins(record)
    silent = _redacted(told, forgotten)
    return record if silent == told else msgspec.convert(silent, type(record))


def _redacted(value: object, forgotten: Forgotten) -> object:
    if isinstance(value, str):
        return redacted(value, forgotten)
    if isinstance(value, dict):
        return {name: _redacted(part, forgotten) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_redacted(part, forgotten) for part in value]
    return value


def redacted(text: str, forgotten: Forgotten) -> str:
    """Return a text without names, ORCID iDs and e-mail addresses of forgotten people."""

    def replaced(found: re.Match[str]) -> str:
        return REMOVED if forgotten.owner("text", found[0].casefold()) else found[0]

    text = ORCID.sub(replaced, MAIL.sub(replaced, text))
    words = [(word.start(), word.end(), _letters(word[0])) for word in WORD.finditer(text)]
    pieces, last, place = [], 0, 0
    while place < len(words):
        size = _named(words[place : place + MOST_WORDS], forgotten)
        if size:
            pieces += [text[last : words[place][0]], REMOVED]
            last = words[place + size - 1][1]
        place += size or 1
    return "".join([*pieces, text[last:]])


@lru_cache(1 << 14)
def _letters(word: str) -> str:
    return letters(word)


def _named(words: list[tuple[int, int, str]], forgotten: Forgotten) -> int:
    """Return how many words, from the first on, are a name of somebody; the most, or none."""
    for size in range(len(words), 0, -1):
        if forgotten.owner("name", "".join(word for _, _, word in words[:size])):
            return size
    return 0
