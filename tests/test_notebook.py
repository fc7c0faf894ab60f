import pytest
from IPython.testing.globalipapp import start_ipython

from tests.small_graph import small_graph


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
