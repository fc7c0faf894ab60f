"""Crossref: works of all types, answers of the API, and what is malformed."""

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.errors import InputError
from graphbuild.parts import (
    Affiliation,
    Container,
    Count,
    Event,
    Funding,
    OrganizationName,
    Relation,
    VenueName,
)
from graphbuild.records import Paper, Rejected, Source, Venue
from graphbuild.sources.crossref import fields_of, read_crossref, recognises
from graphbuild.sources.files import Head, InputFile

WORK = {
    "DOI": "10.1000/LOOMS",
    "type": "journal-article",
    "title": ["On <i>Looms</i> &amp; Yarn", "A Second Title"],
    "subtitle": ["A Review"],
    "original-title": ["Über Webstühle"],
    "abstract": "<jats:title>Abstract</jats:title><jats:p>Code: https://github.com/ada/loom</jats:p>",
    "author": [
        {
            "given": "Ada", "family": "Example", "suffix": "Jr.", "sequence": "first",
            "ORCID": "http://orcid.org/0000-0002-1825-0097",
            "affiliation": [
                {"name": "Loom University", "place": ["Weft"], "id": [{"id": "https://ror.org/02jbv0t02", "id-type": "ROR"}]},
                {"name": "Yarn Ltd", "department": ["Dyeing"]},
            ],
        },
        {"name": "Loom Group", "sequence": "additional", "affiliation": []},
        {"family": "Prince", "ORCID": "http://orcid.org/0000-0002-1825-0098"},
    ],
    "editor": [{"given": "Ed", "family": "Itor"}],
    "issued": {"date-parts": [[2024, 5]]},
    "container-title": ["Journal of Looms"],
    "short-container-title": ["J. Looms"],
    "ISSN": ["1570-0844"],
    "issn-type": [{"value": "1570-0844", "type": "print"}],
    "volume": "7", "issue": "2", "page": "10-19", "article-number": "e7", "publisher": "Loom Press",
    "language": "en",
    "license": [
        {"URL": "https://creativecommons.org/licenses/by/4.0/", "content-version": "vor"},
        {"URL": "https://l.org/tdm", "content-version": "tdm"},
    ],
    "link": [
        {"URL": "https://l.org/1.pdf", "intended-application": "syndication"},
        {"URL": "https://l.org/check", "intended-application": "similarity-checking"},
    ],
    "resource": {"primary": {"URL": "https://l.org/1"}},
    "subject": ["Crafts"],
    "funder": [
        {"name": "Fund", "DOI": "10.13039/100000001", "award": ["A-1", "A-2"],
         "id": [{"id": "10.13039/100000001", "id-type": "DOI"}, {"id": "https://ror.org/02jbv0t02", "id-type": "ROR"}]},
        {"award": ["A-3"]},
        {},
    ],
    "reference": [{"key": "1", "DOI": "10.1000/A"}, {"key": "2", "unstructured": "A book"}],
    "reference-count": 2, "is-referenced-by-count": 5,
    "indexed": {"date-parts": [[2025, 3, 28]], "date-time": "2025-03-28T00:18:20Z"},
    "relation": {
        "has-preprint": [{"id-type": "doi", "id": "10.1000/pre"}],
        "is-supplement-to": [{"id-type": "uri", "id": "https://l.org/data"}],
        "has-review": [{"id-type": "doi", "id": "10.1000/rev"}],
    },
    "update-to": [{"DOI": "10.1000/old", "type": "retraction"}],
}  # fmt: skip


def read(tmp_path, *lines):
    path = tmp_path / "works"
    texts = [line if isinstance(line, str | bytes) else json.dumps(line) for line in lines]
    path.write_bytes(b"\n".join(t if isinstance(t, bytes) else t.encode() for t in texts))
    source, *records = read_crossref(InputFile(str(path), path, "ab" * 32, 1))
    assert isinstance(source, Source)
    return records


def work(tmp_path, **fields):
    [paper] = read(
        tmp_path, WORK | {name.replace("_", "-"): value for name, value in fields.items()}
    )
    assert isinstance(paper, Paper)
    return paper


def test_everything_that_a_work_states_is_in_the_record(tmp_path):
    paper = work(tmp_path)
    assert (paper.title, paper.title_written) == ("On Looms & Yarn", "On <i>Looms</i> &amp; Yarn")
    assert paper.other_titles == ("A Second Title", "A Review", "Über Webstühle")
    assert [link.repository for link in paper.code_links] == ["github.com/ada/loom"]
    assert paper.ids == ("doi:10.1000/looms",)
    assert (paper.kind, paper.kind_written) == ("article", "journal-article")
    assert paper.issued.value == "2024-05"
    assert paper.venue == VenueName(
        "Journal of Looms", ("issn:1570-0844",), "journal", ("J. Looms",)
    )
    assert (paper.volume, paper.issue, paper.article_number) == ("7", "2", "e7")
    assert (paper.first_page, paper.last_page, paper.language) == ("10", "19", "en")
    assert paper.publisher == OrganizationName("Loom Press")
    assert paper.licenses == ("https://creativecommons.org/licenses/by/4.0/",)
    assert paper.urls == ("https://l.org/1", "https://l.org/1.pdf")
    assert paper.keywords == ("Crafts",)
    assert paper.funding == (
        Funding(
            OrganizationName("Fund", ("doi:10.13039/100000001", "ror:02jbv0t02")), ("A-1", "A-2")
        ),
        Funding(None, ("A-3",)),
    )
    assert paper.references == ("doi:10.1000/a",)
    assert paper.relations == (
        Relation("version-of", "doi:10.1000/pre"),
        Relation("supplement", "https://l.org/data"),
        Relation("retracts", "doi:10.1000/old"),
    )
    assert paper.counts == (
        Count("citation-count", 5, "2025-03-28"), Count("reference-count", 2, "2025-03-28"),
    )  # fmt: skip
    assert not paper.retracted
    assert paper.origins[0].id == "10.1000/LOOMS"


