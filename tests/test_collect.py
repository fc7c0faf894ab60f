"""Inputs of several formats come together; what no reader knows is passed by and named."""

import pytest

from graphbuild.build import Options, build
from graphbuild.errors import RejectedRecordError, UnknownFormatError
from tests.sources.pages import TOP, entry

RECORD = '{"title": "On Looms", "authors": ["Ada Example"]}\n'


@pytest.fixture
def folder(tmp_path):
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    (inputs / "page.txt").write_text(TOP + entry(), encoding="utf-8")
    (inputs / "records.jsonl").write_text(RECORD, encoding="utf-8")
    (inputs / "NOTES.md").write_text("# How these were made\n", encoding="utf-8")
    (inputs / "empty").write_bytes(b"")
    return inputs


def test_folder_of_several_formats_becomes_one_graph(tmp_path, folder):
    outcome = build(Options((str(folder),), tmp_path / "g"))
    assert outcome.graph.build.counts["papers"] == 2
    assert [each.format for each in outcome.graph.build.inputs] == ["profile-page", "own-records"]
    assert outcome.passed_over == (str(folder / "NOTES.md"), str(folder / "empty"))


def test_file_that_was_named_must_be_known(tmp_path, folder):
    with pytest.raises(UnknownFormatError, match=r"NOTES\.md: not a format that graphbuild reads"):
        build(Options((str(folder / "NOTES.md"),), tmp_path / "g"))


def test_folder_in_which_nothing_is_known_is_refused(tmp_path, folder):
    (folder / "page.txt").unlink()
    (folder / "records.jsonl").unlink()
    with pytest.raises(UnknownFormatError):
        build(Options((str(folder),), tmp_path / "g"))


def test_rejected_record_is_named_by_its_own_name_too(tmp_path, folder):
    (folder / "records.jsonl").write_text(RECORD + '{"titel": "x"}\n', encoding="utf-8")
    with pytest.raises(RejectedRecordError, match=r"records\.jsonl:2: unknown field 'titel'"):
        build(Options((str(folder),), tmp_path / "g"))
    graph = build(Options((str(folder),), tmp_path / "g", skip_rejected=True)).graph
    assert (graph.build.rejected, graph.build.counts["papers"]) == (1, 2)
    assert '"line":2' in graph.rejected.read_text(encoding="utf-8")
