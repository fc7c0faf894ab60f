"""arXiv in all its forms: names in TeX, versions, DOIs, categories, errors."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.errors import InputError
from graphbuild.parts import Affiliation, Relation
from graphbuild.records import Paper, Rejected, Source
from graphbuild.sources import SOURCES, format_of
from graphbuild.sources.arxiv import author_list
from graphbuild.sources.files import InputFile

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
<id>http://arxiv.org/api/x</id><updated>2026-05-01T00:00:00Z</updated>{}</feed>"""
ENTRY = """<entry><id>http://arxiv.org/abs/math/0309136v2</id><title>On
  Looms</title><updated>2004-02-01T00:00:00Z</updated><published>2003-09-08T10:00:00Z</published>
<summary>We weave. </summary><author><name>Zo\\'e Example</name><arxiv:affiliation>Loom Univ.
</arxiv:affiliation></author><arxiv:comment>Code: https://github.com/ada/loom</arxiv:comment>
<arxiv:journal_ref>J. Looms 1 (2004)</arxiv:journal_ref><arxiv:doi>10.1000/x</arxiv:doi>
<category term="math.AG"/><category term="cmp-lg"/><category term="14J30"/>
<arxiv:primary_category term="math.AG"/></entry>"""
OAI = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-05-01T10:00:00Z
</responseDate><ListRecords>{}<resumptionToken>next</resumptionToken></ListRecords></OAI-PMH>"""
RAW = """<record><header><identifier>oai:arXiv.org:2605.00001</identifier></header><metadata>
<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>2605.00001</id>
<version version="v1"><date>Fri, 1 May 2026 10:00:00 GMT</date></version>
<version version="v2"><date>Sat, 2 May 2026 10:00:00 GMT</date></version>
<title>Looms</title><authors>A. Example and B. Sample</authors><categories>cs.DL no.NE</categories>
<comments>This paper has been withdrawn by the author</comments><report-no>LOOM-1</report-no>
<acm-class>H.3.7; I.2</acm-class><license>http://arxiv.org/licenses/nonexclusive-distrib/1.0/</license>
<doi>10.1000/x 10.48550/arXiv.2605.00001 nonsense</doi><abstract>We weave.</abstract></arXivRaw>
</metadata></record>"""
ROW = {
    "id": "2605.00001", "title": "Looms", "authors": "Zo\\'e Example and B. Sample", "doi": None,
    "authors_parsed": [["Example", "Zoé", ""], ["Sample", "B.", "Jr"]], "abstract": "We weave.",
    "categories": "cs.DL cs.IR", "license": None, "comments": None, "journal-ref": None,
    "versions": [{"version": "v1", "created": "Fri, 1 May 2026 10:00:00 GMT"}],
}  # fmt: skip
TABLE = "\tabstract\tarxiv_id\tauthor_text\tcategories\tcomments\tcreated\tprimary_cat\ttitle\tupdated\n"


def file_of(tmp_path, content, name="arxiv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return InputFile(str(path), path, "ab" * 32, 1)


def read(tmp_path, content, expected):
    file = file_of(tmp_path, content)
    assert format_of(file) == expected
    source, *records = SOURCES[expected].read(file, None)
    assert isinstance(source, Source)
    return records


def test_atom(tmp_path):
    [paper] = read(tmp_path, ATOM.format(ENTRY), "arxiv-atom")
    assert (paper.title, paper.ids, paper.kind) == ("On Looms", ("arxiv:math/0309136",), "preprint")
    [zoe] = paper.authors
    assert (zoe.name, zoe.name_written) == ("Zoé Example", "Zo\\'e Example")
    assert zoe.affiliations == (Affiliation("Loom Univ."),)
    assert [t.topic for t in paper.topics] == ["arxiv:math.AG", "arxiv:cmp-lg"]
    assert paper.keywords == ("14J30",)
    assert paper.relations == (Relation("preprint-of", "doi:10.1000/x"),)
    assert [link.repository for link in paper.code_links] == ["github.com/ada/loom"]
    assert (paper.citation, paper.issued.value) == ("J. Looms 1 (2004)", "2003-09-08")
    assert [(r.label, r.date.value) for r in paper.revisions] == [
        ("v1", "2003-09-08"),
        ("v2", "2004-02-01"),
    ]
    assert paper.origins[0].id == "math/0309136v2"


def test_feed_that_is_empty_or_an_error(tmp_path):
    assert read(tmp_path, ATOM.format(""), "arxiv-atom") == []
    error = "<entry><id>https://arxiv.org/api/errors#x</id><summary>incorrect id for abc</summary></entry>"
    [rejected] = read(tmp_path, ATOM.format(error), "arxiv-atom")
    assert rejected.reason == "arXiv answers with an error: incorrect id for abc"
    source = next(SOURCES["arxiv-atom"].read(file_of(tmp_path, ATOM.format("")), None))
    assert source.captured == "2026-05-01"


def test_oai(tmp_path):
    deleted = '<record><header status="deleted"><identifier>oai:arXiv.org:2</identifier></header></record>'
    other = "<record><metadata><dc/></metadata></record>"
    paper, gone, foreign, bad = read(
        tmp_path, OAI.format(f"{RAW}{deleted}{other}<record><x></record>"), "arxiv-oai"
    )
    assert paper.ids == ("arxiv:2605.00001", "doi:10.48550/arxiv.2605.00001")
    assert paper.relations == (Relation("preprint-of", "doi:10.1000/x"),)
    assert paper.malformed_ids == (("doi", "nonsense"),)
    assert [t.topic for t in paper.topics] == ["arxiv:cs.DL", None]
    assert paper.keywords == ("ACM H.3.7", "ACM I.2")
    assert (paper.retracted, paper.report_number, len(paper.revisions)) == (True, "LOOM-1", 2)
    assert paper.licenses == ("http://arxiv.org/licenses/nonexclusive-distrib/1.0/",)
    assert (gone.reason, gone.id) == ("the repository has deleted it", "oai:arXiv.org:2")
    assert "metadataPrefix=arXivRaw" in foreign.reason
    assert isinstance(bad, Rejected)


def test_oai_error(tmp_path):
    text = '<OAI-PMH xmlns="x"><request>arXiv</request><error code="noRecordsMatch">none</error></OAI-PMH>'
    [rejected] = read(tmp_path, text, "arxiv-oai")
    assert rejected.reason == "the repository answers with an error: noRecordsMatch: none"


def test_kaggle(tmp_path):
    odd = ROW | {"authors": "Z. Example, B. Sample, and others", "versions": []}
    rows = [ROW, odd, {"id": 7}, ROW | {"title": " "}]
    paper, second, wrong, untitled = read(
        tmp_path, "\n".join(map(json.dumps, rows)), "arxiv-kaggle"
    )
    zoe, bo = paper.authors
    assert (zoe.name, zoe.name_written, zoe.given, zoe.family) == (
        "Zoé Example",
        "Zo\\'e Example",
        "Zoé",
        "Example",
    )
    assert (bo.name, bo.suffix, bo.position) == ("B. Sample", "Jr", 2)
    assert (paper.issued.value, paper.revisions) == ("2026-05-01", ())
    assert [a.name for a in second.authors] == ["Zoé Example", "B. Sample Jr"]
    assert (wrong.line, untitled.reason) == (3, "a preprint needs a title")


def test_table(tmp_path):
    row = '1\t"We\nweave. "\t{}\tA. Example\tcs.DB,cs.DL\t\t2004-05-01\tcs.DL\tLooms\t2005-05-01\n'
    text = (
        TABLE
        + row.format("704.009")
        + "2\tshort\n"
        + row.format("cs/9809011")
        + row.format("1501.0123")
    )
    first, short, old, late = read(tmp_path, text, "arxiv-tsv")
    assert (first.ids, old.ids, late.ids) == (
        ("arxiv:0704.0090",),
        ("arxiv:cs/9809011",),
        ("arxiv:1501.01230",),
    )
    assert [t.written for t in first.topics] == ["cs.DL", "cs.DB"]
    assert [r.label for r in first.revisions] == ["first", "latest"]
    assert (first.origins[0].line, short.line, old.origins[0].line) == (2, 4, 5)
    assert short.reason == "it has 2 fields, the first line names 10"


@pytest.mark.parametrize(
    ("text", "names", "places", "cut"),
    [
        ("A. One, B. Two and C. Three", ["A. One", "B. Two", "C. Three"], [[], [], []], False),
        ("A. One (MIT, USA), B. Two", ["A. One", "B. Two"], [["MIT, USA"], []], False),
        (
            "A. One (1), B. Two (1 and 2) ((1) Loom University, (2) Thread Ltd)",
            ["A. One", "B. Two"], [["Loom University"], ["Loom University", "Thread Ltd"]], False,
        ),
        ("A. One, B. Two, et al.", ["A. One", "B. Two"], [[], []], True),
        ("A. One, for the LOOM Collaboration", ["A. One", "LOOM Collaboration"], [[], []], False),
        ("Anderson Andy", ["Anderson Andy"], [[]], False),
        ("", [], [], False),
    ],
)  # fmt: skip
def test_list_of_authors_in_one_text(text, names, places, cut):
    authors, truncated = author_list(text)
    assert [a.name for a in authors] == names
    assert [[each.written for each in a.affiliations] for a in authors] == places
    assert truncated is cut
    assert [a.organization for a in authors] == [n.endswith("Collaboration") for n in names]


def test_counts_of_real_files(shared):
    def papers(pattern, name):
        found = []
        for path in sorted((shared / "data/arxiv").glob(pattern)):
            file = InputFile(str(path), path, "ab" * 32, path.stat().st_size)
            assert format_of(file) == name
            found += [r for r in SOURCES[name].read(file, None) if isinstance(r, Paper)]
        return found

    table = papers("tsv/*.xz", "arxiv-tsv")
    assert len(table) == 2986 + 1367
    assert len({i for p in table for i in p.ids}) == 4335
    assert not [p for p in table if p.malformed_ids and p.malformed_ids[0][0] == "arxiv"]
    assert len(papers("kaggle/*.jsonl", "arxiv-kaggle")) == 200
    feeds = papers("atom/*.xml", "arxiv-atom")
    assert (len(feeds), len({p.ids for p in feeds})) == (101, 49)
    [paper] = papers("oai-arxivraw/*.xml", "arxiv-oai")
    assert paper.authors[3].name == "Édgar Roldán"


@pytest.mark.parametrize("name", ["arxiv-atom", "arxiv-oai", "arxiv-kaggle", "arxiv-tsv"])
@given(content=st.binary() | st.text().map(lambda text: (TABLE + text).encode(errors="replace")))
def test_any_bytes_are_read_or_rejected(tmp_path_factory, name, content):
    file = file_of(tmp_path_factory.mktemp("any"), content or b"x")
    with suppress(InputError):  # Bytes that begin like a compressed file are a damaged one.
        list(SOURCES[name].read(file, None))
        list(SOURCES[name].fields(file))
