"""Reports for programs: JSON, JSON Lines and RDF."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from graphbuild.text import BIDI, CONTROL
from graphbuild.validate.paths import add_path
from graphbuild.validate.quiet import quiet
from graphbuild.validate.report import SEVERITIES, Report, Result
from graphbuild.validate.reports.words import Manner
from graphbuild.validate.terms import as_node


def json_object(report: Report, manner: Manner) -> Iterator[str]:
    """Yield one JSON object: ``conforms``, ``counts``, ``unused``, ``notes``, ``results``."""
    head = {
        "conforms": report.conforms(strict=manner.strict),
        "counts": {severity: report.count(severity) for severity in SEVERITIES},
        "unused": report.unused,
        "notes": report.notes,
    }
    yield escaped(json.dumps(head, ensure_ascii=False, indent=1))[:-2] + ',\n "results": ['
    comma = ""
    for result in report.tell():
        yield f"{comma}\n  {_row(result)}"
        comma = ","
    yield "\n ]\n}\n"


def json_lines(report: Report, manner: Manner) -> Iterator[str]:  # noqa: ARG001 - as all writers
    """Yield one JSON object a line, for each result."""
    for result in report.tell():
        yield f"{_row(result)}\n"


def turtle(report: Report, manner: Manner) -> Iterator[str]:  # noqa: ARG001 - as all writers
    """Yield a sh:ValidationReport in Turtle."""
    yield "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n"
    conforms = "true" if not report.groups else "false"
    yield f"<urn:graphbuild:report> a sh:ValidationReport ;\n    sh:conforms {conforms} .\n"
    for number, result in enumerate(report.tell(), 1):
        graph = Graph()
        each = URIRef(f"urn:graphbuild:report:{number}")
        graph.add((URIRef("urn:graphbuild:report"), SH.result, each))
        for predicate, value in _statements(result, graph):
            graph.add((each, predicate, value))
        with quiet():
            written = graph.serialize(format="turtle")
        yield escaped("\n".join(x for x in written.split("\n") if not x.startswith("@prefix")))


def escaped(text: str) -> str:
    r"""Return JSON or Turtle with the signs that a terminal obeys as ``\u001b``, in both."""
    for signs in (CONTROL, BIDI):
        text = signs.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return text


def _row(result: Result) -> str:
    return escaped(json.dumps(asdict(result), ensure_ascii=False))


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
        return as_node(text)
