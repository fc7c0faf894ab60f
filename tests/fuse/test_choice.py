"""Which of several values is chosen, and what is said of why."""

import pytest

from graphbuild.fuse.choice import choose, ranked, source_of
from graphbuild.parts import Authorship, Origin, PartialDate
from graphbuild.records import Paper


def record(source, title="A", *, status="unknown", issued="", abstract="", authors=1):
    return Paper(
        title,
        status,
        (Origin(f"{source}-e1", 1),),
        tuple(Authorship(f"Name {place}", place) for place in range(1, authors + 1)),
        issued=PartialDate(issued, issued) if issued else None,
        abstract=abstract,
    )


def chosen(field, *records, trust=None):
    choice = choose(ranked(records), field, trust or {})
    return choice and (source_of(choice.record), choice.why)


def test_most_complete_record_comes_first():
    full, shown, told, bare = (
        record("d", status="complete"),
        record("c", authors=2),
        record("b", abstract="Looms."),
        record("a"),
    )
    assert ranked([bare, told, shown, full]) == [full, shown, told, bare]


def test_value_that_nobody_states_is_not_chosen():
    assert chosen("issued", record("a"), record("b")) is None


@pytest.mark.parametrize(
    ("records", "trust", "choice"),
    [
        ([record("a", issued="2020"), record("b")], {}, ("a", "only one record states it")),
        (
            [record("a", issued="2020"), record("b", issued="2020-05-01")],
            {},
            ("b", "all records that state it agree"),
        ),
        (
            [record(s, issued=y) for s, y in (("a", "2020"), ("b", "2021"), ("c", "2021-03"))],
            {},
            ("c", "2 of 3 records agree"),
        ),
        (
            [record(s, issued=y) for s, y in (("a", "2020"), ("b", "2021"), ("c", "2021"))],
            {"a": 0, "b": 1, "c": 1},
            ("a", "its source is trusted most"),
        ),
        (
            [record("a", issued="2020"), record("b", issued="2021", status="complete")],
            {},
            ("b", "its record is the most complete"),
        ),
        (
            [record("a", issued="--05-14"), record("b", issued="2021")],
            {},
            ("b", "its record is the most complete"),
        ),
    ],
)
def test_trust_then_agreement_then_completeness_decide(records, trust, choice):
    assert chosen("issued", *records, trust=trust) == choice
    assert chosen("issued", *reversed(records), trust=trust) == choice


def test_titles_that_differ_in_case_and_punctuation_agree():
    titles = record("a", "On Looms"), record("b", "On looms!"), record("c", "On Threads")
    assert chosen("title", *titles) == ("a", "2 of 3 records agree")
