"""Write what each source says of an entity, in a named graph of the source: N-Quads lines."""

from collections.abc import Iterator

from graphbuild.fuse import Entities
from graphbuild.fuse.stated import alone, origin_of
from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.kinds import KINDS
from graphbuild.terms import Minter

OURS = frozenset({v.IDENTITY, v.POSSIBLY_SAME, v.REALIZATION_OF, v.SCHOLARLY_WORK})
"""Predicates and a class that state what graphbuild decided, and no source said."""

NODES = frozenset(
    {"assignment", "authorship", "codelink", "funding", "introduction", "observation", "revision"}
)
"""Kinds of nodes that stand for one statement, numbered within the paper that they are about."""


class _Alone(Minter):
    """Mints the IRIs of the graph, but for nodes: the first topic here may be the third there."""

    def __init__(self, base: str, record: str) -> None:
        super().__init__(base)
        self._record = record

    def iri(self, kind: str, key: str, part: str = "") -> str:
        return f"{self.start(kind, key)}{part}>"

    def start(self, kind: str, key: str) -> str:
        return super().start(kind, f"{key}-{self._record}" if kind in NODES else key)


def stated_quads(kind: str, key: str, entities: Entities, mint: Minter) -> Iterator[str]:
    """Yield what each source record says of one entity, one statement a line.

    The terms and the IRIs of entities are those of the fused graph, so both can be compared by a
    query; reified nodes are the record's own. The graph is named by the IRI of the source.

    Args:
        kind: a key of `KINDS`.
        key: the key of the entity.
        entities: the fused records.
        mint: gives the IRIs of the graph's entities.
    """
    for record in entities.statements.get(kind, {}).get(key, ()):
        origin = origin_of(record)
        name = mint.iri("record", origin.partition("-")[0])
        own = _Alone(mint.base, origin)
        for text in KINDS[kind].triples(key, alone(key, record, entities), own):
            for line in text.split("\n"):
                if line and OURS.isdisjoint(line.split(" ", 3)[1:3]):
                    yield f"{line[:-1]}{name} .\n"
