"""What BibTeX, RIS and CSL write alike: page ranges, languages, identifiers in loose text."""

import re
from functools import lru_cache

from graphbuild.identifiers import identifier

RANGE = re.compile(
    r"\s*([^\s\-\u2010-\u2015]+)\s*(?:-{1,3}|[\u2010-\u2015\u2212])\s*([^\s\-\u2010-\u2015]+)\s*"
)
DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s{}\"]+")
ARXIV_VENUE = re.compile(
    r"(?i)\s*(?:arxiv\b.*|corr|computing research repository(?: \(corr\))?)\s*"
)
ISBN = re.compile(r"[\dXx][\d -]{8,}[\dXx]")
"""What looks like an ISBN inside a text."""

ISSN = re.compile(r"(?<!\d)\d{4}-?\d{3}[\dXx](?!\d)")
"""What looks like an ISSN inside a text."""

FORGE = re.compile(r"git(?:hub|lab)\.|bitbucket\.org|codeberg\.org")
"""What is in the address of a code repository, or of the pages made from one."""

LANGUAGES = {
    "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB",
    "english": "en", "eng": "en", "german": "de", "ngerman": "de", "deutsch": "de", "ger": "de",
    "deu": "de", "french": "fr", "francais": "fr", "français": "fr", "fre": "fr", "fra": "fr",
    "spanish": "es", "espanol": "es", "español": "es", "spa": "es", "italian": "it", "ita": "it",
    "portuguese": "pt", "por": "pt", "brazilian": "pt-BR", "dutch": "nl", "dut": "nl", "nld": "nl",
    "russian": "ru", "rus": "ru", "chinese": "zh", "chi": "zh", "zho": "zh", "japanese": "ja",
    "jpn": "ja", "korean": "ko", "kor": "ko", "polish": "pl", "pol": "pl", "czech": "cs",
    "cze": "cs", "ces": "cs", "hungarian": "hu", "hun": "hu", "swedish": "sv", "swe": "sv",
    "danish": "da", "dan": "da", "norwegian": "no", "norsk": "no", "nor": "no", "finnish": "fi",
    "fin": "fi", "turkish": "tr", "tur": "tr", "greek": "el", "gre": "el", "latin": "la",
    "lat": "la", "arabic": "ar", "ara": "ar", "hebrew": "he", "heb": "he", "ukrainian": "uk",
    "ukr": "uk", "catalan": "ca", "cat": "ca", "romanian": "ro", "rum": "ro",
}  # fmt: skip
"""BCP 47 tags of the names that babel has, of English names, and of codes of ISO 639-2."""

TAG = re.compile(r"[A-Za-z]{2}(?:[-_][A-Za-z]{2,4})?")


@lru_cache(maxsize=4096)
def pages(written: str) -> tuple[str, str]:
    """Return first and last page; what is no range of two pages stays whole.

    >>> pages("121--130"), pages("e12"), pages("1-3, 7")
    (('121', '130'), ('e12', ''), ('1-3, 7', ''))
    """
    match = RANGE.fullmatch(written)
    return (match[1], match[2]) if match else (written.strip(), "")


@lru_cache(maxsize=1024)
def language(written: str) -> str:
    """Return the BCP 47 tag of a language, or its name as written.

    >>> language("ngerman"), language("en_us"), language("Klingon")
    ('de', 'en-US', 'Klingon')
    """
    if TAG.fullmatch(written):
        first, _, region = written.replace("_", "-").partition("-")
        return first.lower() + (f"-{region.upper()}" if region else "")
    return LANGUAGES.get(written.lower(), written)


def doi_in(written: str) -> str:
    """Return the DOI inside a text such as ``http://doi.acm.org/10.1145/1``, else the text.

    >>> doi_in("http://doi.acm.org/10.1145/1137627"), doi_in("none")
    ('10.1145/1137627', 'none')
    """
    if written.startswith("10."):
        return written
    match = DOI.search(written)
    return match[0].rstrip(".,;") if match else written


def is_arxiv(venue: str) -> bool:
    """Say whether a journal's name means arXiv: ``CoRR``, ``arXiv preprint arXiv:1234.56789``.

    >>> is_arxiv("CoRR"), is_arxiv("arXiv preprint arXiv:2401.00001"), is_arxiv("Looms")
    (True, True, False)
    """
    return bool(ARXIV_VENUE.fullmatch(venue))


def arxiv_in(written: str) -> str | None:
    """Return the arXiv number in a text such as ``arXiv preprint arXiv:2401.00001``.

    >>> arxiv_in("CoRR abs/2401.00001"), arxiv_in("abs/cs/0309136v2"), arxiv_in("12")
    ('arxiv:2401.00001', 'arxiv:cs/0309136', None)
    """
    for word in re.split(r"[\s,]+", written):
        found = identifier("arxiv", word.removeprefix("abs/"))
        if found:
            return found
    return None
