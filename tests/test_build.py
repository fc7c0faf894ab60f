"""The whole pipeline, on fabricated pages."""

import json
import multiprocessing
import os
import signal
import time
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from graphbuild.build import Options, build
from graphbuild.errors import GraphError, InputError, RejectedRecordError
from graphbuild.mapping import vocabulary as v
from graphbuild.resolve.judgements import Judgement, read_judgements, write_judgements
from graphbuild.store.columns import read_rows
from graphbuild.store.folder import open_graph
from tests.sources.pages import TOP, entry

PAGE = TOP + "".join(
    [
        entry("CVMar 13, 2023Code", "WEAVEv2: Faster Looms", "Bo Sample, Cy Specimen et al. · acme",
              r"We present WEAVEv2, a loom in $O(N)$. Code is available at https://github.com/Bo/Weave."),
        entry("LGMay 14", "On Threads", "Bo Sample, Ada Example", None),
        entry("OCDec 1, 2021", "A Lonely Proof", "Ada Example", None),
    ]
)  # fmt: skip


@pytest.fixture
def page(tmp_path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def options(tmp_path, *inputs, **kwargs) -> Options:
    return Options(tuple(map(str, inputs)), tmp_path / "g", **kwargs)


def triples(graph) -> list[str]:
    return [f"{s} {p} {o} ." for s, p, o in read_rows(graph)]


def test_page_becomes_a_graph(tmp_path, page):
    graph = build(options(tmp_path, page, as_of=date(2026, 11, 23))).graph
    assert {name: n for name, n in graph.build.counts.items() if n and name != "triples"} == {
        "papers": 3,
        "people": 4,
        "profiles": 1,
        "organizations": 1,
        "repositories": 1,
        "methods": 1,
        "observations": 3,
        "measures": 9,  # of 3 topics, 1 organisation, 3 years, 2 people with two papers
    }
    assert graph.build.undecided == 1
    assert len(triples(graph)) == graph.build.counts["triples"]
    assert len(Store.read_only(str(graph.store))) == graph.build.counts["triples"]


def test_same_inputs_give_the_same_triples_in_any_order(tmp_path, page):
    second = tmp_path / "other.txt"
    second.write_text(
        PAGE.replace("Lonely", "Happy").replace("\nAda Example\n", "\nAda Example, Bo Sample\n"),
        encoding="utf-8",
    )
    one = build(Options((str(page), str(second)), tmp_path / "one")).graph
    two = build(Options((str(second), str(page)), tmp_path / "two")).graph
    assert triples(one) == triples(two)


def test_inferred_year_is_marked_in_the_graph(tmp_path, page):
    text = "\n".join(triples(build(options(tmp_path, page, as_of=date(2026, 11, 23))).graph))
    assert f'{v.ISSUED} "2026-05-14"' in text
    assert v.YEAR_INFERRED in text
    assert v.YEAR_RULE in text


def test_without_capture_date_no_year_is_made_up(tmp_path, page):
    text = "\n".join(triples(build(options(tmp_path, page)).graph))
    assert "2026" not in text
    assert v.YEAR_UNKNOWN in text


def test_base_is_where_entities_live_and_topics_do_not(tmp_path, page):
    lines = triples(build(options(tmp_path, page, base="https://kg.example.org/")).graph)
    people = {line.split(" ")[0] for line in lines if "/id/person/" in line.split(" ")[0]}
    topics = {line.split(" ")[0] for line in lines if "/id/topic/" in line.split(" ")[0]}
    assert {person.partition("id/")[0] for person in people} == {"<https://kg.example.org/"}
    assert {topic.partition("id/")[0] for topic in topics} == {"<https://w3id.org/graphbuild/"}


def test_unchanged_inputs_are_not_built_again(tmp_path, page):
    first = build(options(tmp_path, page))
    second = build(options(tmp_path, page))
    assert not first.unchanged
    assert second.unchanged
    assert second.graph.build.data == "build-0001"
    assert sorted(p.name for p in (tmp_path / "g").glob("build-*")) == ["build-0001"]
    assert build(options(tmp_path, page, force=True)).graph.build.data == "build-0002"


def test_changed_input_is_built_again(tmp_path, page):
    build(options(tmp_path, page))
    page.write_text(PAGE + entry(title="New"), encoding="utf-8")
    assert build(options(tmp_path, page)).graph.build.counts["papers"] == 4


def test_records_that_were_read_are_kept(tmp_path, page):
    build(options(tmp_path, page))
    [cache] = (tmp_path / "g" / "records").iterdir()
    kept = cache.read_bytes()
    build(options(tmp_path, page, force=True))
    assert cache.read_bytes() == kept


def test_graph_of_other_inputs_is_not_replaced_by_accident(tmp_path, page):
    old = build(options(tmp_path, page)).graph
    other = tmp_path / "other.txt"
    other.write_text(PAGE.replace("Threads", "Ropes"), encoding="utf-8")
    with pytest.raises(GraphError, match="holds a graph of other inputs"):
        build(options(tmp_path, other))
    assert open_graph(tmp_path / "g") == old
    assert build(options(tmp_path, other, force=True)).graph.build.inputs[0].path == str(other)
    assert build(options(tmp_path, other, page)).graph.build.counts["papers"] == 4


def test_folder_of_other_files_is_not_written_into(tmp_path, page):
    (tmp_path / "g").mkdir()
    (tmp_path / "g" / "thesis.docx").write_text("years of work", encoding="utf-8")
    with pytest.raises(GraphError, match="holds other files"):
        build(options(tmp_path, page))
    assert [p.name for p in (tmp_path / "g").iterdir()] == ["thesis.docx"]


def test_file_is_no_graph_folder(tmp_path, page):
    with pytest.raises(GraphError, match="is a file"):
        build(Options((str(page),), page))


def test_malformed_record_stops_the_build_and_is_named(tmp_path, page):
    page.write_text(PAGE + "\nLGMar 13, 2023\nNo authors\n", encoding="utf-8")
    with pytest.raises(
        RejectedRecordError, match=r"page\.txt:\d+: the entry has a title but no authors"
    ):
        build(options(tmp_path, page))
    assert not list((tmp_path / "g").glob("build-*"))


def test_malformed_record_can_be_left_out_and_is_kept_aside(tmp_path, page):
    page.write_text(PAGE + "\nLGMar 13, 2023\nNo authors\n", encoding="utf-8")
    graph = build(options(tmp_path, page, skip_rejected=True)).graph
    assert (graph.build.counts["papers"], graph.build.rejected) == (3, 1)
    [row] = [json.loads(line) for line in graph.rejected.read_text(encoding="utf-8").splitlines()]
    assert (row["file"], row["line"]) == (str(page), len(PAGE.splitlines()) + 2)
    assert row["text"] == "LGMar 13, 2023\nNo authors"


def test_judgement_of_a_person_beats_the_rules_at_every_build(tmp_path, page):
    graph = build(options(tmp_path, page)).graph
    [case] = [c for c in read_judgements(graph.judgements) if c.decision == "undecided"]
    same = Judgement(case.left, case.right, "same", 1.0, (("curator", "I asked her"),), "Bo")
    write_judgements(tmp_path / "g" / "judgements.jsonl", [same])
    graph = build(options(tmp_path, page)).graph
    assert (graph.build.counts["people"], graph.build.undecided) == (3, 0)
    assert not any(v.POSSIBLE_CONFLATION in line for line in triples(graph))


def test_folder_is_read_whole_and_each_content_once(tmp_path, page):
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text(PAGE, encoding="utf-8")
    (tmp_path / "in" / ".hidden").write_text("x", encoding="utf-8")
    assert [i.path for i in build(options(tmp_path, tmp_path / "in")).graph.build.inputs] == [
        str(tmp_path / "in/a.txt")
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b"\x7fELF\0\0\1", "not a text file"),
        ("h-index3".encode("utf-16-le"), "UTF-16 needs a byte order mark"),
        (b"Dear Ada,\nhello", "not a format that graphbuild reads"),
    ],
)  # fmt: skip
def test_input_that_is_no_page_is_refused(tmp_path, page, content, reason):
    page.write_bytes(content)
    with pytest.raises(InputError, match=reason):
        build(options(tmp_path, page))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_do_not_matter(tmp_path, page, encoding, end):
    page.write_bytes(PAGE.replace("\n", end).encode(encoding))
    assert build(options(tmp_path, page)).graph.build.counts["papers"] == 3


