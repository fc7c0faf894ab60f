"""Each canned query, asked about the shipped example as its help says, gives the answer kept here.

``pytest tests/queries --write-golden`` writes the answers anew; read what changed before you
commit it.
"""

from pathlib import Path

import pytest

from graphbuild.query.catalogue import load_all
from graphbuild.query.run import Evaluation

GOLDEN = Path(__file__).parent / "golden"
CASES = [
    pytest.param(query, options, id=f"{query.id}-options" if options else query.id)
    for query in load_all()
    for options in (False, True)
    if not options or any(not parameter.required for parameter in query.parameters)
]


def is_graph(query):
    return query.form in {"construct", "describe"}


def kept(query, options):
    end = ".nt" if is_graph(query) else ".tsv"
    return GOLDEN / f"{query.id}{'-options' if options else ''}{end}"


@pytest.mark.parametrize(("query", "options"), CASES)
def test_answer_is_the_one_that_was_read_and_kept(example, asked, request, query, options):
    text = asked(query, options=options)
    with Evaluation(example, text, "nt" if is_graph(query) else "tsv") as evaluation:
        answer = evaluation.read().decode()
    file = kept(query, options)
    if request.config.getoption("--write-golden"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(answer, encoding="utf-8", newline="\n")
    assert answer == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("query", load_all(), ids=lambda query: query.id)
def test_example_has_an_answer(query):
    """An empty golden answer would hide a query that finds nothing at all."""
    lines = kept(query, options=False).read_text(encoding="utf-8").splitlines()
    assert len(lines) >= (1 if is_graph(query) else 2)


def test_every_golden_answer_belongs_to_a_query():
    wanted = {kept(*case.values).name for case in CASES}
    assert {file.name for file in GOLDEN.iterdir()} == wanted


def test_optional_parameters_change_something():
    """An option that restricts nothing on its own example proves nothing."""
    same = [
        query.id
        for query, options in (case.values for case in CASES)
        if options and kept(query, options).read_bytes() == kept(query, options=False).read_bytes()
    ]
    assert same == []
