"""Collect the linked data of a site: each page that its sitemap lists, as data.

A page is asked for as RDF (content negotiation). Where a site has only pages for people, the data
is where the page says (``link rel="alternate"`` or ``describedby``), or in the page (JSON-LD).
``robots.txt`` (RFC 9309) is obeyed, and only addresses of the same host are followed.

    pages/3f2a.../
      addresses.txt    the pages that the sitemap lists
      graph.part       the triples of the pages so far; graph.nt when all are there
      state.json       how many pages are done, and how long graph.part is by then
      missing.jsonl    pages without data, and why
"""

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import msgspec
from pyoxigraph import BlankNode, Quad, RdfFormat, Triple, serialize

from graphbuild.errors import InputError
from graphbuild.records import Rejected
from graphbuild.sources.files import InputFile
from graphbuild.sources.online.client import Client
from graphbuild.sources.online.paging import pause
from graphbuild.sources.rdf.syntax import parsed

KINDS = ("application/n-triples", "text/turtle", "application/ld+json", "application/rdf+xml")
"""Media types of RDF, the one that is wanted first."""

ACCEPT = f"{KINDS[1]}, {KINDS[0]}, {KINDS[2]};q=0.9, {KINDS[3]};q=0.8, text/html;q=0.3"
LOCATION = re.compile(
    rb"<(?:\w+:)?loc>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</(?:\w+:)?loc>", re.DOTALL
)
INDEX = re.compile(rb"<(?:\w+:)?sitemapindex[\s>]")
HTML = re.compile(rb"\s*(?:<!doctype html|<html|<\?xml[^>]*>\s*<!doctype html)", re.IGNORECASE)
GZIP = b"\x1f\x8b"
AGENT = "graphbuild"
LARGEST_MAP = 50 << 20
"""Bytes of a sitemap, which the protocol limits to 50 MB."""

MOST_PAGES = 5_000_000
WAIT = 30.0
"""Seconds between two requests that ``robots.txt`` may ask for; with more it takes for ever."""


class State(msgspec.Struct):
    """How far it has come: pages done, bytes of their triples, and pages without data."""

    done: int = 0
    bytes: int = 0
    missing: int = 0


@dataclass
class Crawl:
    """One site.

    Attributes:
        url: of its sitemap.
        home: folder that keeps what came.
        client: fetches.
        robots: what the site allows.
    """

    url: str
    home: Path
    client: Client
    robots: RobotFileParser


def crawler(tell: Callable[[str], None]) -> Client:
    """Return what fetches pages as data, or for people where there is no data."""
    return Client(tell, accept=ACCEPT, people=True)


def crawled(url: str, home: Path, client: Client) -> Path:
    """Return a file of N-Triples with the data of all pages that a sitemap lists.

    What is complete is not fetched again until the folder is deleted.

    Raises:
        InputError: the sitemap lists nothing, no page has data, or the site is not there; what
            came is kept.
    """
    done = home / "graph.nt"
    if done.exists():
        return done
    home.mkdir(parents=True, exist_ok=True)
    crawl = Crawl(url, home, client, _robots(url, home, client))
    number = _list_addresses(crawl)
    state = _collect(crawl, number)
    if state.missing == number:
        reason = f"none of its {number:,} pages has data; see {home / 'missing.jsonl'}"
        raise InputError(reason, location=url)
    if state.missing:
        client.tell(
            f"{url}: {state.missing:,} of {number:,} pages have no data; see "
            f"{home / 'missing.jsonl'}"
        )
    (home / "graph.part").replace(done)
    return done


def _robots(url: str, home: Path, client: Client) -> RobotFileParser:
    """Return what a site allows; all where it says nothing."""
    robots, copy = RobotFileParser(), home / "robots.txt"
    try:
        client.fetch(urljoin(url, "/robots.txt"), copy, lambda _: None)
    except InputError:
        robots.parse([])
        return robots
    robots.parse(copy.read_text(encoding="utf-8", errors="replace").splitlines())
    return robots


def _list_addresses(crawl: Crawl) -> int:
    """Write the addresses of all pages, once, and return their number."""
    listed = crawl.home / "addresses.txt"
    if not listed.exists():
        part = listed.with_suffix(".part")
        with part.open("w", encoding="utf-8") as file:
            file.writelines(f"{each}\n" for each in _addresses(crawl))
        part.replace(listed)
    with listed.open(encoding="utf-8") as file:
        number = sum(1 for _ in file)
    if not number:
        listed.unlink()
        raise InputError("lists no page of this host that robots.txt allows", location=crawl.url)
    return number


def _addresses(crawl: Crawl) -> Iterator[str]:
    """Yield the addresses of the pages, of all sitemaps that an index names."""
    maps, seen, number = [crawl.url], {crawl.url}, 0
    host = urlsplit(crawl.url).netloc
    while maps:
        url = maps.pop(0)
        is_index, found = _read_map(url, crawl)
        for each in found:
            if urlsplit(each).netloc != host or not crawl.robots.can_fetch(AGENT, each):
                crawl.client.tell(f"{url}: {each} is of another host, or not allowed; passed by")
            elif is_index and each not in seen:
                seen.add(each)
                maps.append(each)
            elif not is_index:
                number += 1
                if number > MOST_PAGES:
                    reason = f"lists more than {MOST_PAGES:,} pages; is there a dump?"
                    raise InputError(reason, location=crawl.url)
                yield each


