"""Send a request to a server again while it is busy, and leave it when the time is over."""

import queue
import random
import threading
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from socket import gaierror
from ssl import SSLError
from typing import NoReturn, Protocol, TypeVar
from urllib.error import HTTPError

from graphbuild.errors import EndpointError, GraphBuildError, QueryTimeoutError
from graphbuild.store.endpoint import Endpoint
from graphbuild.text import clean

BUSY = frozenset({429, 502, 503, 504})
"""Answers after which the same request may go well a little later."""

TRIES = 5
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 60.0
CHUNK = 1 << 16


class Closing(Protocol):
    """What an answer brings along that must be closed when nobody waits for it any more."""

    def close(self) -> None:
        """Let go of it."""


Answer = TypeVar("Answer", bound=Closing)


class BusyError(Exception):
    """The server may answer later.

    Attributes:
        reason: why not now.
        pause: seconds that it asks for, if it says so.
    """

    def __init__(self, reason: str, pause: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.pause = pause


def patiently(endpoint: Endpoint, work: Callable[[], Answer], late: str) -> Answer:
    """Return what the work returns, tried again as long as the time of the endpoint allows.

    Args:
        endpoint: who is asked.
        work: raises `BusyError` when it may go well a little later; doing it twice is no harm.
        late: what to do about it when the time is over, for the message.

    Raises:
        EndpointError: the server stays busy, or the work raised it.
        QueryTimeoutError: the time is over.
    """
    deadline = None if endpoint.timeout is None else time.monotonic() + endpoint.timeout
    for attempt in range(1, TRIES + 1):
        try:
            return _in_time(work, deadline, endpoint, late)
        except BusyError as busy:
            _pause(busy, attempt, deadline, endpoint)
    raise AssertionError  # the last try raised


def _pause(busy: BusyError, attempt: int, deadline: float | None, endpoint: Endpoint) -> None:
    usual = FIRST_PAUSE * 2 ** (attempt - 1) * random.uniform(0.75, 1.25)  # noqa: S311 - no secret
    pause = min(usual, LONGEST_PAUSE) if busy.pause is None else busy.pause
    late = deadline is not None and time.monotonic() + pause > deadline
    if attempt == TRIES or late:
        wish = f"; it asks to wait {pause:g} s" if busy.pause else ""
        raise EndpointError(f"{endpoint}: {busy.reason}{wish}; try again later")
    endpoint.tell(f"{endpoint}: {busy.reason}; asking again in {pause:.0f} s")
    time.sleep(pause)


def _in_time(
    work: Callable[[], Answer], deadline: float | None, endpoint: Endpoint, late: str
) -> Answer:
    """Do the work in a thread that is left behind when the time is over."""
    done: queue.Queue[Answer | Exception] = queue.Queue(1)
    too_late = threading.Event()

    def run() -> None:
        found: Answer | Exception = EndpointError(f"{endpoint}: could not be asked")
        try:
            found = work()
        except (GraphBuildError, BusyError) as error:
            found = error
        finally:
            done.put(found)
        if too_late.is_set() and not isinstance(found, Exception):
            found.close()

    threading.Thread(target=run, daemon=True).start()
    try:
        found = done.get(timeout=None if deadline is None else max(0, deadline - time.monotonic()))
    except queue.Empty:
        too_late.set()
        raise QueryTimeoutError(
            f"{endpoint}: no answer within {endpoint.timeout:g} s; {late}"
        ) from None
    if isinstance(found, Exception):
        raise found
    return found


def unreachable(reason: object, endpoint: Endpoint) -> NoReturn:
    """Raise what it means that a server cannot be reached."""
    if isinstance(reason, (ConnectionRefusedError, gaierror, SSLError)):
        raise EndpointError(f"{endpoint}: cannot be reached ({reason}); is the address right?")
    raise BusyError(f"cannot be reached ({reason})") from None


def asked_pause(error: HTTPError) -> float | None:
    """Return the seconds that ``Retry-After`` names as a number or a date (RFC 9110, 10.2.3)."""
    asked = (error.headers.get("Retry-After") or "").strip()
    if asked.isdecimal():
        return float(asked)
    try:
        return max(0.0, parsedate_to_datetime(asked).timestamp() - time.time())
    except ValueError:
        return None


def first_line(said: bytes) -> str:
    """Return the first line of what a server says, to be shown."""
    lines = said.decode(errors="replace").strip().splitlines()
    return clean(lines[0])[:300] if lines else ""
