import pytest

from graphbuild.errors import InputError
from graphbuild.resolve.judgements import Judgement, read_judgements, write_judgements

CASE = Judgement("a", "b", "same", 0.9, (("shared-coauthor", "both name Bo"),))


def test_judgements_survive_a_file_and_are_sorted(tmp_path):
    other = Judgement("a", "a2", "different", 1.0, (), by="Ada")
    write_judgements(tmp_path / "j.jsonl", [CASE, other])
    assert read_judgements(tmp_path / "j.jsonl") == [other, CASE]


def test_no_file_is_no_judgement(tmp_path):
    assert read_judgements(tmp_path / "j.jsonl") == []


def test_line_that_is_no_judgement_is_named(tmp_path):
    file = tmp_path / "j.jsonl"
    write_judgements(file, [CASE])
    file.write_text(file.read_text(encoding="utf-8") + '\n{"left": "a"}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"j\.jsonl:3: no judgement: "):
        read_judgements(file)
