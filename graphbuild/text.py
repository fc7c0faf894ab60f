"""Clean text, make keys of it, and show it safely."""

import re
import unicodedata

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML and terminals cannot take: C0 and C1 controls but tab and newline, lone
surrogates and non-characters."""

BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of text around (Unicode Standard Annex 9)."""

NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")
LATIN_MARKS = re.compile("[\u0300-\u036f]")

MOST_DIGITS = 18
"""Digits of the largest number that fits into 64 bits whatever its first digit."""


def clean(text: str) -> str:
    """Return NFC text without control characters, its white space reduced to single spaces."""
    spaced = " ".join(text.split())
    if spaced.isprintable():  # most texts, at a third of the time
        return spaced if spaced.isascii() else unicodedata.normalize("NFC", spaced)
    return " ".join(unicodedata.normalize("NFC", CONTROL.sub(" ", text)).split())


def visible(text: str) -> str:
    """Return text that is safe on a terminal: controls as visible escapes, no direction marks."""
    return BIDI.sub("", CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text))


def name_key(text: str) -> str:
    """Return what two spellings of one name or title share: letters and digits, case folded.

    Accents of Latin letters do not count; the vowel signs of other scripts do.

    >>> name_key("OTOV2: Automatic, User-Friendly"), name_key("René Vidal")
    ('otov2 automatic user friendly', 'rene vidal')
    """
    folded = text.casefold()
    if not folded.isascii():
        plain = LATIN_MARKS.sub("", unicodedata.normalize("NFKD", folded))
        folded = unicodedata.normalize("NFC", plain)
        if not folded.isascii():
            return " ".join("".join(map(_letter_or_space, folded)).split())
    return NOT_ALPHANUMERIC.sub(" ", folded).strip()


def _letter_or_space(sign: str) -> str:
    return sign if unicodedata.category(sign)[0] in "LMN" else " "


def whole_number(text: str) -> int | None:
    """Return the number that ASCII digits write; None for other text, and for absurdly many digits.

    >>> whole_number("1884"), whole_number("9" * 30), whole_number("-1"), whole_number("")
    (1884, None, None, None)
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None


def singular(plural: str) -> str:
    """Return one of several, of the plain words that this program counts.

    >>> singular("papers"), singular("repositories")
    ('paper', 'repository')
    """
    return f"{plural[:-3]}y" if plural.endswith("ies") else plural.removesuffix("s")
