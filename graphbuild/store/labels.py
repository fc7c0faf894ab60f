"""The label index of a graph: which entities go by which name (SQLite with FTS5)."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from graphbuild.errors import GraphError
from graphbuild.text import name_key

SCHEMA = """
CREATE TABLE label (iri TEXT, class TEXT, label TEXT, key TEXT, note TEXT, weight INTEGER);
CREATE VIRTUAL TABLE words
    USING fts5(label, content='label', tokenize='unicode61 remove_diacritics 2');
"""
INDEX = """
CREATE INDEX label_key ON label (key);
CREATE INDEX label_iri ON label (iri);
INSERT INTO words (words) VALUES ('rebuild');
"""
NOTED = "SELECT class, note, weight FROM label WHERE iri = ? ORDER BY rowid LIMIT 1"
COLUMNS = "label.iri, label.class, label.label, label.note, label.weight"


class Label(NamedTuple):
    """One name of one entity.

    Attributes:
        iri: the entity.
        kind: CURIE of its class, e.g. ``foaf:Person``.
        label: the name, title or identifier.
        note: what tells it from others of that name, e.g. ``41 papers``.
        weight: how much the graph says of it; more comes first.
    """

    iri: str
    kind: str
    label: str
    note: str
    weight: int


def write_labels(path: Path, labels: Iterable[Label]) -> None:
    """Write a new index file.

    Raises:
        GraphError: the file cannot be written.
    """
    rows = ((*label[:3], name_key(label.label), *label[3:]) for label in labels)
    try:
        with closing(sqlite3.connect(path)) as db, db:
            db.executescript(SCHEMA)
            db.executemany("INSERT INTO label VALUES (?, ?, ?, ?, ?, ?)", rows)
            db.executescript(INDEX)
    except sqlite3.Error as error:
        raise GraphError(f"{path}: cannot be written ({error})") from error


def labels_to_keep(path: Path, iris: Collection[str]) -> Iterator[Label]:
    """Yield the own names of some entities of a build before, in order; not those they once had."""
    sql = f"SELECT {COLUMNS} FROM label WHERE weight > 0 ORDER BY rowid"  # noqa: S608
    return (label for label in _rows(path, sql, ()) if label.iri in iris)


class Change(NamedTuple):
    """A name that an entity gets or loses: the entity, the name, the CURIE of its class."""

    iri: str
    label: str
    kind: str
    is_new: bool


def rename(path: Path, changes: Sequence[Change]) -> None:
    """Take names out of an index and put others in.

    A new name of a known entity keeps what is noted of the entity.

    Raises:
        GraphError: the file cannot be written.
    """
    if not changes:
        return
    gone = [(iri, label) for iri, label, _, is_new in changes if not is_new]
    try:
        with closing(sqlite3.connect(path)) as db, db:
            known = {
                each.iri: db.execute(NOTED, (each.iri,)).fetchone() or (each.kind, "", 1)
                for each in changes
            }
            db.executemany("DELETE FROM label WHERE iri = ? AND label = ?", gone)
            for iri, label, _, is_new in changes:
                if is_new:
                    kind, note, weight = known[iri]
                    row = (iri, kind, label, name_key(label), note, weight)
                    db.execute("INSERT INTO label VALUES (?, ?, ?, ?, ?, ?)", row)
            db.execute("INSERT INTO words (words) VALUES ('rebuild')")
    except sqlite3.Error as error:
        raise GraphError(f"{path}: cannot be written ({error})") from error


def named(path: Path, name: str, kind: str | None = None) -> list[Label]:
    """Return the entities that go by this name, blind to case, accents, spaces and hyphens."""
    sql = f"SELECT {COLUMNS} FROM label WHERE key = ? AND (? IS NULL OR class = ?)"  # noqa: S608
    return list(
        _once(_rows(path, f"{sql} ORDER BY weight DESC, iri", (name_key(name), kind, kind)))
    )


def labels_of(path: Path, iri: str) -> list[Label]:
    """Return the names of one entity."""
    sql = f"SELECT {COLUMNS} FROM label WHERE iri = ? ORDER BY rowid"  # noqa: S608
    return list(_rows(path, sql, (iri,)))


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Lend the index, to be read only.

    Raises:
        GraphError: it cannot be read.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            yield db
    except sqlite3.Error as error:
        raise GraphError(f"{path}: cannot be read; build the graph again ({error})") from error


def _rows(path: Path, sql: str, values: tuple[object, ...]) -> Iterator[Label]:
    with reading(path) as db:
        return map(Label._make, db.execute(sql, values).fetchall())


def _once(labels: Iterable[Label]) -> Iterator[Label]:
    seen = set()
    for label in labels:
        if label.iri not in seen:
            seen.add(label.iri)
            yield label
