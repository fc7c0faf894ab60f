"""Records of one's own in a table: cells, ragged rows, quotes, line breaks, huge cells."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.errors import InputError
from graphbuild.parts import VenueName
from graphbuild.records import Institution, Paper, Redirect, Rejected, Source
from graphbuild.sources.files import LONGEST_LINE, Head, InputFile
from graphbuild.sources.own_tables import MOST_LINES, read_table, recognises, stated_fields

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "own-records.md"


def table(tmp_path, text: str | bytes) -> InputFile:
    path = tmp_path / "table.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(errors="surrogateescape"))
    return InputFile(str(path), path, "ab" * 32, 1)


def read(tmp_path, text: str | bytes):
    source, *records = read_table(table(tmp_path, text))
    assert isinstance(source, Source)
    return records


def test_table_of_the_guide(tmp_path):
    [text] = re.findall(r"```csv\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    looms, threads = read(tmp_path, text)
    assert (looms.title, looms.issued.value) == ("On Looms", "2024-05")
    assert looms.ids == ("doi:10.1000/looms",)
    assert looms.venue == VenueName("Loom Letters")
    assert (looms.volume, looms.first_page, looms.last_page) == ("3", "1", "9")
    assert looms.keywords == ("looms", "cards")
    assert [(a.name, a.position, a.ids) for a in looms.authors] == [
        ("Ada Example", 1, ("orcid:0000-0002-1825-0097",)),
        ("Bo Sample", 2, ()),
    ]
    assert threads.title == 'Threads, and "Knots"'
    assert [(a.name, a.given, a.family) for a in threads.authors] == [
        ("Cy Specimen", "Cy", "Specimen")
    ]
    assert threads.ids == ()
    assert threads.origins[0].line == 3


@pytest.mark.parametrize(
    ("mark", "encoding"), [("", "utf-8"), ("\ufeff", "utf-8"), ("\ufeff", "utf-16-le")]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimiter_and_encoding_are_seen(tmp_path, delimiter, mark, encoding):
    text = f"{mark}Title|Authors|Other Titles\r\nOn Lööms|Ada|On Weaving\r\n".replace(
        "|", delimiter
    )
    [paper] = read(tmp_path, text.encode(encoding))
    assert (paper.title, paper.authors[0].name, paper.other_titles) == (
        "On Lööms",
        "Ada",
        ("On Weaving",),
    )


def test_other_types_identifiers_and_roles(tmp_path):
    rows = (
        "type,title,name,ror,country,old,new,issn,editors,retracted,venue,url\n"
        "institution,,Loom University,02jbv0t02,GB,,,,,,,https://lu.example/; https://l.example/\n"
        "redirect,,,,,ror:02jbv0t02,wikidata:Q1,,,,,\n"
        ",On Looms,,,,,,1570-0844,Ed Itor,yes,Loom Letters,\n"
        ",On Cards,,,,,,1570-0845,,no,,\n"
    )
    university, redirect, looms, cards = read(tmp_path, rows)
    assert isinstance(university, Institution)
    assert (university.ids, university.country) == (("ror:02jbv0t02",), "GB")
    assert university.urls == ("https://lu.example/", "https://l.example/")
    assert isinstance(redirect, Redirect)
    assert looms.venue == VenueName("Loom Letters", ("issn:1570-0844",))
    assert [(a.name, a.role) for a in looms.authors] == [("Ed Itor", "editor")]
    assert cards.malformed_ids == (("issn", "1570-0845"),)
    assert (looms.retracted, cards.retracted) == (True, False)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("On Looms", "1 cells, but the header has 3"),
        ("On Looms,Ada,2024,more", "4 cells, but the header has 3"),
        ('"On Looms,Ada,2024', "a quote not closed"),
        ('"On "Looms",Ada,2024', "a quote not closed or not doubled"),
        (",Ada,2024", "a paper needs a title"),
        ("On Looms,Ada,May or so", "'May or so' is no date such as 2024"),
        ("On Looms,Ada [orcid,2024", "is no person: write Name"),
        ("On Looms,Ada [nowhere:1],2024", "identifier 'nowhere:1' needs one of these"),
        ("On L\udcf6\udcf6ms,Ada,2024", "it holds bytes that are not UTF-8"),
        ("x" * LONGEST_LINE + "x,Ada,2024", "a line is longer than 1,000,000 characters"),
    ],
)
def test_row_that_is_wrong_costs_itself_only(tmp_path, row, reason):
    before, bad, after = read(tmp_path, f"title,authors,year\nA,Ada,2023\n{row}\nB,Bo,2024\n")
    assert (before.title, after.title) == ("A", "B")
    assert isinstance(bad, Rejected)
    assert reason in bad.reason
    assert bad.line == 3
    assert after.origins[0].line == 4


def test_cells_hold_line_breaks_but_a_quote_left_open_does_not_swallow_the_file(tmp_path):
    many = "".join(f"Paper {n},Ada\n" for n in range(3 * MOST_LINES))
    records = read(tmp_path, f'title,authors\n"Two\nlines","Ada\n"\n"Open,Ada\n{many}')
    assert (records[0].title, records[0].authors[0].name) == ("Two lines", "Ada")
    assert (records[1].line, records[1].text) == (5, '"Open,Ada')
    assert len(records) == 2 + 3 * MOST_LINES
    assert sum(isinstance(each, Rejected) for each in records) == 1


def test_many_bad_rows_do_not_pile_up(tmp_path):
    records = read(tmp_path, "title,authors\n" + 'a "b,c\n"x"y,z\n' * 3_000)
    assert len(records) == 6_000
    assert {type(each) for each in records} == {Paper, Rejected}


def test_surplus_cells_that_are_empty_do_no_harm(tmp_path):
    [paper] = read(tmp_path, "title,authors\nOn Looms,Ada,,,\n\n")
    assert paper.title == "On Looms"


def test_column_named_twice_is_an_error(tmp_path):
    with pytest.raises(InputError, match=r"table\.csv:1: the column 'title' is there twice"):
        read(tmp_path, "title,authors,Title\n")


def test_two_columns_of_one_field_are_joined_or_rejected(tmp_path):
    rows = "title,authors,doi,ids,year,issued\nA,,10.1000/a,arxiv:2401.00001,2024,\nB,,,,2024,2024-05\n"
    joined, doubtful = read(tmp_path, rows)
    assert joined.ids == ("doi:10.1000/a", "arxiv:2401.00001")
    assert doubtful.reason == "two columns say what 'issued' is"


def test_columns_that_nobody_knows_are_told(tmp_path):
    found = list(stated_fields(table(tmp_path, "title,authors,shelf\nA,Ada,3\nB,,\nragged\n")))
    assert found == [{"title": True, "authors": True, "shelf": False}, {"title": True}]


@pytest.mark.parametrize(
    ("header", "known"),
    [
        ("title,authors,year", True),
        ("Year;Authors;Title", True),
        ('"title"\t"authors"', True),
        ("type,name,ror", True),
        ("id,title,author,pub_date,venue,volume,issue,page,type,publisher,editor", False),
        ('{"title": "x", "authors": []}', False),
        ("title: On Looms", False),
        ("", False),
    ],
)
def test_table_is_recognised_by_its_header(header, known):
    assert recognises(Head(header.encode(), f"{header}\n", "x")) is known


CELLS = st.text(st.characters(codec="utf-8") | st.sampled_from('",;\n\r[]\t\0'))


@given(st.lists(CELLS), st.sampled_from(["title,authors,doi,pages,retracted", "type,name,ids"]))
def test_any_text_is_read_or_rejected(tmp_path_factory, rows, header):
    folder = tmp_path_factory.mktemp("any")
    for record in read(folder, "\n".join([header, *rows])):
        assert isinstance(record, Rejected) or record
