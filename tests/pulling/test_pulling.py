"""An institution's graph is an input: of its SPARQL endpoint, or of the pages of its site."""

import functools
import gzip
import json
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from click.testing import CliRunner

from graphbuild.cli import main
from graphbuild.errors import EndpointError, InputError
from graphbuild.pulling.endpoint import pulled
from graphbuild.pulling.sitemap import crawled, crawler
from graphbuild.store import whole
from tests.servers import free_port, oxigraph_server
from tests.sources.online.server import Reply, Server

PAPERS = """\
{"title": "Shared Looms", "ids": ["doi:10.5555/shared"], "authors": ["Bo Sample", "Cy Specimen"], "issued": "2021"}
{"title": "Their Looms", "ids": ["doi:10.5555/theirs"], "authors": ["Bo Sample"], "venue": "Journal of Looms"}
"""
OURS = """\
{"title": "Shared Looms", "ids": ["doi:10.5555/shared"], "authors": ["Bo Sample", "Cy Specimen"]}
{"title": "Our Looms", "ids": ["doi:10.5555/ours"], "authors": ["Ada Example"]}
"""
TITLES = "SELECT ?t { ?p a gb:Paper ; dcterms:title ?t } ORDER BY ?t"
TURTLE = '<http://e.example/%s> <http://purl.org/dc/terms/title> "%s" ; a <http://purl.org/ontology/bibo/Article> .'


def run(*words, status=0):
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == status, result.output
    return result.output


def rows(graph, query, *options):
    return run("query", query, "-g", graph, "-f", "csv", *options).split("\n")[1:-1]


@pytest.fixture
def theirs(tmp_path):
    (tmp_path / "their.jsonl").write_text(PAPERS, encoding="utf-8")
    run("build", tmp_path / "their.jsonl", "-o", tmp_path / "theirs")
    run("export", tmp_path / "theirs", "--to", tmp_path / "theirs.nt")
    return tmp_path / "theirs"


@pytest.fixture
def server(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    running = Server()
    yield running
    running.close()


@pytest.fixture
def site(theirs, tmp_path, monkeypatch):
    """Lend the address of a static site of their graph."""
    monkeypatch.setenv("no_proxy", "*")
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    run("site", theirs, "--to", tmp_path / "site", "--base-url", url, "-j", "1")
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(tmp_path / "site"))
    monkeypatch.setattr(SimpleHTTPRequestHandler, "log_message", lambda *_: None)
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as running:
        Thread(target=running.serve_forever, args=(0.05,), daemon=True).start()
        yield url
        running.shutdown()


def client(told=None):
    made = crawler((told if told is not None else []).append)
    made.sleep = lambda _: None
    return made


def test_endpoint_is_an_input_and_both_differences_are_asked(theirs, tmp_path):
    (tmp_path / "ours.jsonl").write_text(OURS, encoding="utf-8")
    with oxigraph_server(tmp_path / "server", tmp_path / "theirs.nt") as url:
        run("build", tmp_path / "ours.jsonl", f"{url}/query", "-o", tmp_path / "g")
    assert rows(tmp_path / "g", TITLES) == ["Our Looms", "Shared Looms", "Their Looms"]
    name = ("--source", "their.jsonl")
    have = rows(tmp_path / "g", "only-in-source", *name)
    lack = rows(tmp_path / "g", "not-in-source", *name)
    assert any("Their Looms" in row for row in have)
    assert any("Our Looms" in row for row in lack)
    assert not any("Shared Looms" in row for row in (*have, *lack))
    assert rows(tmp_path / "g", TITLES) == ["Our Looms", "Shared Looms", "Their Looms"]
    run("build", "-o", tmp_path / "g", "--force")  # the server is gone; what came is kept


def test_endpoint_gives_the_graph_that_was_put_there(theirs, tmp_path, monkeypatch):
    monkeypatch.setattr(whole, "PAGE", 7)
    monkeypatch.setattr(whole, "PAUSE", 0)
    monkeypatch.setattr(whole, "_at_once", lambda *_: False)
    with oxigraph_server(tmp_path / "server", tmp_path / "theirs.nt") as url:
        copy = pulled(f"{url}/query", tmp_path / "kept", lambda _: None)
    known = (tmp_path / "theirs.nt").read_text(encoding="utf-8").splitlines()
    assert sorted(copy.read_text(encoding="utf-8").splitlines()) == sorted(known)


