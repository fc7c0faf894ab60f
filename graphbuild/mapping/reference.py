"""Copy from the ontology what a graph needs to know of the topics and metrics that it uses."""

from collections.abc import Iterable, Iterator
from functools import cache

import pyoxigraph as ox

from graphbuild.fuse import Entities
from graphbuild.fuse.notes import SHIPPED
from graphbuild.mapping.vocabulary import PREF_LABEL, PREFIXES, term
from graphbuild.resources import read
from graphbuild.terms import reference

NOTATION = term("skos:notation")
FILES = ("arxiv.ttl", "metrics.ttl")
FOLLOWED = {f"{PREFIXES['skos']}broader", f"{PREFIXES['skos']}inScheme"}
LEFT_OUT = {f"{PREFIXES['rdfs']}{name}" for name in ("comment", "seeAlso")}


def shipped_concepts(entities: Entities) -> set[str]:
    """Return the IRIs of the topics and metrics in use that the ontology describes."""
    of_profiles = {p.topic.topic for p in entities.profiles.values() if p.topic and p.topic.topic}
    topics = entities.notes.shipped | {key for key in of_profiles if key.startswith(SHIPPED)}
    return {reference("topic", key) for key in topics} | {
        reference("metric", metric) for metric in entities.metrics
    }


def reference_triples(used: Iterable[str]) -> Iterator[str]:
    """Yield what the ontology says of the concepts in use, their broader ones and their schemes.

    Args:
        used: IRIs of concepts, in angle brackets.
    """
    waiting, done = set(used), set()
    while waiting:
        concept = waiting.pop()
        done.add(concept)
        for triple in _described().get(concept, ()):
            yield f"{triple.subject} {triple.predicate} {triple.object} .\n"
            if triple.predicate.value in FOLLOWED and str(triple.object) not in done:
                waiting.add(str(triple.object))


def reference_names(used: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield IRI, label and notation of the topics in use and of those above them.

    Args:
        used: IRIs of topics, in angle brackets.
    """
    labels: dict[str, str] = {}
    notations: dict[str, str] = {}
    for line in reference_triples(used):
        quad = next(iter(ox.parse(line, format=ox.RdfFormat.N_TRIPLES)))
        for predicate, values in ((PREF_LABEL, labels), (NOTATION, notations)):
            if str(quad.predicate) == predicate:
                values[str(quad.subject)[1:-1]] = str(getattr(quad.object, "value"))  # noqa: B009
    yield from ((iri, labels[iri], notations[iri]) for iri in sorted(notations))


@cache
def _described() -> dict[str, list[ox.Triple]]:
    described: dict[str, list[ox.Triple]] = {}
    for name in FILES:
        for quad in ox.parse(read("ontology", name), format=ox.RdfFormat.TURTLE):
            if quad.predicate.value not in LEFT_OUT:
                described.setdefault(str(quad.subject), []).append(quad.triple)
    return described
