"""Every command of docs/integration.md runs as it stands there, against a real server."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphbuild.cli import main
from tests.servers import oxigraph_server

ROOT = Path(__file__).resolve().parents[2]
COUNTS = re.compile(r"([\d,]+) triples added, ([\d,]+) removed\n")
THEIRS = "http://vivo.example.org/individual/"
COMMAND = re.compile(r"^\$ graphbuild (.*)$", re.MULTILINE)


@pytest.mark.slow
def test_commands_of_the_page_do_what_it_says(tmp_path, monkeypatch):
    page = (ROOT / "docs" / "integration.md").read_text(encoding="utf-8")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    said = {}
    with oxigraph_server(tmp_path / "server") as url:
        for command in COMMAND.findall(page):
            words = command.replace("http://localhost:7878", url).split()
            result = CliRunner().invoke(main, words)
            assert result.exit_code == 0, f"{command}: {result.output}"
            said[command.replace("http://localhost:7878", "")] = result
    linked = said["link my-graph --with examples/vivo.ttl --prefer vivo"].stdout.splitlines()
    assert [line.split() for line in linked[1:3]] == [
        ["people", "3", "0", "10", "1"],  # linked, open, only ours, only theirs
        ["papers", "2", "0", "12", "1"],
    ]
    changes = said["diff /query my-graph"].stdout
    assert f"  person Priya Raman  <{THEIRS}n3>\n" in changes
    assert re.search(f"  former entity Priya Raman  <.*> → {THEIRS}n3\n", changes)
    added, removed = COUNTS.match(changes).groups()
    delta = said["push my-graph --to /store --delta"].stderr
    assert f"{added} triples sent, {removed} removed" in delta
    assert said["push my-graph --to /update --delta --dry-run"].stdout == "no difference\n"
    assert " added, 0 removed" in said["push my-graph --to /store --dry-run"].stdout
    exported = CliRunner().invoke(main, ["export", "my-graph", "--to", "graph.nt"])
    assert exported.exit_code == 0
    assert Path("public/graph.nt").read_bytes() == Path("graph.nt").read_bytes()
    assert (
        " entities; " in said["site my-graph --to ./site --base-url https://kg.example.org/"].stderr
    )
    assert Path("site/sitemap.xml").is_file()
