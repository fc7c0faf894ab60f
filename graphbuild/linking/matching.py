"""Find which of our papers and people are which of theirs, in what was resolved together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from graphbuild.linking.found import by_identifier
from graphbuild.linking.joint import Joint
from graphbuild.linking.theirs import Theirs
from graphbuild.names import person_key
from graphbuild.records import Paper
from graphbuild.resolve.commonness import rarity
from graphbuild.resolve.judgements import Evidence, Judgement
from graphbuild.resolve.keys import paper_key, strong_ids
from graphbuild.resolve.links import TARGET, Match
from graphbuild.resolve.mentions import Mention
from graphbuild.resolve.people import ONE_PER_PERSON
from graphbuild.resolve.published import KEY, Published

SAME_TITLE = (("same-title", "title and first author agree, and nothing speaks against it"),)
TITLE_SCORE = 0.98
NAME_SCORE = 0.5
SAME_PAPER = 0.99
"""How sure it is that one paper's two records mean one person by one name."""


def match_papers(joint: Joint, theirs: Theirs, published: Published) -> Iterator[Match]:
    """Yield which of our papers are which of theirs, and which may be."""
    known = published.of("paper")
    for group in joint.papers.groups.values():
        own = [each for each in group if not _iris(each.ids)]
        keys = {known[a] for each in own for a in _anchors(each) if a in known}
        ids = {i for each in own for i in strong_ids(each)}
        for iri in dict.fromkeys(iri for each in group for iri in _iris(each.ids)):
            shared = ids & _strong(theirs.entities[iri].ids)
            evidence = by_identifier(shared) if shared else SAME_TITLE
            score = 1.0 if shared else TITLE_SCORE
            name = theirs.entities[iri].name
            yield from (
                Match("paper", key, key, iri, name, "same", score, evidence) for key in sorted(keys)
            )
    yield from _open_papers(joint, theirs, known)


def _open_papers(joint: Joint, theirs: Theirs, known: Mapping[str, str]) -> Iterator[Match]:
    groups = joint.papers.groups
    for case in joint.papers.judgements:
        sides = [groups.get(case.left, []), groups.get(case.right, [])]
        for one, other in (sides, sides[::-1]):
            keys = {known[a] for e in one if not _iris(e.ids) for a in _anchors(e) if a in known}
            for iri in sorted({iri for each in other for iri in _iris(each.ids)}):
                for key in sorted(keys):
                    yield Match(
                        "paper", key, key, iri, theirs.entities[iri].name,
                        "undecided", case.score, case.evidence,
                    )  # fmt: skip


def _anchors(paper: Paper) -> tuple[str, ...]:
    return strong_ids(paper) or (KEY + paper_key([paper]),)


def _iris(ids: Iterable[str]) -> list[str]:
    return [each.removeprefix(TARGET) for each in ids if each.startswith(TARGET)]


def _strong(ids: Iterable[str]) -> set[str]:
    return set(strong_ids(Paper("", "unknown", (), ids=tuple(ids))))


class _Side(NamedTuple):
    """A person of both sides together: our keys, and IRIs of theirs."""

    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    mentions: tuple[Mention, ...]


