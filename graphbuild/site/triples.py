"""The data files of one entity: Turtle, JSON-LD and N-Triples of the same triples."""

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from operator import itemgetter

import msgspec

from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.site.bundle import Bundle
from graphbuild.store.jsonld import Compactor, Context
from graphbuild.store.turtle import write_turtle

CONTEXT = "../../context.jsonld"
"""The site's own copy: it is fetched from no other place."""


class DataWriter:
    """Writes the triples of entities.

    Args:
        context: the JSON-LD context that lies at the root of the site.
    """

    def __init__(self, context: Context) -> None:
        self._compactor = Compactor(context)

    def files(self, bundle: Bundle) -> Iterator[tuple[str, bytes]]:
        """Yield suffix and content of each data file of an entity."""
        rows = sorted(set(bundle.statements))
        lines = "".join([f"{s} {p} {o} .\n" for s, p, o in rows])
        yield "nt", lines.encode()
        file = BytesIO()
        used = {name: space for name, space in PREFIXES.items() if f"<{space}" in lines}
        write_turtle(rows, used, file)
        yield "ttl", file.getvalue()
        nodes = [
            self._compactor.node(subject, group)
            for subject, group in groupby(rows, key=itemgetter(0))
        ]
        yield "jsonld", msgspec.json.encode({"@context": CONTEXT, "@graph": nodes}) + b"\n"
