"""Keep the keys of what is neither paper nor person, as an earlier build published them."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from graphbuild.entities import WORDS
from graphbuild.fuse.notes import Notes
from graphbuild.fuse.registers import Linker
from graphbuild.resolve.keys import hashed
from graphbuild.resolve.published import KEY, WORD, Anchor, Published, Settled, keep
from graphbuild.text import name_key

PAPER = "paper"


class Words:
    """By which words in their IRIs papers are published: data and volumes have words of their own.

    Args:
        published: what an earlier build published.
        kind_of: the kind of every paper that has one.
    """

    def __init__(self, published: Published, kind_of: Mapping[str, str]) -> None:
        self._kind_of = kind_of
        self._keys = published.of(PAPER)
        self._old: dict[str, list[str]] = {}
        for anchor, key in published.of(WORD).items():
            self._old.setdefault(key, []).append(anchor.partition("/")[0])

    def now(self, key: str) -> str:
        """Return the word in the IRI of a paper."""
        return WORDS.get(self._kind_of.get(key, ""), PAPER)

    def old(self, key: str) -> list[str]:
        """Return the words under which a paper was published."""
        return self._old.get(key, [PAPER] if KEY + key in self._keys else [])

    def papers(self) -> Iterator[str]:
        """Yield the keys under which papers were published."""
        return (each[len(KEY) :] for each in self._keys if each.startswith(KEY))

    def anchors(self, papers: Iterable[str]) -> Iterator[Anchor]:
        """Yield what the next build needs to know; a paper is called so unless it is said."""
        for key in dict.fromkeys((*papers, *self._old)):
            words = [*self.old(key), self.now(key)]
            if set(words) != {PAPER}:
                yield from (Anchor(WORD, f"{word}/{key}", key) for word in dict.fromkeys(words))


@dataclass(frozen=True)
class Keys:
    """The keys of what is neither paper nor person.

    Attributes:
        linker: gives them.
        works: the key of the work of each paper.
        settled: what identifies the entities of each kind, and their keys.
        words: by which papers are published.
    """

    linker: Linker
    works: dict[str, str]
    settled: dict[str, Settled]
    words: Words


def settle(works: Mapping[str, str], linker: Linker, notes: Notes, published: Published) -> Keys:
    """Return the keys of all that is neither paper nor person.

    Args:
        works: the key that the work of each paper would have without history.
        linker: gives the keys of what registers hold.
        notes: what papers name.
        published: what an earlier build published.
    """
    words = Words(published, notes.kind_of)
    linker, volumes = _volumes(linker, notes, works, published)
    now, kept = _works(works, words, published)
    return Keys(linker, now, {"volume": volumes, "work": kept} | linker.settled(), words)


def _volumes(
    linker: Linker, notes: Notes, papers: Container[str], published: Published
) -> tuple[Linker, Settled]:
    """Return a linker that gives volumes their published keys, and which they are.

    Args:
        linker: gives each volume the key that it would have without history.
        notes: what papers name.
        papers: keys of papers; a volume that has a record of its own has the key of that.
        published: what an earlier build published.
    """
    anchors: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for container, year in notes.volumes:
        own = anchors[linker.volume(container, year)]
        own |= dict.fromkeys(container.ids)
        if not container.ids:
            own[hashed("volume", name_key(container.title), year)] = None
    kept = keep(anchors, published.of("volume"), fixed=papers)
    return replace(linker, volumes=kept.keys), Settled(anchors, kept)


def _works(
    works: Mapping[str, str], words: Words, published: Published
) -> tuple[dict[str, str], Settled]:
    """Return the work of each paper, under its published key if it has one, and which they are.

    Args:
        works: the key that each paper's work would have without history.
        words: tell papers from data and the like, which have no work, or have none any more.
        published: what an earlier build published.
    """
    before = published.of("work")
    anchors: defaultdict[str, list[str]] = defaultdict(list)
    for paper, work in works.items():
        if words.now(paper) == PAPER or paper in before:
            anchors[work].append(paper)
    kept = keep(anchors, before)
    return {paper: kept.keys.get(work, work) for paper, work in works.items()}, Settled(
        anchors, kept
    )
