"""What a validation found: results in groups of one message, told in full only on demand."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

SEVERITIES = ("Violation", "Warning", "Info")


@dataclass(frozen=True)
class Result:
    """One validation result, in SHACL's terms.

    Attributes:
        severity: ``Violation``, ``Warning``, ``Info`` or the IRI of another severity.
        shape: the source shape's nearest name, e.g. ``Paper``.
        message: what is wrong and what to do.
        focus: the focus node, in N-Triples form.
        path: the property path, if any, as SPARQL writes it.
        value: the value, if any, in N-Triples form.
        component: IRI of the constraint component.
        source_shape: IRI of the source shape, if it has one.
        entity: the focus node in words, if it has a name.
        source: the records that it comes from, in words.
    """

    severity: str
    shape: str
    message: str
    focus: str
    path: str
    value: str
    component: str
    source_shape: str = ""
    entity: str = ""
    source: str = ""

    @property
    def kind(self) -> "Kind":
        """What results of one group have in common."""
        return Kind(
            self.severity, self.shape, self.message, self.path, self.component, self.source_shape
        )

    @property
    def identity(self) -> tuple[str, ...]:
        """What makes it the same result in two reports, whatever it is called in words."""
        return (self.severity, self.shape, self.message, self.focus, self.path, self.value)


@dataclass(frozen=True, order=True)
class Kind:
    """What the results of one group have in common; the message may hold ``{?value}`` and such."""

    severity: str
    shape: str
    message: str
    path: str
    component: str
    source_shape: str

    @property
    def rank(self) -> tuple[int | str, ...]:
        """Where it stands in a report: the most severe first."""
        known = self.severity in SEVERITIES
        order = SEVERITIES.index(self.severity) if known else 0
        return (order, self.shape, self.message, self.path, self.component, self.source_shape)


@dataclass(frozen=True)
class Group:
    """The results of one kind.

    Attributes:
        tell: returns the results, in order of their focus nodes: so many, or all for None.
    """

    kind: Kind
    count: int
    tell: Callable[[int | None], list[Result]]


class Timing(NamedTuple):
    """How long one constraint of one shape took, in seconds, at so many focus nodes."""

    shape: str
    path: str
    parameter: str
    focus: int
    seconds: float


@dataclass(frozen=True)
class Report:
    """The results of one validation in groups, the most severe first.

    Attributes:
        unused: shapes whose target is in no data, by name.
        timings: how long each constraint took, where the engine measures it.
        notes: what the reader must know of how it was made.
    """

    groups: tuple[Group, ...]
    unused: tuple[str, ...] = ()
    timings: tuple[Timing, ...] = ()
    notes: tuple[str, ...] = ()

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """All results."""
        return tuple(self.tell())

    def tell(self) -> Iterator[Result]:
        """Yield all results, one group at a time."""
        for group in self.groups:
            yield from group.tell(None)

    def count(self, severity: str) -> int:
        """Return the number of results of one severity."""
        return sum(group.count for group in self.groups if group.kind.severity == severity)

    def conforms(self, *, strict: bool = False) -> bool:
        """Say whether nothing is found that is worse than a note or, if not strict, a warning."""
        tolerated = {"Info"} if strict else {"Info", "Warning"}
        return all(group.kind.severity in tolerated for group in self.groups)

    def of_shapes(self, names: Iterable[str]) -> "Report":
        """Return what is found by the shapes of some names; all of them where none is given."""
        wanted = set(names)
        kept = tuple(g for g in self.groups if not wanted or g.kind.shape in wanted)
        return Report(kept, () if wanted else self.unused, self.timings, self.notes)


def report_of(
    results: Iterable[Result], unused: tuple[str, ...] = (), timings: tuple[Timing, ...] = ()
) -> Report:
    """Return a report of results that are at hand."""
    ordered = sorted(results, key=lambda r: (r.kind.rank, r.focus, r.value))
    groups = [
        Group(kind, len(some), lambda number, some=some: some[:number])  # type: ignore[misc]
        for kind, some in ((k, list(each)) for k, each in groupby(ordered, key=lambda r: r.kind))
    ]
    return Report(tuple(groups), unused, timings)


def merged(first: Report, *others: Report) -> Report:
    """Return one report of several, in order."""
    groups = [group for report in (first, *others) for group in report.groups]
    ordered = sorted(groups, key=lambda group: group.kind.rank)
    return Report(tuple(ordered), first.unused, first.timings, first.notes)
