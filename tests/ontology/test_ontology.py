"""The ontology says what every term means, and cites only terms that exist."""

import io
import json
from functools import cache

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, SOSA, XSD, Graph, URIRef

from graphbuild.mapping import vocabulary
from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.resources import read, walk
from graphbuild.store.formats import shipped_context
from graphbuild.store.jsonld import write_jsonld

GB = PREFIXES["gb"]
NAMESPACES = {str(n): n for n in (DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, SOSA, XSD)}
ELSEWHERE = ("https://dblp.org/rdf/schema#", "http://purl.org/vocab/vann/")
"""Namespaces of which no original file is at hand; only alignments and the header use them."""


@cache
def ontology(*names: str) -> Graph:
    graph = Graph()
    for name in names or walk("ontology", ".ttl"):
        graph.parse(data=read("ontology", name), format="turtle")
    return graph


def own_terms() -> set[URIRef]:
    return {
        s for s in ontology("graphbuild.ttl").subjects(RDF.type) if str(s).startswith(GB)
    }  # fmt: skip


def written_terms() -> set[str]:
    """Return the IRIs of all constants that the mapping writes."""
    found = set()
    for name, value in vars(vocabulary).items():
        if name.isupper():
            values = value.values() if isinstance(value, dict) else [value]
            found |= {v[1:-1] for v in values if isinstance(v, str) and v.startswith("<")}
    return found


def test_every_own_term_has_label_and_comment():
    graph = ontology("graphbuild.ttl")
    assert own_terms()
    for term in own_terms():
        assert graph.value(term, RDFS.label), term
        assert str(graph.value(term, RDFS.comment)).endswith("."), term


def test_every_own_term_that_is_used_is_declared():
    used = {str(term) for triple in ontology() for term in triple if str(term).startswith(GB)}
    used |= {iri for iri in written_terms() if iri.startswith(GB)}
    used |= {str(term) for triple in shapes() for term in triple if str(term).startswith(GB)}
    assert used - {GB} <= {str(term) for term in own_terms()}


def test_every_own_property_and_individual_is_written_by_the_mapping():
    graph = ontology("graphbuild.ttl")
    classes = set(graph.subjects(RDF.type, OWL.Class))
    ranges = set(graph.objects(None, RDFS.range)) | set(graph.objects(None, RDF.type))
    metric = URIRef(f"{GB}Metric")
    above = set(graph.objects(None, RDFS.subPropertyOf))
    idle = (
        {str(t) for t in own_terms() - above}
        - written_terms()
        - {str(t) for t in classes & ranges}
        - {str(metric)}
    )
    assert idle == set()


@pytest.fixture(scope="session")
def originals(shared) -> set[str]:
    """Return every IRI that the original vocabulary files declare or describe."""
    known = set()
    for path in sorted((shared / "data/vocabularies").rglob("*")):
        syntax = ox.RdfFormat.from_extension(path.suffix.lstrip("."))
        if path.suffix == ".owl":
            syntax = ox.RdfFormat.RDF_XML
        if syntax is not None and path.suffix not in {".jsonld", ".json"}:
            quads = ox.parse(
                path=str(path), format=syntax, base_iri="http://example.org/", lenient=True
            )
            known |= {
                quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)
            }
    context = json.loads((shared / "data/vocabularies/codemeta/codemeta.jsonld").read_text("utf-8"))
    ids = (t["@id"] for t in context["@context"].values() if isinstance(t, dict))
    known |= {f"{PREFIXES['codemeta']}{i[9:]}" for i in ids if i.startswith("codemeta:")}
    return known


@cache
def shapes() -> Graph:
    graph = Graph()
    for name in walk("shapes", ".ttl"):
        graph.parse(data=read("shapes", name), format="turtle")
    return graph


def external_terms() -> set[str]:
    graph = ontology() + shapes()
    used = {str(t) for s, p, o in graph for t in (p, o) if isinstance(t, URIRef)}
    used |= {iri for iri in written_terms() if not iri.startswith(GB)}
    data = ("https://w3id.org/graphbuild/", "https://arxiv.org/", "https://creativecommons.org/")
    return {iri for iri in used if not iri.startswith(data + ELSEWHERE)}


def test_every_cited_term_is_in_its_original_vocabulary(originals):
    unknown = set()
    for iri in external_terms():
        namespace = next((n for name, n in NAMESPACES.items() if iri.startswith(name)), None)
        known = URIRef(iri) in namespace if namespace is not None else iri in originals
        if not known:
            unknown.add(iri)
    assert unknown == set()


