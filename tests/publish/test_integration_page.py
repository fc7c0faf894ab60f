"""Every command of docs/integration.md runs as it stands there, against a real server."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphbuild.cli import main
from tests.servers import oxigraph_server

ROOT = Path(__file__).resolve().parents[2]
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
    assert said["diff /query my-graph"].stdout == "no difference\n"
    assert " added, 0 removed" in said["push my-graph --to /store --dry-run"].stdout
    assert "0 triples sent, 0 removed" in said["push my-graph --to /store --delta"].stderr
    exported = CliRunner().invoke(main, ["export", "my-graph", "--to", "graph.nt"])
    assert exported.exit_code == 0
    assert Path("public/graph.nt").read_bytes() == Path("graph.nt").read_bytes()
    assert (
        " entities; " in said["site my-graph --to ./site --base-url https://kg.example.org/"].stderr
    )
    assert Path("site/sitemap.xml").is_file()
