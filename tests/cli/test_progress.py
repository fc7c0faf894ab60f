"""Progress on stderr: in place on a terminal, sparse lines in a log."""

import io
import sys

import pytest

from graphbuild.cli import progress as module
from graphbuild.cli.progress import PATIENCE, PAUSE, progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test sets."""
    now = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    return now


def told(monkeypatch, clock, stream):
    monkeypatch.setattr(sys, "stderr", stream)
    with progress() as tell:
        tell("early")
        clock[0] += PATIENCE
        for number in range(1, 41):
            tell(f"mapping: {number} of 40")
            clock[0] += PAUSE / 10
    return stream.getvalue()


def test_a_log_has_one_line_in_a_while(monkeypatch, clock):
    lines = told(monkeypatch, clock, io.StringIO()).splitlines()
    assert lines == [f"mapping: {number} of 40" for number in (1, 11, 21, 31)]


def test_a_terminal_shows_all_in_one_line_and_leaves_it_empty(monkeypatch, clock):
    text = told(monkeypatch, clock, Terminal())
    assert "early" not in text
    assert text.count("mapping: ") == 40
    assert text.endswith(" \r")
    assert "\n" not in text
