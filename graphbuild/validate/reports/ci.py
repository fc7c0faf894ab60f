"""Reports for continuous integration: SARIF 2.1.0 (OASIS) and JUnit XML."""

import json
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from graphbuild import __version__
from graphbuild.text import visible
from graphbuild.validate.report import Group, Kind, Report, Result
from graphbuild.validate.reports.machine import escaped
from graphbuild.validate.reports.words import VARIABLE, Manner, heading, severity

LEVELS = {"Violation": "error", "Warning": "warning", "Info": "note"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
PLACE = re.compile(r"(?P<file>[^;]+?)(?: line (?P<line>\d+))?(?:;.*| and \d+ more)?")
EXAMPLES = 20


def sarif(report: Report, manner: Manner) -> Iterator[str]:  # noqa: ARG001 - as all writers
    """Yield a SARIF log: a rule for each finding, a result for each node, at its source record."""
    rules = [_rule(group) for group in report.groups]
    tool = {"driver": {"name": "graphbuild", "version": __version__, "rules": rules}}
    head = {"$schema": SCHEMA, "version": "2.1.0"}
    yield f"{json.dumps(head)[:-1]}, " + escaped(
        f'"runs": [{{"tool": {json.dumps(tool)}, "results": ['
    )
    comma = ""
    for number, group in enumerate(report.groups):
        for result in group.tell(None):
            yield comma + escaped(json.dumps(_sarif_result(result, group, number)))
            comma = ",\n"
    yield "]}]}\n"


def junit(report: Report, manner: Manner) -> Iterator[str]:
    """Yield JUnit XML: a suite for each shape, a case for each finding; warnings fail if strict."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="graphbuild check">\n'
    ordered = sorted(report.groups, key=lambda group: group.kind.shape)
    for shape, groups in groupby(ordered, key=lambda group: group.kind.shape):
        cases = list(groups)
        failures = sum(_fails(group, manner) for group in cases)
        yield (
            f"  <testsuite name={_attribute(shape)} tests={_attribute(len(cases))} "
            f"failures={_attribute(failures)}>\n"
        )
        for group in cases:
            yield _case(group, failed=_fails(group, manner))
        yield "  </testsuite>\n"
    if not report.groups:
        yield '  <testsuite name="all shapes" tests="1" failures="0">\n'
        yield '    <testcase classname="shapes" name="nothing is found"/>\n  </testsuite>\n'
    yield "</testsuites>\n"


def _rule_id(kind: Kind) -> str:
    component = kind.component.rpartition("#")[2].removesuffix("ConstraintComponent")
    path = re.findall(r"[#/]([^#/>]*)>", kind.path)
    return "/".join([kind.shape, *path[:1], component])


def _rule(group: Group) -> dict[str, Any]:
    kind = group.kind
    rule = {
        "id": _rule_id(kind),
        "shortDescription": {"text": VARIABLE.sub("…", kind.message)},
        "defaultConfiguration": {"level": LEVELS[severity(group)]},
    }
    return rule | ({"helpUri": kind.source_shape} if kind.source_shape.startswith("http") else {})


def _sarif_result(result: Result, group: Group, number: int) -> dict[str, Any]:
    place: dict[str, Any] = {
        "logicalLocations": [{"name": result.entity or result.focus, "kind": "resource"}]
    }
    match = PLACE.fullmatch(result.source)
    if match:
        physical: dict[str, Any] = {"artifactLocation": {"uri": match["file"]}}
        if match["line"]:
            physical["region"] = {"startLine": int(match["line"])}
        place["physicalLocation"] = physical
    return {
        "ruleId": _rule_id(result.kind),
        "ruleIndex": number,
        "level": LEVELS[severity(group)],
        "message": {"text": f"{result.entity or result.focus}: {result.message}"},
        "locations": [place],
        "partialFingerprints": {"result": "|".join(result.identity)},
    }


def _fails(group: Group, manner: Manner) -> bool:
    return severity(group) == "Violation" or (manner.strict and severity(group) == "Warning")


def _case(group: Group, *, failed: bool) -> str:
    shown = group.tell(EXAMPLES)
    message = heading(group, shown)
    lines = [f"{r.entity or r.focus} {r.value} {r.source and 'from ' + r.source}" for r in shown]
    if group.count > len(shown):
        lines.append(f"and {group.count - len(shown):,} more")
    body = escape(visible("\n".join(line.strip() for line in lines)))
    told = (
        f"<failure type={_attribute(group.kind.severity)} message={_attribute(message)}>"
        f"{body}</failure>"
        if failed
        else f"<system-out>{body}</system-out>"
    )
    return (
        f"    <testcase classname={_attribute(group.kind.shape)} name={_attribute(message)}>\n"
        f"      {told}\n    </testcase>\n"
    )


def _attribute(value: object) -> str:
    return quoteattr(visible(str(value)))
