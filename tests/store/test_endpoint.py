"""What an endpoint may do to us, and what we must make of it."""

import base64
import json
import time
from urllib.parse import parse_qs

import pytest

from graphbuild.errors import EndpointError, QueryError, QueryTimeoutError
from graphbuild.store import patience
from graphbuild.store.answers import rows, triples
from graphbuild.store.endpoint import TOKEN, Endpoint, endpoint
from tests.servers import free_port, reply, scripted_server

ASKED = "SELECT ?a WHERE { ?a ?b ?c }"
ONE = json.dumps(
    {
        "head": {"vars": ["a"]},
        "results": {"bindings": [{"a": {"type": "literal", "value": "one"}}]},
    }
).encode()


def values(found):
    return [tuple(term.value for term in row) for row in found]


@pytest.fixture(autouse=True)
def _hurry(monkeypatch):
    monkeypatch.setattr(patience, "FIRST_PAUSE", 0.01)


def test_query_goes_by_post_with_agent_and_accept_only():
    seen = {}

    def answer(handler, body):
        seen.update(method=handler.command, path=handler.path, body=parse_qs(body.decode()))
        seen.update(agent=handler.headers["User-Agent"], accept=handler.headers["Accept"])
        reply(handler, 200, ONE)

    with scripted_server(answer) as url:
        assert values(rows(Endpoint(f"{url}/sparql"), ASKED)) == [("one",)]
    assert (seen["method"], seen["path"]) == ("POST", "/sparql")
    assert seen["body"] == {"query": [ASKED]}
    assert seen["agent"].startswith("graphbuild/")
    assert seen["accept"].startswith("application/sparql-results+json,")


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"token": "abc"}, "Bearer abc"),
        ({"user": "ada", "password": "p:w"}, "Basic " + base64.b64encode(b"ada:p:w").decode()),
    ],
)
def test_credentials_are_sent(known, expected):
    seen = []

    def answer(handler, _):
        seen.append(handler.headers["Authorization"])
        reply(handler, 200, ONE)

    with scripted_server(answer) as url:
        rows(Endpoint(url, **known), ASKED)
    assert seen == [expected]


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_busy_server_is_asked_again(status):
    told, calls = [], []

    def answer(handler, _):
        calls.append(time.monotonic())
        if len(calls) < 3:
            reply(handler, status, Retry_After="0")
        else:
            reply(handler, 200, ONE)

    with scripted_server(answer) as url:
        assert values(rows(Endpoint(url, tell=told.append), ASKED)) == [("one",)]
    assert len(calls) == 3
    assert len(told) == 2
    assert f"answers {status}" in told[0]


def test_retry_after_beyond_the_time_is_said_not_waited_for():
    def answer(handler, _):
        reply(handler, 503, Retry_After="3600")

    with (
        scripted_server(answer) as url,
        pytest.raises(EndpointError, match=r"answers 503 .*asks to wait 3600 s; try again later"),
    ):
        rows(Endpoint(url, timeout=5), ASKED)


def test_retry_after_may_be_a_date():
    calls = []

    def answer(handler, _):
        calls.append(1)
        if len(calls) == 1:
            reply(handler, 429, Retry_After="Wed, 01 Jan 2020 00:00:00 GMT")
        else:
            reply(handler, 200, ONE)

    with scripted_server(answer) as url:
        assert values(rows(Endpoint(url), ASKED)) == [("one",)]


def test_silent_server_is_left_when_the_time_is_over():
    def answer(handler, _):
        time.sleep(3)

    with scripted_server(answer) as url, pytest.raises(QueryTimeoutError, match=r"within 0.2 s"):
        rows(Endpoint(url, timeout=0.2), ASKED)


def test_dripping_server_is_left_when_the_time_is_over():
    def answer(handler, _):
        handler.send_response(200)
        handler.send_header("Content-Type", "application/sparql-results+json")
        handler.end_headers()
        for _number in range(50):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.1)

    with scripted_server(answer) as url, pytest.raises(QueryTimeoutError):
        rows(Endpoint(url, timeout=0.3), ASKED)


def test_answer_that_breaks_off_is_no_answer():
    def answer(handler, _):
        reply(handler, 200, ONE[:-20], Content_Length=str(len(ONE)))

    with scripted_server(answer) as url, pytest.raises(EndpointError, match="breaks off"):
        rows(Endpoint(url), ASKED)


