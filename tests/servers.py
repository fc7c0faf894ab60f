"""Servers for tests: a real SPARQL server, and one that does as it is told."""

import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from threading import Thread
from urllib.parse import parse_qs

import pytest
from pyoxigraph import RdfFormat, Store

LOOPBACK = "localhost"


def free_port() -> int:
    with socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


@contextmanager
def oxigraph_server(folder: Path, dump: Path | None = None) -> Iterator[str]:
    """Lend the address of an Oxigraph server over a new store that holds the N-Triples of a dump."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which(
        "oxigraph"
    )
    if program is None:
        pytest.skip("the program oxigraph is not installed")
    if dump is not None:
        subprocess.run(
            [program, "load", "--location", folder, "--file", dump], check=True, capture_output=True
        )
    place = f"{LOOPBACK}:{free_port()}"
    with subprocess.Popen(
        [program, "serve", "--location", folder, "--bind", place],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as server:  # fmt: skip
        try:
            _wait_for(f"http://{place}/query", server)
            yield f"http://{place}"
        finally:
            server.kill()


VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = {port}
DirsAllowed = {folder}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = {http}
ServerRoot = .
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryCostEstimationTime = 0
"""
"""The smallest configuration that starts; a query is never refused for looking costly."""


@contextmanager
def virtuoso_server(folder: Path, dump: Path) -> Iterator[str]:
    """Lend the address of a Virtuoso server over the N-Triples of a dump, which lies in ``folder``.

    The address names the graph that they are in, because Virtuoso's default graph holds its own.
    """
    client = shutil.which("isql-vt")
    if client is None:
        pytest.skip("the server Virtuoso is not installed (Debian: virtuoso-opensource)")
    with empty_virtuoso(folder) as (url, port):
        graph = "urn:example:graph"
        load = f"DB.DBA.TTLP_MT(file_to_string_output('{dump}'), '', '{graph}', 0)"
        subprocess.run(
            [client, str(port), "dba", "dba", f"exec={load}; checkpoint;"],
            check=True, capture_output=True,
        )  # fmt: skip
        yield f"{url}/sparql?default-graph-uri={graph}"


@contextmanager
def empty_virtuoso(folder: Path) -> Iterator[tuple[str, int]]:
    """Lend the address of a new Virtuoso and the port of its SQL; user and password are ``dba``."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("the server Virtuoso is not installed (Debian: virtuoso-opensource)")
    port, http = free_port(), free_port()
    settings = VIRTUOSO.format(port=port, http=http, folder=folder)
    (folder / "virtuoso.ini").write_text(settings, encoding="utf-8")
    with subprocess.Popen(
        [program, "-f", "-c", "virtuoso.ini"],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as server:  # fmt: skip
        try:
            _wait_for(f"http://{LOOPBACK}:{http}/sparql", server)
            yield f"http://{LOOPBACK}:{http}", port
        finally:
            server.kill()


@contextmanager
def vivo_double(store: Store, email: str, password: str) -> Iterator[str]:
    """Lend the address of a double of VIVO's update and query API, as its source has them.

    No VIVO: it is a stand-in that follows ``SparqlUpdateApiController`` in what matters to a
    client. The form must hold e-mail and password, else 403; an update without ``GRAPH`` or
    ``WITH`` is 400; what of a request ran before its mistake stays.
    """

    def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        if (form.get("email"), form.get("password")) != (email, password):
            return reply(handler, 403, b"SPARQL API is not authorised", "text/plain")
        if handler.path.endswith("/api/sparqlQuery"):
            found = store.query(form["query"])
            return reply(
                handler, 200, found.serialize(format=RdfFormat.N_TRIPLES), "application/n-triples"
            )
        update = form.get("update")
        if update is None or not ("GRAPH" in update or "WITH" in update):
            return reply(handler, 400, b"No 'update' parameter, or no GRAPH in it.", "text/plain")
        try:
            store.update(update)
        except SyntaxError as error:
            return reply(handler, 400, str(error).encode(), "text/plain")
        return reply(handler, 200, b"<h1>SPARQL update accepted.</h1>", "text/html")

    with scripted_server(answer) as url:
        yield f"{url}/vivo"


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert server.poll() is None, "the server ended"
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own server
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server does not answer")


@contextmanager
def scripted_server(answer: Callable[[BaseHTTPRequestHandler, bytes], None]) -> Iterator[str]:
    """Lend the address of a server that answers every request by calling ``answer``.

    It receives the handler, to be written to, and the body of the request.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            answer(self, self.rfile.read(length))

        do_GET = do_PUT = do_POST  # noqa: N815 - the library's names

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def reply(
    handler: BaseHTTPRequestHandler,
    status: int,
    content: bytes = b"",
    media_type: str = "application/sparql-results+json",
    **headers: str,
) -> None:
    """Send one answer; underscores in the names of headers stand for hyphens."""
    handler.send_response(status)
    handler.send_header("Content-Type", media_type)
    for name, value in {"Content_Length": str(len(content)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(content)
