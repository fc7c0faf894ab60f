"""Make up graphs and queries from a seed, and compare what the columns and the store answer."""

import io
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from pyoxigraph import QueryTriples, RdfFormat, Store, parse, serialize

from graphbuild.query.analytic.answer import answer
from graphbuild.query.analytic.database import Database, opened
from graphbuild.query.analytic.output import prepare
from graphbuild.query.analytic.tree import Unsupported
from graphbuild.query.worker import GRAPHS, RESULTS
from graphbuild.store.dictionary import encode

PREFIXES = {"": "http://e/", "xsd": "http://www.w3.org/2001/XMLSchema#"}
HEAD = "PREFIX : <http://e/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
NODES = [f":n{number}" for number in range(6)]
LITERALS = {
    "int": ["1", "2", "3", "10", "-1", "0"],
    "dec": ["1.0", "2.5", "0.1", "-0.5", "10.25"],
    "dbl": ["1e0", "2.5e0", "1e3"],
    "text": ['"a"', '"b"', '"B"', '"a b"', '""', '"été"', '"ab\\"c"', '"İx"', '"1"', '"tab\\tx"'],
    "lang": ['"a"@en', '"b"@en', '"a"@fr', '"Ab"@en-GB', '"1"@en'],
    "bool": ["true", "false"],
    "date": ['"2020-01-01"^^xsd:date', '"2019-12-31"^^xsd:date', '"2021-06-15"^^xsd:date'],
    "year": ['"2020"^^xsd:gYear', '"2019"^^xsd:gYear', '"2021"^^xsd:gYear'],
    "month": ['"2020-01"^^xsd:gYearMonth', '"2019-12"^^xsd:gYearMonth'],
    "time": [
        '"2020-01-01T10:20:30Z"^^xsd:dateTime',
        '"2020-01-01T12:20:30+02:00"^^xsd:dateTime',
        '"2019-05-05T00:00:00"^^xsd:dateTime',
        '"10:00:00"^^xsd:time',
        '"P1D"^^xsd:dayTimeDuration',
        '"1.5"^^xsd:float',
        '"2020-01-01Z"^^xsd:date',
    ],
    "odd": ['"a"^^:t', '"x"^^xsd:integer', '"1"^^xsd:int', '"2020-01-01T00:00:00Z"^^xsd:dateTime'],
}
USES = {
    ":p": ["node"], ":q": ["node"], ":r": ["node", "text"], ":i": ["int"], ":j": ["int"],
    ":d": ["dec"], ":f": ["dbl"], ":t": ["text"], ":u": ["text"], ":l": ["text", "lang"], ":b": ["bool"],
    ":y": ["year", "date", "month"], ":z": ["year"], ":m": ["int", "text", "node", "lang", "dec"],
    ":o": ["odd", "text", "int"], ":w": ["time"],
}  # fmt: skip
"""What the objects of each predicate are, so that some have one datatype and others do not."""


QUOTED_A = '"a"'


