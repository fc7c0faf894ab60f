"""Say why an entity is what it is: its records, the evidence, and which value won and why."""

from collections.abc import Iterable, Iterator

import msgspec

from graphbuild.fuse.choice import TOGETHER, choose, ranked
from graphbuild.mapping import vocabulary as v
from graphbuild.records import Author, Institution, Paper, Software, Subject, Venue
from graphbuild.resolve.judgements import Judgement, latest, read_judgements
from graphbuild.software import as_paper
from graphbuild.spool import record_of
from graphbuild.store.cases import PAPER_LIKE, keys_of
from graphbuild.store.facts import Facts
from graphbuild.store.folder import GraphFolder
from graphbuild.store.iris import anchors_of_key
from graphbuild.store.ties import Tie, ties

DESCRIBED = {
    **dict.fromkeys(PAPER_LIKE, Paper),
    "person": Author,
    "org": Institution,
    "venue": Venue,
    "topic": Subject,
}
"""The type of record that describes each kind of entity."""

ANCHORED = dict.fromkeys(PAPER_LIKE, "paper")
"""The kind of the anchors of an entity, where it is not the word in its IRI."""

UNTOLD = frozenset({"origin", "origins", "type", "introduces", "code_links"})
"""Fields that say where a record is from, or that have evidence of their own in the graph."""


class Told(msgspec.Struct, frozen=True):
    """What one source says for one field.

    Attributes:
        value: as readable text.
        source: file, and what it calls the record or its line.
        wins: the graph has it.
    """

    value: str
    source: str
    wins: bool


class FieldStory(msgspec.Struct, frozen=True):
    """What the sources say for a field, and why the graph has what it has."""

    field: str
    told: tuple[Told, ...]
    why: str


class Explanation(msgspec.Struct, frozen=True):
    """Why an entity is what it is.

    Attributes:
        iri: the entity.
        name: what it is called.
        records: the source records that it was made of, in words.
        identifiers: what identifies it, mentions apart.
        joined: the decisions that made it one.
        fields: what each source says for each field.
        apart: what was nearly joined with it, and was not.
        ties: what became of affiliations that are texts.
    """

    iri: str
    name: str
    records: tuple[str, ...]
    identifiers: tuple[str, ...]
    joined: tuple[Judgement, ...]
    fields: tuple[FieldStory, ...]
    apart: tuple[Judgement, ...]
    ties: tuple[Tie, ...] = ()


def explain(graph: GraphFolder, facts: Facts, iri: str) -> Explanation:
    """Return why an entity is what it is.

    Raises:
        GraphError: the graph's files are damaged.
    """
    kind, key = facts.key(iri)
    records = facts.texts(iri, v.DERIVED_FROM)
    names = {record: _place(facts, record) for record in records}
    own = set(_judged_by(graph, facts, iri))
    told = _decisions(graph)
    return Explanation(
        iri=iri,
        name=facts.name(iri),
        records=tuple(dict.fromkeys(names.values())),
        identifiers=tuple(
            anchor
            for anchor in anchors_of_key(graph.data, ANCHORED.get(kind, kind), key)
            if "#" not in anchor and not anchor.startswith(("=", "~"))
        ),
        joined=tuple(case for case in told if case.decision == "same" and _inside(case, own)),
        fields=tuple(_fields(graph, facts, kind, names)),
        apart=tuple(
            case
            for case in told
            if case.decision != "same" and (case.left in own or case.right in own)
        ),
        ties=tuple(ties(graph, facts, iri)),
    )


def why(graph: GraphFolder, facts: Facts, left: str, right: str) -> tuple[Judgement, ...]:
    """Return the decisions that make two entities, mentions or papers one or keep them apart.

    Of one entity, given by two of its mentions, these are the links between the two, in order.

    Args:
        graph: the graph.
        facts: look-ups on it.
        left: key of a mention or IRI of an entity.
        right: the other.
    """
    ends = [set(_judged_by(graph, facts, each)) for each in (left, right)]
    told = _decisions(graph)
    direct = tuple(
        case
        for case in told
        if (case.left in ends[0] and case.right in ends[1])
        or (case.left in ends[1] and case.right in ends[0])
    )
    return direct or _path([case for case in told if case.decision == "same"], *ends)


