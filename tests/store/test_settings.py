from datetime import date

import pytest

from graphbuild.errors import GraphError
from graphbuild.store.settings import Settings, read_settings, write_settings

SETTINGS = Settings(
    'https://kg.example.org/"x"/', ("pages/a.txt", "-"), date(2026, 11, 23), "profile-page"
)


def test_settings_survive_with_inputs_from_where_one_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    graph = tmp_path / "deep" / "g"
    graph.mkdir(parents=True)
    write_settings(graph, SETTINGS)
    assert 'inputs = ["../../pages/a.txt"]' in (graph / "graph.toml").read_text(encoding="utf-8")
    assert read_settings(graph) == Settings(
        SETTINGS.base, ("pages/a.txt",), SETTINGS.as_of, SETTINGS.format
    )


def test_what_a_person_wrote_stays_when_it_says_the_same(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    written = '# ours\nbase = "https://kg.example.org/"\ninputs = ["a.txt"]\n'
    (tmp_path / "graph.toml").write_text(written, encoding="utf-8")
    write_settings(tmp_path, Settings("https://kg.example.org/", ("a.txt",)))
    assert (tmp_path / "graph.toml").read_text(encoding="utf-8") == written


def test_no_file_is_no_settings(tmp_path):
    assert read_settings(tmp_path) is None


@pytest.mark.parametrize(
    "text", ["base = ", "input = []\nbase = 'x'", "base = 1", "inputs = 'a'\nbase = 'x'"]
)
def test_file_that_says_something_else_is_refused(tmp_path, text):
    (tmp_path / "graph.toml").write_text(text, encoding="utf-8")
    with pytest.raises(GraphError, match=r"graph\.toml: "):
        read_settings(tmp_path)
