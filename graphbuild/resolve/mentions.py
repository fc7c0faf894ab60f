"""The names on papers, and what of each paper speaks for who they are.

What evidence needs is kept as columns of numbers: names, words and venues are numbered, and lists
of them lie end to end. A mention costs some tens of bytes this way, so that ten million fit.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graphbuild.names import person_key
from graphbuild.parts import Authorship
from graphbuild.records import Paper
from graphbuild.resolve.keys import mention_keys, stated_year
from graphbuild.text import name_key

Numbers = NDArray[np.int64]
Column: TypeAlias = "array[int]"

SHORTEST_WORD = 3
"""Letters from which on a word of a title counts."""


class Mention(NamedTuple):
    """One name on one paper.

    Attributes:
        key: the paper's key and the name.
        name: `person_key` of the name.
        written: the name as the paper has it.
        profiles: keys of the profiles that list the paper under this name.
        alone: no other author of the paper is visible.
        record: key of a source record that has the name.
        ids: identifiers that the paper gives for the person.
        role: author or editor.
    """

    key: str
    paper: str
    name: str
    written: str
    profiles: tuple[str, ...]
    alone: bool
    record: str = ""
    ids: tuple[str, ...] = ()
    role: str = "author"


class Numbering:
    """Gives each text a number, from 0, in the order in which they come."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._texts: list[str] = []
        self.number: Callable[[str], int] = self._numbers.__getitem__
        """Returns the number of a text."""

    @property
    def texts(self) -> list[str]:
        """The texts in the order of their numbers."""
        if len(self._texts) < len(self._numbers):
            self._texts = list(self._numbers)
        return self._texts

    def known(self, text: str) -> int | None:
        """Return the number of a text that has one."""
        return self._numbers.get(text)


class Lists:
    """Lists of numbers that lie end to end."""

    def __init__(self) -> None:
        self._ends = array("q", [0])
        self._numbers = array("i")

    def append(self, numbers: Iterable[int]) -> None:
        """Add a list."""
        self._numbers.extend(numbers)
        self._ends.append(len(self._numbers))

    def of(self, which: int) -> Sequence[int]:
        """Return one list."""
        return self._numbers[self._ends[which] : self._ends[which + 1]]

    def rows(self, which: Numbers) -> tuple[Numbers, Numbers]:
        """Return the numbers of these lists, and before them for each the place in ``which``."""
        ends = np.frombuffer(self._ends, dtype=np.int64)
        starts, sizes = ends[which], ends[which + 1] - ends[which]
        owners = np.repeat(np.arange(len(which)), sizes)
        shift = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
        numbers = np.frombuffer(self._numbers, dtype=np.int32)
        return owners, numbers[shift + np.arange(len(owners))].astype(np.int64)

    def inverted(self, size: int) -> "Lists":
        """Return for each number from 0 to ``size`` the lists that it is in."""
        numbers = np.frombuffer(self._numbers, dtype=np.int32)
        ends: Numbers = np.frombuffer(self._ends, dtype=np.int64)
        lengths = ends[1:] - ends[:-1]
        owners = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        inverse = Lists()
        inverse._ends.extend(np.cumsum(self.counts(size)).tolist())
        inverse._numbers.frombytes(owners[np.argsort(numbers, kind="stable")].tobytes())
        return inverse

    def counts(self, size: int) -> Numbers:
        """Return how often each number from 0 to ``size`` occurs."""
        if not self._numbers:
            return np.zeros(size, np.int64)
        return np.bincount(np.frombuffer(self._numbers, dtype=np.int32), minlength=size)


