"""What a validation found, and how it is written: as text, as JSON, as RDF."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import groupby

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from graphbuild.mapping.vocabulary import curie
from graphbuild.text import BIDI, CONTROL, visible
from graphbuild.validate.paths import add_path
from graphbuild.validate.quiet import quiet

SEVERITIES = ("Violation", "Warning", "Info")
COUNTED = {"Violation": "violation", "Warning": "warning", "Info": "note"}
IRI = re.compile(r"<([^>]*)>")
DATATYPE = re.compile(r"\^\^<[^>]*>$")
LONGEST_VALUE = 60
EXAMPLES = {"Violation": 10, "Warning": 5, "Info": 2}


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

    def __lt__(self, other: "Result") -> bool:
        return self._rank() < other._rank()

    def _rank(self) -> tuple[int | str, ...]:
        order = SEVERITIES.index(self.severity) if self.severity in SEVERITIES else 0
        return (order, self.shape, self.message, self.path, self.entity, self.focus, self.value)


@dataclass(frozen=True)
class Report:
    """The results of one validation, sorted.

    Attributes:
        unused: shapes whose target is in no data, by name.
    """

    results: tuple[Result, ...]
    unused: tuple[str, ...] = ()

    def count(self, severity: str) -> int:
        """Return the number of results of one severity."""
        return sum(result.severity == severity for result in self.results)

    def conforms(self, *, strict: bool = False) -> bool:
        """Say whether nothing is found that is worse than a note or, if not strict, a warning."""
        tolerated = {"Info"} if strict else {"Info", "Warning"}
        return all(result.severity in tolerated for result in self.results)


def as_text(report: Report, *, strict: bool = False, everything: bool = False) -> str:
    """Return a report for people: one block for each finding, with examples, and a last line."""
    blocks = [
        _block(severity, message, list(results), everything=everything)
        for (severity, _, message, _), results in groupby(
            report.results, key=lambda r: (r.severity, r.shape, r.message, r.path)
        )
    ]
    if report.unused:
        blocks.append(f"NOTE       no data for these shapes: {', '.join(report.unused)}\n")
    return "\n".join([*blocks, _verdict(report, strict=strict)])


def as_json(report: Report, *, strict: bool = False) -> str:
    """Return a report as one JSON object: ``conforms``, ``counts``, ``results``, ``unused``."""
    counts = {severity: report.count(severity) for severity in SEVERITIES}
    whole = {
        "conforms": report.conforms(strict=strict),
        "counts": counts,
        "results": [asdict(result) for result in report.results],
        "unused": report.unused,
    }
    return _escaped(json.dumps(whole, ensure_ascii=False, indent=1)) + "\n"


def as_turtle(report: Report) -> str:
    """Return a report as a sh:ValidationReport in Turtle."""
    graph = Graph()
    node = URIRef("urn:graphbuild:report")
    graph.add((node, RDF.type, SH.ValidationReport))
    graph.add((node, SH.conforms, Literal(not report.results)))
    for number, result in enumerate(report.results, 1):
        each = URIRef(f"urn:graphbuild:report:{number}")
        graph.add((node, SH.result, each))
        for predicate, value in _statements(result, graph):
            graph.add((each, predicate, value))
    return _escaped(graph.serialize(format="turtle"))


def _escaped(text: str) -> str:
    r"""Return JSON or Turtle with the signs that a terminal obeys as ``\u001b``, in both."""
    for signs in (CONTROL, BIDI):
        text = signs.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return text


def _block(severity: str, message: str, results: list[Result], *, everything: bool) -> str:
    shown = results if everything else results[: EXAMPLES.get(severity, 10)]
    label = "NOTE" if severity == "Info" else severity.upper()
    path = f", path {_short(results[0].path)}" if results[0].path else ""
    lines = [
        f"{label:<10} {visible(message)}",
        f"           {len(results):,} × shape {results[0].shape}{path}",
        *(f"             {line}" for result in shown for line in _example(result)),
    ]
    if len(results) > len(shown):
        lines.append(f"             and {len(results) - len(shown):,} more (--all lists them)")
    return "\n".join(lines) + "\n"


def _example(result: Result) -> Iterator[str]:
    about = result.value not in ("", result.focus)
    value = f", value {_short(result.value)}" if about else ""
    yield visible(f"{result.entity or result.focus}{value}")
    if result.source:
        yield visible(f"  from {result.source}")


def _short(text: str) -> str:
    """Return a term or path as people write it: prefixed names, numbers, the start of long text."""
    prefixed = IRI.sub(lambda match: curie(match[1]), DATATYPE.sub("", text))
    return prefixed if len(prefixed) <= LONGEST_VALUE else f"{prefixed[:LONGEST_VALUE]}..."


def _verdict(report: Report, *, strict: bool) -> str:
    counts = []
    for severity, word in COUNTED.items():
        number = report.count(severity)
        counts.append(f"{number:,} {word}{'s' * (number != 1)}")
    verdict = "conforms" if report.conforms(strict=strict) else "does not conform"
    return f"{verdict}: {', '.join(counts)}\n"


def _statements(result: Result, graph: Graph) -> Iterator[tuple[URIRef, Node]]:
    severity = result.severity
    yield RDF.type, SH.ValidationResult
    yield SH.resultSeverity, SH[severity] if severity in SEVERITIES else URIRef(severity)
    yield SH.resultMessage, Literal(result.message)
    yield SH.sourceConstraintComponent, URIRef(result.component)
    yield SH.focusNode, _term(result.focus)
    if result.source_shape:
        yield SH.sourceShape, URIRef(result.source_shape)
    if result.path:
        yield SH.resultPath, add_path(result.path, graph)
    if result.value:
        yield SH.value, _term(result.value)


def _term(text: str) -> Node:
    if text.startswith("_:"):
        return BNode(text[2:])
    with quiet():
        graph = Graph().parse(data=f"<urn:s> <urn:p> {text} .", format="nt")
    return next(graph.objects())
