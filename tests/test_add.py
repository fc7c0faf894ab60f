"""A source that is added gives what a build from all sources gives, and nothing is read twice."""

from datetime import date

import pytest
from click.testing import CliRunner

from graphbuild.build import Options, build
from graphbuild.cli.build import build as command
from graphbuild.errors import GraphError
from graphbuild.store.columns import read_rows
from graphbuild.store.folder import open_graph
from graphbuild.store.settings import read_settings
from tests.sources.pages import TOP, entry

PAGE = TOP + entry("CVMar 13, 2023Code", "WEAVEv2: Faster Looms", "Bo Sample, Cy Specimen", None)
RECORDS = """\
{"title": "WEAVEv2: Faster Looms", "ids": ["doi:10.1000/weave"], "issued": "2023", "authors": ["Bo Sample", "Cy Specimen"], "references": ["doi:10.1000/threads"]}
{"title": "On Threads", "ids": ["doi:10.1000/threads"], "authors": ["Bo Sample", "Cy Specimen"]}
"""
MORE = '{"title": "A Lonely Proof", "ids": ["doi:10.1000/proof"], "authors": ["Ada Example"]}\n'


@pytest.fixture
def inputs(tmp_path):
    for name, text in (("page.txt", PAGE), ("records.jsonl", RECORDS), ("more.jsonl", MORE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / name) for name in ("page.txt", "records.jsonl", "more.jsonl")]


def triples(graph):
    return list(read_rows(graph))


def test_added_sources_give_what_a_build_from_scratch_gives(tmp_path, inputs):
    whole = build(Options(tuple(inputs), tmp_path / "whole")).graph
    build(Options((inputs[0],), tmp_path / "g"))
    for path in inputs[1:]:
        graph = build(Options((path,), tmp_path / "g", add=True)).graph
    assert graph.build.counts == whole.build.counts
    added = triples(graph)
    assert [each.path for each in graph.build.inputs] == inputs
    settings = read_settings(tmp_path / "g")
    assert settings is not None
    assert len(settings.inputs) == 3
    again = build(Options(tuple(inputs), tmp_path / "g", force=True)).graph
    assert triples(again) == added  # IRIs that were published stay; an empty folder has none


def test_what_was_read_before_may_be_gone(tmp_path, inputs):
    build(Options((inputs[0],), tmp_path / "g"))
    (tmp_path / "page.txt").unlink()
    graph = build(Options((inputs[1],), tmp_path / "g", add=True)).graph
    assert graph.build.counts["papers"] == 2


def test_what_is_there_already_changes_nothing(tmp_path, inputs):
    build(Options(tuple(inputs), tmp_path / "g"))
    assert build(Options((inputs[1],), tmp_path / "g", add=True)).unchanged


def test_records_that_are_gone_are_named(tmp_path, inputs):
    old = build(Options((inputs[0],), tmp_path / "g")).graph
    for path in (tmp_path / "g" / "records").iterdir():
        path.unlink()
    with pytest.raises(GraphError, match=r"does not hold the records of .*page\.txt any more"):
        build(Options((inputs[1],), tmp_path / "g", add=True))
    assert open_graph(tmp_path / "g") == old


def run(*arguments):
    return CliRunner().invoke(command, list(map(str, arguments)))


def test_command_adds_to_the_graph_that_it_names(tmp_path, inputs):
    graph = tmp_path / "g"
    assert run(inputs[0], "-o", graph, "--as-of", "2026-11-23").exit_code == 0
    done = run("--add", inputs[1], "--add", inputs[2], graph)
    assert done.exit_code == 0, done.output
    assert "1 × profile-page, 2 × own-records" in done.output
    assert open_graph(graph).build.as_of == date(2026, 11, 23).isoformat()
    again = run("-o", graph)
    assert f"{graph} was up to date" in again.output


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--add", "INPUT"], "--add needs one graph"),
        (["--add", "INPUT", "g", "h"], "--add needs one graph"),
        (["--add", "INPUT", "nowhere"], "no graph to add to"),
        (["--add", "INPUT", "g", "--as-of", "2020-01-01"], "--as-of is not stated in"),
        (["INPUT"], "name the graph folder to write"),
    ],
)
def test_command_that_cannot_be_meant_is_refused(tmp_path, inputs, monkeypatch, arguments, reason):
    monkeypatch.chdir(tmp_path)
    run(inputs[0], "-o", "g")
    done = run(*[inputs[1] if each == "INPUT" else each for each in arguments])
    assert done.exit_code == 2
    assert reason in done.output
