"""Reports for people: a table of what was found, then examples of each finding."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphbuild.mapping.vocabulary import curie
from graphbuild.text import visible
from graphbuild.validate.report import SEVERITIES, Group, Report, Result

COUNTED = {"Violation": "violation", "Warning": "warning", "Info": "note"}
HEADS = {"Violation": "Violations", "Warning": "Warnings", "Info": "Notes"}
IRI = re.compile(r"<([^>]*)>")
TYPED = re.compile(r'"((?s:.*))"\^\^<[^>]*>')
VARIABLE = re.compile(r"\{[?$]\w+\}")
LONGEST_VALUE = 60
EXAMPLES = {"Violation": 10, "Warning": 5, "Info": 2}


@dataclass(frozen=True)
class Manner:
    """How a report is told.

    Attributes:
        strict: warnings fail the check too.
        details: every result is listed, not only examples.
        subject: what was checked, as the user named it.
    """

    strict: bool = False
    details: bool = False
    subject: str = ""


def text(report: Report, manner: Manner) -> Iterator[str]:
    """Yield a report for people: a table, one block for each finding, and a last line."""
    if len(report.groups) > 1:
        yield f"{table(report)}\n\n"
    for group in report.groups:
        yield f"{_block(group, details=manner.details)}\n\n"
    yield from (f"NOTE       {visible(note)}\n\n" for note in report.notes)
    if report.unused:
        yield f"NOTE       no data for these shapes: {', '.join(report.unused)}\n\n"
    yield f"{verdict(report, strict=manner.strict)}\n"


def table(report: Report) -> str:
    """Return how many results of each severity each shape has, the most severe first."""
    counts: dict[str, dict[str, int]] = {}
    for group in report.groups:
        row = counts.setdefault(group.kind.shape, dict.fromkeys(SEVERITIES, 0))
        row[severity(group)] += group.count
    width = max(len("Shape"), *map(len, counts))
    heads = "".join(f"{HEADS[each]:>12}" for each in SEVERITIES)
    rows = [f"{'Shape':<{width}}{heads}"]
    for shape, row in sorted(counts.items(), key=lambda item: [-n for n in item[1].values()]):
        rows.append(f"{shape:<{width}}" + "".join(f"{row[each]:>12,}" for each in SEVERITIES))
    return visible("\n".join(rows))


def verdict(report: Report, *, strict: bool) -> str:
    """Return in one line whether the data conforms, and how much was found."""
    judged = "conforms" if report.conforms(strict=strict) else "does not conform"
    return f"{judged}: {tally(report)}"


def tally(report: Report) -> str:
    """Return how many results of each severity there are, in words."""
    counts = []
    for severity_, word in COUNTED.items():
        number = sum(group.count for group in report.groups if severity(group) == severity_)
        counts.append(f"{number:,} {word}{'s' * (number != 1)}")
    return ", ".join(counts)


def severity(group: Group) -> str:
    """Return the severity of a group; one that SHACL does not have counts as a violation."""
    return group.kind.severity if group.kind.severity in SEVERITIES else "Violation"


def heading(group: Group, results: list[Result]) -> str:
    """Return the message of a group: of several results, without what differs between them."""
    if len({result.message for result in results}) == 1 and group.count == len(results):
        return results[0].message
    return VARIABLE.sub("…", group.kind.message)


def short(term: str) -> str:
    """Return a term or path as people write it: prefixed names, numbers, the start of long text."""
    prefixed = IRI.sub(lambda match: curie(match[1]), TYPED.sub(r"\1", term))
    return prefixed if len(prefixed) <= LONGEST_VALUE else f"{prefixed[:LONGEST_VALUE]}..."


def _block(group: Group, *, details: bool) -> str:
    shown = group.tell(None if details else EXAMPLES[severity(group)])
    head = heading(group, shown)
    label = "NOTE" if severity(group) == "Info" else severity(group).upper()
    path = f", path {short(group.kind.path)}" if group.kind.path else ""
    lines = [
        f"{label:<10} {visible(head)}",
        f"           {group.count:,} × shape {group.kind.shape}{path}",
        *(f"             {line}" for result in shown for line in _example(result, head)),
    ]
    if group.count > len(shown):
        more = group.count - len(shown)
        lines.append(f"             and {more:,} more (--details lists them)")
    return "\n".join(lines)


def _example(result: Result, head: str) -> Iterator[str]:
    about = result.value not in ("", result.focus)
    value = f", value {short(result.value)}" if about else ""
    yield visible(f"{result.entity or result.focus}{value}")
    if result.message != head and "…" in head:
        yield visible(f"  {result.message}")
    if result.source:
        yield visible(f"  from {result.source}")
