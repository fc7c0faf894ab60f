"""Say in words which entity a result is about, and which records it comes from."""

from dataclasses import replace

from rdflib import DCTERMS, FOAF, PROV, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.validate.report import Result

GB = Namespace(PREFIXES["gb"])
NAMES = (
    DCTERMS.title,
    FOAF.name,
    SKOS.prefLabel,
    URIRef(f"{PREFIXES['schema']}name"),
    GB.nameAsWritten,
    GB.urlAsWritten,
    GB.textAsWritten,
)
SHOWN = 2


def described(result: Result, data: Graph) -> Result:
    """Return a result with its entity and its sources in words."""
    node = _node(result.focus)
    if node is None:
        return result
    name = next((str(n) for p in NAMES for n in sorted(data.objects(node, p), key=str)), "")
    kind = _kind(node, data)
    entity = f"{kind}{name!r} {result.focus}" if name else f"{kind}{result.focus}"
    return replace(result, entity=entity, source=_sources(node, data))


def _node(focus: str) -> Node | None:
    if focus.startswith("<"):
        return URIRef(focus[1:-1])
    return BNode(focus[2:]) if focus.startswith("_:") else None


def _kind(node: Node, data: Graph) -> str:
    kinds = sorted(str(kind) for kind in data.objects(node, RDF.type) if isinstance(kind, URIRef))
    return f"{kinds[0].rpartition('#')[2].rpartition('/')[2]} " if kinds else ""


def _sources(node: Node, data: Graph) -> str:
    records = sorted(data.objects(node, PROV.wasDerivedFrom), key=str)
    more = f" and {len(records) - SHOWN} more" if len(records) > SHOWN else ""
    return "; ".join(filter(None, (_place(record, data) for record in records[:SHOWN]))) + more


def _place(record: Node, data: Graph) -> str:
    page = data.value(record, DCTERMS.isPartOf) or record
    file = data.value(page, DCTERMS.identifier)
    line = data.value(record, GB.line)
    if not isinstance(file, Literal):
        return ""
    return f"{file} line {line}" if line is not None else str(file)
