"""Lists of interfaces page by page, kept and resumed; and a build from a web address."""

import json
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from graphbuild.cli import main
from graphbuild.errors import InputError
from graphbuild.sources.online.client import Client
from graphbuild.sources.online.download import downloaded
from graphbuild.sources.online.paging import first_url, pause
from tests.sources.online.server import Reply

FEED = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="urn:x">'
    "<opensearch:totalResults>{total}</opensearch:totalResults>"
    "<opensearch:startIndex>{start}</opensearch:startIndex>{entries}</feed>"
)


def as_json(value) -> Reply:
    return Reply(json.dumps(value).encode())


def as_xml(text: str) -> Reply:
    return Reply(text.encode(), kind="application/atom+xml")


@pytest.fixture
def pages(server, tmp_path):
    """Return a function that fetches all pages of a path: their locations, and what they hold."""

    def run(path):
        found = downloaded(
            server.url + path, tmp_path / "pages", Client(lambda _: None, lambda _: None)
        )
        return SimpleNamespace(
            locations=[location.removeprefix(server.url) for location, _ in found],
            texts=[file.read_text(encoding="utf-8") for _, file in found],
        )

    return run


def openalex(asked, visit):
    """Answer like OpenAlex: three pages of works, and then none."""
    if "cursor" not in asked:
        return as_json({"meta": {"count": 5, "page": 1}, "results": [{"id": "W0"}]})
    number = 0 if asked["cursor"] == "*" else int(asked["cursor"])
    results = [{"id": f"W{number}"}] if number < 3 else []
    following = str(number + 1) if number < 3 else None
    return as_json({"meta": {"count": 3, "next_cursor": following}, "results": results})


def test_openalex_pages_by_cursor(server, pages):
    server.routes["/works"] = openalex
    found = pages("/works?filter=a:b&cursor=*")
    assert [json.loads(text)["results"][0]["id"] for text in found.texts] == ["W0", "W1", "W2"]
    url = "/works?filter=a:b&cursor=*"
    assert found.locations == [url, f"{url}#page-2", f"{url}#page-3"]
    assert server.asked[1] == "/works?filter=a:b&cursor=1"


def test_address_that_asks_for_one_page_gets_one(server, pages):
    server.routes["/works"] = openalex
    assert len(pages("/works?page=1").texts) == 1
    assert len(server.asked) == 1


def test_crossref_pages_by_cursor_until_a_page_is_empty(server, pages):
    def crossref(asked, visit):
        items = [{"DOI": f"10.1000/{visit}"}] if visit < 2 else []
        return as_json({"status": "ok", "message": {"items": items, "next-cursor": "same/+="}})

    server.routes["/works"] = crossref
    assert len(pages("/works?query=a+b&cursor=*&rows=1").texts) == 2
    assert server.asked[2] == "/works?query=a+b&cursor=same/%2B%3D&rows=1"


def test_ror_pages_by_number(server, pages):
    def ror(asked, visit):
        number = int(asked.get("page", 1))
        items = [{"id": n} for n in range(20 * (number - 1), min(20 * number, 45))]
        return as_json({"number_of_results": 45, "items": items})

    server.routes["/v2/organizations"] = ror
    found = pages("/v2/organizations?query=loom")
    assert [len(json.loads(text)["items"]) for text in found.texts] == [20, 20, 5]
    assert len(server.asked) == 3
    assert len(pages("/v2/organizations?query=loom&page=2").texts) == 1


def test_arxiv_pages_by_place_and_an_empty_page_is_asked_for_again(server, pages):
    def arxiv(asked, visit):
        start = int(asked.get("start", 0))
        entries = "" if visit == 1 else "<entry/>" * min(2, 5 - start)
        return as_xml(FEED.format(total=5, start=start, entries=entries))

    server.routes["/api/query"] = arxiv
    found = pages("/api/query?search_query=all:loom")
    assert [text.count("<entry/>") for text in found.texts] == [2, 2, 1]
    assert len(server.asked) == 4
    assert "search_query=all:loom&start=2" in server.asked[1]


def test_oai_pages_by_token(server, pages):
    def oai(asked, visit):
        token = (
            f"<resumptionToken cursor='1'>{visit}&amp;x|y</resumptionToken>"
            if visit < 2
            else "<resumptionToken/>"
        )
        return as_xml(f"<OAI-PMH><ListRecords><record n='{visit}'/>{token}</ListRecords></OAI-PMH>")

    server.routes["/oai"] = oai
    assert len(pages("/oai?verb=ListRecords&metadataPrefix=arXivRaw").texts) == 3
    assert server.asked[1] == "/oai?verb=ListRecords&resumptionToken=0%26x%7Cy"


@pytest.mark.parametrize("name", ["search", "expanded-search"])
def test_orcid_search_leads_to_records(server, pages, name):
    ids = [f"0000-0002-1825-00{n}" for n in range(10, 15)]

    def search(asked, visit):
        some = ids[int(asked.get("start", 0)) :][:3]
        if name == "search":
            return as_json(
                {"num-found": 5, "result": [{"orcid-identifier": {"path": i}} for i in some]}
            )
        return as_json({"num-found": 5, "expanded-result": [{"orcid-id": i} for i in some]})

    server.routes[f"/v3.0/{name}"] = search
    for each in ids:
        server.routes[f"/v3.0/{each}/record"] = lambda _, __, each=each: as_json({"path": each})
    found = pages(f"/v3.0/{name}?q=loom")
    assert sorted(json.loads(text)["path"] for text in found.texts) == ids


