"""OpenAlex: works of all vintages, registers, pages, and what is malformed."""

import gzip
import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.errors import InputError
from graphbuild.parts import (
    Affiliation,
    Count,
    Funding,
    OrganizationName,
    Relation,
    TopicLink,
    VenueName,
)
from graphbuild.records import Author, Institution, Paper, Rejected, Source, Subject, Venue
from graphbuild.sources import format_of, read_records
from graphbuild.sources.files import Head, InputFile
from graphbuild.sources.openalex import fields_of, read_openalex, recognises

SITE = "https://openalex.org/"
LOOM = {"id": f"{SITE}I1", "display_name": "Loom University", "ror": "https://ror.org/02jbv0t02"}
WORK = {
    "id": f"{SITE}W1",
    "doi": "https://doi.org/10.1000/LOOMS",
    "title": "On <i>Looms</i>",
    "display_name": "On Looms",
    "publication_year": 2024,
    "publication_date": "2024-05-31",
    "language": "en",
    "type": "article",
    "ids": {
        "openalex": f"{SITE}W1",
        "mag": 12345,
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/77",
        "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/78",
    },
    "primary_location": {
        "landing_page_url": "https://doi.org/10.1000/looms",
        "license": "cc-by",
        "raw_type": "journal-article",
        "source": {
            "id": f"{SITE}S1",
            "display_name": "Journal of Looms",
            "issn_l": "1570-0844",
            "issn": ["1570-0844", "1570-0845"],
            "type": "journal",
            "host_organization": f"{SITE}P1",
            "host_organization_name": "Loom Press",
        },
    },
    "best_oa_location": {"license": "cc-by-nc"},
    "locations": [
        {"landing_page_url": "https://doi.org/10.1000/looms", "pdf_url": "https://l.org/1.pdf"},
        {"landing_page_url": "http://arxiv.org/abs/2405.00001", "pdf_url": None},
    ],
    "open_access": {"oa_status": "gold", "oa_url": "https://l.org/1.pdf"},
    "authorships": [
        {
            "author": {
                "id": f"{SITE}A1",
                "display_name": "Ada Example",
                "orcid": "https://orcid.org/0000-0002-1825-0097",
            },
            "raw_author_name": "Example, A.",
            "is_corresponding": True,
            "institutions": [LOOM, {"id": f"{SITE}I2", "display_name": "Yarn"}],
            "affiliations": [
                {"raw_affiliation_string": "Dept, Loom U", "institution_ids": [f"{SITE}I1"]}
            ],
        },
        {
            "author": {"id": f"{SITE}A2", "display_name": "Bo Sample", "orcid": None},
            "raw_orcid": "https://orcid.org/0000-0002-1825-0098",
            "institutions": [],
        },
    ],
    "biblio": {"volume": "7", "issue": 2, "first_page": "10", "last_page": "19"},
    "is_retracted": True,
    "topics": [
        {
            "id": f"{SITE}T10",
            "display_name": "Weaving",
            "score": 0.9,
            "subfield": {"id": f"{SITE}subfields/1804", "display_name": "Crafts"},
            "field": {"id": f"{SITE}fields/18", "display_name": "Making"},
            "domain": {"id": f"{SITE}domains/2", "display_name": "All"},
        }
    ],
    "concepts": [{"id": f"{SITE}C1", "display_name": "Loom", "score": 0.5}],
    "keywords": [{"display_name": "Weft", "score": 0.4}, {"keyword": "warp"}],
    "mesh": [{"descriptor_name": "Humans"}],
    "sustainable_development_goals": [{"display_name": "Good Work"}],
    "awards": [
        {"funder_id": f"{SITE}F1", "funder_display_name": "Fund", "funder_award_id": "A-1"},
        {"funder_id": f"{SITE}F1", "funder_display_name": "Fund", "funder_award_id": "A-2"},
        {"funder_id": None, "funder_display_name": None, "funder_award_id": "A-3"},
    ],
    "funders": [
        {"id": f"{SITE}F1", "display_name": "Fund", "ror": None},
        {"id": f"{SITE}F2", "display_name": "Trust"},
    ],
    "referenced_works": [f"{SITE}W7", f"{SITE}W8", None],
    "referenced_works_count": 2,
    "cited_by_count": 5,
    "abstract_inverted_index": {
        "We": [0],
        "weave.": [1],
        "Code": [2],
        "at": [3],
        "https://github.com/ada/loom.": [4],
    },
    "updated_date": "2025-09-01T00:00:00.000000",
}


