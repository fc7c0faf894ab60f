"""Run a query on a SPARQL endpoint, and hand its answer on as one of the local engine is."""

import tempfile
from collections.abc import Collection
from types import TracebackType
from typing import IO, Any, Self

from pyoxigraph import serialize

from graphbuild.errors import QueryError
from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.query.run import check_syntax, completed, refuse
from graphbuild.query.worker import GRAPHS, RESULTS, Sorted
from graphbuild.store.answers import results, triples
from graphbuild.store.endpoint import Endpoint
from graphbuild.store.protocol import MEMORY


class RemoteEvaluation:
    """A query that an endpoint answers; the same to use as an `Evaluation`.

    The whole answer is read and checked before the first byte of it comes.

    Args:
        endpoint: who is asked.
        text: the query. The prefixes of the vocabulary need not be declared.
        format: as for `Evaluation`.
        allowed: hosts that SERVICE may ask; the endpoint asks them.

    Raises:
        QueryRefusedError: the query is an update or calls another endpoint.
    """

    def __init__(
        self, endpoint: Endpoint, text: str, format: str, allowed: Collection[str] = ()
    ) -> None:
        refuse(text, allowed)
        self._endpoint = endpoint
        self._text = text
        self._format = format
        self._answer: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._answer is not None:
            self._answer.close()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the answer is there, or with 0 say whether it is; raises as `read` does."""
        if seconds != 0:
            self._content()
        return self._answer is not None

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most ``size``; all that are left if negative; none at the end.

        Raises:
            EndpointError: the endpoint does not answer, or not wholly.
            QueryError: the endpoint says that the query is wrong.
            QueryTimeoutError: the time of the query is over.
        """
        return self._content().read(size)

    def _content(self) -> IO[bytes]:
        if self._answer is None:
            self._answer = tempfile.SpooledTemporaryFile(MEMORY)  # noqa: SIM115 - __exit__ does
            try:
                self._write(self._answer)
            except QueryError:
                check_syntax(self._text)  # points at the place, which few servers do
                raise
            self._answer.seek(0)
        return self._answer

    def _write(self, answer: Any) -> None:  # noqa: ANN401 - what the engine needs of a file
        whole = completed(self._text)
        if self._format in RESULTS:
            with results(self._endpoint, whole) as found:
                found.serialize(answer, RESULTS[self._format])
        else:
            with triples(self._endpoint, whole) as stated:
                target: Any = Sorted(answer)
                serialize(stated, target, GRAPHS[self._format], prefixes=PREFIXES)
