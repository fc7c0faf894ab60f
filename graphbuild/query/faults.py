"""Say where a query stops being SPARQL, and why, from the engine's complaint."""

from __future__ import annotations

import re
from difflib import get_close_matches

from graphbuild.errors import QuerySyntaxError
from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.query.syntax import Token, declared_prefixes, significant
from graphbuild.text import visible

COMPLAINT = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<reason>.*)", re.DOTALL)
CLASS_OF_CHARACTERS = re.compile(r"\[(?:'(?:[^'\\]|\\.[^']*)'|[^\]'])*\]")
SEPARATOR = re.compile(r",\s+(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")
MOST_EXPECTED = 6
WIDTH = 100


def syntax_error(complaint: str, text: str) -> QuerySyntaxError:
    """Return the error for a complaint such as ``error at 1:11: expected one of "(", "{"``.

    The message ends with the line of the query and a caret under the place.
    """
    match = COMPLAINT.match(complaint)
    if match is None:
        return QuerySyntaxError(visible(complaint), line=1, column=1)
    line, column = int(match["line"]), int(match["column"])
    reason = _reason(match["reason"])
    if reason == "Prefix not found":
        line, column, reason = _unknown_prefix(text, line, column)
    return QuerySyntaxError(f"{reason}\n{_pointed(text, line, column)}", line=line, column=column)


def _reason(complaint: str) -> str:
    expected = complaint.removeprefix("expected ").removeprefix("one of ")
    plain = CLASS_OF_CHARACTERS.sub("", expected)
    items = [item.strip(" ,\n") for item in SEPARATOR.split(plain)]
    sentences = [item for item in items if " " in item and not item.startswith('"')]
    if sentences:
        return visible(sentences[0])
    words = [item for item in items if item]
    if not words or len(words) > MOST_EXPECTED:
        return "this is not SPARQL"
    *most, last = words
    return f"expected {', '.join(most)} or {last}" if most else f"expected {last}"


def _unknown_prefix(text: str, line: int, column: int) -> tuple[int, int, str]:
    end = _offset(text, line, column)
    names = [token for token in significant(text) if token.kind == "pname" and token.start < end]
    name = names[-1] if names else Token("pname", ":", end)
    prefix = name.text.partition(":")[0]
    near = get_close_matches(prefix, [*declared_prefixes(text), *PREFIXES], 1)
    hint = f"did you mean {near[0]}:?" if near else "declare it: PREFIX " + prefix + ": <IRI>"
    before = text[: name.start].split("\n")
    return len(before), len(before[-1]) + 1, f"the prefix {prefix}: is not declared; {hint}"


def _offset(text: str, line: int, column: int) -> int:
    return sum(len(part) + 1 for part in text.split("\n")[: line - 1]) + column - 1


def _pointed(text: str, line: int, column: int) -> str:
    """Return one line of the query, cut to what is near the column, and a caret below it."""
    lines = text.split("\n")
    whole = lines[line - 1] if line <= len(lines) else ""
    start = max(0, column - 1 - WIDTH * 3 // 4)
    shown = whole[start : start + WIDTH].replace("\t", " ")
    before = visible(shown[: column - 1 - start])
    after = visible(shown[column - 1 - start :])
    return f"  {before}{after}\n  {' ' * len(before)}^"
