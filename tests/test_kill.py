"""A build that is killed at any moment leaves the old graph whole and the folder usable."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import Store

from graphbuild.build import Options, build
from graphbuild.store.columns import read_rows
from graphbuild.store.folder import open_graph
from tests.sources.pages import TOP, entry

PAPERS = "".join(entry(title=f"On Thread {number}") for number in range(300))
START = 0.25
"""Seconds that pass before a build has imported what it needs."""


@pytest.mark.slow
def test_kills_at_many_moments_tear_nothing(tmp_path):
    page, folder = tmp_path / "page.txt", tmp_path / "g"
    page.write_text(TOP + PAPERS, encoding="utf-8")
    whole = set(read_rows(build(Options((str(page),), folder)).graph))
    hit = sum(killed(page, folder, START + number * 0.06) for number in range(16))
    for _ in range(2):
        graph = open_graph(folder)
        assert set(read_rows(graph)) == whole
        assert len(Store.read_only(str(graph.store))) == len(whole)
        build(Options((str(page),), folder, force=True))
    assert [path.name for path in folder.glob("build-*")] == [open_graph(folder).build.data]
    assert hit > 0


def killed(page: Path, folder: Path, seconds: float) -> bool:
    """Kill a build after some time; say whether it was still at work. What remains must be whole."""
    command = [sys.executable, "-m", "graphbuild", "build", str(page), "-o", str(folder), "--force"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    at_work = process.poll() is None
    process.kill()
    process.wait()
    graph = open_graph(folder)
    assert len(Store.read_only(str(graph.store))) == graph.build.counts["triples"]
    return at_work
