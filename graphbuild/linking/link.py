"""Link a graph: read what somebody else has, resolve both together, keep what was found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from graphbuild.collect import cached_records
from graphbuild.linking.found import one_to_one
from graphbuild.linking.joint import resolve_together
from graphbuild.linking.matching import PeopleMatcher, lefts_of, match_papers
from graphbuild.linking.named import match_named
from graphbuild.linking.ours import ours_of
from graphbuild.linking.reconcile import Found, Service, reconciled
from graphbuild.linking.theirs import KINDS, Theirs
from graphbuild.resolve.judgements import latest, read_judgements
from graphbuild.resolve.links import Match, is_link
from graphbuild.resolve.rules import read_rules
from graphbuild.store.cases import JUDGEMENTS
from graphbuild.store.columns import opened
from graphbuild.store.folder import GraphFolder
from graphbuild.store.iris import minter_of, read_published
from graphbuild.store.settings import read_settings

COUNTED = {"person": "people", "paper": "papers", "org": "organizations", "venue": "venues"}
"""What the manifest of a build calls the kinds."""


@dataclass(frozen=True)
class Outcome:
    """What linking came to.

    Attributes:
        matches: every pair that is one or may be.
        theirs: what they have.
        ours: how many entities of each kind the graph has.
        settled: pairs of the judgements that people have decided on.
    """

    matches: tuple[Match, ...]
    theirs: Theirs
    ours: dict[str, int]
    settled: frozenset[tuple[str, str]] = frozenset()

    def of(self, kind: str, decision: str) -> list[Match]:
        """Return the matches of one kind with one decision that nobody has decided on."""
        fitting = (m for m in self.matches if (m.kind, m.decision) == (kind, decision))
        return [m for m in fitting if (m.left, m.theirs) not in self.settled]

    @property
    def decided(self) -> int:
        """How many of the matches people had decided on before."""
        return sum((m.left, m.theirs) in self.settled for m in self.matches)


def link(
    graph: GraphFolder, theirs: Theirs, tell: Callable[[str], None], hints: Iterable[Match] = ()
) -> Outcome:
    """Return which entities of a graph are which of theirs.

    Args:
        graph: ours.
        theirs: what they have.
        tell: is told what is done.
        hints: pairs that somebody else puts forward; those that nothing settles stay open.

    Raises:
        GraphError: the graph's files are missing or damaged.
        InputError: a file of decisions or rules is damaged.
    """
    judged = read_judgements(graph.path / JUDGEMENTS)
    settings = read_settings(graph.path)
    published = read_published(graph.data)
    with TemporaryDirectory() as work:
        tell("resolving both together")
        joint = resolve_together(
            cached_records(
                graph.path,
                [(each.sha256, each.format) for each in graph.build.inputs],
                graph.build.as_of or "",
            ),
            theirs,
            judged,
            published,
            read_rules(settings.rules if settings else None),
            Path(work),
        )
    people = PeopleMatcher(joint, theirs, published).matches()
    found = one_to_one((*match_papers(joint, theirs, published), *people))
    found += one_to_one(match_named(graph, theirs, found))
    found += _open_hints(hints, found)
    settled = {(case.left, case.right) for case in latest(judged) if is_link(case)}
    ours = {kind: graph.build.counts.get(COUNTED[kind], 0) for kind in KINDS}
    return Outcome(tuple(found), theirs, ours, frozenset(settled))


def _open_hints(hints: Iterable[Match], found: Iterable[Match]) -> list[Match]:
    """Return the hints of which neither side has a partner, nor is asked about already."""
    settled = {(m.kind, m.key) for m in found} | {(m.kind, m.theirs) for m in found}
    return [m for m in hints if not {(m.kind, m.key), (m.kind, m.theirs)} & settled]


def reconcile(graph: GraphFolder, service: Service) -> Found:
    """Return what a reconciliation service offers for the entities of a graph.

    Raises:
        EndpointError: it does not answer as it should.
        GraphError: the graph's files are missing or damaged.
    """
    mint = minter_of(graph)
    lefts = lefts_of(read_published(graph.data).of("person"))
    with opened(graph) as connection:
        ours = {kind: ours_of(connection, kind, mint) for kind in KINDS}

    def left(kind: str, key: str) -> str:
        called = {"person": lefts.get(key, key), "paper": key}
        return called.get(kind, f"{kind}/{key}")

    return reconciled(service, ours, left)
