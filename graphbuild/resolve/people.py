"""Decide which names on papers stand for the same person.

A name on a paper is a *mention*. Two mentions of one name are one person only by evidence; the
same name alone never is. Each rule has a weight, the probability with which it would be right by
itself; independent evidence adds up as 1 - (1-a)(1-b).... An identifier that two records state
joins them outright. Two authors of one paper are never one person, nor are two ORCIDs, and a
judgement of a person beats every rule.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import NamedTuple

from graphbuild.names import person_key
from graphbuild.records import Author, Paper, Profile
from graphbuild.resolve.clusters import Clusters
from graphbuild.resolve.judgements import Judgement
from graphbuild.resolve.keys import hashed, mention_keys

RULES = {"shared-coauthor": 0.9, "same-profile": 0.4}
"""How much each kind of evidence is worth."""

PERSON_SCHEMES = ("orcid", "openalex", "dblp-person", "dblp-name", "acl-person", "isni", "wikidata")
"""Schemes that can give a person the key, the strongest first."""

ONE_PER_PERSON = frozenset({"orcid", "dblp-person"})
"""Schemes of which one person has one identifier: two of them are two people."""

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


@dataclass(frozen=True)
class People:
    """The outcome.

    Attributes:
        members: the mentions of each person, under the person's key.
        registered: what registers say of a person, under the person's key; some have no mention.
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
    registered: dict[str, tuple[Author, ...]]


def resolve_people(
    papers: Mapping[str, Paper],
    profiles: Iterable[Profile],
    judged: Iterable[Judgement] = (),
    authors: Iterable[Author] = (),
    replaced: Mapping[str, str] | None = None,
) -> People:
    """Return the persons behind the names on all papers, and in registers of people.

    Args:
        papers: one record per paper, under its key.
        profiles: the pages that list papers of one name.
        judged: judgements of people.
        authors: what registers say of people.
        replaced: identifiers that their register replaced, and by which.
    """
    names = {profile.key: person_key(profile.name) for profile in profiles}
    mentions = {m.key: m for m in _mentions(papers, names, replaced or {})}
    registered = {f"author#{author.origin.record}": author for author in authors}
    clusters = Clusters()
    for mention in mentions.values():
        clusters.add(mention.key, (mention.paper, mention.role), _marks(mention.ids))
    for key, author in registered.items():
        clusters.add(key, marks=_marks(author.ids))
    judged = tuple(judged)
    _obey(clusters, judged)
    identified = list(_identify(clusters, mentions, registered, replaced or {}))
    decided = [_decide(clusters, *pair) for pair in sorted(_evidence(mentions).items())]
    members, known = _named(clusters, mentions, registered)
    person_of = {mention.key: person for person, group in members.items() for mention in group}
    owners = dict.fromkeys(sorted(names), ()) | _owners(members)
    open_cases = list(_open_cases(owners, members, judged))
    undecided = tuple((person_of[case.left], person_of[case.right]) for case in open_cases)
    told = (*judged, *identified, *decided, *open_cases)
    return People(members, person_of, undecided, owners, told, known)


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


def _mentions(
    papers: Mapping[str, Paper], names: Mapping[str, str], replaced: Mapping[str, str]
) -> Iterator[Mention]:
    for key in sorted(papers):
        paper = papers[key]
        alone = len(paper.authors) == 1
        record = paper.origins[0].record
        for mention, author in zip(mention_keys(key, paper), paper.authors, strict=True):
            if author.organization:
                continue
            name = person_key(author.name)
            own = tuple(profile for profile in paper.profiles if names.get(profile) == name)
            ids = tuple(replaced.get(known, known) for known in author.ids)
            yield Mention(mention, key, name, author.name, own, alone, record, ids, author.role)


def _marks(ids: Iterable[str]) -> dict[str, str]:
    pairs = (known.partition(":") for known in ids)
    return {scheme: value for scheme, _, value in pairs if scheme in ONE_PER_PERSON}


def _identify(
    clusters: Clusters,
    mentions: Mapping[str, Mention],
    registered: Mapping[str, Author],
    replaced: Mapping[str, str],
) -> Iterator[Judgement]:
    """Join what shares an identifier; yield the cases in which that contradicts something."""
    holder: dict[str, str] = {}
    named = [(key, author.ids) for key, author in registered.items()]
    for key, ids in (*named, *((m.key, m.ids) for m in mentions.values())):
        for known in ids:
            now = replaced.get(known, known)
            first = holder.setdefault(now, key)
            if not clusters.join(first, key):
                words = f"both have {now}, but other identifiers or the list of authors differ"
                yield Judgement(first, key, "different", 0.0, (("conflict", words),))
    for key, author in registered.items():
        for other in author.not_ids:
            if other in holder:
                clusters.forbid(key, holder[other])


def _named(
    clusters: Clusters, mentions: Mapping[str, Mention], registered: Mapping[str, Author]
) -> tuple[dict[str, tuple[Mention, ...]], dict[str, tuple[Author, ...]]]:
    members: dict[str, tuple[Mention, ...]] = {}
    known: dict[str, tuple[Author, ...]] = {}
    for keys in clusters.sets():
        group = tuple(mentions[key] for key in keys if key in mentions)
        authors = tuple(registered[key] for key in keys if key in registered)
        ids = {each for mention in group for each in mention.ids}
        ids |= {each for author in authors for each in author.ids}
        person = _person_key(ids) or hashed("mention", keys[0])
        while person in members:  # an identifier of two people, whom something keeps apart
            person = hashed("mention", person, keys[0])
        members[person] = group
        if authors:
            known[person] = authors
    return members, known


def _person_key(ids: set[str]) -> str | None:
    for scheme in PERSON_SCHEMES:
        fitting = sorted(each for each in ids if each.startswith(f"{scheme}:"))
        if fitting:
            return fitting[0]
    return None


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
    authors = [mention for mention in authors if mention.role == "author"]
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
