import gzip

import pytest
from click.testing import CliRunner

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
