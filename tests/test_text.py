import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from graphbuild.text import CONTROL, clean, name_key, visible


def test_controls_and_superfluous_space_are_removed():
    assert clean("a\x1b[2J\x00b \n\t c\ufffe") == "a [2J b c"


def test_text_is_composed():
    assert clean("Rene\u0301") == "Ren\u00e9"


def test_terminal_escapes_are_shown_not_obeyed():
    assert visible("a\x1b[31mred\u202e") == "a\\x1b[31mred"


def test_key_ignores_case_accents_and_punctuation():
    assert name_key("OTOV2: Automatic—Größe!") == "otov2 automatic grosse"


def test_vowel_signs_of_other_scripts_count():
    assert name_key("कमल") != name_key("कमला")
    assert name_key("Größe, कमला!") == "grosse कमला"


@given(st.text(st.characters(codec="ascii")) | st.text())
def test_quick_way_for_clean_text_changes_nothing(text):
    whole = " ".join(unicodedata.normalize("NFC", CONTROL.sub(" ", text)).split())
    assert clean(text) == whole
