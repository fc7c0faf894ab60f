"""A server on this machine that pages, throttles, breaks off, drips, redirects and lies."""

import time
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit


class Reply(NamedTuple):
    """An answer.

    Attributes:
        body: of the answer.
        status: of the answer.
        kind: its content type.
        headers: further headers.
        announced: length that the header states; None for the true one, -1 for none at all.
        drip: seconds between two bytes.
    """

    body: bytes = b""
    status: int = 200
    kind: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    announced: int | None = None
    drip: float = 0


Route = Callable[[dict[str, str], int], Reply]
"""Answers by the parameters of the request and how many came before it to the same path."""


class Server:
    """Serves routes by path until it is closed.

    Attributes:
        routes: what answers, by path.
        asked: paths with parameters, in the order of the requests.
        agents: the user agents of the requests.
    """

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.asked: list[str] = []
        self.agents: list[str] = []
        self._visits: Counter[str] = Counter()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer._answer(self)

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"] or 0))
                outer._answer(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        host, port = self._http.server_address[:2]
        self.url = f"http://{host}:{port}"
        Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Stop."""
        self._http.shutdown()
        self._http.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        self.agents.append(handler.headers["User-Agent"])
        parts = urlsplit(handler.path)
        route = self.routes.get(parts.path, lambda _, __: Reply(status=404))
        reply = route(dict(parse_qsl(parts.query)), self._visits[parts.path])
        self._visits[parts.path] += 1
        handler.send_response(reply.status)
        handler.send_header("Content-Type", reply.kind)
        if reply.announced != -1:
            length = len(reply.body) if reply.announced is None else reply.announced
            handler.send_header("Content-Length", str(length))
        for name, value in reply.headers:
            handler.send_header(name, value)
        handler.end_headers()
        self._send(handler, reply)

    def _send(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        step = 1 if reply.drip else len(reply.body) or 1
        for at in range(0, len(reply.body), step):
            try:
                handler.wfile.write(reply.body[at : at + step])
            except OSError:
                return
            time.sleep(reply.drip)
