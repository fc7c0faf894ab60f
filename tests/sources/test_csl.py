"""CSL items, in JSON and in YAML of Pandoc."""

import json

import pytest
from hypothesis import given

from graphbuild.parts import Affiliation, Container, Event, VenueName
from graphbuild.records import Paper, Rejected
from graphbuild.sources.csl import FORMAT, recognises
from graphbuild.sources.files import InputFile
from tests.sources.inputs import damaged, head_of, input_of, records_of, survives

ITEM = {
    "id": "loom24", "type": "article-journal", "title": "On <i>Looms</i>", "volume": 3,
    "author": [
        {"family": "Berg", "given": "Ludwig", "non-dropping-particle": "van der", "suffix": "Jr."},
        {"family": "Humboldt", "given": "Ada", "dropping-particle": "von",
         "ORCID": "http://orcid.org/0000-0002-1825-0097", "affiliation": [{"name": "Oslo"}]},
        {"literal": "Loom Group"},
    ],
    "editor": [{"family": "Sample", "given": "Bo"}],
    "issued": {"date-parts": [["2024", "5"], [2024, 6]]}, "page": "7-19", "ISSN": "1570-0844",
    "container-title": "Journal of Looms", "journalAbbreviation": "J. Looms", "issue": "1-2",
    "DOI": "10.1000/LOOM", "URL": "https://example.org/1", "language": "en-us", "keyword": "a, b",
    "publisher": "Acme", "license": "CC-BY-4.0", "note": "see https://github.com/ada/loom",
    "title-short": "Looms", "zzz": 1,
}  # fmt: skip
PART = {
    "type": "paper-conference", "title": "Part", "container-title": "Looms 2024",
    "ISBN": "978-3-16-148410-0", "event-title": "LOOM", "event-place": "Oslo",
    "author": [{"family": "A"}], "URL": "https://arxiv.org/abs/2401.00001",
}  # fmt: skip
LIST = json.dumps([ITEM, PART])


def test_an_article():
    paper = records_of(FORMAT, LIST)[0]
    assert isinstance(paper, Paper)
    assert (paper.title, paper.title_written) == ("On Looms", "On <i>Looms</i>")
    assert [(a.name, a.given, a.family, a.organization) for a in paper.authors] == [
        ("Ludwig van der Berg Jr.", "Ludwig", "van der Berg", False),
        ("Ada von Humboldt", "Ada von", "Humboldt", False),
        ("Loom Group", "", "", True),
        ("Bo Sample", "Bo", "Sample", False),
    ]
    assert paper.authors[1].ids == ("orcid:0000-0002-1825-0097",)
    assert paper.authors[1].affiliations == (Affiliation("Oslo"),)
    assert [(a.position, a.role) for a in paper.authors[2:]] == [(3, "author"), (1, "editor")]
    assert (paper.issued.value, paper.volume, paper.issue) == ("2024-05", "3", "1-2")
    assert (paper.first_page, paper.last_page, paper.language) == ("7", "19", "en-US")
    assert paper.venue == VenueName(
        "Journal of Looms", ("issn:1570-0844",), "journal", ("J. Looms",)
    )
    assert (paper.ids, paper.urls) == (("doi:10.1000/loom",), ("https://example.org/1",))
    assert (paper.keywords, paper.licenses, paper.other_titles) == (
        ("a", "b"), ("CC-BY-4.0",), ("Looms",),
    )  # fmt: skip
    assert [link.repository for link in paper.code_links] == ["github.com/ada/loom"]
    assert paper.origins[0].id == "loom24"


def test_a_part_of_a_volume():
    paper = records_of(FORMAT, LIST)[1]
    assert paper.container == Container("Looms 2024", ("isbn:9783161484100",), "proceedings")
    assert paper.event == Event("LOOM", place="Oslo")
    assert (paper.venue, paper.ids) == (None, ("arxiv:2401.00001",))


@pytest.mark.parametrize(
    "text",
    [LIST, json.dumps({"items": [ITEM, PART]}), f"{json.dumps(ITEM)}\n{json.dumps(PART)}\n"],
)
def test_a_list_an_answer_and_lines_are_read_alike(text):
    assert recognises(head_of(text))
    assert [paper.title for paper in records_of(FORMAT, text)] == ["On Looms", "Part"]


def test_one_item():
    [paper] = records_of(FORMAT, json.dumps(ITEM, indent=1))
    assert paper.title == "On Looms"


@pytest.mark.parametrize(
    ("issued", "value"),
    [
        ({"date-parts": [[2024, 2, 30]]}, "2024"), ({"date-parts": [[1990]], "circa": 1}, None),
        ({"date-parts": [[1990]], "circa": False}, "1990"), ({"raw": "3 May 2024"}, "2024-05-03"),
        ({"literal": "in press"}, None), ({"date-parts": []}, None), ("2024-05", "2024-05"),
        ([{"year": "2015", "month": 3}], "2015-03"), ({"date-parts": [[None]]}, None),
        ({"date-parts": "2024"}, None), (None, None),
    ],
)  # fmt: skip
def test_dates(issued, value):
    [paper] = records_of(FORMAT, json.dumps([ITEM | {"issued": issued}]))
    assert (paper.issued.value if paper.issued else None) == value


def test_one_bad_item_costs_one():
    records = records_of(FORMAT, json.dumps([{"author": 3}, {}, ITEM]))
    assert [type(record) for record in records] == [Rejected, Rejected, Paper]


def test_yaml_of_pandoc(tmp_path):
    text = """---
references:
- id: conf/looms/Example24
  type: paper-conference
  author:
  - family: Example
    given: Ada
  issued:
  - year: '2024'
  title: 'On Looms: a
    study'
  container-title: LOOMS
...
"""
    assert recognises(head_of(text))
    [paper] = records_of(FORMAT, text)
    assert (paper.title, paper.ids) == ("On Looms: a study", ("dblp:conf/looms/Example24",))
    assert paper.issued.value == "2024"
    [bad] = records_of(FORMAT, text.replace("type: paper", "type: 'paper"))
    assert bad.reason.startswith("no YAML")


def test_recognition_and_fields(tmp_path):
    for text in (
        "", "[]", "{}", '{"type": "article", "title": ["x"], "author": [{"family": "A"}]}',
        '{"type": "paper", "title": "x", "authors": ["A"]}', "---\ntitle: x\n---\n",
    ):  # fmt: skip
        assert not recognises(head_of(text)), text
    first = next(FORMAT.fields(input_of(tmp_path, LIST)))
    assert (first["title"], first["author[].family"], first["zzz"]) == (True, True, False)


@given(damaged(LIST))
def test_any_bytes_are_survived(data):
    survives(FORMAT, data)


def read(path):
    return list(FORMAT.read(InputFile(path.name, path, "ab" * 32, 1), None))[1:]


def test_real_items(shared):
    papers = read(shared / "data/csl-json/csl-list.json")
    assert [type(paper) for paper in papers] == [Paper] * 17
    assert sum(any(i.startswith("doi:") for i in paper.ids) for paper in papers) == 14
    assert [paper.kind_written for paper in papers].count("article-journal") == 16
    [volume] = (shared / "data/dblp/csl-yaml").rglob("*.yaml")
    assert [type(paper) for paper in read(volume)] == [Paper] * 177
