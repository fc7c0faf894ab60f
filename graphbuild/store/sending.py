"""Send what changes a server: a graph by the Graph Store Protocol, an update, a form.

Every request here may be sent twice without harm, so a busy or broken connection is tried again as
a query is.
"""

import tempfile
import urllib.request
from base64 import b64encode
from collections.abc import Iterable, Iterator
from http.client import HTTPException
from pathlib import Path
from typing import Any, NamedTuple, NoReturn
from urllib.error import HTTPError, URLError

from graphbuild.errors import EndpointError
from graphbuild.store.endpoint import Endpoint
from graphbuild.store.patience import (
    BUSY,
    CHUNK,
    BusyError,
    asked_pause,
    first_line,
    patiently,
    unreachable,
)
from graphbuild.store.protocol import AGENT, MEMORY, NoRedirects, Reply
from graphbuild.text import clean

UNAUTHORIZED = 401
LATE = (
    "it may have taken the request in or not; the same command again goes on from there, "
    "and --timeout allows more"
)


class RefusedError(EndpointError):
    """A server refused a request.

    Attributes:
        status: of its answer.
        said: the first line of what it says.
    """

    def __init__(self, message: str, status: int, said: str) -> None:
        super().__init__(message)
        self.status = status
        self.said = said


class Request(NamedTuple):
    """What is sent.

    Attributes:
        method: of HTTP.
        url: where it goes.
        body: bytes, or a file of them; None for no body.
        media_type: of the body.
        accept: media types that are understood.
        if_match: ETag that what is written to must still have (RFC 9110, 13.1.1); empty for any.
    """

    method: str
    url: str
    body: bytes | Path | None = None
    media_type: str = ""
    accept: str = "*/*"
    if_match: str = ""


def send(endpoint: Endpoint, request: Request) -> Reply:
    """Return the whole answer to a request.

    Raises:
        RefusedError: the server answers with an error that trying again does not mend.
        EndpointError: it cannot be reached, or breaks off again and again.
        QueryTimeoutError: the time is over.
    """
    return patiently(endpoint, lambda: _sent(endpoint, request), LATE)


class _File(Iterable[bytes]):
    """The bytes of a file, from its start each time they are sent."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __iter__(self) -> Iterator[bytes]:
        with self._path.open("rb") as file:
            while piece := file.read(CHUNK):
                yield piece


def _sent(endpoint: Endpoint, request: Request) -> Reply:
    try:
        with _opened(endpoint, request) as response:
            content = tempfile.SpooledTemporaryFile(MEMORY)  # noqa: SIM115 - the caller closes it
            while piece := response.read(CHUNK):
                content.write(piece)
            content.seek(0)
            etag = (response.headers.get("ETag") or "").strip()
            return Reply(content, response.headers.get_content_type(), etag)
    except HTTPError as error:
        _explain(error, endpoint, request)
    except ValueError as error:  # urllib says so of a way to authenticate that it does not know
        raise EndpointError(f"{endpoint}: {request.method} {request.url}: {error}") from None
    except (URLError, HTTPException, OSError) as error:
        unreachable(getattr(error, "reason", error), endpoint)


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """Answers a challenge by digest (RFC 7616), and closes the connection that brought it."""

    def http_error_401(
        self,
        req: urllib.request.Request,
        fp: Any,  # noqa: ANN401 - the same
        code: int,
        msg: str,
        headers: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Send the request again with an answer."""
        fp.close()
        return super().http_error_401(req, fp, code, msg, headers)


def _opened(endpoint: Endpoint, request: Request) -> Any:  # noqa: ANN401 - urllib's response
    """Open a connection; who refuses a password is asked how he wants it, as Virtuoso must be."""
    made, known = _made(endpoint, request), urllib.request.HTTPPasswordMgrWithDefaultRealm()
    try:
        opener = urllib.request.build_opener(NoRedirects)
        return opener.open(made, timeout=endpoint.timeout)
    except HTTPError as error:
        if error.code != UNAUTHORIZED or not endpoint.user or endpoint.token:
            raise
        error.close()
    made.remove_header("Authorization")
    known.add_password(None, request.url, endpoint.user, endpoint.password)
    opener = urllib.request.build_opener(NoRedirects, _Digest(known))
    return opener.open(made, timeout=endpoint.timeout)


def _made(endpoint: Endpoint, request: Request) -> urllib.request.Request:
    headers = {"User-Agent": AGENT, "Accept": request.accept}
    if request.media_type:
        headers["Content-Type"] = request.media_type
    if request.if_match:
        headers["If-Match"] = request.if_match
    if endpoint.token:
        headers["Authorization"] = f"Bearer {endpoint.token}"
    elif endpoint.user:
        secret = f"{endpoint.user}:{endpoint.password}".encode()
        headers["Authorization"] = f"Basic {b64encode(secret).decode()}"
    body: bytes | _File | None
    if isinstance(request.body, Path):
        headers["Content-Length"] = str(request.body.stat().st_size)
        body = _File(request.body)
    else:
        body = request.body
    return urllib.request.Request(request.url, body, headers, method=request.method)  # noqa: S310 - http(s) is all that an endpoint may be


def _explain(error: HTTPError, endpoint: Endpoint, request: Request) -> NoReturn:
    with error:
        status, location = error.code, error.headers.get("Location")
        said = first_line(error.read(CHUNK))
    if status in BUSY:
        raise BusyError(f"answers {status} {error.reason}", asked_pause(error)) from None
    what = f"{endpoint}: {request.method} {request.url}"
    if location:
        raise EndpointError(f"{what}: moved to {clean(location)}: give that address") from None
    message = f"{what}: answers {status} {error.reason}{said and f': {said}'}"
    raise RefusedError(message, status, said or f"{status} {error.reason}") from None
