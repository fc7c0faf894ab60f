"""HTML and JATS in titles and abstracts."""

from hypothesis import given
from hypothesis import strategies as st

from graphbuild.sources.markup import without_markup


def test_a_section_that_nobody_knows_is_text():
    assert without_markup("a <![CTY  x]> b <i>c</i>") == "a <![CTY x]> b c"
    assert without_markup("<p>x <![") == "x <!["


@given(st.text(st.sampled_from("<![]>-&;/ipTY?=\"'")))
def test_nothing_that_looks_like_markup_breaks(text):
    assert isinstance(without_markup(text), str)
