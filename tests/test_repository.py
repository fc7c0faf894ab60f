"""What may not be in the repository, and what must be."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
SENTENCE = re.compile(r"[^.!?\n]{60,}[.!?]")
FOREIGN = re.compile(r"(?<![\w/])/(?:work|home|root)/[a-z]|/tmp/(?!graph)|127\.0\.0\.1:(?!9\b)\d")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Return the text of every file that belongs to the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("this is no git checkout")
    paths = [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    return {name: (ROOT / name).read_text(encoding="utf-8", errors="replace") for name in paths}


def test_no_sentence_of_a_real_page_is_in_the_repository(shared, texts):
    pages = (path.read_text(encoding="utf-8") for path in (shared / "data/profile").glob("*.txt"))
    sentences = {sentence.strip() for page in pages for sentence in SENTENCE.findall(page)}
    assert len(sentences) > 100
    everything = {name: " ".join(text.split()) for name, text in texts.items()}
    taken = [(name, s) for s in sentences for name, text in everything.items() if s in text]
    assert taken == []


def test_no_path_of_one_machine_is_in_the_repository(texts):
    found = {
        name: match[0]
        for name, text in texts.items()
        if name != "tests/test_repository.py" and (match := FOREIGN.search(text))
    }
    assert found == {}


def test_links_between_documents_lead_somewhere(texts):
    broken = [
        (name, target)
        for name, text in texts.items()
        if name.endswith(".md")
        for target in LINK.findall(text)
        if not ((ROOT / name).parent / target.replace("\n", "")).exists()
    ]
    assert broken == []


def test_citation_file_says_what_the_format_asks_for(texts):
    citation = yaml.safe_load(texts["CITATION.cff"])
    assert {"cff-version", "message", "title", "authors", "version", "license"} <= citation.keys()
    assert (citation["cff-version"], citation["license"]) == ("1.2.0", "Apache-2.0")
    assert all(author.get("name") or author.get("family-names") for author in citation["authors"])


def test_licence_is_complete(texts):
    text = " ".join(texts["LICENSE"].split())
    assert text.startswith("Apache License Version 2.0, January 2004")
    for number, name in ((1, "Definitions"), (4, "Redistribution"), (9, "Accepting Warranty")):
        assert f"{number}. {name}" in text
    assert "END OF TERMS AND CONDITIONS" in text
