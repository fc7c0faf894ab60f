"""Read XML record by record: guarded, without loading the whole file, one bad record at a time.

No DTD is loaded, no entity expanded, nothing fetched; a document with a DTD of its own in its
DOCTYPE is refused, because such a DTD can hold an XML bomb or reach for files (CWE-776, CWE-611).
Character entities that an outside DTD would declare, such as ``&uuml;`` in dblp, come from a table.

While a file is well-formed, libxml2 streams it. Where it breaks, the records are cut out by their
tags and parsed one by one, so that only those that are broken are lost.
"""

import codecs
import mmap
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, NamedTuple, TypeAlias

from lxml import etree
from lxml.etree import _Element

from graphbuild.errors import InputError
from graphbuild.records import Rejected
from graphbuild.sources.files import HEAD, InputFile
from graphbuild.sources.formats import EXCERPT, rejected
from graphbuild.sources.xml_pieces import Names, Piece, Scissors, tag_name

Element: TypeAlias = _Element

BLOCK = 1 << 18
LONGEST_ENTITY = 40
BIGGEST_EXACT_LINE = 65_534
"""Above it libxml2 knows the line of texts only."""

GUARDED: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "remove_comments": True,
    "remove_pis": True,
}
ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]*);")
PROLOG = r"(?>\ufeff|\xef\xbb\xbf)?(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*>)*+"
ATTRIBUTES = r"(?>[^<>\"']+|\"[^\"<]*\"|'[^'<]*')*+"
OPENING = re.compile(
    rf"{PROLOG}(<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)(?=[\s/>]){ATTRIBUTES}>)", re.DOTALL
)
OWN_DTD = re.compile(rf"{PROLOG}<!DOCTYPE[^<>]*\[", re.DOTALL)
DECLARED = re.compile(r"<\?xml[^<>]*?encoding\s*=\s*[\"']([\w.-]+)")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
PLACE = re.compile(r",? line \d+(?:, column \d+)?")
OWN_ID = re.compile(rb"<[^<>]*?\s(?:id|key|path)\s*=\s*[\"']([^\"'<>]+)")


class Found(NamedTuple):
    """A record of an XML file.

    Attributes:
        line: where it starts, from 1.
        element: the record, with its ancestors, but without what came before it in them. It is
            emptied when the next record is asked for.
    """

    line: int
    element: Element


class Opening(NamedTuple):
    """How an XML document begins.

    Attributes:
        name: local name of its root element.
        tag: the root's start tag as written, with its namespaces.
        encoding: what the XML declaration says, or ``utf-8``.
    """

    name: str
    tag: str
    encoding: str


def opening(text: str) -> Opening | None:
    """Return how an XML document begins, or None when the text begins no XML that is read.

    >>> opening('<?xml version="1.0"?><!-- x --><a:feed xmlns:a="b">').name
    'feed'
    """
    match = OPENING.match(text)
    if match is None:
        return None
    declared = DECLARED.search(text, 0, match.start(1))
    return Opening(match[2], match[1], declared[1] if declared else "utf-8")


def elements(
    file: InputFile, tags: Names, entities: Mapping[str, str] | None = None
) -> Iterator[Found | Rejected]:
    """Yield the elements of these names in the order of the file, however deep they are.

    Args:
        file: the input.
        tags: local names, in whatever namespace; one inside another belongs to that other.
        entities: characters that named entities stand for, beside the five of XML.

    What is not well-formed comes as `Rejected`: the record that holds it if it is inside one.

    Raises:
        InputError: the file cannot be read.
    """
    blocks = _blocks(file, entities or {})
    first = next(blocks, b"")
    start = first[:HEAD].decode("latin-1")
    found = opening(start)
    if found is None:
        yield rejected(_unreadable(start), start, line=1)
        return
    done = 0
    try:
        for record in _streamed(first, blocks, _parser(found, tags), tags):
            yield record
            done += 1
    except LookupError:
        yield rejected(f"nobody knows the encoding {found.encoding!r}", start, line=1)
    except etree.XMLSyntaxError as error:
        with _spooled(file, entities or {}) as data:
            yield from _salvaged(data, found, tags, done, error)


def children(element: Element) -> dict[str, list[Element]]:
    """Return the children of an element by local name."""
    found: defaultdict[str, list[Element]] = defaultdict(list)
    for child in element:
        found[local_name(child)].append(child)
    return found


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_of(element: Element | None) -> str:
    """Return all text inside an element, also that of elements in it; empty for None."""
    if element is None:
        return ""
    if not len(element):
        return element.text or ""
    return "".join(element.itertext())


def _unreadable(start: str) -> str:
    if OWN_DTD.match(start):
        return (
            "has a DTD of its own in its DOCTYPE, which can be an XML bomb; "
            "remove the part in square brackets if you trust it"
        )
    return f"no XML: no root element begins in the first {HEAD:,} bytes"