def read(tmp_path, *lines):
    path = tmp_path / "part"
    texts = [line if isinstance(line, str | bytes) else json.dumps(line) for line in lines]
    path.write_bytes(b"\n".join(t if isinstance(t, bytes) else t.encode() for t in texts))
    source, *records = read_openalex(InputFile(str(path), path, "ab" * 32, 1))
    assert isinstance(source, Source)
    return records


def work(tmp_path, **fields):
    [paper] = [r for r in read(tmp_path, WORK | fields) if isinstance(r, Paper)]
    return paper


def test_everything_that_a_work_states_is_in_the_record(tmp_path):
    paper = work(tmp_path)
    assert (paper.title, paper.title_written) == ("On Looms", "On <i>Looms</i>")
    assert paper.abstract == "We weave. Code at https://github.com/ada/loom."
    assert [link.repository for link in paper.code_links] == ["github.com/ada/loom"]
    assert paper.issued.value == "2024-05-31"
    assert paper.ids == ("openalex:W1", "doi:10.1000/looms", "pmid:77", "pmcid:78", "mag:12345")
    assert paper.relations == (Relation("version-of", "arxiv:2405.00001"),)
    assert (paper.kind, paper.kind_written, paper.language) == ("article", "article", "en")
    assert paper.venue == VenueName(
        "Journal of Looms", ("issn:1570-0844", "openalex:S1"), "journal"
    )
    assert paper.publisher == OrganizationName("Loom Press", ("openalex:P1",))
    assert (paper.volume, paper.issue, paper.first_page, paper.last_page) == ("7", "2", "10", "19")
    assert (paper.licenses, paper.open_access) == (("cc-by", "cc-by-nc"), "gold")
    assert paper.urls == ("https://l.org/1.pdf",)
    assert paper.keywords == ("Weft", "warp", "Humans", "Good Work")
    assert paper.topics == (
        TopicLink("Weaving", "openalex:T10", score=0.9, rule="assigned by OpenAlex"),
    )
    assert paper.retracted
    assert paper.references == ("openalex:W7", "openalex:W8")
    assert paper.counts == (
        Count("citation-count", 5, "2025-09-01"),
        Count("reference-count", 2, "2025-09-01"),
    )
    assert paper.origins[0].id == "W1"


def test_authorships_keep_what_is_printed_and_what_is_recognised(tmp_path):
    paper = work(tmp_path)
    ada, bo = paper.authors
    assert paper.author_list == "complete"
    assert (ada.name, ada.position, ada.corresponding) == ("Example, A.", 1, True)
    assert ada.ids == ("openalex:A1", "orcid:0000-0002-1825-0097")
    loom = OrganizationName("Loom University", ("ror:02jbv0t02", "openalex:I1"))
    yarn = OrganizationName("Yarn", ("openalex:I2",))
    assert ada.affiliations == (Affiliation("Dept, Loom U", (loom,)), Affiliation("", (yarn,)))
    assert (bo.name, bo.position, bo.corresponding) == ("Bo Sample", 2, None)
    assert (bo.ids, bo.malformed_ids) == (
        ("openalex:A2",),
        (("orcid", "https://orcid.org/0000-0002-1825-0098"),),
    )


@pytest.mark.parametrize(
    ("authorship", "affiliations"),
    [
        (
            {"raw_affiliation_string": "Loom U", "institutions": [LOOM]},
            [("Loom U", ["Loom University"])],
        ),
        (
            {"raw_affiliation_strings": ["Loom U", "Yarn"], "institutions": [LOOM]},
            [("Loom U", []), ("Yarn", []), ("", ["Loom University"])],
        ),
        ({"institutions": [LOOM]}, [("", ["Loom University"])]),
        ({"raw_affiliation_strings": []}, []),
    ],
)
def test_affiliations_of_older_vintages(tmp_path, authorship, affiliations):
    paper = work(tmp_path, authorships=[{"author": {"display_name": "Ada"}, **authorship}])
    found = paper.authors[0].affiliations
    assert [(a.written, [o.name for o in a.organizations]) for a in found] == affiliations


