"""Say in words which entity a result is about, and which records it comes from."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from graphbuild.mapping.vocabulary import TYPE, term
from graphbuild.store.columns import is_iri, plain
from graphbuild.validate.columns import Columns, Ids
from graphbuild.validate.report import Result
from graphbuild.validate.walk import among

NAMES = tuple(
    map(
        term,
        (
            "dcterms:title",
            "foaf:name",
            "skos:prefLabel",
            "schema:name",
            "gb:nameAsWritten",
            "gb:urlAsWritten",
            "gb:textAsWritten",
        ),
    )
)
DERIVED, PART_OF = term("prov:wasDerivedFrom"), term("dcterms:isPartOf")
FILE, LINE = term("dcterms:identifier"), term("gb:line")
SHOWN = 2


def described(results: Iterable[Result], columns: Columns) -> list[Result]:
    """Return results with their entities and their sources in words."""
    results = list(results)
    words = Words(columns, {result.focus for result in results if result.focus[0] in "<_"})
    return [
        replace(result, entity=words.entity(result.focus), source=words.source(result.focus))
        for result in results
    ]


class Words:
    """What some nodes are called, and where they come from, asked for all at once."""

    def __init__(self, columns: Columns, nodes: set[str]) -> None:
        self._columns = columns
        self._numbers = columns.numbers(nodes)
        ids = np.array(sorted(self._numbers.values()), np.int32)
        self._names = [self._values(name, ids) for name in NAMES]
        self._kinds = self._values(TYPE, ids)
        self._records = self._values(DERIVED, ids)
        self._places = self._find_places()

    def entity(self, node: str) -> str:
        """Return a node in words, or nothing for what is no node of the graph."""
        number = self._numbers.get(node)
        if number is None:
            return ""
        name = next((plain(names[number][0]) for names in self._names if number in names), "")
        kinds = [kind for kind in self._kinds.get(number, ()) if is_iri(kind)]
        kind = f"{kinds[0][1:-1].rpartition('#')[2].rpartition('/')[2]} " if kinds else ""
        return f"{kind}{name!r} {node}" if name else f"{kind}{node}"

    def source(self, node: str) -> str:
        """Return the records that a node comes from, in words."""
        records = self._records.get(self._numbers.get(node, -1), [])
        more = f" and {len(records) - SHOWN} more" if len(records) > SHOWN else ""
        shown = (self._places.get(record, "") for record in records[:SHOWN])
        return "; ".join(filter(None, shown)) + more

    def _values(self, predicate: str, ids: Ids) -> dict[int, list[str]]:
        """Return the values of some nodes, sorted."""
        pairs = among(self._columns.edges(predicate), ids)
        values: dict[int, list[str]] = {}
        for number, text in zip(
            pairs.focus.tolist(), self._columns.texts(pairs.value), strict=True
        ):
            values.setdefault(number, []).append(text)
        return {number: sorted(texts) for number, texts in values.items()}

    def _find_places(self) -> dict[str, str]:
        """Return in words where the records lie that are shown: their file, and their line."""
        shown = {record for records in self._records.values() for record in records[:SHOWN]}
        numbers = self._columns.numbers(shown)
        ids = np.array(sorted(numbers.values()), np.int32)
        parts, lines = self._values(PART_OF, ids), self._values(LINE, ids)
        pages = self._columns.numbers({pages[0] for pages in parts.values()} | shown)
        files = self._values(FILE, np.array(sorted(pages.values()), np.int32))
        places = {}
        for record, number in numbers.items():
            file = files.get(pages[parts.get(number, [record])[0]])
            if file and not is_iri(file[0]):
                line = f" line {plain(lines[number][0])}" if number in lines else ""
                places[record] = f"{plain(file[0])}{line}"
        return places
