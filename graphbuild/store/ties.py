"""Say why an affiliation that is a text is tied to an organisation, or is not."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from graphbuild.mapping import vocabulary as v
from graphbuild.records import Institution
from graphbuild.resolve.affiliations import Affiliations, Found
from graphbuild.resolve.rules import read_rules
from graphbuild.spool import RECORD
from graphbuild.store.facts import Facts
from graphbuild.store.folder import GraphFolder
from graphbuild.store.settings import read_settings

REGISTERED = b'"type":"institution"'
NEVER = "no organisation of a register is named in it"


class Tie(msgspec.Struct, frozen=True):
    """What became of an affiliation.

    Attributes:
        written: the affiliation as written.
        organizations: what it is tied to, by name and key.
        because: why, or why not, as pairs of a rule and its finding in words.
    """

    written: str
    organizations: tuple[str, ...]
    because: tuple[tuple[str, str], ...]


def ties(graph: GraphFolder, facts: Facts, iri: str) -> Iterator[Tie]:
    """Yield what became of the affiliations on a paper, or of a person.

    Raises:
        GraphError: the graph's files are damaged.
    """
    seats = [*facts.texts(iri, v.HAS_AUTHORSHIP), *facts.subjects(v.HELD_BY, iri)]
    told = {
        (written, tuple(facts.texts(seat, v.RELATED_ORGANIZATION)))
        for seat in seats
        for written in facts.texts(seat, v.AFFILIATION_AS_WRITTEN)
    }
    if not told:
        return
    settings = read_settings(graph.path)
    least = read_rules(settings.rules if settings else None).organizations.join
    known = Affiliations(_institutions(graph.path / "records"))
    for written, organizations in sorted(told):
        names = tuple(f"{facts.name(each)} <{facts.short(each)}>" for each in organizations)
        yield Tie(written, names, tuple(_because(known.find(written), names, least)))


def _because(found: Found | None, tied: Iterable[str], least: float) -> Iterator[tuple[str, str]]:
    if found is not None and found.score >= least:
        yield from found.evidence
        yield "score", f"{found.score:g}, and {least:g} is enough"
    elif tied:
        yield "source", "the source itself names the organisation"
    elif found is None:
        yield "register", NEVER
    else:
        yield from found.evidence
        yield "score", f"{found.score:g} for {found.id}, too little: {least:g} is needed"


def _institutions(folder: Path) -> Iterator[Institution]:
    """Yield the organisations that the inputs of a graph register."""
    for path in sorted(folder.glob("*.jsonl")):
        with path.open("rb") as rows:
            for row in rows:
                if REGISTERED in row and isinstance(record := RECORD.decode(row), Institution):
                    yield record
