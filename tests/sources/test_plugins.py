"""Readers of other packages: the guide's own, followed to the letter, and broken ones."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "writing-a-reader.md").read_text("utf-8")
LIST = "LOOM list\n1999 | On Looms | Ada Example; Bo Sample | shelf 3\n"


def block(language: str) -> str:
    """Return the only block of the guide in a language."""
    [found] = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    return found


def graphbuild(*arguments, path, cwd) -> subprocess.CompletedProcess:
    """Run the command with a folder of further packages."""
    return subprocess.run(
        [sys.executable, "-m", "graphbuild", *map(str, arguments)],
        capture_output=True, text=True, check=False, cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(path)},
    )  # fmt: skip


@pytest.fixture
def package(tmp_path) -> Path:
    """Return a folder of the guide's package as if installed: its module and its metadata."""
    installed = tmp_path / "installed"
    metadata = installed / "loom_list-1.0.dist-info"
    metadata.mkdir(parents=True)
    (installed / "loom_list.py").write_text(block("python"), encoding="utf-8")
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: loom-list\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(
        "[graphbuild.sources]\nloom-list = loom_list:FORMAT\n"
    )
    (tmp_path / "list.txt").write_text(block("text"), encoding="utf-8")
    return installed


@pytest.mark.slow
def test_guide_makes_a_package_whose_reader_is_used(tmp_path):
    project, installed = tmp_path / "project", tmp_path / "installed"
    project.mkdir()
    (project / "pyproject.toml").write_text(block("toml"), encoding="utf-8")
    (project / "loom_list.py").write_text(block("python"), encoding="utf-8")
    (tmp_path / "list.txt").write_text(block("text"), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps",
         "--no-build-isolation", "--disable-pip-version-check", "--target", installed, project],
        check=True, capture_output=True,
    )  # fmt: skip
    shown = block("console").split("$ graphbuild ")[1].splitlines()
    done = graphbuild(*shown[0].split(), path=installed, cwd=tmp_path)
    assert done.stdout.splitlines()[: len(shown) - 2] == shown[1:-1], done.stderr


def test_reader_of_another_package_is_listed_audited_and_read(tmp_path, package):
    listed = graphbuild("sources", path=package, cwd=tmp_path).stdout
    assert "loom-list" in listed
    assert "a LOOM list" in listed
    audited = graphbuild("sources", "list.txt", "-f", "json", path=package, cwd=tmp_path).stdout
    [found] = json.loads(audited)["sources"]
    assert (found["records"], found["rejected"]) == ({"paper": 1}, 1)
    assert found["fields"][0] == {"path": "shelf", "records": 1, "used": False}
    assert found["reasons"][0][1:] == [3, "'in print' is no year"]
    done = graphbuild(
        "build", "list.txt", "-o", "g", "--on-error", "skip", path=package, cwd=tmp_path
    )
    assert done.returncode == 0
    titles = graphbuild(
        "query", "SELECT ?t { ?p a gb:Paper ; dcterms:title ?t }", "-g", "g", path=package, cwd=tmp_path
    )  # fmt: skip
    assert titles.stdout.splitlines() == ["t", "On Looms"]


def test_plugin_is_imported_only_when_an_input_needs_it(tmp_path, package):
    (package / "loom_list.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    (tmp_path / "own.jsonl").write_text('{"title": "x", "authors": []}', encoding="utf-8")
    assert graphbuild("build", "--help", path=package, cwd=tmp_path).returncode == 0
    done = graphbuild("build", "own.jsonl", "-o", "g", path=package, cwd=tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("find", "replace", "said"),
    [
        (
            "COLUMNS =",
            "import nowhere\nCOLUMNS =",
            "ModuleNotFoundError: No module named 'nowhere'",
        ),
        ("FORMAT =", "FORM =", "AttributeError: module 'loom_list' has no attribute 'FORMAT'"),
        ('NAME = "loom-list"', 'NAME = "other"', "it is no Format named 'loom-list'"),
        ("return head.text", "return head.txet", "AttributeError"),
        ("return Paper(", "return dict(", "TypeError: yields dict, not a record"),
        ("yield source_of", "source_of", "TypeError: yields Paper, not the Source of the input"),
        ("year, title, authors, _ = cells", "year, title = cells", "ValueError: too many values"),
    ],
)
def test_broken_plugin_is_named(tmp_path, package, find, replace, said):
    code = block("python")
    assert find in code
    (package / "loom_list.py").write_text(code.replace(find, replace), encoding="utf-8")
    (tmp_path / "list.txt").write_text(LIST, encoding="utf-8")
    done = graphbuild("build", "list.txt", "-o", "g", path=package, cwd=tmp_path)
    assert done.returncode == 5
    [line] = done.stderr.splitlines()
    assert line.startswith("Error: plug-in 'loom-list' of loom-list 1.0 is broken (")
    assert said in line
    assert graphbuild("sources", path=package, cwd=tmp_path).returncode == 0