class Made:
    """Makes up one graph, and queries about it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a test's choices
        self._made = 0

    def pick(self, *options: Any) -> Any:
        return self.chance.choice(options)

    def graph(self) -> str:
        """Return a graph in Turtle."""
        size = self.chance.randint(3, 45)
        lines = []
        for _ in range(size):
            predicate = self.chance.choice(list(USES))
            lines.append(f"{self.chance.choice(NODES)} {predicate} {self.object(predicate)} .")
        turtle = {"@prefix : <http://e/> .", "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."}
        return "\n".join([*sorted(turtle), *lines])

    def object(self, predicate: str) -> str:
        kind = self.chance.choice(USES[predicate])
        return self.chance.choice(NODES if kind == "node" else LITERALS[kind])

    def literal(self) -> str:
        return self.chance.choice(self.chance.choice(list(LITERALS.values())))

    def fresh(self) -> str:
        self._made += 1
        return f"?x{self._made}"

    def query(self) -> str:
        self._made = 0
        pattern, names = self.group(self.chance.randint(1, 3))
        form = self.chance.random()
        if form < 0.06:
            return f"{HEAD}ASK {pattern}"
        if form < 0.12:
            return (
                f"{HEAD}CONSTRUCT {{ {self.var(names)} :made {self.var(names)} }} WHERE {pattern}"
            )
        return f"{HEAD}{self.select(pattern, names)}"

    def select(self, pattern: str, names: list[str]) -> str:
        style = self.chance.random()
        if style < 0.3 and names:
            return self.grouped(pattern, names)
        distinct = self.pick("", "", "DISTINCT ")
        if style < 0.4:
            shown = f"{self.var(names)} ({self.expression(names, 2)} AS ?e)"
        elif style < 0.6:
            shown = " ".join(dict.fromkeys(self.var(names) for _ in range(3)))
        else:
            shown = "*"
        return f"SELECT {distinct}{shown} {pattern}{self.order(names)}"

    def order(self, names: list[str]) -> str:
        """Return an ORDER BY, or nothing; the rows are compared in any order."""
        if self.chance.random() > 0.25:
            return ""
        return f" ORDER BY {self.pick('', 'DESC')}({self.var(names)})"

    def grouped(self, pattern: str, names: list[str]) -> str:
        keys = list(dict.fromkeys(self.var(names) for _ in range(self.chance.randint(0, 2))))
        made = " ".join(f"({self.aggregate(names)} AS ?a{n})" for n in range(self.pick(1, 1, 2)))
        group = f" GROUP BY {' '.join(keys)}" if keys else ""
        having = (
            f" HAVING({self.aggregate(names)} > {self.pick(0, 1, 2)})"
            if keys and self.chance.random() < 0.2
            else ""
        )
        return f"SELECT {' '.join(keys)} {made} {pattern}{group}{having}"

    def aggregate(self, names: list[str]) -> str:
        name = self.pick("COUNT", "COUNT", "SUM", "AVG", "MIN", "MAX")
        distinct = self.pick("", "", "DISTINCT ")
        if name == "COUNT" and self.chance.random() < 0.3:
            return f"COUNT({distinct}*)"
        arg = self.var(names) if self.chance.random() < 0.8 else self.expression(names, 1)
        return f"{name}({distinct}{arg})"

    def var(self, names: list[str]) -> str:
        return self.chance.choice(names) if names and self.chance.random() < 0.97 else "?none"

    def group(self, depth: int, known: list[str] | None = None) -> tuple[str, list[str]]:
        """Return a group graph pattern and its variables."""
        names = list(known or [])
        parts = [self.triples(names)]
        parts += [self.part(depth, names) for _ in range(self.chance.randint(0, 3))]
        if self.chance.random() < 0.15:
            self.chance.shuffle(parts)
        return "{ " + " ".join(parts) + " }", names

    def part(self, depth: int, names: list[str]) -> str:
        if depth <= 0:
            return str(self.pick(self.triples, self.filter, self.filter)(names))
        kinds = {
            self.triples: 10, self.filter: 15, self.optional: 20, self.union: 10, self.minus: 8,
            self.exists: 12, self.bind: 8, self.values: 9, self.sub_select: 8,
        }  # fmt: skip
        [kind] = self.chance.choices(list(kinds), list(kinds.values()))
        return kind(names) if kind in (self.triples, self.filter) else kind(names, depth - 1)

    def filter(self, names: list[str]) -> str:
        return f"FILTER({self.truth(names, 2)})"

    def optional(self, names: list[str], depth: int) -> str:
        inner, more = self.group(depth, names)
        names += [name for name in more if name not in names]
        return f"OPTIONAL {{ {inner} }}" if self.pick(*"0000001") == "1" else f"OPTIONAL {inner}"

    def union(self, names: list[str], depth: int) -> str:
        one, more = self.group(depth, names)
        two, others = self.group(depth, names)
        names += [name for name in dict.fromkeys((*more, *others)) if name not in names]
        return f"{one} UNION {two}"

    def minus(self, names: list[str], depth: int) -> str:
        return f"MINUS {self.group(depth, names)[0]}"

    def exists(self, names: list[str], depth: int) -> str:
        return f"FILTER {self.pick('', 'NOT ')}EXISTS {self.group(depth, names)[0]}"

    def bind(self, names: list[str], depth: int) -> str:
        name = self.fresh()
        text = f"BIND({self.expression(names, min(depth + 1, 2))} AS {name})"
        names.append(name)
        return text

    def values(self, names: list[str], _depth: int) -> str:
        cells = [
            self.pick(self.chance.choice(NODES), self.literal(), "UNDEF")
            for _ in range(self.pick(1, 2, 3))
        ]
        return f"VALUES {self.var(names)} {{ {' '.join(cells)} }}"

    def sub_select(self, names: list[str], depth: int) -> str:
        inner, more = self.group(depth)
        kept = self.chance.sample(more, min(len(more), 2))
        if not kept:
            return ""
        names += [name for name in kept if name not in names]
        return f"{{ SELECT {self.pick('', 'DISTINCT ')}{' '.join(kept)} {inner} }}"

    def triples(self, names: list[str]) -> str:
        number = self.pick(1, 1, 2, 3)
        return " ".join(f"{self.node(names)} {self.predicate(names)} ." for _ in range(number))

    def predicate(self, names: list[str]) -> str:
        style = self.chance.random()
        predicate = self.chance.choice(list(USES))
        if style < 0.06:
            return f"{self.node(names)} {self.node(names)}"
        if style < 0.2:
            return f"{self.path(2)} {self.node(names)}"
        if style < 0.3:
            return f"{predicate} {self.object(predicate)}"
        return f"{predicate} {self.node(names)}"

    def path(self, depth: int) -> str:
        link = self.pick(":p", ":q", ":r", ":i")
        style = self.chance.random() if depth else 0
        if style < 0.2:
            return link
        if style < 0.35:
            return f"^{link}"
        if style < 0.55:
            return f"({self.path(depth - 1)}/{self.path(depth - 1)})"
        if style < 0.7:
            return f"({self.path(depth - 1)}|{self.path(depth - 1)})"
        if style < 0.9:
            return f"({self.path(depth - 1)}){self.pick('*', '+', '?')}"
        return f"!({link}|^{self.pick(':p', ':q')})" if self.pick(True, False) else f"!{link}"

    def node(self, names: list[str]) -> str:
        style = self.chance.random()
        if style < 0.15:
            return self.chance.choice(NODES)
        if style < 0.5 and names:
            return self.chance.choice(names)
        name = self.pick("?a", "?b", "?c", "?d", "?A")
        if name not in names:
            names.append(name)
        return name

    def truth(self, names: list[str], depth: int) -> str:
        if depth and self.chance.random() < 0.32:
            left, right = self.truth(names, depth - 1), self.truth(names, depth - 1)
            return self.pick(f"({left} && {right})", f"({left} || {right})", f"!({left})")
        if self.chance.random() < 0.5:
            sign = self.pick("=", "!=", "<", ">", "<=", ">=")
            return f"{self.expression(names, 1)} {sign} {self.expression(names, 1)}"
        return self.test(names)

    def test(self, names: list[str]) -> str:
        one, text, node = self.var(names), self.text(names), self.chance.choice(NODES)
        pattern = self.pick('"a"', '"^b"', '"[0-9]+"', r'"\\bt"', '"É"')
        kind = self.pick("ISIRI", "ISLITERAL", "ISBLANK", "ISNUMERIC", "BOUND")
        flag, wanted = self.pick("", ', "i"'), self.pick('"en"', '"*"')
        return self.pick(
            f"{one} {self.pick('', 'NOT ')}IN ({self.literal()}, {node})",
            f"{kind}({one})",
            f"{kind}({one})",
            f"{self.pick('CONTAINS', 'STRSTARTS', 'STRENDS')}({text}, {self.pick(QUOTED_A, text)})",
            f"REGEX({text}, {pattern}{flag})",
            f"LANGMATCHES(LANG({one}), {wanted})",
            f"({self.pick('', 'NOT ')}EXISTS {{ {one} {self.path(1)} {self.var(names)} }} || ISIRI({one}))",
            self.expression(names, 1),
        )

    def text(self, names: list[str]) -> str:
        one = self.var(names)
        return self.pick(
            one, f"STR({one})", f"LCASE(STR({one}))", f"UCASE({one})", f"SUBSTR(STR({one}), 1, 2)"
        )

    def expression(self, names: list[str], depth: int) -> str:
        style = self.chance.random()
        one = self.var(names)
        if not depth or style < 0.35:
            return one
        if style < 0.5:
            return self.literal()
        more = [self.expression(names, depth - 1) for _ in range(3)]
        if style < 0.65:
            return f"({more[0]} {self.pick('+', '-', '*', '/')} {more[1]})"
        if style < 0.7:
            return f"COALESCE({more[0]}, {more[1]})"
        if style < 0.75:
            return f"IF({self.truth(names, depth - 1)}, {more[1]}, {more[2]})"
        return self.pick(
            f"STR({one})", f"LANG({one})", f"STRLEN(STR({one}))", f"YEAR({one})", f"MONTH({one})",
            f"CONCAT(STR({one}), {self.pick(chr(34) + 'x' + chr(34), 'STR(' + one + ')')})", f"ABS({one})", f"FLOOR({one})", f"CEIL({one})",
            f"ROUND({one})", f"-{one}", f"xsd:integer({one})", f"xsd:string({one})", f"SUBSTR(STR({one}), {self.pick(1, 2, 0)})",
            f"STRBEFORE(STR({one}), \"n\")", f"STRAFTER(STR({one}), \"n\")", f"sameTerm({one}, {self.var(names)})",
            *self.more(names, one),
            f"LCASE({one})", f"UCASE(STR({one}))", f"({self.truth(names, depth - 1)})", f"STRLEN({one})",
        )  # fmt: skip

    def more(self, names: list[str], one: str) -> list[str]:
        """Return expressions that the store's engine is asked about."""
        cast = self.pick("decimal", "double", "boolean", "dateTime", "float", "date")
        part = self.pick("HOURS", "MINUTES", "SECONDS", "TZ", "TIMEZONE", "DAY")
        hashed = self.pick("MD5", "SHA1", "SHA256")
        return [
            f"REPLACE(STR({one}), {self.pick(QUOTED_A, chr(34) + '[0-9]' + chr(34))}, \"_\")",
            f"xsd:{cast}({one})", f"{part}({one})", f"{hashed}(STR({one}))", f"DATATYPE({one})",
            f"STRLANG(STR({one}), \"en\")", f"STRDT(STR({one}), xsd:integer)", f"IRI(STR({one}))",
            f"ENCODE_FOR_URI(STR({one}))", f"CONCAT({one}, {self.var(names)})",
            f"SUBSTR({one}, 2)", f"STRBEFORE({one}, {QUOTED_A})", f"STRAFTER({one}, {QUOTED_A})",
        ]  # fmt: skip