def test_what_broke_off_is_resumed(server, pages):
    failing = [True]

    def route(asked, visit):
        if asked["cursor"] == "2" and failing[0]:
            return Reply(b"", 503, headers=(("Retry-After", "100000"),))
        return openalex(asked, visit)

    server.routes["/works"] = route
    with pytest.raises(InputError, match="503"):
        pages("/works?cursor=*")
    failing[0] = False
    before = len(server.asked)
    assert len(pages("/works?cursor=*").texts) == 3
    assert server.asked[before:] == ["/works?cursor=2", "/works?cursor=3"]
    assert len(pages("/works?cursor=*").texts) == 3
    assert len(server.asked) == before + 2  # All is there: nobody is asked.


def test_cursor_that_expired_begins_anew(server, pages):
    state = {"expired": False}

    def route(asked, visit):
        if asked["cursor"] == "1" and not state["expired"]:
            return Reply(b"", 503, headers=(("Retry-After", "100000"),))
        if asked["cursor"] == "1" and state["expired"] == "now":
            state["expired"] = "renewed"
            return Reply(b"gone", 404)
        return openalex(asked, visit)

    server.routes["/works"] = route
    with pytest.raises(InputError):
        pages("/works?cursor=*")
    state["expired"] = "now"
    assert len(pages("/works?cursor=*").texts) == 3


def test_server_that_sends_the_same_page_for_ever_is_found_out(server, pages):
    server.routes["/works"] = lambda _, __: as_json(
        {"meta": {"next_cursor": "again"}, "results": [1]}
    )
    with pytest.raises(InputError, match="sends page 1 again as page 2"):
        pages("/works?cursor=*")


def test_list_without_records_is_said_to_be_so(server, pages):
    server.routes["/works"] = lambda _, __: as_json({"meta": {"next_cursor": None}, "results": []})
    for _ in range(2):
        with pytest.raises(InputError, match="the server has no records for this address"):
            pages("/works?cursor=*")
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "value", [[], {}, {"message": []}, {"items": 1, "number_of_results": "x"}, {"num-found": 1, "result": {}}]
)  # fmt: skip
def test_other_json_is_one_page(server, pages, value):
    server.routes["/x"] = lambda _, __: as_json(value)
    assert len(pages("/x").texts) == 1
    assert len(server.asked) == 1


@pytest.mark.parametrize("named", ["../../x", {"path": "../../x"}, {"path": 1}, None])
def test_search_cannot_lead_elsewhere(server, pages, named):
    found = {"num-found": 1, "result": [{"orcid-identifier": named}]}
    server.routes["/v3.0/search"] = lambda _, __: as_json(found)
    with pytest.raises(InputError, match="no records"):
        pages("/v3.0/search?q=loom")
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("given", "begun"),
    [
        ("https://api.openalex.org/works", "https://api.openalex.org/works?cursor=*&per-page=100"),
        ("https://api.openalex.org/works?page=2", "https://api.openalex.org/works?page=2"),
        ("https://api.openalex.org/works/W1", "https://api.openalex.org/works/W1"),
        ("https://api.crossref.org/works?rows=5", "https://api.crossref.org/works?rows=5"),
        (
            "https://api.crossref.org/journals/1570-0844/works",
            "https://api.crossref.org/journals/1570-0844/works?cursor=*&rows=100",
        ),
        (
            "https://export.arxiv.org/api/query?id_list=1",
            "https://export.arxiv.org/api/query?id_list=1&start=0&max_results=200",
        ),
        ("https://example.org/works", "https://example.org/works"),
    ],
)
def test_known_lists_are_begun_so_that_all_of_them_comes(given, begun):
    assert first_url(given) == begun


def test_servers_that_ask_for_pauses_get_them():
    assert pause("https://export.arxiv.org/api/query") == 3
    assert pause("https://example.org/") < 1


def test_build_takes_an_address_and_needs_no_network_the_next_time(server, tmp_path):
    rows = b'{"title": "On Looms", "authors": ["Ada Example"]}\n'
    server.routes["/own.jsonl"] = lambda _, __: Reply(rows, kind="application/jsonl")
    graph = str(tmp_path / "g")
    run = CliRunner().invoke
    done = run(main, ["build", f"{server.url}/own.jsonl", "-o", graph])
    assert done.exit_code == 0, done.output
    assert "Built      1 paper, 1 person" in done.stdout
    again = run(main, ["build", "-o", graph])
    assert "was up to date" in again.stdout
    assert len(server.asked) == 1


def test_build_of_an_address_that_fails_leaves_nothing_but_what_came(server, tmp_path):
    graph = tmp_path / "g"
    done = CliRunner().invoke(main, ["build", f"{server.url}/nothing", "-o", str(graph)])
    assert done.exit_code == 5
    assert done.stderr.strip().endswith("/nothing: the server answers 404 Not Found")
    server.routes["/nothing"] = lambda _, __: Reply(b'{"title": "x", "authors": []}')
    done = CliRunner().invoke(main, ["build", f"{server.url}/nothing", "-o", str(graph)])
    assert done.exit_code == 0, done.output