def _read_map(url: str, crawl: Crawl) -> tuple[bool, list[str]]:
    """Return whether a sitemap is an index, and the addresses in it."""
    copy = crawl.home / "sitemap"
    crawl.client.tell(f"reading {url}")
    crawl.client.fetch(url, copy, lambda _: None)
    data = copy.read_bytes()
    if data.startswith(GZIP):
        with gzip.open(copy) as unpacked:
            data = unpacked.read(LARGEST_MAP)
    found = [unescape(each.decode("utf-8", "replace")).strip() for each in LOCATION.findall(data)]
    if not found and HTML.match(data):
        raise InputError("is a page for people (HTML), not a sitemap", location=url)
    return INDEX.search(data) is not None, [each for each in found if not re.search(r"\s", each)]


def _collect(crawl: Crawl, number: int) -> State:
    """Append the triples of the pages that are not done yet."""
    state, part = _state(crawl.home), crawl.home / "graph.part"
    between = min(float(crawl.robots.crawl_delay(AGENT) or 0), WAIT) or pause(crawl.url)
    with (
        part.open("ab") as graph,
        (crawl.home / "missing.jsonl").open("ab") as missing,
        (crawl.home / "addresses.txt").open(encoding="utf-8") as addresses,
    ):
        graph.truncate(state.bytes)
        for line in islice(addresses, state.done, None):
            url = line.strip()
            if state.done:
                crawl.client.sleep(between)
            crawl.client.tell(f"fetching page {state.done + 1:,} of {number:,} of {crawl.url}")
            reason = _append(url, graph.write, state, crawl)
            if reason:
                state.missing += 1
                missing.write(msgspec.json.encode({"page": url, "reason": reason}) + b"\n")
                missing.flush()
            graph.flush()
            _keep(state, crawl.home)
    return state


def _append(url: str, write: Callable[[bytes], int], state: State, crawl: Crawl) -> str:
    """Write the triples of a page; return why there are none, or nothing."""
    state.done += 1
    try:
        lines, reason = _lines(url, state.done, crawl)
    except InputError as error:
        if "what came is kept" in str(error):
            raise
        return str(error)
    state.bytes += write(lines)
    return reason


def _lines(url: str, number: int, crawl: Crawl) -> tuple[bytes, str]:
    """Return the data of a page as N-Triples, and what is wrong with it."""
    copy = crawl.home / "page"
    crawl.client.fetch(url, copy, lambda _: None)
    data = copy.read_bytes()
    if HTML.match(data):
        page = Page()
        page.feed(data.decode("utf-8", "replace"))
        if address := page.data(url):
            crawl.client.fetch(address, copy, lambda _: None)
        elif page.scripts:
            copy.write_text(f"[{','.join(page.scripts)}]", encoding="utf-8")
        else:
            return b"", "a page for people that names no data"
    triples: list[Triple] = []
    wrong = ""
    for quad in parsed(InputFile(url, copy, "", 0)):
        if isinstance(quad, Rejected):
            wrong = quad.reason
        else:
            triples.append(_apart(quad, number))
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b"", wrong


def _apart(quad: Quad, number: int) -> Triple:
    """Return a triple whose blank nodes are those of its page alone."""
    s, p, o = quad.triple
    s, o = (
        BlankNode(f"p{number}x{term.value}") if isinstance(term, BlankNode) else term
        for term in (s, o)
    )
    return Triple(s, p, o)


class Page(HTMLParser):
    """Finds where a page has its data.

    Attributes:
        links: addresses of data by media type.
        scripts: JSON-LD in the page.
    """

    def __init__(self) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        self.scripts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note links to data, and where JSON-LD begins."""
        known = {name: value or "" for name, value in attrs}
        kind = known.get("type", "").partition(";")[0].strip().lower()
        relations = known.get("rel", "").lower().split()
        if tag == "link" and kind in KINDS and {"alternate", "describedby"} & set(relations):
            self.links.setdefault(kind, known.get("href", ""))
        self._inside = tag == "script" and kind == "application/ld+json"

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's signature
        """Note that a script has ended."""
        self._inside = False

    def handle_data(self, data: str) -> None:
        """Keep JSON-LD."""
        if self._inside and data.strip():
            self.scripts.append(data)

    def data(self, url: str) -> str:
        """Return the address of the data, if the page names one of its own host."""
        known = next((self.links[kind] for kind in KINDS if kind in self.links), "")
        address = urljoin(url, known) if known else ""
        return address if urlsplit(address).netloc == urlsplit(url).netloc else ""


def _state(home: Path) -> State:
    try:
        return msgspec.json.decode((home / "state.json").read_bytes(), type=State)
    except (FileNotFoundError, msgspec.DecodeError):
        return State()


def _keep(state: State, home: Path) -> None:
    part = home / "state.part"
    part.write_bytes(msgspec.json.encode(state))
    part.replace(home / "state.json")
