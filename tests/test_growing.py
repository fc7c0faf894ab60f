"""A graph that grew is the graph that a build from all its sources gives, and tells what changed."""

import json
import random
import shutil

import duckdb
import pytest
from pyoxigraph import Store

from graphbuild.build import Options, build
from graphbuild.store.columns import read_rows
from graphbuild.store.labels import reading

WORDS = ("Looms", "Threads", "Knots", "Spindles", "Weaves", "Bobbins", "Shuttles", "Yarns")
PEOPLE = ("Bo Sample", "Cy Specimen", "Di Token", "Ada Example", "Ed Instance")
KINDS = ("article", "preprint", "proceedings", "dataset", None)


def paper(chance, number):
    known = chance.randrange(number, number + 14)
    ids = [f"doi:10.1000/p{known}"] * chance.randrange(2) + [
        f"openalex:W{known}"
    ] * chance.randrange(2)
    venue = {"name": f"Journal of {chance.choice(WORDS)}"}
    if chance.random() < 0.4:
        venue["ids"] = [f"openalex:S{WORDS.index(venue['name'].split()[-1]) + 1}"]
    return {
        "title": f"On {WORDS[known % 8]} and {WORDS[known // 8 % 8]} {known}",
        "ids": ids,
        "issued": str(2020 + known % 4),
        "kind": chance.choice(KINDS),
        "venue": venue,
        "authors": [
            {
                "name": name,
                "ids": [f"openalex:A{PEOPLE.index(name) + 1}"] * (chance.random() < 0.3),
                "affiliations": [{"organizations": [{"name": f"{chance.choice(WORDS)} Works"}]}],
            }
            for name in chance.sample(PEOPLE, 2)
        ],
        "references": [f"doi:10.1000/p{chance.randrange(40)}" for _ in range(3)],
        "container": {"title": "Proceedings", "ids": [f"openalex:W{chance.randrange(40)}"]},
    }


def register(chance):
    number = chance.randrange(8)
    return chance.choice((
        {"type": "venue", "name": f"Journal of {WORDS[number]}", "ids": [f"openalex:S{number + 1}"]},
        {"type": "author", "name": PEOPLE[number % 5], "ids": [f"openalex:A{number % 5 + 1}"]},
        {"type": "redirect", "old": f"openalex:W{number + 90}", "new": f"openalex:W{number}"},
    ))  # fmt: skip


def written(folder, name, records):
    path = folder / name
    path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    return str(path)


def table(graph, name):
    path = str(graph.tables / f"{name}.parquet")
    return sorted(map(repr, duckdb.sql(f"FROM read_parquet('{path}')").fetchall()))


def labels(graph):
    with reading(graph.search) as db:
        return sorted(db.execute("SELECT * FROM label").fetchall())


def stored(graph):
    return {str(quad.triple) for quad in Store.read_only(str(graph.store))}


@pytest.mark.parametrize("seed", range(4))
def test_grown_graph_is_the_one_of_a_build_of_all(tmp_path, seed):
    chance = random.Random(seed)  # noqa: S311 - made-up data
    first = [paper(chance, 0) for _ in range(16)] + [register(chance) for _ in range(2)]
    second = [paper(chance, 10) for _ in range(3)] + [register(chance) for _ in range(2)]
    inputs = [written(tmp_path, "a.jsonl", first), written(tmp_path, "b.jsonl", second)]
    old = build(Options((inputs[0],), tmp_path / "g", "own-records", jobs=1)).graph
    before = set(read_rows(old))
    shutil.copytree(tmp_path / "g", tmp_path / "h")
    grown = build(Options((inputs[1],), tmp_path / "g", "own-records", add=True, jobs=1)).graph
    whole = build(Options(tuple(inputs), tmp_path / "h", "own-records", force=True, jobs=1)).graph
    assert grown.build.before == old.build.identity
    assert list(read_rows(grown)) == list(read_rows(whole))
    assert grown.build.counts == whole.build.counts
    assert stored(grown) == stored(whole)
    assert labels(grown) == labels(whole)
    for name in ("paper", "person", "repo", "artifact", "observation"):
        assert table(grown, name) == table(whole, name)
    assert touched(grown) == changes(before, set(read_rows(whole)))
    assert not whole.touched.exists()


def touched(graph):
    rows = duckdb.sql(f"SELECT subject, change FROM read_parquet('{graph.touched}')").fetchall()
    assert rows == sorted(rows)
    return dict(rows)


def changes(before, after):
    """Return what must be told, worked out from all triples of both graphs."""
    olds, news = {s for s, _, _ in before}, {s for s, _, _ in after}
    unnamed = {o: "unnamed" for _, _, o in before - after if o[0] in "<_"}
    return unnamed | {
        s: "added" if s not in olds else "removed" if s not in news else "changed"
        for s, _, _ in before ^ after
    }


PAPERS = """\
{"title": "On Looms", "ids": ["doi:10.1000/a"], "authors": ["Bo Sample"]}
{"title": "On Threads", "ids": ["doi:10.1000/b"], "authors": ["Cy Specimen"], "references": ["doi:10.1000/c"]}
"""
CITED = '{"title": "On Knots", "ids": ["doi:10.1000/c"], "authors": ["Di Token"]}\n'
INSTITUTION = '{"type": "institution", "ids": ["ror:02jbv0t02"], "name": "Loom Works"}\n'


def titles(graph):
    return {o for _, p, o in read_rows(graph) if p == "<http://purl.org/dc/terms/title>"}


@pytest.mark.parametrize(
    ("added", "written_anew"),
    [(CITED, {'"On Threads"'}), (INSTITUTION, {'"On Looms"', '"On Threads"'})],
)
def test_only_what_is_touched_is_written_anew(tmp_path, added, written_anew):
    """What the build before is made to say of papers stays where it is taken over."""
    (tmp_path / "a.jsonl").write_text(PAPERS, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(added, encoding="utf-8")
    graph = build(Options((str(tmp_path / "a.jsonl"),), tmp_path / "g", measures=False)).graph
    told = str(graph.triples)
    duckdb.sql(f"CREATE TABLE told AS SELECT s, p, replace(o, '\"On ', '\"Of ') AS o FROM '{told}'")
    duckdb.sql(f"COPY told TO '{told}' (FORMAT parquet)")
    duckdb.sql("DROP TABLE told")
    options = Options((str(tmp_path / "b.jsonl"),), tmp_path / "g", add=True, measures=False)
    grown = titles(build(options).graph)
    assert grown & {'"On Looms"', '"On Threads"'} == written_anew


def test_a_graph_that_keeps_its_sources_is_written_whole(tmp_path):
    (tmp_path / "a.jsonl").write_text(PAPERS, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(CITED, encoding="utf-8")
    build(Options((str(tmp_path / "a.jsonl"),), tmp_path / "g", keep_sources=True))
    options = Options((str(tmp_path / "b.jsonl"),), tmp_path / "g", add=True, keep_sources=True)
    graph = build(options).graph
    assert (graph.build.before, graph.touched.exists()) == ("", False)
    assert graph.statements.exists()
