"""Compressed inputs and archives are read; bombs and damage are refused."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import pytest
import zstandard

from graphbuild.errors import InputError
from graphbuild.sources import streams
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
