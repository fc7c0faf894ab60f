"""Manifests and replaced identifiers of OpenAlex's snapshot."""

from pathlib import Path

from graphbuild.records import Redirect, Rejected
from graphbuild.sources import format_of, read_records
from graphbuild.sources.files import InputFile


def read(tmp_path: Path, text: str):
    path = tmp_path / "file"
    path.write_text(text, encoding="utf-8")
    file = InputFile(str(path), path, "ab" * 32, 1)
    name = format_of(file)
    return name, list(read_records(file, name, None))


def test_manifest_is_known_and_holds_no_records(tmp_path):
    text = '{\n "entries": [\n  {"url": "s3://openalex/data/works/updated_date=2023-05-16/part_000.gz"}]}'
    assert read(tmp_path, text) == ("openalex-manifest", [])


def test_replaced_identifiers_are_redirects_with_dates(tmp_path):
    name, [source, first, bad, last] = read(
        tmp_path,
        "merge_date,id,merge_into_id\n2022-08-03,A1,A2\n2022-08-03,x,A2\n,W1,https://openalex.org/W2\n",
    )
    assert name == source.format == "openalex-merged-ids"
    assert isinstance(first, Redirect)
    assert (first.old, first.new, first.date) == ("openalex:A1", "openalex:A2", "2022-08-03")
    assert (first.origin.line, first.origin.id) == (2, "A1")
    assert isinstance(bad, Rejected)
    assert (bad.line, bad.reason) == (3, "no two identifiers of OpenAlex")
    assert (last.old, last.new, last.date) == ("openalex:W1", "openalex:W2", "")
