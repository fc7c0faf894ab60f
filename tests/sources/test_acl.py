"""The ACL Anthology: volumes, papers, people and venues of all vintages."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.errors import InputError
from graphbuild.parts import Affiliation, Container, Event, Relation
from graphbuild.records import Author, Paper, Rejected, Source, Venue
from graphbuild.sources import format_of
from graphbuild.sources.acl import acl_fields, read_acl
from graphbuild.sources.acl_registers import read_people, read_venue
from graphbuild.sources.files import InputFile

META = """<meta><booktitle>Proceedings of the 3rd <fixed-case>L</fixed-case>oom Workshop</booktitle>
<editor><first>Ed</first><last>Itor</last></editor><publisher>Loom Press</publisher>
<month>May</month><year>2026</year><url hash="1">2026.loom-1</url><venue>loom</venue><venue>ws</venue>
<isbn>978-3-16-148410-0</isbn></meta><frontmatter><url hash="2">2026.loom-1.0</url></frontmatter>"""
PAPER = """<paper id="7"><title>Weaving in <tex-math>O(n^2)</tex-math> with <i>a &lt; b</i></title>
<author id="ada-example" orcid="0000-0002-1825-0097"><first>Ada</first><last>Example</last>
<affiliation>Loom University</affiliation>
<variant script="hani"><first>达</first><last>艾</last></variant></author>
<author orcid="0000-0002-1825-0098"><last>Plato</last></author>
<pages>1–11</pages><abstract>Code will be at https://github.com/ada/loom.</abstract>
<url hash="3">2026.loom-1.7</url><doi>10.1000/LOOM.7</doi><language>zho</language>
<revision id="1" href="2026.loom-1.7v1" hash="4"/>
<revision id="2" href="2026.loom-1.7v2" hash="5" date="2026-06-01">Mends a thread.</revision>
<erratum id="1" hash="6" date="2026-07-01">2026.loom-1.7e1</erratum>
<retracted date="2026-08-01">It came apart.</retracted><award>Best Thread</award>
<attachment type="software" hash="7">2026.loom-1.7.zip</attachment><video href="2026.loom-1.7.mp4"/>
<pwccode url="https://github.com/ada/loom" additional="true">ada/loom</pwccode>
<pwcdataset url="https://paperswithcode.com/dataset/threads">Threads</pwcdataset></paper>"""
EVENT = """<event id="loom-2026"><meta><title>Looms 2026</title><location>Loom City</location>
<dates>May 1–3</dates></meta><colocated><volume-id>2026.thread-1</volume-id></colocated></event>"""


def file_of(tmp_path, content, name="2026.loom.xml"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return InputFile(str(path), path, "ab" * 32, 1)


def read(tmp_path, *papers, event=EVENT, meta=META):
    text = f'<collection id="2026.loom"><volume id="1" type="proceedings">{meta}{"".join(papers)}'
    file = file_of(tmp_path, f"{text}</volume>{event}</collection>")
    assert format_of(file) == "acl-collection"
    source, *records = read_acl(file)
    assert isinstance(source, Source)
    return records


def test_volume_comes_before_its_papers(tmp_path):
    volume, paper = read(tmp_path, PAPER)
    assert (volume.kind, volume.title) == ("proceedings", "Proceedings of the 3rd Loom Workshop")
    assert volume.ids == ("acl:2026.loom-1", "isbn:9783161484100")
    assert [(a.name, a.role, a.position) for a in volume.authors] == [("Ed Itor", "editor", 1)]
    assert volume.venue.ids == ("acl-venue:loom",)
    assert volume.relations == (Relation("part-of", "acl-venue:ws"),)
    assert volume.issued.value == "2026-05"
    assert paper.container == Container(volume.title, volume.ids, "proceedings")
    assert (paper.kind, paper.issued, paper.venue) == (
        "workshop-paper",
        volume.issued,
        volume.venue,
    )
    event = Event("Looms 2026", ("acl-event:loom-2026",), "", "Loom City", "May 1–3")
    assert volume.event == paper.event == event


def test_paper_has_all_that_its_element_states(tmp_path):
    _, paper = read(tmp_path, PAPER)
    assert (paper.title, paper.title_written) == (
        "Weaving in O(n²) with a < b",
        "Weaving in $O(n^2)$ with a < b",
    )
    ada, plato = paper.authors
    assert (ada.name, ada.given, ada.family, ada.other_names) == (
        "Ada Example",
        "Ada",
        "Example",
        ("艾达",),
    )
    assert ada.ids == ("acl-person:ada-example", "orcid:0000-0002-1825-0097")
    assert ada.affiliations == (Affiliation("Loom University"),)
    assert (plato.name, plato.position, plato.given) == ("Plato", 2, "")
    assert plato.malformed_ids == (("orcid", "0000-0002-1825-0098"),)
    assert paper.ids == ("acl:2026.loom-1.7", "doi:10.1000/loom.7")
    assert (paper.first_page, paper.last_page, paper.language) == ("1", "11", "zh")
    assert (paper.awards, paper.retracted, paper.origins[0].id) == (
        ("Best Thread",),
        True,
        "2026.loom-1.7",
    )
    assert "https://aclanthology.org/attachments/2026.loom-1.7.zip" in paper.urls
    assert [(r.label, r.date and r.date.value, r.note, r.url) for r in paper.revisions] == [
        ("v1", None, "", "https://aclanthology.org/2026.loom-1.7v1.pdf"),
        ("v2", "2026-06-01", "Mends a thread.", "https://aclanthology.org/2026.loom-1.7v2.pdf"),
        ("erratum 1", "2026-07-01", "", "https://aclanthology.org/2026.loom-1.7e1.pdf"),
        ("retracted", "2026-08-01", "It came apart.", ""),
    ]


def test_code_that_papers_with_code_had_found_is_stated_by_the_source(tmp_path):
    _, paper = read(tmp_path, PAPER)
    code, data = paper.code_links
    assert (code.repository, code.stance, code.official) == (
        "github.com/ada/loom",
        "released",
        True,
    )
    assert (code.stated, code.in_text, code.sentence) == (
        True,
        True,
        "Code will be at https://github.com/ada/loom.",
    )
    assert (data.stance, data.contents, data.in_text, data.sentence) == (
        "mentioned",
        ("data",),
        False,
        "Threads",
    )
    assert paper.code_flag


def test_empty_code_element_is_a_flag_without_a_place(tmp_path):
    _, paper = read(
        tmp_path, '<paper id="1"><title>T</title><pwccode url="" additional="true"/></paper>'
    )
    assert (paper.code_flag, paper.code_links, paper.author_list) == (True, (), "unknown")
    assert paper.ids == ("acl:2026.loom-1.1",)


def test_malformed_paper_costs_itself(tmp_path):
    good = '<paper id="2"><title>T</title></paper>'
    no_title = '<paper id="3"><author><last>X</last></author></paper>'
    _, bad, kept, untitled = read(tmp_path, '<paper id="1"><title>T</paper>', good, no_title)
    assert isinstance(bad, Rejected)
    assert bad.id == "1"
    assert kept.ids == ("acl:2026.loom-1.2",)
    assert untitled.reason == "paper 2026.loom-1.3 has no title"


def test_broken_meta_leaves_papers_without_a_volume(tmp_path):
    bad, paper = read(
        tmp_path, '<paper id="1"><title>T</title></paper>', event="", meta="<meta>&</meta>"
    )
    assert isinstance(bad, Rejected)
    assert (paper.container, paper.kind) == (None, None)


def test_unread_fields_are_told(tmp_path):
    file = file_of(
        tmp_path, f'<collection id="c"><volume id="1">{META}{PAPER}</volume></collection>'
    )
    unread = {path for fields in acl_fields(file) for path, used in fields.items() if not used}
    assert "paper/revision/@hash" in unread
    assert not unread & {"paper/title", "paper/author/@orcid", "paper/pwccode/@url", "meta/venue"}


def test_counts_of_real_collections(shared):
    def records(folder):
        for path in sorted((shared / "data/acl-anthology" / folder / "xml").glob("*.xml")):
            yield from read_acl(InputFile(str(path), path, "ab" * 32, 1))

    old = [r for r in records("2024-06") if isinstance(r, Paper) and r.kind != "proceedings"]
    assert len(old) == 2132
    assert sum(p.code_flag for p in old) == 909
    assert sum(p.retracted for p in old) == 1
    new = [r for r in records("2025-11") if isinstance(r, Paper) and r.kind != "proceedings"]
    assert len(new) == 584
    authors = [a for p in new for a in p.authors]
    assert (
        sum(any(i.startswith("orcid:") for i in a.ids) + len(a.malformed_ids) for a in authors)
        == 331
    )
    assert sum(bool(a.affiliations) for a in authors) == 447
    [paper] = [p for p in old if "doi:10.18653/v1/2021.eacl-main.1" in p.ids]
    assert (paper.first_page, paper.last_page, len(paper.authors)) == ("1", "11", 1)


VARIANTS = """- canonical: {first: Øre, last: Example}
  variants:
  - {first: O., last: Example}
