"""Feed damaged files to every reader: what may come out is records, `Rejected`, and `InputError`.

    python -m tests.sources.fuzz --seconds 600 --keep findings [FORMAT...]

The seeds are the real files of ../shared/data; each finding is kept as a file that shows it again.
"""

import argparse
import json
import random
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from graphbuild.errors import InputError
from graphbuild.records import Record
from graphbuild.sources import SOURCES, format_of
from graphbuild.sources.files import InputFile, head
from graphbuild.sources.formats import Format

LARGEST_SEED = 60_000
SLOW = 20.0
"""Seconds that a damaged seed may take; a whole one takes less than a tenth."""

HERE = Path(__file__).resolve().parents[2]
WHERE = HERE.parent / "shared" / "data"
NOT_SEEDS = ("suites", "vocabularies")
TABLE = (
    b"title,authors,editors,year,doi,issn,venue,pages,retracted,keywords,type,name,ids\n"
    b"On Looms,Ada Example [orcid:0000-0002-1825-0097]; Bo,Cy,2024,10.1000/x,1570-0844,L,1-9,no,a; b,,,\n"
    b'"Two ""\nlines",,,,,,,,,,,,\n,,,,,,,,,,venue,L,issn:1570-0844\n'
)
PWC = "https://paperswithcode.com/"
DUMPS = {
    "pwc-links": {
        "paper_url": f"{PWC}paper/on-looms", "paper_title": "On Looms", "paper_arxiv_id": "2605.00001",
        "paper_url_abs": "https://arxiv.org/abs/2605.00001v1", "paper_url_pdf": "https://loom.example/a.pdf",
        "repo_url": "https://github.com/ada/loom", "is_official": True, "mentioned_in_paper": False,
        "mentioned_in_github": True, "framework": "pytorch",
    },
    "pwc-papers": {
        "paper_url": f"{PWC}paper/on-looms", "arxiv_id": "2605.00001", "title": "On Looms",
        "abstract": "We weave.", "authors": ["Ada Example", "Bo Sample"], "tasks": ["Weaving"],
        "methods": [{"name": "Shuttle", "full_name": "The Shuttle"}], "date": "2026-05-01",
        "proceeding": "LOOM 2026 5", "openreview_id": None,
    },
    "pwc-methods": {
        "url": f"{PWC}method/shuttle", "name": "Shuttle", "full_name": "The Shuttle", "description": "Flies.",
        "paper": {"title": "On Looms", "url": "/paper/on-looms"}, "num_papers": 7,
        "code_snippet_url": "https://github.com/ada/loom/blob/main/s.py",
        "collections": [{"collection": "Throwing", "area_id": "w", "area": "Weaving"}],
    },
    "pwc-datasets": {
        "url": f"{PWC}dataset/threads", "name": "Threads", "full_name": "Many Threads",
        "homepage": "https://threads.example", "description": "Threads.", "modalities": ["Images"],
        "paper": {"title": "On Looms", "url": "/paper/on-looms"}, "introduced_date": "2026-05-01",
        "tasks": [{"task": "Weaving"}], "languages": ["English"], "num_papers": 3,
    },
}  # fmt: skip
"""A made-up row of each dump of Papers with Code, of which no real file is at hand."""

RECORD = msgspec.json.Decoder(Record)
JUNK: tuple[Any, ...] = (
    None, True, 0, -1, 1e308, 2**63, 10**30, "", " ", "x", "\x00", "\ud800", "0", "10.1000/x", [], {}, [[]], [None],
    ["x", None], {"": None}, {"x": {"y": []}}, "2024-13-45", "9999999999", "\u202e<b>{\\'e}</b>$\\frac", "http://[::1",
)  # fmt: skip
TOKENS = (
    b"", b"\0", b"\xff", b"\xed\xa0\x80", b'"', b"'", b"{", b"}", b"[", b"]", b"<", b">", b"</", b"&#0;", b"&x;",
    b"<![CDATA[", b"<!--", b"\n", b"\r", b"\n\n", b"\t", b"\\", b"\\u0000", b"\\ud800", b"@", b"@string{", b"TY  - ",
    b"ER  - ", b"#", b"%", b"---\n", b": ", b"- ", b"&a ", b"*a ", b"!!python/x ", b"null", b"[" * 3_000, b"{" * 3_000,
    b"<a>" * 3_000, b"9" * 5_000, b"x" * 5_000, b",", b";", b"|", "\u2028".encode(), b"\xef\xbb\xbf", b"\xff\xfe",
)  # fmt: skip


