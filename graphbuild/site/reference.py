"""The pages that document the terms of a graph: its ontology, and the shapes it is checked by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import duckdb
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, BNode, Graph, URIRef
from rdflib.term import Node

from graphbuild import resources
from graphbuild.mapping.vocabulary import PREFIXES, curie
from graphbuild.site.heads import HeadLink
from graphbuild.site.page import Fact, Link
from graphbuild.site.rendering import Renderer
from graphbuild.site.views import anchor
from graphbuild.store.columns import is_iri, plain
from graphbuild.store.words import property_words

OURS = PREFIXES["gb"]
EXAMPLES = """
SELECT p, count(*), min(s), arg_min(o, s) FROM triples GROUP BY p
UNION ALL SELECT o, count(*), min(s), NULL FROM triples WHERE p = $type GROUP BY o
"""
TYPE = f"<{RDF.type}>"
LONGEST = 120
SAID = {
    "kind of": RDFS.subClassOf,
    "special case of": RDFS.subPropertyOf,
    "said of": RDFS.domain,
    "values": RDFS.range,
    "see also": RDFS.seeAlso,
    "close to": SKOS.closeMatch,
    "same as": OWL.equivalentClass,
    "licence": DCTERMS.license,
}
LIMITS = (SH.datatype, SH["class"], SH.nodeKind, SH.pattern, SH.minLength, SH.hasValue)


@dataclass(frozen=True)
class Term:
    """A class, property or shape as its page tells it."""

    anchor: str
    label: str
    curie: str
    comment: str
    facts: list[Fact]
    rules: list[Link] = field(default_factory=list)
    example: str = ""


@dataclass(frozen=True)
class Group:
    """Terms of one kind."""

    title: str
    terms: list[Term]


Used = Mapping[str, tuple[int, str, str | None]]


def reference_pages(
    connection: duckdb.DuckDBPyConnection, renderer: Renderer
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each of these pages; examples are from the graph."""
    found = connection.execute(EXAMPLES, {"type": TYPE}).fetchall()
    used = {term: (number, subject, value) for term, number, subject, value in found}
    shapes, ontology = _shapes(), _ontology()
    yield (
        "ontology.html",
        _rendered(
            renderer,
            "Terms",
            "The classes and properties of this graph: what each means, and the rules for it.",
            list(_term_groups(ontology, shapes, used)),
            Link("The shapes", "./shapes.html"),
            Link("the ontology as Turtle", "./ontology.ttl"),
            "ontology.ttl",
        ),
    )
    yield (
        "shapes.html",
        _rendered(
            renderer,
            "Shapes",
            "The rules that this graph is checked by, in SHACL: one shape for each class.",
            [Group("Shapes", list(_shape_terms(shapes)))],
            Link("The terms", "./ontology.html"),
            Link("the shapes as Turtle", "./shapes.ttl"),
            "shapes.ttl",
        ),
    )


def words_of_terms() -> dict[str, str]:
    """Return what the ontology calls its own properties, by term."""
    labels = _ontology().subject_objects(RDFS.label)
    return {f"<{term}>": str(label) for term, label in labels}


def _rendered(  # noqa: PLR0913 - one parameter per part of the page
    renderer: Renderer,
    heading: str,
    lead: str,
    groups: list[Group],
    other: Link,
    source: Link,
    data: str,
) -> bytes:
    values = {
        "heading": heading,
        "lead": lead,
        "groups": [group for group in groups if group.terms],
        "other": other,
        "source": source,
        "links": [HeadLink("describedby", f"./{data}", "text/turtle")],
    }
    return renderer.page("terms.html", 0, values)


@cache
def _ontology() -> Graph:
    return Graph().parse(data=resources.read("ontology", "graphbuild.ttl"), format="turtle")


@cache
def _shapes() -> Graph:
    graph = Graph()
    for name in resources.walk("shapes", ".ttl"):
        graph.parse(data=resources.read("shapes", name), format="turtle")
    return graph


def _term_groups(ontology: Graph, shapes: Graph, used: Used) -> Iterator[Group]:
    rules = _rules(shapes)
    own: dict[str, list[Term]] = {}
    for subject in sorted(set(ontology.subjects(RDF.type)), key=str):
        title = _title(ontology, subject)
        if title and str(subject).startswith(OURS):
            own.setdefault(title, []).append(_term(f"<{subject}>", ontology, rules, used))
    for title in ("Classes", "Properties", "Values"):
        yield Group(title, own.get(title, []))
    targets = [f"<{each}>" for each in shapes.objects(None, SH.targetClass)]
    others = {term for term in (*rules, *used, *targets) if not term.startswith(f"<{OURS}")}
    known = sorted(term for term in others if anchor(term))
    terms = [_term(term, ontology, rules, used) for term in known]
    yield Group("Terms of other vocabularies", terms)


