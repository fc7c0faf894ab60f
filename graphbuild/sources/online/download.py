"""Fetch all pages of a web address, keep them, and go on where an earlier attempt broke off.

    pages/3f2a.../            one folder for each address that was given
      state.json              which pages are kept, and what is still to be fetched
      page-000001 ...         the answers, as they came

What is complete is not fetched again: the same pages give the same graph, without the network,
until the folder is deleted.
"""

import hashlib
import shutil
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from graphbuild.errors import InputError
from graphbuild.sources.online.client import Client, RefusedError
from graphbuild.sources.online.paging import first_url, pause, plan

MOST_PAGES = 200_000
STATE = "state.json"


class Page(msgspec.Struct, frozen=True):
    """An answer that is kept: its file, where it came from, and the SHA-256 of its bytes."""

    file: str
    url: str
    sha256: str


class State(msgspec.Struct):
    """How far the fetching of an address has come.

    Attributes:
        url: as the user gave it.
        began: date of the first request, ISO 8601.
        queue: what is still to be fetched, in order; empty when all is there.
        pages: what was fetched and holds records.
    """

    url: str
    began: str
    queue: list[str]
    pages: list[Page] = []


def downloaded(url: str, folder: Path, client: Client) -> list[tuple[str, Path]]:
    """Return all pages of an address, each with what to call it, fetching those that are missing.

    Args:
        url: http or https.
        folder: keeps the pages of all addresses.
        client: fetches.

    Raises:
        InputError: a server refuses, or is not what it should be; what came is kept.
    """
    home = folder / hashlib.sha256(url.encode()).hexdigest()[:16]
    home.mkdir(parents=True, exist_ok=True)
    state = _state(url, home)
    try:
        _complete(state, home, client)
    except RefusedError:
        if not state.pages:
            raise
        client.tell(f"{url}: the server does not go on from there; beginning anew")
        state = _new(url)
        _complete(state, home, client)
    if not state.pages:
        shutil.rmtree(home)
        raise InputError("the server has no records for this address", location=url)
    return [(_location(url, number), home / page.file) for number, page in enumerate(state.pages)]


def _state(url: str, home: Path) -> State:
    try:
        state = msgspec.json.decode((home / STATE).read_bytes(), type=State)
    except (FileNotFoundError, msgspec.DecodeError):
        return _new(url)
    return state if all((home / page.file).exists() for page in state.pages) else _new(url)


def _new(url: str) -> State:
    return State(url, datetime.now(UTC).date().isoformat(), [first_url(url)])


def _complete(state: State, home: Path, client: Client) -> None:
    while state.queue:
        _next(state, home, client)
        _keep(state, home)
        if state.queue:
            client.sleep(pause(state.queue[0]))


def _next(state: State, home: Path, client: Client) -> None:
    """Fetch the next page, and keep it when it holds records."""
    url, number = state.queue[0], len(state.pages) + 1
    if number > MOST_PAGES:
        raise InputError(f"has more than {MOST_PAGES:,} pages; ask for less", location=state.url)
    client.tell(f"fetching page {number:,} of {state.url}")
    path = home / f"page-{number:06}"
    found = client.fetch(url, path, lambda data: plan(url, state.url, data))
    state.queue[:1] = found.urls
    if not found.keep:
        path.unlink()
        return
    with path.open("rb") as file:
        page = Page(path.name, url, hashlib.file_digest(file, "sha256").hexdigest())
    if found.urls and any(page.sha256 == each.sha256 for each in state.pages[-1:]):
        raise InputError(f"sends page {number - 1} again as page {number}", location=state.url)
    state.pages.append(page)


def _keep(state: State, home: Path) -> None:
    part = home / f"{STATE}.part"
    part.write_bytes(msgspec.json.encode(state))
    part.replace(home / STATE)


def _location(url: str, number: int) -> str:
    return f"{url}#page-{number + 1}" if number else url
