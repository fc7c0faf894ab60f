"""Papers out of BibTeX and BibLaTeX."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.parts import Container, Count, Event, OrganizationName, Relation, VenueName
from graphbuild.records import Paper, Rejected, Source
from graphbuild.sources.bibtex.reader import fields_of, read_bibtex, recognises
from graphbuild.sources.files import Head, InputFile


def read(tmp_path, text):
    path = tmp_path / "a.bib"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    source, *records = read_bibtex(InputFile(str(path), path, "ab" * 32, 1))
    assert isinstance(source, Source)
    return records


def paper(tmp_path, text):
    [record] = read(tmp_path, text)
    assert isinstance(record, Paper), record
    return record


def test_an_article(tmp_path):
    record = paper(
        tmp_path,
        r"""% preface
@Article{loom24,
  author = {Example, Ada and {Loom Group} and others}, title = {{\"U}ber {L}ooms \& $x^2$},
  journal = {Journal of Looms}, issn = {1570-0844}, volume = 3, number = {1-2}, pages = {7--19},
  year = 2024, month = 3 # "~" # may, doi = {https://doi.org/10.1000/LOOM\_1},
  isbn = {978-3-16-148410-0}, keywords = {looms; weaving, art}, language = {ngerman},
  note = {Code: \url{https://github.com/ada/loom_x}}, url = {https://example.org/~ada},
  publisher = {M\"uller}, pmid = {12345}, times-cited = {7}, eid = {e12}, edition = {2nd},
  abstract = {We {weave}.}, license = {CC-BY-4.0}, subtitle = {A Study},
}""",
    )
    assert (record.title, record.title_written) == (
        "Über Looms & x²", r"{\"U}ber {L}ooms \& $x^2$",
    )  # fmt: skip
    assert (record.abstract, record.abstract_written) == ("We weave.", "We {weave}.")
    assert [(a.name, a.family, a.organization) for a in record.authors] == [
        ("Ada Example", "Example", False), ("Loom Group", "", True),
    ]  # fmt: skip
    assert [a.name_written for a in record.authors] == ["", "{Loom Group}"]
    assert record.author_list == "truncated"
    assert (record.issued.value, record.issued.written) == ("2024-05-03", "3 may 2024")
    assert record.ids == ("doi:10.1000/loom_1", "pmid:12345", "isbn:9783161484100")
    assert (record.kind, record.kind_written, record.language) == ("article", "article", "de")
    assert record.venue == VenueName("Journal of Looms", ("issn:1570-0844",), "journal")
    assert (record.volume, record.issue) == ("3", "1-2")
    assert (record.first_page, record.last_page, record.article_number) == ("7", "19", "e12")
    assert record.keywords == ("looms", "weaving", "art")
    assert record.publisher == OrganizationName("Müller")
    assert record.urls == ("https://example.org/~ada",)
    assert [link.repository for link in record.code_links] == ["github.com/ada/loom_x"]
    assert record.counts == (Count("citation-count", 7),)
    assert (record.edition, record.licenses, record.other_titles) == (
        "2nd", ("CC-BY-4.0",), ("A Study",),
    )  # fmt: skip
    origin = record.origins[0]
    assert (origin.line, origin.id, origin.text) == (2, "loom24", "@Article{loom24,")


def test_parts_inherit_from_their_volume(tmp_path):
    part, volume = read(
        tmp_path,
        """@inproceedings{p, title={Part}, author={Ada Example}, crossref={V1}, pages={3}}
@proceedings{v1, title={Looms 2024}, editor={Bo Sample}, year=2024, publisher={Acme},
  doi={10.1000/v}, isbn={978-3-16-148410-0}}""",
    )
    assert part.container == Container(
        "Looms 2024", ("doi:10.1000/v", "isbn:9783161484100"), "proceedings"
    )
    assert (part.issued.value, part.publisher.name, part.ids) == ("2024", "Acme", ())
    assert [(a.name, a.role) for a in part.authors] == [
        ("Ada Example", "author"), ("Bo Sample", "editor"),
    ]  # fmt: skip
    assert (volume.kind, volume.author_list) == ("proceedings", "complete")
    assert volume.ids == ("doi:10.1000/v", "isbn:9783161484100")


def test_xdata_lends_its_fields(tmp_path):
    record = paper(
        tmp_path,
        "@book{b, title={T}, xdata={x, none}}\n@xdata{x, publisher={Acme}, date={2001-02/2001-05}}",
    )
    assert (record.publisher.name, record.issued.value) == ("Acme", "2001-02")
    assert record.issued.written == "2001-02/2001-05"


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ("date={2001-02-03}", "2001-02-03"), ("date={2001-02/}", "2001-02"),
        ("date={2001-02-03/2001-02-05}", "2001-02-03"), ("date={1990~}", None),
        ("date={199X}", None), ("year={c. 1990}", None), ("year={in press}", None),
        ("year={2001}, month=feb", "2001-02"), ("year={2001}, month={13}", "2001"),
        ("year={2001}, month={May--June}", "2001"), ("year={2001}, month={2}, day={30}", "2001-02"),
        ("year={2001}, month={February 3}", "2001-02-03"), ("month=feb", None),
    ],
)  # fmt: skip
def test_dates_are_as_precise_as_stated(tmp_path, fields, value):
    issued = paper(tmp_path, f"@misc{{a, title={{T}}, {fields}}}").issued
    assert (issued.value if issued else None) == value


@pytest.mark.parametrize(
    ("entry", "kind", "word"),
    [
        ("@phdthesis{a, type={Diploma thesis}", "masters-thesis", "Diploma thesis"),
        ("@thesis{a, type={phdthesis}", "doctoral-thesis", "phdthesis"),
        ("@mastersthesis{a", "masters-thesis", "mastersthesis"),
        ("@techreport{a, number={TR-1}", "report", "techreport"),
        ("@InBook{a", "chapter", "inbook"), ("@dataset{a", "dataset", "dataset"),
        ("@movie{a", "other", "movie"), ("@misc{a", None, "misc"),
        ("@misc{a, eprint={2401.00001}, archivePrefix={arXiv}", "preprint", "misc"),
        ("@article{a, journal={CoRR}, volume={abs/2401.00001}", "preprint", "article"),
    ],
)  # fmt: skip
def test_kinds(tmp_path, entry, kind, word):
    record = paper(tmp_path, f"{entry}, title={{T}}}}")
    assert (record.kind, record.kind_written) == (kind, word)
    assert record.report_number == ("TR-1" if kind == "report" else "")
    assert record.ids == (("arxiv:2401.00001",) if kind == "preprint" else ())


def test_the_eprint_of_a_published_paper_is_another_version(tmp_path):
    record = paper(
        tmp_path,
        "@article{a, title={T}, journal={Looms}, eprint={2401.00001v2}, eprinttype={arxiv}}",
    )
    assert (record.ids, record.kind) == ((), "article")
    assert record.relations == (Relation("version-of", "arxiv:2401.00001"),)


def test_dblp_entries(tmp_path):
    record = paper(
        tmp_path,
        """@inproceedings{DBLP:conf/looms/Sample24, title = {On Looms}, year = {2024},
  booktitle = {LOOMS}, crossref = {conf/looms/2024}, author = {Bo Sample 0002 and Ada Example},
  url = {http://www.aclweb.org/anthology/P99-1001}}""",
    )
    assert record.ids == ("dblp:conf/looms/Sample24", "acl:P99-1001")
    assert [(a.name, a.ids) for a in record.authors] == [
        ("Bo Sample", ("dblp-name:Bo_Sample_0002",)), ("Ada Example", ("dblp-name:Ada_Example",)),
    ]  # fmt: skip
    assert record.venue == VenueName("LOOMS", ("dblp-stream:conf/looms",), "conference")
    assert record.container == Container("LOOMS", ("dblp:conf/looms/2024",), "proceedings")
    assert record.urls == ()


def test_repeated_and_empty_fields_of_dblp(tmp_path):
    record = paper(
        tmp_path,
        "@proceedings{conf/looms/2024, editor={A B}, editor={C D 0001}, title={Looms},\n"
        "  isbn={978-3-16-148410-0}, isbn={0-306-40615-2}, author = {}, series={LNCS}}",
    )
    assert [(a.name, a.position, a.role) for a in record.authors] == [
        ("A B", 1, "editor"), ("C D", 2, "editor"),
    ]  # fmt: skip
    assert record.ids == (
        "dblp:conf/looms/2024", "isbn:9783161484100", "isbn:9780306406157",
    )  # fmt: skip
    assert record.author_list == "complete"


def test_software_and_events(tmp_path):
    whole, version, talk = read(
        tmp_path,
        """@software{loom, title={Loom}, author={Ada Example}, license={MIT}, year=2020,
  repository={https://gitlab.com/ada/loom}}
@softwareversion{loom2, version={2.0}, year=2024, crossref={loom}}
@inproceedings{t, title={T}, booktitle={P}, eventtitle={Looms 2024}, venue={Oslo}, eventdate={2024-05}}
""",
    )
    assert whole.code_links[0].repository == "gitlab.com/ada/loom"
    assert whole.code_links[0].official
    assert (version.title, version.kind, version.edition) == ("Loom", "software", "2.0")
    assert version.issued.value == "2024"
    assert talk.event == Event("Looms 2024", place="Oslo", date="2024-05")


def test_malformed_identifiers_are_kept(tmp_path):
    record = paper(tmp_path, "@misc{a, title={T}, doi={none}, isbn={123}, howpublished={Print}}")
    assert record.malformed_ids == (("doi", "none"), ("isbn", "123"))


def test_one_bad_entry_costs_one_entry(tmp_path):
    first, bad, untitled, last = read(
        tmp_path,
        "@misc{a, title={A}}\n@misc{b, title={B\n@misc{c, year={2024}}\n@misc{d, title={D}}\n@set{e, entryset={a}}",
    )
    assert (first.title, last.title) == ("A", "D")
    assert (bad.line, bad.id) == (2, "b")
    assert (untitled.line, untitled.id) == (3, "c")
    assert untitled.reason == "it states no title, no authors and no identifier"


def test_bytes_of_no_encoding_cost_their_entry(tmp_path):
    text = "@misc{a, title={" + "é" * 30 + "}}\n@misc{b, title={"
    bad = read(tmp_path, text.encode() + b"\xff}}\n@misc{c, title={C}}")
    assert [type(record) for record in bad] == [Paper, Rejected, Paper]
    assert bad[1].reason == "it holds bytes that are not UTF-8"


def test_fields_are_told(tmp_path):
    path = tmp_path / "a.bib"
    path.write_text("@misc{a, title={T}, price={3}}")
    [stated] = fields_of(InputFile(str(path), path, "ab" * 32, 1))
    assert stated == {"title": True, "price": False}


def head(text, name="x"):
    return Head(text.encode(), text, name)


def test_recognition():
    assert recognises(head("% one\n\n@misc{a, title={T}}"))
    assert recognises(head("@string{a = {b}}"))
    assert recognises(head("prose\n" * 60 + "@misc{a,\n", "x.bib"))
    assert recognises(Head("@misc{a,}".encode("utf-16-be"), "\0@", "x"))
    for text in (
        "prose\n" * 60 + "@misc{a,\n", "```\n@misc{a, b}", "{}\n@misc{a,", "<p>\n@misc{a,",
        "---\nx: 1\n---\n@misc{a,", "[\n@misc{a,", "ada@example.org", "TY  - JOUR\n@x(", "",
    ):  # fmt: skip
        assert not recognises(head(text)), text


@given(st.text(max_size=300) | st.text(alphabet='@misc{}title=",#\\ \n', max_size=300))
def test_any_text_gives_records(tmp_path_factory, text):
    folder = tmp_path_factory.getbasetemp()
    path = folder / "any.bib"
    path.write_bytes(text.encode(errors="replace"))
    for record in read_bibtex(InputFile(str(path), path, "ab" * 32, 1)):
        assert isinstance(record, (Source, Paper, Rejected))


def records_of(path: Path):
    return list(read_bibtex(InputFile(str(path), path, "ab" * 32, path.stat().st_size)))[1:]


def test_every_nasty_file_is_read(shared):
    """Nothing in 125 files is malformed; entries that say nothing are told."""
    counts = Counter()
    for path in sorted((shared / "data/bibtex").rglob("*.bib")):
        with path.open("rb") as stream:
            start = stream.read(65_536)
        assert recognises(Head(start, start.decode(errors="ignore"), path.name)), path.name
        for record in records_of(path):
            counts[type(record)] += 1
            if isinstance(record, Rejected):
                assert record.reason.startswith("it states no title"), path.name
    assert counts[Paper] + counts[Rejected] == 916
    assert counts[Rejected] <= 20


@pytest.mark.parametrize("name", ["LE-withBOM", "BE-withBOM", "LE-noBOM", "BE-noBOM"])
def test_utf16_of_the_nasty_files(shared, name):
    [record] = records_of(shared / f"data/bibtex/jabref/tiny-{name}.bib")
    assert record.authors[0].family == "Verwilghen"


def test_gbk_of_the_nasty_files(shared):
    [record] = records_of(shared / "data/bibtex/gbk_test.bib")
    assert (record.authors[0].name, record.venue.name) == ("凯撒", "测试期刊")


def test_all_of_dblp(shared):
    records = [r for p in sorted((shared / "data/dblp/bib").rglob("*.bib")) for r in records_of(p)]
    assert all(isinstance(record, Paper) for record in records)
    kinds = Counter(record.kind for record in records)
    assert (len(records), kinds["proceedings"]) == (9684, 266)
    assert kinds == {"proceedings": 266, "article": 563, "conference-paper": 8855}
    by_key = {record.origins[0].id: record for record in records}
    volume = by_key["conf/esws/2014s"]
    assert [a.family for a in volume.authors] == [
        "Presutti", "Blomqvist", "Troncy", "Sack", "Papadakis", "Tordai",
    ]  # fmt: skip
    numbered = {i for r in records for a in r.authors for i in a.ids if i[-4:].isdigit()}
    assert "dblp-name:Peter_Haase_0001" in numbered