def seeds(format_name: str) -> list[bytes]:
    """Return the real files of a format, and the examples; large ones cut."""
    found = [TABLE] if format_name == "own-table" else []
    if format_name in DUMPS:
        found += [
            json.dumps([DUMPS[format_name]] * 3, indent=indent).encode() for indent in (None, 1)
        ]
    real = (each for each in WHERE.rglob("*") if each.relative_to(WHERE).parts[0] not in NOT_SEEDS)
    for path in (*sorted((HERE / "examples").iterdir()), *sorted(real)):
        if path.is_file():
            file = InputFile(str(path), path, "ab" * 32, 1)
            try:
                if format_of(file) == format_name:
                    with file.open() as stream:
                        found.append(_cut(stream.read(20 * LARGEST_SEED)))
            except InputError:
                continue
    return found[:60]


def _cut(data: bytes) -> bytes:
    """Return the start of a file: whole lines, or a JSON document with short lists."""
    try:
        return json.dumps(_short(json.loads(data))).encode()
    except ValueError:
        return data[:LARGEST_SEED].rpartition(b"\n")[0] if len(data) > LARGEST_SEED else data


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _short(each) for key, each in value.items()}
    return [_short(each) for each in value[:3]] if isinstance(value, list) else value


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return a file with some damage: to its bytes, its lines, or the values of its JSON."""
    how = chance.choice((_bytes, _lines, _json_values, _json_values))
    for _ in range(chance.choice((1, 1, 2, 5))):
        data = how(data, chance)
    return data


def _bytes(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    end = min(end, start + chance.choice((0, 1, 10, 1_000)))
    return data[:start] + chance.choice(TOKENS) + data[end:]


def _lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[other])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case _:
            lines[at] = _bytes(lines[at], chance)
    return b"\n".join(lines)


def _json_values(data: bytes, chance: random.Random) -> bytes:
    """Put something of another type in place of a value of a JSON document or line."""
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    for whole, text in ((True, data), (False, lines[at])):
        try:
            value = json.loads(text)
            changed = json.dumps(_replaced(value, chance)).encode()
        except (ValueError, RecursionError):
            continue
        return changed if whole else b"\n".join((*lines[:at], changed, *lines[at + 1 :]))
    return _bytes(data, chance)


def _replaced(value: Any, chance: random.Random) -> Any:
    places = list(_places(value))
    if not places:
        return chance.choice(JUNK)
    parent, key = chance.choice(places)
    if isinstance(parent, dict) and chance.random() < 0.15:
        del parent[key]
    else:
        parent[key] = chance.choice(JUNK)
    return value


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, each in inner:
        yield value, key
        yield from _places(each)


def read_all(source: Format, path: Path) -> None:
    """Recognise, read and audit a file as a build does; only `InputError` is swallowed.

    Raises:
        AssertionError: what comes out is no record, or comes back otherwise from the disk.
    """
    file = InputFile(path.name, path, "ab" * 32, path.stat().st_size)
    try:
        source.recognises(head(file))
        for record in source.read(file, None):
            assert isinstance(record, Record)
            assert RECORD.decode(msgspec.json.encode(record)) == record
        for fields in source.fields(file) if source.fields else ():
            assert all(isinstance(name, str) for name in fields)
    except InputError:
        return


def fuzz(name: str, seconds: float, keep: Path, seed: int) -> tuple[int, dict[str, str]]:
    """Return how many damaged files a reader was given, and what else came out by its place."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    given, findings = 0, {}
    files = seeds(name)
    path = keep / "now"
    end = time.monotonic() + seconds
    while files and time.monotonic() < end:
        path.write_bytes(damaged(chance.choice(files), chance))
        given += 1
        start = time.monotonic()
        try:
            read_all(SOURCES[name], path)
            passed = time.monotonic() - start
            problem = f"{passed:.0f} s" if passed > SLOW else ""
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            place = traceback.extract_tb(error.__traceback__)[-1]
            problem = (
                f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}: {error}"[
                    :200
                ]
            )
        if problem and (key := problem.partition(": ")[0]) not in findings:
            findings[key] = problem
            path.replace(keep / f"{name}-{len(findings)}")
    return given, findings


def main() -> int:
    """Fuzz formats; return 1 with findings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("formats", nargs="*", help="all when none is given")
    parser.add_argument("--seconds", type=float, default=60, help="for each format")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("findings"))
    asked = parser.parse_args()
    asked.keep.mkdir(exist_ok=True)
    found = False
    for name in asked.formats or SOURCES:
        given, findings = fuzz(name, asked.seconds, asked.keep, asked.seed)
        sys.stdout.write(f"{name}: {given:,} files, {len(findings)} findings\n")
        for number, problem in enumerate(findings.values(), 1):
            sys.stdout.write(f"  {name}-{number}: {problem}\n")
        sys.stdout.flush()
        found = found or bool(findings)
    return int(found)


if __name__ == "__main__":
    sys.exit(main())
