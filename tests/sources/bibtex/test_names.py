"""Lists of names, and names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.sources.bibtex.names import dblp_name, name_list, parsed, split_list


@pytest.mark.parametrize(
    ("written", "given", "family", "suffix"),
    [
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven", ""),
        ("van Beethoven, Ludwig", "Ludwig", "van Beethoven", ""),
        ("Jean de La Fontaine", "Jean", "de La Fontaine", ""),
        ("King, Jr., Martin Luther", "Martin Luther", "King", "Jr."),
        ("Martin Luther King, Jr.", "Martin Luther", "King", "Jr."),
        ("{Caputo}, F.", "F.", "Caputo", ""),
        (r"Gustav Bostr\"{o}m", "Gustav", "Boström", ""),
        (r"Krej{\v{c}}{\'{\i}}, Pavel", "Pavel", "Krejčí", ""),
        (r"{\O}ystein Ore", "Øystein", "Ore", ""),
        (r"{\'e}milie du Ch{\^a}telet", "", "", ""),
        ("Donald~E. Knuth", "Donald E.", "Knuth", ""),
        ("Raboso, {Lee-ann}", "Lee-ann", "Raboso", ""),
        ("given=Hans, family=Harman, prefix=von", "Hans", "von Harman", ""),
        ("{Doe, Jane}", "Jane", "Doe", ""),
    ],
)
def test_parts_of_names(written, given, family, suffix):
    name = parsed(written)
    assert (name.given, name.family, name.suffix) == (given, family, suffix)
    assert not name.organization


@pytest.mark.parametrize("written", ["{Institute of Looms}", "{NASA}", "{Barnes and Noble, Inc.}"])
def test_braces_around_all_make_an_organisation(written):
    assert parsed(written).organization
    assert parsed(written).name == written.strip("{}")


@pytest.mark.parametrize("written", ["可热", "Aristotle", "{J. Doe}", "jean de la fontaine"])
def test_names_without_parts(written):
    assert parsed(written).name == written.strip("{}")
    assert (parsed(written).family, parsed(written).organization) == ("", False)


def test_lists():
    assert split_list("A and\n B AND C") == ["A", "B", "C"]
    assert split_list("{A and B} and C and ") == ["{A and B}", "C"]
    assert split_list("") == split_list(" and ") == []


def test_others_cut_the_list_off():
    people, status = name_list(["Ada Example and others"], "author")
    assert ([person.name for person in people], status) == (["Ada Example"], "truncated")
    assert name_list(["A and B"], "author")[1] == "complete"
    assert name_list([""], "author") == ((), "unknown")
    assert [p.position for p in name_list(["A", "B and C"], "editor")[0]] == [1, 2, 3]


def test_dblp_tells_people_of_one_name_apart():
    name = dblp_name("Bo Sample 0001")
    assert (name.name, name.family, name.ids) == (
        "Bo Sample", "Sample", ("dblp-name:Bo_Sample_0001",),
    )  # fmt: skip
    assert dblp_name("Zoë Loom").ids == ("dblp-name:Zoë_Loom",)


@given(st.text(max_size=80))
def test_any_text_is_a_list_of_names(text):
    people, _ = name_list([text], "author")
    assert [person.position for person in people] == list(range(1, len(people) + 1))


@given(st.text(alphabet="{}\\, aAand'\"~", max_size=60))
def test_any_name_can_be_read(text):
    assert isinstance(parsed(text).name, str)
    assert isinstance(dblp_name(text).name, str)
