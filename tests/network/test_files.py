import csv
import io
import json

import networkx as nx
import pytest

from graphbuild.network.files import WRITERS, write_tables

NAUGHTY = '=cmd|" /C calc"!A0'


@pytest.fixture
def network():
    network = nx.Graph(title="T", papers=3)
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


@pytest.mark.parametrize("ending", WRITERS)
def test_networkx_reads_back_what_was_written(network, ending):
    text = written(network, ending)
    if ending == ".json":
        again = nx.node_link_graph(json.loads(text), edges="edges")
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
