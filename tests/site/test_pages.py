"""What the pages of entities say."""

import gzip
import json
import re
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from pyoxigraph import RdfFormat, parse

from graphbuild.site.places import Places
from graphbuild.store.columns import read_rows


def text(node):
    return " ".join(node.text_content().split())


def links(page):
    return {text(a): a.get("href") for a in page.iter("a")}


def test_page_of_a_paper_names_its_authors_in_order_and_says_how_far_the_list_is_known(read):
    page = read("id/paper/p1.html")
    [authors] = page.find_class("authors")
    assert [text(each.find("a")) for each in authors][:1] == ["Ben Sample"]
    assert "cut short by the source; at least 3 authors" in text(page)


def test_name_of_an_entity_is_text_whatever_it_holds(read, site):
    page = read("id/person/cleo.html")
    assert text(page.find(".//h1")) == "Cleo <b>Bold</b>"
    assert page.find(".//h1/b") is None


def test_page_of_a_person_lists_papers_and_co_authors(read):
    page = read("id/person/ada.html")
    found = links(page)
    assert found["GEARS: Gears & Wheels"] == "../../id/paper/p1.html"
    headings = [text(each) for each in page.iter("h2")]
    assert {"Papers", "Co-authors", "Who says so"} <= {h.rstrip("0123456789 ") for h in headings}


def test_page_says_who_says_so(read):
    records = read("id/paper/p1.html").find_class("records")
    assert [text(each) for each in records] == ["Ada Example, record 1, line 9 LGMar 2, 2021Code"]


def test_page_offers_the_queries_that_take_its_entity(read):
    commands = [
        text(each) for each in read("id/person/ada.html").find_class("queries")[0].iter("code")
    ]
    wanted = "graphbuild query author-works --person https://w3id.org/graphbuild/id/person/ada"
    assert f"{wanted} --graph graph" in commands


def test_data_files_of_an_entity_hold_the_same_triples(site):
    stem = site / "id" / "paper" / "p1"
    lines = set(parse(path=f"{stem}.nt"))
    assert len(lines) > 20
    assert set(parse(path=f"{stem}.ttl")) == lines
    document = json.loads((stem.parent / "p1.jsonld").read_bytes())
    context = json.loads((stem.parent / document["@context"]).read_bytes())
    whole = json.dumps({**document, **context})
    assert set(parse(whole, RdfFormat.JSON_LD)) == lines


def test_every_triple_of_the_graph_is_in_the_dump_and_of_entities_in_their_files(graph, site):
    whole = {f"{s} {p} {o} ." for s, p, o in read_rows(graph)}
    dump = gzip.decompress((site / "data" / "graph.nt.gz").read_bytes()).decode()
    assert set(dump.splitlines()) == whole
    told = {line for path in site.rglob("*.nt") for line in path.read_text().splitlines()}
    assert told <= whole
    left = {line for line in whole - told if "/id/record/" not in line.split()[0]}
    assert left == set()


def test_head_leads_machines_as_fair_signposting_says(read):
    page = read("id/paper/p1.html")
    found = {}
    for link in page.iter("link"):
        found.setdefault(link.get("rel"), []).append((link.get("href"), link.get("type")))
    at = "https://kg.example.org/graph/"
    assert found["cite-as"] == [("https://w3id.org/graphbuild/id/paper/p1", None)]
    assert found["describedby"] == [
        (f"{at}id/paper/p1.ttl", "text/turtle"),
        (f"{at}id/paper/p1.jsonld", "application/ld+json"),
        (f"{at}id/paper/p1.nt", "application/n-triples"),
    ]
    assert found["type"] == [
        ("https://schema.org/AboutPage", None),
        ("https://schema.org/ScholarlyArticle", None),
    ]
    assert found["canonical"] == [(f"{at}id/paper/p1.html", None)]
    assert found["collection"] == [(f"{at}index.html", "text/html")]
    assert {href for href, _ in found["author"]} == {
        f"https://w3id.org/graphbuild/id/person/{name}" for name in ("ada", "ben", "cleo")
    }


