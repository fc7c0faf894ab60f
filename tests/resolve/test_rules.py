from pathlib import Path

import pytest

from graphbuild.errors import InputError
from graphbuild.resolve.rules import read_rules, shipped_rules, shipped_text


def written(folder: Path, text: str) -> str:
    file = folder / "rules.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_no_file_gives_the_shipped_rules():
    assert read_rules(None) == shipped_rules()


def test_copy_of_the_shipped_file_gives_the_same(tmp_path: Path):
    assert read_rules(written(tmp_path, shipped_text())) == shipped_rules()


def test_file_changes_what_it_names_and_nothing_else(tmp_path: Path):
    rules = read_rules(written(tmp_path, "[people]\njoin = 0.5\n[people.weights]\nname = -2\n"))
    assert (rules.people.join, rules.people.weights.name) == (0.5, -2.0)
    assert rules.people.ask == shipped_rules().people.ask
    assert rules.people.weights.titles == shipped_rules().people.weights.titles
    assert rules.papers == shipped_rules().papers


@pytest.mark.parametrize(
    "text",
    [
        "[people]\nno-such-rule = 1\n",
        "[people]\njoin = 'much'\n",
        "[people\n",
        "[people]\nweights = 3\n",
        "[people.weights]\nrhymes = 3\n",
        "[venues]\njoin = 1\n",
    ],
    ids=["unknown", "no number", "no TOML", "no table", "unknown weight", "unknown table"],
)
def test_what_is_no_rule_is_refused_with_the_file(tmp_path: Path, text: str):
    file = written(tmp_path, text)
    with pytest.raises(InputError, match="no rules of identity") as caught:
        read_rules(file)
    assert file in str(caught.value)


def test_missing_file_is_named(tmp_path: Path):
    with pytest.raises(InputError, match="No such file"):
        read_rules(str(tmp_path / "none.toml"))


def test_file_that_is_not_utf8_is_refused_with_its_name(tmp_path: Path):
    file = tmp_path / "rules.toml"
    file.write_bytes(b"# caf\xe9\n[people]\njoin = 0.9\n")
    with pytest.raises(InputError, match="no rules of identity") as caught:
        read_rules(str(file))
    assert str(file) in str(caught.value)


def test_each_table_is_read_by_itself(tmp_path: Path):
    text = "[papers]\nshortest-title = 5\n[organizations]\njoin = 0.5\n"
    rules = read_rules(written(tmp_path, text))
    assert (rules.papers.shortest_title, rules.organizations.join) == (5, 0.5)
    assert rules.papers.alike == shipped_rules().papers.alike
    assert rules.people == shipped_rules().people
