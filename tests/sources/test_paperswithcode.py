"""The dumps of Papers with Code: links, papers, methods, datasets, tables."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.errors import InputError
from graphbuild.parts import Count, Introduction, Relation
from graphbuild.records import Paper, Rejected, Source, Subject
from graphbuild.sources import SOURCES, format_of
from graphbuild.sources.files import InputFile
from tests.sources.fuzz import DUMPS, PWC

LINK, PAPER, METHOD, DATASET = DUMPS.values()

RESULT = {
    "paper_title": "On Looms", "paper_url": "https://arxiv.org/abs/2605.00001", "paper_date": None,
    "code_links": [{"title": "Official", "url": "https://github.com/ada/loom"}],
    "model_name": "Loom", "metrics": {"Threads": "7"},
}  # fmt: skip
TASK = {
    "task": "Weaving", "categories": [], "subtasks": [],
    "datasets": [{"dataset": "Threads", "sota": {"metrics": [], "rows": [RESULT]}, "subdatasets": [
        {"subdataset": "Silk", "sota": {"rows": [RESULT]}, "subdatasets": []}]}],
}  # fmt: skip
EXAMPLES = DUMPS | {"pwc-tables": TASK}


def file_of(tmp_path, content):
    path = tmp_path / "dump.json"
    path.write_bytes(content)
    return InputFile(str(path), path, "ab" * 32, 1)


def read(tmp_path, name, *rows):
    file = file_of(tmp_path, json.dumps(rows, indent=1).encode())
    assert format_of(file) == name
    source, *records = SOURCES[name].read(file, None)
    assert isinstance(source, Source)
    return records


def test_link_is_code_that_the_source_states(tmp_path):
    other = LINK | {
        "is_official": False,
        "framework": "none",
        "repo_url": "https://loom.example/code",
    }
    paper, second = read(tmp_path, "pwc-links", LINK, other)
    assert paper.ids == ("arxiv:2605.00001", "pwc:paper/on-looms")
    assert (paper.urls, paper.author_list) == (("https://loom.example/a.pdf",), "unknown")
    [code] = paper.code_links
    assert (code.repository, code.official, code.stance) == (
        "github.com/ada/loom",
        True,
        "released",
    )
    assert (code.stated, code.in_text, code.in_repository, code.framework) == (
        True,
        False,
        True,
        "pytorch",
    )
    assert (second.code_links[0].repository, second.code_links[0].framework) == (None, "")


def test_paper(tmp_path):
    [paper] = read(tmp_path, "pwc-papers", PAPER)
    assert [a.name for a in paper.authors] == ["Ada Example", "Bo Sample"]
    assert (paper.issued.value, paper.keywords) == ("2026-05-01", ("Weaving", "Shuttle"))
    assert paper.container.title == "LOOM 2026 5"


def test_method_is_a_topic_that_a_paper_introduced(tmp_path):
    topic, paper = read(tmp_path, "pwc-methods", METHOD)
    assert topic == Subject(
        ids=("pwc:method/shuttle",), name="Shuttle", origin=topic.origin, scheme="pwc-method",
        other_names=("The Shuttle",), description="Flies.", counts=(Count("paper-count", 7),),
    )  # fmt: skip
    assert paper.ids == ("pwc:paper/on-looms",)
    evidence = (("stated by Papers with Code", f"{PWC}method/shuttle"),)
    assert paper.introduces == (Introduction("Shuttle", "method", evidence, ("The Shuttle",)),)
    assert paper.code_links[0].repository == "github.com/ada/loom"
    assert paper.keywords == ("Throwing", "Weaving")


def test_dataset(tmp_path):
    [data] = read(tmp_path, "pwc-datasets", DATASET)
    assert (data.kind, data.ids, data.urls) == (
        "dataset",
        ("pwc:dataset/threads",),
        ("https://threads.example",),
    )
    assert data.relations == (Relation("described-by", "pwc:paper/on-looms"),)
    assert (data.language, data.other_titles) == ("English", ("Many Threads",))


def test_table_names_each_paper_once_for_a_task(tmp_path):
    [paper] = read(tmp_path, "pwc-tables", TASK)
    assert (paper.ids, paper.keywords) == (("arxiv:2605.00001",), ("Weaving",))
    [code] = paper.code_links
    assert (code.official, code.sentence) == (True, "Official")


@pytest.mark.parametrize("name", EXAMPLES)
def test_row_of_the_wrong_form_costs_itself(tmp_path, name):
    good = EXAMPLES[name]
    records = read(tmp_path, name, {}, good, dict.fromkeys(good, 7))
    assert isinstance(records[0], Rejected)
    assert isinstance(records[-1], Rejected)
    assert len(records) == len(read(tmp_path, name, good)) + 2


@pytest.mark.parametrize("name", EXAMPLES)
def test_fields_are_told(tmp_path, name):
    [fields] = SOURCES[name].fields(file_of(tmp_path, json.dumps([EXAMPLES[name]]).encode()))
    assert sum(fields.values()) > 4


def test_real_tables(shared):
    path = shared / "data/paperswithcode/nlp-progress.json"
    file = InputFile(str(path), path, "ab" * 32, 1)
    assert format_of(file) == "pwc-tables"
    records = list(SOURCES["pwc-tables"].read(file, None))[1:]
    assert records
    assert {type(record) for record in records} == {Paper}


@pytest.mark.parametrize("name", EXAMPLES)
@given(content=st.binary())
def test_any_bytes_are_read_or_rejected(tmp_path_factory, name, content):
    with suppress(InputError):  # Bytes that begin like a compressed file are a damaged one.
        list(SOURCES[name].read(file_of(tmp_path_factory.mktemp("any"), content), None))
