"""Sitemaps, redirects and lists of many."""

import re
import shutil

from lxml import etree, html

from graphbuild.site import browse, machines, searching
from graphbuild.site.publishing import Options, publish
from tests.small_graph import ENTITIES, small_graph, turtle

FORMER = """
:person\\/old a gb:FormerEntity ; dcterms:isReplacedBy :person\\/ada ; dcterms:title "Ada Former" .
"""
PLACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def published(folder, triples=None, **options):
    graph = small_graph(folder / "graph", triples)
    publish(graph, folder / "public", Options(**options), lambda _: None)
    return folder / "public"


def places(path):
    return [each.text for each in etree.parse(path).iter(PLACE)]


def test_sitemaps_hold_every_page_once_and_an_index_names_them(tmp_path, monkeypatch):
    monkeypatch.setattr(machines, "PER_SITEMAP", 10)
    at = "https://kg.example.org/a/"
    site = published(tmp_path, base_url=at)
    index = places(site / "sitemap.xml")
    assert index == [f"{at}sitemap-{number}.xml" for number in range(1, len(index) + 1)]
    named = [places(site / name.removeprefix(at)) for name in index]
    assert [len(each) for each in named[:-1]] == [10] * (len(named) - 1)
    addresses = [address for each in named for address in each]
    pages = {f"{at}{path.relative_to(site)}" for path in site.rglob("*.html")}
    assert set(addresses) == pages - {f"{at}404.html"}
    assert len(addresses) == len(set(addresses))
    assert f"Sitemap: {at}sitemap.xml" in (site / "robots.txt").read_text()


def test_without_an_address_there_is_no_sitemap(tmp_path):
    site = published(tmp_path)
    assert not list(site.glob("sitemap*"))
    assert (site / "robots.txt").read_text() == "User-agent: *\nAllow: /\n"


def test_former_address_leads_to_the_entity_that_took_its_place(tmp_path):
    site = published(tmp_path, turtle(ENTITIES + FORMER), base_url="https://kg.example.org/")
    page = html.fromstring((site / "id" / "person" / "old.html").read_bytes())
    [refresh] = page.xpath("//meta[@http-equiv='refresh']/@content")
    assert refresh == "0; url=../../id/person/ada.html"
    assert page.xpath("//link[@rel='canonical']/@href") == [
        "https://kg.example.org/id/person/ada.html"
    ]
    data = (site / "id" / "person" / "old.nt").read_text()
    assert "isReplacedBy> <https://w3id.org/graphbuild/id/person/ada>" in data
    heir = html.fromstring((site / "id" / "person" / "ada.html").read_bytes())
    assert "Former addresses" in heir.text_content()
    assert "Ada Former" not in (site / "search" / "w-f.js").read_text()


def test_long_lists_are_divided_by_letter_and_page(tmp_path, monkeypatch):
    monkeypatch.setattr(browse, "SMALL", 3)
    monkeypatch.setattr(browse, "PER_PAGE", 4)
    many = "".join(
        f':person\\/n{number} a foaf:Person ; foaf:name "Zoë {number:02}" .\n'
        for number in range(11)
    )
    site = published(tmp_path, turtle(many + ':person\\/x a foaf:Person ; foaf:name "李雷" .'))
    folder = site / "browse" / "person"
    assert sorted(path.name for path in folder.iterdir()) == [
        "index.html", "other.html", "z-2.html", "z-3.html", "z.html",
    ]  # fmt: skip
    names = []
    for name in ("z.html", "z-2.html", "z-3.html", "other.html"):
        page = html.fromstring((folder / name).read_bytes())
        names += [a.text for a in page.xpath("//ul[@class='index']//a")]
    assert names == [*(f"Zoë {number:02}" for number in range(11)), "李雷"]
    current = html.fromstring((folder / "z-2.html").read_bytes()).xpath("//*[@aria-current]/text()")
    assert current == ["Z", "2", "2"]


def test_shards_are_divided_until_they_are_small(tmp_path, monkeypatch):
    monkeypatch.setattr(searching, "MOST", 3)
    words = ["loom", "loomed", "looming", "looms", "lo", "log", "logs", "cat"]
    people = "".join(f':person\\/{word} a foaf:Person ; foaf:name "{word}" .\n' for word in words)
    site = published(tmp_path, turtle(people))
    names = sorted(path.stem for path in (site / "search").glob("w-*"))
    # "lo" alone and "log…" are few enough at three letters; "loom…" must be divided again.
    assert names == ["w-c", "w-lo", "w-log", "w-loom", "w-loome", "w-loomi", "w-looms"]
    found = re.findall(r'\["(\w+)"', (site / "search" / "w-log.js").read_text())
    assert sorted(found) == ["log", "logs"]
    shutil.rmtree(site)
