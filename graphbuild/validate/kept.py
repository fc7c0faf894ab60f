"""Check a graph folder against the shipped shapes, and keep the report in it."""

from collections.abc import Callable

from graphbuild.errors import GraphBuildError
from graphbuild.store.columns import opened
from graphbuild.store.folder import GraphFolder
from graphbuild.store.output import written
from graphbuild.validate import validate
from graphbuild.validate.report import Report
from graphbuild.validate.reports import WRITERS
from graphbuild.validate.reports.words import Manner, verdict
from graphbuild.validate.shapes import shipped_shapes


def check_briefly(folder: GraphFolder, tell: Callable[[str], None]) -> str:
    """Check a graph that was just built; return the verdict in a line, or why there is none."""
    tell("checking the graph against its shapes")
    try:
        with opened(folder) as data:
            report = validate(data, shipped_shapes(), tell=tell)
            keep(report, folder)
            return verdict(report, strict=False)
    except GraphBuildError as error:
        return f"not: {error}"


def keep(report: Report, folder: GraphFolder) -> None:
    """Keep a report in a graph folder.

    Raises:
        GraphBuildError: it cannot be written.
    """
    with written(folder.report) as file:
        for part in WRITERS["ttl"](report, Manner()):
            file.write(part.encode())
