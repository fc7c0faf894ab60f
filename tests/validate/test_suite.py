"""The W3C test suite of SHACL: whole reports, result by result."""

import pytest

from benchmarks.shacl_suite import PARTS, cases, outcome, table

SUITE = "data/suites/data-shapes/data-shapes-test-suite/tests"
UNSUPPORTED = {
    "sparql/pre-binding/shapesGraph-001"
}  # $shapesGraph is optional, and refused by name


@pytest.mark.parametrize("part", PARTS)
def test_reports_are_those_of_the_suite(shared, part):
    some = list(cases(shared / SUITE, part))
    assert len(some) > 20
    failed = {case.name for case in some if outcome(case, "columnar") != case.due}
    assert failed <= UNSUPPORTED


def test_folder_without_cases_is_named(tmp_path):
    with pytest.raises(SystemExit, match="holds no cases in core/"):
        table(tmp_path)
