"""Read inputs: one module per format, and this registry of them."""

from collections.abc import Iterator
from datetime import date

from graphbuild.errors import UnknownFormatError
from graphbuild.records import Record
from graphbuild.sources import own_records, profile_page
from graphbuild.sources.files import InputFile, head, not_text
from graphbuild.sources.formats import Format

SOURCES: dict[str, Format] = {
    each.name: each
    for each in (
        profile_page.FORMAT,
        own_records.FORMAT,
    )
}
"""The formats of our own by name; where several recognise an input, the first one reads it."""


def format_named(name: str) -> Format:
    """Return a format by its name."""
    return SOURCES[name]


def format_of(file: InputFile, name: str | None = None) -> str:
    """Return the name of an input's format, by its content unless ``name`` says it.

    Raises:
        UnknownFormatError: no reader knows the content.
        InputError: the file cannot be read.
    """
    start = head(file)
    if name is not None:
        return name
    for candidate, source in SOURCES.items():
        if source.recognises(start):
            return candidate
    known = ", ".join(SOURCES)
    reason = not_text(start.data) or f"not a format that graphbuild reads; it reads: {known}"
    raise UnknownFormatError(reason, location=file.location)


def read_records(file: InputFile, format_name: str, captured: date | None) -> Iterator[Record]:
    """Yield the records of one input; what cannot be read comes as `Rejected`."""
    return format_named(format_name).read(file, captured)
