"""Compressed inputs and archives are read; bombs and damage are refused."""

import bz2
import gzip
import io
import lzma
import os
import tarfile
import threading
import zipfile

import pytest
import zstandard

from graphbuild.errors import InputError
from graphbuild.records import Rejected
from graphbuild.sources import read_records, streams
from graphbuild.sources.files import find_inputs, text_lines

TEXT = b"first line\nsecond line\n"
PACKED = {
    "gz": gzip.compress(TEXT),
    "bz2": bz2.compress(TEXT),
    "xz": lzma.compress(TEXT),
    "zst": zstandard.compress(TEXT),
    "gz in gz": gzip.compress(gzip.compress(TEXT)),
    "two gz": gzip.compress(TEXT[:11]) + gzip.compress(TEXT[11:]),
}


def inputs(tmp_path, *names):
    spool = tmp_path / "spool"
    spool.mkdir()
    return list(find_inputs(tuple(str(name) for name in names), spool))


def lines(file):
    return list(text_lines(file))


@pytest.mark.parametrize("kind", PACKED)
def test_compression_is_undone_whatever_the_name(tmp_path, kind):
    path = tmp_path / "data.txt"
    path.write_bytes(PACKED[kind])
    [file] = inputs(tmp_path, path)
    assert lines(file) == ["first line", "second line"]


def archive(kind: str) -> bytes:
    made = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
            zipped.writestr("../../a.txt", TEXT)
            zipped.writestr("b/c.txt.gz", gzip.compress(b"third line\n"))
        return made.getvalue()
    with tarfile.open(fileobj=made, mode="w:gz" if kind == "tar.gz" else "w") as tar:
        for name, content in (
            ("../../a.txt", TEXT),
            ("b/c.txt.gz", gzip.compress(b"third line\n")),
        ):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    return made.getvalue()


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_archive_stands_for_its_files_and_writes_nothing_elsewhere(tmp_path, kind):
    path = tmp_path / "folder" / "archive"
    path.parent.mkdir()
    path.write_bytes(archive(kind))
    files = inputs(tmp_path, path)
    assert [lines(file) for file in files] == [["first line", "second line"], ["third line"]]
    assert [file.location for file in files] == [f"{path}:../../a.txt", f"{path}:b/c.txt.gz"]
    assert [file.name for file in files] == ["a.txt", "c.txt.gz"]
    assert all(file.inside for file in files)
    assert not (tmp_path.parent / "a.txt").exists()


@pytest.mark.parametrize("kind", ["gz", "bz2", "xz", "zst"])
def test_bomb_is_stopped(tmp_path, monkeypatch, kind):
    monkeypatch.setattr(streams, "FREE_EXPANSION", 1_000_000)
    zeros = bytes(20_000_000)
    bomb = {
        "gz": gzip.compress,
        "bz2": bz2.compress,
        "xz": lzma.compress,
        "zst": zstandard.compress,
    }
    path = tmp_path / "bomb"
    path.write_bytes(bomb[kind](zeros))
    with pytest.raises(InputError, match="grows to more than 250 times its size"):
        lines(inputs(tmp_path, path)[0])


def test_bomb_in_an_archive_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(streams, "FREE_EXPANSION", 1_000_000)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("a.txt", bytes(20_000_000))
    with pytest.raises(InputError, match="grows to more than"):
        inputs(tmp_path, path)


def test_nesting_is_limited(tmp_path):
    data = TEXT
    for _ in range(4):
        data = gzip.compress(data)
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(InputError, match="compressed more than 2 times"):
        inputs(tmp_path, tmp_path / "x")


@pytest.mark.parametrize("kind", ["gz", "bz2", "xz", "zst"])
def test_truncated_stream_is_named(tmp_path, kind):
    path = tmp_path / "cut"
    path.write_bytes(PACKED[kind][:-6])
    with pytest.raises(InputError, match="cut: damaged"):
        lines(inputs(tmp_path, path)[0])


def test_damaged_archive_is_named(tmp_path):
    (tmp_path / "a.zip").write_bytes(archive("zip")[:60])
    with pytest.raises(InputError, match=r"a\.zip: damaged archive"):
        inputs(tmp_path, tmp_path / "a.zip")


def test_pattern_names_files(tmp_path):
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text(name)
    files = inputs(tmp_path, tmp_path / "*.txt")
    assert [file.name for file in files] == ["a.txt", "b.txt"]


def test_bomb_of_members_that_share_their_bytes_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(streams, "FREE_EXPANSION", 1_000_000)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("a.txt", bytes(900_000))
        zipped.filelist *= 50  # The directory names the same bytes again and again.
    with pytest.raises(InputError, match="grows to more than"):
        inputs(tmp_path, path)


def test_what_comes_through_a_pipe_is_read_as_often_as_needed(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(gzip.compress(TEXT),))
    writer.start()
    [file] = inputs(tmp_path, pipe)
    writer.join()
    assert file.location == str(pipe)
    assert lines(file) == lines(file) == ["first line", "second line"]


def test_pattern_that_fits_folders_stands_for_what_is_in_them(tmp_path):
    for name in ("x/a.txt", "x/b/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name, encoding="utf-8")
    found = inputs(tmp_path, tmp_path / "x" / "*")
    assert [file.name for file in found] == ["a.txt", "c.txt"]


def test_records_before_the_damage_stay(tmp_path):
    rows = "".join(
        f'{{"title": "Paper {n} {n * 7919 % 1000}", "authors": []}}\n' for n in range(5_000)
    )
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(rows.encode())[:-3_000])
    [file] = inputs(tmp_path, path)
    _, *papers, last = read_records(file, "own-records", None)
    assert len(papers) > 1_000
    assert isinstance(last, Rejected)
    assert last.reason.startswith("from here on the file cannot be read: damaged (")


def test_file_without_a_readable_record_is_refused(tmp_path):
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"title": "x", "authors": []}')[:-12])
    with pytest.raises(InputError, match="damaged"):
        list(read_records(inputs(tmp_path, path)[0], "own-records", None))
