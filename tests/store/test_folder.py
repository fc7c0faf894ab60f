import json
import multiprocessing
import os

import pytest

from graphbuild.errors import GraphError, GraphLockedError
from graphbuild.store.folder import Build, commit, open_graph, writing


def manifest(data: str) -> Build:
    return Build(data, "0.1.0", "https://kg.example.org/", None, (), {"triples": 0}, 0, 0, {})


def built(path):
    with writing(path) as fresh:
        (fresh / "mark").write_text("x", encoding="utf-8")
        return commit(path, manifest(fresh.name))


def test_build_becomes_current_when_it_is_committed(tmp_path):
    graph = built(tmp_path / "g")
    assert open_graph(tmp_path / "g") == graph
    assert (graph.data / "mark").exists()


def test_next_build_takes_the_place_of_the_last(tmp_path):
    first = built(tmp_path / "g")
    second = built(tmp_path / "g")
    assert (first.data.name, second.data.name) == ("build-0001", "build-0002")
    assert not first.data.exists()


def test_failed_build_leaves_the_graph_as_it_was(tmp_path):
    graph = built(tmp_path / "g")
    with pytest.raises(ZeroDivisionError), writing(tmp_path / "g"):
        1 / 0  # noqa: B018
    assert open_graph(tmp_path / "g") == graph
    assert sorted(p.name for p in (tmp_path / "g").glob("build-*")) == ["build-0001"]


def test_remains_of_a_killed_build_are_cleared_away(tmp_path):
    graph = built(tmp_path / "g")
    (tmp_path / "g" / "build-0007").mkdir()
    with writing(tmp_path / "g") as fresh:
        assert sorted(p.name for p in (tmp_path / "g").glob("build-*")) == [
            graph.data.name,
            fresh.name,
        ]


def hold(path, started, release):
    with writing(path):
        started.set()
        release.wait(30)


def test_second_writer_is_told_who_holds_the_graph(tmp_path):
    context = multiprocessing.get_context("spawn")
    started, release = context.Event(), context.Event()
    holder = context.Process(target=hold, args=(tmp_path / "g", started, release))
    holder.start()
    started.wait(30)
    try:
        with (
            pytest.raises(GraphLockedError, match=f"being written by process {holder.pid} on "),
            writing(tmp_path / "g"),
        ):
            pass
    finally:
        release.set()
        holder.join(30)
    with writing(tmp_path / "g"):
        pass


def test_missing_graph_is_named_with_the_mend(tmp_path):
    with pytest.raises(GraphError, match="no such graph; make one with: graphbuild build"):
        open_graph(tmp_path / "g")


def test_other_folder_is_no_graph(tmp_path):
    with pytest.raises(GraphError, match="not a graph folder"):
        open_graph(tmp_path)


def test_damaged_manifest_is_reported(tmp_path):
    built(tmp_path / "g")
    (tmp_path / "g" / "build.json").write_text("{", encoding="utf-8")
    with pytest.raises(GraphError, match=r"build\.json is damaged"):
        open_graph(tmp_path / "g")


def test_missing_build_is_reported(tmp_path):
    graph = built(tmp_path / "g")
    (graph.data / "mark").unlink()
    graph.data.rmdir()
    with pytest.raises(GraphError, match="build-0001 is missing"):
        open_graph(tmp_path / "g")


def test_build_after_a_damaged_manifest_starts_afresh(tmp_path):
    built(tmp_path / "g")
    (tmp_path / "g" / "build.json").write_text("{}", encoding="utf-8")
    assert open_graph(built(tmp_path / "g").path).data.name == "build-0001"


def test_folder_below_a_file_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(GraphError, match="cannot be written"), writing(tmp_path / "file" / "g"):
        pass


def test_manifest_is_readable_json(tmp_path):
    built(tmp_path / "g")
    assert (
        json.loads((tmp_path / "g" / "build.json").read_text(encoding="utf-8"))["data"]
        == "build-0001"
    )
    assert os.listdir(tmp_path / "g") != []  # noqa: PTH208
