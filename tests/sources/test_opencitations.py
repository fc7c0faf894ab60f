"""Tables of OpenCitations Meta."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.errors import InputError
from graphbuild.parts import Container, OrganizationName, VenueName
from graphbuild.records import Paper, Rejected, Source, Venue
from graphbuild.sources.files import Head, InputFile
from graphbuild.sources.opencitations import fields_of, read_opencitations, recognises

HEADER = (
    '"id","title","author","pub_date","venue","volume","issue","page","type","publisher","editor"'
)
ROW = (
    '"doi:10.1000/LOOMS omid:br/061 pmid:7 x:1","On ""Looms""",'
    '"Example, Ada [orcid:0000-0002-1825-0097 omid:ra/06]; Sample, Bo [orcid:0000-0002-1825-0098]; Loom Group",'
    '"2024-5-31","Journal of Looms; and [more] [issn:1570-0844 omid:br/9]","7","2","10-19","journal article",'
    '"Loom Press [crossref:297]","Itor, Ed"'
)


def file_of(tmp_path, text):
    path = tmp_path / "table"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(errors="surrogateescape"))
    return InputFile(str(path), path, "ab" * 32, 1)


def read(tmp_path, *rows):
    source, *records = read_opencitations(file_of(tmp_path, "\n".join([HEADER, *rows])))
    assert isinstance(source, Source)
    return records


def test_everything_that_a_row_states_is_in_the_record(tmp_path):
    [paper] = read(tmp_path, ROW)
    assert paper.ids == ("doi:10.1000/looms", "omid:br/061", "pmid:7")
    assert (paper.title, paper.kind, paper.kind_written) == (
        'On "Looms"',
        "article",
        "journal article",
    )
    assert paper.issued.value == "2024-05-31"
    assert paper.venue == VenueName(
        "Journal of Looms; and [more]", ("issn:1570-0844", "omid:br/9"), "journal"
    )
    assert (paper.volume, paper.issue, paper.first_page, paper.last_page) == ("7", "2", "10", "19")
    assert paper.publisher == OrganizationName("Loom Press")
    ada, bo, group, editor = paper.authors
    assert (ada.name, ada.given, ada.family) == ("Ada Example", "Ada", "Example")
    assert ada.ids == ("orcid:0000-0002-1825-0097", "omid:ra/06")
    assert bo.malformed_ids == (("orcid", "0000-0002-1825-0098"),)
    assert (group.name, group.organization, group.position) == ("Loom Group", True, 3)
    assert (editor.name, editor.role, editor.position) == ("Ed Itor", "editor", 1)
    assert (paper.origins[0].line, paper.origins[0].id) == (2, "doi:10.1000/LOOMS")


def test_chapter_is_in_a_book(tmp_path):
    row = '"doi:10.1/x","T","","","Loom Book [isbn:9783540457152 isbn:1]","","","","book chapter","",""'
    [paper] = read(tmp_path, row)
    assert paper.container == Container("Loom Book", ("isbn:9783540457152",), "book")
    assert (paper.venue, paper.author_list, paper.issued) == (None, "unknown", None)
    assert paper.malformed_ids == (("isbn", "1"),)


def test_journal_is_a_venue(tmp_path):
    journal, work = read(
        tmp_path,
        '"issn:1570-0844","Journal of Looms","","","","","","","journal","Loom Press",""',
        '"","Nameless Series","","","","","","","series","",""',
    )
    assert isinstance(journal, Venue)
    assert (journal.name, journal.kind) == ("Journal of Looms", "journal")
    assert isinstance(work, Paper)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('"doi:10.1/x","T"', "2 fields instead of 11"),
        (ROW.replace("Looms", "\udc80", 1), "bytes that are not UTF-8"),
    ],
)
def test_malformed_row_costs_itself(tmp_path, row, reason):
    _, bad, last = read(tmp_path, ROW, row, ROW)
    assert isinstance(bad, Rejected)
    assert reason in bad.reason
    assert bad.line == 3
    assert isinstance(last, Paper)


def test_field_may_hold_lines_and_be_long(tmp_path):
    many = "; ".join(f"Example, A{n}" for n in range(20_000))
    first, second = read(tmp_path, ROW.replace("On ", "On\n"), ROW.replace("Loom Group", many))
    assert first.title == 'On "Looms"'
    assert second.origins[0].line == 4
    assert len(second.authors) == 20_003


def test_recognition():
    assert recognises(Head(b"", f"\ufeff{HEADER}\r\n{ROW}", "x"))
    assert recognises(Head(b"", HEADER.replace('"', ""), "x"))
    assert not recognises(Head(b"", "id,title,author\n", "x"))


def test_all_fields_are_read(tmp_path):
    [fields] = fields_of(file_of(tmp_path, f"{HEADER}\n{ROW}"))
    assert len(fields) == 11
    assert all(fields.values())


def test_every_real_row_is_read(shared):
    for name, rows in (("1.csv", 1001), ("2.csv", 1007)):
        path = shared / "data" / "opencitations-meta" / name
        _, *papers = read_opencitations(InputFile(name, path, "ab" * 32, 1))
        assert len(papers) == rows
        assert {type(each) for each in papers} == {Paper}
        assert all(each.container and each.ids for each in papers)
    assert papers[0].authors[0].ids == ("orcid:0000-0003-0963-7182",)


@given(st.lists(st.text(st.sampled_from('",;[]: \n\rdoi10./xa')), min_size=1))
def test_any_text_is_read_or_rejected(tmp_path_factory, lines):
    for record in read(tmp_path_factory.mktemp("any"), *lines):
        assert isinstance(record, Rejected | Paper | Venue)


@given(st.binary())
def test_any_bytes_are_read_or_rejected(tmp_path_factory, data):
    try:
        records = list(read_opencitations(file_of(tmp_path_factory.mktemp("any"), data)))
    except InputError:
        return
    assert all(isinstance(record, Rejected | Paper | Venue | Source) for record in records)
