"""Decide which names on papers stand for the same person.

A name on a paper is a *mention*. Two mentions are one person only by evidence; the same name
alone never is. An identifier that two records state joins them outright. What else speaks for it,
shared co-authors first, is weighed as ``rules.toml`` says. Two authors of one paper are never one
person, nor are two ORCIDs, and a judgement of a person beats every rule.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from graphbuild.names import person_key
from graphbuild.records import Author, Paper, Profile
from graphbuild.resolve.clusters import Clusters
from graphbuild.resolve.evidence import context
from graphbuild.resolve.homonyms import without_shared_names
from graphbuild.resolve.judgements import Judgement, latest
from graphbuild.resolve.keys import hashed
from graphbuild.resolve.mentions import Columns, Mention, Numbers, read_mentions
from graphbuild.resolve.mixtures import mixtures
from graphbuild.resolve.namesakes import Joiner, join_namesakes
from graphbuild.resolve.pages import mixed_pages
from graphbuild.resolve.profiles import open_cases, owners_of
from graphbuild.resolve.published import Kept, keep
from graphbuild.resolve.rules import PeopleRules, shipped_rules

T = TypeVar("T")

PERSON_SCHEMES = ("orcid", "openalex", "dblp-person", "dblp-name", "acl-person", "isni", "wikidata")
"""Schemes that can give a person the key, the strongest first."""

ONE_PER_PERSON = frozenset({"orcid", "dblp-person"})
"""Schemes of which one person has one identifier: two of them are two people."""


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
        anchors: what identifies each person, under the key that it would have without history.
        kept: the keys that they have.
        mixed: why a person may be several, of those of whom something says so.
        pages: why a profile page may mix people, of those of which something says so.
    """

    members: dict[str, tuple[Mention, ...]]
    person_of: dict[str, str]
    undecided: tuple[tuple[str, str], ...]
    owners: dict[str, tuple[str, ...]]
    judgements: tuple[Judgement, ...]
    registered: dict[str, tuple[Author, ...]]
    anchors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    kept: Kept = field(default_factory=lambda: Kept({}, {}))
    mixed: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)


def resolve_people(  # noqa: PLR0913 - all that is known of people
    papers: Mapping[str, Paper],
    profiles: Iterable[Profile],
    judged: Iterable[Judgement] = (),
    authors: Iterable[Author] = (),
    replaced: Mapping[str, str] | None = None,
    rules: PeopleRules | None = None,
    published: Mapping[str, str] | None = None,
) -> People:
    """Return the persons behind the names on all papers, and in registers of people.

    Args:
        papers: one record per paper, under its key; each is read once.
        profiles: the pages that list papers of one name.
        judged: judgements of people.
        authors: what registers say of people.
        replaced: identifiers that their register replaced, and by which.
        rules: weights and thresholds; None for the shipped ones.
        published: the keys of people that an earlier build published, by anchor.
    """
    rules = rules or shipped_rules().people
    names = {profile.key: person_key(profile.name) for profile in profiles}
    listed, columns = read_mentions(papers, names, replaced or {}, rules.longest_paired)
    listed, registered = without_shared_names(listed, authors)
    mentions = {mention.key: mention for mention in listed}
    clusters = _clusters(listed, registered)
    told = [*(judged := latest(judged)), *_obey(clusters, judged)]
    told += _identify(clusters, mentions, registered, replaced or {})
    told += _by_name(Joiner(clusters, listed, context(columns, rules)), columns)
    named, known = _named(clusters, mentions, registered)
    anchors = {key: _anchors(named[key], known.get(key, ())) for key in named}
    kept = keep(anchors, published or {})
    members, known = _under(kept, named), _under(kept, known)
    person_of = {each.key: person for person, group in members.items() for each in group}
    owners = dict.fromkeys(sorted(names), ()) | owners_of(members)
    told += open_cases(owners, members, told, rules.same_profile)
    return People(
        members, person_of, _undecided(told, person_of), owners, tuple(told), known, anchors, kept,
        mixtures(members, known, listed, columns), mixed_pages(owners, members, listed, columns),
    )  # fmt: skip


def _under(kept: Kept, found: Mapping[str, T]) -> dict[str, T]:
    return {kept.keys[key]: value for key, value in found.items()}


def _undecided(
    told: Iterable[Judgement], person_of: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Return the pairs of persons of whom it is open whether they are one."""
    pairs = (
        (person_of[case.left], person_of[case.right])
        for case in told
        if case.decision == "undecided"
    )
    return tuple(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))


def _clusters(mentions: Iterable[Mention], registered: Mapping[str, Author]) -> Clusters:
    clusters = Clusters()
    for mention in mentions:
        clusters.add(mention.key, (mention.paper, mention.role), _marks(mention.ids))
    for key, author in registered.items():
        clusters.add(key, marks=_marks(author.ids))
    return clusters


def _by_name(joiner: Joiner, columns: Columns) -> Iterator[Judgement]:
    """Join the mentions of each name, the names in the order of the alphabet."""
    name_of = np.array(columns.name_of, dtype=np.int64)
    order = np.argsort(name_of, kind="stable")
    counts = np.bincount(name_of, minlength=len(columns.names.texts))
    ends = np.cumsum(counts)
    for name in sorted(np.flatnonzero(counts > 1).tolist(), key=columns.names.texts.__getitem__):
        rows: Numbers = order[ends[name] - counts[name] : ends[name]]
        yield from join_namesakes(joiner, name, rows)


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


def _anchors(mentions: Iterable[Mention], authors: Iterable[Author]) -> tuple[str, ...]:
    told = [(mention.key, *mention.ids) for mention in mentions]
    told += [author.ids for author in authors]
    return tuple(dict.fromkeys(each for ids in told for each in ids))


def _person_key(ids: set[str]) -> str | None:
    for scheme in PERSON_SCHEMES:
        fitting = sorted(each for each in ids if each.startswith(f"{scheme}:"))
        if fitting:
            return fitting[0]
    return None


def _obey(clusters: Clusters, judged: Iterable[Judgement]) -> Iterator[Judgement]:
    """Do as people decided; yield the decisions that contradict others, as open cases."""
    known = [case for case in judged if case.left in clusters and case.right in clusters]
    for case in known:
        if case.decision == "different":
            clusters.forbid(case.left, case.right)
    for case in known:
        if case.decision == "same" and not clusters.join(case.left, case.right):
            words = f"{case.by} says same, but other decisions, identifiers or authors forbid it"
            told = (("contradiction", words), *case.evidence)
            yield Judgement(case.left, case.right, "undecided", 1.0, told)
