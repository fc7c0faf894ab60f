"""Turn sources, people, organisations, venues, topics and profiles of our graphs into records."""

from collections.abc import Iterable, Iterator

from graphbuild.parts import Affiliation, Origin, TopicLink
from graphbuild.records import (
    Author,
    Institution,
    Observation,
    Profile,
    Record,
    Redirect,
    Source,
    Subject,
    Tombstone,
    Venue,
)
from graphbuild.sources.rdf.graph import Graph, Node
from graphbuild.sources.rdf.own_keys import ids_of, malformed_of, minted
from graphbuild.sources.rdf.own_names import Namer, venue_kind
from graphbuild.sources.rdf.own_papers import (
    counts_of,
    day_of,
    metric_of,
    number_of,
    observations_of,
    origins_of,
)

SHIPPED = "arxiv:"
"""Topics that the ontology ships; they are no records."""


def sources_of(graph: Graph) -> Iterator[Source]:
    """Yield the inputs that a graph was made from."""
    for node in graph.of_type("gb:SourceRecord"):
        if node.text("gb:sha256"):
            yield Source(
                minted(node).key,
                node.text("dcterms:identifier"),
                node.text("dcterms:title"),
                node.text("dcterms:format"),
                node.text("gb:sha256"),
                node.text("gb:capturedOn") or None,
                next(iter(node.iris("dcterms:license")), ""),
            )


def tombstones_of(graph: Graph) -> Iterator[Tombstone]:
    """Yield what is left of people who were forgotten."""
    for node in graph.of_type("gb:Tombstone"):
        yield Tombstone(minted(node).key, node.text("gb:forgottenOn"))


def redirects_of(graph: Graph) -> Iterator[Redirect]:
    """Yield what gave way to an entity that has an identifier."""
    for node in graph.of_type("gb:FormerEntity"):
        for known in ids_of(node.node("dcterms:isReplacedBy"))[:1]:
            place = Origin(minted(node).key, 0)
            yield Redirect(minted(node).key, known, place, node.text("dcterms:date"))


def profiles_of(graph: Graph) -> Iterator[Profile | Observation]:
    """Yield the profile pages and the numbers that they state."""
    for node in graph.of_type("gb:Profile"):
        topic = node.node("dcterms:subject")
        link = TopicLink("", minted(topic).key) if topic else None
        key = minted(node).key
        yield Profile(key, node.text("foaf:name"), _first_origin(node), link)
        for each in observations_of(node):
            yield Observation(
                profile=key,
                metric=metric_of(each),
                value=number_of(each),
                written=each.texts("gb:textAsWritten"),
                origin=_first_origin(each),
                observed=day_of(each) or None,
            )


def registers_of(graph: Graph, names: Namer, papers: frozenset[str]) -> Iterator[Record]:
    """Yield what registers say of people, organisations, venues and topics.

    What an entity has from the records of others, that name it, needs no record of its own.

    Args:
        graph: the graph.
        names: names what records name.
        papers: keys of the records of papers.
    """
    people = _described(graph.of_type("foaf:Person"), papers)
    venues = _described(graph.of_type("gb:Venue"), papers)
    others = papers | _records(people) | _records(venues)
    topics = (node for node in graph.of_type("skos:Concept") if _is_topic(node))
    for node, origins in people:
        yield _author(node, origins[0], names)
        for each in origins[1:]:
            ties = tuple(_affiliations(node, each, names))
            yield Author(ids_of(node), "", each, affiliations=ties)
    for node, origins in venues:
        yield _venue(node, origins[0], names)
        for each in origins[1:]:
            publisher = _stated_by(each, node.nodes("dcterms:publisher"))
            name = names.organization(publisher[0]) if publisher else None
            yield Venue(ids_of(node), "", each, publisher=name)
    for node, origins in _described(graph.of_type("foaf:Organization"), others):
        yield _institution(node, origins[0])
        yield from (Institution(ids_of(node), "", each) for each in origins[1:])
    for node, origins in _described(topics, papers):
        subject = _subject(node, origins[0])
        yield subject
        yield from (Subject(subject.ids, "", each, subject.scheme) for each in origins[1:])


def _described(nodes: Iterable[Node], others: frozenset[str]) -> list[tuple[Node, list[Origin]]]:
    """Return the entities that have records of their own, with their places."""
    found = [(node, [o for o in origins_of(node) if o.record not in others]) for node in nodes]
    return [(node, origins) for node, origins in found if origins]


def _records(described: list[tuple[Node, list[Origin]]]) -> frozenset[str]:
    return frozenset(origin.record for _, origins in described for origin in origins)


def _is_topic(node: Node) -> bool:
    kind, key = minted(node)
    return kind == "topic" and not key.startswith(SHIPPED)


def _first_origin(node: Node) -> Origin:
    return next(iter(origins_of(node)), Origin("", 0))


def _keys(nodes: Iterable[Node]) -> tuple[str, ...]:
    return tuple(ids[0] for ids in map(ids_of, nodes) if ids)


def _author(node: Node, place: Origin, names: Namer) -> Author:
    return Author(
        ids=ids_of(node),
        malformed_ids=malformed_of(node),
        name=node.text("foaf:name"),
        origin=place,
        given=node.text("foaf:givenName"),
        family=node.text("foaf:familyName"),
        other_names=node.texts("skos:altLabel"),
        affiliations=(
            *_affiliations(node, place, names),
            *(Affiliation(written) for written in node.texts("gb:affiliationAsWritten")),
        ),
        urls=node.iris("foaf:page"),
        counts=counts_of(node),
    )


def _affiliations(node: Node, place: Origin, names: Namer) -> Iterator[Affiliation]:
    for each in _stated_by(place, node.nodes("schema:affiliation")):
        yield Affiliation("", (names.organization(each),))


def _stated_by(place: Origin, organizations: list[Node]) -> list[Node]:
    """Return the organisations that the record at a place names."""
    return [
        each
        for each in organizations
        if any(minted(r).key == place.record for r in each.nodes("prov:wasDerivedFrom"))
    ]


def _institution(node: Node, place: Origin) -> Institution:
    return Institution(
        ids=ids_of(node),
        malformed_ids=malformed_of(node),
        name=node.text("foaf:name"),
        origin=place,
        other_names=node.texts("skos:altLabel"),
        kinds=node.texts("gb:organizationKind"),
        country=node.text("schema:addressCountry"),
        place=node.text("schema:addressLocality"),
        status=node.text("gb:organizationStatus"),
        urls=node.iris("foaf:homepage"),
        parents=_keys(node.nodes("org:subOrganizationOf")),
        successors=_keys(node.nodes("dcterms:isReplacedBy")),
        counts=counts_of(node),
    )


def _venue(node: Node, place: Origin, names: Namer) -> Venue:
    publisher = node.node("dcterms:publisher")
    return Venue(
        ids=ids_of(node),
        malformed_ids=malformed_of(node),
        name=node.text("dcterms:title"),
        origin=place,
        other_names=node.texts("skos:altLabel"),
        kind=venue_kind(node),
        publisher=names.organization(publisher) if publisher else None,
        urls=node.iris("foaf:homepage"),
        counts=counts_of(node),
    )


def _subject(node: Node, place: Origin) -> Subject:
    return Subject(
        ids=ids_of(node),
        name=node.text("skos:prefLabel"),
        origin=place,
        scheme=node.node("skos:inScheme").text("dcterms:title"),
        broader=_keys(node.nodes("skos:broader")),
        other_names=node.texts("skos:altLabel"),
        description=node.text("skos:definition"),
        counts=counts_of(node),
    )
