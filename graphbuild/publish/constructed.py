"""Make the triples of a profile: its CONSTRUCTs, evaluated one after the other over the store.

The engine rewrites literals (an ``xsd:int`` becomes an ``xsd:integer``, ``en-US`` becomes
``en-us``), so the profile says which datatype or language a property leaves with, and that is put
right on the way out. Sorting holds little in memory and spills to disk.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from graphbuild.errors import ProfileError, QueryError
from graphbuild.mapping import vocabulary as v
from graphbuild.publish.profiles import Profile
from graphbuild.query.bind import bind
from graphbuild.query.parameters import placeholders
from graphbuild.query.run import Evaluation
from graphbuild.query.syntax import declared_prefixes, query_form
from graphbuild.store.columns import BATCH, Row, opened
from graphbuild.store.engine import engine
from graphbuild.store.folder import GraphFolder
from graphbuild.store.triples import MEMORY, TERMS

PIECE = 1 << 20
FIRST_LINE = re.compile(r"^1:(\d+):")
NOBODY = "id/person/-"
DESCRIBED = "SELECT DISTINCT o FROM triples WHERE p = ? ORDER BY o"
MACROS = r"""
CREATE MACRO inside(t) AS regexp_extract(t, '^"((?s:.*))"', 1);
CREATE MACRO unescaped(t) AS replace(replace(url_decode(t), '\', '\\'), '"', '\"');
"""
LEAVING = """
SELECT DISTINCT minted(s) AS s, p, CASE
    WHEN suffix IS NULL OR o[1] <> '"' THEN minted(o)
    ELSE '"' || CASE WHEN decoded THEN unescaped(inside(o)) ELSE inside(o) END || '"' || suffix
    END AS o
FROM ({terms}) LEFT JOIN leaving USING (p)
ORDER BY s, p, o
"""


@dataclass(frozen=True)
class Request:
    """What is asked of an export besides the profile.

    Attributes:
        base: what the IRIs of entities start with in the target; None to keep ours. There
            ``paper/x`` becomes ``paper-x``, because VIVO allows no slash in a local name.
        people: IRIs of the people who are the institution's own.
        entity: IRI of the only entity that is wanted; None for all.
    """

    base: str | None = None
    people: tuple[str, ...] = ()
    entity: str | None = None


@contextmanager
def constructed(graph: GraphFolder, profile: Profile, request: Request) -> Iterator[Iterator[Row]]:
    """Lend the triples of a profile: sorted, each once, typed as the target wants them.

    Raises:
        QueryError: a query of the profile is no SPARQL, no CONSTRUCT, or cannot be answered.
        GraphError: the graph cannot be read.
    """
    with TemporaryDirectory(prefix="graphbuild-") as scratch:
        lines = Path(scratch) / "lines.nt"
        with lines.open("wb") as file:
            for piece in _answers(graph, profile, request):
                file.write(piece)
        with engine(f"{graph.path}: the export cannot be made") as connection:
            connection.execute("SET temp_directory = ?", [f"{scratch}/spill"])
            connection.execute("SET memory_limit = ?", [MEMORY])
            yield _rows(connection, lines, profile, graph.build.base, request.base)


def described_people(graph: GraphFolder) -> tuple[str, ...]:
    """Return the people whom a page among the inputs describes: the institution's own."""
    with opened(graph) as connection:
        found = connection.execute(DESCRIBED, [v.DESCRIBES]).fetchall()
    return tuple(term[1:-1] for (term,) in found)


def completed(text: str, prefixes: Mapping[str, str]) -> str:
    """Return a query with the prefixes of its profile declared, on its first line."""
    missing = prefixes.keys() - declared_prefixes(text).keys()
    head = " ".join(f"PREFIX {name}: <{prefixes[name]}>" for name in sorted(missing))
    return f"{head} {text}"


def _bound(text: str, graph: GraphFolder, request: Request) -> str:
    wanted = placeholders(text)
    nobody = (f"{graph.build.base}{NOBODY}",)
    values = {"people": request.people or nobody}
    return bind(text, {name: values[name] for name in wanted if name in values})


def _answers(graph: GraphFolder, profile: Profile, request: Request) -> Iterator[bytes]:
    """Yield the answers of all queries, from one process; a wrong one is found by asking each."""
    queries = {
        name: completed(_bound(text, graph, request), profile.prefixes)
        for name, text in profile.queries.items()
    }
    for name, query in queries.items():
        if query_form(query) != "construct":
            raise ProfileError(f"profile {profile.name}: {name} is no CONSTRUCT")
    try:
        yield from _read(graph, list(queries.values()))
    except QueryError:
        for name, query in queries.items():
            _check(graph, profile, name, query)
        raise


def _check(graph: GraphFolder, profile: Profile, name: str, query: str) -> None:
    try:
        for _ in _read(graph, [query]):
            pass
    except QueryError as error:
        before = len(query) - len(profile.files[name])
        reason = FIRST_LINE.sub(lambda place: f"1:{int(place[1]) - before}:", str(error))
        raise ProfileError(f"profile {profile.name}: {name}: {reason.splitlines()[0]}") from error


def _read(graph: GraphFolder, queries: list[str]) -> Iterator[bytes]:
    with Evaluation(graph, queries, "nt") as answer:
        while piece := answer.read(PIECE):
            yield piece


def _rows(
    connection: duckdb.DuckDBPyConnection,
    lines: Path,
    profile: Profile,
    base: str,
    target: str | None,
) -> Iterator[Row]:
    connection.execute(MACROS)
    connection.execute("CREATE TABLE leaving (p VARCHAR, suffix VARCHAR, decoded BOOLEAN)")
    if changes := list(_changes(profile)):
        connection.executemany("INSERT INTO leaving VALUES (?, ?, ?)", changes)
    connection.execute(f"CREATE MACRO minted(t) AS {_minting(base, target)}")
    if not lines.stat().st_size:
        return
    found = connection.execute(LEAVING.format(terms=TERMS), [str(lines)])
    while batch := found.fetchmany(BATCH):
        yield from batch


def _changes(profile: Profile) -> Iterator[tuple[str, str, bool]]:
    """Yield a property, what follows its texts, and whether they are decoded."""
    manifest = profile.manifest
    suffixes = dict.fromkeys(manifest.decoded, "")
    suffixes |= {name: f"^^{profile.iri(kind)}" for name, kind in manifest.types.items()}
    suffixes |= {name: f"@{language}" for name, language in manifest.languages.items()}
    for name, suffix in suffixes.items():
        yield profile.iri(name), suffix, name in manifest.decoded


def _minting(base: str, target: str | None) -> str:
    if target is None:
        return "t"
    ours, theirs = (text.replace("'", "''") for text in (f"<{base}id/", f"<{target}"))
    return (
        f"CASE WHEN starts_with(t, '{ours}') "
        f"THEN '{theirs}' || replace(t[{len(base) + 5}:], '/', '-') ELSE t END"
    )