def _path(links: Iterable[Judgement], start: set[str], goal: set[str]) -> tuple[Judgement, ...]:
    """Return the shortest chain of decisions from one set of keys to another, or nothing."""
    near: dict[str, list[Judgement]] = {}
    for link in links:
        near.setdefault(link.left, []).append(link)
        near.setdefault(link.right, []).append(link)
    came: dict[str, tuple[Judgement, ...]] = dict.fromkeys(start, ())
    waiting = list(start)
    for key in waiting:
        if key in goal:
            return came[key]
        for link in near.get(key, ()):
            other = link.right if link.left == key else link.left
            if other not in came:
                came[other] = (*came[key], link)
                waiting.append(other)
    return ()


def _decisions(graph: GraphFolder) -> list[Judgement]:
    """Return the decisions of the build; people's later ones, not yet built, too."""
    built = read_judgements(graph.judgements)
    return list(dict.fromkeys([*built, *latest(read_judgements(graph.path / "judgements.jsonl"))]))


def _judged_by(graph: GraphFolder, facts: Facts, what: str) -> list[str]:
    """Return the keys that judgements name of an entity; a mention stands for itself."""
    if "://" not in what:
        return [what]
    kind, key = facts.key(what)
    if kind == "person" and facts.subjects(v.HELD_BY, what):
        return keys_of(graph, what, facts)
    return [key, *(facts.key(each)[1] for each in facts.texts(what, v.DERIVED_FROM))]


def _inside(case: Judgement, own: set[str]) -> bool:
    return case.left in own and case.right in own


def _place(facts: Facts, record: str) -> str:
    """Return in words where a source record is."""
    page = facts.text(record, v.PART_OF) or record
    file = facts.text(page, v.IDENTIFIER) or facts.short(page)
    line = facts.text(record, v.LINE)
    name = facts.text(record, v.IDENTIFIER) if page != record else ""
    return ", ".join(filter(None, (file, f"line {line}" if line else "", name)))


def _fields(
    graph: GraphFolder, facts: Facts, kind: str, names: dict[str, str]
) -> Iterator[FieldStory]:
    """Yield for each field what the records say that describe the entity."""
    described = DESCRIBED.get(kind)
    if described is None:
        return
    found: dict[int, str] = {}
    records: list[msgspec.Struct] = []
    for iri, place in names.items():
        key = facts.key(iri)[1]
        for record in record_of(graph.path / "records", key):
            paper = as_paper(record) if isinstance(record, Software) else record
            if isinstance(paper, described):
                records.append(paper)
                found[id(paper)] = place
    papers = ranked([each for each in records if isinstance(each, Paper)])
    records = [*papers] or records
    for field in described.__struct_fields__ if records else ():
        if field not in UNTOLD:
            yield from _story(graph, field, records, found)


def _story(
    graph: GraphFolder, field: str, records: list[msgspec.Struct], places: dict[int, str]
) -> Iterator[FieldStory]:
    stating = [record for record in records if getattr(record, field)]
    if not stating:
        return
    winner, reason = _winner(graph, field, records)
    told = tuple(
        Told(
            _readable(getattr(record, field)),
            places[id(record)],
            winner is None or record is winner or _same(record, winner, field),
        )
        for record in stating
    )
    yield FieldStory(field, told, reason)


def _same(record: msgspec.Struct, winner: msgspec.Struct, field: str) -> bool:
    return bool(getattr(record, field) == getattr(winner, field))


def _winner(
    graph: GraphFolder, field: str, records: list[msgspec.Struct]
) -> tuple[msgspec.Struct | None, str]:
    """Return the record whose value the graph has, None for all of them, and why."""
    if field in TOGETHER:
        papers = [record for record in records if isinstance(record, Paper)]
        choice = choose(papers, field, _trust(graph)) if papers else None
        if choice:
            return choice.record, choice.why
    if field == "authors":
        return records[0], "the list of the most complete record; what others add is added"
    return None, "values of all records are kept"


def _trust(graph: GraphFolder) -> dict[str, int]:
    """Return the order of trust that the build had."""
    places = {name: place for place, name in enumerate(graph.build.trust)}
    return {each.sha256[:16]: places.get(each.format, len(places)) for each in graph.build.inputs}


def _readable(value: object) -> str:
    """Return a value in a line."""
    if isinstance(value, tuple):
        return "; ".join(map(_readable, value))
    if isinstance(value, msgspec.Struct):
        for name in ("value", "name", "title", "written"):
            if isinstance(told := getattr(value, name, None), str) and told:
                return told
        parts = (getattr(value, name) for name in value.__struct_fields__)
        return ", ".join(map(_readable, filter(None, parts)))
    return str(value)
