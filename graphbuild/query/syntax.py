"""Cut SPARQL into tokens, and answer from them what a parser would be too much for.

The tokens are those of the SPARQL grammar (https://www.w3.org/TR/sparql11-query/#sparqlGrammar),
so a word inside a string, a comment or an IRI is never taken for a keyword or a variable.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

Kind = Literal[
    "comment", "string", "iri", "variable", "langtag", "pname", "word", "number", "space", "other"
]
Form = Literal["select", "ask", "construct", "describe", "update"]

# PN_CHARS_BASE, PN_CHARS_U and PN_CHARS of the grammar
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LETTER = f"{_BASE}_"
_CHAR = rf"{_LETTER}0-9\-\u00b7\u0300-\u036f\u203f-\u2040"
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_LETTER}0-9:]|{_ESCAPE})(?:(?:[{_CHAR}.:]|{_ESCAPE})*(?:[{_CHAR}:]|{_ESCAPE}))?"

TOKEN = re.compile(
    rf"""
      (?P<comment>\#[^\r\n]*)
    | (?P<string>\"\"\"(?:\"{{0,2}}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
                | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>)
    | (?P<variable>[?$][{_LETTER}0-9][{_LETTER}0-9\u00b7\u0300-\u036f\u203f-\u2040]*)
    | (?P<langtag>@[A-Za-z]+(?:--?[A-Za-z0-9]+)*)
    | (?P<pname>(?:_|[{_BASE}](?:[{_CHAR}.]*[{_CHAR}])?)?:(?:{_LOCAL})?)
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+ | [0-9]*\.[0-9]+ | [0-9]+)
    | (?P<space>[ \t\r\n]+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

UPDATES = frozenset(
    {"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"}
)
_FORMS: dict[str, Form] = {
    "SELECT": "select",
    "ASK": "ask",
    "CONSTRUCT": "construct",
    "DESCRIBE": "describe",
    **dict.fromkeys(UPDATES, "update"),
}


class Token(NamedTuple):
    """One token of a query.

    Attributes:
        kind: what it is; ``other`` is one character of punctuation, or one that no rule takes.
        text: as written.
        start: offset of its first character.
    """

    kind: str
    text: str
    start: int

    def is_word(self, *words: str) -> bool:
        """Tell whether it is one of these keywords, given in upper case."""
        return self.kind == "word" and self.text.upper() in words


def tokens(text: str) -> list[Token]:
    """Return the tokens of any text, whose parts joined are the text again.

    >>> [token.text for token in tokens('ASK{?a foaf:name "?b"@en}') if token.kind != "space"]
    ['ASK', '{', '?a', 'foaf:name', '"?b"', '@en', '}']
    """
    return [Token(str(match.lastgroup), match[0], match.start()) for match in TOKEN.finditer(text)]


def significant(text: str) -> list[Token]:
    """Return the tokens that are neither white space nor comment."""
    return [token for token in tokens(text) if token.kind not in {"space", "comment"}]


def query_form(text: str) -> Form | None:
    """Return what a query asks for, or None when it does not begin as SPARQL does.

    >>> query_form("PREFIX select: <http://example.org/> DESCRIBE select:x # ask")
    'describe'
    """
    for token in significant(text):
        if token.kind == "word" and not token.is_word("PREFIX", "BASE", "VERSION"):
            return _FORMS.get(token.text.upper())
    return None


def has_service(text: str) -> bool:
    """Tell whether a query calls another endpoint.

    >>> has_service("ASK { SERVICE SILENT <http://example.org/> {} }")
    True
    >>> has_service('ASK { ?SERVICE SERVICE:x "SERVICE <x>" }')
    False
    """
    return any(token.is_word("SERVICE") for token in significant(text))


def used_prefixes(text: str) -> set[str]:
    """Return the prefixes that a query uses, without those that it only declares.

    >>> sorted(used_prefixes("PREFIX a: <x> PREFIX b: <y> ASK { b:c d:e _:f }"))
    ['b', 'd']
    """
    found = significant(text)
    before = [Token("other", "", 0), *found]
    names = {
        token.text.partition(":")[0]
        for previous, token in zip(before, found, strict=False)
        if token.kind == "pname" and not previous.is_word("PREFIX")
    }
    return names - {"_"}


def declared_prefixes(text: str) -> dict[str, str]:
    """Return the prefixes that a query declares, with their namespaces."""
    found = significant(text)
    return {
        name.text.removesuffix(":"): namespace.text[1:-1]
        for word, name, namespace in zip(found, found[1:], found[2:], strict=False)
        if word.is_word("PREFIX") and name.kind == "pname" and namespace.kind == "iri"
    }


def paged(text: str, limit: int | None = None, offset: int | None = None) -> str:
    """Return a query with another LIMIT or OFFSET; those of its sub-selects stay.

    Args:
        text: a query; one without the clause gets it, before a VALUES block that closes it.
        limit: how many results at most; None leaves the query's own.
        offset: how many results to skip; None leaves the query's own.

    >>> paged("SELECT ?a { { SELECT ?a { ?a ?b ?c } LIMIT 9 } } LIMIT 5 # all", 2, 7)
    'SELECT ?a { { SELECT ?a { ?a ?b ?c } LIMIT 9 } } LIMIT 2 OFFSET 7 # all'
    """
    for word, count in (("LIMIT", limit), ("OFFSET", offset)):
        if count is not None:
            text = _with_clause(text, word, count)
    return text


def _with_clause(text: str, word: str, count: int) -> str:
    outer = list(_outside_braces(text))
    end = outer[-1].start + len(outer[-1].text) if outer else 0
    for token, following in pairwise(outer):
        if token.is_word(word) and following.kind == "number":
            rest = text[following.start + len(following.text) :]
            return f"{text[: following.start]}{count}{rest}"
        if token.is_word("VALUES"):
            return f"{text[: token.start]}{word} {count} {text[token.start :]}"
    return f"{text[:end]} {word} {count}{text[end:]}"


def _outside_braces(text: str) -> Iterator[Token]:
    depth = 0
    for token in significant(text):
        depth -= token.text == "}"
        if depth == 0:
            yield token
        depth += token.text == "{"


def replace(text: str, new: Callable[[Token], str | None]) -> str:
    """Return a text in which ``new`` has replaced tokens; None keeps the token."""
    parts = []
    for token in tokens(text):
        other = new(token)
        parts.append(token.text if other is None else other)
    return "".join(parts)
