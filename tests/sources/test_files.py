import io
import sys

import pytest

from graphbuild.errors import InputError
from graphbuild.sources.files import CUT, LONGEST_LINE, damage, find_inputs, head, text_lines


def only(path, tmp_path):
    [file] = find_inputs((str(path),), tmp_path)
    return file


def test_overlong_line_is_cut_and_said_to_be(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "x" * (3 * LONGEST_LINE) + "\nnext\n" + "y" * LONGEST_LINE + "\nend", encoding="utf-8"
    )
    lines = list(text_lines(only(path, tmp_path)))
    assert [len(line) for line in lines] == [LONGEST_LINE + 1, 4, LONGEST_LINE, 3]
    assert lines[0].endswith(CUT)
    assert "longer than 1,000,000" in str(damage(lines[0]))
    assert damage(lines[2]) is None


def test_overlong_last_line_ends(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x" * (2 * LONGEST_LINE), encoding="utf-8")
    assert len(list(text_lines(only(path, tmp_path)))) == 1


def test_byte_that_is_no_utf8_spoils_its_line_only(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"good\nb\xe9d\nfine\n")
    assert [damage(line) for line in text_lines(only(path, tmp_path))] == [
        None,
        "it holds bytes that are not UTF-8",
        None,
    ]


def test_broken_utf16_is_named(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xff\xfeh\x00-\x00i")
    with pytest.raises(InputError, match="not valid utf-16"):
        list(text_lines(only(path, tmp_path)))


def test_standard_input_is_an_input(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"hello\n")))
    file = only("-", tmp_path)
    assert (file.location, file.name, list(text_lines(file))) == ("-", "stdin", ["hello"])


def test_file_that_vanished_is_named(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x", encoding="utf-8")
    file = only(path, tmp_path)
    path.unlink()
    with pytest.raises(InputError, match=r"a\.txt: cannot be read: No such file"):
        list(text_lines(file))


def test_start_of_a_file_cut_inside_a_letter_is_still_text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x" + "é" * 40_000, encoding="utf-8")
    assert head(only(path, tmp_path)).text.startswith("xéé")