def test_nameless_author_leaves_a_gap(tmp_path):
    nobody = {"author": {"id": None, "display_name": None}}
    paper = work(tmp_path, authorships=[nobody, {"author": {"display_name": "Bo"}}])
    assert [(a.name, a.position) for a in paper.authors] == [("Bo", 2)]
    assert paper.author_list == "truncated"


def test_list_of_authors_may_be_cut(tmp_path):
    many = [{"author": {"display_name": f"Ada {n}"}} for n in range(100)]
    assert work(tmp_path, authorships=many).author_list == "truncated"
    assert work(tmp_path, authorships=many[:99]).author_list == "complete"
    assert work(tmp_path, authorships=many, is_authors_truncated=False).author_list == "complete"
    assert (
        work(tmp_path, authorships=many[:9], is_authors_truncated=True).author_list == "truncated"
    )
    assert work(tmp_path, authorships=[]).author_list == "unknown"


def test_work_of_2022_has_a_host_venue_and_concepts(tmp_path):
    old = {
        "primary_location": None,
        "locations": None,
        "topics": None,
        "type": "proceedings-article",
        "host_venue": {
            "id": f"{SITE}V1", "display_name": "Proc. Looms", "issn": None, "type": "conference",
            "publisher": "Loom Press", "url": "https://l.org/1", "license": "cc0",
        },
        "alternate_host_venues": [{"url": "https://repo.org/1"}],
    }  # fmt: skip
    paper = work(tmp_path, **old)
    assert paper.venue == VenueName("Proc. Looms", ("openalex:V1",), "conference")
    assert paper.publisher == OrganizationName("Loom Press")
    assert paper.urls == ("https://l.org/1.pdf", "https://l.org/1", "https://repo.org/1")
    assert paper.licenses == ("cc0", "cc-by-nc")
    assert paper.kind == "conference-paper"
    assert [topic.topic for topic in paper.topics] == ["openalex:C1"]


def test_money_is_put_together_by_funder(tmp_path):
    fund, trust = (
        OrganizationName("Fund", ("openalex:F1",)),
        OrganizationName("Trust", ("openalex:F2",)),
    )
    assert work(tmp_path).funding == (
        Funding(fund, ("A-1", "A-2")),
        Funding(None, ("A-3",)),
        Funding(trust),
    )
    grant = {"funder": f"{SITE}F1", "funder_display_name": "Fund", "award_id": None}
    assert work(tmp_path, awards=None, funders=[], grants=[grant]).funding == (Funding(fund),)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"type": "article", "type_crossref": "proceedings-article"}, "conference-paper"),
        ({"type": "dissertation"}, "thesis"),
        ({"type": "paratext"}, "other"),
        ({"type": None}, None),
    ],
)
def test_kinds(tmp_path, fields, kind):
    assert work(tmp_path, **fields).kind == kind


def test_preprint_in_arxiv_has_its_number(tmp_path):
    place = {"landing_page_url": "https://arxiv.org/abs/2405.00001v2"}
    paper = work(tmp_path, primary_location=place, locations=[place])
    assert "arxiv:2405.00001" in paper.ids
    assert paper.relations == ()


def test_work_without_title_or_date_states_none(tmp_path):
    paper = work(tmp_path, title=None, display_name=None, publication_date=None)
    assert (paper.title, paper.issued.value) == ("", "2024")
    assert work(tmp_path, publication_date=None, publication_year=None).issued is None
    assert work(tmp_path, title=None).title == "On Looms"


def test_abstract_may_be_json_in_a_string(tmp_path):
    index = json.dumps({"IndexLength": 3, "InvertedIndex": {"b": [9], "a": [0, 10**15]}})
    assert work(tmp_path, abstract_inverted_index=index).abstract == "a b a"


def test_scores_and_numbers_may_be_strings(tmp_path):
    topic = {"id": f"{SITE}T10", "display_name": "Weaving", "score": "0.25"}
    paper = work(tmp_path, topics=[topic, topic | {"score": 0}], cited_by_count="7")
    assert [link.score for link in paper.topics] == [0.25, None]
    assert paper.counts[0].value == 7


