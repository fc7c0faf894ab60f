"""Check a graph folder against the shipped shapes, and keep the report in it."""

from collections.abc import Callable
from pathlib import Path

from graphbuild.errors import GraphBuildError
from graphbuild.store.columns import viewed
from graphbuild.store.output import written
from graphbuild.validate import validate
from graphbuild.validate.report import Report
from graphbuild.validate.reports import WRITERS
from graphbuild.validate.reports.words import Manner, verdict
from graphbuild.validate.shapes import shipped_shapes


def check_briefly(triples: Path, report: Path, tell: Callable[[str], None]) -> str:
    """Check a graph that is being built; return the verdict in a line, or why there is none.

    Args:
        triples: its columns.
        report: the file to keep the report in.
        tell: is told what is being done.
    """
    tell("checking the graph against its shapes")
    try:
        with viewed(triples, f"{triples}: cannot be read") as data:
            found = validate(data, shipped_shapes(), tell=tell)
            keep(found, report)
            return verdict(found, strict=False)
    except GraphBuildError as error:
        return f"not: {error}"


def keep(report: Report, target: Path) -> None:
    """Keep a report in a file.

    Raises:
        GraphBuildError: it cannot be written.
    """
    with written(target) as file:
        for part in WRITERS["ttl"](report, Manner()):
            file.write(part.encode())
