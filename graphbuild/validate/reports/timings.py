"""Tell how long constraints took, the slowest first."""

from graphbuild.validate.report import Report
from graphbuild.validate.reports.words import short

SHOWN = 30


def timings(report: Report) -> str:
    """Return a table of the slowest constraints and their share of the whole."""
    whole = sum(each.seconds for each in report.timings) or 1.0
    ordered = sorted(report.timings, key=lambda each: -each.seconds)[:SHOWN]
    rows = [f"{'seconds':>8} {'share':>6} {'nodes':>10}  constraint"]
    for each in ordered:
        path = f" {short(each.path)}" if each.path else ""
        name = f"{each.shape}{path} sh:{each.parameter}"
        rows.append(f"{each.seconds:8.3f} {each.seconds / whole:6.1%} {each.focus:10,}  {name}")
    rows.append(f"{whole:8.3f}        {len(report.timings):,} constraints")
    return "\n".join(rows)
