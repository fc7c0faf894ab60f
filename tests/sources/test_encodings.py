"""Encodings are found out: marks, UTF-8, UTF-16 without a mark, what the file says, detection."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.errors import InputError
from graphbuild.sources import encodings
from graphbuild.sources.encodings import decoded, decoded_start, read_text, text_pieces
from graphbuild.sources.files import UNDECODED, InputFile

GERMAN = "@article{a, author={Müller, Jürgen}, title={Über die Größe der Städte – français}}"
CZECH = "@book{a, author={Dvořák, Jiří and Łukasiewicz, Paweł}, title={Příliš žluťoučký kůň}}"
RUSSIAN = "@book{a, author={Иванов, Иван}, title={О работе с данными}}"
JAPANESE = "@book{a, author={山田 太郎}, title={日本語のテスト}}"
CHINESE = "@article{a, author={可热}, title={测试期刊}}"
KOREAN = "@book{a, author={김철수}, title={한국어 시험 문서}}"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("text", [GERMAN, JAPANESE, "@book{a, title={Plain}}"])
def test_unicode_is_told_with_and_without_a_mark(text, encoding):
    if encoding == "utf-16-be" and text == JAPANESE:
        text = f"% a line of ASCII, as every entry of a bibliography has\n{text}"
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"), (CZECH, "cp1250"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r"),
        (JAPANESE, "euc_jp"), (JAPANESE, "shift_jis"), (CHINESE, "gb18030"), (KOREAN, "euc_kr"),
    ],
)  # fmt: skip
def test_older_encodings_are_recognised(text, encoding):
    assert decoded(text.encode(encoding)) == text


def test_what_the_file_says_of_itself_counts():
    text = "% Encoding: ISO8859_2\n@book{a, title={Ž}}"
    assert decoded(text.encode("iso8859-2")) == text
    assert decoded(b"% Encoding: no-such-thing\n@book{a, title={Gr\xf6\xdfe}}")[-7:-2] == "Größe"


def test_a_wrong_byte_in_utf8_stays_one_wrong_byte():
    text = decoded(("é" * 20).encode() + b"\xe9")
    assert text == "é" * 20 + "\udce9"
    assert UNDECODED.search(text)


def test_a_broken_promise_is_reported(tmp_path):
    path = tmp_path / "a.bib"
    path.write_bytes(b"\xff\xfea")
    with pytest.raises(InputError, match="starts like UTF-16"):
        read_text(InputFile("a.bib", path, "0" * 64, 3))
    assert decoded_start(b"\xff\xfea") == "a"


def test_line_ends_become_lf(tmp_path):
    path = tmp_path / "a.bib"
    path.write_bytes(b"a\r\nb\rc\n")
    assert read_text(InputFile("a.bib", path, "0" * 64, 7)) == "a\nb\nc\n"


@given(st.binary(max_size=300))
def test_all_bytes_have_a_text(data):
    assert isinstance(decoded_start(data), str)


@pytest.mark.parametrize(
    ("data", "pieces"),
    [
        (f"{GERMAN}\r\n{JAPANESE}\r".encode(), 2),
        (f"{GERMAN}\r\n{JAPANESE}\r".encode("utf-8-sig"), 2),
        (GERMAN.encode("cp1252") * 2, 1),
        (f"{GERMAN}\n{GERMAN}".encode("utf-16-le"), 1),
        (b"@book{a}", 1),
    ],
)
def test_large_texts_of_utf8_come_in_pieces(tmp_path, monkeypatch, data, pieces):
    path = tmp_path / "a.bib"
    path.write_bytes(data)
    file = InputFile(str(path), path, "ab" * 32, 1)
    monkeypatch.setattr(encodings, "PIECE", 80)
    found = text_pieces(file)
    assert len(list(found)) == pieces
    assert "".join(found) == read_text(file)
