import re
from pathlib import Path

import pytest

from graphbuild.query.catalogue import parse
from graphbuild.query.lint import lint
from graphbuild.query.solutions import select
from graphbuild.query.values import bound
from tests.small_graph import BASE

PAGE = Path(__file__).resolve().parents[2] / "docs" / "queries.md"


@pytest.fixture(scope="module")
def example():
    block = re.search(r"```sparql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return parse(block[1], "topic/papers-on-topic.rq")


def test_the_example_of_the_documentation_keeps_the_rules(example):
    assert lint(example) == []


@pytest.mark.parametrize(
    ("given", "titles"),
    [
        ({}, ["Levers", "GEARS: Gears & Wheels"]),
        ({"fromYear": ["2022"]}, ["Levers"]),
        ({"order": ["title"]}, ["GEARS: Gears & Wheels", "Levers"]),
    ],
)
def test_the_example_of_the_documentation_answers(graph, example, given, titles):
    topic = f"{BASE}id/topic/arxiv:cs.LG"
    text = bound(example, {"topic": [topic], **given}, lambda name, _: name)
    assert [row[1] for row in select(graph, text).values()] == titles