def test_people_and_organisations_are_authors(tmp_path):
    paper = work(tmp_path)
    ada, group, prince, editor = paper.authors
    assert paper.author_list == "complete"
    assert (ada.name, ada.given, ada.family, ada.suffix) == (
        "Ada Example Jr.",
        "Ada",
        "Example",
        "Jr.",
    )
    assert ada.ids == ("orcid:0000-0002-1825-0097",)
    loom = OrganizationName("Loom University", ("ror:02jbv0t02",))
    assert ada.affiliations == (
        Affiliation("Loom University, Weft", (loom,)), Affiliation("Dyeing, Yarn Ltd"),
    )  # fmt: skip
    assert (group.name, group.organization, group.position) == ("Loom Group", True, 2)
    assert (prince.name, prince.organization) == ("Prince", False)
    assert prince.malformed_ids == (("orcid", "http://orcid.org/0000-0002-1825-0098"),)
    assert (editor.name, editor.role, editor.position) == ("Ed Itor", "editor", 1)


@pytest.mark.parametrize(
    ("parts", "value"),
    [([[2024]], "2024"), ([[2024, 5, 31]], "2024-05-31"), ([["2024", "5"]], "2024-05"),
     ([[None]], None), ([[]], None), ([], None), ([None], None), ([[2024, 13]], None), ([[10**40]], None)],
)  # fmt: skip
def test_dates_are_as_precise_as_they_are_stated(tmp_path, parts, value):
    issued = work(tmp_path, issued={"date-parts": parts}).issued
    assert (issued and issued.value) == value


@pytest.mark.parametrize(
    ("fields", "kind", "venue", "container"),
    [
        (
            {"type": "book-chapter", "container-title": ["Loom Book"], "ISBN": ["3-540-45715-1"], "ISSN": None, "issn-type": None},
            "chapter", None, Container("Loom Book", ("isbn:9783540457152",), "book"),
        ),
        (
            {"type": "book-chapter", "container-title": ["Loom Series", "Loom Book"]},
            "chapter", VenueName("Loom Series", ("issn:1570-0844",), "book-series"), Container("Loom Book", (), "book"),
        ),
        (
            {"type": "proceedings-article", "container-title": ["Proc. Looms"], "ISSN": [], "issn-type": []},
            "conference-paper", None, Container("Proc. Looms", (), "proceedings"),
        ),
        (
            {"type": "posted-content", "subtype": "preprint", "container-title": None, "ISSN": None, "issn-type": None, "institution": [{"name": "loomRxiv"}]},
            "preprint", VenueName("loomRxiv", (), "repository"), None,
        ),
        ({"type": "posted-content", "subtype": "other", "container-title": []}, "other", VenueName("", ("issn:1570-0844",), None, ("J. Looms",)), None),
        ({"type": "dissertation", "degree": ["Doctor of Weaving"], "container-title": None, "ISSN": None, "issn-type": None}, "doctoral-thesis", None, None),
        ({"type": "dissertation", "degree": ["Master of Science"], "container-title": None, "ISSN": None, "issn-type": None}, "masters-thesis", None, None),
        ({"type": "dissertation", "container-title": None, "ISSN": None, "issn-type": None}, "thesis", None, None),
    ],
)  # fmt: skip
def test_types(tmp_path, fields, kind, venue, container):
    [paper] = read(tmp_path, WORK | fields)
    assert (paper.kind, paper.venue, paper.container) == (kind, venue, container)


def test_book_has_its_isbn_and_a_report_its_institution(tmp_path):
    [book] = read(tmp_path, WORK | {"type": "monograph", "ISBN": ["3-540-45715-1", "1"]})
    assert book.ids == ("doi:10.1000/looms", "isbn:9783540457152")
    assert book.malformed_ids == (("isbn", "1"),)
    report = work(tmp_path, type="report", institution={"name": "Loom Lab"})
    assert report.organizations == ("Loom Lab",)


def test_meeting(tmp_path):
    event = {
        "name": "Loom Days 2024", "acronym": "LD '24", "location": "Weft",
        "start": {"date-parts": [[2024, 5, 1]]}, "end": {"date-parts": [[2024, 5, 3]]},
    }  # fmt: skip
    paper = work(tmp_path, type="proceedings-article", event=event)
    assert paper.event == Event(
        "Loom Days 2024", short_name="LD '24", place="Weft", date="2024-05-01/2024-05-03"
    )


