"""Names, titles and addresses that try to be markup, script or a way out."""

import gzip
import json
from urllib.parse import urlsplit

import pytest
from lxml import html

from graphbuild.site.publishing import Options, publish
from tests.small_graph import small_graph, turtle

TITLE = "</script><script>alert(1)</script> {{ 7 * 7 }} <img src=x onerror=alert(2)> & <!-- \u2028"
NAME = '" onmouseover="alert(3)\' <b>Eve</b>'
HOSTILE = f"""
:paper\\/bad a gb:Paper ; dcterms:title {json.dumps(TITLE)} ; gb:authorListStatus gb:Complete ;
  dcterms:abstract "<svg onload=alert(4)>" ; dcterms:creator :person\\/eve ;
  pro:isDocumentContextFor :authorship\\/bad-1 ; foaf:page <javascript:alert(5)> ;
  dcterms:license <data:text\\/html,alert(6)> ; prov:wasDerivedFrom :record\\/r-e1 ;
  gb:doi <javascript:alert(7)> ; gb:comment "]]></title><script>alert(8)</script>" .
:authorship\\/bad-1 a gb:Authorship ; pro:withRole pro:author ; pro:isHeldBy :person\\/eve ;
  gb:ordinal 1 ; gb:nameAsWritten "<i>Eve</i>" .
:person\\/eve a foaf:Person ; foaf:name {json.dumps(NAME)} ; foaf:homepage <vbscript:x> ;
  foaf:mbox <mailto:eve@example.org> ; foaf:gender "secret" ; schema:email "eve@example.org" .
:observation\\/o a gb:MetricObservation ; sosa:hasFeatureOfInterest :person\\/eve ;
  sosa:observedProperty <https://w3id.org/graphbuild/id/metric/profile-page:ai-score> ;
  sosa:hasSimpleResult 98765 ; gb:textAsWritten "AI Score98765" .
<https://w3id.org/graphbuild/id/metric/profile-page:ai-score> a gb:Metric ; skos:prefLabel "AI Score" .
:record\\/r a gb:SourceRecord ; dcterms:identifier "<script>alert(9)</script>.txt" .
:record\\/r-e1 a gb:SourceRecord ; dcterms:isPartOf :record\\/r ; gb:line 3 ;
  gb:textAsWritten "<script>alert(10)</script>" .
""".replace("<data:text\\/html,alert(6)>", "<data:text/html,alert(6)>")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    graph = small_graph(folder / "graph", turtle(HOSTILE))
    title = "<script>alert(11)</script>"
    publish(graph, folder / "public", Options(title=title), lambda _: None)
    return folder / "public"


def test_no_text_of_a_source_becomes_markup(hostile):
    pages = list(hostile.rglob("*.html"))
    assert len(pages) > 8
    for path in pages:
        page = html.fromstring(path.read_bytes())
        for script in page.iter("script"):
            data = script.get("type") == "application/ld+json"
            assert data or script.get("src", "").endswith(("/search.js", "/shards.js"))
            assert not data or json.loads(script.text)
        for element in page.iter():
            assert not [name for name in element.attrib if name.startswith("on")], path
        assert not page.xpath("//svg[@onload] | //h1/b | //i | //img")


def test_only_addresses_of_the_web_become_links(hostile):
    for path in hostile.rglob("*.html"):
        page = html.fromstring(path.read_bytes())
        links = [link for _, _, link, _ in page.iterlinks() if not link.startswith("https://w3id")]
        assert {urlsplit(link).scheme for link in links} <= {"", "https", "http"}, path


def test_text_is_shown_as_it_is_written(hostile):
    page = html.fromstring((hostile / "id" / "paper" / "bad.html").read_bytes())
    assert page.find(".//h1").text_content() == TITLE
    [script] = page.xpath("//script[@type='application/ld+json']")
    assert json.loads(script.text)["name"] == TITLE
    person = html.fromstring((hostile / "id" / "person" / "eve.html").read_bytes())
    assert person.find(".//h1").text_content() == NAME
    assert "javascript:alert(5)" in page.text_content()


SECRETS = (b"eve@example.org", b"secret", b"98765", b"AI Score")


def contents(folder):
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in ("ontology.ttl", "ontology.html"):
            content = path.read_bytes()
            yield gzip.decompress(content) if path.suffix == ".gz" else content


def test_what_is_personal_or_opaque_is_in_no_file(hostile):
    found = {secret for content in contents(hostile) for secret in SECRETS if secret in content}
    assert found == set()


def test_what_is_personal_is_published_when_it_is_asked_for(tmp_path):
    graph = small_graph(tmp_path / "graph", turtle(HOSTILE))
    publish(graph, tmp_path / "public", Options(unfiltered=True), lambda _: None)
    told = b"".join(contents(tmp_path / "public"))
    assert [secret for secret in SECRETS if secret not in told] == []
