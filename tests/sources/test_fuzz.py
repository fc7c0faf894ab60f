"""Damaged files come out as records, as `Rejected`, or as `InputError`, whatever the reader."""

import random
from pathlib import Path

import pytest

from graphbuild.sources import SOURCES
from tests.sources.fuzz import NOT_SEEDS, damaged, fuzz, read_all, seeds

CASES = 40
NASTY = (
    b"\0", b"\xff\xff", b"{", b"[", b"[" * 5_000, b'{"a":' * 5_000, b"<", b"<a>" * 5_000, b"<a/>", b"null", b"[null]", b"{}",
    b'{"results": null}', b'{"results": [null, 1, {}]}', b'{"message": []}', b"@", b"@a{", b"TY  - JOUR\n", b"---\n", b"a: &a [*a]\n",
    b"\xef\xbb\xbf", b"title,authors\n\0\n", b"merge_date,id,merge_into_id\n1\n", b"%PDF-1.7", "\u2028\ufffe".encode(), b"\r\r\r",
)  # fmt: skip


@pytest.mark.parametrize("name", SOURCES)
def test_what_is_no_file_of_the_format(tmp_path, name):
    for number, data in enumerate(NASTY):
        path = tmp_path / str(number)
        path.write_bytes(data)
        read_all(SOURCES[name], path)


@pytest.mark.slow
@pytest.mark.parametrize("name", SOURCES)
def test_damaged_real_files(shared, tmp_path, name):
    given, findings = fuzz(name, 3, tmp_path, seed=2)
    assert findings == {}
    assert given or not seeds(name)


def test_damage_is_damage_and_the_same_for_the_same_seed():
    data = b'{"title": "x", "authors": ["Ada", "Bo"]}\n{"title": "y"}\n' * 3
    made = [damaged(data, random.Random(number)) for number in range(CASES)]  # noqa: S311
    assert sum(each != data for each in made) > CASES * 0.8
    assert made == [damaged(data, random.Random(number)) for number in range(CASES)]  # noqa: S311


def test_seeds_leave_out_what_is_no_source():
    assert {"suites", "vocabularies"} == set(NOT_SEEDS)
    assert Path("suites").parts[0] in NOT_SEEDS


HUGE = "9" * 5_000
"""More digits than Python makes a number of."""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bibtex", "@article{a, title={T}, year={%s}, times-cited={%s}, month={%s}}"),
        ("ris", "TY  - JOUR\nTI  - T\nPY  - %s\nN1  - Cited By :%s\nSP  - %s\nER  - \n"),
        ("cff", ("cff-version: 1.2.0\ntitle: T\nmessage: M\nauthors:\n  - name: A\ndate-released: %s\n"
                "references:\n  - type: article\n    title: U\n    year: %s\n    month: %s\n")),
    ],
)  # fmt: skip
def test_number_of_thousands_of_digits_is_no_number(tmp_path, name, text):
    path = tmp_path / "huge"
    path.write_text(text % (HUGE, HUGE, HUGE))
    read_all(SOURCES[name], path)
