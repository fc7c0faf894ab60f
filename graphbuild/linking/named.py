"""Find which of our organisations and venues are which of theirs.

An identifier that both have decides. A name decides only together with something else: papers in
one venue that are papers in the other, or people of one organisation who are people of the other.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

import duckdb

from graphbuild.linking.found import by_identifier
from graphbuild.linking.ours import Ours, ours_of
from graphbuild.linking.theirs import Theirs
from graphbuild.mapping import vocabulary as v
from graphbuild.resolve.judgements import Evidence
from graphbuild.resolve.links import Match
from graphbuild.store.columns import opened
from graphbuild.store.folder import GraphFolder
from graphbuild.store.iris import minter_of
from graphbuild.terms import Minter
from graphbuild.text import name_key

VENUES = "SELECT s, o FROM triples WHERE p = $p"
HOMES = """
SELECT s, o FROM triples WHERE p = $affiliated UNION
SELECT h.o, r.o FROM triples h JOIN triples r USING (s) WHERE h.p = $held AND r.p = $related
"""
SHARED_SCORE, NAME_SCORE = 0.97, 0.5
"""How sure a name is together with a paper or a person of both, and alone."""

MEMBERS = {"venue": ("paper", "papers"), "org": ("person", "people")}
"""What they are made of: one, and many."""

Pairs = set[tuple[str, str]]


def match_named(graph: GraphFolder, theirs: Theirs, linked: Iterable[Match]) -> Iterator[Match]:
    """Yield which organisations and venues are one, and which may be.

    Args:
        graph: ours.
        theirs: what they have.
        linked: the papers and people that are one for sure.

    Raises:
        GraphError: the graph's columns cannot be read.
    """
    mint = minter_of(graph)
    sure = [each for each in linked if each.decision == "same"]
    with opened(graph) as connection:
        for kind in MEMBERS:
            ours = ours_of(connection, kind, mint)
            votes = _votes(_members(connection, kind, mint), theirs, kind, sure)
            yield from _matched(kind, ours, theirs, votes)


def _members(connection: duckdb.DuckDBPyConnection, kind: str, mint: Minter) -> dict[str, set[str]]:
    """Return the keys of the venues of each paper, or of the organisations of each person."""
    if kind == "venue":
        found = connection.execute(VENUES, {"p": v.VENUE})
    else:
        asked = {"affiliated": v.AFFILIATED, "held": v.HELD_BY, "related": v.RELATED_ORGANIZATION}
        found = connection.execute(HOMES, asked)
    members: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in found.fetchall():
        members[mint.key(one[1:-1])[1]].add(mint.key(other[1:-1])[1])
    return members


def _votes(
    ours: Mapping[str, set[str]], theirs: Theirs, kind: str, sure: list[Match]
) -> Counter[tuple[str, str]]:
    """Count for each pair the papers or people of one that are of the other as well."""
    at_theirs = theirs.venue_of if kind == "venue" else theirs.homes
    return Counter(
        (key, iri)
        for each in sure
        if each.kind == MEMBERS[kind][0]
        for key in ours.get(each.key, ())
        for iri in at_theirs.get(each.theirs, ())
    )


def _matched(
    kind: str, ours: Mapping[str, Ours], theirs: Theirs, votes: Counter[tuple[str, str]]
) -> Iterator[Match]:
    by_id: defaultdict[str, dict[str, None]] = defaultdict(dict)
    by_name: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for key, entity in ours.items():
        for known in entity.ids:
            by_id[known][key] = None
        for name in entity.names:
            by_name[name][key] = None
    for iri, other in theirs.of(kind).items():
        match = Match(kind, "", "", iri, other.name, "same", 1.0, ())
        named = dict.fromkeys(k for known in sorted(other.ids) for k in by_id.get(known, ()))
        for key in named:
            yield _ours(match, key, 1.0, by_identifier(other.ids & ours[key].ids))
        if not named and other.name:
            for key in by_name.get(name_key(other.name), ()):
                yield _by_name(match, key, votes[key, iri])


def _by_name(match: Match, key: str, votes: int) -> Match:
    words, (one, many) = f"both are called {match.name}", MEMBERS[match.kind]
    told: Evidence
    if votes:
        told = (
            ("same-name", words),
            (f"shared-{one}", f"{votes} {many if votes > 1 else one} of both"),
        )
        return _ours(match, key, SHARED_SCORE, told)
    told = (("name-only", f"{words}; a name alone proves nothing"),)
    return _ours(match, key, NAME_SCORE, told)._replace(decision="undecided")


def _ours(match: Match, key: str, score: float, told: Evidence) -> Match:
    left = f"{match.kind}/{key}"
    return match._replace(key=key, left=left, score=score, evidence=told)
