r"""Split the text of a BibTeX file into entries and these into fields.

    @string{j = "Journal of " # "Looms"}
    @article{key, title = {On {L}ooms}, journal = j, year = 2024, month = 1 # "~" # jan}
    @book(other, title = "Weaving")

Grammar of BibTeX (``bibtex.web``, sections 105 to 270) with what other programs write: keys that
are missing or hold blanks, missing commas, ``%`` comments between fields, blocks of ``@comment``.
What stands outside of entries is comment. An entry that does not end before the next one starts
is malformed, and costs no other.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NO_ENTRIES = frozenset({"comment", "preamble", "string"})
CLOSING = {"{": "}", "(": ")"}

HEAD = re.compile(r"@[ \t]*([A-Za-z][\w+-]*)\s*([{(])")
BLOCK = re.compile(r"@[ \t]*(?:comment|preamble)\s*\{", re.IGNORECASE)
NEXT = re.compile(r"[ \t]*@[ \t]*[A-Za-z][\w+-]*\s*[{(]")
KEY = re.compile(r"\s*([^\s,={}\"]*(?:[ \t]+[^\s,={}\"]+)*)\s*(?:,|(?=[})])|(?<=\n))")
FIELD = re.compile(
    r"[\s,]*([^\s=,{}()\"#%@\\]+)\s*=\s*(?:\{([^{}]*)\}|\"([^\"{}]*)\"|(\d+))\s*(?:,|(?=[})]))"
)
NAME = re.compile(r"[\s,]*([^\s=,{}()\"#%@\\][^=,{}\"#\n]*?)\s*=\s*")
COMMENT_LINE = re.compile(r"[\s,]*%[^\n]*")
WORD = re.compile(r"[^\s,{}()\"#=%]+")
END = re.compile(r"[\s,]*([})])")
TAIL = re.compile(r"\s*,\s*[A-Za-z][\w-]*\s*=\s*[{\"\d]")
BRACE = re.compile(r"[{}]")
BRACE_OR_QUOTE = re.compile(r"[{}\"]")
SPACE = re.compile(r"\s*")


class Entry(NamedTuple):
    """One entry.

    Attributes:
        kind: its type in lower case.
        key: as written; may be empty.
        fields: by name in lower case, as written, macros and concatenations resolved.
        more: further values of fields that the entry states several times.
        line: at which it starts.
        start, end: where it stands in the text, or in its part of the text.
    """

    kind: str
    key: str
    fields: dict[str, str]
    more: tuple[tuple[str, str], ...]
    line: int
    start: int
    end: int

    def all(self, name: str) -> list[str]:
        """Return every value of a field."""
        first = [self.fields[name]] if name in self.fields else []
        return first + [value for field, value in self.more if field == name]


class Malformed(NamedTuple):
    """An entry that cannot be read: why, and where it stands."""

    reason: str
    key: str
    line: int
    start: int
    end: int


class _SyntaxError(ValueError):
    """What is wrong with an entry, in words."""


def portions(pieces: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield a text in parts, each with the number of its first line; no entry goes beyond its part.

    Args:
        pieces: of the text, as they come.
    """
    line, held = 1, ""
    for piece in pieces:
        held += piece
        end = _last_start(held)
        yield line, held[:end]
        line += held.count("\n", 0, end)
        held = held[end:]
    yield line, held


def _last_start(text: str) -> int:
    """Return where the last entry starts that is not inside of a comment, 0 for nowhere."""
    start = text.rfind("\n") + 1
    while start and not NEXT.match(text, start):
        start = text.rfind("\n", 0, start - 1) + 1
    for block in BLOCK.finditer(text, 0, start):
        closed = _closing_brace(text, block.end(), len(text))
        if closed is None or closed > start:
            return block.start()
    return start


def macros(text: str, known: dict[str, str] | None = None) -> dict[str, str]:
    """Return what ``@string`` defines anywhere in a text, and the months.

    Args:
        text: a file, or the next part of one.
        known: what the parts before define; it is added to.
    """
    known = dict(zip(MONTHS, MONTHS, strict=True)) if known is None else known
    for head in HEAD.finditer(text):
        if head[1].lower() == "string":
            try:
                fields, _, _ = _Fields(text, known, _limit(text, head.end())).read(
                    head.end(), CLOSING[head[2]]
                )
            except _SyntaxError:
                continue  # `entries` reports it.
            known.update(fields)
    return known


def entries(
    text: str, known: dict[str, str], wanted: frozenset[str] | None = None, line: int = 1
) -> Iterator[Entry | Malformed]:
    """Yield the entries of a text in their order; malformed ones, also of ``@string``, as such.

    Args:
        text: the whole file, or a part of it as `portions` gives.
        known: macros.
        wanted: keys in lower case to which the entries are limited, None for all.
        line: number of the text's first line.
    """
    counted = position = 0
    while head := HEAD.search(text, position):
        start, kind = head.start(), head[1].lower()
        position = head.end()
        if not _starts_entry(text, start, head[2]):
            continue
        line, counted = line + text.count("\n", counted, start), start
        if kind in NO_ENTRIES:
            found = _skipped(text, head, known, line)
        elif wanted is not None and _key(text, position)[0].lower() not in wanted:
            continue
        else:
            found = _entry(text, head, known, line)
        position = max(position, found.end)
        if not (kind in NO_ENTRIES and isinstance(found, Entry)):
            yield found


