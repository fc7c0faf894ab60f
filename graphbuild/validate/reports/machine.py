"""Reports for programs: JSON, JSON Lines and RDF."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache

from rdflib import Graph

from graphbuild.terms import literal
from graphbuild.text import BIDI, CONTROL
from graphbuild.validate.paths import add_path, read_path
from graphbuild.validate.report import SEVERITIES, Report, Result
from graphbuild.validate.reports.words import Manner


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
        each = f"<urn:graphbuild:report:{number}>"
        lines = " ;\n    ".join(_statements(result))
        yield escaped(f"\n<urn:graphbuild:report> sh:result {each} .\n{each} {lines} .\n")


def escaped(text: str) -> str:
    r"""Return JSON or Turtle with the signs that a terminal obeys as ``\u001b``, in both."""
    for signs in (CONTROL, BIDI):
        text = signs.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return text


def _row(result: Result) -> str:
    return escaped(json.dumps(asdict(result), ensure_ascii=False))


def _statements(result: Result) -> Iterator[str]:
    severity = result.severity
    yield "a sh:ValidationResult"
    yield f"sh:resultSeverity {f'sh:{severity}' if severity in SEVERITIES else f'<{severity}>'}"
    yield f"sh:resultMessage {literal(result.message)}"
    yield f"sh:sourceConstraintComponent <{result.component}>"
    yield f"sh:focusNode {result.focus}"
    if result.source_shape:
        yield f"sh:sourceShape <{result.source_shape}>"
    if result.path:
        yield f"sh:resultPath {_path(result.path)}"
    if result.value:
        yield f"sh:value {result.value}"


@lru_cache
def _path(text: str) -> str:
    graph = Graph()
    return read_path(add_path(text, graph), graph).turtle
