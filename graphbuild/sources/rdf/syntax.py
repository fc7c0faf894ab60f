"""Find out the syntax of an RDF input by its content, and parse it guarded.

pyoxigraph parses; nothing is fetched. IRIs that break the rules are let through, because the graphs
of others hold them and the records check what they use. RDF/XML with declarations in its DOCTYPE is
refused (CWE-776): the parser expands entities without measure. In N-Triples and N-Quads a broken
line costs itself; in the other syntaxes what follows the mistake cannot be read.
"""

import re
from collections.abc import Iterator
from itertools import islice

import pyoxigraph as ox

from graphbuild.records import Rejected
from graphbuild.sources.files import HEAD, InputFile
from graphbuild.sources.formats import rejected
from graphbuild.sources.rdf.contexts import without_remote_contexts

Syntax = ox.RdfFormat

IRI = r"<[^<>\"{}|^`\\\s]*>"
TERM = rf"(?:{IRI}|_:\S+|\"(?:[^\"\\\n]|\\.)*\"(?:@[\w-]+|\^\^{IRI})?)"
STATEMENT = re.compile(
    rf"(?:{IRI}|_:\S+)[ \t]+{IRI}[ \t]+{TERM}[ \t]*({IRI}|_:\S+)?[ \t]*\.\s*(?:#.*)?$"
)
DIRECTIVE = re.compile(
    r"@prefix\s+[\w.-]*:\s*<|@base\s*<|prefix\s+[\w.-]*:\s*<|base\s*<|version\s+[\"']",
    re.IGNORECASE,
)
COMMENTS = re.compile(r"(?:\s+|#[^\n]*(?:\n|$))+")
XML_START = re.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*<(?:[\w.-]+:)?RDF\b", re.DOTALL
)
ENTITIES = re.compile(rb"<!(?:ENTITY|ELEMENT|ATTLIST|NOTATION)\b", re.IGNORECASE)
JSON_LD = re.compile(r'"@(?:context|graph|type)"\s*:')
PLACE = re.compile(
    r"^Parser error at (?:line \d+(?: between columns? \d+ and \d+| column \d+)?|.*?): "
)
LINES_AT_ONCE = 10_000
BASE = "urn:x-relative:"
"""What relative IRIs are taken to be relative to: nothing on the web."""

LINES = (Syntax.N_TRIPLES, Syntax.N_QUADS)


def syntax_of(text: str) -> ox.RdfFormat | None:
    """Return the syntax of an RDF document by its start, or None when it is none."""
    start = text.lstrip("\ufeff")
    skipped = COMMENTS.match(start)
    begin = start[skipped.end() :] if skipped else start
    if begin.startswith(("{", "[")) and JSON_LD.search(begin):
        return Syntax.JSON_LD
    if XML_START.match(start):
        return Syntax.RDF_XML
    first = STATEMENT.match(begin.partition("\n")[0])
    if first:
        return Syntax.N_QUADS
    return Syntax.TRIG if DIRECTIVE.match(begin) else None


def parsed(file: InputFile) -> Iterator[ox.Quad | Rejected]:
    """Yield the triples of an RDF input; what is not well-formed comes as `Rejected`.

    Raises:
        InputError: the file cannot be read.
    """
    with file.open() as stream:
        start: bytes = stream.peek(HEAD)[:HEAD]  # type: ignore[attr-defined]
        syntax = syntax_of(start.decode(errors="replace")) or Syntax.TURTLE
        if syntax in LINES:
            yield from _lines(stream)
        elif syntax == Syntax.RDF_XML and ENTITIES.search(start):
            yield rejected(
                "its DOCTYPE declares entities or elements, which can be an XML bomb; "
                "remove the part in square brackets if you trust it",
                start,
                line=1,
            )
        elif syntax == Syntax.JSON_LD:
            yield from _document(without_remote_contexts(stream.read()), syntax)
        else:
            yield from _document(stream.read(), syntax)


def _lines(stream: Iterator[bytes]) -> Iterator[ox.Quad | Rejected]:
    """Parse many lines at once, and one by one where that fails."""
    number = 1
    while lines := list(islice(stream, LINES_AT_ONCE)):
        try:
            yield from list(ox.parse(b"".join(lines), format=Syntax.N_QUADS, lenient=True))
        except SyntaxError:
            yield from _one_by_one(lines, number)
        number += len(lines)


def _one_by_one(lines: list[bytes], first: int) -> Iterator[ox.Quad | Rejected]:
    for number, line in enumerate(lines, first):
        try:
            yield from list(ox.parse(line, format=Syntax.N_QUADS, lenient=True))
        except SyntaxError as error:
            yield rejected(_reason(error), line, line=number)


def _document(data: bytes, syntax: ox.RdfFormat) -> Iterator[ox.Quad | Rejected]:
    try:
        yield from ox.parse(data, format=syntax, base_iri=BASE, lenient=True)
    except SyntaxError as error:
        line = error.lineno or 0
        text = b"\n".join(data.splitlines()[max(line - 1, 0) : line + 2])
        yield rejected(f"{_reason(error)}; the rest of the file is not read", text, line=line)


def _reason(error: SyntaxError) -> str:
    return f"no RDF: {PLACE.sub('', error.msg)}"