def _starts_entry(text: str, start: int, opening: str) -> bool:
    """Tell an entry from an at sign in prose or in an address."""
    before = text[start - 1 : start]
    if opening == "(":
        return not text[text.rfind("\n", 0, start) + 1 : start].strip()
    return not before or before.isspace() or before in "}),"


def _entry(text: str, head: re.Match[str], known: dict[str, str], line: int) -> Entry | Malformed:
    start = head.start()
    key, position = _key(text, head.end())
    try:
        reader = _Fields(text, known, _limit(text, head.end()))
        fields, more, end = reader.read(position, CLOSING[head[2]])
    except _SyntaxError as error:
        return Malformed(str(error), key, line, start, _limit(text, head.end()))
    if TAIL.match(text, end):
        reason = "a closing brace too many ends the entry before its last field"
        return Malformed(reason, key, line, start, _limit(text, head.end()))
    return Entry(head[1].lower(), key, fields, tuple(more), line, start, end)


def _key(text: str, position: int) -> tuple[str, int]:
    match = KEY.match(text, position)
    return (match[1], match.end()) if match else ("", position)


def _skipped(text: str, head: re.Match[str], known: dict[str, str], line: int) -> Entry | Malformed:
    """Pass over a comment or preamble with all that its braces hold; check a ``@string``."""
    kind, start, position = head[1].lower(), head.start(), head.end()
    if kind == "string":
        limit = _limit(text, position)
        try:
            fields, _, end = _Fields(text, known, limit).read(position, CLOSING[head[2]])
        except _SyntaxError as error:
            return Malformed(f"@string: {error}", "", line, start, limit)
        return Entry(kind, "", fields, (), line, start, end)
    closed = _closing_brace(text, position, len(text)) if head[2] == "{" else None
    return Entry(kind, "", {}, (), line, start, closed or position)


def _limit(text: str, position: int) -> int:
    """Return where the next entry starts: no entry reaches beyond it."""
    sign = text.find("@", position)
    while sign >= 0:
        start = text.rfind("\n", position - 1, sign) + 1
        if start and NEXT.match(text, start):
            return start
        sign = text.find("@", sign + 1)
    return len(text)


def _closing_brace(text: str, position: int, limit: int) -> int | None:
    """Return the place after the brace that closes the one before ``position``."""
    depth = 1
    for brace in BRACE.finditer(text, position, limit):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    return None


class _Fields:
    """Reads the fields of an entry.

    Args:
        text: the text that the entry stands in.
        known: macros.
        limit: where the next entry starts.
    """

    def __init__(self, text: str, known: dict[str, str], limit: int) -> None:
        self._text = text
        self._known = known
        self._limit = limit

    def read(
        self, position: int, closing: str
    ) -> tuple[dict[str, str], list[tuple[str, str]], int]:
        """Return fields, further values of repeated fields, and where the entry ends."""
        fields: dict[str, str] = {}
        more: list[tuple[str, str]] = []
        text, limit = self._text, self._limit
        while True:
            match = FIELD.match(text, position, limit)
            if match:
                name, value, position = match[1].lower(), match[match.lastindex or 1], match.end()
            elif comment := COMMENT_LINE.match(text, position, limit):
                position = comment.end()
                continue
            elif end := END.match(text, position, limit):
                if end[1] != closing:
                    raise _SyntaxError(f"{end[1]} where {closing} should end the entry")
                return fields, more, end.end()
            elif not text[position:limit].strip(" \n\t,"):
                return fields, more, limit  # Only the closing brace is missing.
            else:
                name, value, position = self._field(position)
            if name in fields:
                more.append((name, value))
            else:
                fields[name] = value

    def _field(self, position: int) -> tuple[str, str, int]:
        match = NAME.match(self._text, position, self._limit)
        if match is None:
            found = " ".join(self._text[position : min(position + 40, self._limit)].split())
            raise _SyntaxError(f"no field, such as title = {{...}}, but {found!r}")
        name = match[1].lower()
        parts = []
        position = match.end()
        while True:
            part, position = self._part(name, position)
            parts.append(part)
            position = self._after_space(position)
            if self._text[position : position + 1] != "#":
                return name, "".join(parts), position
            position = self._after_space(position + 1)

    def _after_space(self, position: int) -> int:
        match = SPACE.match(self._text, position, self._limit)
        return match.end() if match else position

    def _part(self, name: str, position: int) -> tuple[str, int]:
        opening = self._text[position : position + 1]
        if opening == "{":
            end = _closing_brace(self._text, position + 1, self._limit)
            if end is None:
                raise _SyntaxError(f"the brace that opens the value of {name} is never closed")
            return self._text[position + 1 : end - 1], end
        if opening == '"':
            return self._quoted(name, position + 1)
        word = WORD.match(self._text, position, self._limit)
        if word is None:
            raise _SyntaxError(f"{name} has no value")
        return self._known.get(word[0].lower(), word[0]), word.end()

    def _quoted(self, name: str, position: int) -> tuple[str, int]:
        """Read up to the quotation mark outside of all braces."""
        depth = 0
        for sign in BRACE_OR_QUOTE.finditer(self._text, position, self._limit):
            if sign[0] == '"':
                if not depth:
                    return self._text[position : sign.start()], sign.end()
            else:
                depth += 1 if sign[0] == "{" else -1
            if depth < 0:
                break
        raise _SyntaxError(f"the quotation mark that opens the value of {name} is never closed")
