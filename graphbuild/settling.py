"""Decide who and what is the same, and keep of it in memory only what writing the graph needs.

Deciding needs everything at once: an outline of each paper, each name on a paper, all evidence.
Large graphs are therefore decided in a process of its own, whose memory goes when it is done, so
that neither the database nor the processes that map come on top of it. What lasts is where records
lie on disk, and the keys of what they name.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from graphbuild.collect import Collected
from graphbuild.deciding import Decided, How, decide, trusted
from graphbuild.entities import Holder, Person
from graphbuild.fuse import Entities
from graphbuild.fuse.papers import fuse_papers
from graphbuild.fuse.stored import stored
from graphbuild.records import Paper
from graphbuild.resolve.judgements import Judgement, write_judgements
from graphbuild.runner import apart
from graphbuild.spool import Outline, Spool
from graphbuild.store.iris import write_anchors

LARGE = 32 << 20
"""Bytes of records from which on deciding is done by a process of its own."""


class Settled(NamedTuple):
    """What of deciding lasts.

    Attributes:
        entities: the fused records; those of papers and people lie on disk.
        spool: where the records of papers lie.
        rejected: how many records were left out.
        open_questions: the cases that are left undecided.
        marks: of what each paper is made of, see `graphbuild.marks`.
    """

    entities: Entities
    spool: Spool
    rejected: int
    open_questions: tuple[Judgement, ...]
    marks: Mapping[str, str]


def settle(
    gather: Callable[[], Collected], judged: list[Judgement], how: How, fresh: Path, size: int
) -> Settled:
    """Decide, write judgements, IRIs and what was rejected, and return what mapping needs.

    Args:
        gather: collects the records.
        judged: judgements of people.
        how: by what it is decided.
        fresh: folder of the new build.
        size: bytes of the records.

    Raises:
        GraphBuildError: what ``gather`` raises, or a file cannot be written.
        OSError: a file cannot be written.
    """
    if size < LARGE or how.keep_statements:
        return _settled(gather(), judged, how, fresh)
    return apart(lambda: _settled(gather(), judged, how, fresh))


def _settled(collected: Collected, judged: list[Judgement], how: How, fresh: Path) -> Settled:
    decided = decide(collected, judged, how)
    write_judgements(fresh / "judgements.jsonl", decided.judgements)
    write_anchors(fresh, decided.anchors)
    with (fresh / "rejected.jsonl").open("wb") as rows:
        rows.writelines(collected.rejected_rows())
    return Settled(
        decided.entities if how.keep_statements else _lasting(decided, collected, how, fresh),
        collected.spool,
        len(collected.rejected),
        tuple(case for case in decided.judgements if case.decision == "undecided"),
        decided.marks
        if how.keep_statements
        else stored(decided.marks, _parts(fresh) / "marks", str),
    )


def _parts(fresh: Path) -> Path:
    """Return the folder of what goes when the graph is written."""
    folder = fresh / "parts"
    folder.mkdir(exist_ok=True)
    return folder


def _lasting(decided: Decided, collected: Collected, how: How, fresh: Path) -> Entities:
    """Return the entities without anything that only deciding needs."""
    entities, folder = decided.entities, _parts(fresh)
    entities.notes.forget()
    return replace(
        entities,
        papers=Spooled(decided.groups, collected, trusted(collected, how)),
        people=stored(entities.people, folder / "people", Person),
        holders=stored(entities.holders, folder / "holders", tuple[Holder | None, ...]),
    )


class Spooled(Mapping[str, Paper]):
    """Papers that are fused from their records on disk at each access; the last one is kept.

    Args:
        groups: the outlines of each paper.
        collected: the outlines as they were read; of those that are the same still only the
            places are kept.
        trust: the order of trust of the sources.
    """

    def __init__(
        self, groups: Mapping[str, Sequence[Paper]], collected: Collected, trust: dict[str, int]
    ) -> None:
        as_read = set(map(id, collected.of(Outline)))
        self._groups = {
            key: tuple(
                each.place if isinstance(each, Outline) and id(each) in as_read else each
                for each in group
            )
            for key, group in groups.items()
        }
        self._spool = collected.spool
        self._trust = trust
        self._last: tuple[str, Paper] | None = None

    def __getitem__(self, key: str) -> Paper:
        last = self._last
        if last is None or last[0] != key:
            records = map(self._spool.paper, self._groups[key])
            last = self._last = (key, fuse_papers(records, self._trust))
        return last[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._groups)

    def __len__(self) -> int:
        return len(self._groups)

    def __contains__(self, key: object) -> bool:
        return key in self._groups
