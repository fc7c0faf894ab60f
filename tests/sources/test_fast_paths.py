"""What is done fast for most texts gives what the plain way gives for all."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from graphbuild import tex
from graphbuild.sources import introductions, texts
from graphbuild.sources.markup import without_markup
from graphbuild.tex import plain_text
from graphbuild.text import CONTROL, clean

WORDS = (
    "propose|We present|rebuild|builds|design|introducing|Proposes|SDNet|(LDN)|Long Descriptive Net|"
    "(|)|, |. |: | | |-|_|é|1|termed |we call it |which we name |called|OTOv2|that|as |also |“"
)
PIECES = st.sampled_from(WORDS.split("|"))
TEXTS = st.lists(PIECES, max_size=30).map("".join)
SIGNS = st.text(st.sampled_from("a~-`'$\\{}^_<>&;% \n\t\x00\x85\u00a0\u0301e\u2028\ud800bé1"))


@given(st.text() | SIGNS)
def test_clean(text):
    plain = " ".join(unicodedata.normalize("NFC", CONTROL.sub(" ", text)).split())
    assert clean(text) == plain


def without_looking_first(text: str) -> str:
    """Resolve TeX as `plain_text` does, every step whether there is something to do or not."""
    text = tex._commands(f"{tex.MATH.sub(tex._math, text)}\\;").removesuffix("\\;")
    text = text.replace("``", "“").replace("''", "”").replace("---", "—")
    text = tex.TIE.sub(" ", tex.EN_DASH.sub("–", text))
    return " ".join(tex.ESCAPED.sub(r"\1", text).split())


@given(SIGNS)
def test_tex_is_resolved_as_if_every_step_were_needed(text):
    resolved = plain_text(text)
    assert " ".join(resolved.split()) == without_looking_first(text)
    if not re.search(r"[\\$]|``|''|--|~", text):
        assert resolved == text


@given(SIGNS)
def test_readable_text_is_that_of_its_markup(text):
    plain = without_markup(text)
    assert texts.readable_text(text) == (plain_text(plain) if set(plain) & set("\\${") else plain)


@given(TEXTS)
def test_verbs_are_those_at_the_border_of_a_word(text):
    plain = re.finditer(rf"\b{introductions.VERB}", text)
    found = introductions._verbs(text)
    assert [each.span() for each in found] == [each.span() for each in plain]


@given(TEXTS)
def test_what_stands_behind_verbs_is_found_as_by_one_pattern(text):
    for pattern in (introductions.PROPOSED, introductions.EXPANDED):
        plain = re.finditer(rf"\b{introductions.VERB}{pattern.pattern}", text)
        verbs = list(introductions._verbs(text))
        found = introductions._behind(verbs, pattern, text)
        assert [words for _, words in found] == [each[0] for each in plain]


@given(TEXTS)
def test_where_a_name_is_called_stands_a_word_that_is_looked_for_first(text):
    if introductions.CALLED.search(text):
        assert any(word in text for word in introductions.CALLING)