def test_broken_json_of_full_length_is_no_answer():
    def answer(handler, _):
        reply(handler, 200, ONE[:-6] + b"The SPARQL operation has been cancelled")

    with (
        scripted_server(answer) as url,
        pytest.raises(EndpointError, match=r"damaged .*nothing of it was used"),
    ):
        rows(Endpoint(url), ASKED)


def test_answer_cut_by_the_server_is_no_answer():
    def answer(handler, _):
        reply(handler, 200, ONE, X_SPARQL_MaxRows="10000")

    with scripted_server(answer) as url, pytest.raises(EndpointError, match=r"cut short .*10000"):
        rows(Endpoint(url), ASKED)


def test_web_page_is_no_answer():
    def answer(handler, _):
        reply(handler, 200, b"<html>Welcome</html>", media_type="text/html")

    with scripted_server(answer) as url, pytest.raises(EndpointError, match=r"text/html.*endpoint"):
        rows(Endpoint(url), ASKED)


def test_redirects_are_named_not_followed():
    def answer(handler, _):
        reply(handler, 301, Location="https://elsewhere.example/sparql")

    with (
        scripted_server(answer) as url,
        pytest.raises(EndpointError, match=r"moved to https://elsewhere.example/sparql"),
    ):
        rows(Endpoint(url, user="ada"), ASKED)


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        (400, QueryError, "no such function"),
        (401, EndpointError, "no such function"),
        (403, EndpointError, "answers 403"),
        (404, EndpointError, "no such function"),
        (500, EndpointError, "no such function"),
    ],
)
def test_what_the_server_says_is_passed_on_in_one_line(status, error, words):
    def answer(handler, _):
        reply(handler, status, b"no such function\n  at java.lang.Thread", media_type="text/plain")

    with scripted_server(answer) as url, pytest.raises(error, match=words) as caught:
        rows(Endpoint(url), ASKED)
    assert "java" not in str(caught.value)


def test_refused_connection_is_said_at_once():
    with pytest.raises(EndpointError, match=r"cannot be reached .*is the address right"):
        rows(Endpoint(f"http://localhost:{free_port()}/sparql"), ASKED)


def test_triples_come_in_the_format_that_the_server_has():
    def answer(handler, _):
        turtle = b"@prefix x: <http://x.example/> . x:a x:b x:c, x:d ."
        reply(handler, 200, turtle, media_type="text/turtle; charset=utf-8")

    with (
        scripted_server(answer) as url,
        triples(Endpoint(url), "CONSTRUCT WHERE {?s ?p ?o}") as found,
    ):
        assert [triple.object.value[-1] for triple in found] == ["c", "d"]


def test_names_stand_for_endpoints(tmp_path):
    file = tmp_path / "endpoints.toml"
    file.write_text(
        '[library]\nurl = "https://kg.example.org/sparql"\nuser = "ada"\npassword_env = "PW"\n'
        '[bad]\nurl = "ftp://x"\n[odd]\nurl = "https://x.example"\npassword = "open"\n'
    )
    known = endpoint("library", file, {"PW": "secret"})
    assert known == Endpoint("https://kg.example.org/sparql", "library", "ada", "secret")
    assert "secret" not in repr(known)
    with pytest.raises(EndpointError, match=r"no endpoint is called 'nope' .*bad, library, odd"):
        endpoint("nope", file, {})
    with pytest.raises(EndpointError, match=r"'bad' needs an http\(s\) url"):
        endpoint("bad", file, {})
    with pytest.raises(EndpointError, match="'odd' does not know password"):
        endpoint("odd", file, {})
    file.write_text("[library\n")
    with pytest.raises(EndpointError, match="cannot be read"):
        endpoint("library", file, {})


def test_secrets_do_not_travel_in_the_clear(tmp_path):
    secret = {TOKEN: "abc"}
    missing = tmp_path / "none.toml"
    with pytest.raises(EndpointError, match="by https only"):
        endpoint("http://kg.example.org/sparql", missing, secret)
    assert endpoint("https://kg.example.org/sparql", missing, secret).token == secret[TOKEN]
    assert endpoint("http://localhost/sparql", missing, secret).token == secret[TOKEN]
    assert not endpoint("http://kg.example.org/sparql", missing, {}).token
