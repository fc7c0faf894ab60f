"""The columnar engine: one expression over whole columns for each constraint."""

import time
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from graphbuild.validate.checks import SET_CHECKS, VALUE_CHECKS, Facts, Failed
from graphbuild.validate.columns import NO_IDS, Columns, Ids, Mask
from graphbuild.validate.model import Constraint, Schema, Shape
from graphbuild.validate.report import Timing
from graphbuild.validate.sql.constraints import SparqlChecks
from graphbuild.validate.walk import Pairs, among, follow, joined


class Found(NamedTuple):
    """What failed one constraint of one shape."""

    shape: Shape
    constraint: Constraint
    failed: Failed


class Evaluation:
    """One validation of a data graph against a schema.

    Attributes:
        timings: how long each constraint of a shape with targets took.
    """

    def __init__(self, columns: Columns, schema: Schema) -> None:
        self.columns = columns
        self.schema = schema
        self.facts = Facts(columns)
        self.timings: list[Timing] = []
        self._assumed: dict[str, Mask] = {}
        self._queries = SparqlChecks(columns)

    def focus(self, shape: Shape) -> Ids:
        """Return the focus nodes of a shape, sorted."""
        parts = [self.facts.focus(target) for target in shape.targets]
        return np.unique(np.concatenate([NO_IDS, *parts]))

    def results(self, shape: Shape, focus: Ids) -> Iterator[Found]:
        """Yield what fails at the focus nodes, by this shape and by the properties it names."""
        if shape.deactivated or len(focus) == 0:
            return
        pairs = self._pairs(shape, focus)
        for constraint in shape.constraints:
            start = time.perf_counter()
            if constraint.parameter == "property":
                yield from self._nested(constraint, pairs)
                continue
            found = [f for f in self._failed(shape, constraint, focus, pairs) if len(f.focus)]
            self.timings.append(
                Timing(
                    shape.name,
                    shape.path.text if shape.path else "",
                    constraint.name,
                    len(focus),
                    time.perf_counter() - start,
                )
            )
            for failed in found:
                yield Found(shape, constraint, failed)

    def _nested(self, constraint: Constraint, pairs: Pairs) -> Iterator[Found]:
        """Yield what fails at the value nodes, as often as they are values."""
        nodes, times = np.unique(pairs.value, return_counts=True)
        for found in self.results(self.schema.shapes[constraint.shapes[0]], nodes):
            if len(nodes) == len(pairs.value):
                yield found
            else:
                again = times[np.searchsorted(nodes, found.failed.focus)]
                yield found._replace(failed=found.failed.repeated(again))

    def conforms(self, key: str, nodes: Ids) -> Mask:
        """Return which nodes, sorted, conform to a shape."""
        if key in self.schema.recursive:
            return self._largest(key)[nodes]
        return self._right(self.schema.shapes[key], nodes)

    def _largest(self, key: str) -> Mask:
        """Return which of all terms conform to a recursive shape: as many as possible."""
        if key not in self._assumed:
            group = sorted(self.schema.recursive[key])
            every = np.arange(self.columns.size, dtype=np.int32)
            self._assumed |= {each: np.ones(len(every), np.bool_) for each in group}
            changed = True
            while changed:
                new = {each: self._right(self.schema.shapes[each], every) for each in group}
                changed = any((new[each] != self._assumed[each]).any() for each in group)
                self._assumed |= new
        return self._assumed[key]

    def _right(self, shape: Shape, nodes: Ids) -> Mask:
        if shape.deactivated:
            return np.ones(len(nodes), np.bool_)
        pairs = self._pairs(shape, nodes)
        bad = self.columns.mask(NO_IDS)
        for constraint in shape.constraints:
            for failed in self._failed(shape, constraint, nodes, pairs):
                bad[failed.focus] = True
        right: Mask = ~bad[nodes]
        return right

    def _pairs(self, shape: Shape, focus: Ids) -> Pairs:
        if shape.path is None:
            return Pairs(focus, focus)
        return follow(self.columns, shape.path.plain(), focus)

    def _failed(
        self, shape: Shape, constraint: Constraint, focus: Ids, pairs: Pairs
    ) -> Iterator[Failed]:
        parameter = constraint.parameter
        if parameter in VALUE_CHECKS:
            wrong = ~VALUE_CHECKS[parameter](self.facts, constraint, pairs)
            yield Failed(pairs.focus[wrong], pairs.value[wrong])
        elif parameter in SET_CHECKS:
            yield SET_CHECKS[parameter](self.facts, constraint, focus, pairs)
        elif parameter == "closed":
            yield from self._open(constraint, pairs)
        elif parameter.startswith("qualified"):
            yield self._qualified(constraint, focus, pairs)
        elif constraint.query is not None:
            yield from self._queries.failed(shape, constraint, focus, pairs)
        else:
            wrong = ~self._logical(constraint, pairs)
            yield Failed(pairs.focus[wrong], pairs.value[wrong])

    def _logical(self, constraint: Constraint, pairs: Pairs) -> Mask:
        """Return which values are right by sh:node, property, not, and, or or xone."""
        nodes, places = np.unique(pairs.value, return_inverse=True)
        right = [self.conforms(key, nodes) for key in constraint.shapes]
        number = np.sum(right, axis=0) if right else np.zeros(len(nodes), np.int64)
        whole = {
            "not": number == 0,
            "or": number > 0,
            "xone": number == 1,
        }.get(constraint.parameter, number == len(constraint.shapes))
        mask: Mask = whole[places]
        return mask

    def _qualified(self, constraint: Constraint, focus: Ids, pairs: Pairs) -> Failed:
        nodes, places = np.unique(pairs.value, return_inverse=True)
        right = self.conforms(constraint.shapes[0], nodes)
        for other in constraint.others:
            right &= ~self.conforms(other, nodes)
        counted = pairs.focus[right[places]]
        number = np.bincount(np.searchsorted(focus, counted), minlength=len(focus))
        few = constraint.parameter == "qualifiedMinCount"
        return Failed(focus[number < constraint.number if few else number > constraint.number])

    def _open(self, constraint: Constraint, pairs: Pairs) -> Iterator[Failed]:
        """Yield the statements that a closed shape does not allow about its value nodes."""
        nodes = np.unique(pairs.value)
        for predicate in self.columns.predicates:
            if predicate in constraint.terms:
                continue
            found = joined(pairs, among(self.columns.edges(predicate), nodes))
            if len(found.focus):
                yield Failed(found.focus, found.value, predicate)
