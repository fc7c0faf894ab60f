"""RIS in the ways in which publishers and programs write it."""

import pytest
from hypothesis import given

from graphbuild.parts import Container, Count, VenueName
from graphbuild.records import Paper, Rejected
from graphbuild.sources.files import InputFile
from graphbuild.sources.ris import FORMAT, recognises
from tests.sources.inputs import damaged, head_of, input_of, records_of, survives

SMALL = """Record #1 of 2
TY  - JOUR
ID  - a1
AU  - Example, Ada, Jr.
AU  - Bo Sample
ED  - World Loom Organization
TI  - On Looms and
      their weavers
JF  - Journal of Looms
JO  - J. Looms
SN  - 1570-0844 (electronic)
PY  - 2024
Y1  - 2024/05/03/
DA  - 2024/06/01
PY  - 2023/12/01/received
VL  - 3
IS  - 1-2
SP  - 7-19
LA  - eng
KW  - looms
KW  - weaving
DO  - http://dx.doi.org/10.1000/LOOM.1
UR  - https://example.org/1
N1  - Code: https://github.com/ada/loom
N1  - Cited By :44
AD  - Oslo
U1  - 12345[pmid]
ER  -

TY  - CONF
TI  - Part
T2  - Looms 2024
SN  - 978-3-16-148410-0
M3  - doi: 10.1000/part
TY  - GEN
XX  - only this
ER  - """


def test_an_article():
    paper = records_of(FORMAT, SMALL)[0]
    assert isinstance(paper, Paper)
    assert paper.title == "On Looms and their weavers"
    assert [(a.name, a.given, a.family, a.suffix, a.role) for a in paper.authors] == [
        ("Ada Example Jr.", "Ada", "Example", "Jr.", "author"),
        ("Bo Sample", "Bo", "Sample", "", "author"),
        ("World Loom Organization", "World Loom", "Organization", "", "editor"),
    ]
    assert paper.venue == VenueName(
        "Journal of Looms", ("issn:1570-0844",), "journal", ("J. Looms",)
    )
    assert (paper.issued.value, paper.submitted.value) == ("2024-05-03", "2023-12-01")
    assert (paper.volume, paper.issue, paper.first_page, paper.last_page) == ("3", "1-2", "7", "19")
    assert (paper.language, paper.keywords) == ("en", ("looms", "weaving"))
    assert paper.ids == ("doi:10.1000/loom.1", "pmid:12345")
    assert paper.urls == ("https://example.org/1",)
    assert [link.repository for link in paper.code_links] == ["github.com/ada/loom"]
    assert paper.counts == (Count("citation-count", 44),)
    assert paper.organizations == ("Oslo",)
    assert (paper.origins[0].line, paper.origins[0].id) == (2, "a1")


def test_a_missing_end_and_a_record_that_says_nothing():
    part, empty = records_of(FORMAT, SMALL)[1:]
    assert part.container == Container("Looms 2024", ("isbn:9783161484100",), "proceedings")
    assert (part.ids, part.venue, part.kind) == (("doi:10.1000/part",), None, "conference-paper")
    assert isinstance(empty, Rejected)
    line = SMALL[: SMALL.index("TY  - GEN")].count("\n") + 1
    assert (empty.line, empty.reason) == (line, "it states no title, no authors and no identifier")


@pytest.mark.parametrize(
    ("date", "value"),
    [
        ("2024/05//", "2024-05"), ("2024///", "2024"), ("2024/00/00/", "2024"), ("99", None),
        ("2024/may", "2024-05"), ("YEAR/MONTH/DAY/", None), ("2024/05/01/accepted", None),
    ],
)  # fmt: skip
def test_dates(date, value):
    [paper] = records_of(FORMAT, f"TY  - BOOK\nTI  - T\nPY  - {date}\nER  - ")
    assert (paper.issued.value if paper.issued else None) == value


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(encoding):
    text = SMALL.replace("Bo Sample", "Zoë Großmüller").encode(encoding)
    assert recognises(head_of(text))
    assert records_of(FORMAT, text)[0].authors[1].name == "Zoë Großmüller"


def test_recognition_and_fields(tmp_path):
    assert recognises(head_of(SMALL))
    assert recognises(head_of("\n\nJF  - Looms\nT1  - On Looms\n"))
    for text in ("TY  - x", "@misc{a, title={T}}", "A  - list\n- of things", "", "{}"):
        assert not recognises(head_of(text)), text
    first = next(FORMAT.fields(input_of(tmp_path, SMALL)))
    assert (first["TI"], first["JF"]) == (True, True)
    assert list(FORMAT.fields(input_of(tmp_path, SMALL)))[-1] == {"TY": True, "XX": False}


@given(damaged(SMALL))
def test_any_bytes_are_survived(data):
    survives(FORMAT, data)


def test_the_nasty_files(shared):
    counts = {}
    for path in sorted((shared / "data/ris").rglob("*.ris")):
        if path.name == "example_wos.ris":  # Tags of the Web of Science, not RIS.
            assert not recognises(head_of(path.read_bytes()))
            continue
        assert recognises(head_of(path.read_bytes())), path.name
        _, *records = FORMAT.read(InputFile(path.name, path, "ab" * 32, 1), None)
        counts[path.name] = [isinstance(record, Paper) for record in records]
    assert len(counts) == 33
    assert counts["example_urls.ris"] == [True] * 4
    assert counts["example_multiline.ris"] == [False] * 3  # They hold notes only.
    assert counts["RisImporterCorrupted.ris"] == [True]
