import gzip

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Store, parse

from graphbuild.cli import main
from tests.small_graph import small_graph


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return small_graph(tmp_path_factory.mktemp("export") / "graph")


def run(*arguments):
    return CliRunner().invoke(main, ["export", *map(str, arguments)])


def test_export_writes_the_file_and_says_so_on_stderr(graph, tmp_path):
    result = run(graph.path, "--to", tmp_path / "out.nt")
    lines = (tmp_path / "out.nt").read_text().splitlines()
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{len(lines)} triples written to {tmp_path / 'out.nt'} (N-Triples)\n"


def test_dash_writes_to_standard_output(graph, tmp_path):
    result = run(graph.path, "--to", "-", "--format", "nt")
    run(graph.path, "--to", tmp_path / "out.nt")
    assert result.stdout_bytes == (tmp_path / "out.nt").read_bytes()


def test_compressed_file_holds_the_same(graph, tmp_path):
    run(graph.path, "--to", tmp_path / "out.ttl.gz")
    run(graph.path, "--to", tmp_path / "out.ttl")
    packed = (tmp_path / "out.ttl.gz").read_bytes()
    assert gzip.decompress(packed) == (tmp_path / "out.ttl").read_bytes()


@pytest.mark.parametrize("target", ["out.csv", "out", "-"])
def test_name_that_says_no_format_is_wrong_usage(graph, target, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(graph.path, "--to", target)
    assert result.exit_code == 2
    assert "does not say the format" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_place_that_cannot_be_written_ends_with_status_5(graph, tmp_path):
    result = run(graph.path, "--to", tmp_path / "no" / "out.nt")
    assert result.exit_code == 5
    assert "cannot be written (No such file or directory)" in result.stderr


def test_graph_that_is_not_there_ends_with_status_5(tmp_path):
    result = run(tmp_path / "none", "--to", "-", "--format", "nt")
    assert result.exit_code == 5
    assert "no such graph" in result.stderr


SHACL = "http://www.w3.org/ns/shacl#"
ENDPOINT = "https://query.example.org/sparql"


@pytest.mark.parametrize("ending", [".nt", ".ttl.gz", ".trig"])
def test_canned_queries_travel_inside_the_graph(graph, tmp_path, ending):
    alone, both = tmp_path / f"alone{ending}", tmp_path / f"both{ending}"
    assert run(graph.path, "--to", alone).exit_code == 0
    assert run(graph.path, "--to", both, "--with-queries", ENDPOINT).exit_code == 0
    bare, full = read(alone), read(both)
    assert bare < full
    of = "<https://w3id.org/graphbuild/id/query/papers-by-year>"
    said = {str(p)[1:-1]: str(getattr(o, "value", o)) for s, p, o, _ in full - bare if str(s) == of}
    assert said["https://schema.org/target"] == ENDPOINT
    assert said["http://www.w3.org/2000/01/rdf-schema#comment"].startswith("Papers by year")
    store = Store()
    store.extend(full)
    years = [row["year"].value for row in store.query(said[f"{SHACL}select"])]
    assert years == ["2021", "2023", "no year"]


def read(file):
    """Return the quads of a file."""
    data = file.read_bytes()
    plain = gzip.decompress(data) if file.suffix == ".gz" else data
    name = "".join(file.suffixes).removesuffix(".gz")
    return set(parse(plain, format=RdfFormat.from_extension(name[1:])))


@pytest.mark.parametrize(
    ("name", "url", "words"),
    [("x.rdf", ENDPOINT, "not to rdf"), ("x.nt", "query.example.org", "is no address")],
)
def test_queries_that_cannot_be_added_are_wrong_usage(graph, tmp_path, name, url, words):
    found = run(graph.path, "--to", tmp_path / name, "--with-queries", url)
    assert (found.exit_code, words in found.stderr) == (2, True)
    assert not (tmp_path / name).exists()
