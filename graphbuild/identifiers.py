r"""Identifier schemes: check what sources print, and write each identifier in one form.

An identifier is ``scheme:value``, for example ``doi:10.1000/xyz123`` or
``orcid:0000-0002-1825-0097``; `address` gives its IRI. What breaks the rules of its scheme is
nobody's identifier: readers keep it as written.

Sources of the rules: DOI handbook (10., registrant, suffix; blind to case); ISO 7064 MOD 11-2
(ORCID, ISNI); ROR (Crockford base 32, MOD 97-10); ISSN and ISBN (MOD 11, MOD 10); the help pages
of arXiv, dblp, OpenAlex, PubMed and the ACL Anthology.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

CROCKFORD = {letter: value for value, letter in enumerate("0123456789abcdefghjkmnpqrstvwxyz")}
PLAIN = re.compile(r"[A-Za-z0-9:/._-]*")
ARXIV_DOI = "doi:10.48550/arxiv."
"""How DOIs begin that arXiv gives out itself; its number follows."""

IRI_SAFE = ":/@!$&'()*+,;=-._~"


class Scheme(NamedTuple):
    """How one kind of identifier is written.

    Attributes:
        pattern: what an identifier looks like, inside whatever stands around it in the wild; its
            first group that matched is the value.
        address: what comes before the value in the IRI.
        canonical: makes the one form of a value, or None when its check digit is wrong.
        after: what comes after the value in the IRI.
    """

    pattern: re.Pattern[str]
    address: str
    canonical: Callable[[str], str | None]
    after: str = ""


@lru_cache(maxsize=1 << 15)  # people and organisations are named again and again
def identifier(scheme: str, written: str) -> str | None:
    """Return ``scheme:value`` in canonical form, or None when the text is no such identifier.

    Args:
        scheme: a key of `SCHEMES`.
        written: as a source has it: bare, with the name of the scheme, or as a web address.

    >>> identifier("doi", "https://DX.doi.org/10.1000/ABC"), identifier("issn", "1570-0845")
    ('doi:10.1000/abc', None)
    """
    known = SCHEMES[scheme]
    match = known.pattern.fullmatch(written.strip())
    if match is None:
        return None
    value = known.canonical(next(group for group in match.groups() if group is not None))
    return f"{scheme}:{value}" if value else None


def identifiers(
    pairs: Iterable[tuple[str, str | None]],
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Sort what a record gives as identifiers into good and malformed ones, each once.

    Args:
        pairs: scheme and text; None and blank text are passed over.

    Returns:
        canonical identifiers, and scheme and text of the malformed ones.

    >>> identifiers([("doi", "10.1/x"), ("doi", None), ("orcid", "0000-0002-1825-0098")])
    (('doi:10.1/x',), (('orcid', '0000-0002-1825-0098'),))
    """
    good: dict[str, None] = {}
    malformed: dict[tuple[str, str], None] = {}
    for scheme, written in pairs:
        if not written or not written.strip():
            continue
        found = identifier(scheme, written)
        if found is None:
            malformed[scheme, written.strip()] = None
        else:
            good[found] = None
    return tuple(good), tuple(malformed)


def address(known: str) -> str:
    """Return the IRI of a canonical identifier.

    >>> address("arxiv:math/0309136"), address("doi:10.1000/a<b>")
    ('https://arxiv.org/abs/math/0309136', 'https://doi.org/10.1000/a%3Cb%3E')
    """
    scheme, _, value = known.partition(":")
    return address_of(scheme, value)


def address_of(scheme: str, value: str) -> str:
    """Return the IRI of a canonical identifier whose scheme is taken apart from it already."""
    rule = SCHEMES[scheme]
    safe = value if PLAIN.fullmatch(value) else quote(value, safe=IRI_SAFE)
    return f"{rule.address}{safe}{rule.after}"


def from_url(url: str) -> str | None:
    """Return the identifier that a web address stands for, or None.

    >>> from_url("https://doi.org/10.1000/x"), from_url("https://example.org/10.1000/x")
    ('doi:10.1000/x', None)
    """
    start = url[:60].lower()
    if KNOWN_HOST.search(start) is None:
        return None
    for host, schemes in HOSTS.items():
        if host in start:
            for scheme in schemes:
                found = identifier(scheme, url)
                if found:
                    return found
    return None


def _lower(value: str) -> str:
    return value.lower()


def _upper(value: str) -> str:
    return value.upper()


def _openalex(value: str) -> str:
    return value.lower() if "/" in value else value.upper()


def _doi(value: str) -> str:
    return (unquote(value) if "%" in value else value).lower()


def _arxiv(value: str) -> str:
    """Drop the version; write the archive of an old number in lower case, without its class."""
    bare = re.sub(r"v\d+$", "", value)
    archive, slash, number = bare.partition("/")
    return f"{archive.partition('.')[0].lower()}/{number}" if slash else bare


