"""Fetch one web address to a file: politely, patiently, and with limits.

A server that is busy (429, 5xx) is asked again when it says so (``Retry-After``, RFC 9110 section
10.2.3), or after waits that double, with jitter. What breaks off is asked for again. What is not
what it says it is, is refused: a page for people with status 200, or JSON that ends half-way.
"""

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import HTTPError, SSLError
from urllib3.util import Retry, Timeout

from graphbuild import __version__
from graphbuild.errors import InputError

T = TypeVar("T")

MAILTO = "GRAPHBUILD_MAILTO"
"""Environment variable with an address at which a server may reach whoever is asking."""

TRIES = 6
LONGEST_WAIT = 300.0
"""Seconds that a server may make us wait; when it wants more, the user should come back."""

SLOWEST = 500
"""Bytes a second below which an answer counts as stuck, after `GRACE` seconds."""

GRACE = 30.0
LARGEST_ANSWER = 50 * 1024**3
LARGEST_CHECKED = 64 * 1024**2
"""Bytes of an answer in which the next page is looked for: pages of interfaces are smaller."""

MOST_REDIRECTS = 5
BUSY = frozenset({429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PEOPLE = ("text/html", "application/xhtml")
BLOCK = 1 << 16
ACCEPT = "application/json, application/atom+xml;q=0.9, application/xml;q=0.8, */*;q=0.5"


class AgainError(Exception):
    """An answer that may be better the next time.

    Attributes:
        wait: seconds to wait before, where the server says so.
    """

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class RefusedError(InputError):
    """A server that says no, and will say so the next time."""


@dataclass
class Client:
    """Fetches addresses, one after the other.

    Attributes:
        tell: is told what is waited for.
        sleep: waits for seconds.
        accept: media types that are asked for, as in HTTP.
        people: pages for people are welcome too.
    """

    tell: Callable[[str], None]
    sleep: Callable[[float], None] = time.sleep
    accept: str = ACCEPT
    people: bool = False
    _pools: dict[str, urllib3.PoolManager] = field(default_factory=dict)

    def fetch(self, url: str, target: Path, understand: Callable[[bytes], T]) -> T:
        """Write the answer to a file, and return what is made of it.

        Args:
            url: http or https.
            target: the file; only a complete answer is left there.
            understand: makes something of the first bytes of the answer; may raise `AgainError`.

        Raises:
            InputError: the server refuses, is gone, or sends something else than data.
        """
        for number in range(1, TRIES + 1):
            try:
                self._download(url, target)
                return understand(_start(target))
            except AgainError as error:
                self._wait(url, error, number)
        raise AssertionError  # pragma: no cover - the last wait raises

    def _wait(self, url: str, error: AgainError, number: int) -> None:
        seconds = random.uniform(0.5, 1) * 2**number if error.wait is None else error.wait  # noqa: S311
        if number == TRIES or seconds > LONGEST_WAIT:
            later = f"; it asks to come back in {seconds:.0f} s" if error.wait else ""
            raise InputError(f"{error}{later}; what came is kept: run it again", location=url)
        self.tell(f"{urlsplit(url).netloc}: {error}; trying again in {seconds:.0f} s")
        self.sleep(seconds)

    def _download(self, url: str, target: Path) -> None:
        part = target.with_suffix(".part")
        try:
            answer = self._answer(url)
            try:
                if not self.people:
                    _check_kind(answer, url)
                _write(answer, part, url)
            finally:
                answer.close()
        except SSLError as error:
            raise RefusedError(f"no secure connection ({error})", location=url) from error
        except (HTTPError, OSError) as error:
            raise AgainError(f"the connection failed ({type(error).__name__})") from error
        part.replace(target)

    def _answer(self, url: str) -> urllib3.BaseHTTPResponse:
        """Return an answer with status 200, after redirects."""
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._pool(url).request("GET", url, preload_content=False, redirect=False)
            if answer.status == 200:
                return answer
            answer.close()
            if answer.status not in REDIRECTS:
                raise _problem(answer, url)
            url = _redirected(url, answer)
        raise RefusedError(f"more than {MOST_REDIRECTS} redirects", location=url)

    def _pool(self, url: str) -> urllib3.PoolManager:
        """Return the connections to use, through the proxy that the environment names."""
        parts = urlsplit(url)
        proxy = "" if proxy_bypass(parts.netloc) else getproxies().get(parts.scheme, "")
        if proxy not in self._pools:
            make = (
                (lambda **how: urllib3.ProxyManager(proxy, **how)) if proxy else urllib3.PoolManager
            )
            self._pools[proxy] = make(
                headers={
                    "User-Agent": _user_agent(),
                    "Accept": self.accept,
                    "Accept-Encoding": "gzip",
                },
                timeout=Timeout(connect=15, read=60),
                retries=False,
            )
        return self._pools[proxy]


def _user_agent() -> str:
    mailto = os.environ.get(MAILTO, "").strip()
    contact = f"; mailto:{mailto}" if mailto.isprintable() and mailto else ""
    return f"graphbuild/{__version__} (https://w3id.org/graphbuild/{contact})"


def _redirected(url: str, answer: urllib3.BaseHTTPResponse) -> str:
    target = urljoin(url, answer.headers.get("Location", ""))
    safe = urlsplit(target).scheme in ({"https"} if url.startswith("https:") else {"http", "https"})
    if not safe or target == url:
        raise RefusedError(f"redirects to {target!r}, where it should not", location=url)
    return target


def _problem(answer: urllib3.BaseHTTPResponse, url: str) -> Exception:
    said = f"the server answers {answer.status} {answer.reason or ''}".strip()
    if answer.status not in BUSY:
        return RefusedError(said, location=url)
    return AgainError(said, _retry_after(answer.headers.get("Retry-After")))


def _retry_after(written: str | None) -> float | None:
    """Return the seconds of ``Retry-After``, which may be a number or a date."""
    try:
        return Retry().parse_retry_after(written) if written else None
    except (HTTPError, ValueError, OverflowError):
        return None


def _check_kind(answer: urllib3.BaseHTTPResponse, url: str) -> None:
    kind = answer.headers.get("Content-Type", "").lower()
    if kind.startswith(PEOPLE):
        raise RefusedError(
            "is a page for people (HTML), not data; give the address of the data", location=url
        )


def _write(answer: urllib3.BaseHTTPResponse, part: Path, url: str) -> None:
    """Write the body; urllib3 raises when it is shorter than announced."""
    start, size = time.monotonic(), 0
    with part.open("wb") as file:
        for block in answer.stream(BLOCK):
            file.write(block)
            size += len(block)
            passed = time.monotonic() - start
            if size > LARGEST_ANSWER:
                raise RefusedError(f"is larger than {LARGEST_ANSWER:,} bytes", location=url)
            if passed > GRACE and size < SLOWEST * passed:
                raise AgainError(f"the answer is stuck after {size:,} bytes")
    if not size:
        raise AgainError("the answer is empty")


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_CHECKED)
