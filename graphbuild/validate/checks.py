"""The constraint components of SHACL Core that look at values, over whole columns.

A check gets the value nodes of all focus nodes and returns what fails: focus nodes, and value
nodes where the result of the component has one.
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphbuild.errors import ShapesError
from graphbuild.store.columns import LANGUAGE, XSD, literal, plain
from graphbuild.validate.columns import BLANK, IRI, LITERAL, NO_IDS, Columns, Ids, Mask
from graphbuild.validate.literals import Value, fits, less, value
from graphbuild.validate.model import Constraint, Target
from graphbuild.validate.paths import Path
from graphbuild.validate.walk import Pairs, among, expanded, follow, has, ranges

KINDS = {
    "BlankNode": (BLANK,),
    "IRI": (IRI,),
    "Literal": (LITERAL,),
    "BlankNodeOrIRI": (BLANK, IRI),
    "BlankNodeOrLiteral": (BLANK, LITERAL),
    "IRIOrLiteral": (IRI, LITERAL),
}
FLAGS = {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE, "x": re.VERBOSE}
SUBCLASS, TYPE = (
    "<http://www.w3.org/2000/01/rdf-schema#subClassOf>",
    "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
)
NARROWER = Path("*", parts=(Path("^", parts=(Path("", SUBCLASS),)),))


class Failed(NamedTuple):
    """What fails a constraint: focus nodes, with the value nodes if the result has them.

    Attributes:
        path: the path that the result names instead of the shape's.
        words: values for the variables in the message, of each result.
    """

    focus: Ids
    value: Ids | None = None
    path: str = ""
    words: list[dict[str, str]] | None = None

    def repeated(self, times: NDArray[np.int64]) -> "Failed":
        """Return the same with each result so many times."""
        rows = np.repeat(np.arange(len(self.focus)), times)
        words = [self.words[row] for row in rows.tolist()] if self.words else None
        value = None if self.value is None else self.value[rows]
        return Failed(self.focus[rows], value, self.path, words)


class Facts:
    """What constraints want to know of the terms of a data graph, worked out once."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._instances: dict[str, Mask] = {}
        self._ill_formed: dict[int, Mask] = {}
        self._values: dict[int, Value | None] = {}

    def instances(self, kind: str) -> Mask:
        """Return which terms are instances of a class or of a class below it."""
        if kind not in self._instances:
            classes = np.unique(follow(self.columns, NARROWER, self.columns.ids([kind])).value)
            nodes = among(self.columns.inverse(TYPE), classes).value
            self._instances[kind] = self.columns.mask(nodes)
        return self._instances[kind]

    def focus(self, target: Target) -> Ids:
        """Return the focus nodes that a target names, in any order, some perhaps twice."""
        if target.kind == "targetNode":
            return self.columns.ids([target.term])
        if target.kind == "targetClass":
            return np.flatnonzero(self.instances(target.term)).astype(np.int32)
        edges = self.columns.edges(target.term)
        return edges.s if target.kind == "targetSubjectsOf" else edges.o

    def ill_formed(self, datatype: int) -> Mask:
        """Return which terms have a datatype, but a text that it does not allow."""
        if datatype not in self._ill_formed:
            ids: Ids = np.flatnonzero(self.columns.datatypes == datatype).astype(np.int32)
            name = self.columns.datatype_names[datatype]
            if name in (f"{XSD}string", LANGUAGE) or not name.startswith(XSD):
                ids = NO_IDS
            texts = self.columns.texts(ids)
            bad = [not fits(literal(text)) for text in texts]
            self._ill_formed[datatype] = self.columns.mask(ids[np.array(bad, np.bool_)])
        return self._ill_formed[datatype]

    def values(self, ids: Ids) -> list[Value | None]:
        """Return what literals are worth, by the terms' numbers."""
        missing = np.array([i for i in np.unique(ids).tolist() if i not in self._values], np.int32)
        for number, text in zip(missing.tolist(), self.columns.texts(missing), strict=True):
            self._values[number] = value(literal(text)) if text.startswith('"') else None
        return [self._values[number] for number in ids.tolist()]

    def lengths(self, ids: Ids) -> Ids:
        """Return how many characters the terms have."""
        lengths = self.columns.lengths[ids]
        unknown = np.flatnonzero(lengths < 0)
        texts = self.columns.texts(ids[unknown])
        lengths[unknown] = [len(plain(text)) for text in texts]
        return lengths

    def by_distinct(self, ids: Ids, test: Callable[[list[str]], Iterable[bool]]) -> Mask:
        """Return which ids pass a test of their terms, each distinct term tested once."""
        distinct, places = np.unique(ids, return_inverse=True)
        passed = np.fromiter(test(self.columns.texts(distinct)), np.bool_, len(distinct))
        return passed[places]