def _title(ontology: Graph, subject: Node) -> str:
    kinds = set(ontology.objects(subject, RDF.type))
    if OWL.Class in kinds:
        return "Classes"
    if kinds & {OWL.ObjectProperty, OWL.DatatypeProperty}:
        return "Properties"
    return "" if OWL.Ontology in kinds else "Values"


def _term(term: str, ontology: Graph, rules: Mapping[str, list[Link]], used: Used) -> Term:
    subject = URIRef(term[1:-1])
    name = curie(term[1:-1])
    facts = [
        Fact(words, "", [_named(value) for value in sorted(values, key=str)])
        for words, predicate in SAID.items()
        if (values := list(ontology.objects(subject, predicate)))
    ]
    if term in used:
        facts.append(Fact("in this graph", "", [Link(f"{used[term][0]:,} times")]))
    label = ontology.value(subject, RDFS.label)
    return Term(
        anchor(term),
        str(label) if label else property_words(name),
        name,
        str(ontology.value(subject, RDFS.comment) or ""),
        facts,
        rules.get(term, []),
        _example(term, used),
    )


def _named(value: Node) -> Link:
    term = f"<{value}>"
    if str(value).startswith(OURS):
        return Link(curie(str(value)), f"#{anchor(term)}")
    return Link(curie(str(value)), str(value), kind="web")


def _example(term: str, used: Used) -> str:
    if term not in used:
        return ""
    _, subject, value = used[term]
    if value is None:
        return f"{subject} a {curie(term[1:-1])} ."
    text = curie(value[1:-1]) if is_iri(value) else f'"{_short(plain(value))}"'
    shown = f"<{text}>" if is_iri(value) and "://" in text else text
    return f"{subject} {curie(term[1:-1])} {shown} ."


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _rules(shapes: Graph) -> dict[str, list[Link]]:
    """Return the rules for each property, with the shape that makes it."""
    rules: dict[str, list[Link]] = {}
    for shape, rule in shapes.subject_objects(SH.property):
        path = shapes.value(rule, SH.path)
        name = _owner(shapes, shape)
        if isinstance(path, URIRef) and name:
            text = str(shapes.value(rule, SH.message) or "")
            rules.setdefault(f"<{path}>", []).append(Link(name, f"./shapes.html#{name}", text))
    return {
        term: sorted(found, key=lambda link: (link.text, link.note))
        for term, found in rules.items()
    }


def _owner(shapes: Graph, shape: Node) -> str:
    """Return the name of the shape that a nameless one belongs to."""
    seen: set[Node] = set()
    while isinstance(shape, BNode) and shape not in seen:
        seen.add(shape)
        shape = next(iter(sorted(shapes.subjects(None, shape), key=str)), shape)
    return str(shape).rpartition("#")[2] if isinstance(shape, URIRef) else ""


def _shape_terms(shapes: Graph) -> Iterator[Term]:
    for shape in sorted(set(shapes.subjects(RDF.type, SH.NodeShape)), key=str):
        if not isinstance(shape, URIRef):
            continue
        name = str(shape).rpartition("#")[2]
        targets = sorted(map(str, shapes.objects(shape, SH.targetClass)))
        links = [Link(curie(each), f"./ontology.html#{anchor(f'<{each}>')}") for each in targets]
        yield Term(
            name,
            name,
            f"gbs:{name}",
            str(shapes.value(shape, RDFS.comment) or ""),
            [Fact("for every", "", links)] if links else [],
            sorted(_shape_rules(shapes, shape), key=lambda link: (link.text, link.note)),
        )


def _shape_rules(shapes: Graph, shape: Node) -> Iterator[Link]:
    for rule in shapes.objects(shape, SH.property):
        path = shapes.value(rule, SH.path)
        message = str(shapes.value(rule, SH.message) or "")
        told = "; ".join(filter(None, (_limits(shapes, rule), message)))
        if isinstance(path, URIRef):
            yield Link(curie(str(path)), f"./ontology.html#{anchor(f'<{path}>')}", told)
        else:
            yield Link("along a path", "", told)
    for rule in shapes.objects(shape, SH.sparql):
        yield Link("a query", "", str(shapes.value(rule, SH.message) or ""))


def _limits(shapes: Graph, rule: Node) -> str:
    least, most = shapes.value(rule, SH.minCount), shapes.value(rule, SH.maxCount)
    told = [f"{least or 0} to {most or 'any'}"] if least is not None or most is not None else []
    told += [_value(value) for p in LIMITS for value in shapes.objects(rule, p)]
    severity = shapes.value(rule, SH.severity)
    if severity is not None and severity != SH.Violation:
        told.append(str(severity).rpartition("#")[2].lower())
    return ", ".join(told)


def _value(value: Node) -> str:
    return curie(str(value)) if isinstance(value, URIRef) else str(value)
