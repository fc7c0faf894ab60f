"""Decide which names on papers stand for the same person.

A name on a paper is a *mention*. Two mentions of one name are one person only by evidence; the
same name alone never is. Each rule has a weight, the probability with which it would be right by
itself; independent evidence adds up as 1 - (1-a)(1-b).... Two authors of one paper are never one
person, and a judgement of a person beats every rule.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import NamedTuple

from graphbuild.names import person_key
from graphbuild.records import Paper, Profile
from graphbuild.resolve.clusters import Clusters
from graphbuild.resolve.judgements import Judgement
from graphbuild.resolve.keys import hashed, mention_keys

RULES = {"shared-coauthor": 0.9, "same-profile": 0.4}
"""How much each kind of evidence is worth."""

THRESHOLD = 0.8
"""Score from which on two mentions are one person."""

LONGEST_PAIRED = 100
"""Authors of a paper up to which any two of them count as working together."""


class Mention(NamedTuple):
    """One name on one paper.

    Attributes:
        key: the paper's key and the name.
        name: `person_key` of the name.
        written: the name as the paper has it.
        profiles: keys of the profiles that list the paper under this name.
        alone: no other author of the paper is visible.
    """

    key: str
    paper: str
    name: str
    written: str
    profiles: tuple[str, ...]
    alone: bool


@dataclass(frozen=True)
class People:
    """The outcome.

    Attributes:
        members: the mentions of each person, under the person's key.
        person_of: the person's key of each mention.
        undecided: pairs of persons of whom it is open whether they are one.
        owners: for each profile, the persons that it lists papers of, most papers first.
        judgements: every decision with its evidence.
    """

    members: dict[str, tuple[Mention, ...]]
    person_of: dict[str, str]
    undecided: tuple[tuple[str, str], ...]
    owners: dict[str, tuple[str, ...]]
    judgements: tuple[Judgement, ...]


def resolve_people(
    papers: Mapping[str, Paper], profiles: Iterable[Profile], judged: Iterable[Judgement] = ()
) -> People:
    """Return the persons behind the names on all papers.

    Args:
        papers: one record per paper, under its key.
        profiles: the pages that list papers of one name.
        judged: judgements of people.
    """
    names = {profile.key: person_key(profile.name) for profile in profiles}
    mentions = {m.key: m for m in _mentions(papers, names)}
    clusters = Clusters()
    for mention in mentions.values():
        clusters.add(mention.key, seat=mention.paper)
    judged = tuple(judged)
    _obey(clusters, judged)
    decided = [_decide(clusters, *pair) for pair in sorted(_evidence(mentions).items())]
    members = {
        hashed("mention", keys[0]): tuple(mentions[key] for key in keys) for keys in clusters.sets()
    }
    person_of = {mention.key: person for person, group in members.items() for mention in group}
    owners = dict.fromkeys(sorted(names), ()) | _owners(members)
    open_cases = list(_open_cases(owners, members, judged))
    undecided = tuple((person_of[case.left], person_of[case.right]) for case in open_cases)
    return People(members, person_of, undecided, owners, (*judged, *decided, *open_cases))


def conflation(profile: str, people: People) -> str:
    """Return in words why a profile may mix several people, or nothing when it does not seem to.

    Papers that do not hang together by co-authors speak for several people, unless no paper shows
    a co-author at all.
    """
    listed = [
        [mention for mention in people.members[person] if profile in mention.profiles]
        for person in people.owners[profile]
    ]
    if all(mention.alone for mentions in listed for mention in mentions):
        return ""
    sizes = [len({mention.paper for mention in mentions}) for mentions in listed]
    groups = [size for size in sizes if size > 1]
    singles = len(sizes) - len(groups)
    if len(sizes) < 2:
        return ""
    parts = [f"a group of {size}" for size in groups]
    parts += (
        [f"{singles} {'paper' if singles == 1 else 'papers'} standing alone"] if singles else []
    )
    return (
        f"the {sum(sizes)} papers that this page lists fall into {_enumerated(parts)}; "
        "no visible co-author ties one part to another"
    )


def _enumerated(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _mentions(papers: Mapping[str, Paper], names: Mapping[str, str]) -> Iterator[Mention]:
    for key in sorted(papers):
        paper = papers[key]
        for mention, author in zip(mention_keys(key, paper), paper.authors, strict=True):
            name = person_key(author.name)
            own = tuple(profile for profile in paper.profiles if names.get(profile) == name)
            yield Mention(mention, key, name, author.name, own, len(paper.authors) == 1)


def _obey(clusters: Clusters, judged: Iterable[Judgement]) -> None:
    known = [case for case in judged if case.left in clusters and case.right in clusters]
    for case in known:
        if case.decision == "different":
            clusters.forbid(case.left, case.right)
    for case in known:
        if case.decision == "same":
            clusters.join(case.left, case.right)


Evidence = dict[str, str]


def _evidence(mentions: Mapping[str, Mention]) -> dict[tuple[str, str], Evidence]:
    """Return, for pairs of mentions of one name, what speaks for their being one person."""
    found: defaultdict[tuple[str, str], Evidence] = defaultdict(dict)
    by_paper: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions.values():
        by_paper[mention.paper].append(mention)
    last: dict[tuple[str, str], tuple[Mention, Mention]] = {}
    for paper in sorted(by_paper):
        for pair in _pairs(by_paper[paper]):
            names = (pair[0].name, pair[1].name)
            if names in last:
                _note(found, last[names], pair)
            last[names] = pair
    for left, right in found:
        if set(mentions[left].profiles) & set(mentions[right].profiles):
            found[left, right]["same-profile"] = "one profile page lists both papers"
    return found


def _pairs(authors: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    if len(authors) <= LONGEST_PAIRED:
        yield from combinations(sorted(authors, key=lambda mention: mention.name), 2)


def _note(
    found: defaultdict[tuple[str, str], Evidence],
    earlier: tuple[Mention, Mention],
    later: tuple[Mention, Mention],
) -> None:
    for one, companion in ((0, 1), (1, 0)):
        words = f"both papers also name {later[companion].written}"
        found[earlier[one].key, later[one].key].setdefault("shared-coauthor", words)


def _decide(clusters: Clusters, pair: tuple[str, str], evidence: Evidence) -> Judgement:
    doubt = 1.0
    for rule in evidence:
        doubt *= 1 - RULES[rule]
    score = round(1 - doubt, 3)
    told = tuple(sorted(evidence.items()))
    if score < THRESHOLD:
        return Judgement(*pair, "undecided", score, told)
    if clusters.join(*pair):
        return Judgement(*pair, "same", score, told)
    conflict = ("conflict", "joining them would make two authors of one paper one person")
    return Judgement(*pair, "different", score, (*told, conflict))


def _owners(members: Mapping[str, tuple[Mention, ...]]) -> dict[str, tuple[str, ...]]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for person, group in members.items():
        for mention in group:
            for profile in mention.profiles:
                counts[profile][person] += 1
    return {
        profile: tuple(sorted(papers, key=lambda person: (-papers[person], person)))
        for profile, papers in counts.items()
    }


def _open_cases(
    owners: Mapping[str, tuple[str, ...]],
    members: Mapping[str, tuple[Mention, ...]],
    judged: Iterable[Judgement],
) -> Iterator[Judgement]:
    """Yield the pairs of persons on one page that nothing joins and nothing keeps apart."""
    settled = {frozenset((case.left, case.right)) for case in judged}
    for persons in owners.values():
        groups = [person for person in persons if len(members[person]) > 1] or list(persons[:1])
        singles = [person for person in persons if person not in groups]
        pairs = [*pairwise(groups), *((group, single) for group in groups for single in singles)]
        for left, right in pairs:
            keys = (members[left][0].key, members[right][0].key)
            if frozenset(keys) not in settled:
                words = (
                    "one profile page lists both papers under this name, but no co-author ties them"
                )
                score = RULES["same-profile"]
                yield Judgement(*keys, "undecided", score, (("same-profile", words),))
