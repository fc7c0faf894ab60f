"""Find the next pages in a page of an interface: what the answers say, not where they come from.

OpenAlex and Crossref page by a cursor, arXiv's Atom by a place, OAI-PMH by a resumption token, ROR
by a number; ORCID's search only names records, which are fetched one by one. An address that asks
for one page of its own (``page=2``, ``start=100``) gets that page and no other.
"""

import re
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec

from graphbuild.sources.online.client import LARGEST_CHECKED, AgainError

ROR_PAGE = 20
PAUSES = {"arxiv.org": 3.0}
"""Seconds between two requests that a server asks for; `PAUSE` where it says nothing."""

PAUSE = 0.2
ONE_PAGE = frozenset({"page", "start", "offset", "max_results", "rows", "sample", "group_by"})
STARTS = (
    (re.compile(r"api\.openalex\.org/[a-z-]+/?"), {"cursor": "*", "per-page": "100"}),
    (re.compile(r"api\.crossref\.org/(?:.+/)?works/?"), {"cursor": "*", "rows": "100"}),
    (re.compile(r"(?:export\.)?arxiv\.org/api/query"), {"start": "0", "max_results": "200"}),
)
"""Lists of known interfaces, and what makes them send all of a list."""

TOTAL = re.compile(rb"totalResults[^>]*>\s*(\d+)")
FIRST = re.compile(rb"startIndex[^>]*>\s*(\d+)")
ENTRY = re.compile(rb"<(?:\w+:)?entry[\s/>]")
TOKEN = re.compile(rb"<(?:\w+:)?resumptionToken[^>]*>([^<]+)<")
HTML = re.compile(rb"\s*(?:<!doctype html|<html)", re.IGNORECASE)


class Plan(NamedTuple):
    """What to do with an answer.

    Attributes:
        keep: it holds records.
        urls: what to fetch next.
    """

    keep: bool = True
    urls: tuple[str, ...] = ()


def first_url(url: str) -> str:
    """Return the address to begin with: all of a list, in pages of a good size.

    >>> first_url("https://api.openalex.org/works?filter=x:y")
    'https://api.openalex.org/works?filter=x:y&cursor=*&per-page=100'
    >>> first_url("https://api.openalex.org/works/W1"), first_url("https://arxiv.org/api/query?start=5")
    ('https://api.openalex.org/works/W1', 'https://arxiv.org/api/query?start=5')
    """
    parts = urlsplit(url)
    asked = _parameters(url)
    for pattern, more in STARTS:
        if pattern.fullmatch(f"{parts.hostname}{parts.path}") and not asked.keys() & {
            *ONE_PAGE,
            "cursor",
        }:
            return _with(url, {key: value for key, value in more.items() if key not in asked})
    return url


def pause(url: str) -> float:
    """Return how many seconds to let pass between two requests."""
    host = urlsplit(url).hostname or ""
    return next((s for name, s in PAUSES.items() if host.endswith(name)), PAUSE)


def plan(url: str, given: str, data: bytes) -> Plan:
    """Say whether an answer holds records, and what comes after it.

    Args:
        url: where the answer comes from.
        given: the address that the user gave.
        data: the answer.

    Raises:
        AgainError: it is cut off or a passing failure.
    """
    start = data[:200].lstrip()
    if HTML.match(start):
        raise AgainError("the answer is a page for people (HTML), not data")
    if start.startswith((b"{", b"[")) and len(data) < LARGEST_CHECKED:
        return _json_plan(url, given, data)
    if start.startswith(b"<"):
        return _xml_plan(url, given, data)
    return Plan()


def _json_plan(url: str, given: str, data: bytes) -> Plan:
    page = _decoded(data)
    for rule in (_openalex, _crossref, _orcid, _ror):
        found = rule(page, url, given) if isinstance(page, dict) else None
        if found is not None:
            return found
    return Plan()


