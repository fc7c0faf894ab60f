"""Ask a SPARQL endpoint: one query by POST, answered whole or not at all.

SPARQLWrapper makes and sends the request (SPARQL 1.1 Protocol, section 2.1.2: form by POST). What
it lacks is here: a limit of the whole time, a second try when the server is busy, no redirects that
would carry a password elsewhere, and the whole answer before any of it is used.
"""

import ast
import tempfile
import urllib.request
from collections.abc import Iterable
from http.client import HTTPException
from math import ceil
from typing import IO, Any, NamedTuple, NoReturn
from urllib.error import HTTPError, URLError

from SPARQLWrapper import POST, SELECT, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from graphbuild import __version__
from graphbuild.errors import EndpointError, QueryError
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
from graphbuild.text import clean

AGENT = f"graphbuild/{__version__} (+https://w3id.org/graphbuild/)"
LATE = "ask for less, or allow more, for example --timeout 10m"
MEMORY = 16 << 20
"""Bytes of an answer that are kept in memory; more goes to a temporary file."""

CUT_HEADERS = ("X-SPARQL-MaxRows", "X-SQL-State", "X-Truncated")
"""Headers by which servers say, with status 200, that an answer is not the whole one."""


class Reply(NamedTuple):
    """An answer.

    Attributes:
        content: its bytes, from the start; to be closed.
        media_type: what the server says it is, without parameters, in lower case.
        etag: the server's name for this state of what was asked for; empty if it gives none.
    """

    content: IO[bytes]
    media_type: str
    etag: str = ""

    def close(self) -> None:
        """Let go of the bytes."""
        self.content.close()


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """Refuses to follow: a redirected POST loses its query, and credentials are for one host."""

    def redirect_request(self, *_: object) -> None:
        """Follow none: the status comes back as an error."""
        return


def ask_endpoint(endpoint: Endpoint, text: str, accept: Iterable[str]) -> Reply:
    """Return the answer to a query when all of it is there.

    A busy server (429, 502, 503, 504, a broken connection) is asked again after the time that it
    names or a growing pause, as long as the time of the query allows.

    Args:
        endpoint: who is asked.
        text: the query, complete with its prefixes.
        accept: media types that are understood, the best first.

    Raises:
        EndpointError: the server cannot be reached, refuses, or breaks off.
        QueryError: the server says that the query is wrong.
        QueryTimeoutError: the time is over.
    """
    return patiently(endpoint, lambda: _sent(endpoint, text, accept), LATE)


def _sent(endpoint: Endpoint, text: str, accept: Iterable[str]) -> Reply:
    try:
        response = _request(endpoint, text, accept).query().response
    except QueryBadFormed as error:
        raise QueryError(f"{endpoint}: {_said(error)}") from None
    except SPARQLWrapperException as error:
        raise EndpointError(f"{endpoint}: {error.msg}: {_said(error)}") from None
    except HTTPError as error:
        _explain(error, endpoint)
    except (URLError, HTTPException, OSError) as error:
        unreachable(getattr(error, "reason", error), endpoint)
    with response:
        _refuse_cut(response, endpoint)
        return Reply(_whole(response), response.headers.get_content_type())


def _request(endpoint: Endpoint, text: str, accept: Iterable[str]) -> SPARQLWrapper:
    wrapper = SPARQLWrapper(_address(endpoint), agent=AGENT)
    wrapper.setMethod(POST)
    wrapper.setOnlyConneg(True)
    wrapper.setQuery(text)
    wrapper.queryType = SELECT  # it takes some queries for updates; the Accept header decides
    wrapper.addCustomHttpHeader("Accept", _weighted(accept))
    if endpoint.form:
        wrapper.addParameter("email", endpoint.user)
        wrapper.addParameter("password", endpoint.password)
    elif endpoint.token:
        wrapper.addCustomHttpHeader("Authorization", f"Bearer {endpoint.token}")
    elif endpoint.user:
        wrapper.setCredentials(endpoint.user, endpoint.password)
    if endpoint.timeout is not None:
        wrapper.setTimeout(ceil(endpoint.timeout))
    urllib.request.install_opener(urllib.request.build_opener(NoRedirects))
    return wrapper


def _address(endpoint: Endpoint) -> str:
    if not endpoint.form:
        return endpoint.url
    return f"{endpoint.url.partition('/api/')[0].rstrip('/')}/api/sparqlQuery"


def _weighted(accept: Iterable[str]) -> str:
    return ", ".join(
        f"{media_type};q={1 - number / 10:.1f}" if number else media_type
        for number, media_type in enumerate(accept)
    )


def _whole(response: Any) -> IO[bytes]:  # noqa: ANN401 - urllib's response
    content = tempfile.SpooledTemporaryFile(MEMORY)  # noqa: SIM115 - the caller closes it
    try:
        while piece := response.read(CHUNK):
            content.write(piece)
    except (HTTPException, OSError) as error:
        content.close()
        raise BusyError(f"its answer breaks off ({error})") from None
    content.seek(0)
    return content


def _refuse_cut(response: Any, endpoint: Endpoint) -> None:  # noqa: ANN401
    for header in CUT_HEADERS:
        said = response.headers.get(header)
        if said is not None:
            raise EndpointError(
                f"{endpoint}: the answer is cut short by the server ({header}: {clean(said)}); "
                "ask for less with --limit and --offset"
            )


def _explain(error: HTTPError, endpoint: Endpoint) -> NoReturn:
    with error:
        status, location = error.code, error.headers.get("Location")
        said = first_line(error.read(CHUNK))
    if status in BUSY:
        raise BusyError(f"answers {status} {error.reason}", asked_pause(error)) from None
    if location:
        raise EndpointError(f"{endpoint}: moved to {clean(location)}: give that address") from None
    raise EndpointError(f"{endpoint}: answers {status} {error.reason}{said and f': {said}'}")


def _said(error: SPARQLWrapperException) -> str:
    """Return what the server says of an error; SPARQLWrapper shows it as a literal of bytes."""
    _, _, shown = str(error).partition("Response:\n")
    try:
        said = ast.literal_eval(shown)
    except (SyntaxError, ValueError):
        said = shown.encode()
    return first_line(said if isinstance(said, bytes) else str(said).encode())
