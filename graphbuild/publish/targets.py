"""What a graph can be pushed to: a graph store, an update service, or VIVO."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlencode

from pyoxigraph import RdfFormat, Triple, parse, serialize

from graphbuild.errors import EndpointError
from graphbuild.publish.patch import AT_ONCE, operation_of
from graphbuild.store.answers import TRIPLES, triples
from graphbuild.store.columns import Row
from graphbuild.store.endpoint import Endpoint
from graphbuild.store.protocol import Reply
from graphbuild.store.sending import RefusedError, Request, send
from graphbuild.store.whole import copy_graph

NOT_FOUND = 404
LINES = "application/n-triples"
ACCEPT = ", ".join(TRIPLES)
SUBJECTS = 200
"""Entities that are looked up at once."""

VIVO_GRAPH = "http://vitro.mannlib.cornell.edu/default/vitro-kb-2"
"""The graph whose statements VIVO lets people edit."""

VIVO_AT_ONCE = 2_000
ABOUT = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {subjects} }} {pattern} }}"


class Target(ABC):
    """A graph on a server that can be read and changed.

    Attributes:
        at_once: triples of one request.
        confirms: it can be asked cheaply for what it says of some subjects.
        removes: it can remove single triples.
    """

    at_once: ClassVar[int] = AT_ONCE
    confirms: ClassVar[bool] = True
    removes: ClassVar[bool] = True

    def __init__(self, endpoint: Endpoint, graph: str = "") -> None:
        self.endpoint = endpoint
        self.graph = graph

    def __str__(self) -> str:
        graph = f" <{self.graph}>" if self.graph else ""
        return f"{self.endpoint}{graph}"

    @abstractmethod
    def change(self, operation: str, rows: Sequence[Row]) -> None:
        """Do INSERT or DELETE with some triples; doing it twice is the same as once.

        Raises:
            RefusedError: the server refuses.
            EndpointError: it cannot be reached.
            QueryTimeoutError: it does not answer in time.
        """

    @abstractmethod
    def copy(self, target: Path, subjects: Iterable[str]) -> None:
        """Write what the graph on the server holds now as N-Triples; raises as `change`.

        Args:
            target: the file.
            subjects: those that matter, in N-Triples form; others may be left out.
        """

    def about(self, subjects: Iterable[str]) -> list[Row]:
        """Return the triples about some subjects, where it confirms; raises as `change`."""
        raise NotImplementedError

    def _pattern(self) -> str:
        return f"GRAPH <{self.graph}> {{ ?s ?p ?o }}" if self.graph else "?s ?p ?o"


class GraphStore(Target):
    """A server of the SPARQL 1.1 Graph Store HTTP Protocol.

    Attributes:
        version: strong ETag of the graph when it was last read; empty if the server gave none. A
            weak one is none here: ``If-Match`` never holds for it (RFC 9110, 8.8.3.2).
    """

    confirms = False
    removes = False

    def __init__(self, endpoint: Endpoint, graph: str = "") -> None:
        super().__init__(endpoint, graph)
        base, _, asked = endpoint.url.partition("?")
        if not asked:
            asked = urlencode({"graph": graph}) if graph else "default"
        self._url = f"{base}?{asked}"
        self.version = ""

    def change(self, operation: str, rows: Sequence[Row]) -> None:
        """Add triples by POST; nothing else can be done to single ones."""
        if operation != "INSERT":
            raise NotImplementedError
        body = "".join([f"{s} {p} {o} .\n" for s, p, o in rows]).encode()
        self._send(Request("POST", self._url, body, LINES))

    def replace(self, lines: Path) -> None:
        """Make the triples of a file all that the graph holds, by PUT: whole or not at all.

        Where the graph had a version when it was read, the server does it only if it still has it.
        """
        self._send(Request("PUT", self._url, lines, LINES, if_match=self.version))

    def copy(self, target: Path, subjects: Iterable[str]) -> None:  # noqa: ARG002 - it reads all
        """Read the graph by GET; one that is not there yet is empty."""
        self.version = ""
        try:
            reply = send(self.endpoint, Request("GET", self._url, accept=ACCEPT))
        except RefusedError as error:
            if error.status != NOT_FOUND:
                raise
            target.write_bytes(b"")
            return
        with reply.content:
            serialize(_parsed(reply, self.endpoint), str(target), format=RdfFormat.N_TRIPLES)
        self.version = reply.etag if reply.etag.startswith('"') else ""

    def _send(self, request: Request) -> None:
        send(self.endpoint, request).close()


class UpdateService(Target):
    """A server of SPARQL 1.1 Update.

    Args:
        endpoint: where updates go.
        graph: IRI of the graph; empty for the default graph.
        query: where queries go.
    """

    def __init__(self, endpoint: Endpoint, graph: str, query: Endpoint) -> None:
        super().__init__(endpoint, graph)
        self._query = query

    def change(self, operation: str, rows: Sequence[Row]) -> None:
        """Send one INSERT DATA or DELETE DATA."""
        body = operation_of(operation, rows, self.graph).encode()
        request = Request("POST", self.endpoint.url, body, "application/sparql-update")
        send(self.endpoint, request).close()

    def copy(self, target: Path, subjects: Iterable[str]) -> None:  # noqa: ARG002 - it reads all
        """Ask for the whole graph."""
        copy_graph(self._query, target, self.graph)

    def about(self, subjects: Iterable[str]) -> list[Row]:
        """Ask for the triples about some subjects."""
        asked = ABOUT.format(subjects=" ".join(subjects), pattern=self._pattern())
        with triples(self._query, asked) as found:
            return [_row(triple) for triple in found]


class Vivo(Target):
    """VIVO's update API: e-mail and password in the form, one operation a request.

    It does not undo what ran of a request that failed, so each is one INSERT DATA or DELETE DATA.

    Args:
        endpoint: the address of the VIVO, or of its ``api/sparqlUpdate``; its user is the e-mail.
        graph: IRI of the graph; empty for the one that people can edit.
    """

    at_once = VIVO_AT_ONCE

    def __init__(self, endpoint: Endpoint, graph: str = "") -> None:
        super().__init__(endpoint, graph or VIVO_GRAPH)
        if not (endpoint.user and endpoint.password):
            raise EndpointError(
                f"{endpoint}: VIVO wants an e-mail address and a password; set "
                "GRAPHBUILD_ENDPOINT_USER and GRAPHBUILD_ENDPOINT_PASSWORD (or keep that in the "
                "keyring)"
            )
        # The form carries the secret: a header would carry it a second time.
        self._plain = replace(endpoint, user="", password="", token="")
        self._api = endpoint.url.partition("/api/")[0].rstrip("/") + "/api"

    def change(self, operation: str, rows: Sequence[Row]) -> None:
        """Send one operation as a form."""
        self._form("sparqlUpdate", "update", operation_of(operation, rows, self.graph)).close()

    def copy(self, target: Path, subjects: Iterable[str]) -> None:
        """Ask for our subjects only: a VIVO holds much more than what one graph gives it."""
        subjects = iter(subjects)
        with target.open("w", encoding="utf-8", newline="\n") as file:
            while some := list(islice(subjects, SUBJECTS)):
                file.writelines(f"{s} {p} {o} .\n" for s, p, o in self.about(some))

    def about(self, subjects: Iterable[str]) -> list[Row]:
        """Ask for the triples about some subjects."""
        asked = ABOUT.format(subjects=" ".join(subjects), pattern=self._pattern())
        reply = self._form("sparqlQuery", "query", asked)
        with reply.content:
            return [_row(triple) for triple in _parsed(reply, self.endpoint)]

    def _form(self, service: str, field: str, text: str) -> Reply:
        known = {"email": self.endpoint.user, "password": self.endpoint.password, field: text}
        body = urlencode(known).encode()
        media_type = "application/x-www-form-urlencoded"
        request = Request("POST", f"{self._api}/{service}", body, media_type, ACCEPT)
        return send(self._plain, request)


def _parsed(reply: Reply, endpoint: Endpoint) -> Iterable[Triple]:
    media_type = "application/n-triples" if reply.media_type == "text/plain" else reply.media_type
    if media_type not in TRIPLES:
        raise EndpointError(
            f"{endpoint}: answers with {reply.media_type}, not with triples; is the address right?"
        )
    try:
        for quad in parse(reply.content, format=TRIPLES[media_type], lenient=True):
            yield quad.triple
    except SyntaxError as error:
        raise EndpointError(
            f"{endpoint}: its answer breaks off or is damaged ({error}); nothing of it was used"
        ) from None


def _row(triple: Triple) -> Row:
    return str(triple.subject), str(triple.predicate), str(triple.object)
