import json

import pytest
from click.testing import CliRunner

from graphbuild.cli import main
from graphbuild.query.catalogue import ids


@pytest.fixture
def listed():
    def run(*arguments):
        result = CliRunner().invoke(main, ["queries", *arguments])
        assert result.exit_code == 0
        return result.output

    return run


def test_all_queries_are_listed_under_their_folder(listed):
    lines = listed().splitlines()
    assert "author" in lines
    assert all(any(line.split()[:1] == [name] for line in lines) for name in ids())


def test_optional_parameters_stand_in_brackets(listed):
    assert "--person [--from-year]" in listed("author-works")


def test_a_word_narrows_the_list(listed):
    assert "dq-possible-conflation" in listed("mix several")
    assert "author-works" not in listed("mix several")


def test_a_tag_narrows_the_list(listed):
    found = json.loads(listed("--tag", "network", "-f", "json"))
    assert "author-coauthors" in {query["id"] for query in found}
    assert all("network" in query["tags"] for query in found)


def test_no_match_is_said_so(listed):
    assert "no canned query fits" in listed("zzzzz")
    assert listed("zzzzz", "--format", "json") == "[]\n"


def test_json_says_everything_of_a_parameter(listed):
    (query,) = json.loads(listed("author-works", "--format", "json"))
    assert (query["id"], query["folder"], query["form"]) == ("author-works", "author", "select")
    person, year = query["parameters"]
    assert person == {
        "name": "person",
        "option": "--person",
        "type": "iri",
        "required": True,
        "list": False,
        "class": "foaf:Person",
        "help": "the author",
        "example": "Jun Hadley",
    }
    assert (year["option"], year["required"], year["min"]) == ("--from-year", False, 1000)


def test_markdown_is_a_table(listed):
    lines = listed("author-works", "--format", "md").splitlines()
    assert lines[0] == "| Query | Answers | Parameters |"
    assert lines[2] == (
        "| `author-works` | Papers of one person, newest first | `--person` `[--from-year]` |"
    )
