"""Posts of PMLR: front matter, official software, abstracts in Markdown, settings of a volume."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from graphbuild.errors import InputError
from graphbuild.parts import Container, VenueName
from graphbuild.records import Rejected, Source
from graphbuild.sources import SOURCES, format_of
from graphbuild.sources.files import InputFile
from graphbuild.sources.pmlr import FORMAT, read_pmlr

POST = """---
title: Looms of $O(n)$
abstract: We *weave* `fast` in $a*b*c$ with
  [Loom](https://loom.example).
openreview: abcDEF1234
software: https://github.com/ada/loom
layout: inproceedings
series: Proceedings of Machine Learning Research
publisher: PMLR
issn: 2640-3498
id: example26a
tex_title: Looms of {$O(n^2)$}
firstpage: 12
lastpage: 34
author:
- given: Ada
  family: Example
- given: ''
  family: Plato
date: &1 2026-05-01
issued: *1
container-title: Proceedings of the Loom Conference
volume: '999'
genre: inproceedings
section: Oral
pdf: https://loom.example/example26a.pdf
extras:
- label: Supplementary PDF
  link: https://loom.example/more.pdf
- label: Code
  link: https://github.com/ada/more
---
"""
CONFIG = """---
booktitle: Proceedings of the Loom Conference
shortname: LOOM
year: '2026'
volume: '999'
start: &1 2026-04-01
end: 2026-04-03
published: 2026-05-01
layout: proceedings
series: Proceedings of Machine Learning Research
publisher: PMLR
editor:
- given: Ed
  family: Itor
conference:
  name: Loom Conference
  location: Loom City
  dates:
  - *1
"""


def file_of(tmp_path, content):
    path = tmp_path / "post.md"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return InputFile(str(path), path, "ab" * 32, 1)


def read(tmp_path, content):
    file = file_of(tmp_path, content)
    assert format_of(file) == "pmlr"
    source, record = read_pmlr(file)
    assert isinstance(source, Source)
    return record


def test_post(tmp_path):
    paper = read(tmp_path, POST)
    assert (paper.title, paper.ids) == ("Looms of O(n)", ("openreview:abcDEF1234",))
    assert paper.abstract == "We weave fast in a*b*c with Loom (https://loom.example)."
    assert [(a.name, a.given, a.position) for a in paper.authors] == [
        ("Ada Example", "Ada", 1),
        ("Plato", "", 2),
    ]
    stated = [link for link in paper.code_links if link.stated]
    assert [(c.repository, c.official, c.stance) for c in stated] == [
        ("github.com/ada/loom", True, "released"),
        ("github.com/ada/more", True, "released"),
    ]
    assert (paper.code_flag, paper.issued.value, paper.volume) == (True, "2026-05-01", "999")
    assert (paper.first_page, paper.last_page) == ("12", "34")
    assert paper.container == Container("Proceedings of the Loom Conference", kind="proceedings")
    series = "Proceedings of Machine Learning Research"
    assert paper.venue == VenueName(series, ("issn:2640-3498",), "book-series", ("PMLR",))
    assert paper.urls == (
        "https://proceedings.mlr.press/v999/example26a.html",
        "https://loom.example/example26a.pdf",
        "https://loom.example/more.pdf",
    )


def test_settings_describe_the_volume(tmp_path):
    volume = read(tmp_path, CONFIG)
    assert (volume.kind, volume.authors[0].role) == ("proceedings", "editor")
    assert (volume.event.name, volume.event.place) == ("Loom Conference 2026", "Loom City")
    assert volume.event.date == "2026-04-01 to 2026-04-03"
    assert volume.urls == ("https://proceedings.mlr.press/v999/",)


def test_mistake_is_told_with_its_line(tmp_path):
    bad = read(tmp_path, POST.replace("- given: ''\n  family: Plato", "- Plato"))
    assert isinstance(bad, Rejected)
    assert (bad.line, bad.reason) == (18, "author[2] must be a mapping")
    broken = read(tmp_path, POST.replace("id: example26a", "id: 'example"))
    assert broken.reason.startswith("no YAML")


def test_unread_fields_are_told(tmp_path):
    [fields] = FORMAT.fields(file_of(tmp_path, POST))
    assert [name for name, used in fields.items() if not used] == ["section"]


def test_bibtex_of_a_volume_states_software_and_openreview(tmp_path):
    entry = "@inproceedings{a26, title={Looms}, author={Example, Ada}, openreview={abcDEF1234}, "
    file = file_of(tmp_path, entry + "software={https://github.com/ada/loom}}")
    _, paper = SOURCES["bibtex"].read(file, None)
    assert paper.ids == ("openreview:abcDEF1234",)
    assert [(c.repository, c.official, c.stated) for c in paper.code_links] == [
        ("github.com/ada/loom", True, True)
    ]


def test_real_posts(shared):
    posts = sorted((shared / "data/pmlr/v270-corl2024/_posts").glob("*.md"))
    papers = [list(read_pmlr(InputFile(str(p), p, "ab" * 32, 1)))[1] for p in posts]
    assert len(papers) == 44
    written = [path.read_text(encoding="utf-8").count("\nsoftware: ") for path in posts]
    assert [paper.code_flag for paper in papers] == [bool(n) for n in written]


@given(st.binary() | st.text().map(lambda text: f"---\n{text}\n---".encode(errors="replace")))
def test_any_bytes_are_read_or_rejected(tmp_path_factory, content):
    with suppress(InputError):  # Bytes that begin like a compressed file are a damaged one.
        list(read_pmlr(file_of(tmp_path_factory.mktemp("any"), content)))
