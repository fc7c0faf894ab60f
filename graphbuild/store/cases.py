"""The open identity questions of a graph, with what a person needs to answer them."""

from collections.abc import Iterator

import msgspec

from graphbuild.errors import InputError, NoSuchEntityError
from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.common import RESOURCES
from graphbuild.names import person_key
from graphbuild.resolve.judgements import Evidence, Judgement, latest, read_judgements
from graphbuild.resolve.links import link_sets
from graphbuild.store.description import resolve
from graphbuild.store.facts import Facts
from graphbuild.store.folder import GraphFolder
from graphbuild.store.iris import anchors_of_key, key_of_anchor
from graphbuild.store.words import UNNAMED, issued

PAPER_LIKE = ("paper", *dict.fromkeys(kind for kind, _ in RESOURCES.values()))
"""Words in the IRIs of what has authors and a key like papers."""

JUDGEMENTS = "judgements.jsonl"
"""The file of a graph folder with what people decided."""

RECORD = "record"
"""Word in the IRIs of source records: two of them of one paper can be judged different."""

COAUTHORS = 8
"""Names of a paper's authors that are shown."""


class Side(msgspec.Struct, frozen=True):
    """One of the two that may be one.

    Attributes:
        key: key of the mention or of the paper.
        entity: the part of the IRI after ``/id/`` of the person or paper.
        name: the name, or the title of the paper.
        papers: number of papers of the person.
        title: title of the paper that the name is on.
        issued: when it was issued.
        authors: its authors.
        venue: where it appeared.
    """

    key: str
    entity: str
    name: str
    papers: int
    title: str
    issued: str
    authors: tuple[str, ...]
    venue: str


class OpenCase(msgspec.Struct, frozen=True):
    """An open question: are the two one?"""

    left: Side
    right: Side
    score: float
    evidence: Evidence


def open_cases(graph: GraphFolder, facts: Facts, limit: int | None = None) -> list[OpenCase]:
    """Return the open questions, the most useful first.

    Contradictions of people come first; then the case whose answer moves most papers, and of those
    the one that is nearest to being joined.

    Args:
        graph: the graph.
        facts: look-ups on it.
        limit: how many at most; None for all.
    """
    judged = [case for case in read_judgements(graph.judgements) if case.decision == "undecided"]
    sizes = {key: _size(facts, key) for case in judged for key in (case.left, case.right)}
    judged.sort(key=lambda case: _usefulness(case, sizes))
    return [_case(facts, case) for case in judged[:limit]]


def _usefulness(case: Judgement, sizes: dict[str, int]) -> tuple[bool, int, float, str, str]:
    calm = not any(rule == "contradiction" for rule, _ in case.evidence)
    smaller = min(sizes[case.left], sizes[case.right])
    return calm, -smaller, -case.score, case.left, case.right


def _case(facts: Facts, case: Judgement) -> OpenCase:
    left, right = _side(facts, case.left), _side(facts, case.right)
    return OpenCase(left, right, case.score, case.evidence)


def _size(facts: Facts, key: str) -> int:
    person = person_of(facts, key)
    return len(facts.subjects(v.CREATOR, person)) if person else 1


def _side(facts: Facts, key: str) -> Side:
    paper = paper_of(facts, key)
    person = person_of(facts, key)
    title = facts.text(paper, v.TITLE)
    venue = facts.text(paper, v.VENUE)
    return Side(
        key=key,
        entity=facts.short(person or paper),
        name=facts.name(person) if person else title,
        papers=len(facts.subjects(v.CREATOR, person)) if person else 1,
        title=title,
        issued=issued(facts, paper),
        authors=tuple(_authors(facts, paper))[:COAUTHORS],
        venue=facts.name(venue) if venue else "",
    )


def _authors(facts: Facts, paper: str) -> Iterator[str]:
    seats = facts.texts(paper, v.HAS_AUTHORSHIP)
    placed = sorted(seats, key=lambda seat: (int(facts.text(seat, v.ORDINAL) or 10**6), seat))
    yield from (facts.text(seat, v.NAME_AS_WRITTEN) or UNNAMED for seat in placed)


def paper_of(facts: Facts, key: str) -> str:
    """Return the IRI of the paper of a mention, or of a paper's key; also of volumes and data."""
    paper = key.partition("#")[0]
    found = (facts.minted(kind, paper) for kind in PAPER_LIKE)
    return next(filter(facts.knows, found), facts.minted("paper", paper))


def person_of(facts: Facts, mention: str) -> str:
    """Return the IRI of the person of a mention, empty for the key of a paper."""
    paper, mark, name = mention.partition("#")
    if not mark:
        return ""
    iri = paper_of(facts, paper)
    name, _, which = name.partition("#")
    seats = [
        seat
        for seat in facts.texts(iri, v.HAS_AUTHORSHIP)
        if person_key(facts.text(seat, v.NAME_AS_WRITTEN)).replace(" ", "-") == name
    ]
    seats.sort(key=lambda seat: (int(facts.text(seat, v.ORDINAL) or 10**6), seat))
    place = int(which) - 1 if which.isdecimal() else 0
    return facts.text(seats[place], v.HELD_BY) if place < len(seats) else ""


def key_of(graph: GraphFolder, facts: Facts, text: str) -> str:
    """Return the key that a judgement names: of a mention or a paper.

    Args:
        graph: the graph.
        facts: look-ups on it.
        text: the key itself, or what `resolve` takes for a person or a paper.

    Raises:
        NoSuchEntityError: there is none.
        AmbiguousEntityError: there are several.
        InputError: it is neither person nor paper.
    """
    if "#" in text and key_of_anchor(graph.data, "person", text):
        return text
    return keys_of(graph, resolve(graph, facts, text), facts)[0]


def key_of_link(graph: GraphFolder, facts: Facts, text: str) -> str:
    """Return what a judgement calls one of ours that may be one with something of others.

    Raises:
        NoSuchEntityError: there is none, or it is on no paper.
        AmbiguousEntityError: there are several.
        InputError: it is nothing that is linked.
    """
    if "#" in text and key_of_anchor(graph.data, "person", text):
        return text
    iri = resolve(graph, facts, text)
    kind, key = facts.key(iri)
    return f"{kind}/{key}" if kind in ("org", "venue") else key_of(graph, facts, iri)


def open_links(graph: GraphFolder) -> list[Judgement]:
    """Return the links to others that nobody has decided on, the likeliest first.

    Raises:
        InputError: a file of links is damaged.
    """
    judged = latest(read_judgements(graph.path / JUDGEMENTS))
    settled = {(case.left, case.right) for case in judged}
    cases = (
        case
        for cases in link_sets(graph.path).values()
        for case in cases
        if case.decision == "undecided" and (case.left, case.right) not in settled
    )
    return sorted(cases, key=lambda case: (-case.score, case.left, case.right))


def keys_of(graph: GraphFolder, iri: str, facts: Facts) -> list[str]:
    """Return the keys that judgements may name: mentions of a person, key of a paper or record.

    Raises:
        NoSuchEntityError: a person without papers: there is nothing to judge by.
        InputError: it is neither person nor paper.
    """
    kind, key = facts.key(iri)
    if kind in (*PAPER_LIKE, RECORD):
        return [key]
    if kind != "person":
        raise InputError(
            "only people, papers and source records can be judged", location=facts.short(iri)
        )
    mentions = [anchor for anchor in anchors_of_key(graph.data, "person", key) if "#" in anchor]
    if not mentions:
        raise NoSuchEntityError(f"{facts.short(iri)}: is on no paper, so there is nothing to judge")
    return mentions
