"""Read inputs: one module per format, and this registry of them."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from graphbuild.errors import InputError
from graphbuild.records import Record
from graphbuild.sources import profile_page
from graphbuild.sources.files import InputFile, head, text_lines


class Format(NamedTuple):
    """A format that inputs may have.

    Attributes:
        summary: what it is, for lists and messages.
        version: changes when the reader reads the same bytes differently.
        recognises: says by the start of the text whether an input has this format.
        read: yields the records of one input.
    """

    summary: str
    version: int
    recognises: Callable[[str], bool]
    read: Callable[[Iterable[str], InputFile, date | None], Iterator[Record]]


SOURCES = {
    "profile-page": Format(
        "researcher profile page, saved as text",
        1,
        profile_page.recognises,
        profile_page.read_profile_page,
    ),
}


def format_of(file: InputFile, name: str | None = None) -> str:
    """Return the name of an input's format, by its content unless ``name`` says it.

    Raises:
        InputError: no reader knows the content.
    """
    start = head(file)
    if name is not None:
        return name
    for candidate, source in SOURCES.items():
        if source.recognises(start):
            return candidate
    known = ", ".join(f"{name} ({source.summary})" for name, source in SOURCES.items())
    raise InputError(
        f"not a format that graphbuild reads; it reads: {known}", location=file.location
    )


def read_records(file: InputFile, format_name: str, captured: date | None) -> Iterator[Record]:
    """Yield the records of one input; what cannot be read comes as `Rejected`."""
    return SOURCES[format_name].read(text_lines(file), file, captured)