def test_pages_that_came_are_not_asked_for_again(theirs, tmp_path, monkeypatch):
    monkeypatch.setattr(whole, "PAGE", 7)
    monkeypatch.setattr(whole, "PAUSE", 0)
    monkeypatch.setattr(whole, "_at_once", lambda *_: False)
    ask, asked = whole.rows, []

    def breaking(endpoint, text):
        asked.append(text)
        if len(asked) == 9:
            raise EndpointError("the server is gone")
        return ask(endpoint, text)

    monkeypatch.setattr(whole, "rows", breaking)
    with oxigraph_server(tmp_path / "server", tmp_path / "theirs.nt") as url:
        with pytest.raises(EndpointError, match="the server is gone; what came is kept"):
            pulled(f"{url}/query", tmp_path / "kept", lambda _: None)
        before = [text for text in asked[:8] if "OFFSET" in text]
        copy = pulled(f"{url}/query", tmp_path / "kept", lambda _: None)
    assert not set(before) & set(asked[9:])
    known = (tmp_path / "theirs.nt").read_text(encoding="utf-8").splitlines()
    assert sorted(copy.read_text(encoding="utf-8").splitlines()) == sorted(known)


def answers(server, *replies):
    server.routes["/sparql"] = lambda _, visit: replies[min(visit, len(replies) - 1)]


def solutions(name, *values):
    bindings = [{name: {"type": "literal", "value": str(value)}} for value in values]
    body = json.dumps({"head": {"vars": [name]}, "results": {"bindings": bindings}})
    return Reply(body.encode(), kind="application/sparql-results+json")


@pytest.mark.parametrize(
    ("replies", "reason"),
    [
        ([Reply(b"<html>", kind="text/html")], "answers with text/html"),
        ([solutions("n", 5), Reply(b"", kind="application/n-triples"), solutions("p")], "changed"),
        ([Reply(b"{", kind="application/sparql-results+json")], "breaks off or is damaged"),
        ([Reply(status=404)], "not possible to connect"),
    ],
)
def test_endpoint_that_lies_is_refused_and_gives_nothing(server, tmp_path, replies, reason):
    answers(server, *replies)
    with pytest.raises(EndpointError, match=reason):
        pulled(f"{server.url}/sparql", tmp_path / "kept", lambda _: None)
    assert not (tmp_path / "kept" / "graph.nt").exists()


def test_endpoint_without_triples_is_no_input(server, tmp_path):
    answers(server, solutions("n", 0))
    with pytest.raises(InputError, match="holds no triples"):
        pulled(f"{server.url}/sparql", tmp_path / "kept", lambda _: None)


def test_site_of_linked_data_gives_back_its_graph(site, theirs, tmp_path):
    copy = crawled(f"{site}sitemap.xml", tmp_path / "kept", client())
    copy.rename(tmp_path / "copy.nt")
    run("build", tmp_path / "copy.nt", "-o", tmp_path / "g")
    assert rows(tmp_path / "g", TITLES) == rows(theirs, TITLES)
    people = (
        "SELECT ?n (COUNT(?p) AS ?c) { ?p dcterms:creator/foaf:name ?n } GROUP BY ?n ORDER BY ?n"
    )
    assert rows(tmp_path / "g", people) == rows(theirs, people)


def test_sitemap_is_an_input_of_build(site, tmp_path, monkeypatch):
    monkeypatch.setattr("graphbuild.pulling.sitemap.pause", lambda _: 0)
    run("build", f"{site}sitemap.xml", "-o", tmp_path / "g")
    assert rows(tmp_path / "g", TITLES) == ["Shared Looms", "Their Looms"]


def sitemap(server, *names):
    places = "".join(f"<url><loc>{server.url}/{name}</loc></url>" for name in names)
    return Reply(f"<urlset>{places}</urlset>".encode(), kind="application/xml")