def test_context_has_a_term_for_everything_that_is_written():
    context = json.loads(read("ontology", "context.jsonld"))["@context"]
    named = {
        v["@id"] if isinstance(v, dict) else v for v in context.values() if not isinstance(v, float)
    }
    for iri in written_terms():
        prefix, namespace = next((p, n) for p, n in PREFIXES.items() if iri.startswith(n))
        is_value = (iri.startswith(GB) and iri[len(namespace)].isupper()) or iri.endswith(
            ("pro/author", "pro/editor")
        )
        assert is_value or iri == str(RDF.type) or f"{prefix}:{iri[len(namespace) :]}" in named, iri


EVERYTHING = """
:a a gb:Paper ; dcterms:title "T" ; dcterms:creator :b ; prov:wasDerivedFrom :r, :s ;
  dcterms:issued "2020-02-01"^^xsd:date, "2020-02"^^xsd:gYearMonth, "2020"^^xsd:gYear ;
  gb:issuedMonthDay "--05-14"^^xsd:gMonthDay ; gb:listedAuthorCount 3 ; gb:flaggedBySource true ;
  gb:authorListStatus gb:Truncated ; skos:altLabel "x", "x"@en, "x"@de ; gb:score 0.5, 1.0 ;
  foaf:name "N" ; schema:name "o/n" ; schema:codeRepository <https://github.com/o/n> .
:o sosa:hasSimpleResult 52, 57.5, "52" ; sosa:resultTime "2026-11-23T00:00:00Z"^^xsd:dateTime ;
  gb:capturedOn "2026-11-23"^^xsd:date ; gb:line "7", 7 ; gb:isOfficial "yes", false ;
  gb:linkPage <https://x.example/>, "https://x.example/" .
"""
"""Values of the types that are written, and of others that the context must not swallow."""


def test_context_keeps_every_type_and_language():
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    text = f"{prefixes}@prefix : <https://kg.example.org/id/> .\n{EVERYTHING}"
    triples = {str(quad.triple) for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)}
    file = io.BytesIO()
    rows = [
        (str(q.subject), str(q.predicate), str(q.object))
        for q in ox.parse(text, format=ox.RdfFormat.TURTLE)
    ]
    write_jsonld(sorted(rows), shipped_context(), file)
    back = ox.parse(file.getvalue(), format=ox.RdfFormat.JSON_LD)
    assert {str(quad.triple) for quad in back} == triples


def test_aliases_of_topics_point_at_each_other():
    graph = ontology("arxiv.ttl")
    pairs = set(graph.subject_objects(SKOS.exactMatch))
    assert pairs
    assert {(alias, topic) for topic, alias in pairs} == pairs
    assert {topic for pair in pairs for topic in pair} <= set(graph.subjects(RDF.type))


def test_archives_that_arxiv_has_closed_say_where_their_papers_are():
    graph = ontology("arxiv.ttl")
    closed = set(graph.subject_objects(SKOS.closeMatch))
    assert {str(topic).partition("arxiv:")[2] for topic, _ in closed} >= {"cmp-lg", "alg-geom"}
    for topic, now in closed:
        assert str(now).partition("arxiv:")[2] in graph.value(topic, RDFS.comment)
        assert graph.value(now, SKOS.broader)


def test_topics_form_one_tree_of_two_levels():
    graph = ontology("arxiv.ttl")
    for topic in graph.subjects(RDF.type, SKOS.Concept):
        notation = str(graph.value(topic, SKOS.notation))
        assert str(topic).endswith(f"/arxiv:{notation}")
        archive, dot, _ = notation.partition(".")
        broader = str(graph.value(topic, SKOS.broader))
        assert broader.endswith(f"/arxiv:{archive}") if dot else broader == "None"
        assert graph.value(topic, SKOS.prefLabel)


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("cs.CV", "Computer Vision and Pattern Recognition"),
        ("math.OC", "Optimization and Control"),
        ("eess.IV", "Image and Video Processing"),
        ("quant-ph", "Quantum Physics"),
        ("cs", "Computer Science"),
    ],
)
def test_labels_of_topics(code, label):
    topic = URIRef(f"https://w3id.org/graphbuild/id/topic/arxiv:{code}")
    assert str(ontology("arxiv.ttl").value(topic, SKOS.prefLabel)) == label
