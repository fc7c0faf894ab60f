"""Leave out of a report what an earlier one has already."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rdflib import SH, Graph
from rdflib.term import Node

from graphbuild.errors import InputError
from graphbuild.validate.data import graph_of, rows_of
from graphbuild.validate.paths import path_text
from graphbuild.validate.report import SEVERITIES, Report, report_of
from graphbuild.validate.terms import as_text

Identity = tuple[str, ...]


def read_baseline(path: Path) -> Counter[Identity]:
    """Return what identifies the results of a report: JSON, JSON Lines or RDF, by its name.

    Raises:
        InputError: the file cannot be read, or is no report.
    """
    if path.suffix not in (".json", ".jsonl"):
        return Counter(_rdf_results(graph_of(rows_of(path))))
    try:
        text = path.read_text(encoding="utf-8")
        rows = (
            map(json.loads, text.splitlines())
            if path.suffix == ".jsonl"
            else json.loads(text)["results"]
        )
        return Counter(_identity(row) for row in rows)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", location=str(path)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError("is no report that graphbuild check wrote", location=str(path)) from error


def newer(report: Report, known: Counter[Identity]) -> Report:
    """Return the results of a report that are not known, each as often as it is new."""
    left = Counter(known)
    fresh = []
    for result in report.results:
        identity = (result.severity, result.component, result.focus, result.path, result.value)
        if left[identity] > 0:
            left[identity] -= 1
        else:
            fresh.append(result)
    return replace(report, groups=report_of(fresh).groups)


def _identity(row: dict[str, str]) -> Identity:
    return tuple(row[key] for key in ("severity", "component", "focus", "path", "value"))


def _rdf_results(graph: Graph) -> Iterator[Identity]:
    for node in graph.objects(None, SH.result):
        severity = str(graph.value(node, SH.resultSeverity))
        short = severity.removeprefix(str(SH))
        path = graph.value(node, SH.resultPath)
        yield (
            short if short in SEVERITIES else severity,
            str(graph.value(node, SH.sourceConstraintComponent)),
            _text(graph.value(node, SH.focusNode)),
            "" if path is None else path_text(path, graph),
            _text(graph.value(node, SH.value)),
        )


def _text(node: Node | None) -> str:
    return "" if node is None else as_text(node)
