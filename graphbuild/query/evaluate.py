"""Have a query answered wherever its graph is: in a folder here, or behind an endpoint."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Protocol

from graphbuild.query.engines import Engine
from graphbuild.query.run import Evaluation
from graphbuild.store.endpoint import Endpoint
from graphbuild.store.places import Place


class Answer(Protocol):
    """The answer to a query, whose bytes are read as from a file; see `Evaluation`."""

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the first bytes or the end; say whether there is something to read."""

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, none at the end."""


def evaluation(  # noqa: PLR0913 - what decides how a query is answered
    place: Place,
    text: str,
    format: str,
    timeout: float | None = None,
    engine: Engine = "auto",
    allowed: Collection[str] = (),
) -> AbstractContextManager[Answer]:
    """Return the answer to a query, for a ``with`` block.

    Args:
        place: the graph or endpoint that is asked.
        text: the query. The prefixes of the vocabulary need not be declared.
        format: as for `Evaluation`.
        timeout: seconds; None for no limit.
        engine: ``store``, ``columns``, or ``auto`` for the one that is quicker; of no meaning for
            an endpoint.
        allowed: hosts that SERVICE may ask.

    Raises:
        QueryRefusedError: the query is an update or calls another endpoint.
    """
    if isinstance(place, Endpoint):
        from graphbuild.query.remote import RemoteEvaluation

        return RemoteEvaluation(replace(place, timeout=timeout), text, format, allowed)
    if engine == "store":
        return Evaluation(place, text, format, timeout, allowed)
    from graphbuild.query.analytic.routing import choice
    from graphbuild.query.analytic.run import ColumnsEvaluation, RoutedEvaluation

    if engine == "columns":
        return ColumnsEvaluation(place, text, format, timeout)
    if choice(place, text).engine == "columns":
        return RoutedEvaluation(place, text, format, timeout)
    return Evaluation(place, text, format, timeout, allowed)
