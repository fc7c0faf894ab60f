"""The search index: names in shards by the beginnings of their words, each a small script.

A shard is as long a beginning as it takes to hold few names. So a browser loads what a query needs
and no more, from any server and from a disk, where scripts may be loaded but not files.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from urllib.parse import quote

import msgspec

from graphbuild.site.classes import BY_SLUG
from graphbuild.site.places import HREF_SAFE, Places
from graphbuild.site.plan import BATCH, Listed, Plan
from graphbuild.store.columns import plain
from graphbuild.store.engine import engine

MOST = 600
"""Names in a shard, if its beginning can be made longer; of one word that more share, the names
around which most papers gather are kept."""

LENGTHS = (1, 2, 3, 4, 5, 6, 8, 12, 40)
TOKENS = """
CREATE TABLE token AS SELECT DISTINCT unnest(string_split(key, ' '))[:40] AS token, id
FROM read_parquet(?) WHERE slug <> 'former' AND key <> ''
"""
BEGINNINGS = """
CREATE TABLE beginning AS SELECT token[:length] AS start, length, count(*) AS number
FROM token, (SELECT unnest(?) AS length) GROUP BY ALL
"""
SHARDS = """
CREATE TABLE shard AS SELECT token, min_by(start, b.length) AS start
FROM (SELECT token, unnest(?) AS length FROM (SELECT DISTINCT token FROM token)) t
JOIN beginning b ON b.start = t.token[:t.length] AND b.length = t.length
WHERE number <= ? OR b.length = ? GROUP BY token
"""
NAMES = """
SELECT start, total, iri, slug, bucket, label, date, papers FROM (
    SELECT start, id, count(*) OVER (PARTITION BY start) AS total
    FROM token JOIN shard USING (token) GROUP BY start, id
) JOIN read_parquet(?) USING (id)
QUALIFY row_number() OVER (PARTITION BY start ORDER BY papers DESC, iri) <= ?
ORDER BY start, papers DESC, iri
"""


def search_files(plan: Plan, places: Places) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each file of the index."""
    kinds = list(BY_SLUG)
    names: dict[str, str] = {}
    cut: list[str] = []
    for start, total, group in _shards(plan):
        names[start] = _file(start)
        if total > MOST:
            cut.append(start)
        entries = [_entry(each, places, kinds) for each in group]
        yield f"search/{names[start]}.js", _script("graphbuildShard", start, entries)
    words = [[slug, BY_SLUG[slug].word] for slug in kinds]
    index = msgspec.json.encode({"kinds": words, "names": names, "cut": cut}).decode()
    yield "search/shards.js", f"window.graphbuildShards = {index};\n".encode()


def _shards(plan: Plan) -> Iterator[tuple[str, int, list[Listed]]]:
    with engine(f"{plan.entities}: cannot be read") as connection:
        connection.execute("SET memory_limit = '800MB'")
        connection.execute(TOKENS, [str(plan.entities)])
        connection.execute(BEGINNINGS, [list(LENGTHS)])
        connection.execute(SHARDS, [list(LENGTHS), MOST, LENGTHS[-1]])
        found = connection.execute(NAMES, [str(plan.entities), MOST])
        rows = (row for batch in iter(lambda: found.fetchmany(BATCH), []) for row in batch)
        for (start, total), group in groupby(rows, key=itemgetter(0, 1)):
            yield start, total, [Listed._make(row[2:]) for row in group]


def _entry(each: Listed, places: Places, kinds: list[str]) -> tuple[str, str, int, str, int]:
    link = each.link(places, 0)
    path = quote(f"{places.stem(each.iri[1:-1])}.html", safe=HREF_SAFE)
    label = plain(each.label) if each.label else link.text
    return label, path, kinds.index(each.slug), each.note, each.papers


def _file(start: str) -> str:
    """Return the name of the file of a shard.

    >>> _file("gra"), _file("é")
    ('w-gra', 'x-c3a9')
    """
    plain_name = start.isascii() and start.isalnum()
    return f"w-{start}" if plain_name else f"x-{start.encode().hex()}"


def _script(function: str, name: str, entries: list[tuple[str, str, int, str, int]]) -> bytes:
    arguments = f"{msgspec.json.encode(name).decode()},{msgspec.json.encode(entries).decode()}"
    # Line separators of Unicode end a line in scripts of old browsers.
    safe = arguments.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.{function}({safe});\n".encode()