def kind_of_node(facts: Facts, constraint: Constraint, pairs: Pairs) -> Mask:
    """sh:nodeKind."""
    right: Mask = np.isin(facts.columns.kinds[pairs.value], KINDS[constraint.terms[0]])
    return right


def instance(facts: Facts, constraint: Constraint, pairs: Pairs) -> Mask:
    """sh:class."""
    return facts.instances(constraint.terms[0])[pairs.value]


def datatype(facts: Facts, constraint: Constraint, pairs: Pairs) -> Mask:
    """sh:datatype: the datatype, and a text that it allows."""
    name = constraint.terms[0][1:-1]
    names = facts.columns.datatype_names
    if name not in names:
        return np.zeros(len(pairs.value), np.bool_)
    number = names.index(name)
    right: Mask = facts.columns.datatypes[pairs.value] == number
    if right.any():
        right &= ~facts.ill_formed(number)[pairs.value]
    return right


def listed(facts: Facts, constraint: Constraint, pairs: Pairs) -> Mask:
    """sh:in."""
    return facts.columns.mask(facts.columns.ids(constraint.terms))[pairs.value]


def length(facts: Facts, constraint: Constraint, pairs: Pairs) -> Mask:
    """sh:minLength and sh:maxLength; a blank node has no text."""
    lengths = facts.lengths(pairs.value)
    least = constraint.parameter == "minLength"
    right: Mask = lengths >= constraint.number if least else lengths <= constraint.number
    right &= facts.columns.kinds[pairs.value] != BLANK
    return right


def pattern(facts: Facts, constraint: Constraint, pairs: Pairs) -> Mask:
    """sh:pattern with sh:flags."""
    compiled = compiled_pattern(*constraint.terms)

    def test(texts: list[str]) -> Iterable[bool]:
        return (text[:1] != "_" and compiled.search(plain(text)) is not None for text in texts)

    return facts.by_distinct(pairs.value, test)


def compiled_pattern(text: str, flags: str) -> re.Pattern[str]:
    """Return a pattern with its flags, as XPath has them.

    Raises:
        ShapesError: it is no regular expression.
    """
    chosen = re.NOFLAG
    for flag in flags:
        chosen |= FLAGS.get(flag, re.NOFLAG)
    try:
        return re.compile(re.escape(text) if "q" in flags else text, chosen)
    except re.error as error:
        raise ShapesError(
            f"the shapes cannot be used: sh:pattern {text!r} is no regular expression: {error}"
        ) from error


def language_in(facts: Facts, constraint: Constraint, pairs: Pairs) -> Mask:
    """sh:languageIn, by basic filtering (RFC 4647, section 3.3.1)."""
    right = [
        bool(tag) and any(tag == each or tag.startswith(f"{each}-") for each in constraint.terms)
        for tag in facts.columns.language_names
    ]
    whole: Mask = np.array(right, np.bool_)[facts.columns.languages[pairs.value]]
    return whole


def bounds(facts: Facts, constraint: Constraint, pairs: Pairs) -> Mask:
    """sh:minInclusive, sh:minExclusive, sh:maxInclusive and sh:maxExclusive."""
    bound = value(literal(constraint.terms[0]))
    or_equal = constraint.parameter.endswith("Inclusive")
    distinct, places = np.unique(pairs.value, return_inverse=True)
    least = constraint.parameter.startswith("min")
    right = [
        less(*((bound, worth) if least else (worth, bound)), or_equal=or_equal)
        for worth in facts.values(distinct)
    ]
    return np.array(right, np.bool_)[places]


