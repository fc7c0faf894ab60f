"""Tell web addresses from what merely stands where one should."""

import re
from collections.abc import Iterable

WEB_ADDRESS = re.compile(
    r"(?:https?|ftp)://(?:[^\s/?#@:\[\]]+@)?[^\s/?#@:\[\]]+(?::\d{1,5})?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
"""An address with scheme and host (RFC 3986, section 3); IPv6 hosts do not occur."""


def web_addresses(
    texts: Iterable[str],
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Sort texts into web addresses and what is none, each once; blank ones are passed over.

    Returns:
        the addresses, and the others as malformed identifiers of the scheme ``url``.

    >>> web_addresses(["https://example.org/a", "www.example.org", " "])
    (('https://example.org/a',), (('url', 'www.example.org'),))
    """
    found = list(dict.fromkeys(filter(None, map(str.strip, texts))))
    good = [text for text in found if WEB_ADDRESS.fullmatch(text)]
    return tuple(good), tuple(("url", text) for text in found if text not in good)
