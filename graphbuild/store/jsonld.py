"""Write triples as JSON-LD 1.1 in the terms of a context, one node object per subject.

    {"@context": {...}, "@graph": [
    {"@id": "https://w3id.org/graphbuild/id/paper/x", "@type": "gb:Paper", "dcterms:title": "..."}
    ]}

The context is written into the file, so reading it needs no network.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import BinaryIO

import msgspec

from graphbuild.errors import GraphBuildError
from graphbuild.store.columns import XSD, Literal, Row, is_iri, literal

Context = Mapping[str, object]
Json = object

RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
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
    """

    name: str
    iri: str
    coercion: str | None


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
        self._lists: set[str] = set()
        self._by_iri: dict[str, list[Term]] = {}
        for name in sorted(context.keys() - namespaces.keys()):
            if term := self._term(name):
                self._by_iri.setdefault(term.iri, []).append(term)
        aliases = {value: name for name, value in context.items() if isinstance(value, str)}
        self.id = aliases.get("@id", "@id")
        self.type = aliases.get("@type", "@type")
        self._short: dict[str, str] = {}
        self._chosen: dict[tuple[str, tuple[str | None, ...]], Term] = {}

    def node(self, subject: str, rows: Iterable[Row]) -> dict[str, Json]:
        """Return the node object of one subject, given all its triples."""
        values: dict[str, list[Json]] = {self.type: []}
        for _, predicate, value in rows:
            if predicate == RDF_TYPE and is_iri(value):
                values[self.type].append(self._vocabulary(value[1:-1]))
            else:
                key, item = self._said(predicate[1:-1], value)
                values.setdefault(key, []).append(item)
        node: dict[str, Json] = {self.id: self._identifier(subject)}
        for key, items in values.items():
            if items:
                node[key] = items[0] if len(items) == 1 and key not in self._lists else items
        return node

    def _said(self, predicate: str, value: str) -> tuple[str, Json]:
        """Return key and value of a statement."""
        if not value.startswith('"'):
            term = self._best(predicate, ("@vocab", "@id", None))
            return term.name, self._reference(value, term)
        parts = literal(value)
        if parts.language:
            term = self._best(predicate, (None,))
            return term.name, {"@value": parts.text, "@language": parts.language}
        term = self._best(predicate, (parts.datatype, None))
        return term.name, self._literal(parts, term)

    def _best(self, predicate: str, coercions: tuple[str | None, ...]) -> Term:
        """Return the term for a predicate whose coercion comes first, or else any."""
        known = self._chosen.get((predicate, coercions))
        if known is None:
            known = self._chosen[predicate, coercions] = self._choose(predicate, coercions)
        return known

    def _choose(self, predicate: str, coercions: tuple[str | None, ...]) -> Term:
        terms = self._by_iri.get(predicate, [])
        for coercion in coercions:
            for term in terms:
                if term.coercion == coercion:
                    return term
        return terms[0] if terms else Term(self._curie(predicate), predicate, None)

    def _reference(self, value: str, term: Term) -> Json:
        if term.coercion == "@vocab" and is_iri(value):
            return self._vocabulary(value[1:-1])
        identifier = self._identifier(value)
        return identifier if term.coercion == "@id" else {self.id: identifier}

    def _literal(self, value: Literal, term: Term) -> Json:
        text, datatype, _ = value
        fits = term.coercion == datatype
        if fits or term.coercion is None:
            if datatype == f"{XSD}boolean" and text in ("true", "false"):
                return text == "true"
            if datatype == f"{XSD}integer" and _is_canonical(text):
                return int(text)
            if fits or datatype == f"{XSD}string":
                return text
        if datatype == f"{XSD}string":
            return {"@value": text}
        return {"@value": text, "@type": self._vocabulary(datatype)}

    def _identifier(self, term: str) -> str:
        if term.startswith("_:"):
            return term
        if not is_iri(term):
            raise GraphBuildError(f"JSON-LD cannot say {term}, a triple as a term")
        return self._shortened(term[1:-1])

    def _vocabulary(self, iri: str) -> str:
        terms = self._by_iri.get(iri)
        return terms[0].name if terms else self._curie(iri)

    def _curie(self, iri: str) -> str:
        """Return the short form of a name of the vocabulary; those are few, so it is kept."""
        short = self._short.get(iri)
        if short is None:
            short = self._short[iri] = self._local(iri) or self._shortened(iri)
        return short

    def _local(self, iri: str) -> str:
        """Return the name of a term in the context's vocabulary, empty when it is none."""
        vocabulary = self._context.get("@vocab")
        local = iri.removeprefix(str(vocabulary))
        free = local.isidentifier() and local not in self._context
        return local if vocabulary and local != iri and free else ""

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
        if container == "@set":
            self._lists.add(name)
        return Term(name, self._expanded(iri), full)

    def _expanded(self, iri: str) -> str:
        prefix, colon, local = iri.partition(":")
        if colon and local.startswith("//"):
            return iri
        namespace = self._context.get(prefix)
        if colon and isinstance(namespace, str):
            return self._expanded(namespace) + local
        vocabulary = self._context.get("@vocab")
        return iri if colon else f"{vocabulary or ''}{iri}"


def write_jsonld(rows: Iterable[Row], context: Context, file: BinaryIO) -> int:
    """Write triples that are sorted by subject and return how many they were."""
    compactor = Compactor(context)
    head = msgspec.json.format(msgspec.json.encode(context), indent=2)
    file.write(b'{"@context": ' + head + b',\n"@graph": [')
    count, separator = 0, b"\n"
    for subject, group in groupby(rows, key=itemgetter(0)):
        statements = list(group)
        node = msgspec.json.encode(compactor.node(subject, statements))
        file.write(separator + msgspec.json.format(node, indent=2))
        count, separator = count + len(statements), b",\n"
    file.write(b"\n]}\n")
    return count


def _is_canonical(integer: str) -> bool:
    digits = integer.removeprefix("-")
    small = digits.isdecimal() and digits.isascii() and len(digits) < 17
    return small and str(int(integer)) == integer and abs(int(integer)) < SAFE_INTEGER
