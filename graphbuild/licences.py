"""Licences of sources: what they are called, what registers say of theirs, and what allows what.

Stated is only what the publisher of a register says of all its metadata:

    OpenAlex       CC0, https://docs.openalex.org/ (licence)
    arXiv          CC0 for descriptive metadata, https://info.arxiv.org/help/api/tou.html
    ROR            CC0, https://ror.readme.io/docs/data-dump
    ORCID          CC0 for its public data, https://info.orcid.org/public-data-file-use-policy/
    DataCite       CC0 for metadata, https://support.datacite.org/docs/datacite-data-file-use-policy
    dblp           CC0, https://dblp.org/faq/
    OpenCitations  CC0, https://opencitations.net/
    Papers with Code  CC BY-SA 4.0, https://github.com/paperswithcode/paperswithcode-data

Of all other formats a user states it, in ``graph.toml``.
"""

import re

CC = "https://creativecommons.org/"
NAMES = {
    "CC0": f"{CC}publicdomain/zero/1.0/",
    "PDM": f"{CC}publicdomain/mark/1.0/",
    "CC-BY": f"{CC}licenses/by/4.0/",
    "CC-BY-SA": f"{CC}licenses/by-sa/4.0/",
}
"""The licences that have a name here, the freest first: what stands under one may be given on under
each that follows. CC BY-SA of one version may be given on under a later one."""

OF_FORMATS = {
    "CC0": (
        "openalex", "openalex-manifest", "openalex-merged-ids", "arxiv-kaggle", "arxiv-tsv",
        "arxiv-atom", "arxiv-oai", "ror", "orcid", "datacite", "datacite-xml", "dblp",
        "opencitations-meta",
    ),
    "CC-BY-SA": ("pwc-links", "pwc-papers", "pwc-methods", "pwc-datasets", "pwc-tables"),
}  # fmt: skip
"""Under what the sources of a format stand."""

ADDRESS = re.compile(r"^https?://(?:www\.)?creativecommons\.org/(\w+/[\w-]+)/")


def licence_iri(text: str) -> str:
    """Return the IRI of a licence that is given by name or address; empty for anything else.

    >>> licence_iri("CC BY 4.0") == licence_iri("cc-by"), licence_iri("CC-BY-2.0"), licence_iri("x")
    (True, '', '')
    """
    if text.startswith(("http://", "https://")):
        return text
    name = re.sub(r"[\s_]+", "-", text.strip().upper())
    return next((iri for known, iri in NAMES.items() if name in _names(known, iri)), "")


def _names(known: str, iri: str) -> tuple[str, str]:
    return known, f"{known}-{iri.rstrip('/').rpartition('/')[2]}"


def licence_of_format(name: str) -> str:
    """Return the IRI of the licence that the sources of a format stand under, empty if unknown."""
    return next((NAMES[licence] for licence, formats in OF_FORMATS.items() if name in formats), "")


def allows(licence: str, wanted: str) -> bool:
    """Say whether what stands under one licence may be given on under another; both are IRIs.

    >>> allows(NAMES["CC0"], NAMES["CC-BY"]), allows(NAMES["CC-BY"], NAMES["CC0"])
    (True, False)
    """
    if licence == wanted:
        return True
    order = [_kind(iri) for iri in NAMES.values()]
    own, other = _kind(licence), _kind(wanted)
    return own in order and other in order and order.index(own) <= order.index(other)


def _kind(iri: str) -> str:
    """Return what a licence of Creative Commons is, whatever its version."""
    found = ADDRESS.match(iri)
    return found[1] if found else iri
