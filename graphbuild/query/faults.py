"""Say where a query stops being SPARQL, and why, from the engine's complaint."""

import re
from difflib import get_close_matches

from graphbuild.errors import QuerySyntaxError
from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.query.syntax import Token, declared_prefixes, significant
from graphbuild.text import visible

COMPLAINT = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<reason>.*)", re.DOTALL)
SENTENCE = re.compile(r"(?:one of )?([A-Z][\w ]+ [\w ]+)")
QUOTED = re.compile(r'"([^"\\]{1,2})"')
UNBOUND = "The SELECT contains a variable that is unbound"
UNGROUPED = "a column of SELECT is neither in GROUP BY nor counted or summed"
CLOSING = {"{": "}", "(": ")", "[": "]"}
WIDTH = 100
KEYWORDS = tuple(
    re.findall(
        r"\w+",
        """
        SELECT ASK CONSTRUCT DESCRIBE PREFIX BASE WHERE FROM NAMED DISTINCT REDUCED OPTIONAL UNION
        MINUS FILTER BIND VALUES UNDEF GRAPH GROUP ORDER BY HAVING LIMIT OFFSET ASC DESC AS NOT
        EXISTS IN COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR BOUND IF COALESCE STR LANG
        LANGMATCHES DATATYPE IRI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE
        ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES
        SECONDS TIMEZONE NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 STRLANG STRDT SAMETERM
        ISIRI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE TRUE FALSE
        """,
    )
)


def syntax_error(complaint: str, text: str, right: int | None = None) -> QuerySyntaxError:
    """Return the error for a query that is not SPARQL.

    The message ends with the line of the query and a caret under the place.

    Args:
        complaint: the engine's words, such as ``error at 1:11: expected one of "(", "{"``.
        text: the query.
        right: how many tokens stand before the first wrong one; None when that is not known.
    """
    match = COMPLAINT.match(complaint)
    if match is None:
        return QuerySyntaxError(visible(complaint), line=1, column=1)
    place = _offset(text, int(match["line"]), int(match["column"]))
    place, reason = _cause(text, place, match["reason"], right)
    before = text[:place].split("\n")
    line, column = len(before), len(before[-1]) + 1
    return QuerySyntaxError(f"{reason}\n{_pointed(text, line, column)}", line=line, column=column)


def _cause(text: str, place: int, complaint: str, right: int | None) -> tuple[int, str]:
    """Return where the fault lies and what it is."""
    sentence = SENTENCE.match(complaint.removeprefix("expected "))
    found = significant(text)
    if sentence is not None and sentence[1] == "Prefix not found":
        name = [token for token in found if token.kind == "pname" and token.start < place][-1]
        return name.start, _unknown_prefix(name, text)
    if sentence is not None and sentence[1] == "IRI parsing failed":
        return max(0, text.rfind("<", 0, place)), "this is no absolute IRI"
    if sentence is not None:
        return place, UNGROUPED if sentence[1] == UNBOUND else visible(sentence[1])
    if right is None:
        return place, "this is not SPARQL"
    if right >= len(found):
        return _end(text, found, complaint)
    wrong = found[right]
    if wrong.text in {'"', "'"}:
        return wrong.start, "this string is not closed"
    if wrong.kind == "pname" and wrong.text.partition(":")[0] not in _prefixes(text):
        return wrong.start, _unknown_prefix(wrong, text)
    return wrong.start, _unexpected(wrong, complaint if wrong.start == place else "")


def _end(text: str, found: list[Token], complaint: str) -> tuple[int, str]:
    if UNBOUND in complaint:
        return len(text.rstrip()), UNGROUPED
    quotes = [token for token in found if token.text in {'"', "'"}]
    if quotes:
        return quotes[0].start, "this string is not closed"
    opened: list[Token] = []
    for token in found:
        if token.text in CLOSING:
            opened.append(token)
        elif opened and token.text == CLOSING[opened[-1].text]:
            opened.pop()
    if opened:
        return opened[-1].start, f"this {opened[-1].text} is not closed"
    return len(text.rstrip()), "the query ends too early"


def _unexpected(wrong: Token, complaint: str) -> str:
    shown = visible(wrong.text if len(wrong.text) <= WIDTH // 2 else f"{wrong.text[:40]}...")
    if wrong.kind == "word":
        near = get_close_matches(wrong.text.upper(), KEYWORDS, 1, 0.7)
        if near and near[0] != wrong.text.upper():
            return f"unexpected {shown}; did you mean {near[0]}?"
    expected = complaint.removeprefix("expected ")
    return f"unexpected {shown}" + (
        f", expected {expected[1:-1]}" if QUOTED.fullmatch(expected) else ""
    )


def _prefixes(text: str) -> dict[str, str]:
    return {"_": "", **PREFIXES, **declared_prefixes(text)}


def _unknown_prefix(name: Token, text: str) -> str:
    prefix = name.text.partition(":")[0]
    near = get_close_matches(prefix, [known for known in _prefixes(text) if known != prefix], 1)
    hint = f"did you mean {near[0]}:?" if near else f"declare it: PREFIX {prefix}: <IRI>"
    return f"the prefix {prefix}: is not declared; {hint}"


def _offset(text: str, line: int, column: int) -> int:
    return sum(len(part) + 1 for part in text.split("\n")[: line - 1]) + column - 1


def _pointed(text: str, line: int, column: int) -> str:
    """Return one line of the query, cut to what is near the column, and a caret below it."""
    whole = text.split("\n")[line - 1]
    start = max(0, column - 1 - WIDTH * 3 // 4)
    shown = whole[start : start + WIDTH].replace("\t", " ")
    before = visible(shown[: column - 1 - start])
    after = visible(shown[column - 1 - start :])
    return f"  {before}{after}\n  {' ' * len(before)}^"