@contextmanager
def columns_of(turtle: str, folder: Path) -> Iterator[tuple[Store, Database]]:
    """Lend a graph as a store and as columns."""
    store = Store()
    store.load(turtle.encode(), format=RdfFormat.TURTLE)
    with encoded(turtle, folder) as database:
        yield store, database


@contextmanager
def encoded(
    turtle: str, folder: Path, format: RdfFormat = RdfFormat.TURTLE, base: str | None = None
) -> Iterator[Database]:
    """Lend a graph as columns."""
    path = folder / "columns.duckdb"
    path.unlink(missing_ok=True)
    rows = {
        (str(q.subject), str(q.predicate), str(q.object))
        for q in parse(turtle.encode(), format=format, base_iri=base)
    }
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{path}' AS made")
        connection.execute("USE made")
        connection.execute("CREATE TEMP TABLE triples (s VARCHAR, p VARCHAR, o VARCHAR)")
        if rows:
            connection.executemany("INSERT INTO triples VALUES (?, ?, ?)", sorted(rows))
        encode(connection)
    with opened(path, threads=1) as database:
        prepare(database.connection)
        yield database


def told(store: Store, query: str, format: str) -> bytes:
    """Return what the store answers."""
    results: Any = store.query(query)
    if isinstance(results, QueryTriples):
        return bytes(serialize(results, format=GRAPHS[format]) or b"")
    return bytes(results.serialize(format=RESULTS[format]) or b"")


def differs(store: Store, database: Database, query: str) -> str | None:
    """Return what differs between the answers of the store and of the columns.

    Raises:
        Unsupported: the columns do not answer it.
        SyntaxError: it is not SPARQL.
    """
    form = "srj" if "ASK {" in query else "nt" if "CONSTRUCT" in query else "tsv"
    output = io.BytesIO()
    database.foreign.clear()
    Store().query(query)
    answer(database, query, PREFIXES, form, output)
    own, other = (
        Counter(lines.splitlines()) for lines in (output.getvalue(), told(store, query, form))
    )
    if own != other:
        return (
            f"columns {sorted((own - other).elements())}\nstore {sorted((other - own).elements())}"
        )
    return None


KNOWN = ("leave this to the store", "Out of Range", "Overflow", "out of range", "overflow")
"""What ends a query while it runs, for the store to answer it."""


def difference(store: Store, database: Database, query: str) -> str:
    """Return what differs between two answers, or nothing, or that there are no two answers."""
    try:
        return differs(store, database, query) or ""
    except (SyntaxError, Unsupported):
        return "not answered"
    except duckdb.Error as error:
        return "not answered" if any(known in str(error) for known in KNOWN) else str(error)
