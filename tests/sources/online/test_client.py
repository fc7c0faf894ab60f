"""One address: throttled, broken off, dripping, redirected, and not what it says it is."""

import gzip

import pytest

from graphbuild.errors import InputError
from graphbuild.sources.online import client as module
from graphbuild.sources.online.client import TRIES, Client, RefusedError
from graphbuild.sources.online.paging import plan
from tests.sources.online.server import Reply

GOOD = b'{"title": "x", "authors": []}'


@pytest.fixture
def waits():
    return []


@pytest.fixture
def fetch(server, tmp_path, waits):
    """Return a function that fetches a path of the server, without waiting."""
    told = Client(lambda _: None, waits.append)

    def run(path="/x"):
        url = server.url + path
        told.fetch(url, tmp_path / "answer", lambda data: plan(url, url, data))
        return (tmp_path / "answer").read_bytes()

    return run


def first(*replies):
    """Return a route that gives each of some replies, and the last one from then on."""
    return lambda _, visit: replies[min(visit, len(replies) - 1)]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_busy_server_is_asked_again_when_it_says_so(server, fetch, waits, status):
    busy = Reply(b"wait", status, headers=(("Retry-After", "7"),))
    server.routes["/x"] = first(busy, busy, Reply(GOOD))
    assert fetch() == GOOD
    assert waits == [7, 7]


def test_waits_grow_where_the_server_names_none(server, fetch, waits):
    server.routes["/x"] = first(*[Reply(b"", 503)] * 4, Reply(GOOD))
    assert fetch() == GOOD
    assert all(2**n / 2 <= wait <= 2**n for n, wait in enumerate(waits, 1))
    assert len(waits) == 4


def test_date_to_come_back_at_is_understood(server, fetch, waits):
    past = (("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"),)
    server.routes["/x"] = first(Reply(b"", 429, headers=past), Reply(GOOD))
    assert fetch() == GOOD
    assert waits == [0]


def test_nonsense_to_come_back_at_is_passed_over(server, fetch, waits):
    server.routes["/x"] = first(Reply(b"", 429, headers=(("Retry-After", "soon"),)), Reply(GOOD))
    assert fetch() == GOOD
    assert 1 <= waits[0] <= 2


def test_server_that_wants_an_hour_is_not_waited_for(server, fetch, waits):
    server.routes["/x"] = first(Reply(b"", 429, headers=(("Retry-After", "3600"),)))
    with pytest.raises(InputError, match="429 Too Many Requests; it asks to come back in 3600 s"):
        fetch()
    assert waits == []


def test_patience_ends(server, fetch, waits):
    server.routes["/x"] = first(Reply(b"", 503))
    with pytest.raises(
        InputError, match="503 Service Unavailable; what came is kept: run it again"
    ):
        fetch()
    assert len(server.asked) == TRIES


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_refusal_is_final(server, fetch, status):
    server.routes["/x"] = first(Reply(b"no", status))
    with pytest.raises(RefusedError, match=f"/x: the server answers {status}"):
        fetch()
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "broken",
    [
        Reply(GOOD[:10], announced=len(GOOD)),
        Reply(GOOD[:10]),
        Reply(GOOD[:10], announced=-1),
        Reply(b'{\n  "meta": {\n    "count": 3'),
        Reply(b""),
        Reply(gzip.compress(GOOD)[:-9], headers=(("Content-Encoding", "gzip"),)),
        Reply(b"<!DOCTYPE html><title>Busy</title>", kind="application/json"),
        Reply(b"  <html><body>Busy", kind="application/xml"),
    ],
    ids=[
        "length",
        "json",
        "no length",
        "pretty json",
        "empty",
        "gzip",
        "html as json",
        "html as xml",
    ],
)
def test_answer_that_breaks_off_or_lies_is_fetched_again(server, fetch, broken):
    server.routes["/x"] = first(broken, Reply(GOOD))
    assert fetch() == GOOD
    assert len(server.asked) == 2


def test_compressed_answer_is_unpacked(server, fetch):
    packed = Reply(gzip.compress(GOOD), headers=(("Content-Encoding", "gzip"),))
    server.routes["/x"] = first(packed)
    assert fetch() == GOOD


def test_lines_of_json_are_no_broken_json(server, fetch):
    lines = GOOD + b"\n" + GOOD + b'\n{"tit'
    server.routes["/x"] = first(Reply(lines))
    assert fetch() == lines


def test_page_for_people_is_refused_though_the_status_is_200(server, fetch):
    server.routes["/x"] = first(Reply(b"<p>Hello", kind="text/html; charset=utf-8"))
    with pytest.raises(RefusedError, match="is a page for people"):
        fetch()


def test_dripping_answer_is_given_up(server, fetch, monkeypatch):
    monkeypatch.setattr(module, "GRACE", 0.05)
    monkeypatch.setattr(module, "BLOCK", 1)
    server.routes["/x"] = first(Reply(GOOD, drip=0.02), Reply(GOOD))
    assert fetch() == GOOD
    assert len(server.asked) == 2


def test_endless_answer_is_cut(server, fetch, monkeypatch):
    monkeypatch.setattr(module, "LARGEST_ANSWER", 1_000)
    server.routes["/x"] = first(Reply(b"[" + b"1," * 5_000))
    with pytest.raises(RefusedError, match="is larger than 1,000 bytes"):
        fetch()


def test_small_answer_that_unpacks_to_much_is_cut(server, fetch, monkeypatch):
    monkeypatch.setattr(module, "LARGEST_ANSWER", 1_000_000)
    bomb = Reply(gzip.compress(bytes(20_000_000)), headers=(("Content-Encoding", "gzip"),))
    server.routes["/x"] = first(bomb)
    with pytest.raises(RefusedError, match="is larger than"):
        fetch()


def test_redirects_are_followed_but_not_for_ever(server, fetch):
    server.routes["/x"] = first(Reply(status=302, headers=(("Location", "y?a=1"),)))
    server.routes["/y"] = first(Reply(GOOD))
    assert fetch() == GOOD
    assert server.asked == ["/x", "/y?a=1"]
    server.routes["/a"] = first(Reply(status=301, headers=(("Location", "/b"),)))
    server.routes["/b"] = first(Reply(status=301, headers=(("Location", "/a"),)))
    with pytest.raises(RefusedError, match="more than 5 redirects"):
        fetch("/a")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "/x", ""])
def test_redirect_to_elsewhere_is_refused(server, fetch, target):
    server.routes["/x"] = first(Reply(status=302, headers=(("Location", target),)))
    with pytest.raises(RefusedError, match="redirects to"):
        fetch()


def test_connection_that_fails_is_tried_again(server, fetch, waits):
    server.close()
    with pytest.raises(InputError, match="the connection failed"):
        fetch()
    assert len(waits) == TRIES - 1


def test_asker_says_who_it_is(server, fetch, monkeypatch, tmp_path):
    server.routes["/x"] = first(Reply(GOOD))
    fetch()
    monkeypatch.setenv("GRAPHBUILD_MAILTO", "ada@example.org")
    Client(lambda _: None).fetch(f"{server.url}/x", tmp_path / "y", lambda data: data)
    assert server.agents[0].startswith("graphbuild/")
    assert "mailto" not in server.agents[0]
    assert "; mailto:ada@example.org)" in server.agents[1]
