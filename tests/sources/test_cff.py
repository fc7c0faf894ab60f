"""CITATION.cff: software, what to cite for it, and what it builds on."""

import pytest
from hypothesis import given

from graphbuild.parts import Affiliation, Container, Event, OrganizationName, VenueName
from graphbuild.records import Paper, Software
from graphbuild.sources.cff import FORMAT
from graphbuild.sources.files import InputFile
from tests.sources.inputs import damaged, head_of, records_of, rejected, survives

FULL = """\
cff-version: 1.2.0
message: Cite it.
title: Loom
version: 1.10
type: software
date-released: 2024-05-31
doi: 10.5281/zenodo.1
identifiers:
  - {type: swh, value: "swh:1:rel:99f6850374dc6597af01bd0ee1d3fc0699301b9f"}
  - {type: other, value: birthday pony}
license: [MIT, Apache-2.0]
repository-code: https://github.com/ada/loom
url: www.loom.example
keywords: [weaving, 42]
abstract: "Weaves things."
authors:
  - {given-names: Ada, family-names: Berg, name-particle: van der, name-suffix: Jr.,
     orcid: "https://orcid.org/0000-0002-1825-0097", affiliation: Example University}
  - {name: Loom Collective}
  - {alias: weaver, orcid: 0000-0002-1825-0098}
preferred-citation:
  type: article
  title: "On Looms"
  authors: [{given-names: Ada, family-names: Example}]
  editors: [{given-names: Ed, family-names: Itor}]
  journal: Journal of Looms
  issn: 1570-0844
  volume: 4
  issue: "3"
  start: 10
  end: 20
  year: 2023
  month: 11
  doi: 10.1000/LOOMS
  publisher: {name: Example Press}
  languages: [en]
references:
  - type: conference-paper
    title: On Shuttles
    collection-title: Proceedings of Shuttles
    conference: {name: Shuttles 2019, city: Delft, country: NL, date-start: 2019-05-01}
    authors: [{family-names: Sample}]
    doi: 10.1000/shuttles
    notes: "two  notes"
  - type: thesis
    thesis-type: PhD
    title: Warp
    institution: {name: Example University}
    year: 1999
  - title: Untyped
  - {type: software-code, doi: 10.1000/nameless}
"""


def test_the_file_is_a_piece_of_software():
    loom = records_of(FORMAT, FULL)[0]
    assert isinstance(loom, Software)
    assert (loom.name, loom.version, loom.description) == ("Loom", "1.10", "Weaves things.")
    assert loom.issued.value == "2024-05-31"
    assert loom.ids == (
        "doi:10.5281/zenodo.1",
        "swhid:swh:1:rel:99f6850374dc6597af01bd0ee1d3fc0699301b9f",
    )
    assert loom.malformed_ids == (("url", "www.loom.example"),)
    assert loom.repository == "https://github.com/ada/loom"
    assert (loom.licenses, loom.keywords) == (("MIT", "Apache-2.0"), ("weaving", "42"))
    assert loom.papers == ("doi:10.1000/looms",)
    assert loom.references == ("doi:10.1000/shuttles", "doi:10.1000/nameless")


def test_authors_are_people_organisations_or_aliases():
    ada, collective, weaver = records_of(FORMAT, FULL)[0].authors
    assert (ada.name, ada.position) == ("Ada van der Berg Jr.", 1)
    assert (ada.given, ada.family, ada.suffix) == ("Ada", "van der Berg", "Jr.")
    assert ada.ids == ("orcid:0000-0002-1825-0097",)
    assert ada.affiliations == (Affiliation("Example University"),)
    assert (collective.name, collective.organization) == ("Loom Collective", True)
    assert (weaver.name, weaver.position) == ("weaver", 3)
    assert weaver.malformed_ids == (("orcid", "0000-0002-1825-0098"),)


def test_the_paper_to_cite_and_the_works_it_builds_on():
    article, talk, thesis, untyped = (r for r in records_of(FORMAT, FULL) if isinstance(r, Paper))
    assert (article.kind, article.venue) == (
        "article",
        VenueName("Journal of Looms", ("issn:1570-0844",), "journal"),
    )
    assert (article.volume, article.issue) == ("4", "3")
    assert (article.first_page, article.last_page) == ("10", "20")
    assert (article.issued.value, article.language) == ("2023-11", "en")
    assert article.publisher == OrganizationName("Example Press")
    assert [(a.name, a.role, a.position) for a in article.authors] == [
        ("Ada Example", "author", 1),
        ("Ed Itor", "editor", 1),
    ]
    assert talk.event == Event("Shuttles 2019", place="Delft, NL", date="2019-05-01")
    assert (talk.container, talk.comment) == (Container("Proceedings of Shuttles"), "two notes")
    assert talk.issued is None
    assert (thesis.kind, thesis.kind_written, thesis.organizations) == (
        "doctoral-thesis",
        "thesis",
        ("Example University",),
    )
    assert (untyped.kind, untyped.author_list) == (None, "unknown")


