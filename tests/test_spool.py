"""Records come back from disk as they were; outlines keep what resolving reads."""

import msgspec
import pytest

from graphbuild.errors import GraphError
from graphbuild.parts import Affiliation, Authorship, Origin
from graphbuild.records import Paper, Software, Source
from graphbuild.software import as_paper
from graphbuild.spool import Outline, Spool, read_cached, record_of, write_records

SOURCE = Source("ab", "page", "Ada", "profile-page", "ab" * 32)
PAPERS = [
    Paper(
        f"On Looms {number}",
        "complete",
        (Origin(f"ab-r{number}", number),),
        (
            Authorship("Ed Itor", 1, role="editor"),
            Authorship("Ada Example", 1, ids=("orcid:0000-0002-1825-0097",),
                       affiliations=(Affiliation("Loom Lab"),)),
            Authorship("Bo Sample", 2),
        ),
        abstract="x" * length,
        ids=(f"doi:10.1000/{number}",),
    )
    for number, length in enumerate([0, 100_000, 16_000], 1)
]  # fmt: skip
CODE = Software("Loom", Origin("ab-r9", 9), repository="https://github.com/ada/loom")


@pytest.fixture
def path(tmp_path):
    write_records([SOURCE, *PAPERS, CODE], tmp_path / "records" / "ab-x-1.jsonl")
    return tmp_path / "records" / "ab-x-1.jsonl"


def test_every_paper_is_read_again_by_its_outline(path):
    with Spool() as spool:
        source, *outlines, software = spool.add(path)
        assert source == SOURCE
        assert [spool.paper(each) for each in reversed(outlines)] == PAPERS[::-1]
        assert spool.paper(software) == as_paper(CODE)


def test_records_of_two_files_do_not_mix(path):
    other = path.with_name("cd-x-1.jsonl")
    write_records([PAPERS[2], PAPERS[0]], other)
    with Spool() as spool:
        outlines = [*spool.add(path), *spool.add(other)]
        assert [spool.paper(each) for each in outlines[-2:]] == [PAPERS[2], PAPERS[0]]


def test_outline_keeps_the_first_author_and_no_text(path):
    outline = next(each for each in Spool().add(path) if isinstance(each, Outline))
    assert (outline.title, outline.ids, outline.abstract) == ("On Looms 1", PAPERS[0].ids, "")
    [author] = outline.authors
    assert (author.name, author.position, author.affiliations) == ("Ada Example", 1, ())


def test_identifier_that_was_taken_from_an_outline_is_taken_from_the_paper(path):
    with Spool() as spool:
        outline = next(each for each in spool.add(path) if isinstance(each, Outline))
        changed = msgspec.structs.replace(outline, ids=(), malformed_ids=(("doi", "10.1000/1"),))
        assert spool.paper(changed) == msgspec.structs.replace(
            PAPERS[0], ids=(), malformed_ids=(("doi", "10.1000/1"),)
        )


def test_file_that_changed_meanwhile_is_named(path):
    with Spool() as spool:
        outlines = [each for each in spool.add(path) if isinstance(each, Outline)]
        path.write_bytes(b"{" * 100)
        with pytest.raises(GraphError, match=r"ab-x-1\.jsonl: was changed during the build"):
            spool.paper(outlines[1])


def test_cached_records_are_read_by_file_and_by_key(path):
    assert list(read_cached(path)) == [SOURCE, *PAPERS, CODE]
    assert list(record_of(path.parent, "ab-r2")) == [PAPERS[1]]
    assert list(record_of(path.parent, "ab-r")) == []


def test_reader_that_fails_leaves_no_file(tmp_path):
    def broken():
        yield SOURCE
        raise OSError("disk on fire")

    with pytest.raises(OSError, match="disk on fire"):
        write_records(broken(), tmp_path / "records" / "x.jsonl")
    assert not (tmp_path / "records" / "x.jsonl").exists()