def test_topics_and_authors_that_works_name_are_records_once(tmp_path):
    records = read(tmp_path, WORK, WORK | {"id": f"{SITE}W2"})
    assert Counter(type(each).__name__ for each in records) == {
        "Paper": 2,
        "Subject": 4,
        "Author": 2,
    }
    subjects = {each.ids[0]: each for each in records if isinstance(each, Subject)}
    assert subjects["openalex:T10"].broader == ("openalex:subfields/1804",)
    assert subjects["openalex:fields/18"].broader == ("openalex:domains/2",)
    assert [subjects[key].scheme for key in sorted(subjects)] == [
        "openalex-topic", "openalex-domain", "openalex-field", "openalex-subfield",
    ]  # fmt: skip
    assert [each.name for each in records if isinstance(each, Author)] == [
        "Ada Example",
        "Bo Sample",
    ]


def test_author(tmp_path):
    [author] = read(
        tmp_path,
        {
            "id": f"{SITE}A1", "orcid": "https://orcid.org/0000-0002-1825-0097",
            "display_name": "Ada Example", "display_name_alternatives": ["A. Example", "Ada Example"],
            "works_count": 3, "cited_by_count": 9, "updated_date": "2022-03-09",
            "summary_stats": {"h_index": 2, "i10_index": 1, "2yr_mean_citedness": 1.5},
            "ids": {"scopus": "http://www.scopus.com/x"}, "last_known_institution": LOOM,
            "affiliations": [{"institution": LOOM, "years": [2023]}],
        },
    )  # fmt: skip
    assert author.ids == ("openalex:A1", "orcid:0000-0002-1825-0097")
    assert author.other_names == ("A. Example",)
    assert [o.name for a in author.affiliations for o in a.organizations] == ["Loom University"]
    assert author.urls == ("http://www.scopus.com/x",)
    assert [(c.metric, c.value, c.observed) for c in author.counts] == [
        ("paper-count", 3, "2022-03-09"), ("citation-count", 9, "2022-03-09"),
        ("h-index", 2, "2022-03-09"), ("i10-index", 1, "2022-03-09"),
        ("2yr-mean-citedness", "1.5", "2022-03-09"),
    ]  # fmt: skip


def test_institution_publisher_and_funder(tmp_path):
    institution, publisher, funder = read(
        tmp_path,
        {
            "id": f"{SITE}I1", "ror": "https://ror.org/02jbv0t02", "display_name": "Loom University",
            "type": "education", "status": "active", "geo": {"city": "Weft", "country_code": "de"},
            "display_name_acronyms": ["LU"], "international": {"display_name": {"de": "Uni Loom"}},
            "ids": {"grid": "grid.1.2", "wikidata": "https://www.wikidata.org/wiki/Q1"},
            "associated_institutions": [
                {"id": f"{SITE}I8", "relationship": "parent"}, {"id": f"{SITE}I9", "relationship": "child"},
            ],
            "roles": [{"role": "institution", "id": f"{SITE}I1"}, {"role": "funder", "id": f"{SITE}F9"}],
        },
        {"id": f"{SITE}P1", "display_name": "Loom Press", "country_codes": ["GB", "US"], "parent_publisher": {"id": f"{SITE}P2"}},
        {"id": f"{SITE}F1", "display_name": "Fund", "alternate_titles": ["F"], "ids": {"doi": "https://doi.org/10.13039/1"}},
    )  # fmt: skip
    assert institution.ids == (
        "openalex:I1", "ror:02jbv0t02", "grid:grid.1.2", "wikidata:Q1", "openalex:F9",
    )  # fmt: skip
    assert institution.other_names == ("LU", "Uni Loom")
    assert (institution.country, institution.place, institution.status) == ("DE", "Weft", "active")
    assert (institution.kinds, institution.parents) == (("education", "funder"), ("openalex:I8",))
    assert (publisher.kinds, publisher.country, publisher.parents) == (
        ("publisher",), "GB", ("openalex:P2",),
    )  # fmt: skip
    assert (funder.ids, funder.kinds) == (("openalex:F1", "doi:10.13039/1"), ("funder",))
    assert {type(each) for each in (institution, publisher, funder)} == {Institution}