def _blocks(file: InputFile, entities: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the bytes of a file with known entities as character references; UTF-16 as UTF-8."""
    with file.open() as stream:
        first = stream.read(BLOCK)
        decoder = codecs.getincrementaldecoder("utf-16")() if first[:2] in UTF_16 else None
        held = b""
        for block in chain((first,), iter(lambda: stream.read(BLOCK), b""), (b"",)):
            try:
                data = held + (decoder.decode(block, not block).encode() if decoder else block)
            except UnicodeError as error:
                raise InputError(f"not valid UTF-16: {error}", location=file.location) from error
            data, held = _without_cut_entity(data) if entities and block else (data, b"")
            yield _resolved(data, entities) if entities else data


def _without_cut_entity(data: bytes) -> tuple[bytes, bytes]:
    """Keep back an entity whose end is not yet there."""
    cut = data.rfind(b"&", -LONGEST_ENTITY)
    return (data, b"") if cut < 0 or b";" in data[cut:] else (data[:cut], data[cut:])


def _resolved(data: bytes, entities: Mapping[str, str]) -> bytes:
    def reference(match: re.Match[bytes]) -> bytes:
        known = entities.get(match[1].decode())
        return match[0] if known is None else "".join(f"&#{ord(c)};" for c in known).encode()

    return ENTITY.sub(reference, data)


def _encoding(found: Opening) -> str:
    return "utf-8" if found.encoding.lower().startswith("utf-16") else found.encoding


def _parser(found: Opening, tags: Names) -> "etree.XMLPullParser[Element]":
    return etree.XMLPullParser(
        ("end",), tag=[f"{{*}}{tag}" for tag in tags], encoding=_encoding(found), **GUARDED
    )


def _streamed(
    first: bytes, blocks: Iterator[bytes], parser: "etree.XMLPullParser[Element]", known: Names
) -> Iterator[Found | Rejected]:
    """Yield the records of a file as long as it is well-formed."""
    for block in chain((first,), blocks):
        parser.feed(block)
        for _, element in parser.read_events():
            if not _is_inside(element, known):
                yield _checked(Found(_line(element), element))
                _forget(element)
    parser.close()


def _is_inside(element: Element, names: Names) -> bool:
    """Say whether an element is inside one of these names."""
    around = element.getparent()
    while around is not None:
        if local_name(around) in names:
            return True
        around = around.getparent()
    return False


def _line(element: Element) -> int:
    """Return the line at which an element starts.

    Where lines are many libxml2 gives the line at which the element's first text ends.
    """
    line = element.sourceline or 0
    if line > BIGGEST_EXACT_LINE:
        first: Element | None = element
        while first is not None and not first.text:
            first = next(iter(first), None)
        line -= ((first.text or "") if first is not None else "").count("\n")
    return line


def _forget(element: Element) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _checked(found: Found) -> Found | Rejected:
    """Refuse a record in which an entity is left that nobody knows."""
    unknown = next(found.element.iter(etree.Entity), None)
    if unknown is None:
        return found
    text = etree.tostring(found.element, with_tail=False)
    return _rejected(f"the entity {unknown.text} is not known", text, found.line)


def _rejected(reason: str, text: bytes, line: int) -> Rejected:
    own_id = OWN_ID.match(text)
    return rejected(reason, text, line=line, own_id=own_id[1].decode("latin-1") if own_id else "")


@contextmanager
def _spooled(file: InputFile, entities: Mapping[str, str]) -> Iterator[mmap.mmap]:
    """Lend the whole text of a file, on disk."""
    with tempfile.TemporaryFile() as copy:
        copy.writelines(_blocks(file, entities))
        copy.flush()
        with mmap.mmap(copy.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield data


def _salvaged(
    data: mmap.mmap, found: Opening, known: Names, done: int, error: etree.XMLSyntaxError
) -> Iterator[Found | Rejected]:
    """Yield the records of a malformed file after the first ``done``, each parsed alone."""
    blamed = False
    for piece in islice(Scissors(data, known).pieces(), done, None):
        record = _parsed(piece, found)
        blamed = blamed or isinstance(record, Rejected)
        yield record
    if not blamed:
        yield rejected(
            f"{_reason(error)}; all records around it are read", b"", line=error.lineno or 0
        )


def _reason(error: etree.XMLSyntaxError) -> str:
    return f"not well-formed: {PLACE.sub('', error.msg or 'no reason given')}"


def _parsed(piece: Piece, found: Opening) -> Found | Rejected:
    if piece.wrong:
        return _rejected(piece.wrong, piece.text[:EXCERPT], piece.line)
    ends = [b"</%s>" % tag_name(start) for start in reversed(piece.around)]
    text = b"".join([*piece.around, piece.text, *ends])
    try:
        element = etree.fromstring(text, etree.XMLParser(encoding=_encoding(found), **GUARDED))
    except etree.XMLSyntaxError as error:
        return _rejected(_reason(error), piece.text[:EXCERPT], piece.line)
    for _ in piece.around:
        element = element[0]
    return Found(piece.line, element)