- canonical: {first: Bo, last: Sample}
  id: bo-sample-loom
  similar: [bo-sample]
- canonical: {last: 王}
- canonical: nobody
"""
PEOPLE = """ada-example:
  comment: Loom University
  names:
  - {first: Ada, last: Example}
  - {first: A., last: Example}
  orcid: 0000-0002-1825-0097
"""


def test_people_of_all_generations(tmp_path):
    file = file_of(tmp_path, VARIANTS, "name_variants.yaml")
    assert format_of(file) == "acl-register"
    _, ore, bo, unknown, wrong = read_people(file)
    assert (ore.ids, ore.name, ore.other_names) == (
        ("acl-person:ore-example",),
        "Øre Example",
        ("O. Example",),
    )
    assert (bo.ids, bo.not_ids) == (("acl-person:bo-sample-loom",), ("acl-person:bo-sample",))
    assert (unknown.line, unknown.reason) == (
        7,
        "the Anthology's id of '王' is not known; state it",
    )
    assert isinstance(wrong, Rejected)
    file = file_of(tmp_path, PEOPLE, "people.yaml")
    assert format_of(file) == "acl-register"
    _, ada = read_people(file)
    assert ada == Author(
        ids=("acl-person:ada-example", "orcid:0000-0002-1825-0097"), name="Ada Example",
        origin=ada.origin, given="Ada", family="Example", other_names=("A. Example",),
    )  # fmt: skip


def test_venue_is_known_by_the_name_of_its_file(tmp_path):
    file = file_of(
        tmp_path,
        "acronym: LOOM\nname: Looms and\n  Threads\nurl: https://loom.example\n",
        "loom.yaml",
    )
    assert format_of(file) == "acl-venue"
    _, venue = read_venue(file)
    assert venue == Venue(
        ids=("acl-venue:loom",), name="Looms and Threads", origin=venue.origin,
        other_names=("LOOM",), urls=("https://loom.example",),
    )  # fmt: skip


def test_real_people_and_venues(shared):
    folder = shared / "data/acl-anthology"
    path = folder / "2024-06/yaml/name_variants.yaml"
    records = list(read_people(InputFile(str(path), path, "ab" * 32, 1)))
    assert [type(r) for r in records] == [Source, *[Author] * 3427]
    for path in folder.glob("*/yaml/venues/*.yaml"):
        assert format_of(InputFile(str(path), path, "ab" * 32, 1)) == "acl-venue"


@pytest.mark.parametrize("reader", [read_acl, read_people, read_venue])
@given(content=st.binary())
def test_any_bytes_are_read_or_rejected(tmp_path_factory, reader, content):
    with suppress(InputError):  # Bytes that begin like a compressed file are a damaged one.
        list(reader(file_of(tmp_path_factory.mktemp("any"), content)))
