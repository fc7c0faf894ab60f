"""Read triple patterns and property paths (SPARQL 1.1 grammar, rules 52 to 98)."""

from graphbuild.query.analytic.reader import RDF, Reader
from graphbuild.query.analytic.tree import (
    Alternative,
    Inverse,
    Link,
    Negated,
    Node,
    Path,
    Repeated,
    Sequence,
    Term,
    Triple,
    Unsupported,
    Var,
)
from graphbuild.store.worth import Kind

NIL = Term(f"{RDF}nil", Kind.IRI)
REIFIED = ("<<", "~", "{|")


class TripleReader:
    """Reads triple patterns.

    Args:
        reader: what the tokens are taken from.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._found: list[Triple] = []

    def block(self) -> tuple[Triple, ...]:
        """Read triple patterns as long as they follow each other."""
        self._found = []
        while self._starts():
            bracketed = self._reader.sees("[")
            subject = self._node()
            self._properties(subject, needed=not bracketed)
            if not self._reader.took("."):
                break
        return tuple(self._found)

    def _starts(self) -> bool:
        reader = self._reader
        if any(map(reader.sees, REIFIED)):
            raise Unsupported("triples about triples")
        return reader.sees_term() or reader.here.kind == "variable" or reader.here.text in "[("

    def _node(self) -> Node:
        reader = self._reader
        if reader.took("["):
            return self._bracket()
        if reader.took("("):
            return self._list()
        if any(map(reader.sees, REIFIED)):
            raise Unsupported("triples about triples")
        return reader.node()

    def _bracket(self) -> Node:
        node = self._reader.made()
        if not self._reader.sees("]"):
            self._properties(node, needed=True)
        self._reader.need("]")
        return node

    def _list(self) -> Node:
        if self._reader.took(")"):
            return NIL
        head = here = self._reader.made()
        while True:
            self._found.append(Triple(here, Link(f"{RDF}first"), self._node()))
            if self._reader.took(")"):
                self._found.append(Triple(here, Link(f"{RDF}rest"), NIL))
                return head
            following = self._reader.made()
            self._found.append(Triple(here, Link(f"{RDF}rest"), following))
            here = following

    def _properties(self, subject: Node, *, needed: bool) -> None:
        while needed or self._has_verb():
            needed = False
            predicate = self._verb()
            self._found.append(Triple(subject, predicate, self._node()))
            while self._reader.took(","):
                self._found.append(Triple(subject, predicate, self._node()))
            while self._reader.took(";"):
                pass

    def _has_verb(self) -> bool:
        token = self._reader.here
        return token.kind in ("variable", "iri", "pname") or token.text in ("a", "^", "!", "(")

    def _verb(self) -> Var | Path:
        if self._reader.here.kind == "variable":
            return Var(self._reader.variable())
        return self._path()

    def _path(self) -> Path:
        parts = [self._sequence()]
        while self._reader.took("|"):
            parts.append(self._sequence())
        return Alternative(tuple(parts)) if len(parts) > 1 else parts[0]

    def _sequence(self) -> Path:
        parts = [self._step()]
        while self._reader.took("/"):
            parts.append(self._step())
        return Sequence(tuple(parts)) if len(parts) > 1 else parts[0]

    def _step(self) -> Path:
        backwards = self._reader.took("^")
        path = self._primary()
        sign = self._reader.here.text
        if sign in ("*", "+", "?") and self._reader.here.kind == "other":
            self._reader.step()
            path = Repeated(path, sign)
        return Inverse(path) if backwards else path

    def _primary(self) -> Path:
        reader = self._reader
        if reader.took("("):
            path = self._path()
            reader.need(")")
            return path
        if reader.took("!"):
            return self._negated()
        return Link(self._link())

    def _link(self) -> str:
        return f"{RDF}type" if self._reader.took("A") else self._reader.iri()

    def _negated(self) -> Negated:
        reader = self._reader
        forward: list[str] = []
        backward: list[str] = []
        many = reader.took("(")
        while not (many and reader.took(")")):
            (backward if reader.took("^") else forward).append(self._link())
            if not many:
                break
            reader.took("|")
        both = (bool(forward) or not backward, bool(backward))
        return Negated(tuple(forward), tuple(backward), both)
