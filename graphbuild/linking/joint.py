"""Resolve our records and theirs together: what comes out as one, by the rules of identity, is one.

Records of theirs carry their IRI as an identifier of the scheme `TARGET`; ours carry none. So the
same evidence decides as in a build: identifiers first, then what papers and people share, and a
name alone never.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graphbuild.collect import Collected
from graphbuild.fuse.lazy import Lazy
from graphbuild.fuse.papers import fuse_papers
from graphbuild.linking.theirs import Theirs
from graphbuild.records import Author, Profile, Redirect, Rejected, Source
from graphbuild.resolve.judgements import Judgement, latest
from graphbuild.resolve.papers import Papers, group_papers
from graphbuild.resolve.people import People, resolve_people
from graphbuild.resolve.published import Published
from graphbuild.resolve.registers import replacements
from graphbuild.resolve.rules import Rules
from graphbuild.spool import Outline, write_records


@dataclass(frozen=True)
class Joint:
    """Our papers and people and theirs, resolved together."""

    papers: Papers
    people: People


@contextmanager
def _collected(ours: Sequence[Path], theirs: Path) -> Iterator[Collected]:
    collected = Collected()
    with collected.spool:
        for path in (*ours, theirs):
            for record in collected.spool.add(path):
                if not isinstance(record, Rejected):
                    collected.add(record)
        yield collected


def resolve_together(  # noqa: PLR0913 - all that is known of both sides
    ours: Sequence[Path],
    theirs: Theirs,
    judged: Iterable[Judgement],
    published: Published,
    rules: Rules,
    folder: Path,
) -> Joint:
    """Return who and what is one of our records and theirs.

    Args:
        ours: files of our records.
        theirs: records of theirs.
        judged: decisions of persons.
        published: the keys of our papers and people.
        rules: weights and thresholds.
        folder: for temporary files.
    """
    rows = folder / "theirs.jsonl"
    write_records(theirs.records, rows)
    judged = list(judged)
    with _collected(ours, rows) as collected:
        replaced = replacements((each.old, each.new) for each in collected.of(Redirect))
        found = group_papers(
            collected.of(Outline), replaced, published.of("paper"), rules.papers, latest(judged)
        )
        spool, trust = collected.spool, _ours_first(collected, theirs)
        papers = Lazy(
            found.groups, lambda key: fuse_papers(map(spool.paper, found.groups[key]), trust)
        )
        people = resolve_people(
            papers,
            collected.of(Profile),
            judged,
            collected.of(Author),
            replaced,
            rules.people,
            published.of("person"),
        )
    return Joint(found, people)


def _ours_first(collected: Collected, theirs: Theirs) -> dict[str, int]:
    """Return the order of trust: a name on a paper is spelt as ours have it."""
    last = {each.key for each in theirs.records if isinstance(each, Source)}
    return {each.key: int(each.key in last) for each in collected.of(Source)}
