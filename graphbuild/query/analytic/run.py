"""Have a query answered from the columns, in a process of its own."""

import json
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from graphbuild.errors import GraphError, QueryError
from graphbuild.query.run import CHUNK, Evaluation, NotExactError
from graphbuild.store.folder import GraphFolder

TOO_LARGE = "the columns have too little memory for this question; ask less, or the store"


class ColumnsEvaluation(Evaluation):
    """A query that the columns answer; the same to use as an `Evaluation`.

    Args:
        wish: ``strict=True`` refuses what has several right answers, or may take long;
            ``explain=True`` tells the plan in the place of the answer.

    Raises:
        GraphError: the graph has no columns.
    """

    COMMAND = (sys.executable, "-P", str(Path(__file__).with_name("worker.py")))

    def __init__(
        self, graph: GraphFolder, text: str, format: str, timeout: float | None = None, **wish: bool
    ) -> None:
        if not graph.columns.exists():
            raise GraphError(f"{graph.columns}: missing; build the graph again")
        self._wish = wish
        super().__init__(graph, text, format, timeout)

    def _broken(self) -> QueryError:
        return NotExactError(TOO_LARGE)

    def _source(self) -> dict[str, object]:
        return {"columns": str(self._graph.columns), **self._wish}


class RoutedEvaluation:
    """A query that the columns answer, or the store where they find that they cannot."""

    def __init__(
        self, graph: GraphFolder, text: str, format: str, timeout: float | None = None
    ) -> None:
        self._asked = (graph, text, format)
        self._current: Evaluation = ColumnsEvaluation(graph, text, format, timeout, strict=True)
        self._first: bytes | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._current.__exit__(kind, error, traceback)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait as `Evaluation.wait` does; where the store takes over, for its bytes."""
        if self._first is not None:
            return True
        return self._current.wait(seconds) and self._begun()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, as `Evaluation.read` does."""
        if size < 0:
            return b"".join(iter(lambda: self.read(CHUNK), b""))
        if self._first is None:
            self._begun()
        piece, self._first = (self._first or b"")[:size], (self._first or b"")[size:]
        return piece or self._current.read(size)

    def _begun(self) -> bool:
        """Hold the first bytes; where the columns give up, start the store and say no."""
        try:
            self._first = self._current.read(CHUNK)
        except NotExactError:
            left = self._current.left
            self._current.__exit__(None, None, None)
            self._current = Evaluation(*self._asked, left)
            self._first = b""
            return False
        return True


def plan_of(graph: GraphFolder, text: str, timeout: float | None) -> dict[str, Any]:
    """Return how the columns would answer a query: ``sql``, ``plan`` and what in it is ``slow``.

    Raises:
        NotExactError: they would not.
        QueryError, GraphError: as for `Evaluation`.
    """
    with ColumnsEvaluation(graph, text, "tsv", timeout, explain=True) as answer:
        found: dict[str, Any] = json.loads(answer.read())
    return found
