"""The formats in which a query's answer can be written, and which form of query takes which."""

from typing import NamedTuple

from graphbuild.query.syntax import Form

GRAPH_FORMS: tuple[Form, ...] = ("construct", "describe")


class Format(NamedTuple):
    """One format.

    Attributes:
        title: its name for people.
        forms: the forms of query that it can write.
        suffixes: ends of file names that mean it.
        transport: what the worker writes to make it from; None when it writes the format itself.
    """

    title: str
    forms: tuple[Form, ...]
    suffixes: tuple[str, ...]
    transport: str | None = None


FORMATS: dict[str, Format] = {
    "table": Format("text table", ("select",), (".txt",), "tsv"),
    "csv": Format("SPARQL results CSV", ("select",), (".csv",)),
    "tsv": Format("SPARQL results TSV", ("select",), (".tsv",)),
    "json": Format("JSON array of objects", ("select", "ask"), (".json",), "tsv"),
    "jsonl": Format("JSON Lines", ("select",), (".jsonl", ".ndjson"), "tsv"),
    "md": Format("Markdown table", ("select",), (".md",), "tsv"),
    "html": Format("HTML page", ("select",), (".html", ".htm"), "tsv"),
    "record": Format("one block of lines a row", ("select",), (), "tsv"),
    "raw": Format("the first value alone", ("select",), (), "tsv"),
    "parquet": Format("Parquet file", ("select",), (".parquet",), "tsv"),
    "arrow": Format("Arrow IPC file", ("select",), (".arrow", ".feather"), "tsv"),
    "srj": Format("SPARQL results JSON", ("select", "ask"), (".srj",)),
    "srx": Format("SPARQL results XML", ("select", "ask"), (".srx",)),
    "text": Format("true or false", ("ask",), (".txt",), "srj"),
    "ttl": Format("Turtle", GRAPH_FORMS, (".ttl",)),
    "nt": Format("N-Triples", GRAPH_FORMS, (".nt",)),
    "jsonld": Format("JSON-LD", GRAPH_FORMS, (".jsonld", ".json"), "nt"),
}
BINARY = frozenset({"parquet", "arrow"})
"""Formats that are no text."""

FROM_ROWS = (
    frozenset({"csv", "tsv", "record", "json", "jsonl", "md", "html", "table", "raw"}) | BINARY
)
"""Formats that can be written from rows, so that their rows may be changed before."""

WITH_HEADERS = frozenset({"table", "csv", "tsv"})
"""Formats whose first line of names can be left out."""


def names_for(form: Form) -> list[str]:
    """Return the formats that can write the answer of such a query."""
    return [name for name, format in FORMATS.items() if form in format.forms]


def named_by(suffix: str, form: Form) -> str | None:
    """Return the format that a file name's end means for such a query, or None."""
    for name in names_for(form):
        if suffix.lower() in FORMATS[name].suffixes:
            return name
    return None


def transport(name: str, form: Form, *, changed: bool = False) -> str:
    """Return what the worker must write so that the format can be made from it.

    Args:
        name: of the format.
        form: of the query.
        changed: the rows are changed before they are written.
    """
    if changed:
        return "tsv"
    if form == "ask":
        return "srx" if name == "srx" else "srj"
    return FORMATS[name].transport or name
