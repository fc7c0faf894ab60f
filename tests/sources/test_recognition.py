"""Each real file has the format that it should have, and no reader claims another's."""

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from graphbuild.errors import UnknownFormatError
from graphbuild.sources import SOURCES, format_of
from graphbuild.sources.files import InputFile
from tests.sources.fuzz import NOT_SEEDS

UNREAD = "-"
EXPECTED = (
    ("*/SOURCE.md", UNREAD),
    ("*README*", UNREAD),
    ("arxiv/categories_v2.md", UNREAD),
    ("author-disambiguation/*", UNREAD),
    ("ror/matching-gold/*", UNREAD),
    ("acl-anthology/*/xml/*.xml", "acl-collection"),
    ("acl-anthology/*/yaml/venues/*.yaml", "acl-venue"),
    ("acl-anthology/*/yaml/*.yaml", "acl-register"),
    ("arxiv/atom/*.xml", "arxiv-atom"),
    ("arxiv/oai-arxivraw/*.xml", "arxiv-oai"),
    ("arxiv/kaggle/*", "arxiv-kaggle"),
    ("arxiv/tsv/*", "arxiv-tsv"),
    ("bibtex/*.bib", "bibtex"),
    ("cff-codemeta/*.cff", "cff"),
    ("cff-codemeta/codemeta-examples/*.json", "rdf"),
    ("crossref/crossref.xml", "crossref-xml"),
    ("crossref/*.json*", "crossref"),
    ("csl-json/*.json", "csl"),
    ("datacite/*.json", "datacite"),
    ("datacite/*.xml", "datacite-xml"),
    ("dblp/bib/*.bib", "bibtex"),
    ("dblp/csl-yaml/*.yaml", "csl"),
    ("dblp/xml/*.xml", "dblp"),
    ("dblp/xml/*.dtd", UNREAD),
    ("jats/*.nxml", "jats"),
    ("jose/*.crossref.xml", "crossref-xml"),
    ("jose/*.jats", "jats"),
    ("openalex/*/manifest", "openalex-manifest"),
    ("openalex/*/merged_ids/*", "openalex-merged-ids"),
    ("openalex/*", "openalex"),
    ("opencitations-meta/*.csv", "opencitations-meta"),
    ("orcid/*", "orcid"),
    ("paperswithcode/*.json", "pwc-tables"),
    ("pmlr/*.bib", "bibtex"),
    ("pmlr/*/_config.yml", "pmlr"),
    ("pmlr/*/_posts/*.md", "pmlr"),
    ("profile/*.txt", "profile-page"),
    ("ris/*/example_wos.ris", UNREAD),
    ("ris/*.ris", "ris"),
    ("ror/ror-v*.jsonl", "ror"),
    ("semopenalex/*", "rdf"),
    ("vivo/*", "rdf"),
)
"""Patterns of files, the first that fits counts. Nobody may claim what is no source: notes on where
files come from, a DTD, a page about categories, gold for measuring identity, and tagged text of the
Web of Science, which looks like RIS and is not."""

NO_SOURCES = NOT_SEEDS
"""Folders of test suites and of vocabularies: what is in them is no input."""


def recognised(path: Path) -> str:
    try:
        return format_of(InputFile(str(path), path, "ab" * 32, path.stat().st_size))
    except UnknownFormatError:
        return UNREAD


def test_every_real_file_has_its_format(shared):
    data = shared / "data"
    wrong, checked = {}, 0
    for path in sorted(each for each in data.rglob("*") if each.is_file()):
        name = str(path.relative_to(data))
        wanted = next((form for pattern, form in EXPECTED if fnmatch(name, pattern)), "no pattern")
        if not name.startswith((*NO_SOURCES, ".")):
            checked += 1
            found = recognised(path)
            if found != wanted:
                wrong[name] = found
    assert wrong == {}
    assert checked > 400


@pytest.mark.parametrize("name", SOURCES)
def test_format_has_a_name_that_can_be_typed_and_a_summary(name):
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name)
    assert SOURCES[name].name == name
    assert 0 < len(SOURCES[name].summary) <= 100
