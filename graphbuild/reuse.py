"""Find the papers whose triples a build can take from the build before."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from graphbuild.entities import WORDS
from graphbuild.fuse import Entities
from graphbuild.mapping.common import outside
from graphbuild.mapping.publication import resource
from graphbuild.marks import ALL
from graphbuild.resolve.published import KEY
from graphbuild.store.folder import GraphFolder
from graphbuild.store.growing import Growth, papers_naming, read_marks
from graphbuild.store.iris import changed_anchors
from graphbuild.terms import Minter

NAMED = ("paper", "org", "venue", "topic", "volume")
"""The kinds of entities that a paper names otherwise than by its authors and its work."""

PAPER_WORDS = ("paper", *dict.fromkeys(WORDS.values()))


def growth(
    before: GraphFolder, fresh: Path, entities: Entities, marks: Mapping[str, str], mint: Minter
) -> Growth | None:
    """Return what can be taken over; None where too much changed to tell.

    A paper's triples stay when its mark is the same and nothing that they name has got another
    key. What sources say by themselves is always written anew, and so is all when the register of
    organisations changed, because affiliations are looked up in it.

    Args:
        before: the build before.
        fresh: the folder of the new build, which holds what identifies its entities.
        entities: the fused records.
        marks: of the papers, see `graphbuild.marks`.
        mint: gives the IRIs of the graph's entities.
    """
    old = read_marks(before)
    if entities.statements or old.get(ALL) != marks[ALL] or before.build.base != mint.base:
        return None
    same = {key for key in entities.papers if old.get(key) == marks[key]}
    gone = {
        *(iri for each in changed_anchors(before.data, fresh) for iri in _iris(*each, mint)),
        *_reworded((key for key in old if key not in same and key != ALL), entities, mint),
    }
    return Growth(before, sorted(same - papers_naming(before, gone)))


def _iris(kind: str, anchor: str, key: str | None, mint: Minter) -> Iterator[str]:
    """Yield the IRIs that the build before may have given to what has another key now."""
    if kind not in NAMED:
        return
    if key is not None:
        words = PAPER_WORDS if kind == "paper" else (kind,)
        yield from (mint.iri(word, key) for word in words)
    elif kind == "paper" and not anchor.startswith(KEY):
        yield outside(anchor)
        yield mint.iri("volume", anchor)


def _reworded(papers: Iterable[str], entities: Entities, mint: Minter) -> Iterator[str]:
    """Yield IRIs that papers do not have now: one may have turned out to be data, say."""
    for key in papers:
        now = resource(key, entities, mint) if key in entities.papers else ""
        yield from (iri for word in PAPER_WORDS if (iri := mint.iri(word, key)) != now)
