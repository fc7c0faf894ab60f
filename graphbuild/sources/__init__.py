"""Read inputs: one module per format, and this registry of them."""

from collections.abc import Iterator
from datetime import date

from graphbuild.errors import InputError, UnknownFormatError
from graphbuild.records import Record, Source
from graphbuild.sources import (
    acl,
    acl_registers,
    arxiv_dumps,
    arxiv_xml,
    cff,
    crossref,
    crossref_xml,
    csl,
    datacite,
    datacite_xml,
    dblp,
    jats,
    openalex,
    openalex_snapshot,
    opencitations,
    orcid,
    own_records,
    own_tables,
    paperswithcode,
    pmlr,
    profile_page,
    ris,
    ror,
)
from graphbuild.sources.bibtex import reader as bibtex
from graphbuild.sources.files import InputFile, head, not_text
from graphbuild.sources.formats import Format, rejected
from graphbuild.sources.plugins import plugin, plugins
from graphbuild.sources.rdf import reader as rdf

SOURCES: dict[str, Format] = {
    each.name: each
    for each in (
        crossref.FORMAT,
        crossref_xml.FORMAT,
        datacite.FORMAT,
        datacite_xml.FORMAT,
        opencitations.FORMAT,
        openalex_snapshot.MANIFEST,
        openalex_snapshot.MERGED_IDS,
        openalex.FORMAT,
        acl.FORMAT,
        acl_registers.PEOPLE_FORMAT,
        acl_registers.VENUE_FORMAT,
        arxiv_dumps.KAGGLE_FORMAT,
        arxiv_dumps.TABLE_FORMAT,
        arxiv_xml.ATOM_FORMAT,
        arxiv_xml.OAI_FORMAT,
        *paperswithcode.FORMATS,
        pmlr.FORMAT,
        cff.FORMAT,
        orcid.FORMAT,
        ror.FORMAT,
        rdf.FORMAT,
        dblp.FORMAT,
        jats.FORMAT,
        profile_page.FORMAT,
        own_records.FORMAT,
        own_tables.FORMAT,
        csl.FORMAT,
        bibtex.FORMAT,
        ris.FORMAT,
    )
}
"""The formats of our own by name; where several recognise an input, the first one reads it."""


def format_names() -> list[str]:
    """Return the names of all formats, in the order in which they are tried: plug-ins come last."""
    return [*SOURCES, *(name for name in plugins() if name not in SOURCES)]


def format_named(name: str) -> Format:
    """Return a format by its name.

    Raises:
        PluginError: another package brings it, and that is broken.
    """
    return SOURCES[name] if name in SOURCES else plugin(name)


def format_of(file: InputFile, name: str | None = None) -> str:
    """Return the name of an input's format, by its content unless ``name`` says it.

    Raises:
        UnknownFormatError: no reader knows the content.
        InputError: the file cannot be read.
        PluginError: a reader that another package brings is broken.
    """
    start = head(file)
    if name is not None:
        return name
    names = format_names()
    for candidate in names:
        if format_named(candidate).recognises(start):
            return candidate
    known = ", ".join(names)
    reason = not_text(start.data) or f"not a format that graphbuild reads; it reads: {known}"
    raise UnknownFormatError(reason, location=file.location)


def read_records(file: InputFile, format_name: str, captured: date | None) -> Iterator[Record]:
    """Yield the records of one input; what cannot be read comes as `Rejected`.

    Where a file breaks off or is damaged half-way, the records before that stay.

    Raises:
        InputError: not one record can be read.
    """
    read = False
    try:
        for record in format_named(format_name).read(file, captured):
            read = read or not isinstance(record, Source)
            yield record
    except InputError as error:
        if not read:
            raise
        reason = str(error).removeprefix(f"{file.location}: ")
        yield rejected(f"from here on the file cannot be read: {reason}", "", line=error.line or 0)
