"""Search the names of a graph by words: whole, by their starts, and despite misspellings.

Words are matched as the label index splits them (SQLite FTS5, ``unicode61`` without diacritics),
so case and accents do not count. Rows are ranked by BM25, an entity of exactly that name first.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from graphbuild.store.labels import reading
from graphbuild.text import name_key

NEAR = 3
"""Words that may stand in for a misspelt one."""

FIRST_SLIP, SECOND_SLIP = 4, 8
"""Letters of a word from which on one slip, or two, are forgiven."""

VOCABULARY = "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'words', 'row')"
KNOWN = "SELECT EXISTS (SELECT 1 FROM words WHERE words MATCH ?)"
FOUND = """
SELECT iri, class,
       (SELECT label FROM label AS named WHERE named.iri = hits.iri ORDER BY named.rowid LIMIT 1),
       note, weight, label, min(place)
FROM (
    SELECT label.*, words.rank - 1000 * (label.key = :key) AS place
    FROM words JOIN label ON label.rowid = words.rowid
    WHERE words MATCH :words AND (:kind IS NULL OR class = :kind)
) AS hits
GROUP BY iri ORDER BY min(place), weight DESC, iri LIMIT :limit
"""


class Hit(NamedTuple):
    """An entity whose names hold the words.

    Attributes:
        iri: the entity.
        kind: CURIE of its class.
        label: what it is called.
        note: what tells it from others of that name.
        weight: how much the graph says of it.
        matched: the name that holds the words.
    """

    iri: str
    kind: str
    label: str
    note: str
    weight: int
    matched: str


class Found(NamedTuple):
    """What a search came to.

    Attributes:
        hits: the entities, best match first.
        read_as: the words that were searched for instead, where some were misspelt; else empty.
        some_words: no name holds all the words: these hold some of them.
    """

    hits: tuple[Hit, ...]
    read_as: str = ""
    some_words: bool = False


def search(path: Path, words: str, kind: str | None = None, limit: int = 10) -> Found:
    """Return the entities whose names hold all the words or words that start like them.

    Where no name does, words that no name holds are read as those nearest to them in spelling, by
    one slip from four letters on and two from eight on: a letter too many, missing, wrong, or two
    exchanged. Where that does not help either, names that hold some of the words are returned.

    Args:
        path: the label index.
        words: what people type; signs of the search language have no meaning.
        kind: CURIE of the class that entities must have; None for any.
        limit: most entities to return.

    Raises:
        GraphError: the index cannot be read.
    """
    terms = name_key(words).split()
    if not terms:
        return Found(())
    with reading(path) as db:
        asked: dict[str, object] = {"key": name_key(words), "kind": kind, "limit": limit}
        hits = _hits(db, " AND ".join(map(_starts, terms)), asked)
        if hits:
            return Found(hits)
        near = {term: _near(db, term) or [term] for term in terms if not _is_known(db, term)}
        meant = [_any_of(near.get(term, [term])) for term in terms]
        read_as = " ".join(near.get(term, [term])[0] for term in terms)
        read_as = read_as if read_as != " ".join(terms) else ""
        hits = _hits(db, " AND ".join(meant), asked) if read_as else ()
        if hits:
            return Found(hits, read_as)
        return Found(_hits(db, " OR ".join(meant), asked), read_as, some_words=len(terms) > 1)


def _hits(db: sqlite3.Connection, expression: str, asked: dict[str, object]) -> tuple[Hit, ...]:
    rows = db.execute(FOUND, {**asked, "words": expression})
    return tuple(Hit(*row[:-1]) for row in rows)


def _starts(term: str) -> str:
    return f'"{term}"*'


def _any_of(terms: Iterable[str]) -> str:
    return f"({' OR '.join(map(_starts, terms))})"


def _is_known(db: sqlite3.Connection, term: str) -> bool:
    [(known,)] = db.execute(KNOWN, [_starts(term)])
    return bool(known)


def _near(db: sqlite3.Connection, term: str) -> list[str]:
    """Return the words of the index that are nearest to a misspelt one, the commonest first."""
    slips = (len(term) >= FIRST_SLIP) + (len(term) >= SECOND_SLIP)
    if not slips:
        return []
    if not db.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'vocabulary'").fetchall():
        db.execute(VOCABULARY)
    between = (len(term) - slips, len(term) + slips)
    sql = "SELECT term, doc FROM vocabulary WHERE length(term) BETWEEN ? AND ?"
    common = dict(db.execute(sql, between))
    found = extract(term, list(common), scorer=OSA.distance, score_cutoff=slips, limit=None)
    ranked = sorted(found, key=lambda hit: (hit[1], -common[hit[0]], hit[0]))
    return [word for word, _, _ in ranked[:NEAR]]
