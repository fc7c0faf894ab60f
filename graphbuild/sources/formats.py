"""What a reader of a format has to offer, and how it marks where its records come from."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from graphbuild.parts import Origin
from graphbuild.records import Record, Rejected, Source
from graphbuild.sources.fields import Fields
from graphbuild.sources.files import Head, InputFile

SURROGATE = re.compile("[\ud800-\udfff]")
EXCERPT = 2_000
"""Characters of a rejected record that are kept."""


class Format(NamedTuple):
    """A format that inputs may have.

    Attributes:
        name: how people name it with ``--format``: words joined by hyphens.
        summary: what it is, for lists and messages.
        version: changes when the reader reads the same bytes differently.
        recognises: says by the start of an input whether it has this format.
        read: yields the records of one input, its `Source` first; what cannot be read comes as
            `Rejected` and the next record follows.
        fields: yields for each record which fields it states and whether `read` reads them; what
            cannot be read is passed over. None where the reader does not tell.
        lists: yields the addresses of the files that a manifest lists; None for all else.
    """

    name: str
    summary: str
    version: int
    recognises: Callable[[Head], bool]
    read: Callable[[InputFile, date | None], Iterator[Record]]
    fields: Callable[[InputFile], Iterator[Fields]] | None = None
    lists: Callable[[InputFile], Iterator[str]] | None = None


def source_of(file: InputFile, format_name: str, title: str, captured: str | None = None) -> Source:
    """Return the record of an input as a whole.

    Args:
        file: the input.
        format_name: name of its format.
        title: what it is, e.g. ``works of OpenAlex``.
        captured: date of the data, ISO 8601, where the input itself or the user states it.
    """
    return Source(file.key, file.name, title, format_name, file.sha256, captured)


def origin_of(
    file: InputFile, number: int, *, line: int = 0, text: str = "", own_id: str = ""
) -> Origin:
    """Return the place of the record that is the ``number`` th of its input, from 1.

    Args:
        file: the input.
        number: which of its records this is.
        line: line at which it starts, from 1.
        text: a line that heads it, as written, where there is one.
        own_id: what the source itself calls it.
    """
    return Origin(f"{file.key}-r{number}", line, text, own_id)


def rejected(reason: str, text: str | bytes, *, line: int = 0, own_id: str = "") -> Rejected:
    """Return what stands for a record that cannot be read; bytes that are no text are U+FFFD."""
    readable = text.decode(errors="replace") if isinstance(text, bytes) else text
    return Rejected(line, _whole(reason), _whole(readable[:EXCERPT]), _whole(own_id))


def _whole(text: str) -> str:
    return SURROGATE.sub("\ufffd", text)