@dataclass
class Columns:
    """What of the papers speaks for who their authors are.

    Attributes:
        paper_of: the number of the paper of each mention.
        name_of: the number of the name of each mention.
        authors: the numbers of the names on each paper; none when there are very many.
        words: the words of each paper's title.
        venue_of: the number of each paper's venue, or -1.
        year_of: the year that is stated of each paper, or 0.
        places: the words of the affiliations of each mention.
        pages: the numbers of the profiles that list the paper of each mention under its name.
        works: numbers of papers and of what they cite, by key or identifier.
        work_of: the number in ``works`` of each paper.
        cited: the numbers in ``works`` of what each paper cites.
        seat_of: the number of the paper of each mention, authors apart from editors.
        subjects: numbers of topics, by key.
        topics: the topics of each paper.
        topic_names: what the first paper of a topic calls it.
    """

    names: Numbering = field(default_factory=Numbering)
    terms: Numbering = field(default_factory=Numbering)
    venues: Numbering = field(default_factory=Numbering)
    works: Numbering = field(default_factory=Numbering)
    work_of: Column = field(default_factory=lambda: array("i"))
    cited: Lists = field(default_factory=Lists)
    seat_of: Column = field(default_factory=lambda: array("q"))
    paper_of: Column = field(default_factory=lambda: array("i"))
    name_of: Column = field(default_factory=lambda: array("i"))
    venue_of: Column = field(default_factory=lambda: array("i"))
    year_of: Column = field(default_factory=lambda: array("i"))
    authors: Lists = field(default_factory=Lists)
    words: Lists = field(default_factory=Lists)
    places: Lists = field(default_factory=Lists)
    profiles: Numbering = field(default_factory=Numbering)
    subjects: Numbering = field(default_factory=Numbering)
    topics: Lists = field(default_factory=Lists)
    topic_names: dict[int, str] = field(default_factory=dict)
    pages: Lists = field(default_factory=Lists)

    def add_paper(self, key: str, paper: Paper, longest_paired: int) -> None:
        """Add what the authors of a paper share."""
        named = (a for a in paper.authors if a.role == "author" and not a.forgotten)
        names = [person_key(a.name) for a in named]
        paired = names if len(names) <= longest_paired else []
        self.authors.append(sorted({self.names.number(name) for name in paired}))
        self.words.append(self._terms([paper.title], SHORTEST_WORD))
        self.work_of.append(self.works.number(key))
        self.cited.append({self.works.number(each) for each in paper.references})
        venue = _venue(paper)
        self.venue_of.append(self.venues.number(venue) if venue else -1)
        year = stated_year(paper)
        self.year_of.append(int(year) if year.isdecimal() else 0)
        known = {self.subjects.number(link.topic): link for link in paper.topics if link.topic}
        self.topics.append(known)
        for number, link in known.items():
            self.topic_names.setdefault(number, link.written)

    def add_mention(self, mention: Mention, author: Authorship) -> None:
        """Add an author of the paper that was added last."""
        number = len(self.year_of) - 1
        self.paper_of.append(number)
        self.seat_of.append(2 * number + (author.role == "editor"))
        self.name_of.append(self.names.number(mention.name))
        self.pages.append(map(self.profiles.number, mention.profiles))
        self.places.append(self._terms(_places(author), 2))

    def _terms(self, texts: Iterable[str], shortest: int) -> list[int]:
        words = [word for text in texts for word in _words(text) if len(word) >= shortest]
        return sorted(set(map(self.terms.number, words)))


@lru_cache(maxsize=1 << 14)  # the same affiliation stands on many papers
def _words(text: str) -> tuple[str, ...]:
    return tuple(name_key(text).split())


def _places(author: Authorship) -> Iterator[str]:
    for place in author.affiliations:
        yield place.written or " ".join(each.name for each in place.organizations)


def _venue(paper: Paper) -> str:
    """Return what stands for the venue of a paper."""
    if paper.venue:
        return paper.venue.ids[0] if paper.venue.ids else name_key(paper.venue.name)
    return name_key(paper.container.title) if paper.container else ""


def read_mentions(
    papers: Mapping[str, Paper],
    names: Mapping[str, str],
    replaced: Mapping[str, str],
    longest_paired: int,
) -> tuple[list[Mention], Columns]:
    """Return the names on all papers, in the order of the papers' keys, and their columns.

    Args:
        papers: one record per paper, under its key; each is read once.
        names: `person_key` of the name on each profile, under the profile's key.
        replaced: identifiers that their register replaced, and by which.
        longest_paired: authors of a paper up to which any two count as working together.
    """
    columns = Columns()
    mentions: list[Mention] = []
    for key in sorted(papers):
        paper = papers[key]
        columns.add_paper(key, paper, longest_paired)
        for mention, author in _mentions(key, paper, names, replaced):
            mentions.append(mention)
            columns.add_mention(mention, author)
    return mentions, columns


def _mentions(
    key: str, paper: Paper, names: Mapping[str, str], replaced: Mapping[str, str]
) -> Iterator[tuple[Mention, Authorship]]:
    alone = len(paper.authors) == 1
    record = paper.origins[0].record
    for mention, author in zip(mention_keys(key, paper), paper.authors, strict=True):
        if author.organization or author.forgotten:
            continue
        name = person_key(author.name)
        own = tuple(profile for profile in paper.profiles if names.get(profile) == name)
        ids = tuple(replaced.get(known, known) for known in author.ids)
        yield (
            Mention(mention, key, name, author.name, own, alone, record, ids, author.role),
            author,
        )
