"""The answer to a query for use in Python: rows that know their columns and become data frames."""

import re
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any, overload

import networkx as nx
from pyoxigraph import BlankNode, Literal, NamedNode

from graphbuild.query import tables
from graphbuild.query.charts import chart_of, figure_of, write_chart
from graphbuild.query.frames import Cell, arrow_table, package
from graphbuild.query.solutions import XSD, Term, value
from graphbuild.query.solutions import Row as Terms

SHOWN = 20
"""Rows that a notebook shows."""

ZONE = re.compile(r"(Z|[+-]\d\d:\d\d)$")


@dataclass(frozen=True)
class About:
    """What is known of an answer besides its rows.

    Attributes:
        title: what it answers.
        view: how a picture of it is drawn, see `CannedQuery`.
        constants: values of the query's parameters, which stand for columns in the view.
        short: shortens IRIs where people read them.
    """

    title: str = ""
    view: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    short: Callable[[str], str] = str


class Rows(Sequence[Any]):
    """Rows of an answer, each a named tuple of Python values.

    Integers, decimals, floating-point numbers, booleans, dates and times have their types; a year,
    a month and every other literal is text, as is an IRI; what is not stated is None.

    Args:
        columns: names of the columns.
        terms: the rows as RDF terms.
        about: what else is known of them.
    """

    def __init__(
        self, columns: Sequence[str], terms: Sequence[Terms], about: About | None = None
    ) -> None:
        self.columns = tuple(columns)
        self.terms = list(terms)
        self.about = about or About()
        self._row: Any = namedtuple("Row", self.columns, rename=True)  # type: ignore[misc] # noqa: PYI024

    def __len__(self) -> int:
        return len(self.terms)

    @overload
    def __getitem__(self, index: int) -> tuple[Any, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> "Rows": ...
    def __getitem__(self, index: int | slice) -> "tuple[Any, ...] | Rows":
        if isinstance(index, slice):
            return Rows(self.columns, self.terms[index], self.about)
        row: tuple[Any, ...] = self._made(self.terms[index])
        return row

    def __iter__(self) -> Iterator[Any]:
        return map(self._made, self.terms)

    def _made(self, terms: Terms) -> Any:  # noqa: ANN401 - a named tuple of these columns
        return self._row._make(map(python_value, terms))

    def column(self, name: str) -> list[Cell]:
        """Return the values of one column.

        Raises:
            KeyError: there is no such column.
        """
        if name not in self.columns:
            raise KeyError(name)
        place = self.columns.index(name)
        return [python_value(row[place]) for row in self.terms]

    def to_dicts(self) -> list[dict[str, Cell]]:
        """Return every row as a dictionary."""
        return [dict(zip(self.columns, row, strict=True)) for row in self]

    def to_arrow(self) -> Any:  # noqa: ANN401
        """Return a ``pyarrow.Table``; see `arrow_table` for its types.

        Raises:
            MissingPackageError: pyarrow is not installed.
        """
        return arrow_table(self.columns, self)

    def to_pandas(self) -> Any:  # noqa: ANN401
        """Return a ``pandas.DataFrame``.

        Raises:
            MissingPackageError: pandas or pyarrow is not installed.
        """
        package("pandas")
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:  # noqa: ANN401
        """Return a ``polars.DataFrame``.

        Raises:
            MissingPackageError: polars or pyarrow is not installed.
        """
        return package("polars").from_arrow(self.to_arrow())

    def to_networkx(
        self, source: str | None = None, target: str | None = None, weight: str | None = None
    ) -> nx.Graph:
        """Return a graph with a tie for every row that states both ends.

        The other columns become the tie's attributes.

        Args:
            source: column of the one end; by default that of the query's ``view``, else the first
                column that holds IRIs.
            target: column of the other end; by default likewise, else the second.
            weight: column that becomes ``weight``; by default that of the view, if any.

        Raises:
            ValueError: there are no two columns for the ends.
        """
        triples = "predicate" in self.columns
        usual = ("subject", "object") if triples else (None, None)
        ends = [
            source or self.about.view.get("source", usual[0]),
            target or self.about.view.get("target", usual[1]),
        ]
        spare = [name for name in self._columns_of_iris() if name not in ends]
        first, second = (end or (spare.pop(0) if spare else "") for end in ends)
        if not {first, second} <= {*self.columns, *self.about.constants}:
            raise ValueError("the rows have no two columns that could be the ends of ties")
        heavy = weight or self.about.view.get("weight", "")
        graph = (nx.DiGraph if triples else nx.Graph)(title=self.about.title)
        for row in self.to_dicts():
            tie = {name: cell for name, cell in row.items() if name not in {first, second}}
            if heavy in tie:
                tie["weight"] = tie[heavy]
            one, other = (row.get(end, self.about.constants.get(end)) for end in (first, second))
            if one is not None and other is not None:
                graph.add_edge(one, other, **tie)
        return graph

    def chart(self, target: str | Path | None = None) -> Any:  # noqa: ANN401
        """Draw the chart that the query's ``view`` describes.

        Args:
            target: file to write: ``.html`` for a page that needs nothing else, ``.png``, ``.svg``
                or ``.pdf``; None for a ``matplotlib`` figure, which notebooks show.

        Returns:
            The figure, or the path of the file.

        Raises:
            QueryError: the query has no chart.
            GraphBuildError: the file cannot be written.
        """
        drawn = chart_of(self.about.title, self.about.view, self.to_dicts())
        if target is None:
            return figure_of(drawn)
        write_chart(drawn, Path(target))
        return Path(target)

    def _columns_of_iris(self) -> list[str]:
        return [
            name
            for place, name in enumerate(self.columns)
            if any(isinstance(row[place], (NamedNode, BlankNode)) for row in self.terms)
        ]

    def __repr__(self) -> str:
        lines = (
            list(tables.text_table(self.columns, self.terms[:SHOWN], self.about.short, None))
            if self.columns
            else []
        )
        rest = len(self) - SHOWN
        more = [f"... and {rest:,} more rows"] if rest > 0 else []
        return "\n".join([*lines, *more, f"[{len(self):,} row{'s' * (len(self) != 1)}]"])

    def _repr_html_(self) -> str:
        names = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        rows = "".join(
            f"<tr>{''.join(tables.html_cell(term, self.about.short) for term in row)}</tr>"
            for row in islice(self.terms, SHOWN)
        )
        shown = min(len(self), SHOWN)
        count = f"{shown:,} of {len(self):,} rows" if shown < len(self) else f"{shown:,} rows"
        title = f"<caption>{escape(self.about.title)}</caption>" if self.about.title else ""
        head = f"<thead><tr>{names}</tr></thead>"
        return f"<table>{title}{head}<tbody>{rows}</tbody></table><p>{count}</p>"


def python_value(term: Term | None) -> Cell:
    """Return a term as `value` does, whole dates and times as such.

    A time without a zone is taken as UTC.

    >>> python_value(Literal("2024-05-31", datatype=NamedNode(XSD + "date")))
    datetime.date(2024, 5, 31)
    """
    if isinstance(term, Literal) and term.datatype.value in (f"{XSD}date", f"{XSD}dateTime"):
        try:
            return _moment(term)
        except ValueError:
            return term.value
    return value(term)


def _moment(term: Literal) -> date | datetime:
    if term.datatype.value == f"{XSD}date":
        return date.fromisoformat(ZONE.sub("", term.value))
    found = datetime.fromisoformat(term.value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
