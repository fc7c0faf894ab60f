"""Write what entities of all kinds have: source records, identifiers, counts."""

from collections.abc import Iterable, Iterator

from graphbuild import terms
from graphbuild.entities import WORDS
from graphbuild.identifiers import SCHEMES, address_of
from graphbuild.mapping import vocabulary as v
from graphbuild.parts import Count
from graphbuild.terms import Minter, literal

CLASSES = {"volume": v.VOLUME_CLASS, "data": v.RESEARCH_DATA, "software": v.SOFTWARE}
RESOURCES = {kind: (word, CLASSES[word]) for kind, word in WORDS.items()}
"""Kind of IRI and class of what is no paper, by kind of the record."""


class Origins:
    """The source records of an entity, of which each of its reified nodes is derived as well."""

    def __init__(self, records: Iterable[str], mint: Minter) -> None:
        ends = [f" {v.DERIVED_FROM} {mint.iri('record', record)} .\n" for record in records]
        self._first = ends[0] if ends else ""
        self._others = ends[1:]

    def of(self, subject: str) -> str:
        """Return the lines that name the source records of an entity or node."""
        if not self._others:  # of most papers one source tells
            return subject + self._first if self._first else ""
        return subject + self._first + "".join([subject + end for end in self._others])


def derived(subject: str, records: Iterable[str], mint: Minter) -> list[str]:
    """Return the lines that name the source records of an entity or reified node."""
    return [f"{subject} {v.DERIVED_FROM} {mint.iri('record', record)} .\n" for record in records]


def identifier_triples(
    s: str, ids: Iterable[str], malformed: Iterable[tuple[str, str]] = ()
) -> Iterator[str]:
    """Yield the lines that state identifiers, and the malformed ones as written."""
    for known in ids:
        scheme, _, value = known.partition(":")
        yield f"{s} {v.IDENTIFIERS[scheme]} <{address_of(scheme, value)}> .\n"
    for scheme, written in malformed:
        yield f"{s} {v.MALFORMED} {literal(f'{scheme}: {written}')} .\n"


def outside(known: str) -> str:
    """Return the IRI of something outside the graph: of an identifier, or a web address."""
    scheme, _, value = known.partition(":")
    return f"<{address_of(scheme, value)}>" if scheme in SCHEMES else terms.link(known)


def count_triples(
    s: str, key: str, counts: Iterable[Count], origins: Origins, mint: Minter
) -> Iterator[str]:
    """Yield the lines that state numbers about an entity, each as an observation.

    Args:
        s: the entity.
        key: kind and key of the entity, which make the key of the observation.
        counts: the numbers; where sources state several for one metric, each is kept.
        origins: the source records of the entity.
        mint: gives the IRIs of the graph's entities.
    """
    for number, count in enumerate(counts):
        o = mint.iri("observation", key, f"-{terms.quoted(count.metric)}-{number}")
        value = count.value
        result = terms.integer(value) if isinstance(value, int) else terms.decimal(value)
        yield (
            f"{o} {v.TYPE} {v.METRIC_OBSERVATION} .\n{o} {v.FEATURE_OF_INTEREST} {s} .\n"
            f"{o} {v.OBSERVED_PROPERTY} {terms.reference('metric', count.metric)} .\n"
            f"{o} {v.RESULT} {result} .\n{origins.of(o)}"
        )
        if count.observed:
            yield f"{o} {v.RESULT_TIME} {terms.start_of_day(count.observed)} .\n"