class PeopleMatcher:
    """Finds which of our people are which of theirs.

    Args:
        joint: what was resolved together.
        theirs: what they have.
        published: the keys of our people.
    """

    def __init__(self, joint: Joint, theirs: Theirs, published: Published) -> None:
        self._people = joint.people
        self._theirs = theirs
        self._known = published.of("person")
        self._left = lefts_of(self._known)
        self._sides = {key: self._side(key) for key in joint.people.members}

    def matches(self) -> Iterator[Match]:
        """Yield who is who, who may be, and who has only the name in common."""
        told = self._told()
        settled: set[str] = set()
        for side in self._sides.values():
            for iri in side.theirs:
                for key in side.ours:
                    settled |= {key, iri}
                    score, evidence = self._evidence(key, iri, side, told)
                    yield self._match(key, iri, evidence, score)
        for match in self._undecided():
            settled |= {match.key, match.theirs}
            yield match
        yield from self._namesakes(settled)

    def _match(self, key: str, iri: str, evidence: Evidence, score: float) -> Match:
        name = self._theirs.entities[iri].name
        return Match("person", key, self._left[key], iri, name, "same", score, evidence)

    def _side(self, key: str) -> _Side:
        mentions = self._people.members[key]
        ids = [i for m in mentions for i in m.ids]
        ids += [i for a in self._people.registered.get(key, ()) for i in a.ids]
        anchors = (*(m.key for m in mentions), *ids)
        ours = dict.fromkeys(self._known[a] for a in anchors if a in self._known)
        return _Side(tuple(ours), tuple(dict.fromkeys(_iris(ids))), mentions)

    def _told(self) -> Mapping[str, list[Judgement]]:
        """Return the decisions that joined mentions, by mention."""
        told: defaultdict[str, list[Judgement]] = defaultdict(list)
        for case in self._people.judgements:
            if case.decision == "same":
                told[case.left].append(case)
                told[case.right].append(case)
        return told

    def _evidence(
        self, key: str, iri: str, side: _Side, told: Mapping[str, list[Judgement]]
    ) -> tuple[float, Evidence]:
        """Return why one of ours is one of theirs."""
        shared = {i for i in self._theirs.entities[iri].ids if self._known.get(i) == key}
        if shared:
            return 1.0, by_identifier(shared)
        theirs = [m for m in side.mentions if TARGET + iri in m.ids]
        both = [m for m in theirs if self._known.get(m.key) == key]
        if both:
            words = f"both sides name {both[0].written} on {both[0].paper}"
            return SAME_PAPER, (("same-paper", words),)
        cases = [case for m in theirs for case in told.get(m.key, ())]
        if not cases:
            return SAME_PAPER, (("evidence", "joined by what others of their papers share"),)
        best = max(cases, key=lambda case: (case.score, case.left, case.right))
        return best.score, best.evidence

    def _undecided(self) -> Iterator[Match]:
        person_of, sides = self._people.person_of, self._sides
        for case in self._people.judgements:
            if case.decision != "undecided":
                continue
            both = [sides[person_of[key]] for key in (case.left, case.right) if key in person_of]
            for one, other in (both, both[::-1]) if len(both) == 2 else ():
                if one.ours and not one.theirs and other.theirs and not other.ours:
                    for key in one.ours:
                        for iri in other.theirs:
                            match = self._match(key, iri, case.evidence, case.score)
                            yield match._replace(decision="undecided")

    def _namesakes(self, settled: set[str]) -> Iterator[Match]:
        """Yield the pairs of a name that no other of ours and none other of theirs has."""
        ours: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for person, side in self._sides.items():
            for name in self._names(person):
                ours[name].update(dict.fromkeys(side.ours))
        theirs: defaultdict[str, list[str]] = defaultdict(list)
        for iri, entity in self._theirs.of("person").items():
            theirs[person_key(entity.name)].append(iri)
        for name, iris in theirs.items():
            keys = list(ours.get(name, ()))
            if len(keys) != 1 or len(iris) != 1 or {keys[0], iris[0]} & settled:
                continue
            if name and not self._apart(keys[0], iris[0]):
                words = f"both are called {self._theirs.entities[iris[0]].name}; a name alone"
                told = (("name-only", f"{words} proves nothing"),)
                match = self._match(keys[0], iris[0], told, min(NAME_SCORE, round(rarity(name), 3)))
                yield match._replace(decision="undecided")

    def _names(self, person: str) -> set[str]:
        registered = self._people.registered.get(person, ())
        return {m.name for m in self._people.members[person]} | {
            person_key(author.name) for author in registered
        }

    def _apart(self, key: str, iri: str) -> bool:
        """Say whether both have an identifier of a kind of which a person has one."""
        schemes = {i.partition(":")[0] for i in self._theirs.entities[iri].ids} & ONE_PER_PERSON
        return any(key.startswith(f"{scheme}:") for scheme in schemes)


def lefts_of(known: Mapping[str, str]) -> dict[str, str]:
    """Return what judgements call each person: a mention, or else an identifier."""
    lefts: dict[str, str] = {}
    for anchor, key in sorted(known.items(), key=lambda pair: ("#" not in pair[0], pair)):
        if not anchor.startswith(KEY):
            lefts.setdefault(key, anchor)
    return {key: lefts.get(key, key) for key in known.values()}