VALUE_CHECKS: dict[str, Callable[[Facts, Constraint, Pairs], Mask]] = {
    "nodeKind": kind_of_node,
    "class": instance,
    "datatype": datatype,
    "in": listed,
    "minLength": length,
    "maxLength": length,
    "pattern": pattern,
    "languageIn": language_in,
    "minInclusive": bounds,
    "minExclusive": bounds,
    "maxInclusive": bounds,
    "maxExclusive": bounds,
}
"""The components that judge each value node by itself: which of them are right."""


def counts(_facts: Facts, constraint: Constraint, focus: Ids, pairs: Pairs) -> Failed:
    """sh:minCount and sh:maxCount."""
    if constraint.parameter == "minCount" and constraint.number == 1:
        return Failed(np.setdiff1d(focus, pairs.focus, assume_unique=False))
    number = np.bincount(np.searchsorted(focus, pairs.focus), minlength=len(focus))
    few = constraint.parameter == "minCount"
    wrong = number < constraint.number if few else number > constraint.number
    return Failed(focus[wrong])


def has_value(facts: Facts, constraint: Constraint, focus: Ids, pairs: Pairs) -> Failed:
    """sh:hasValue."""
    having = pairs.focus[np.isin(pairs.value, facts.columns.ids(constraint.terms))]
    return Failed(np.setdiff1d(focus, having))


def unique_languages(facts: Facts, constraint: Constraint, _focus: Ids, pairs: Pairs) -> Failed:
    """sh:uniqueLang: one result for each language that is there twice."""
    if constraint.off:
        return Failed(NO_IDS)
    tagged = facts.columns.languages[pairs.value]
    some = tagged > 0
    whole = pairs.focus[some].astype(np.int64) << 32 | tagged[some]
    found, number = np.unique(whole, return_counts=True)
    return Failed((found[number > 1] >> 32).astype(np.int32))


def equal(facts: Facts, constraint: Constraint, focus: Ids, pairs: Pairs) -> Failed:
    """sh:equals: the values on one side only."""
    other = among(facts.columns.edges(constraint.terms[0]), focus)
    left, right = ~has(other, pairs), ~has(pairs, other)
    return Failed(
        np.concatenate([pairs.focus[left], other.focus[right]]),
        np.concatenate([pairs.value[left], other.value[right]]),
    )


def disjoint(facts: Facts, constraint: Constraint, _focus: Ids, pairs: Pairs) -> Failed:
    """sh:disjoint."""
    shared = has(facts.columns.edges(constraint.terms[0]), pairs)
    return Failed(pairs.focus[shared], pairs.value[shared])


def in_order(facts: Facts, constraint: Constraint, _focus: Ids, pairs: Pairs) -> Failed:
    """sh:lessThan and sh:lessThanOrEquals: one result for each pair of values out of order."""
    edges = facts.columns.edges(constraint.terms[0])
    low, high = ranges(edges.s, pairs.focus)
    rows = np.repeat(np.arange(len(low)), high - low)
    lefts = facts.values(pairs.value[rows])
    rights = facts.values(edges.o[expanded(low, high)])
    or_equal = constraint.parameter == "lessThanOrEquals"
    wrong = np.array(
        [not less(a, b, or_equal=or_equal) for a, b in zip(lefts, rights, strict=True)], np.bool_
    )
    return Failed(pairs.focus[rows[wrong]], pairs.value[rows[wrong]])


SET_CHECKS: dict[str, Callable[[Facts, Constraint, Ids, Pairs], Failed]] = {
    "minCount": counts,
    "maxCount": counts,
    "hasValue": has_value,
    "uniqueLang": unique_languages,
    "equals": equal,
    "disjoint": disjoint,
    "lessThan": in_order,
    "lessThanOrEquals": in_order,
}
"""The components that judge the value nodes of a focus node together."""
