"""Read who and what resources of others' graphs are: names, identifiers, authors."""

from collections.abc import Container, Iterator
from itertools import count

from graphbuild.identifiers import SCHEMES, from_url, identifier
from graphbuild.names import split_name
from graphbuild.parts import Authorship, OrganizationName, Role
from graphbuild.sources.rdf import words as w
from graphbuild.sources.rdf.graph import Node
from graphbuild.text import clean, whole_number

Ids = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]

SEMOPENALEX = "https://semopenalex.org/"
LONGEST_LIST = 100_000


def label(node: Node) -> str:
    """Return what a resource is called, in English where there is a choice."""
    for name in w.NAME:
        found = node.literals(name)
        if found:
            best = min(
                found, key=lambda text: (not text.language.startswith("en"), text.language != "")
            )
            return clean(best.value)
    return ""


def other_names(node: Node, name: str) -> tuple[str, ...]:
    """Return the names of a resource beside this one."""
    found = map(clean, (*node.texts(*w.NAME), *node.texts(*w.OTHER_NAMES)))
    return tuple(each for each in dict.fromkeys(found) if each and each != name)


def ids_of(node: Node, schemes: Container[str]) -> Ids:
    """Return the identifiers of a resource that are of these schemes, and the malformed ones."""
    good: dict[str, None] = {}
    malformed: dict[tuple[str, str], None] = {}
    for scheme, written, certain in _stated(node):
        found = identifier(scheme, written) if scheme else from_url(_plain(written))
        if found and found.partition(":")[0] in schemes:
            good[found] = None
        elif certain and scheme in schemes and not found:
            malformed[scheme, written] = None
    card = "vcard:Individual" in node.types()  # stands for somebody who is not in the graph
    return (*good, *(() if card else node.own_id())), tuple(malformed)


def is_a(node: Node, classes: Container[str]) -> bool:
    """Say whether a resource is of one of these classes."""
    return any(each in classes for each in node.types())


def members(nodes: list[Node]) -> Iterator[tuple[int | None, Node]]:
    """Yield resources with their places: those in an RDF list have one, others do not."""
    for node in nodes:
        if not node.iris("rdf:first", "rdf:rest"):
            yield None, node
            continue
        for position in range(1, LONGEST_LIST):
            first = node.node("rdf:first")
            if first:
                yield position, first
            node = node.node("rdf:rest")
            if not node.iris("rdf:first"):
                break


def organization(node: Node) -> OrganizationName | None:
    """Return an organisation as others name it; None when it has neither name nor identifier."""
    ids, _ = ids_of(node, w.OF_ORGANIZATIONS)
    name = label(node)
    return OrganizationName(name, ids) if name else None


def authors(paper: Node) -> Iterator[Authorship]:
    """Yield the authors and editors of a paper, by whichever pattern its graph uses."""
    for pattern in (_vivo, _spar, _semopenalex, _schema, _plain_creators):
        found = [each for each in pattern(paper) if each.name]
        if found:
            yield from sorted(found, key=lambda a: (a.role, a.position is None, a.position or 0))
            return


def person_name(node: Node) -> tuple[str, str, str]:
    """Return name, given and family name.

    VIVO keeps the parts on a business card and labels people ``Family, Given``.
    """
    card = node if "vcard:Individual" in node.types() else node.node("obo:ARG_2000028")
    for parts in (card.node("vcard:hasName"), node):
        given, family = clean(parts.text(*w.GIVEN)), clean(parts.text(*w.FAMILY))
        if given or family:
            break
    shown = label(node)
    if not (given or family) and "," in shown:
        given, family = (part or "" for part in split_name(shown))
    whole = " ".join(filter(None, [given, family]))
    return (whole if whole and (not shown or "," in shown) else shown), given, family


def _authorship(
    agent: Node, position: int | None, role: Role = "author", name: str = ""
) -> Authorship:
    is_organization = is_a(agent, w.ORGANIZATIONS) and not is_a(agent, w.PEOPLE)
    schemes = w.OF_ORGANIZATIONS if is_organization else w.OF_PEOPLE
    ids, malformed = ids_of(agent, schemes)
    whole, given, family = person_name(agent)
    return Authorship(
        name=whole or name,
        position=position,
        given=given,
        family=family,
        ids=ids,
        malformed_ids=malformed,
        organization=is_organization,
        role=role,
    )


