"""The W3C's suite of SPARQL 1.1: the columns answer its cases rightly, or leave them to the store."""

import pytest

from tests.query.analytic.suite import PARTS, outcomes, right_in_the_store

SUITE = "data/suites/rdf-tests/sparql/sparql11"
RIGHT = {
    "aggregates": 23, "bind": 10, "bindings": 10, "cast": 6, "construct": 3, "exists": 4,
    "functions": 65, "grouping": 4, "negation": 11, "project-expression": 7, "property-path": 21,
    "subquery": 8,
}  # fmt: skip
"""How many cases are answered, at least."""

SETS = {
    f"zero_or_{often}_set_{end}" for often in ("one", "more") for end in ("start", "end")
}  # fmt: skip
"""Cases that the store answers otherwise than the suite."""


@pytest.mark.parametrize("part", PARTS)
def test_no_case_has_a_wrong_answer(shared, tmp_path, part):
    found = outcomes(shared / SUITE, part, tmp_path)
    wrong = {case.name: end for case, end in found.items() if end not in ("right", "refused")}
    assert wrong == {}
    assert list(found.values()).count("right") >= RIGHT[part]


def test_where_the_store_departs_from_the_suite_the_columns_do_not_follow(shared, tmp_path):
    found = outcomes(shared / SUITE, "property-path", tmp_path)
    departing = [case for case in found if not right_in_the_store(case)]
    assert {case.name for case in departing} <= SETS
    assert {found[case] for case in departing} <= {"right", "refused"}
