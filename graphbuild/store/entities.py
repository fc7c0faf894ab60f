"""Find the entity that a person means by an IRI, an identifier or a name."""

from collections.abc import Sequence

from graphbuild.errors import AmbiguousEntityError, NoSuchEntityError
from graphbuild.store.folder import GraphFolder
from graphbuild.store.labels import Label, labels_of, named
from graphbuild.store.search import Hit, search

MOST_HITS = 100
"""Entities that a search hands to a query; worse matches are left out."""


def find_entity(graph: GraphFolder, text: str, kind: str | None = None) -> str:
    """Return the IRI of the one entity that ``text`` stands for.

    Args:
        graph: where to look.
        text: an IRI with or without angle brackets, the part of an IRI after ``/id/``
            (``paper/...``), an identifier (``github:owner/name``), a name or a title.
        kind: CURIE of the class the entity must have, e.g. ``foaf:Person``; None for any.

    Raises:
        NoSuchEntityError: nothing goes by that name; the message offers what comes near.
        AmbiguousEntityError: several entities do; the message lists them.
    """
    iri = text.removeprefix("<").removesuffix(">")
    for candidate in (iri, f"{graph.build.base}id/{iri}"):
        if labels_of(graph.search, candidate):
            return candidate
        if former := named(graph.search, candidate, kind):
            return the_one(former, text, kind)
    hits = named(graph.search, text, kind)
    near = () if hits else search(graph.search, text, kind).hits
    return the_one(hits, text, kind, near)


def find_all(graph: GraphFolder, words: str, kind: str | None = None) -> list[str]:
    """Return the IRIs of the entities whose names hold some words, best match first.

    Args:
        graph: where to look.
        words: what people type; see `search` for what is forgiven.
        kind: CURIE of the class the entities must have; None for any.

    Raises:
        NoSuchEntityError: there is none.
    """
    hits = search(graph.search, words, kind, MOST_HITS).hits
    if not hits:
        wanted = f" of class {kind}" if kind else ""
        raise NoSuchEntityError(f"no name of an entity{wanted} holds {words!r}; use other words")
    return [hit.iri for hit in hits]


def the_one(hits: Sequence[Label], text: str, kind: str | None, near: Sequence[Hit] = ()) -> str:
    """Return the IRI of the only hit.

    Args:
        hits: the entities that go by a name.
        text: that name.
        kind: the class they must have.
        near: what may be meant if there is none.

    Raises:
        NoSuchEntityError: there is none.
        AmbiguousEntityError: there are several.
    """
    if len(hits) == 1:
        return hits[0].iri
    if hits:
        raise AmbiguousEntityError(
            f"{text!r} is the name of {len(hits)} entities; give one of these IRIs:\n{_list(hits)}"
        )
    hint = f"; did you mean:\n{_list(near)}" if near else ""
    wanted = f" of class {kind}" if kind else ""
    raise NoSuchEntityError(f"no entity{wanted} is called {text!r}{hint}")


def _list(hits: Sequence[Label | Hit]) -> str:
    return "\n".join(f"  <{hit.iri}>  {hit.label}  ({_what(hit)})" for hit in hits[:20])


def _what(hit: Label | Hit) -> str:
    return "; ".join(filter(None, (hit.kind, hit.note)))
