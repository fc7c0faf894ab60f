"""A report as one HTML page that needs nothing else: charts by shape and source, and findings."""

from collections import Counter
from collections.abc import Iterator
from html import escape
from itertools import chain

from graphbuild.text import visible
from graphbuild.validate.report import SEVERITIES, Group, Report, Result
from graphbuild.validate.reports.words import HEADS, Manner, heading, severity, short, verdict

EXAMPLES = 50
BARS = 15
COLOURS = {"Violation": "#b3261e", "Warning": "#b26a00", "Info": "#35658f"}
WORDS = {"Violation": "Violation", "Warning": "Warning", "Info": "Note"}
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem;
  color: #1b1b1b; background: #fff }
h1 { font-size: 1.6rem; margin-bottom: .2rem } h2 { font-size: 1.2rem; margin-top: 2.2rem }
.verdict { font-size: 1.1rem; margin: 0 0 1rem } .key span { margin-right: 1.2rem }
.key i { display: inline-block; width: .8rem; height: .8rem; margin-right: .4rem }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(26rem, 1fr));
  gap: 0 2.5rem }
.bar { display: grid; grid-template-columns: 10rem 1fr 4rem; gap: .6rem; align-items: center;
  margin: .25rem 0 }
.bar b { font-weight: 400; overflow-wrap: anywhere; text-align: right; line-height: 1.2 }
.bar div { display: flex; height: 1.1rem; background: #f0f0f0 }
details { border-top: 1px solid #ddd; padding: .6rem 0 } summary { cursor: pointer }
summary b { display: inline-block; min-width: 6rem }
summary small { color: #555; display: block; margin-left: 7.2rem }
li { margin: .4rem 0; overflow-wrap: anywhere } li small { color: #555; display: block }
"""


def page(report: Report, manner: Manner) -> Iterator[str]:
    """Yield an HTML page."""
    yield (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Check of {_safe(manner.subject)}</title><style>{STYLE}</style></head><body>\n"
        f"<h1>Check of {_safe(manner.subject)}</h1>\n"
        f'<p class="verdict">{_safe(verdict(report, strict=manner.strict).capitalize())}</p>\n'
    )
    yield from (f"<p>{_safe(note[:1].upper() + note[1:])}.</p>\n" for note in report.notes)
    if report.groups:
        yield _key()
        yield f'<div class="charts">{_by_shape(report)}{_by_source(report)}</div>\n'
        yield "<h2>Findings</h2>\n"
    for group in report.groups:
        yield _finding(group, details=manner.details)
    if report.unused:
        yield f"<p>No data for these shapes: {_safe(', '.join(report.unused))}</p>\n"
    yield "</body></html>\n"


def _key() -> str:
    signs = (f'<span><i style="background:{COLOURS[s]}"></i>{HEADS[s]}</span>' for s in SEVERITIES)
    return f'<p class="key">{"".join(signs)}</p>\n'


def _by_shape(report: Report) -> str:
    counts: dict[str, Counter[str]] = {}
    for group in report.groups:
        counts.setdefault(group.kind.shape, Counter())[severity(group)] += group.count
    return _chart("By shape", counts)


def _by_source(report: Report) -> str:
    counts: dict[str, Counter[str]] = {}
    for group in report.groups:
        for result in group.tell(None):
            counts.setdefault(_file(result), Counter())[severity(group)] += 1
    return _chart("By source", counts)


def _file(result: Result) -> str:
    return result.source.partition(";")[0].partition(" line ")[0] or "source not stated"


def _chart(title: str, counts: dict[str, Counter[str]]) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    most = max(count.total() for _, count in ordered)
    rows = [_bar(name, count, most) for name, count in ordered[:BARS]]
    if len(ordered) > BARS:
        rest = sum((count for _, count in ordered[BARS:]), Counter[str]())
        rows.append(f"<p>and {len(ordered) - BARS:,} more with {rest.total():,} findings</p>")
    return f"<section><h2>{title}</h2>{''.join(rows)}</section>"


def _bar(name: str, count: Counter[str], most: int) -> str:
    parts = (
        f'<span style="background:{COLOURS[s]};width:{100 * count[s] / most:.2f}%" '
        f'title="{count[s]:,} {HEADS[s].lower()}"></span>'
        for s in SEVERITIES
        if count[s]
    )
    return (
        f'<div class="bar"><b>{_safe(name)}</b><div>{"".join(parts)}</div>{count.total():,}</div>'
    )


def _finding(group: Group, *, details: bool) -> str:
    shown = group.tell(None if details else EXAMPLES)
    kind = severity(group)
    path = f", path {_safe(short(group.kind.path))}" if group.kind.path else ""
    head = heading(group, shown)
    items = "".join(chain.from_iterable(_item(result, head) for result in shown))
    more = group.count - len(shown)
    rest = f"<p>and {more:,} more: <code>graphbuild check --details</code></p>" if more else ""
    return (
        f'<details><summary><b style="color:{COLOURS[kind]}">{WORDS[kind]}</b>{_safe(head)}'
        f" <small>{group.count:,} × shape {_safe(group.kind.shape)}{path}</small></summary>"
        f"<ul>{items}</ul>{rest}</details>\n"
    )


def _item(result: Result, head: str) -> Iterator[str]:
    value = short(result.value) if result.value not in ("", result.focus) else ""
    yield f"<li>{_safe(result.entity or result.focus)}"
    if value:
        yield f", value {_safe(value)}"
    if result.message != head:
        yield f"<small>{_safe(result.message)}</small>"
    if result.source:
        yield f"<small>from {_safe(result.source)}</small>"
    yield "</li>"


def _safe(text: str) -> str:
    return escape(visible(text))
