"""Entries and fields of BibTeX, and what a malformed entry costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.sources.bibtex.syntax import Entry, Malformed, entries, macros, portions


def read(text):
    return list(entries(text, macros(text)))


def fields(text):
    [entry] = read(text)
    assert isinstance(entry, Entry), entry
    return entry.fields


def test_values_in_all_their_forms():
    text = """@string{name = {Journal} # " of "} @string(Looms = "Looms")
    @Article (key:1 ,
      Title = "A {"}quoted{"} {T}itle", journal = NAME # looms, YEAR=2024, month = 1 # "~" # jan,
      unknown = nobody)"""
    [entry] = read(text)
    assert (entry.kind, entry.key, entry.line) == ("article", "key:1", 2)
    assert entry.fields == {
        "title": 'A {"}quoted{"} {T}itle', "journal": "Journal of Looms", "year": "2024",
        "month": "1~jan", "unknown": "nobody",
    }  # fmt: skip


def test_macros_may_be_defined_after_their_use():
    assert fields("@misc{a, title = t}\n@string{t = {Later}}") == {"title": "Later"}


def test_fields_may_repeat():
    [entry] = read("@misc{a, editor={A}, title={T}, editor={B}, editor={C}}")
    assert entry.fields["editor"] == "A"
    assert entry.all("editor") == ["A", "B", "C"]
    assert entry.all("author") == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("@misc{two words , title={T}}", "two words"),
        ("@misc{,title={T}}", ""),
        ("@misc{\n title={T}}", ""),
        ("@misc{a\n, title={T}\n, }", "a"),
        ("@misc{a, title={T}", "a"),
        ("@misc{a, title={T} year={2024}}", "a"),
        ("@misc{a, % a comment, = {\n title={T}}", "a"),
        ("@misc{可热2013, title={T},,}", "可热2013"),
    ],
)
def test_liberties_that_other_programs_take(text, key):
    [entry] = read(text)
    assert isinstance(entry, Entry)
    assert (entry.key, entry.fields["title"]) == (key, "T")


def test_what_is_outside_of_entries_is_comment():
    text = r"""Mail ada@example.org (at home) about @misc things.
    @comment{@misc{hidden, title={Hidden}}}
    @Comment this one has no braces
    @preamble{"\def\x#1{\ifmmode{#1}\fi}" # "@"}
    @misc{shown, title={Shown}} trailing"""
    assert [entry.key for entry in read(text)] == ["shown"]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("@misc{bad, title={never closed,\n year={2024}", "brace that opens the value of title"),
        ('@misc{bad, title="never closed,\n year={2024}}', "quotation mark"),
        ("@misc{bad, title={T}},\n year={2024}}", "a closing brace too many"),
        ("@misc{bad, title=, year=2024}", "title has no value"),
        ("@misc{bad, = {T}}", "no field"),
        ("@misc(bad, title={T}}", "} where ) should end"),
        ("@string{bad = {never closed}", ""),
    ],
)
def test_a_malformed_entry_costs_no_other(broken, reason):
    text = f"@misc{{a, title={{A}}}}\n{broken}\n\n@misc{{b, title={{B}}}}\n@string{{x = {{y}}}}\n"
    found = read(text)
    assert [entry.key for entry in found if isinstance(entry, Entry)] == ["a", "b"]
    bad = [entry for entry in found if isinstance(entry, Malformed)]
    assert [(each.key, each.line) for each in bad] == ([("bad", 2)] if reason else [])
    assert all(reason in each.reason for each in bad)


def test_a_malformed_macro_is_reported_too():
    [bad] = read("@string{bad = }\n")
    assert (bad.reason, bad.line) == ("@string: bad has no value", 1)


def test_only_wanted_entries():
    text = "@misc{a, title={A}}\n@misc{b, title={B}}"
    assert [e.key for e in entries(text, {}, frozenset({"b"}))] == ["b"]


@given(st.text(alphabet='@{}()"=,#%a1 \n\\', max_size=200) | st.text(max_size=200))
def test_any_text_is_split(text):
    for found in read(text):
        assert text[found.start] == "@"
        assert found.start < found.end <= len(text)
        assert found.line == text.count("\n", 0, found.start) + 1


PIECES = (
    "% Encoding: UTF-8\n@string{j = {Looms}}\n\n", "@article{a, title={A}, journal=j}\n",
    "  @comment{ hides\n@article{no, title={No}}\n}\n", "@book(b, title={B}, crossref={c})\n",
    "@comment{never closed\n", "@book{broken, title={\n", "@book{c, title={C @ home}}\r", "text\n",
    "@preamble{\"x\n@y{\"}\n", "@book{d, title={D}} @book{e, title={E}}",
)  # fmt: skip


def told(found, line):
    return found._replace(start=0, end=0, line=found.line + line - 1)


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.integers(1, 40))
def test_parts_of_a_text_hold_the_same_entries(pieces, size):
    text = "".join(pieces)
    cut = [text[at : at + size] for at in range(0, len(text), size)]
    parts = list(portions(cut))
    assert "".join(part for _, part in parts) == text
    known = macros(text)
    in_parts = [told(each, line) for line, part in parts for each in entries(part, known)]
    assert in_parts == [told(each, 1) for each in entries(text, known)]


def test_text_in_parts_is_given_out_as_it_comes():
    parts = portions(f"@book{{k{number}, title={{T}}}}\n" for number in range(100))
    assert max(len(part) for _, part in parts) < 60
