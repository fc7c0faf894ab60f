"""What a manifest lists belongs to the snapshot; what else lies there does not."""

import json
import shutil
import tarfile

import pytest
from click.testing import CliRunner

from graphbuild.build import Options, build
from graphbuild.cli import main
from graphbuild.errors import InputError
from graphbuild.sources.files import InputFile
from graphbuild.sources.manifests import Listed, compared, tail_of

PART, LATER = "updated_date=2023-05-16/part_000", "updated_date=2023-07-17/part_000.gz"


def work(number: int) -> str:
    return json.dumps(
        {"id": f"https://openalex.org/W{number}", "display_name": f"On Loom {number}"}
    )


@pytest.fixture
def snapshot(tmp_path):
    """A part that the manifest lists, unpacked; a record beside it; and a listed part that is missing."""
    works = tmp_path / "snapshot" / "works"
    (works / PART).parent.mkdir(parents=True)
    (works / PART).write_text(work(1), encoding="utf-8")
    (works / "W2").write_text(work(2), encoding="utf-8")
    urls = [f"s3://openalex/data/works/{each}" for each in (f"{PART}.gz", LATER)]
    manifest = json.dumps({"entries": [{"url": url} for url in urls]})
    (works / "manifest").write_text(manifest, encoding="utf-8")
    return works


def outcome_of(graph, *inputs):
    return build(Options(tuple(map(str, inputs)), graph))


def test_what_the_manifest_lists_is_read_and_nothing_beside_it(tmp_path, snapshot):
    outcome = outcome_of(tmp_path / "g", snapshot.parent)
    assert outcome.graph.build.counts["papers"] == 1
    assert outcome.unlisted == (str(snapshot / "W2"),)
    assert outcome.missing == (str(snapshot / LATER),)


def test_a_file_that_is_named_is_read(tmp_path, snapshot):
    outcome = outcome_of(tmp_path / "g", snapshot / "W2", snapshot.parent)
    assert outcome.graph.build.counts["papers"] == 2
    assert outcome.unlisted == ()


def test_a_manifest_that_is_named_alone_says_nothing_of_others(tmp_path, snapshot):
    outcome = outcome_of(tmp_path / "g", snapshot / "manifest", snapshot / "W2")
    assert (outcome.graph.build.counts["papers"], outcome.missing) == (1, ())


def test_manifests_in_archives_count_too(tmp_path, snapshot):
    with tarfile.open(tmp_path / "all.tar", "w") as archive:
        archive.add(snapshot, "works")
    outcome = outcome_of(tmp_path / "g", tmp_path / "all.tar")
    assert outcome.graph.build.counts["papers"] == 1
    assert outcome.unlisted == (f"{tmp_path / 'all.tar'}:works/W2",)


def test_the_summary_says_what_was_passed_by_and_what_is_missing(tmp_path, snapshot):
    told = CliRunner().invoke(main, ["build", str(snapshot.parent), "-o", str(tmp_path / "g")])
    assert told.exit_code == 0
    assert (
        f"Passed by  1 file not in the manifest of their folder: {snapshot / 'W2'}" in told.output
    )
    assert "Missing    1 file that a manifest lists; the download is incomplete: " in told.output


def test_audit_keeps_to_the_manifest(snapshot):
    told = CliRunner().invoke(main, ["sources", str(snapshot.parent)])
    assert "records     1 paper" in told.output


def test_a_manifest_that_breaks_off_is_said(tmp_path, snapshot):
    whole = (snapshot / "manifest").read_text(encoding="utf-8")
    (snapshot / "manifest").write_text(whole[:-9], encoding="utf-8")
    with pytest.raises(InputError, match="the manifest is damaged"):
        outcome_of(tmp_path / "g", snapshot)


def test_a_renamed_folder_is_understood(tmp_path, snapshot):
    shutil.move(snapshot, snapshot.parent / "publications")
    outcome = outcome_of(tmp_path / "g", snapshot.parent)
    assert outcome.graph.build.counts["papers"] == 1
    assert tail_of("s3://b/data/works/d=1/part_000.gz", "mine/") == "d=1/part_000.gz"


def test_folders_without_manifest_are_read_whole(tmp_path):
    files = [InputFile("a/x", tmp_path, "1", 1, inside=True)]
    assert compared(files, []) == Listed((), ())
