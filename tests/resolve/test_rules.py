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
    ["[people]\nno-such-rule = 1\n", "[people]\njoin = 'much'\n", "[people\n"],
    ids=["unknown", "no number", "no TOML"],
)
def test_what_is_no_rule_is_refused_with_the_file(tmp_path: Path, text: str):
    file = written(tmp_path, text)
    with pytest.raises(InputError, match="no rules of identity") as caught:
        read_rules(file)
    assert file in str(caught.value)


def test_missing_file_is_named(tmp_path: Path):
    with pytest.raises(InputError, match="No such file"):
        read_rules(str(tmp_path / "none.toml"))
