import csv
import io
import json
import re

import networkx as nx
import pytest

from graphbuild.network.files import WRITERS, write_tables, write_vosviewer

NAUGHTY = '=cmd|" /C calc"!A0'


@pytest.fixture
def network():
    network = nx.Graph(title="T", papers=3, sized_by="papers")
    said = {"identity": "name only", "undecided": True, "papers": 1}
    network.add_node("http://e/b", label=NAUGHTY, name=NAUGHTY, **said)
    network.add_node(
        "http://e/a", label="<Ann> & \x1b[2J \ufffe", name="Ann", first_year=2020, **said
    )
    network.add_edge("http://e/b", "http://e/a", weight=2, fractional=0.5, last_year=2021)
    return network


def written(network, ending):
    file = io.BytesIO()
    WRITERS[ending](network, file)
    return file.getvalue()


@pytest.mark.parametrize("ending", [".graphml", ".gexf", ".json", ".cyjs"])
def test_networkx_reads_back_what_was_written(network, ending):
    text = written(network, ending)
    if ending == ".json":
        again = nx.node_link_graph(json.loads(text), edges="edges")
    elif ending == ".cyjs":
        again = nx.cytoscape_graph(json.loads(text))
    else:
        read = {
            ".graphml": nx.parse_graphml,
            ".gexf": lambda text: nx.read_gexf(io.BytesIO(text.encode())),
        }
        again = read[ending](text.decode())
    assert set(again) == {"http://e/a", "http://e/b"}
    assert again.nodes["http://e/a"]["label"] == "<Ann> & \ufffd[2J \ufffd"
    assert again.nodes["http://e/a"]["first_year"] == 2020
    assert "first_year" not in again.nodes["http://e/b"]
    assert again.edges["http://e/a", "http://e/b"]["weight"] == 2


@pytest.mark.parametrize("ending", WRITERS)
def test_order_of_insertion_and_date_do_not_show(network, ending, monkeypatch):
    other = nx.Graph(**network.graph)
    other.add_nodes_from(reversed(list(network.nodes(data=True))))
    other.add_edges_from((b, a, said) for a, b, said in network.edges(data=True))
    first = written(network, ending)
    monkeypatch.setattr("time.strftime", lambda *_: "another day")
    assert written(other, ending) == first


def test_tables_hold_all_nodes_and_edges(network, tmp_path):
    nodes, edges = write_tables(network, tmp_path / "net.csv")
    assert (nodes.name, edges.name) == ("net-nodes.csv", "net-edges.csv")
    rows = list(csv.DictReader(nodes.read_text(encoding="utf-8").splitlines()))
    assert [row["id"] for row in rows] == ["http://e/a", "http://e/b"]
    assert rows[1]["label"] == NAUGHTY
    assert rows[1]["undecided"] == "true"
    assert edges.read_bytes() == (
        b"source,target,weight,fractional,first_year,last_year\r\n"
        b"http://e/a,http://e/b,2,0.5,,2021\r\n"
    )


def test_spreadsheet_safe_tables_hold_no_formula(network, tmp_path):
    nodes, _ = write_tables(network, tmp_path / "net.csv", spreadsheet_safe=True)
    rows = list(csv.DictReader(nodes.read_text(encoding="utf-8").splitlines()))
    assert rows[1]["label"] == f"'{NAUGHTY}"


def test_pajek_numbers_the_vertices_and_weighs_the_ties(network):
    assert written(network, ".net").decode() == (
        '*Vertices 2\n1 "<Ann> & [2J"\n2 "=cmd|\' /C calc\'!A0"\n*Edges\n1 2 2\n'
    )
    arcs = written(nx.DiGraph(network), ".net").decode().partition("*Arcs\n")[2]
    assert arcs == "1 2 2\n2 1 2\n"


def test_nodes_of_a_gexf_live_from_first_to_last_year():
    network = nx.Graph(title="T", sized_by="papers")
    network.add_node("a", label="a", papers=1, first_year=2019, last_year=2023)
    network.add_node("b", label="b", papers=1)
    network.add_edge("a", "b", weight=1, first_year=2020, last_year=2021)
    text = written(network, ".gexf").decode()
    assert 'mode="dynamic"' in text
    assert re.search(r'<node id="a" label="a" start="2019" end="2023">', text)
    assert re.search(r'<edge [^>]*start="2020" end="2021"', text)


def test_directions_are_kept():
    network = nx.DiGraph(title="T", sized_by="citations")
    network.add_nodes_from(["a", "b"], label="x", citations=1)
    network.add_edge("b", "a", weight=1)
    again = nx.parse_graphml(written(network, ".graphml").decode())
    assert list(again.edges()) == [("b", "a")]


def test_vosviewer_gets_a_map_and_a_network(network, tmp_path):
    network.nodes["http://e/a"]["community"] = network.nodes["http://e/b"]["community"] = 1
    places = write_vosviewer(network, tmp_path / "net.vos")
    assert [path.name for path in places] == ["net-map.txt", "net-network.txt"]
    rows = list(csv.DictReader(places[0].read_text().splitlines(), delimiter="\t"))
    assert rows[0] == {
        "id": "1",
        "label": "<Ann> & [2J",
        "url": "http://e/a",
        "weight<papers>": "1",
        "cluster": "1",
        "score<first_year>": "2020",
    }
    assert places[1].read_text() == "1\t2\t2\n"


def test_measures_are_columns_of_the_tables(network, tmp_path):
    nx.set_node_attributes(network, 0.5, "pagerank")
    nodes, _ = write_tables(network, tmp_path / "net.csv")
    rows = list(csv.DictReader(nodes.read_text(encoding="utf-8").splitlines()))
    assert [row["pagerank"] for row in rows] == ["0.5", "0.5"]
