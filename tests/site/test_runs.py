"""Running it again, into what folder it may be written, and what is left when it is killed."""

import json
import os

import pytest

from graphbuild.errors import GraphBuildError
from graphbuild.site import entities, folder
from graphbuild.site.publishing import Options, publish
from tests.site.conftest import run
from tests.small_graph import small_graph


def stamps(place):
    return {
        str(path.relative_to(place)): path.stat().st_mtime_ns
        for path in place.rglob("*")
        if path.is_file() and folder.OWN not in path.parts
    }


def content(place):
    return {
        str(path.relative_to(place)): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file() and folder.OWN not in path.parts
    }


def test_second_run_writes_nothing(graph, tmp_path):
    target = tmp_path / "public"
    assert run(graph.path, "--to", target, "--jobs", 1).exit_code == 0
    before = stamps(target)
    again = run(graph.path, "--to", target, "--jobs", 1)
    assert "; 0 written," in again.stderr
    assert "0 files removed" in again.stderr
    assert stamps(target) == before


def test_several_processes_write_the_same_site(graph, site, tmp_path, monkeypatch):
    monkeypatch.setattr(entities, "AT_ONCE", 3)
    target = tmp_path / "public"
    options = Options(base_url="https://kg.example.org/graph/", jobs=2)
    publish(graph, target, options, lambda _: None)
    assert content(target) == content(site)


def test_only_some_classes_get_pages_and_what_is_gone_is_removed(graph, tmp_path):
    target = tmp_path / "public"
    run(graph.path, "--to", target, "--jobs", 1)
    (target / "id" / "paper" / "mine.html").write_text("mine")
    (target / "CNAME").write_text("kg.example.org")
    result = run(graph.path, "--to", target, "--only", "person", "--jobs", 1)
    assert result.exit_code == 0
    kept = {str(path.relative_to(target)) for path in target.rglob("*") if path.is_file()}
    assert {"id/paper/mine.html", "CNAME", "id/person/ada.html"} <= kept
    assert not [
        name for name in kept if name.startswith(("id/paper/p1", "id/method", "browse/paper"))
    ]
    assert not (target / "id" / "method").exists()


def test_page_that_somebody_removed_comes_back(graph, tmp_path):
    target = tmp_path / "public"
    run(graph.path, "--to", target, "--jobs", 1)
    (target / "id" / "person" / "ada.ttl").unlink()
    assert "; 1 written," in run(graph.path, "--to", target, "--jobs", 1).stderr
    assert (target / "id" / "person" / "ada.ttl").is_file()


@pytest.mark.parametrize("name", ["notes.txt", "index.html"])
def test_folder_that_holds_something_else_is_refused(graph, tmp_path, name):
    (tmp_path / name).write_text("mine")
    result = run(graph.path, "--to", tmp_path)
    assert result.exit_code == 5
    assert f"holds {name} and no site of graphbuild" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_folder_of_a_repository_may_be_written(graph, tmp_path):
    (tmp_path / ".git").mkdir()
    assert run(graph.path, "--to", tmp_path, "--jobs", 1).exit_code == 0


def test_site_that_is_being_written_is_not_written_twice(graph, tmp_path):
    with folder.opened(tmp_path / "public"):
        result = run(graph.path, "--to", tmp_path / "public")
    assert result.exit_code == 5
    assert "another process writes this site" in result.stderr


def test_run_that_broke_off_is_gone_on_with_and_leaves_no_stray_files(tmp_path, monkeypatch):
    graph = small_graph(tmp_path / "graph")
    target = tmp_path / "public"
    replaced = folder.replace
    count = 0

    def breaking(path, content):
        nonlocal count
        count += path.suffix == ".html"
        if count == 12:
            raise OSError(28, os.strerror(28), str(path))
        replaced(path, content)

    monkeypatch.setattr(folder, "replace", breaking)
    with pytest.raises(GraphBuildError, match="cannot be written"):
        publish(graph, target, Options(), lambda _: None)
    monkeypatch.undo()
    written = list(target.rglob("*.html"))
    assert written
    assert all(b"</html>" in path.read_bytes() for path in written)
    publish(graph, target, Options(only=("topic",)), lambda _: None)
    assert not list(target.glob("id/person/*"))
    publish(graph, target, Options(), lambda _: None)
    publish(graph, tmp_path / "fresh", Options(), lambda _: None)
    assert content(target) == content(tmp_path / "fresh")


def test_list_that_was_tampered_with_leads_out_of_no_folder(graph, tmp_path):
    target = tmp_path / "public"
    run(graph.path, "--to", target, "--jobs", 1)
    outside = tmp_path / "precious.txt"
    outside.write_text("mine")
    with (target / folder.OWN / folder.LIST).open("a") as file:
        file.write(f"-\t../precious.txt\n-\t{outside}\n")
    run(graph.path, "--to", target, "--jobs", 1)
    assert outside.read_text() == "mine"


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--base-url", "javascript:alert(1)", "is no web address"),
        ("--only", "papers", "no class 'papers'; there are: former, software, data, paper"),
    ],
)
def test_wrong_options_are_usage(graph, tmp_path, option, value, told):
    result = run(graph.path, "--to", tmp_path / "public", option, value)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (tmp_path / "public").exists()


def test_search_index_finds_every_word_of_every_name(site):
    script = (site / "search" / "shards.js").read_text()
    index = json.loads(script.removeprefix("window.graphbuildShards = ").removesuffix(";\n"))
    found = {}
    for start, name in index["names"].items():
        shard = (site / "search" / f"{name}.js").read_text()
        inside = shard.removeprefix("window.graphbuildShard(").removesuffix(");\n")
        [name_of_shard, entries] = json.loads(f"[{inside}]")
        assert name_of_shard == start
        for label, path, *_ in entries:
            found.setdefault(start, []).append(label)
            assert (site / path).is_file()
    assert "GEARS: Gears & Wheels" in found["g"]
    assert "GEARS: Gears & Wheels" in found["w"]


def test_titles_and_themes_are_the_users(graph, tmp_path):
    target = tmp_path / "public"
    logo = tmp_path / "our.SVG"
    logo.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    options = ("--title", "Ours & <others>", "--theme", "dark", "--logo", logo)
    assert run(graph.path, "--to", target, "--jobs", 1, *options).exit_code == 0
    home = (target / "index.html").read_text()
    assert '<html lang="en" data-theme="dark">' in home
    assert "<h1>Ours &amp; &lt;others&gt;</h1>" in home
    assert (target / "assets" / "logo.svg").read_bytes() == logo.read_bytes()
