"""What dblp's own names say: streams in the keys of records, identity in the names of people."""

import re

from graphbuild.identifiers import identifier
from graphbuild.parts import VenueKind

KEY = re.compile(
    r"(?:DBLP:)?((conf|journals|series|books|reference|phd|tr|homepages|persons|data|www)/\S+)"
)
HOMONYM = re.compile(r" \d{4}$")
"""The number by which dblp tells people of one name apart: it is no part of the name."""

STREAMS: dict[str, VenueKind] = {
    "conf": "conference",
    "journals": "journal",
    "series": "book-series",
}


def record_key(written: str) -> str | None:
    """Return the key that dblp has for a record, or None for the keys of others.

    >>> record_key("DBLP:conf/looms/Example24"), record_key("example2024")
    ('conf/looms/Example24', None)
    """
    match = KEY.fullmatch(written)
    return match[1] if match and match[1].count("/") > 1 else None


def stream(key: str) -> tuple[str, VenueKind | None]:
    """Return the stream, i.e. series of conferences or journal, of a record and what it is.

    The first two parts of a key are the stream's own key; ``journals/corr`` is arXiv.

    >>> stream("conf/looms/Example24"), stream("phd/dnb/Sample20")
    (('dblp-stream:conf/looms', 'conference'), ('', None))
    """
    kind, name, _ = key.split("/", 2)
    if (kind, name) == ("journals", "corr"):
        return "dblp-stream:journals/corr", "repository"
    if kind not in STREAMS:
        return "", None
    return f"dblp-stream:{kind}/{name}", STREAMS[kind]


def name_id(name: str) -> str | None:
    """Return the identifier that a name is in dblp, where one spelling stands for one person.

    >>> name_id("Bo Sample 0001"), name_id("007")
    ('dblp-name:Bo_Sample_0001', None)
    """
    return identifier("dblp-name", name)