def turtle(name):
    return Reply((TURTLE % (name, name)).encode(), kind="text/turtle")


def test_pages_are_found_by_negotiation_by_link_and_inside(server, tmp_path):
    link = b'<!DOCTYPE html><link rel="alternate" type="text/turtle" href="b.ttl"><p>B'
    inside = b'<html><script type="application/ld+json">{"@id": "http://e.example/c", "@type": "http://purl.org/ontology/bibo/Article", "http://purl.org/dc/terms/title": "c"}</script>'
    routes = {
        "/a": turtle("a"),
        "/b": Reply(link, kind="text/html"),
        "/b.ttl": turtle("b"),
        "/c": Reply(inside, kind="text/html"),
        "/d": Reply(b"<html><p>D", kind="text/html"),
    }
    for path, reply in routes.items():
        server.routes[path] = lambda _, __, reply=reply: reply
    index = (
        f"<sitemapindex><sitemap><loc>{server.url}/sitemap-1.xml.gz</loc></sitemap></sitemapindex>"
    )
    server.routes["/sitemap.xml"] = lambda *_: Reply(index.encode(), kind="application/xml")
    packed = gzip.compress(sitemap(server, "a", "b", "c", "d", "gone").body)
    server.routes["/sitemap-1.xml.gz"] = lambda *_: Reply(packed, kind="application/gzip")
    told = []
    copy = crawled(f"{server.url}/sitemap.xml", tmp_path / "kept", client(told))
    text = copy.read_text(encoding="utf-8")
    assert [f'"{name}"' in text for name in "abcd"] == [True, True, True, False]
    missing = (tmp_path / "kept" / "missing.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["page"].rpartition("/")[2] for line in missing] == ["d", "gone"]
    assert any("2 of 5 pages have no data" in line for line in told)


def test_crawl_goes_on_where_it_broke_off(server, tmp_path):
    server.routes["/sitemap.xml"] = lambda *_: sitemap(server, "a", "b", "c")
    for name in "ac":
        server.routes[f"/{name}"] = lambda _, __, name=name: turtle(name)
    server.routes["/b"] = lambda _, visit: Reply(status=503) if visit < 6 else turtle("b")
    with pytest.raises(InputError, match=r"503.*what came is kept: run it again"):
        crawled(f"{server.url}/sitemap.xml", tmp_path / "kept", client())
    copy = crawled(f"{server.url}/sitemap.xml", tmp_path / "kept", client())
    assert copy.read_text(encoding="utf-8").count("title") == 3
    assert server.asked.count("/a") == 1
    assert server.asked.count("/sitemap.xml") == 1


def test_robots_and_other_hosts_are_respected(server, tmp_path):
    robots = b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\n"
    server.routes["/robots.txt"] = lambda *_: Reply(robots, kind="text/plain")
    other = b"<url><loc>http://other.example/x</loc></url></urlset>"
    body = sitemap(server, "a", "private/x", "b").body.replace(b"</urlset>", other)
    server.routes["/sitemap.xml"] = lambda *_: Reply(body, kind="application/xml")
    for name in "ab":
        server.routes[f"/{name}"] = lambda _, __, name=name: turtle(name)
    polite, waited, told = client([]), [], []
    polite.sleep, polite.tell = waited.append, told.append
    crawled(f"{server.url}/sitemap.xml", tmp_path / "kept", polite)
    assert "/private/x" not in server.asked
    assert waited == [7.0]
    assert sum("of another host, or not allowed" in line for line in told) == 2


def test_site_without_data_is_no_input(server, tmp_path):
    server.routes["/sitemap.xml"] = lambda *_: sitemap(server, "gone")
    with pytest.raises(InputError, match="none of its 1 pages has data"):
        crawled(f"{server.url}/sitemap.xml", tmp_path / "kept", client())
    server.routes["/sitemap.xml"] = lambda *_: Reply(b"<html>sorry", kind="text/html")
    with pytest.raises(InputError, match="not a sitemap"):
        crawled(f"{server.url}/sitemap.xml", tmp_path / "more", client())
