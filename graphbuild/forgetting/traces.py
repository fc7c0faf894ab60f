"""Traces of a person in the files of a graph folder that no build makes anew."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from graphbuild.forgetting.subject import Subject
from graphbuild.resolve.links import LINKS
from graphbuild.store.columns import opened
from graphbuild.store.folder import BACKUP, GraphFolder
from graphbuild.withholding import REMOVED

PUSHED = "pushed"
"""Folder of a graph that keeps what was pushed where."""

SHORTEST = 5
"""Characters from which on a name or identifier is looked for: shorter ones stand everywhere."""

BINARY = frozenset({".parquet", ".duckdb", ".db", ".sst", ".log"})


def words_of(subject: Subject) -> list[str]:
    """Return the names, identifiers and addresses that are looked for, the longest first."""
    values = {each.partition(":")[2] for each in subject.ids}
    words = {each for each in (*subject.names, *values, *subject.mails) if len(each) >= SHORTEST}
    return sorted(words, key=lambda each: (-len(each), each))


def of_names(subject: Subject) -> re.Pattern[str]:
    """Return what finds the names, identifiers and addresses of a person in a text."""
    ends = (rf"(?<!\w){re.escape(each)}(?!\w)" for each in words_of(subject))
    return re.compile("|".join(ends) or r"(?!)", re.IGNORECASE)


def clear_logs(graph: GraphFolder, logs: list[Path], subject: Subject, *, really: bool) -> int:
    """Take a person out of judgements and links; return how many lines go or change.

    A line that decides on the person goes; in any other the name does.

    Raises:
        OSError: a file cannot be written.
    """
    names, keys = of_names(subject), (*subject.mentions, *subject.ids, subject.iri)
    changed = 0
    for path in logs:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = ["" if any(k in line for k in keys) else names.sub(REMOVED, line) for line in lines]
        changed += sum(one != other for one, other in zip(kept, lines, strict=True))
        if really and kept != lines:
            path.write_text("".join(kept), encoding="utf-8")
    if really:
        _drop_answers(graph, names)
    return changed


def logs_of(graph: GraphFolder, judgements: str) -> list[Path]:
    """Return the files that keep decisions: people's judgements and links."""
    links = graph.path / LINKS
    files = [graph.path / judgements, *sorted(links.glob("*.jsonl")), *sorted(links.glob("*.tsv"))]
    return [path for path in files if path.is_file()]


def _drop_answers(graph: GraphFolder, names: re.Pattern[str]) -> None:
    """Delete kept answers of services that name the person; they are asked again."""
    for path in sorted((graph.path / LINKS / "answers").rglob("*")):
        if path.is_file() and names.search(path.read_text(encoding="utf-8", errors="replace")):
            path.unlink()


def drop_backups(graph: GraphFolder, pages: str) -> None:
    """Delete earlier states of the graph, and what was fetched from the web."""
    for path in graph.path.glob(f"{BACKUP}[0-9]*"):
        shutil.rmtree(path)
    shutil.rmtree(graph.path / pages, ignore_errors=True)


def pushed_to(graph: GraphFolder) -> tuple[str, ...]:
    """Return the folders of the journals of pushes, which know what a target still has."""
    return tuple(
        str(path.parent.relative_to(graph.path))
        for path in sorted((graph.path / PUSHED).glob("*/pushed.parquet"))
    )


def left(graph: GraphFolder, subject: Subject) -> Iterator[str]:
    """Yield where the folder still has a name, identifier or address of the person, in words."""
    names = of_names(subject)
    for path in sorted(graph.path.rglob("*")):
        if path.is_file() and path.suffix not in BINARY and graph.store not in path.parents:
            with path.open(encoding="utf-8", errors="replace") as lines:
                number = sum(names.search(line) is not None for line in lines)
            if number:
                yield f"{path.relative_to(graph.path)}, {number:,} line{'s' * (number > 1)}"
    yield from _left_in_triples(graph, words_of(subject))


def _left_in_triples(graph: GraphFolder, words: list[str]) -> Iterator[str]:
    """Yield which triples of the graph name the person still, if any do."""
    wanted = " OR ".join("contains(lower(s || ' ' || o), lower(?))" for _ in words) or "false"
    with opened(graph) as db:
        found = db.execute(f"SELECT count(*), min(s) FROM triples WHERE {wanted}", words)  # noqa: S608 - SQL of ours
        number, first = found.fetchone() or (0, "")
    if number:
        yield f"{number:,} triple{'s' * (number > 1)}, the first of {first}"
