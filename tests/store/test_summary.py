import pytest

from graphbuild.errors import GraphError
from graphbuild.store.summary import Dates, Property, Source, summarise
from tests.small_graph import small_graph, turtle


@pytest.fixture(scope="module")
def summary(tmp_path_factory):
    return summarise(small_graph(tmp_path_factory.mktemp("summary") / "graph"))


def test_classes_are_counted_largest_first(summary):
    counts = {item.name: item.entities for item in summary.classes}
    assert counts["gb:Authorship"] == 6
    assert counts["foaf:Person"] == 4
    assert counts["gb:Paper"] == 3
    assert list(counts.values()) == sorted(counts.values(), reverse=True)


def test_properties_say_how_many_entities_have_them(summary):
    [papers] = [item for item in summary.classes if item.name == "gb:Paper"]
    used = {item.name: item for item in papers.properties}
    assert used["dcterms:creator"] == Property("dcterms:creator", 3, 1.0, 6)
    assert used["dcterms:abstract"] == Property("dcterms:abstract", 1, 0.3333, 1)
    assert "rdf:type" not in used


def test_dates_keep_inferred_and_unknown_years_apart(summary):
    assert summary.papers == Dates("2021-03-02", "2023", 2, 1, 1)


def test_statuses_are_counted(summary):
    assert summary.author_lists == {"gb:Complete": 2, "gb:Truncated": 1}
    assert summary.identity == {"gb:NameOnly": 2, "gb:Identified": 1, "gb:JoinedByEvidence": 1}
    assert summary.stances == {"gb:Promised": 1, "gb:Released": 1}


def test_people_are_counted_without_organisations(tmp_path):
    known = """
    :person\\/a a foaf:Person ; gb:identityStatus gb:NameOnly .
    :org\\/b a foaf:Organization ; gb:identityStatus gb:NameOnly .
    """
    summary = summarise(small_graph(tmp_path / "graph", turtle(known)))
    assert summary.identity == {"gb:NameOnly": 1}


def test_sources_and_build_are_told(summary):
    assert summary.sources == (Source("page.txt", "profile-page", 1234, "aa", "2025-03-04"),)
    assert (summary.version, summary.undecided, summary.rejected) == ("0.1.0", 1, 0)
    assert summary.seconds == {"read": 0.25, "load": 0.5}


def test_empty_graph_has_a_summary(tmp_path):
    summary = summarise(small_graph(tmp_path / "graph", []))
    assert (summary.triples, summary.classes) == (0, ())
    assert summary.papers == Dates(None, None, 0, 0, 0)


def test_damaged_graph_is_a_graph_error(tmp_path):
    graph = small_graph(tmp_path / "graph")
    graph.triples.write_bytes(b"no parquet")
    with pytest.raises(GraphError, match="build the graph again"):
        summarise(graph)
