"""Find all that tells a person in the records that a graph keeps, and mark it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from graphbuild.collect import cached_records
from graphbuild.names import looks_like_login, person_key
from graphbuild.parts import Authorship
from graphbuild.records import Author, Paper, Profile, Record, Software
from graphbuild.resolve.keys import mention_keys, paper_key, strong_ids
from graphbuild.resolve.published import KEY, Published
from graphbuild.software import as_paper
from graphbuild.spool import read_cached
from graphbuild.store.folder import GraphFolder
from graphbuild.tombstones import Forgotten
from graphbuild.withholding import MAIL, anchors_of, letters, seat_of, shortened, without

Written = Paper | Software


@dataclass
class Subject:
    """A person who is to be forgotten, with all that tells the person.

    Attributes:
        iri: of the person.
        key: of the person.
        ids: identifiers.
        mentions: keys of the names on papers.
        names: spellings.
        mails: e-mail addresses.
        pages: `person_key` of the names on profile pages that are about the person.
        papers: by key the records of each paper.
        seats: by key of the paper how the places in its records are marked, the paper apart.
        places: number of places in lists of authors.
        registers: number of records of registers.
    """

    iri: str
    key: str
    ids: frozenset[str]
    mentions: frozenset[str]
    names: set[str] = field(default_factory=set)
    mails: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)
    papers: dict[str, list[Written]] = field(default_factory=dict)
    seats: defaultdict[str, set[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(set))
    places: int = 0
    registers: int = 0

    @property
    def name(self) -> str:
        """The longest spelling."""
        return max(self.names, key=lambda name: (len(name), name), default="")


def subject_of(graph: GraphFolder, iri: str, key: str, published: Published) -> Subject:
    """Return what tells a person of a graph.

    Args:
        graph: the graph.
        iri: of the person.
        key: of the person.
        published: what identifies the papers and people of the graph.

    Raises:
        GraphError: the records of an input are gone.
    """
    told = {anchor for anchor, of in published.of("person").items() if of == key}
    mentions = frozenset(anchor for anchor in told if "#" in anchor)
    ids = frozenset(each for each in told - mentions if not each.startswith(KEY))
    subject = Subject(iri, key, ids, mentions)
    pages = _read(subject, published, kept_records(graph))
    for paper, records in subject.papers.items():
        for record in records:
            _take(subject, paper, record)
    _judge_pages(subject, pages)
    return subject


def kept_records(graph: GraphFolder) -> Iterator[Record]:
    """Yield the records of all inputs of a graph.

    Raises:
        GraphError: those of an input are gone.
    """
    build = graph.build
    inputs = [(each.sha256, each.format) for each in build.inputs]
    for path in cached_records(graph.path, inputs, build.as_of or ""):
        yield from read_cached(path)


@dataclass
class _Pages:
    """The name on each profile page, and the number of papers that it lists."""

    names: dict[str, str] = field(default_factory=dict)
    papers: Counter[str] = field(default_factory=Counter)


def _read(subject: Subject, published: Published, records: Iterable[Record]) -> _Pages:
    """Take in the papers and registers of a person; return what profile pages there are."""
    known, pages = published.of("paper"), _Pages()
    mine = {mention.partition("#")[0] for mention in subject.mentions}
    for record in records:
        if isinstance(record, Paper | Software):
            paper = key_of(record, known)
            if paper in mine:
                subject.papers.setdefault(paper, []).append(record)
            if isinstance(record, Paper):
                pages.papers.update(record.profiles)
        elif isinstance(record, Author) and not subject.ids.isdisjoint(record.ids):
            subject.registers += 1
            subject.names.update(filter(None, (record.name, *record.other_names)))
        elif isinstance(record, Profile):
            pages.names[record.key] = person_key(record.name)
    return pages


def key_of(record: Written, known: Mapping[str, str]) -> str:
    """Return the key of the paper that a record belongs to; empty where nothing tells."""
    paper = as_paper(record) if isinstance(record, Software) else record
    ways = (*strong_ids(paper), KEY + paper_key([paper]))
    return next((known[each] for each in ways if each in known), "")


def _take(subject: Subject, paper: str, record: Written) -> None:
    """Note how the places of a person in a record are told, and what else the record tells."""
    authors = record.authors
    names = Counter((each.role, person_key(each.name)) for each in authors)
    whole = as_paper(record) if isinstance(record, Software) else record
    spelled = {person_key(name) for name in subject.names}
    for mention, author in zip(mention_keys(paper, whole), authors, strict=True):
        name = person_key(author.name)
        alone = names[author.role, name] == 1
        if mention in subject.mentions or _is(subject, author, alone and name in spelled):
            subject.places += 1
            subject.names.update(filter(None, (author.name, author.name_written)))
            subject.names.update(author.other_names)
            seat = seat_of(author)
            subject.seats[paper].add(("place", name) if alone else ("twin", name, seat))
            subject.seats[paper].add(("short", shortened(name), seat))
            subject.mails.update(MAIL.findall(str(author.affiliations)))
    text = msgspec.json.encode(record).decode()
    subject.mails.update(each for each in MAIL.findall(text) if _resembles(each, subject.names))


def _is(subject: Subject, author: Authorship, named: bool) -> bool:  # noqa: FBT001 - of one caller
    return named or not subject.ids.isdisjoint(author.ids)


def _resembles(mail: str, names: Iterable[str]) -> bool:
    login = mail.partition("@")[0]
    return any(looks_like_login(login, name) for name in names)


def _judge_pages(subject: Subject, pages: _Pages) -> None:
    """Take a profile page of the person's name for the person's if half its papers are."""
    names = {person_key(name) for name in subject.names}
    listed = Counter(
        page
        for records in subject.papers.values()
        for record in records
        if isinstance(record, Paper)
        for page in record.profiles
    )
    subject.pages.update(
        name
        for page, name in pages.names.items()
        if name in names and listed[page] * 2 >= pages.papers[page] > 0
    )


def marks_of(subject: Subject, known: Forgotten) -> tuple[str, ...]:
    """Return the marks of all that tells a person, sorted."""
    return tuple(sorted({known.mark(*words) for words in _told(subject)}))


def _told(subject: Subject) -> Iterator[tuple[str, ...]]:
    for each in subject.ids:
        yield "id", each
        yield "text", each.partition(":")[2].casefold()
    yield from (("mention", each) for each in subject.mentions)
    yield from (("text", mail.casefold()) for mail in subject.mails)
    yield from (("page", name) for name in subject.pages)
    for name in {person_key(name) for name in subject.names}:
        yield "shape", shortened(name)
        yield from (("name", each) for each in _spellings(name))
    for paper, seats in subject.seats.items():
        anchors = {each for record in subject.papers[paper] for each in anchors_of(record)}
        yield from ((way, each, *words) for each in anchors for way, *words in seats)


def _spellings(name: str) -> Iterator[str]:
    """Yield the letters of the ways in which texts write a name."""
    first, *rest = name.split() or [""]
    yield letters(name)
    if rest:
        family = rest[-1]
        yield from (f"{family}{first}", f"{first[0]}{family}", f"{family}{first[0]}")


def renamed_papers(subject: Subject, published: Published, forgotten: Forgotten) -> dict[str, str]:
    """Return the keys of papers that no identifier tells, by what they would be called from now.

    Such a key is made of the title and the first author, who may be forgotten now: the paper
    keeps the key that it was published under.
    """
    names: dict[str, str] = {}
    for paper, records in subject.papers.items():
        for record in records:
            [now] = [each for each in without([record], forgotten) if isinstance(each, Written)]
            whole = as_paper(now) if isinstance(now, Software) else now
            if not strong_ids(whole):
                names[KEY + paper_key([whole])] = paper
    known = published.of("paper")
    return {anchor: paper for anchor, paper in names.items() if anchor not in known}
