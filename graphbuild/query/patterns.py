"""Read the graph patterns of a query: which groups it has, and which triple patterns in them.

This is as much of a parser as advice needs. It never fails: what it does not understand, such as a
query that is no SPARQL, comes out as patterns that say less.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from graphbuild.query.parameters import VARIABLE
from graphbuild.query.syntax import Token, significant

TERMS = frozenset({"variable", "iri", "pname", "string", "number"})
PATH_SIGNS = frozenset("^!(")
NOTHING = Token("other", "", 0)


@dataclass(frozen=True)
class Pattern:
    """A triple pattern, each part as written; a property path is its tokens without spaces."""

    subject: str
    predicate: str
    object: str

    @property
    def variables(self) -> frozenset[str]:
        """The variables in it."""
        parts = (self.subject, self.predicate, self.object)
        return frozenset(part for part in parts if is_variable(part))

    @property
    def is_held(self) -> bool:
        """Whether a constant holds it down: a subject, or an object that is no class."""
        by_object = not is_variable(self.object) and self.predicate not in {"a", "rdf:type"}
        return by_object or not is_variable(self.subject)


@dataclass
class Group:
    """What stands between two braces.

    Attributes:
        kind: the word before it: ``WHERE``, ``OPTIONAL``, ``UNION`` (each branch), ``MINUS``,
            ``EXISTS``, ``NOT EXISTS``, ``VALUES``, or empty.
        parts: its triple patterns and groups, in order.
        rows: of a ``VALUES`` block, how many solutions it gives; else 0.
        variables: of a ``VALUES`` block.
    """

    kind: str
    parts: list["Pattern | Group"] = field(default_factory=list)
    rows: int = 0
    variables: tuple[str, ...] = ()

    @property
    def patterns(self) -> list[Pattern]:
        """The triple patterns that stand in the group itself."""
        return [part for part in self.parts if isinstance(part, Pattern)]

    @property
    def groups(self) -> list["Group"]:
        """The groups directly in it."""
        return [part for part in self.parts if isinstance(part, Group)]

    def walk(self) -> Iterator["Group"]:
        """Yield the group and all groups in it."""
        yield self
        for group in self.groups:
            yield from group.walk()


def is_variable(term: str) -> bool:
    """Tell whether a term stands for anything; a parameter that needs a value does not."""
    parameter = VARIABLE.fullmatch(term)
    if parameter is not None and parameter["mark"] == "_" and not parameter["multi"]:
        return False
    return term[:1] in {"?", "$", "["} or term.startswith("_:")


def groups_of(text: str) -> list[Group]:
    """Return the outermost groups of a query that hold patterns, its WHERE clause among them.

    >>> [where] = groups_of("ASK { ?a foaf:name ?n OPTIONAL { ?b foaf:knows/^foaf:knows ?a } }")
    >>> where.patterns, where.groups[0].patterns[0].predicate
    ([Pattern(subject='?a', predicate='foaf:name', object='?n')], 'foaf:knows/^foaf:knows')
    """
    reader = _Reader(significant(text))
    whole = Group("")
    while reader.here.text:
        if reader.here.text == "{" and not reader.before.is_word("CONSTRUCT"):
            whole.parts.append(reader.group("WHERE"))
        elif reader.here.text == "{":
            reader.group("CONSTRUCT")
        else:
            reader.step()
    return whole.groups


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = [*found, NOTHING, NOTHING]
        self._place = 0

    @property
    def here(self) -> Token:
        return self._tokens[self._place]

    @property
    def before(self) -> Token:
        return self._tokens[self._place - 1] if self._place else NOTHING

    def step(self) -> Token:
        token = self.here
        self._place += bool(token.text)
        return token

    def group(self, kind: str) -> Group:
        """Read from an opening brace to the closing one."""
        self.step()
        group = Group(kind)
        if self.here.is_word("SELECT"):
            self._select(group)
        while self.here.text and self.here.text != "}":
            self._part(group)
        self.step()
        for place, part in enumerate(group.parts):
            following = group.parts[place + 1 : place + 2]
            if isinstance(part, Group) and part.kind == "" and _is_union(following):
                part.kind = "UNION"
        return group

    def _select(self, group: Group) -> None:
        while self.here.text and self.here.text not in {"{", "}"}:
            self.step()
        if self.here.text == "{":
            group.parts.append(self.group("WHERE"))
        while self.here.text and self.here.text != "}" and not self.here.is_word("VALUES"):
            self.step()

    def _part(self, group: Group) -> None:
        token = self.here
        if token.text == "{":
            group.parts.append(self.group(self._word_before()))
        elif token.is_word("VALUES"):
            group.parts.append(self._values())
        elif token.is_word("FILTER", "BIND"):
            self._expression(group)
        elif token.kind in TERMS or token.text in {"[", "("} or token.is_word("TRUE", "FALSE"):
            self._triples(group)
        else:
            self.step()

    def _word_before(self) -> str:
        before = self.before
        return before.text.upper() if before.is_word("OPTIONAL", "UNION", "MINUS") else ""

    def _values(self) -> Group:
        self.step()
        names = []
        while self.here.text not in {"{", ""}:
            names.append(self.step())
        rows, depth, many = 0, 0, any(token.text == "(" for token in names)
        self.step()
        while self.here.text not in {"}", ""}:
            token = self.step()
            depth += (token.text == "(") - (token.text == ")")
            rows += token.text == "(" if many else self._is_value(token)
        self.step()
        variables = tuple(token.text for token in names if token.kind == "variable")
        return Group("VALUES", rows=rows, variables=variables)

    def _is_value(self, token: Token) -> bool:
        """Tell whether a token that was read begins a value, and is no part of one."""
        datatype = self._tokens[self._place - 2].text == "^"
        return token.kind not in {"langtag", "other"} and not datatype

    def _expression(self, group: Group) -> None:
        """Read a filter or a binding, and the groups that it asks about."""
        self.step()
        depth = 0
        while self.here.text:
            token = self.here
            if token.text == "{":
                negated = self._tokens[self._place - 2].is_word("NOT")
                group.parts.append(self.group("NOT EXISTS" if negated else "EXISTS"))
            else:
                depth += (token.text == "(") - (token.text == ")")
                self.step()
            if depth == 0 and (self.before.text in {")", "}"}):
                return

    def _triples(self, group: Group) -> None:
        subject = self._term()
        while self._predicate_follows():
            predicate = self._path()
            while True:
                group.parts.append(Pattern(subject, predicate, self._term()))
                if self.here.text != ",":
                    break
                self.step()
            while self.here.text == ";":
                self.step()

    def _predicate_follows(self) -> bool:
        token = self.here
        named = token.kind in {"variable", "iri", "pname"} or token.text == "a"
        return (named or token.text in PATH_SIGNS) and self.before.text != "."

    def _term(self) -> str:
        token = self.step()
        if token.text in {"[", "("}:
            self._skip_bracket()
            return "[]"
        text = token.text
        if self.here.kind == "langtag":
            text += self.step().text
        elif token.kind == "string" and self.here.text == "^":
            text += "".join(self.step().text for _ in range(3))
        return text

    def _skip_bracket(self) -> None:
        depth = 1
        while self.here.text and depth:
            token = self.step()
            depth += (token.text in {"[", "("}) - (token.text in {"]", ")"})

    def _path(self) -> str:
        """Read a predicate or a property path, up to where the object begins."""
        parts: list[str] = []
        depth, ready = 0, False
        while self.here.text and not (ready and depth == 0 and not self._path_goes_on()):
            token = self.step()
            parts.append(token.text)
            depth += (token.text == "(") - (token.text == ")")
            atom = token.kind in {"variable", "iri", "pname"} or token.text in {"a", ")"}
            ready = atom or (ready and token.text in {"*", "+", "?"})
        return "".join(parts)

    def _path_goes_on(self) -> bool:
        return self.here.text in {"/", "|", "*", "+", "?"}


def _is_union(following: list["Pattern | Group"]) -> bool:
    return bool(following) and isinstance(following[0], Group) and following[0].kind == "UNION"
