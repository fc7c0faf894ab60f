"""A graph folder on a read-only disk still answers; a damaged one is named, with the mend."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graphbuild.build import Options, build
from graphbuild.store.folder import open_graph
from tests.sources.pages import TOP, entry

PAGE = TOP + entry("CVMar 13, 2023", "On Threads", "Ada Example, Bo Sample", None)
SHAPE = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix gb: <https://w3id.org/graphbuild/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<urn:shape> a sh:NodeShape ; sh:targetClass gb:Paper ; """


def run(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "graphbuild", *map(str, arguments)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.fixture
def graph(tmp_path) -> Path:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    return build(Options((str(tmp_path / "page.txt"),), tmp_path / "g")).graph.path


@pytest.fixture
def read_only(tmp_path, graph):
    """Yield the graph on a disk that cannot be written."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a disk, and not everywhere")
    try:
        shutil.copytree(graph, disk / "g")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        yield disk / "g"
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_graph_on_a_read_only_disk_answers(read_only, tmp_path):
    for arguments in (
        ["info", read_only],
        ["show", "On Threads", "--graph", read_only],
        ["query", "ASK { ?p a gb:Paper }", "--graph", read_only],
        ["export", read_only, "--to", tmp_path / "graph.nt"],
        ["network", "coauthors", read_only, "--to", tmp_path / "n.csv"],
        ["check", read_only],
    ):
        done = run(*arguments)
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr


def test_output_on_a_read_only_disk_is_refused(read_only, tmp_path):
    for arguments in (
        ["build", tmp_path / "page.txt", "--output", read_only, "--force"],
        ["export", read_only, "--to", read_only / "graph.nt"],
        ["query", "ASK {}", "--graph", read_only, "--output", read_only / "answer.json"],
    ):
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (5, "")
        assert "cannot be written (Read-only file system)" in done.stderr
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("part", "arguments"),
    [
        ("triples/triples.parquet", ["check"]),
        ("triples/triples.parquet", ["info"]),
        ("triples/triples.parquet", ["export", "--to", "out.nt"]),
        ("search.db", ["show", "On Threads", "--graph"]),
        ("store", ["query", "ASK {}", "--graph"]),
    ],
)
def test_damaged_part_of_a_graph_is_named(graph, part, arguments):
    damaged = open_graph(graph).data / part
    if damaged.is_dir():
        shutil.rmtree(damaged)
        damaged.mkdir()
    else:
        damaged.write_bytes(b"not what it was")
    done = run(*arguments, graph)
    assert (done.returncode, done.stdout) == (5, ""), done.stderr
    assert str(graph) in done.stderr
    assert "build the graph again" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "shape",
    [
        'sh:property [ sh:path dcterms:title ; sh:pattern "(" ] .',
        'sh:property [ sh:path "title" ; sh:minCount 1 ] .',
        "sh:property <urn:other> . <urn:other> a sh:PropertyShape .",
        'sh:sparql [ sh:message "m" ; sh:select "SELECT $this WHERE {" ] .',
        'sh:sparql [ sh:message "m" ; sh:select "SELECT $this WHERE { SERVICE <http://127.0.0.1:9/> {} }" ] .',
    ],
    ids=["pattern", "path", "no path", "no SPARQL", "SERVICE"],
)
def test_shapes_that_cannot_be_used_are_refused_in_one_line(graph, tmp_path, shape):
    (tmp_path / "shapes.ttl").write_text(SHAPE + shape, encoding="utf-8")
    done = run("check", graph, "--shapes", tmp_path / "shapes.ttl")
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr.startswith("Error: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.4, 0.8, 1.2])
def test_interrupted_build_says_nothing_of_its_insides(tmp_path, graph, seconds):
    page = tmp_path / "page.txt"
    page.write_text(TOP + "".join(entry(title=f"On {n} Looms") for n in range(1500)), "utf-8")
    command = [sys.executable, "-m", "graphbuild", "build", str(page), "-o", str(graph), "--force"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    time.sleep(seconds)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert b"Traceback" not in stderr
    assert process.returncode in {0, 130, -signal.SIGINT}
    assert open_graph(graph).build.counts["papers"] in {1, 1500}