def test_a_work_without_title_costs_itself():
    [bad] = rejected(records_of(FORMAT, FULL))
    assert (bad.line, bad.id, bad.reason) == (51, "references[4]", "references[4] has no title")


def test_a_data_set_is_no_software():
    [found] = records_of(FORMAT, "cff-version: 1.2.0\ntitle: Threads\ntype: dataset\n")
    assert isinstance(found, Paper)
    assert (found.title, found.kind) == ("Threads", "dataset")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("cff-version: 1.2.0\ntitle: x\nauthors: Ada\n", 3, "authors must be a list"),
        ("cff-version: 1.2.0\ntitle: x\nauthors:\n  - Ada\n", 4, "authors[1] must be a mapping"),
        ("cff-version: 1.2.0\ntitle: x\nauthors:\n  - orcid: x\n", 4, "authors[1] has no name"),
        ("cff-version: 1.2.0\ntitle: [x]\n", 2, "title must be a text"),
        ("cff-version: 1.2.0\ntitle: ~\n", 1, "the file has no title"),
        (
            "cff-version: 1.2.0\ntitle: x\ndate-released: 2020-05-xx\n",
            3,
            "date-released: '2020-05-xx' is no date",
        ),
        ("- cff-version\n", 1, "the file must be a mapping"),
        ("# nothing\n", 1, "the file holds nothing"),
        (
            "title: x\nauthors: [\n",
            3,
            "no YAML: ",
        ),
        ("title: x\ntitle2: '\x07'\n", 2, "no YAML: "),
        ("a: " + "[" * 5000, 1, "nested too deeply"),
    ],
)
def test_mistakes_name_their_place(text, line, reason):
    [bad] = records_of(FORMAT, text)
    if reason == "no YAML: ":  # libyaml and PyYAML's own parser word it differently
        assert bad.reason.startswith(reason)
        assert line - 1 <= bad.line <= line
    elif reason == "nested too deeply":  # libyaml before its limit of depth finds the end instead
        assert bad.reason.startswith(("no YAML: ", reason))
    else:
        assert (bad.line, bad.reason) == (line, reason)


def test_an_anchor_that_refers_to_itself_does_no_harm():
    text = "cff-version: 1.2.0\ntitle: x\nkeywords: &a [y, *a]\n"
    [bad] = records_of(FORMAT, text)
    assert (bad.line, bad.reason) == (3, "keywords[2] must be a text")


def test_it_is_recognised_by_key_or_name():
    assert FORMAT.recognises(head_of("# YAML\n---\nmessage: x\n'cff-version': 1.0.3\n"))
    assert FORMAT.recognises(head_of("test: 1\n", "CITATION.cff"))
    assert not FORMAT.recognises(head_of("title: cff-version: 1\n", "x.yaml"))


def test_the_audit_tells_what_is_not_read(tmp_path):
    path = tmp_path / "CITATION.cff"
    path.write_text(FULL + "extra: 1\n")
    fields, *works = FORMAT.fields(InputFile("CITATION.cff", path, "ab" * 32, 1))
    assert [name for name, used in fields.items() if not used] == [
        "cff-version",
        "message",
        "extra",
    ]
    assert len(works) == 5


@given(damaged(FULL))
def test_arbitrary_bytes_end_in_records(data):
    survives(FORMAT, data)


def test_real_files(shared):
    files = sorted((shared / "data" / "cff-codemeta").rglob("*.cff"))
    read = {path.name: records_of(FORMAT, path.read_bytes(), path.name) for path in files}
    assert len(read) == 77
    broken = {
        name: rejected(records)[0].line for name, records in read.items() if rejected(records)
    }
    assert broken == {
        "1.2.0__fail__tue-excellent-buildings__bso-toolbox-invalid-date__CITATION.cff": 12,
        "CffImporterPreferredCitation.cff": 24,
        "CffImporterReferences.cff": 27,
        "CffImporterTestInvalid1.cff": 3,
        "CffImporterTestInvalid2.cff": 1,
    }
    jabref, article = read["CITATION.cff"]
    assert (jabref.name, jabref.repository) == ("JabRef", "https://github.com/jabref/jabref/")
    assert jabref.papers == article.ids == ("doi:10.47397/tb/44-3/tb138kopp-jabref",)
    assert (article.first_page, article.last_page, article.issued.value) == (
        "441",
        "447",
        "2023-11",
    )
