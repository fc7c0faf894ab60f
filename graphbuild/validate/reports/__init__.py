"""Write reports: for people, for programs and for continuous integration.

A writer takes a report and whether warnings fail it, and yields text; `WRITERS` names them.
"""

from collections.abc import Callable, Iterator

from graphbuild.validate.report import Report
from graphbuild.validate.reports.ci import junit, sarif
from graphbuild.validate.reports.machine import json_lines, json_object, turtle
from graphbuild.validate.reports.page import page
from graphbuild.validate.reports.words import Manner, text

Writer = Callable[[Report, Manner], Iterator[str]]

WRITERS: dict[str, Writer] = {
    "text": text,
    "json": json_object,
    "jsonl": json_lines,
    "ttl": turtle,
    "sarif": sarif,
    "junit": junit,
    "html": page,
}
