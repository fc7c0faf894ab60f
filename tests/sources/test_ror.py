"""Organisations of ROR in both schemas."""

import json

import pytest
from hypothesis import given

from graphbuild.records import Institution, Redirect, Rejected
from graphbuild.sources.files import InputFile
from graphbuild.sources.ror import FORMAT
from tests.sources.inputs import damaged, head_of, records_of, survives

ALPHA, BETA, GAMMA = (
    "https://ror.org/05h1kgg64",
    "https://ror.org/000bmd763",
    "https://ror.org/04nbqb988",
)
SECOND = {
    "id": ALPHA,
    "names": [
        {"value": "UE", "types": ["acronym"], "lang": None},
        {"value": "University of Examples", "types": ["label", "ror_display"], "lang": "en"},
        {"value": "Universität der Beispiele", "types": ["label"], "lang": "de"},
    ],
    "types": ["education", "funder"],
    "status": "active",
    "established": 1998,
    "external_ids": [
        {"type": "grid", "all": ["grid.509120.f"], "preferred": None},
        {"type": "isni", "all": ["0000 0004 6066 7763", "0000 0004 6066 7764"], "preferred": None},
        {"type": "wikidata", "all": ["Q5570747"], "preferred": None},
        {"type": "fundref", "all": ["100000001"], "preferred": None},
        {"type": "orgref", "all": ["1"], "preferred": None},
    ],
    "relationships": [
        {"type": "parent", "id": BETA, "label": "Examples Group"},
        {"type": "child", "id": GAMMA, "label": "Institute of Samples"},
    ],
    "locations": [
        {"geonames_id": 1, "geonames_details": {"country_code": "TW", "name": "Hsinchu"}},
        {"geonames_id": 2, "geonames_details": {"country_code": "DE", "name": "Ulm"}},
    ],
    "links": [
        {"type": "website", "value": "https://examples.edu"},
        {"type": "wikipedia", "value": "https://en.wikipedia.org/wiki/Examples"},
    ],
}
FIRST = {
    "id": ALPHA,
    "name": "University of Examples",
    "types": ["Education"],
    "status": "inactive",
    "established": None,
    "aliases": ["Examples College"],
    "acronyms": ["UE"],
    "labels": [{"label": "Universität der Beispiele", "iso639": "de"}],
    "links": ["https://examples.edu"],
    "addresses": [{"city": "Hsinchu"}],
    "country": {"country_name": "Taiwan", "country_code": "TW"},
    "external_ids": {
        "GRID": {"all": "grid.509120.f", "preferred": "grid.509120.f"},
        "FundRef": {"all": ["100000001"], "preferred": None},
        "OrgRef": {"all": ["1"], "preferred": None},
    },
    "relationships": [{"type": "Successor", "id": GAMMA, "label": "Samples"}],
}


def read(*rows):
    return records_of(FORMAT, "\n".join(map(json.dumps, rows)))


def withdrawn(*successors):
    relationships = [{"type": "successor", "id": s, "label": "Samples"} for s in successors]
    return SECOND | {"status": "withdrawn", "relationships": relationships}


def test_second_schema():
    [found] = read(SECOND)
    assert isinstance(found, Institution)
    assert found.name == "University of Examples"
    assert found.other_names == ("UE", "Universität der Beispiele")
    assert found.ids == (
        "ror:05h1kgg64",
        "grid:grid.509120.f",
        "isni:0000000460667763",
        "wikidata:Q5570747",
        "doi:10.13039/100000001",
    )
    assert found.malformed_ids == (("isni", "0000 0004 6066 7764"),)
    assert (found.kinds, found.status) == (("education", "funder"), "active")
    assert (found.country, found.place) == ("TW", "Hsinchu")
    assert found.urls == ("https://examples.edu",)
    assert (found.parents, found.successors) == (("ror:000bmd763",), ())
    assert (found.origin.line, found.origin.id) == (1, ALPHA)


def test_first_schema():
    [found] = read(FIRST)
    assert found.name == "University of Examples"
    assert found.other_names == ("Examples College", "UE", "Universität der Beispiele")
    assert found.ids == ("ror:05h1kgg64", "grid:grid.509120.f", "doi:10.13039/100000001")
    assert (found.kinds, found.status) == (("education",), "inactive")
    assert (found.country, found.place) == ("TW", "Hsinchu")
    assert found.urls == ("https://examples.edu",)
    assert found.successors == ("ror:04nbqb988",)


