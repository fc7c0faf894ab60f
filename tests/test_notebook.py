import re
from datetime import date
from pathlib import Path

import pytest
from IPython.testing.globalipapp import start_ipython

from graphbuild.build import Options, build
from tests.small_graph import small_graph

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def shell():
    shell = start_ipython()
    shell.run_line_magic("load_ext", "graphbuild")
    return shell


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return small_graph(tmp_path_factory.mktemp("notebook") / "graph")


def test_graph_is_chosen_and_asked(shell, graph):
    chosen = shell.run_line_magic("graphbuild", str(graph.path))
    assert str(chosen) == str(graph.path)
    rows = shell.run_line_magic("graphbuild", 'author-coauthors person="Ben Sample" minPapers=2')
    assert [row.name for row in rows] == ["Ada Example"]


def test_cell_is_sparql_and_goes_into_a_variable(shell, graph):
    cell = "SELECT ?t { ?p a gb:Paper ; dcterms:title ?t } ORDER BY ?t"
    rows = shell.run_cell_magic("sparql", f"--graph {graph.path} --into titles", cell)
    assert rows.column("t") == ["GEARS: Gears & Wheels", "Levers", "Undated Pulleys"]
    assert shell.user_ns["titles"] is rows


def test_mistake_is_one_line(shell, graph, capsys):
    shell.run_line_magic("graphbuild", str(graph.path))
    shell.run_cell('%graphbuild author-coauthors person="Nobody At All"')
    shown = capsys.readouterr().out
    assert shown.startswith("Error: no entity of class foaf:Person is called 'Nobody At All'")
    assert "Traceback" not in shown


def test_cells_of_the_guide_to_python_run(shell, tmp_path, monkeypatch, capsys):
    """Cells stand apart by an empty line; a mistake in one would be printed, not raised."""
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"## In a notebook\n\n```\n(.*?)```", page, re.DOTALL)
    example = str(ROOT / "examples" / "profile-page.txt")
    build(Options((example,), tmp_path / "my-graph", as_of=date(2026, 11, 23)))
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    rows, _ = [shell.run_cell(cell).result for cell in block.strip().split("\n\n")]
    assert "Error" not in capsys.readouterr().out
    assert rows[0].name == "Mira Lindqvist"
    names = shell.user_ns["people"].column("name")
    assert len(names) == 13
    assert names == sorted(names)