def _mod_11_2(value: str) -> str | None:
    """Check the last of 16 characters by ISO 7064 MOD 11-2; group them by four."""
    digits = value.replace("-", "").replace(" ", "").upper()
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if digits[-1] != ("X" if check == 10 else str(check)):
        return None
    return "-".join(digits[i : i + 4] for i in range(0, 16, 4))


def _isni(value: str) -> str | None:
    checked = _mod_11_2(value)
    return checked and checked.replace("-", "")


def _ror(value: str) -> str | None:
    """Check the last two digits by MOD 97-10 over the Crockford base 32 number before them."""
    lower = value.lower()
    number = 0
    for letter in lower[1:-2]:
        number = number * 32 + CROCKFORD[letter]
    return lower if 98 - number * 100 % 97 == int(lower[-2:]) else None


def _issn(value: str) -> str | None:
    digits = value.replace("-", "").upper()
    total = sum(
        int(digit) * weight for digit, weight in zip(digits[:7], range(8, 1, -1), strict=True)
    )
    check = -total % 11
    return (
        f"{digits[:4]}-{digits[4:]}" if digits[7] == ("X" if check == 10 else str(check)) else None
    )


def _isbn(value: str) -> str | None:
    """Check ISBN-10 (MOD 11) or ISBN-13 (MOD 10); return ISBN-13 without hyphens."""
    digits = value.replace("-", "").replace(" ", "").upper()
    if len(digits) == 10:
        total = sum((10 - i) * (10 if d == "X" else int(d)) for i, d in enumerate(digits))
        if total % 11:
            return None
        body = f"978{digits[:9]}"
        return f"{body}{_ean(body)}"
    return digits if digits[-1] == _ean(digits[:-1]) else None


def _ean(body: str) -> str:
    return str(-sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(body)) % 10)


def _underscored(value: str) -> str:
    return "_".join(value.replace("_", " ").split())


def _same(value: str) -> str:
    return value


def _scheme(
    pattern: str, address: str, canonical: Callable[[str], str | None] = _same, after: str = ""
) -> Scheme:
    return Scheme(re.compile(pattern, re.IGNORECASE), address, canonical, after)


SITE = r"(?:https?://)?(?:www\.)?"
FOUR = r"\d{4}[- ]?\d{4}[- ]?\d{4}[- ]?\d{3}[\dX]"

