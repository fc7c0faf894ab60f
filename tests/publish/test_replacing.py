"""A graph store that changes under us is not overwritten, with an ETag and without."""

import re

import pytest
from click.testing import CliRunner

from graphbuild.cli import main
from graphbuild.store import patience
from tests.servers import reply, scripted_server

FOREIGN = "<urn:theirs> <urn:p> <urn:o> .\n"


@pytest.fixture(autouse=True)
def _hurry(monkeypatch):
    monkeypatch.setattr(patience, "FIRST_PAUSE", 0.01)


def lines(*numbers):
    return "".join(f'<urn:s:{n}> <urn:p> "{n}" .\n' for n in numbers)


class GraphServer:
    """A graph store that holds one text; somebody else writes to it after some requests.

    Args:
        etag: how its ETag is made of the number of its state; empty for none.
    """

    def __init__(self, etag=""):
        self.lines = set()
        self.state = 0
        self.puts = []
        self.reads = 0
        self.meanwhile = {}
        self.break_off = False
        self._etag = etag

    def write(self, text, *, whole=False):
        self.lines = set(text.splitlines(keepends=True)) | (set() if whole else self.lines)
        self.state += 1

    def answer(self, handler, body):
        if handler.command == "GET":
            self._read(handler)
        elif handler.command == "POST":
            self.write(body.decode())
            reply(handler, 204)
        else:
            self._put(handler, body.decode())

    def _read(self, handler):
        self.reads += 1
        text = re.sub(r"_:\w+", f"_:read{self.reads}", "".join(sorted(self.lines)))
        etag = {"ETag": self._etag.format(self.state)} if self._etag else {}
        self.meanwhile.pop(self.reads, lambda: None)()
        reply(handler, 200, text.encode(), "application/n-triples", **etag)

    def _put(self, handler, text):
        asked = handler.headers["If-Match"]
        self.puts.append(asked)
        if asked and asked != self._etag.format(self.state):
            return reply(handler, 412, b"changed", "text/plain")
        self.write(text, whole=True)
        if self.break_off:
            self.break_off = False
            handler.close_connection = True
            return handler.connection.close()
        return reply(handler, 204)

    def disturb(self, after):
        """Let somebody else write right after one of the next readings."""
        self.meanwhile[self.reads + after] = lambda: self.write(FOREIGN)


@pytest.fixture
def push(tmp_path):
    """Return a function that pushes some text to a server."""

    def run(url, text, *options):
        file = tmp_path / "graph.nt"
        file.write_text(text)
        return CliRunner().invoke(main, ["push", str(file), "--to", f"{url}/store", *options])

    return run


@pytest.mark.parametrize(
    ("etag", "after", "puts"),
    [
        ('"{}"', 2, ['"1"']),  # the plan reads first, then what is to be changed is read
        ("", 2, []),
        ('W/"{}"', 2, []),  # a weak one says nothing of bytes: no If-Match holds for it
    ],
)
def test_graph_that_changes_under_us_is_not_overwritten(push, etag, after, puts):
    server = GraphServer(etag)
    with scripted_server(server.answer) as url:
        assert push(url, lines(1, 2)).exit_code == 0
        server.disturb(after)
        overtaken = push(url, lines(2, 3), "--delta")
        assert overtaken.exit_code == 6
        assert "somebody else changed the graph" in overtaken.stderr
        assert "the same command goes on from there" in overtaken.stderr
        assert overtaken.stderr.strip().splitlines()[-1].startswith("Error")
        assert server.puts == puts
        assert "".join(sorted(server.lines)) == lines(1, 2) + FOREIGN
        again = push(url, lines(2, 3), "--delta")
        assert again.exit_code == 0, again.stderr
    assert "".join(sorted(server.lines)) == lines(2, 3) + FOREIGN


def test_what_changed_before_the_graph_is_read_to_be_changed_stays(push):
    server = GraphServer('"{}"')
    with scripted_server(server.answer) as url:
        push(url, lines(1, 2))
        server.disturb(1)
        assert push(url, lines(2), "--delta").exit_code == 0
    assert "".join(sorted(server.lines)) == lines(2) + FOREIGN
    assert server.puts == ['"2"']


def test_our_own_state_is_known_when_the_answer_to_the_put_was_lost(push):
    server = GraphServer('"{}"')
    with scripted_server(server.answer) as url:
        push(url, lines(1, 2))
        server.break_off = True
        result = push(url, lines(2, 3), "--delta")
    assert result.exit_code == 0, result.stderr
    assert server.puts == ['"1"', '"1"']
    assert "".join(sorted(server.lines)) == lines(2, 3)


def test_new_labels_of_blank_nodes_are_no_change(push):
    server = GraphServer()
    server.write('_:b <urn:p> "theirs" .\n')
    with scripted_server(server.answer) as url:
        push(url, lines(1, 2))
        result = push(url, lines(2), "--delta")
    assert result.exit_code == 0, result.stderr
    assert server.puts == [None]
    assert '"theirs"' in "".join(server.lines)
    assert lines(1) not in server.lines
