"""Files of several megabytes in the formats whose readers are measured, made up from a seed."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.works import Made, write_works
from graphbuild.records import Record
from graphbuild.sources import format_of, read_records
from graphbuild.sources.files import find_inputs

WORKS = 3_000

Row = dict[str, Any]


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


def read(path: Path) -> Iterator[Record]:
    """Yield the records of a file, whose format is recognised.

    Raises:
        UnknownFormatError: no reader knows it.
    """
    [file] = find_inputs((str(path),), path.parent)
    return read_records(file, format_of(file), None)


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