def test_head_holds_what_the_profile_of_schema_org_says(read):
    [script] = read("id/paper/p1.html").xpath("//script[@type='application/ld+json']")
    said = json.loads(script.text)
    assert said["@context"] == {"@vocab": "https://schema.org/"}
    assert (said["@type"], said["name"]) == ("ScholarlyArticle", "GEARS: Gears & Wheels")
    names = {role["author"]["name"] for role in said["author"]}
    assert names == {"Ada Example", "Ben Sample", "Cleo <b>Bold</b>"}


def test_every_link_inside_the_site_leads_to_a_file_or_an_anchor(site):
    pages = {path: html.fromstring(path.read_bytes()) for path in site.rglob("*.html")}
    assert len(pages) > 25
    ids = {
        path: {each.get("id") for each in page.iter() if each.get("id")}
        for path, page in pages.items()
    }
    for path, page in pages.items():
        for _, attribute, link, _ in page.iterlinks():
            parts = urlsplit(link)
            if parts.scheme or attribute == "action":
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), (path, link)
            if parts.fragment:
                assert parts.fragment in ids[target], (path, link)


def test_nothing_is_loaded_from_elsewhere(site):
    for path in site.rglob("*.html"):
        page = html.fromstring(path.read_bytes())
        loaded = page.xpath(
            "//script/@src | //img/@src | //link[@rel='stylesheet']/@href | //form/@action"
        )
        if path.name != "404.html":  # servers show it at any address
            assert not [each for each in loaded if ":" in each], path
        [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'; img-src")
    style = (site / "assets" / "style.css").read_text()
    assert "url(" not in style
    assert "@import" not in style


def test_lists_name_every_entity(read, site):
    people = read("browse/person/index.html")
    [entries] = people.find_class("index")
    assert [text(each.find("a")) for each in entries] == [
        "Ada Example", "Ben Sample", "Cleo <b>Bold</b>", "Ada Example",
    ]  # fmt: skip  # the last one has a family name, and so lies under E


@pytest.mark.parametrize(
    ("iri", "stem"),
    [
        ("https://e.org/id/paper/doi:10.1~1x", "id/paper/doi:10.1~1x"),
        ("https://e.org/id/person/caf%C3%A9", "id/person/café"),
        ("https://w3id.org/graphbuild/id/topic/arxiv:cs.LG", "ref/topic/arxiv:cs.LG"),
    ],
)
def test_address_is_the_path(iri, stem):
    assert Places("https://e.org/").stem(iri) == stem


@pytest.mark.parametrize(
    "iri",
    [
        "https://e.org/id/paper/..%2F..%2Fetc",
        "https://e.org/id/paper/%2E%2E",
        "https://e.org/id/../x",
        "https://e.org/id/paper/a%00b",
        f"https://e.org/id/paper/{'a' * 400}",
        "https://vivo.example.edu/individual/n1",
        "https://e.org/id/paper/",
    ],
)
def test_what_no_file_may_be_called_lies_under_its_hash(iri):
    assert re.fullmatch(r"other/iri/[0-9a-f]{32}", Places("https://e.org/").stem(iri))


def test_dataset_is_described_where_machines_look(site):
    described = (site / ".well-known" / "void").read_bytes()
    assert described == (site / "data" / "dataset.ttl").read_bytes()
    triples = {(t.predicate.value, t.object.value) for t in parse(described, RdfFormat.TURTLE)}
    dump = "https://kg.example.org/graph/data/graph.nt.gz"
    assert ("http://rdfs.org/ns/void#dataDump", dump) in triples
    packed = "https://www.iana.org/assignments/media-types/application/gzip"
    assert ("http://www.w3.org/ns/dcat#compressFormat", packed) in triples