def _decoded(data: bytes) -> Any:  # noqa: ANN401 - what JSON may hold
    """Return the JSON of a page; None for JSON Lines and what is none."""
    try:
        return msgspec.json.decode(data)
    except RecursionError:
        return None
    except msgspec.DecodeError as error:
        lines = data.split(b"\n", 1)
        if "truncated" in str(error) and (len(lines) == 1 or _decoded(lines[0]) is None):
            raise AgainError("the answer is cut off (its JSON ends half-way)") from error
        return None


def _openalex(page: dict[str, Any], url: str, given: str) -> Plan | None:  # noqa: ARG001 - a rule
    meta = page.get("meta")
    if not isinstance(meta, dict) or "results" not in page:
        return None
    cursor = meta.get("next_cursor")
    return Plan(bool(page["results"]), (_with(url, {"cursor": cursor}),) if cursor else ())


def _crossref(page: dict[str, Any], url: str, given: str) -> Plan | None:  # noqa: ARG001 - a rule
    message = page.get("message")
    if not isinstance(message, dict) or "items" not in message:
        return None
    cursor = message.get("next-cursor") if message["items"] else None
    return Plan(bool(message["items"]), (_with(url, {"cursor": cursor}),) if cursor else ())


def _ror(page: dict[str, Any], url: str, given: str) -> Plan | None:
    items, number = page.get("items"), page.get("number_of_results")
    if not isinstance(items, list) or not isinstance(number, int):
        return None
    this = int(_parameters(url).get("page", "1"))
    more = items and this * ROR_PAGE < number and not _parameters(given).keys() & ONE_PAGE
    return Plan(bool(items), (_with(url, {"page": str(this + 1)}),) if more else ())


def _orcid(page: dict[str, Any], url: str, given: str) -> Plan | None:
    """Fetch the records that a search names."""
    found = page.get("result", page.get("expanded-result", []))
    if "num-found" not in page or not isinstance(found, list | None):
        return None
    base = re.sub(r"/(?:expanded-)?search/?$", "", urlunsplit(urlsplit(url)._replace(query="")))
    urls = [f"{base}/{orcid}/record" for orcid in map(_orcid_id, found or ()) if orcid]
    until = int(_parameters(url).get("start", "0")) + len(urls)
    if urls and until < page["num-found"] and not _parameters(given).keys() & ONE_PAGE:
        urls.append(_with(url, {"start": str(until)}))
    return Plan(keep=False, urls=tuple(urls))


def _orcid_id(found: Any) -> str | None:  # noqa: ANN401 - what JSON may hold
    row = found if isinstance(found, dict) else {}
    named = row.get("orcid-identifier") or {"path": row.get("orcid-id")}
    path = named.get("path") if isinstance(named, dict) else None
    return path if isinstance(path, str) and re.fullmatch(r"[\dX-]{19}", path) else None


def _xml_plan(url: str, given: str, data: bytes) -> Plan:
    token = TOKEN.search(data)
    if token:
        words = {"verb": _parameters(url).get("verb", "ListRecords")}
        words["resumptionToken"] = unescape(token[1].decode(errors="replace")).strip()
        return Plan(urls=(urlunsplit(urlsplit(url)._replace(query=urlencode(words))),))
    total, first = TOTAL.search(data), FIRST.search(data)
    if not total or not first or _parameters(given).keys() & ONE_PAGE:
        return Plan()
    return _atom_plan(url, int(total[1]), int(first[1]), len(ENTRY.findall(data)))


def _atom_plan(url: str, total: int, first: int, entries: int) -> Plan:
    if not entries and first < total:
        raise AgainError("the page is empty, though there are more results")
    until = first + entries
    return Plan(bool(entries), (_with(url, {"start": str(until)}),) if until < total else ())


def _parameters(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def _with(url: str, more: dict[str, str]) -> str:
    """Return an address with parameters set, the others as they were."""
    parts = urlsplit(url)
    asked = _parameters(url) | more
    return urlunsplit(parts._replace(query=urlencode(asked, safe="*:/,|")))