def test_a_withdrawn_record_leads_to_its_one_successor():
    redirect, heir = read(withdrawn(GAMMA))
    assert isinstance(redirect, Redirect)
    assert (redirect.old, redirect.new) == ("ror:05h1kgg64", "ror:04nbqb988")
    assert (heir.ids, heir.name, heir.status) == (("ror:04nbqb988",), "Samples", "")
    assert heir.other_names == ("University of Examples", "UE", "Universität der Beispiele")


@pytest.mark.parametrize("successors", [(), (BETA, GAMMA)], ids=["none", "two"])
def test_a_withdrawn_record_without_one_successor_stays(successors):
    [found] = read(withdrawn(*successors))
    assert (found.ids[0], found.status) == ("ror:05h1kgg64", "withdrawn")
    assert len(found.successors) == len(successors)


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([FIRST, SECOND], indent=4),
        json.dumps({"number_of_results": 2, "items": [FIRST, SECOND], "meta": {}}),
        json.dumps({"number_of_results": 2, "items": [FIRST, SECOND]}, indent=1),
        json.dumps(FIRST) + "\r\n\r\n" + json.dumps(SECOND) + "\r\n",
        "\ufeff" + json.dumps([FIRST, SECOND]),
    ],
    ids=["dump", "answer", "pretty answer", "lines", "byte order mark"],
)
def test_every_wrapping_is_recognised_and_read(content):
    assert FORMAT.recognises(head_of(content))
    assert [each.ids[0] for each in records_of(FORMAT, content)] == ["ror:05h1kgg64"] * 2


def test_a_single_record_on_many_lines_is_read():
    [found] = records_of(FORMAT, json.dumps(SECOND, indent=2))
    assert (found.name, found.origin.line) == ("University of Examples", 1)


def test_one_broken_record_costs_one_record():
    wrong = [
        SECOND | {"names": 5},
        SECOND | {"id": "https://ror.org/05h1kgg65"},
        SECOND | {"names": []},
    ]
    good, *bad = read(FIRST, *wrong)
    assert isinstance(good, Institution)
    assert [each.reason for each in bad] == [
        "no organisation of ROR: Expected `array`, got `int` - at `$.names`",
        "'https://ror.org/05h1kgg65' is no ROR identifier",
        "the record has no name",
    ]
    assert [each.line for each in bad] == [2, 3, 4]


def test_a_line_that_is_cut_off_is_named():
    _, bad = records_of(FORMAT, json.dumps(FIRST) + "\n" + json.dumps(SECOND)[:50])
    assert (bad.line, bad.reason) == (2, "no JSON: Input data was truncated")


def test_a_broken_list_names_the_line():
    records = records_of(FORMAT, f'[{json.dumps(FIRST)},\n{{"id": }},\n{json.dumps(SECOND)}]')
    [bad] = (each for each in records if isinstance(each, Rejected))
    assert len(records) == len(records_of(FORMAT, json.dumps([FIRST, SECOND]))) + 1
    assert (bad.line, bad.reason) == (2, "no JSON: invalid character")


@pytest.mark.parametrize(
    "other",
    [
        '{"id": "https://openalex.org/I1", "ror": "https://ror.org/05h1kgg64", "status": 1}',
        '[{"affiliation": "Examples", "ror_ids": ["https://ror.org/05h1kgg64"]}]',
        "@article{x, title = {https://ror.org/05h1kgg64}}",
    ],
    ids=["openalex", "affiliations", "bibtex"],
)
def test_other_formats_are_not_taken_for_ror(other):
    assert not FORMAT.recognises(head_of(other))


@given(damaged(json.dumps(SECOND)))
def test_arbitrary_bytes_end_in_records(data):
    survives(FORMAT, data)


@pytest.mark.parametrize(("name", "records", "gone"), [("v2", 1504, 67), ("v1", 272, 7)])
def test_real_records(shared, name, records, gone):
    path = shared / "data" / "ror" / f"ror-{name}-sample.jsonl"
    rows = list(map(json.loads, path.read_text().splitlines()))
    assert len(rows) == records
    _, *found = FORMAT.read(InputFile(str(path), path, "ab" * 32, 1), None)
    institutions = [each for each in found if isinstance(each, Institution)]
    redirects = [each for each in found if isinstance(each, Redirect)]
    kept = {each.ids[0] for each in institutions if each.status}
    assert len(institutions) == records
    assert len(kept) + len(redirects) == records
    assert len(redirects) <= gone
    for row, institution in zip(rows, institutions, strict=True):
        stated = json.dumps(row, ensure_ascii=False).replace(" ", "").lower()
        values = [i.partition(":")[2].removeprefix("10.13039/").lower() for i in institution.ids]
        assert all(value in stated for value in values)
