"""Fabricated profile pages, and a short way to read them."""

import tempfile
from datetime import date
from pathlib import Path

from graphbuild.records import Observation, Paper, Profile, Record, Rejected, Source
from graphbuild.sources.files import Head, InputFile
from graphbuild.sources.profile_page import read_profile_page

TOP = "Ada Example\n\nLG\nh-index3\n9papers\n1,234citations\n\n9 Papers\n"
FOLDER = Path(tempfile.mkdtemp(prefix="pages-"))


def entry(
    header: str = "LGMar 13, 2023",
    title: str = "A Title",
    authors: str = "Ada Example, Bo Sample",
    abstract: str | None = "Looms are slow.",
) -> str:
    """Return the text of one entry."""
    parts = [f"\n{header}\n{title}\n\n{authors}\n"]
    return "".join(parts + ([f"\n{abstract}\n"] if abstract is not None else []))


def saved(text: str) -> InputFile:
    """Return a file with this text, its key the same for every text."""
    path = FOLDER / "page.txt"
    path.write_bytes(text.encode(errors="surrogateescape"))
    return InputFile("page.txt", path, "ab" * 32, 100)


def head_of(text: str) -> Head:
    """Return the start of a file with this text."""
    return Head(text.encode(errors="surrogateescape"), text, "page.txt")


class Read:
    """What a page was read as."""

    def __init__(self, text: str, captured: date | None = None) -> None:
        self.records: list[Record] = list(read_profile_page(saved(text), captured))

    def _all(self, kind: type) -> list:
        return [record for record in self.records if isinstance(record, kind)]

    @property
    def papers(self) -> list[Paper]:
        return self._all(Paper)

    @property
    def paper(self) -> Paper:
        [paper] = self.papers
        return paper

    @property
    def profile(self) -> Profile:
        [profile] = self._all(Profile)
        return profile

    @property
    def source(self) -> Source:
        [source] = self._all(Source)
        return source

    @property
    def observations(self) -> dict[str, Observation]:
        return {record.metric: record for record in self._all(Observation)}

    @property
    def rejected(self) -> list[Rejected]:
        return self._all(Rejected)


def page(*entries: str, top: str = TOP, captured: date | None = None) -> Read:
    """Read a page of these entries."""
    return Read(top + "".join(entries), captured)
