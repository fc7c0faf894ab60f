"""Read the entries of a BibTeX or BibLaTeX file as papers."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from graphbuild.records import Record
from graphbuild.sources.bibtex.entry import USED, read_entry
from graphbuild.sources.bibtex.fields import NOT_WORKS, completed
from graphbuild.sources.bibtex.syntax import Entry, Malformed, entries, macros, portions
from graphbuild.sources.encodings import decoded_start, text_pieces
from graphbuild.sources.fields import Fields, named_fields
from graphbuild.sources.files import UNDECODED, Head, InputFile
from graphbuild.sources.formats import Format, origin_of, rejected, source_of

NAME = "bibtex"
FIRST_ENTRY = re.compile(
    r"^[ \t]*@[ \t]*(?:(?:string|preamble|comment)\b|"
    r"[A-Za-z]+\s*[{(]\s*(?:[^\s,{}()=]+\s*,|[A-Za-z]+\s*=))",
    re.IGNORECASE | re.MULTILINE,
)
OTHER_FORMATS = re.compile(r"\s*(?:<|\[|\{|---\s)|```")
LONGEST_PREFACE = 40
"""Lines of comment before the first entry."""

POINTER = re.compile(
    r"[CXcx](?<!\w.)(?:[Rr][Oo][Ss][Ss][Rr][Ee][Ff]|[Rr][Ee][Ff]|[Dd][Aa][Tt][Aa])"
    r"\s*=\s*[{\"]?([^{}\"\n]+)"
)
"""Fields ``crossref``, ``xref`` and ``xdata``; written so that few characters can begin a match."""

NOTHING = "it states no title, no authors and no identifier"
DAMAGED = "it holds bytes that are not UTF-8"


def recognises(head: Head) -> bool:
    """Say whether the text starts with entries, perhaps after some lines of comment."""
    text = head.text if "\0" not in head.text else decoded_start(head.data)
    first = FIRST_ENTRY.search(text)
    if first is None or OTHER_FORMATS.match(text):
        return False
    preface = text[: first.start()]
    if head.name.lower().endswith((".bib", ".bibtex")):
        return True
    return preface.count("\n") <= LONGEST_PREFACE and not OTHER_FORMATS.search(preface)


def read_bibtex(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield a paper for each entry; an entry that is malformed or says nothing is `Rejected`.

    Raises:
        InputError: the file cannot be read.
    """
    yield source_of(file, NAME, "BibTeX entries", captured.isoformat() if captured else None)
    pieces = text_pieces(file)
    known, wanted = _context(pieces)
    parents = dict(_parents(pieces, known, wanted)) if wanted else {}
    number = 0
    for line, text in portions(pieces):
        damaged = UNDECODED.search(text) is not None
        for found in entries(text, known, line=line):
            written = text[found.start : found.end]
            if isinstance(found, Malformed):
                yield rejected(found.reason, written, line=found.line, own_id=found.key)
            elif damaged and UNDECODED.search(written):
                yield rejected(DAMAGED, written, line=found.line, own_id=found.key)
            elif found.kind not in NOT_WORKS:
                number += 1
                first_line = written.partition("\n")[0]
                origin = origin_of(file, number, line=found.line, text=first_line, own_id=found.key)
                paper = read_entry(completed(found, parents), parents, origin)
                yield paper or rejected(NOTHING, written, line=found.line, own_id=found.key)


def _context(pieces: Iterable[str]) -> tuple[dict[str, str], frozenset[str]]:
    """Return the macros of a file, and the keys in lower case to which its entries point."""
    known = macros("")
    wanted: set[str] = set()
    for _, text in portions(pieces):
        macros(text, known)
        for match in POINTER.finditer(text):
            wanted.update(key.strip().lower() for key in match[1].split(","))
    return known, frozenset(wanted)


def _parents(
    pieces: Iterable[str], known: dict[str, str], wanted: frozenset[str]
) -> Iterator[tuple[str, Entry]]:
    """Yield the entries to which others point, under their keys in lower case."""
    for line, text in portions(pieces):
        for found in entries(text, known, wanted, line):
            if isinstance(found, Entry):
                yield found.key.lower(), found


def fields_of(file: InputFile) -> Iterator[Fields]:
    """Yield which fields each entry states, and whether they are read."""
    pieces = text_pieces(file)
    known, _ = _context(pieces)
    for _, text in portions(pieces):
        for found in entries(text, known):
            if isinstance(found, Entry):
                yield named_fields((name for name, text in found.fields.items() if text), USED)


FORMAT = Format(NAME, "BibTeX and BibLaTeX, also of dblp", 1, recognises, read_bibtex, fields_of)