SCHEMES = {
    "doi": _scheme(
        rf"(?:(?:doi:\s*)?(?:{SITE}(?:dx\.)?doi\.org/)?|info:doi/)(10\.\d{{1,9}}(?:\.\d+)*/\S+)",
        "https://doi.org/", _doi,
    ),
    "arxiv": _scheme(
        rf"(?:arxiv:\s*)?(?:{SITE}(?:export\.)?arxiv\.org/(?:abs|pdf|html)/|oai:arxiv\.org:)?"
        r"(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[a-z-]{2,})?/\d{7}(?:v\d+)?)(?:\.pdf)?",
        "https://arxiv.org/abs/", _arxiv,
    ),
    "acl": _scheme(
        rf"(?:{SITE}(?:aclanthology\.(?:org|info)|aclweb\.org/anthology)/(?:papers/\w/\w+/|volumes/)?)?"
        r"([A-Z]\d\d-\d{1,4}|\d{4}\.[a-z\d_]+-[a-z\d_]+(?:\.\d+)?)(?:\.pdf|/)?",
        "https://aclanthology.org/", _same, "/",
    ),
    "openalex": _scheme(
        rf"(?:{SITE}(?:api\.)?openalex\.org/(?:[a-z]+/)?)?([WASIFPTCVK]\d+)"
        rf"|(?:{SITE}(?:api\.)?openalex\.org/)?((?:subfields|fields|domains)/\d+)",
        "https://openalex.org/", _openalex,
    ),
    "dblp": _scheme(
        rf"(?:dblp:|{SITE}dblp\.(?:org|uni-trier\.de|dagstuhl\.de)/rec/(?:bibtex/)?)?"
        r"((?:conf|journals|books|series|reference|phd|tr|homepages|persons|data|www)/\S+?)"
        r"(?:\.html|\.xml|\.bib)?",
        "https://dblp.org/rec/",
    ),
    "dblp-person": _scheme(
        rf"(?:{SITE}dblp\.(?:org|uni-trier\.de|dagstuhl\.de)/pid/|homepages/)?"
        r"([a-z\d]+/[\w-]+?)(?:\.html|\.xml)?",
        "https://dblp.org/pid/",
    ),
    "dblp-name": _scheme(
        rf"(?:{SITE}dblp\.org/search\?q=author:)?([^\W\d_][^<>\"{{}}|^`\\\\:/?#\[\]]*?):?",
        "https://dblp.org/search?q=author:", _underscored, ":",
    ),
    "dblp-stream": _scheme(
        rf"(?:{SITE}dblp\.(?:org|uni-trier\.de)/(?:streams|db)/|streams/)?"
        r"((?:conf|journals|series|repo)/[^/\s]+?)(?:/|/index\.html)?",
        "https://dblp.org/streams/",
    ),
    "semantic-scholar": _scheme(
        rf"(?:{SITE}semanticscholar\.org/paper/(?:\S*/)?)?([\da-f]{{40}})",
        "https://www.semanticscholar.org/paper/", _lower,
    ),
    "pmid": _scheme(
        rf"(?:pmid:\s*)?(?:{SITE}(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/)?"
        r"0*([1-9]\d{0,8})/?",
        "https://pubmed.ncbi.nlm.nih.gov/",
    ),
    "pmcid": _scheme(
        rf"(?:pmcid:\s*)?(?:{SITE}(?:pmc\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pmc)/articles/)?"
        r"(?:PMC)?0*([1-9]\d{0,8})/?",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC", _same, "/",
    ),
    "mag": _scheme(r"(?:mag:)?([1-9]\d{3,12})", "https://academic.microsoft.com/paper/"),
    "openreview": _scheme(
        rf"(?:{SITE}openreview\.net/(?:forum|pdf)\?id=)?([\w-]{{8,14}})",
        "https://openreview.net/forum?id=",
    ),
    "pwc": _scheme(
        rf"(?:{SITE}paperswithcode\.com/)?((?:paper|task|method|dataset)/[\w.~%-]+)/?",
        "https://paperswithcode.com/",
    ),
    "omid": _scheme(
        rf"(?:omid:|{SITE}w3id\.org/oc/meta/)?((?:br|ra|re|id|ar)/\d+)", "https://w3id.org/oc/meta/"
    ),
    "isbn": _scheme(
        r"(?:urn:)?(?:isbn(?:-1[03])?:?\s*)?((?:97[89][- ]?)?(?:\d[- ]?){9}[\dX])",
        "urn:isbn:", _isbn,
    ),
    "issn": _scheme(
        rf"(?:urn:)?(?:e?issn:?\s*)?(?:{SITE}portal\.issn\.org/resource/ISSN/)?(\d{{4}}-?\d{{3}}[\dX])",
        "https://portal.issn.org/resource/ISSN/", _issn,
    ),
    "orcid": _scheme(
        rf"(?:orcid:?\s*)?(?:{SITE}(?:sandbox\.)?orcid\.org/)?({FOUR})/?",
        "https://orcid.org/", _mod_11_2,
    ),
    "isni": _scheme(
        rf"(?:isni:?\s*)?(?:{SITE}isni\.org/(?:isni/)?)?({FOUR})", "https://isni.org/isni/", _isni
    ),
    "acl-person": _scheme(
        rf"(?:{SITE}aclanthology\.org/people/(?:\w/)?)?([a-z\d][\w-]*)/?",
        "https://aclanthology.org/people/", _lower, "/",
    ),
    "acl-venue": _scheme(
        rf"(?:{SITE}aclanthology\.org/venues/)?([a-z\d][\w-]*)/?",
        "https://aclanthology.org/venues/", _lower, "/",
    ),
    "acl-event": _scheme(
        rf"(?:{SITE}aclanthology\.org/events/)?([a-z\d][\w-]*)/?",
        "https://aclanthology.org/events/", _lower, "/",
    ),
    "ror": _scheme(
        rf"(?:{SITE}ror\.org/)?(0[a-hj-km-np-tv-z\d]{{6}}\d\d)/?", "https://ror.org/", _ror
    ),
    "grid": _scheme(
        rf"(?:{SITE}grid\.ac/institutes/)?(grid\.\d+\.[\da-f]+)", "https://www.grid.ac/institutes/",
        _lower,
    ),
    "wikidata": _scheme(
        rf"(?:{SITE}wikidata\.org/(?:entity|wiki)/)?(Q[1-9]\d*)",
        "http://www.wikidata.org/entity/", _upper,
    ),
    "swhid": _scheme(
        r"(swh:1:(?:cnt|dir|rel|rev|snp):[\da-f]{40}(?:;\S*)?)", "https://archive.softwareheritage.org/"
    ),
}  # fmt: skip
"""All schemes that are checked, by name."""

HOSTS = {
    "doi.org": ("doi",),
    "arxiv.org": ("arxiv",),
    "aclanthology": ("acl",),
    "aclweb.org": ("acl",),
    "openalex.org": ("openalex",),
    "dblp": ("dblp", "dblp-person"),
    "semanticscholar.org": ("semantic-scholar",),
    "ncbi.nlm.nih.gov/pmc": ("pmcid",),
    "pmc.ncbi": ("pmcid",),
    "ncbi.nlm.nih.gov": ("pmid",),
    "openreview.net": ("openreview",),
    "paperswithcode.com": ("pwc",),
    "w3id.org/oc/meta": ("omid",),
    "portal.issn.org": ("issn",),
    "orcid.org": ("orcid",),
    "isni.org": ("isni",),
    "ror.org": ("ror",),
    "grid.ac": ("grid",),
    "wikidata.org": ("wikidata",),
}
KNOWN_HOST = re.compile("|".join(map(re.escape, HOSTS)))
