"""What is installed is what the checkout holds, under one top-level name."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import graphbuild
from graphbuild.resources import walk

ROOT = Path(__file__).resolve().parents[1]


def test_checkout_runs_without_installation(tmp_path):
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "--version"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert done.stdout == f"graphbuild, version {graphbuild.__version__}\n"


def test_version_is_the_same_everywhere():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    ontology = (ROOT / "ontology" / "graphbuild.ttl").read_text(encoding="utf-8")
    assert re.findall(r"^## \[(.+?)\]", changelog, re.MULTILINE)[0] == graphbuild.__version__
    assert f"version: {graphbuild.__version__}\n" in citation
    assert f'owl:versionInfo "{graphbuild.__version__}"' in ontology


def test_data_folders_hold_no_python():
    for folder in ("ontology", "queries", "shapes"):
        assert list((ROOT / folder).rglob("*.py")) == []


@pytest.mark.slow
def test_wheel_has_one_top_level_name_and_all_data(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)],
        check=True, capture_output=True,
    )  # fmt: skip
    [wheel] = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name.partition("/")[0] for name in names if ".dist-info" not in name} == {"graphbuild"}
    for folder, suffixes in (
        ("ontology", (".ttl", ".jsonld")),
        ("queries", (".rq",)),
        ("shapes", (".ttl",)),
    ):
        for suffix in suffixes:
            assert walk(folder, suffix) != [] or folder == "queries"
            assert {f"graphbuild/{folder}/{path}" for path in walk(folder, suffix)} <= names
    for path in (ROOT / "graphbuild").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert str(path.relative_to(ROOT)) in names
