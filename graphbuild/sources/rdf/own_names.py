"""Name organisations, venues, volumes and meetings again as the papers of a graph named them.

A graph keeps the name that most records used, and the other spellings beside it. So that the same
name wins again, each other spelling is used once and the name for all other uses.
"""

from graphbuild.parts import (
    Container,
    Event,
    OrganizationName,
    VenueKind,
    VenueName,
)
from graphbuild.sources.rdf.graph import Node
from graphbuild.sources.rdf.own_keys import ids_of

VENUE_KINDS: dict[str, VenueKind] = {
    "fabio:Journal": "journal",
    "vivo:ConferenceSeries": "conference",
    "vivo:WorkshopSeries": "workshop",
    "fabio:DocumentRepository": "repository",
    "fabio:BookSeries": "book-series",
}


class Namer:
    """Names what papers name; remembers which spellings are used."""

    def __init__(self) -> None:
        self._spellings: dict[str, list[str]] = {}

    def organization(self, node: Node) -> OrganizationName:
        """Return an organisation as one record names it."""
        others = self._spellings.setdefault(node.iri, list(node.texts("skos:altLabel")))
        name = others.pop() if others else node.text("foaf:name")
        return OrganizationName(name, ids_of(node), node.texts("dcterms:identifier"))


def venue_of(node: Node) -> VenueName:
    """Return a venue as a record names it."""
    return VenueName(
        node.text("dcterms:title"), ids_of(node), venue_kind(node), node.texts("skos:altLabel")
    )


def venue_kind(node: Node) -> VenueKind | None:
    """Return what a venue is."""
    return next((VENUE_KINDS[each] for each in node.types() if each in VENUE_KINDS), None)


def container_of(node: Node) -> Container:
    """Return a volume as a record names it."""
    return Container(node.text("dcterms:title"), ids_of(node))


def event_of(node: Node) -> Event:
    """Return a meeting as a record names it."""
    return Event(
        name=node.text("dcterms:title"),
        ids=ids_of(node),
        short_name=node.text("skos:altLabel"),
        place=node.text("gb:placeAsWritten"),
        date=node.text("gb:dateAsWritten"),
    )