@pytest.mark.parametrize(("update", "retracted"), [("retraction", True), ("correction", False)])
def test_retraction_is_told_by_what_updates_a_work(tmp_path, update, retracted):
    assert work(tmp_path, updated_by=[{"DOI": "10.1000/n", "type": update}]).retracted is retracted


def test_work_without_title_states_none(tmp_path):
    assert work(tmp_path, title=[], subtitle=[], original_title=[]).title == ""
    assert work(tmp_path, author=None).author_list == "unknown"
    nameless = work(tmp_path, author=[{"sequence": "first"}, {"family": "Example"}])
    assert (nameless.author_list, nameless.authors[0].position) == ("truncated", 2)


def test_journal_is_a_venue(tmp_path):
    [journal] = read(
        tmp_path, WORK | {"type": "journal", "title": ["Journal of Looms"], "short-title": ["JL"]}
    )
    assert isinstance(journal, Venue)
    assert journal.ids == ("issn:1570-0844", "doi:10.1000/looms")
    assert (journal.name, journal.other_names, journal.kind) == (
        "Journal of Looms",
        ("JL",),
        "journal",
    )


def test_answers_of_the_api(tmp_path):
    second = WORK | {"DOI": "10.1000/second"}
    for text in (
        json.dumps(
            {"status": "ok", "message-type": "work-list", "message": {"items": [WORK, second]}}
        ),
        json.dumps({"items": [WORK, second]}, indent=1),
        "\n".join(
            json.dumps({"status": "ok", "message-type": "work", "message": each})
            for each in (WORK, second)
        ),
        json.dumps([WORK, second]),
    ):
        assert [each.ids[0] for each in read(tmp_path, text)] == [
            "doi:10.1000/looms", "doi:10.1000/second",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"DOI": "11.1/x", "type": "journal-article"}, "'11.1/x' is no DOI"),
        ({"DOI": "11.1/x", "type": "journal"}, "'11.1/x' is no DOI"),
        ({"DOI": "10.1/x", "volume": []}, "got `array` - at `$.volume`"),
        ({"status": "failed", "message": [{"type": "x", "message": "no such filter"}]}, "an error of the API"),
        ("{", "truncated"),
    ],
)  # fmt: skip
def test_malformed_work_costs_itself(tmp_path, line, reason):
    first, bad, last = read(tmp_path, WORK, line, WORK)
    assert reason in bad.reason
    assert bad.line == 2
    assert first.ids == last.ids


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (json.dumps({"status": "ok", "message-type": "work", "message": {}}), True),
        (json.dumps(WORK), True),
        ('{"DOI": "10.1/x", "title": "x", "type": "article"}', False),
        ('{"doi": "10.1/x", "reference-count": 1}', False),
        ("@article{x, doi = {10.1/x}}", False),
    ],
)
def test_recognition(text, known):
    assert recognises(Head(text.encode(), text, "x")) is known


def test_fields_that_are_not_read_are_told(tmp_path):
    path = tmp_path / "works"
    path.write_text(f"{json.dumps(WORK)}\n{{\n", encoding="utf-8")
    [fields] = fields_of(InputFile(str(path), path, "ab" * 32, 1))
    assert fields["author[].ORCID"]
    assert not fields["author[].sequence"]


def test_every_real_work_is_read(shared):
    folder = shared / "data" / "crossref"
    found: Counter[str] = Counter()
    for name in ("works-habanero.jsonl", "crossref-list.json"):
        path = folder / name
        records = list(read_crossref(InputFile(str(path), path, "ab" * 32, 1)))
        found.update(type(each).__name__ for each in records)
    assert found == {"Source": 2, "Paper": 216 + 20, "Venue": 2}


def test_hand_picked_preprint(shared):
    path = shared / "data" / "crossref" / "works-habanero.jsonl"
    records = read_crossref(InputFile(str(path), path, "ab" * 32, 1))
    [paper] = [r for r in records if isinstance(r, Paper) and r.ids[0] == "doi:10.1101/014852"]
    assert (paper.kind, paper.venue) == ("preprint", VenueName("bioRxiv", (), "repository"))
    assert [a.family for a in paper.authors] == ["Alex Perkins", "Boettiger", "Phillips"]
    assert paper.issued.value == "2015-02-04"


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*WORK, "name", "id", "date-parts", "URL"]), inner)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*WORK, "message", "items"]), ANY))
def test_any_json_is_read_or_rejected(tmp_path_factory, fields):
    folder = tmp_path_factory.mktemp("any")
    for record in read(folder, json.dumps({"DOI": "10.1/x"} | fields)):
        assert isinstance(record, Rejected | Paper | Venue)


@given(st.binary())
def test_any_bytes_are_read_or_rejected(tmp_path_factory, data):
    try:
        records = read(tmp_path_factory.mktemp("any"), data)
    except InputError:
        return
    assert all(isinstance(record, Rejected) for record in records)
