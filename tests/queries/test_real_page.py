"""The canned queries find on the real page what its description counts."""

from collections import Counter
from datetime import date

import pytest

from graphbuild.build import Options, build
from graphbuild.query.catalogue import load
from graphbuild.query.solutions import select
from graphbuild.query.values import bound
from graphbuild.store.entities import find_entity

CAPTURED = date(2026, 11, 23)


@pytest.fixture(scope="module")
def answer(shared, tmp_path_factory):
    pages = tuple(map(str, (shared / "data" / "profile").glob("*.txt")))
    graph = build(Options(pages, tmp_path_factory.mktemp("real") / "g", as_of=CAPTURED)).graph

    def ask(query, **given):
        values = {key: [value] for key, value in given.items()}
        text = bound(load(query), values, lambda label, kind: find_entity(graph, label, kind))
        result = select(graph, text)
        return [dict(zip(result.columns, row, strict=True)) for row in result.values()]

    return ask


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("dq-truncated-lists", 35),
        ("papers-without-year", 7),
        ("code-sentences", 12),
        ("repo-top", 8),
        ("project-pages", 1),
        ("code-promised-not-released", 1),
        ("dq-impossible", 2),
        ("dq-code-flag", 1),
        ("topic-counts", 7),
        ("method-families", 3),
        ("dq-undecided-people", 15),
    ],
)
def test_as_many_rows_as_the_page_has(answer, query, rows):
    assert len(answer(query)) == rows


def test_page_claims_more_than_it_lists_and_mixes_people(answer):
    [profile] = answer("profiles")
    assert (profile["claims"], profile["lists"], profile["mayMix"]) == (71, 50, True)
    [suspect] = answer("dq-possible-conflation")
    assert "a group of 41, a group of 3 and 6 papers standing alone" in suspect["evidence"]


def test_nobody_of_the_owners_name_has_all_papers(answer):
    people = answer("author-undecided", name="Zhihui Zhu")
    assert [person["papers"] for person in people] == [41, 3, 1, 1, 1, 1, 1, 1]


def test_two_repositories_are_shared_by_papers(answer):
    papers = Counter(row["repository"] for row in answer("repo-families"))
    assert papers == {"tianyic/only_train_once": 3, "tding1/CDFI": 2}


def test_sentences_promise_once_and_offer_data_twice(answer):
    sentences = answer("code-sentences")
    assert Counter(row["stance"] for row in sentences) == {"released": 11, "promised": 1}
    assert sum(row["data"] for row in sentences) == 2


def test_an_organisation_is_mentioned_and_nobody_is_tied_to_it(answer):
    assert [(row["name"], row["papers"]) for row in answer("organisation-top")] == [("deepmind", 4)]


def test_systems_and_datasets_are_found_by_name(answer):
    names = {row["name"]: row["kind"] for row in answer("papers-introducing")}
    methods = [
        "SDNet",
        "CDFI",
        "OTO",
        "OTOv2",
        "OTOv3",
        "SMCEvolve",
        "DREAM",
        "ChemVA",
        "PMDC",
        "ClinDEF",
        "SUMEI",
        "AdaContour",
        "CASLIE",
        "DeltaEvolve",
        "Cat-AIR",
        "LHT-CLIP",
        "CoT-Evo",
        "AbsTopK",
    ]
    assert {name: names.get(name) for name in methods} == dict.fromkeys(methods, "method")
    assert names["EcomMMMU"] == names["MMECInstruct"] == "dataset"


def test_every_metric_is_an_observation(answer):
    rows = answer("author-observations", profile="Profile page of Zhihui Zhu")
    assert len(rows) == 5
    assert {row["observed"] for row in rows} == {"2026-11-23T00:00:00Z"}
