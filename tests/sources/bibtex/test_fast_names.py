"""Plain names are read at once, with the result of taking them apart."""

from hypothesis import given
from hypothesis import strategies as st

from graphbuild.sources.bibtex import names
from graphbuild.sources.bibtex.reader import POINTER

WORDS = (
    "Ada",
    "B.",
    "Jean-Luc",
    "J.-L.",
    "von",
    "De",
    "Example",
    "O'Hara",
    "Žofie",
    "McSample",
    "II",
)
NAMES = st.lists(st.sampled_from([*WORDS, "0001", "{X}", ",", "Ada  B"]), max_size=5).map(" ".join)


@given(NAMES)
def test_a_plain_name_is_read_as_any_other(written):
    assert names.parsed(written) == names._taken_apart(written)


@given(NAMES)
def test_a_name_of_dblp_is_read_as_any_other(written):
    name = names._taken_apart(names.HOMONYM.sub("", written))
    known = names.name_id(names.clean(names._readable(written)))
    ids = (known,) if known and not name.organization else ()
    assert names.dblp_name(written) == name._replace(ids=ids)


def test_most_names_are_plain():
    found = ("Ada B. Example", "Jean-Luc Sample", "Bo Sample 0001", "Ada von X")
    assert [bool(names.PLAIN.fullmatch(each)) for each in found] == [True, True, False, False]


def test_pointers_are_found_in_any_case_as_whole_words():
    text = 'crossref = {a}, XRef="b", xdata = c, mycrossref = {d}, Crossref = {e}\n  xref={f}'
    assert [each[1].strip() for each in POINTER.finditer(text)] == [
        "a",
        "b",
        "c, mycrossref =",
        "e",
        "f",
    ]


def test_one_word_may_have_a_suffix():
    assert names.parsed("Sample, Jr.") == names.Name("Sample Jr.")
    assert names.parsed(", II") == names.Name("II")