def _vivo(paper: Node) -> Iterator[Authorship]:
    for tie in {
        n.iri: n for n in (*paper.nodes("vivo:relatedBy"), *paper.pointing("vivo:relates"))
    }.values():
        kinds = tie.types()
        if "vivo:Authorship" in kinds or "vivo:Editorship" in kinds:
            for agent in (*tie.nodes("vivo:relates"), *tie.pointing("vivo:relatedBy")):
                if agent.iri != paper.iri and person_name(agent)[0]:
                    role: Role = "author" if "vivo:Authorship" in kinds else "editor"
                    yield _authorship(agent, _number(tie.text("vivo:rank")), role)
                    break


def _spar(paper: Node) -> Iterator[Authorship]:
    roles = paper.nodes("pro:isDocumentContextFor")
    names: tuple[tuple[str, Role], ...] = (("pro:author", "author"), ("pro:editor", "editor"))
    for name, role in names:
        own = {
            each.iri: each
            for each in roles
            if paper.graph.curie(each.node("pro:withRole").iri) == name
        }
        places = _chain(own)
        for iri, each in own.items():
            yield _authorship(each.node("pro:isHeldBy"), places.get(iri), role)


def _chain(roles: dict[str, Node]) -> dict[str, int]:
    """Return the places in a chain of roles; nothing when it is not one whole chain."""
    after = {iri: node.node("oco:hasNext").iri for iri, node in roles.items()}
    starts = [iri for iri in roles if iri not in set(after.values())]
    places: dict[str, int] = {}
    step, numbers = (starts[0] if len(starts) == 1 else ""), count(1)
    while step in roles and step not in places:
        places[step] = next(numbers)
        step = after[step]
    return places if len(places) == len(roles) else {}


def _semopenalex(paper: Node) -> Iterator[Authorship]:
    for each in paper.nodes("soa:hasAuthorPosition", "soa:hasAuthorship"):
        place = each.text("soa:position", "soa:hasPosition")
        position = 1 if place == "first" else _number(place)
        yield _authorship(each.node("soa:hasAuthor"), position)


def _schema(paper: Node) -> Iterator[Authorship]:
    names: tuple[tuple[str, Role], ...] = (("schema:author", "author"), ("schema:editor", "editor"))
    for name, role in names:
        for place, agent in members(paper.nodes(name)):
            if "schema:Role" in agent.types():
                stated = _number(agent.text("schema:position"))
                yield _authorship(agent.node(name), stated, role)
            else:
                yield _authorship(agent, place, role)
        for text in paper.texts(name):
            yield Authorship(clean(text), role=role)


def _plain_creators(paper: Node) -> Iterator[Authorship]:
    lists = paper.nodes("bibo:authorList", "dcterms:creator", "schema:creator", "foaf:maker")
    for position, agent in members(lists):
        yield _authorship(agent, position)
    for text in paper.texts("dcterms:creator", "schema:creator"):
        yield Authorship(clean(text))


def _number(text: str) -> int | None:
    return whole_number(text) or None


def _stated(node: Node) -> Iterator[tuple[str, str, bool]]:
    """Yield scheme, text and whether the graph says that it is of the scheme."""
    yield "", node.iri, False
    for scheme, names in w.IDENTIFIERS.items():
        for written in (*node.texts(*names), *node.iris(*names)):
            yield scheme, written, True
    for each in node.nodes("datacite:hasIdentifier"):
        name = node.graph.curie(each.node("datacite:usesIdentifierScheme").iri)
        scheme = name.removeprefix("datacite:")
        if scheme in SCHEMES:
            yield scheme, each.text("literal:hasLiteralValue"), True
    for written in (*node.texts(*w.SAME), *node.iris(*w.SAME)):
        yield "", written, False
    for each in node.nodes("schema:identifier"):
        yield "", each.text("schema:value") or each.iri, False


def _plain(iri: str) -> str:
    """Return the IRI at OpenAlex of one of SemOpenAlex, others as they are."""
    if iri.startswith(SEMOPENALEX):
        return f"https://openalex.org/{iri.rpartition('/')[2]}"
    return iri