def test_missing_input_is_named(tmp_path):
    with pytest.raises(InputError, match="nowhere: no such file or folder"):
        build(options(tmp_path, "nowhere"))


def test_empty_folder_is_named(tmp_path):
    (tmp_path / "in").mkdir()
    with pytest.raises(InputError, match="the folder holds no files"):
        build(options(tmp_path, tmp_path / "in"))


def slow_build(page, output, started):
    def stop_there(_: str) -> None:
        started.set()
        time.sleep(60)

    build(Options((str(page),), output, force=True, progress=stop_there))


def test_build_that_is_killed_leaves_the_old_graph_whole(tmp_path, page):
    old = build(options(tmp_path, page)).graph
    context = multiprocessing.get_context("spawn")
    started = context.Event()
    process = context.Process(target=slow_build, args=(page, tmp_path / "g", started))
    process.start()
    assert started.wait(60)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    assert open_graph(tmp_path / "g") == old
    assert len(Store.read_only(str(old.store))) == old.build.counts["triples"]
    build(options(tmp_path, page, force=True))
    assert sorted(p.name for p in (tmp_path / "g").glob("build-*")) == ["build-0002"]


def test_hostile_title_is_data_and_nothing_else(tmp_path, page):
    title = 'Say "no" \\ <script>alert(1)</script> \x1b[31m } DROP'
    page.write_text(TOP + entry(title=title), encoding="utf-8")
    graph = build(options(tmp_path, page)).graph
    store = Store.read_only(str(graph.store))
    titles = {
        quad.object.value for quad in store.quads_for_pattern(None, NamedNode(v.TITLE[1:-1]), None)
    }
    assert 'Say "no" \\ <script>alert(1)</script> [31m } DROP' in titles


def test_progress_is_told(tmp_path, page):
    told: list[str] = []
    build(options(tmp_path, page, progress=told.append))
    assert told[0] == f"reading {page} (1 of 1)"
    assert any("triples" in message for message in told)


@pytest.mark.parametrize("jobs", [1, 3])
def test_number_of_processes_does_not_matter(tmp_path, monkeypatch, page, jobs):
    monkeypatch.setattr("graphbuild.assembly.AT_ONCE", 2)
    other = tmp_path / "other.jsonl"
    other.write_text('{"title": "On Threads", "authors": ["Bo Sample"]}\n', encoding="utf-8")
    one = build(Options((str(page), str(other)), tmp_path / "one", jobs=1)).graph
    some = build(Options((str(other), str(page)), tmp_path / "some", jobs=jobs)).graph
    assert triples(one) == triples(some)
    assert not (some.data / "parts").exists()
