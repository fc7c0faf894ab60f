"""Records in our own JSON Lines: short forms, checks, and one line per mistake."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.parts import Affiliation, OrganizationName, VenueName
from graphbuild.records import Author, Paper, Rejected, Software, Source
from graphbuild.sources.files import Head, InputFile
from graphbuild.sources.own_records import FORMAT, read_own_records, recognises

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "library.jsonl"


def read(tmp_path, *rows):
    path = tmp_path / "records.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_bytes("\n".join(lines).encode(errors="surrogateescape"))
    source, *records = read_own_records(InputFile(str(path), path, "ab" * 32, 1))
    assert isinstance(source, Source)
    return records


def test_strings_stand_for_objects_with_a_name(tmp_path):
    [paper] = read(
        tmp_path,
        {
            "title": "On Looms",
            "issued": "2024-05",
            "ids": ["doi:10.1000/LOOMS", "issn:1"],
            "authors": ["Ada Example", {"name": "Bo", "role": "editor", "affiliations": ["acme"]}],
            "venue": "Journal of Looms",
        },
    )
    assert isinstance(paper, Paper)
    assert (paper.issued.value, paper.issued.written) == ("2024-05", "2024-05")
    assert (paper.ids, paper.malformed_ids) == (("doi:10.1000/looms",), (("issn", "1"),))
    assert [(a.name, a.position, a.role) for a in paper.authors] == [
        ("Ada Example", 1, "author"),
        ("Bo", 1, "editor"),
    ]
    assert paper.authors[1].affiliations == (Affiliation("acme"),)
    assert paper.venue == VenueName("Journal of Looms")
    assert paper.origins[0].line == 1


def test_malformed_identifier_of_a_part_is_kept_by_what_it_is_part_of(tmp_path):
    [paper] = read(
        tmp_path,
        {
            "title": "x",
            "venue": {"name": "v", "ids": ["issn:1", "openalex:S12"]},
            "funding": [{"funder": {"name": "f", "ids": ["ror:2"]}}],
            "authors": [
                {
                    "name": "Ada",
                    "affiliations": [{"organizations": [{"name": "o", "ids": ["ror:3"]}]}],
                }
            ],
        },
    )
    assert paper.malformed_ids == (("issn", "1"), ("ror", "2"))
    assert paper.venue == VenueName("v", ("openalex:S12",))
    assert paper.authors[0].malformed_ids == (("ror", "3"),)


def test_texts_are_made_readable_and_searched(tmp_path):
    [paper] = read(
        tmp_path,
        {
            "title": "LOOM: {\\'E}tude",
            "authors": ["Ada"],
            "abstract": "We propose LOOM. Code is available at https://github.com/ada/loom.",
            "comment": "see https://github.com/ada/more",
        },
    )
    assert (paper.title, paper.title_written) == ("LOOM: Étude", "LOOM: {\\'E}tude")
    assert [link.repository for link in paper.code_links] == [
        "github.com/ada/loom",
        "github.com/ada/more",
    ]
    assert [each.name for each in paper.introduces] == ["LOOM"]


def test_every_type_is_read(tmp_path):
    author, software = read(
        tmp_path,
        {
            "type": "author", "ids": ["orcid:0000-0002-1825-0097"], "name": "Ada", "id": "a1",
            "affiliations": [{"organizations": ["acme"]}],
        },
        {"type": "software", "name": "loom", "repository": "https://github.com/ada/loom"},
    )  # fmt: skip
    assert isinstance(author, Author)
    assert isinstance(software, Software)
    assert author.origin.id == "a1"
    assert author.affiliations[0].organizations == (OrganizationName("acme"),)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("{", "no JSON object"),
        ("[1]", "a line must be one JSON object"),
        ({"titel": "x"}, "unknown field 'titel'; did you mean 'title'?"),
        ({"title": "x", "zzz": 1}, "unknown field 'zzz'; it has"),
        ({"authors": []}, "a paper needs a title"),
        ({"title": "x", "issued": "May or so"}, "'May or so' is no date such as 2024"),
        ({"title": "x", "ids": ["10.1/x"]}, "identifier '10.1/x' needs one of these and a colon"),
        ({"title": "x", "authors": "Ada"}, "'Ada' should be a list"),
        ({"title": "x", "kind": "poem"}, "Invalid enum value 'poem'"),
        ({"title": "x", "volume": 7}, "Expected `str`, got `int` - at `$.volume`"),
        ({"title": "x", "authors": [{"name": "a", "aff": "b"}]}, "contains unknown field `aff`"),
        (
            {"type": "subject", "name": "x", "scheme": "y", "ids": ["wikidata:z"]},
            "identifiers of a subject must be right: (('wikidata', 'z'),)",
        ),
        ({"type": "poem"}, "type 'poem' is none of paper, author"),
        ({"type": "venue", "name": "x"}, "missing required field `ids`"),
        ('{"title": "\udc80"}', "it holds bytes that are not UTF-8"),
    ],
)
def test_mistake_costs_its_line_and_says_what_to_mend(tmp_path, row, reason):
    bad, good = read(tmp_path, row, {"title": "Good", "authors": []})
    assert isinstance(bad, Rejected)
    assert reason in bad.reason
    assert bad.line == 1
    assert good.title == "Good"


def test_empty_lines_are_nothing(tmp_path):
    assert len(read(tmp_path, "", {"title": "x", "authors": []}, "  ")) == 1


def test_example_is_read_without_a_mistake():
    file = InputFile(str(EXAMPLE), EXAMPLE, "cd" * 32, 1)
    records = list(read_own_records(file))
    assert not [record for record in records if isinstance(record, Rejected)]
    assert len(records) == len(EXAMPLE.read_text(encoding="utf-8").splitlines()) + 1


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ('{"title": "x", "authors": ["Ada"]}', True),
        ('{"type": "venue", "ids": ["issn:1570-0844"], "name": "x"}', True),
        ('{"id": "https://openalex.org/W1", "title": "x"}', False),
        ('{"type": "journal-article", "title": "x"}', False),
        ('{"type": {"@id": "x"}, "ids": []}', False),
        ("[]", False),
        ("", False),
    ],
)
def test_file_is_recognised_by_its_first_line(line, known):
    assert recognises(Head(line.encode(), line, "x")) is known
    assert FORMAT.recognises(Head(b"", f"\ufeff{line}\n{{", "x")) is known


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "title",
                        "authors",
                        "ids",
                        "type",
                        "venue",
                        "issued",
                        "funding",
                        "topics",
                        "name",
                        "affiliations",
                    ]
                ),
                inner,
            )
        ),
    )
)
def test_any_json_is_read_or_rejected(tmp_path_factory, value):
    folder = tmp_path_factory.mktemp("any")
    for record in read(folder, json.dumps(value)):
        assert isinstance(record, Rejected | Paper | Software | Author) or record.origin
