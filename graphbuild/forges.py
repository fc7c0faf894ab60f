"""Code repositories: find their addresses in text and write each in one canonical form."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

FORGES = frozenset({"bitbucket.org", "codeberg.org", "github.com", "gitlab.com"})
"""Hosts on which ``/owner/name`` is a code repository and paths are blind to case."""

NOT_OWNERS = frozenset(
    {"about", "apps", "collections", "customer-stories", "enterprise", "explore", "features"}
    | {"login", "marketplace", "orgs", "pricing", "search", "settings", "site", "sponsors"}
    | {"topics"}
)
"""First path segments of a forge's own pages, which are no accounts."""

NO_URL = (
    r"\s<>\"'{}|\\^`\u00ab\u00bb\u201c\u201d\u201e"
    r"\u3001\u3002\u300d\u300f\uff01\uff08\uff09\uff0c\uff1b\uff1f"
)
"""What ends an address: white space, brackets, and quotation marks and stops of any script."""

FORGE = "|".join(re.escape(host) for host in sorted(FORGES))
URL = re.compile(rf"https?://[^{NO_URL}]+|(?<![\w./@-])(?:www\.)?(?:{FORGE})/[^{NO_URL}]+")
NAME = re.compile(r"[\w.-]*[\w-]", re.ASCII)
"""Name of a repository: no forge allows other signs, so these belong to the text around it."""

TRAILING = ".,;:!?)]*"


class RepositoryName(NamedTuple):
    """A code repository by host, owner and name, in the case that its source uses."""

    host: str
    owner: str
    name: str

    @property
    def key(self) -> str:
        """What all spellings share: ``host:owner:name`` in lower case."""
        return f"{self.host}:{self.owner}:{self.name}".lower()

    @property
    def url(self) -> str:
        """Canonical address: https, lower case, nothing after the name."""
        return f"https://{self.host}/{self.owner}/{self.name}".lower()


def find_urls(text: str) -> list[tuple[int, str]]:
    """Return every http(s) URL of a text with its offset, without the sentence's punctuation.

    >>> find_urls("Code: https://github.com/ada/engine.v2, see (https://ada.github.io/x/).")
    [(6, 'https://github.com/ada/engine.v2'), (45, 'https://ada.github.io/x/')]
    """
    return [(match.start(), _trimmed(match[0])) for match in URL.finditer(text)]


def repository_of(url: str) -> RepositoryName | None:
    """Return the repository that a URL points into, or None when it points elsewhere.

    >>> repository_of("https://www.github.com/Ada/Engine.git").url
    'https://github.com/ada/engine'
    """
    host, segments = _host_and_path(url)
    if host not in FORGES or len(segments) < 2 or segments[0].lower() in NOT_OWNERS:
        return None
    name = NAME.match(segments[1])
    return RepositoryName(host, segments[0], name[0].removesuffix(".git")) if name else None


def pages_repository(url: str) -> RepositoryName | None:
    """Return the repository that GitHub or GitLab Pages at this URL are usually made from.

    A guess by the hosts' naming rule: ``https://OWNER.github.io/NAME/`` comes from OWNER/NAME.
    """
    host, segments = _host_and_path(url)
    owner, _, pages = host.partition(".")
    if pages not in {"github.io", "gitlab.io"}:
        return None
    name = segments[0] if segments else host
    return RepositoryName(pages.replace(".io", ".com"), owner, name)


def _trimmed(url: str) -> str:
    while url and url[-1] in TRAILING and not (url[-1] == ")" and "(" in url):
        url = url[:-1]
    return url


def _host_and_path(url: str) -> tuple[str, list[str]]:
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
    except ValueError:  # "https://[x": brackets that hold no IPv6 address
        return "", []
    host = (parts.netloc.rpartition("@")[2]).lower().removeprefix("www.")
    return host, [segment for segment in parts.path.split("/") if segment]
