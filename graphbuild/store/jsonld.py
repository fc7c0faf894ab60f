"""Write triples as JSON-LD 1.1 in the terms of a context, one node object per subject.

    {"@context": {...}, "@graph": [
    {"@id": "https://w3id.org/graphbuild/id/paper/x", "@type": "gb:Paper", "dcterms:title": "..."}
    ]}

The context is written into the file, so reading it needs no network.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import BinaryIO

import msgspec
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graphbuild.errors import GraphBuildError

Context = Mapping[str, object]
Json = object

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
XSD = "http://www.w3.org/2001/XMLSchema#"
DELIMITERS = ":/?#[]@"
PLAIN_CONTAINERS = (None, "@set")
SAFE_INTEGER = 2**53


@dataclass(frozen=True)
class Term:
    """One usable definition of a context.

    Attributes:
        name: the key in the JSON.
        iri: what it stands for.
        coercion: ``@id``, ``@vocab``, the IRI of a datatype, or None.
        always_list: whether a single value is written as a list too.
    """

    name: str
    iri: str
    coercion: str | None
    always_list: bool


class Compactor:
    """Writes IRIs and values as short as a context allows.

    Definitions that change what a value means beyond its type (language maps, lists, reverse
    properties, nested contexts) are passed over; what they would have shortened is spelled out.
    The context sets no default language.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        namespaces = dict(self._prefix_pairs())
        self._prefixes = sorted(namespaces.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        self._by_iri: dict[str, list[Term]] = {}
        for name in sorted(context.keys() - namespaces.keys()):
            if term := self._term(name):
                self._by_iri.setdefault(term.iri, []).append(term)
        aliases = {value: name for name, value in context.items() if isinstance(value, str)}
        self.id = aliases.get("@id", "@id")
        self.type = aliases.get("@type", "@type")
        self._short: dict[str, str] = {}

    def node(self, triples: Iterable[Triple]) -> dict[str, Json]:
        """Return the node object of one subject, given all its triples."""
        node: dict[str, Json] = {}
        for triple in triples:
            if not node:
                node[self.id] = self._identifier(triple.subject)
                node[self.type] = []
            self._put(node, triple)
        if not node.get(self.type):
            del node[self.type]
        return {key: _unwrapped(values) for key, values in node.items()}

    def _put(self, node: dict[str, Json], triple: Triple) -> None:
        predicate, value = triple.predicate.value, triple.object
        if predicate == RDF_TYPE and isinstance(value, NamedNode):
            _append(node, self.type, self._vocabulary(value.value), always_list=False)
        else:
            term = self._best(predicate, value)
            _append(node, term.name, self._value(value, term), always_list=term.always_list)

    def _best(self, predicate: str, value: object) -> Term:
        """Return the term that says the predicate and shortens the value most."""
        terms = self._by_iri.get(predicate, [])
        for coercion in _coercions(value):
            for term in terms:
                if term.coercion == coercion:
                    return term
        if terms:
            return terms[0]
        return Term(self._curie(predicate), predicate, None, always_list=False)

    def _value(self, value: object, term: Term) -> Json:
        if isinstance(value, Literal):
            return _literal(value, term.coercion)
        if term.coercion == "@vocab" and isinstance(value, NamedNode):
            return self._vocabulary(value.value)
        identifier = self._identifier(value)
        return identifier if term.coercion == "@id" else {self.id: identifier}

    def _identifier(self, node: object) -> str:
        if isinstance(node, NamedNode):
            return self._curie(node.value)
        if isinstance(node, BlankNode):
            return f"_:{node.value}"
        raise GraphBuildError(f"JSON-LD cannot say {node}, a triple as a term")

    def _vocabulary(self, iri: str) -> str:
        for term in self._by_iri.get(iri, []):
            if not term.always_list:
                return term.name
        return self._curie(iri)

    def _curie(self, iri: str) -> str:
        short = self._short.get(iri)
        if short is None:
            short = self._short[iri] = self._shortened(iri)
        return short

    def _shortened(self, iri: str) -> str:
        for prefix, namespace in self._prefixes:
            local = iri.removeprefix(namespace)
            curie = f"{prefix}:{local}"
            if local != iri and not local.startswith("//") and curie not in self._context:
                return curie
        return iri

    def _prefix_pairs(self) -> Iterator[tuple[str, str]]:
        for name, definition in self._context.items():
            if not isinstance(definition, str) or name.startswith("@") or ":" in name:
                continue
            if not definition.startswith("@") and definition.endswith(tuple(DELIMITERS)):
                yield name, self._expanded(definition)

    def _term(self, name: str) -> Term | None:
        definition = self._context[name]
        if isinstance(definition, str):
            definition = {"@id": definition}
        if not isinstance(definition, dict) or name.startswith("@"):
            return None
        iri, coercion = definition.get("@id", name), definition.get("@type")
        container = definition.get("@container")
        understood = {"@id", "@type", "@container", "@protected"} >= definition.keys()
        if not understood or container not in PLAIN_CONTAINERS or coercion in ("@json", "@none"):
            return None
        if not isinstance(iri, str) or iri.startswith("@"):
            return None
        full = coercion if coercion in (None, "@id", "@vocab") else self._expanded(str(coercion))
        return Term(name, self._expanded(iri), full, container == "@set")

    def _expanded(self, iri: str) -> str:
        prefix, colon, local = iri.partition(":")
        if colon and local.startswith("//"):
            return iri
        namespace = self._context.get(prefix)
        if colon and isinstance(namespace, str):
            return self._expanded(namespace) + local
        vocabulary = self._context.get("@vocab")
        return iri if colon else f"{vocabulary or ''}{iri}"


class _Kept(list[Json]):
    """A list that stays a list when it holds one value."""


def write_jsonld(triples: Iterable[Triple], context: Context, file: BinaryIO) -> int:
    """Write triples that are sorted by subject and return how many they were."""
    compactor = Compactor(context)
    head = msgspec.json.format(msgspec.json.encode(context), indent=2)
    file.write(b'{"@context": ' + head + b',\n"@graph": [')
    count, separator = 0, b"\n"
    for _, group in groupby(triples, key=lambda triple: triple.subject):
        statements = list(group)
        node = msgspec.json.encode(compactor.node(statements))
        file.write(separator + msgspec.json.format(node, indent=2))
        count, separator = count + len(statements), b",\n"
    file.write(b"\n]}\n")
    return count


def _append(node: dict[str, Json], key: str, item: Json, *, always_list: bool) -> None:
    values = node.setdefault(key, _Kept() if always_list else [])
    if isinstance(values, list):
        values.append(item)


def _unwrapped(values: Json) -> Json:
    if isinstance(values, _Kept):
        return list(values)
    return values[0] if isinstance(values, list) and len(values) == 1 else values


def _coercions(value: object) -> tuple[str | None, ...]:
    """Return which type coercions fit a value, the one that shortens it most first."""
    if not isinstance(value, Literal):
        return ("@vocab", "@id", None)
    if value.language or value.datatype.value == f"{XSD}string":
        return (None, f"{XSD}string")
    return (value.datatype.value, None)


def _literal(value: Literal, coercion: str | None) -> Json:
    lexical, datatype = value.value, value.datatype.value
    if value.language:
        return {"@value": lexical, "@language": value.language}
    if coercion == datatype or (coercion is None and datatype == f"{XSD}string"):
        return lexical
    if coercion is None and datatype == f"{XSD}boolean" and lexical in ("true", "false"):
        return lexical == "true"
    if coercion is None and datatype == f"{XSD}integer" and _is_canonical(lexical):
        return int(lexical)
    if datatype == f"{XSD}string":
        return {"@value": lexical}
    return {"@value": lexical, "@type": datatype}


def _is_canonical(integer: str) -> bool:
    digits = integer.removeprefix("-")
    small = digits.isdecimal() and digits.isascii() and len(digits) < 17
    return small and str(int(integer)) == integer and abs(int(integer)) < SAFE_INTEGER