def test_source_topic_and_concept(tmp_path):
    venue, topic, concept, field = read(
        tmp_path,
        {
            "id": f"{SITE}S1", "display_name": "Journal of Looms", "issn": ["1570-0844", "bad"],
            "type": "journal", "abbreviated_title": "J. Looms", "publisher": "Loom Press",
            "publisher_id": f"{SITE}P1", "homepage_url": "https://l.org",
        },
        {"id": f"{SITE}T10", "display_name": "Weaving", "description": "of looms", "subfield": {"id": f"{SITE}subfields/1804"}},
        {
            "id": f"{SITE}C1", "display_name": "Loom", "level": 2, "wikidata": "https://www.wikidata.org/wiki/Q2",
            "ancestors": [{"id": f"{SITE}C2", "level": 1}, {"id": f"{SITE}C3", "level": 0}],
        },
        {"id": f"{SITE}fields/18", "display_name": "Making"},
    )  # fmt: skip
    assert isinstance(venue, Venue)
    assert venue.ids == ("openalex:S1", "issn:1570-0844")
    assert venue.malformed_ids == (("issn", "bad"),)
    assert (venue.other_names, venue.urls) == (("J. Looms",), ("https://l.org",))
    assert venue.publisher == OrganizationName("Loom Press", ("openalex:P1",))
    assert (topic.broader, topic.description) == (("openalex:subfields/1804",), "of looms")
    assert (concept.ids, concept.broader) == (("openalex:C1", "wikidata:Q2"), ("openalex:C2",))
    assert (field.ids, field.scheme) == (("openalex:fields/18",), "openalex-field")


def test_pages_lists_and_pretty_documents(tmp_path):
    second = WORK | {"id": f"{SITE}W2"}
    for text in (
        json.dumps({"meta": {"count": 2}, "results": [WORK, second]}),
        json.dumps({"meta": {"count": 2}, "results": [WORK, second]}, indent=2),
        json.dumps([WORK, second], indent=1),
        f"{json.dumps({'results': [WORK]})}\n\n{json.dumps(second)}",
        f"\ufeff{json.dumps(WORK)}\r\n{json.dumps(second)}\r\n".encode(),
        f"{json.dumps(WORK)}\n{json.dumps(second)}".encode("utf-16"),
    ):
        papers = [each for each in read(tmp_path, text) if isinstance(each, Paper)]
        assert [paper.ids[0] for paper in papers] == ["openalex:W1", "openalex:W2"]
        assert len({paper.origins[0].record for paper in papers}) == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "truncated"),
        ('{"id": 7}', "Expected `str | null`"),
        ('{"id": "https://openalex.org/W1", "title": 7}', "Expected `str | null`, got `int` - at `$.title`"),
        ('{"id": null}', "None is no identifier of OpenAlex"),
        ('{"error": "Too many requests", "message": "wait"}', "an error of the API: Too many requests: wait"),
        ("7", "Expected `object`"),
        (b'{"id":"https://openalex.org/W1","title":"\xff"}', "bytes that are not UTF-8"),
        ('{"id":"https://openalex.org/W1","x":' + "[" * 10_000, "nested too deeply"),
        (WORK | {"abstract_inverted_index": "x"}, "no JSON"),
    ],
)  # fmt: skip
def test_malformed_record_costs_itself(tmp_path, line, reason):
    first, bad, *rest = read(tmp_path, {"id": f"{SITE}S1"}, line, {"id": f"{SITE}S2"})
    assert isinstance(first, Venue)
    assert isinstance(bad, Rejected)
    assert reason in bad.reason
    assert bad.line == 2
    assert rest[-1].ids == ("openalex:S2",)


def test_fault_in_a_document_is_told_with_its_line(tmp_path):
    [bad] = read(tmp_path, '{\n "id": "https://openalex.org/S1",\n "x": oops\n}')
    assert bad.line == 3


