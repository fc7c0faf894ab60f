"""How fast readers are: files of several megabytes, made up from a seed, and real ones.

``python -m benchmarks.readers [FOLDER]`` prints a table, in megabytes a second of one processor.
FOLDER holds real files, by default ``../shared/data``.
"""

import gc
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from math import inf
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from benchmarks.works import Made, write_works
from graphbuild.sources import format_of, read_records
from graphbuild.sources.files import InputFile, find_inputs

WORKS = 3_000
ROUNDS = 3
REAL = {
    "BibTeX of dblp": "dblp/bib/**/*.bib",
    "BibTeX of many programs": "bibtex/*/*.bib",
    "XML of the ACL Anthology": "acl-anthology/2024-06/xml/*.xml",
    "XML of Crossref": "jose/*.crossref.xml",
    "JATS": "jats/**/*.nxml",
    "OpenAlex, JSON Lines": "openalex/*/*.jsonl",
    "Crossref, JSON Lines": "crossref/*.jsonl",
    "ORCID, JSON": "orcid/**/*.json",
    "ROR, JSON Lines": "ror/ror-v*.jsonl",
    "arXiv, JSON Lines of Kaggle": "arxiv/kaggle/*",
    "arXiv, table": "arxiv/tsv/cs.MS*",
    "OpenCitations Meta, CSV": "opencitations-meta/*.csv",
}
"""Where real files lie in the folder that tests compare with."""

Row = dict[str, Any]


class Speed(NamedTuple):
    """How fast files are read.

    Attributes:
        name: what they are.
        megabytes: their size, unpacked.
        records: what is made of them.
        speed: megabytes a second of the processor.
        bare: the same for nothing but parsing them, by ``json.loads`` or lxml.
    """

    name: str
    megabytes: float
    records: int
    speed: float
    bare: float | None


def write_inputs(folder: Path) -> dict[str, Path]:
    """Write a file in each format; return them by name."""
    write_works(WORKS, folder, 1)
    works = list(islice(Made(WORKS), WORKS))
    texts = {
        "bibtex": ("works.bib", "\n".join(map(_bibtex, works))),
        "dblp xml": ("dblp.xml", _dblp(works)),
    }
    for name, text in texts.values():
        (folder / name).write_text(text, encoding="utf-8")
    files = {name: folder / file for name, (file, _) in texts.items()}
    return {"openalex json": folder / "part_000.jsonl", **files}


def speeds(inputs: dict[str, list[Path]]) -> Iterator[Speed]:
    """Measure how fast one process makes records of files, by name of what they are.

    The collector of garbage is off, as in builds.

    Raises:
        UnknownFormatError: no reader knows a file.
    """
    gc.disable()
    try:
        for name, paths in inputs.items():
            files = list(find_inputs(tuple(map(str, paths)), Path()))
            formats = [format_of(file) for file in files]
            yield _speed(name, files, formats)
    finally:
        gc.enable()


def _speed(name: str, files: list[InputFile], formats: list[str]) -> Speed:
    texts = [_bytes(file) for file in files]
    size = sum(map(len, texts)) / 1e6
    number, best = 0, inf
    for _ in range(ROUNDS):
        start = time.process_time()
        pairs = zip(files, formats, strict=True)
        number = sum(1 for file, form in pairs for _ in read_records(file, form, None))
        best = min(best, time.process_time() - start)
    start = time.process_time()
    known = sum(map(_bare, texts))
    bare = time.process_time() - start
    return Speed(name, size, number, size / best, size / bare if known else None)


def _bytes(file: InputFile) -> bytes:
    with file.open() as stream:
        return stream.read()


def _bare(text: bytes) -> bool:
    """Parse JSON or XML into objects and nothing more; say whether it is either."""
    if text.lstrip()[:1] == b"<":
        etree.fromstring(text, etree.XMLParser(recover=True, resolve_entities=False))
    elif text.lstrip()[:1] not in {b"{", b"["}:
        return False
    elif b"\n{" in text:
        for line in text.splitlines():
            json.loads(line)
    else:
        json.loads(text)
    return True


def tell(found: Iterable[Speed]) -> None:
    """Print the speeds as a table."""
    print(f"{'':36}{'MB/s':>8}{'bare':>8}{'MB':>8}{'records':>9}")
    for each in found:
        bare = f"{each.bare:8.0f}" if each.bare else f"{'':8}"
        print(f"{each.name:36}{each.speed:8.1f}{bare}{each.megabytes:8.1f}{each.records:9,}")


def real_inputs(data: Path) -> dict[str, list[Path]]:
    """Return the real files in a folder of sources by what they are; none where it is missing."""
    found = {name: sorted(data.glob(pattern)) for name, pattern in REAL.items()}
    return {name: paths for name, paths in found.items() if paths}


def _abstract(work: Row) -> str:
    places = {
        place: word for word, all_ in work["abstract_inverted_index"].items() for place in all_
    }
    return " ".join(places[place] for place in sorted(places))


def _bibtex(work: Row) -> str:
    authors = " and ".join(each["raw_author_name"] for each in work["authorships"])
    return (
        f"@article{{{work['id'].rpartition('/')[2]},\n  title = {{{work['title']}}},\n"
        f"  author = {{{authors}}},\n  year = {work['publication_year']},\n"
        f"  journal = {{{work['primary_location']['source']['display_name']}}},\n"
        f"  volume = {{{work['biblio']['volume']}}},\n  doi = {{{work['doi'][16:]}}},\n"
        f"  abstract = {{{_abstract(work)}}}\n}}\n"
    )


def _dblp(works: list[Row]) -> str:
    entries = "\n".join(map(_dblp_entry, works))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<dblp>\n{entries}\n</dblp>\n'


def _dblp_entry(work: Row) -> str:
    key = work["id"].rpartition("/")[2].lower()
    authors = "".join(
        f"<author>{each['author']['display_name']}</author>\n" for each in work["authorships"]
    )
    return (
        f'<article key="journals/made/{key}" mdate="2025-01-01">\n{authors}'
        f"<title>{work['title']}.</title>\n<pages>1-9</pages>\n"
        f"<year>{work['publication_year']}</year>\n<volume>{work['biblio']['volume']}</volume>\n"
        f"<journal>{work['primary_location']['source']['display_name']}</journal>\n"
        f"<ee>{work['doi']}</ee>\n<url>db/journals/made/made.html#{key}</url>\n</article>"
    )


def main() -> None:
    """Measure and print."""
    data = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    with tempfile.TemporaryDirectory() as temporary:
        made = write_inputs(Path(temporary) / "made")
        tell(speeds({f"made up: {name}": [path] for name, path in made.items()}))
    tell(speeds(real_inputs(data)))


if __name__ == "__main__":
    main()
