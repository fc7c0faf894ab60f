"""Read tokens, and the terms among them, of a query that is known to be right."""

import re
from urllib.parse import urljoin

from graphbuild.query.analytic.tree import Node, Term, Unsupported, Var
from graphbuild.query.syntax import Token, significant
from graphbuild.store.columns import XSD
from graphbuild.store.worth import Kind, worths

END = Token("end", "", -1)
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
LOCAL_ESCAPE = re.compile(r"\\(.)")
HIDDEN = "_:"
"""What the names of variables begin with that stand for blank nodes or were made up."""


class Reader:
    """Reads tokens from left to right.

    Args:
        text: a query that the store's parser takes.
        prefixes: namespaces that it need not declare.
    """

    def __init__(self, text: str, prefixes: dict[str, str]) -> None:
        self._tokens = significant(_unescaped(text))
        self._place = 0
        self._made = 0
        self.prefixes = dict(prefixes)
        self.base = ""

    @property
    def here(self) -> Token:
        """The token that is next."""
        return self._tokens[self._place] if self._place < len(self._tokens) else END

    def ahead(self, steps: int = 1) -> Token:
        """Return a token further on."""
        place = self._place + steps
        return self._tokens[place] if place < len(self._tokens) else END

    def step(self) -> Token:
        """Take the next token."""
        token = self.here
        self._place += 1
        return token

    def took(self, sign: str) -> bool:
        """Take a sign, or a keyword in capitals, if it comes next; say whether it did."""
        if sign.isalpha():
            length = int(self.here.is_word(sign))
        else:
            length = len(sign) if self._spells(sign) else 0
        self._place += length
        return length > 0

    def sees(self, sign: str) -> bool:
        """Say whether a sign or keyword comes next."""
        place = self._place
        found = self.took(sign)
        self._place = place
        return found

    def need(self, sign: str) -> None:
        """Take a sign or keyword that must come.

        Raises:
            Unsupported: another comes; this reader does not know all that the store does.
        """
        if not self.took(sign):
            raise Unsupported(f"syntax: {self.here.text or 'the end'} in the place of {sign}")

    def made(self) -> Var:
        """Return a variable that the query does not name."""
        self._made += 1
        return Var(f"{HIDDEN} {self._made}")

    def iri(self) -> str:
        """Read an IRI or a prefixed name."""
        token = self.step()
        if token.kind == "iri":
            return urljoin(self.base, token.text[1:-1]) if self.base else token.text[1:-1]
        prefix, _, local = token.text.partition(":")
        if token.kind != "pname" or prefix not in self.prefixes:
            raise Unsupported(f"syntax: {token.text}")
        return self.prefixes[prefix] + LOCAL_ESCAPE.sub(r"\1", local)

    def variable(self) -> str:
        """Read a variable; return its name."""
        token = self.step()
        if token.kind != "variable":
            raise Unsupported(f"syntax: {token.text}")
        return token.text[1:]

    def sees_term(self) -> bool:
        """Say whether a constant comes next."""
        token = self.here
        signed = token.text in ("+", "-") and self.ahead().kind == "number"
        return token.kind in ("iri", "pname", "string", "number") or signed or self._sees_truth()

    def _sees_truth(self) -> bool:
        return self.here.kind == "word" and self.here.text in ("true", "false")

    def node(self) -> Node:
        """Read a variable, a blank node that is named, or a constant."""
        token = self.here
        if token.kind == "variable":
            return Var(self.variable())
        if token.kind == "pname" and token.text.startswith("_:"):
            return Var(self.step().text)
        return self.term()

    def term(self) -> Term:
        """Read a constant."""
        token = self.here
        if token.kind in ("iri", "pname"):
            return Term(self.iri(), Kind.IRI)
        if token.kind == "string":
            return self._literal()
        if self._sees_truth():
            return typed(self.step().text, f"{XSD}boolean")
        sign = self.step().text if token.text in ("+", "-") else ""
        number = self.step()
        if number.kind != "number":
            raise Unsupported(f"syntax: {token.text}")
        return typed(sign.replace("+", "") + number.text, _datatype(number.text))

    def string(self) -> str:
        """Read the characters of a string."""
        text = self.step().text
        quotes = 3 if text[:3] in ('"""', "'''") else 1
        return ESCAPED.sub(_character, text[quotes:-quotes])

    def _literal(self) -> Term:
        text = self.string()
        if self.here.kind == "langtag":
            tag = self.step().text.lower()
            if "--" in tag:
                raise Unsupported("a language with a direction")
            return Term(text, Kind.LANGUAGE, tag)
        if self.took("^^"):
            return typed(text, self.iri())
        return Term(text, Kind.STRING)

    def _spells(self, sign: str) -> bool:
        found = self._tokens[self._place : self._place + len(sign)]
        start = found[0].start if found else 0
        return "".join(token.text for token in found) == sign and all(
            token.start == start + number for number, token in enumerate(found)
        )


def typed(text: str, datatype: str) -> Term:
    """Return a literal as the store writes it."""
    if datatype == f"{XSD}string":
        return Term(text, Kind.STRING)
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    [(_, worth)] = worths([f'"{escaped}"^^<{datatype}>'])
    return Term(worth.text, worth.kind, worth.suffix, worth)


def _datatype(number: str) -> str:
    if "e" in number.lower():
        return f"{XSD}double"
    return f"{XSD}decimal" if "." in number else f"{XSD}integer"


def _unescaped(text: str) -> str:
    r"""Return a query without ``\u``: it may stand anywhere (SPARQL 1.1, section 19.2).

    Raises:
        Unsupported: there is one; so rare that the store may answer.
    """
    if re.search(r"\\[uU]", text):
        raise Unsupported(r"\u in the query's text")
    return text


def _character(match: re.Match[str]) -> str:
    return ESCAPES.get(match[3], match[3])