def test_broken_first_line_costs_itself(tmp_path):
    bad, good = read(tmp_path, '{"id": "https://openalex.org/S1", ', {"id": f"{SITE}S2"})
    assert isinstance(bad, Rejected)
    assert good.ids == ("openalex:S2",)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ('{"id":"https://openalex.org/W1","display_name":"x"}', True),
        ('{"meta":{},"results":[{"id": "https://openalex.org/subfields/1", "display_name":"x"}]}', True),
        ('{"@context":"x","id":"https://openalex.org/W1","display_name":"x"}', False),
        ('{"id":"https://ror.org/1","external_ids":["https://openalex.org/I1"]}', False),
        ('{"title":"x","ids":["openalex:W1"],"authors":[]}', False),
        ("https://openalex.org/W1", False),
    ],
)  # fmt: skip
def test_recognition(text, known):
    assert recognises(Head(text.encode(), text, "x")) is known


def test_fields_that_are_not_read_are_told(tmp_path):
    path = tmp_path / "part"
    path.write_text(f"{json.dumps(WORK | {'fwci': 1.0})}\n{{\n", encoding="utf-8")
    [fields] = fields_of(InputFile(str(path), path, "ab" * 32, 1))
    assert fields["authorships[].author.orcid"]
    assert not fields["fwci"]


COUNTS = {
    "api-2022-07-diophila": {"Author": 40, "Subject": 40, "Institution": 2, "Venue": 40, "Paper": 28},
    "api-2025-06-openalex-python": {"Author": 2, "Subject": 2, "Institution": 3, "Venue": 1, "Paper": 2},
    "api-2026-03-pyopenalex": {"Author": 1, "Subject": 1, "Institution": 3, "Venue": 1, "Paper": 3},
    "api-2026-07-commonmeta": {"Paper": 32},
    "snapshot-2023": {
        "Author": 2, "Subject": 16, "Institution": 679 + 16 + 4, "Venue": 250, "Paper": 28, "Redirect": 5,
    },
    "snapshot-2024-omid": {"Venue": 5, "Paper": 29},
}  # fmt: skip
"""Lines of each kind in the files: what works name beside them is not counted."""


@pytest.mark.parametrize("vintage", COUNTS)
def test_every_real_record_is_read(shared, vintage):
    found: Counter[str] = Counter()
    for path in sorted((shared / "data" / "openalex" / vintage).rglob("*")):
        if path.is_file():
            file = InputFile(str(path), path, "ab" * 32, 1)
            records = list(read_records(file, format_of(file), None))
            papers = {each.origins[0].id for each in records if isinstance(each, Paper)}
            found.update(
                type(each).__name__
                for each in records
                if getattr(getattr(each, "origin", None), "id", "") not in papers
            )
    del found["Source"]
    assert found == COUNTS[vintage]


def test_hand_picked_work_of_the_snapshot(shared):
    folder = shared / "data" / "openalex" / "snapshot-2023" / "works"
    path = folder / "W2741809807"
    records = list(read_openalex(InputFile(str(path), path, "ab" * 32, 1)))
    paper = records[1]
    assert paper.ids[:2] == ("openalex:W2741809807", "doi:10.7717/peerj.4375")
    assert len(paper.authors) == 9
    assert paper.authors[1].ids == ("openalex:A5023888391", "orcid:0000-0001-6187-6610")
    assert paper.venue.ids[-1] == "openalex:S1983995261"
    assert paper.abstract.startswith("Despite growing interest in Open Access (OA)")
    part = folder / "updated_date=2023-05-16" / "part_000.gz"
    with gzip.open(part, "rt", encoding="utf-8") as lines:
        untitled = sum(json.loads(line)["title"] is None for line in lines)
    read_part = read_openalex(InputFile(str(part), part, "ab" * 32, 1))
    papers = [each for each in read_part if isinstance(each, Paper)]
    assert sum(paper.title == "" for paper in papers) == untitled == 16


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(f"{SITE}W1"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*WORK, "results", "error", "ror", "author"]), inner)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*WORK]), ANY), st.sampled_from("WAISPFTCV"))
def test_any_json_is_read_or_rejected(tmp_path_factory, fields, letter):
    folder = tmp_path_factory.mktemp("any")
    for record in read(folder, json.dumps(fields | {"id": f"{SITE}{letter}1"})):
        assert isinstance(record, Rejected | Paper | Author | Institution | Venue | Subject)


@given(st.binary())
def test_any_bytes_are_read_or_rejected(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("any")
    try:
        records = read(folder, data)
    except InputError:
        return
    assert all(isinstance(record, Rejected) for record in records)
