"""Both engines find the same on our shapes, however the data is damaged."""

import random
from collections import Counter

import pytest

from graphbuild.validate import validate
from graphbuild.validate.data import held
from graphbuild.validate.shapes import shipped_shapes

XSD = "http://www.w3.org/2001/XMLSchema#"
ODD = (
    '""', '"x"@en', '"x"@en-gb', '"0"', f'"0"^^<{XSD}integer>', f'"-3"^^<{XSD}integer>',
    f'"many"^^<{XSD}integer>', f'"2020-02-30"^^<{XSD}date>', f'"2020-02-29"^^<{XSD}date>',
    f'"2"^^<{XSD}decimal>', f'"1.5"^^<{XSD}double>', f'"true"^^<{XSD}boolean>',
    '"two\\nlines \\"quoted\\""', "<urn:nowhere>",
)  # fmt: skip


ILL_FORMED = frozenset(ODD[6:8])
RANGES = tuple(f"{bound}{kind}ConstraintComponent" for bound in ("Min", "Max") for kind in
               ("Inclusive", "Exclusive"))  # fmt: skip


def beyond_the_reference(result):
    """Say whether pySHACL is known to miss a result.

    A literal that has no value is in no range (SHACL 4.3: "or if the comparison cannot be
    performed"); pySHACL puts it in order by the names of datatypes.
    """
    return result[1].endswith(RANGES) and result[4] in ILL_FORMED


def damaged(rows, seed):
    """Return triples of which some are gone, some changed, and some new."""
    chance = random.Random(seed)  # noqa: S311 - damage, no secret
    predicates = sorted({p for _, p, _ in rows})
    subjects = sorted({s for s, _, _ in rows})
    kept = [row for row in sorted(rows) if chance.random() > 0.04]
    for place in chance.sample(range(len(kept)), len(kept) // 25):
        s, p, _ = kept[place]
        kept[place] = (s, p, chance.choice([*ODD, *subjects]))
    made = [
        (chance.choice(subjects), chance.choice(predicates), chance.choice([*ODD, *subjects]))
        for _ in range(len(kept) // 25)
    ]
    return kept + made


def results(rows, engine):
    with held(rows) as data:
        report = validate(data, shipped_shapes(), engine)
        found = Counter(
            (r.severity, r.component, r.focus, r.path, r.value, r.shape, r.message)
            for r in report.results
        )
        return found, report.unused


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("seed", range(2))
def test_engines_agree_on_damaged_graphs(graphs, number, seed):
    rows = damaged(graphs[number], seed)
    fast, reference = results(rows, "columnar"), results(rows, "reference")
    assert len(reference[0]) > 15
    assert [each for each in fast[0] - reference[0] if not beyond_the_reference(each)] == []
    assert reference[0] - fast[0] == Counter()
    assert fast[1] == reference[1]


def test_engines_agree_on_graphs_as_they_are(graphs):
    for rows in graphs:
        assert results(rows, "columnar") == results(rows, "reference")
