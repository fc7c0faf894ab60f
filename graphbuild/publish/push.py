"""Bring a target into step with a graph: batch by batch, confirmed, resumable.

All that is sent is idempotent: to insert a triple that is there, or delete one that is not, changes
nothing. So a push that ended anywhere is simply run again; the journal spares it what has arrived.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep

from graphbuild.errors import EndpointError, QueryTimeoutError
from graphbuild.publish.delta import Delta, difference, rows_of
from graphbuild.publish.journal import Journal
from graphbuild.publish.likeness import alike_left_out, lacking
from graphbuild.publish.patch import batches, identity
from graphbuild.publish.plan import held_by
from graphbuild.publish.replacing import put_changed
from graphbuild.publish.targets import SUBJECTS, GraphStore, Target
from graphbuild.store import patience
from graphbuild.store.columns import Row
from graphbuild.store.sending import RefusedError

DIVISIBLE = frozenset({400, 413, 422, 500})
"""Answers after which a part of a batch may be taken: a triple is wrong, or all are too many."""

HOPELESS = 10
"""Triples that are refused one by one, none being taken, before a target is given up."""

Tell = Callable[[str], None]
Step = tuple[str, list[Row]]


@dataclass
class Result:
    """How a push went.

    Attributes:
        added: triples that were sent to be added.
        removed: triples that were sent to be removed.
        skipped: batches that an earlier run had brought.
        refused: what the target did not take, and why.
    """

    added: int = 0
    removed: int = 0
    skipped: int = 0
    refused: list[tuple[Row, str]] = field(default_factory=list)


class Push:
    """One push.

    Args:
        target: where it goes.
        journal: says how far an earlier run got, and keeps how far this one gets.
        folder: where to write.
        tell: is told what is done.
    """

    def __init__(self, target: Target, journal: Journal, folder: Path, tell: Tell) -> None:
        self._target = target
        self._journal = journal
        self._folder = folder
        self._tell = tell
        self._result = Result()
        self._taken = False

    def run(self, delta: Delta, graph: Path) -> Result:
        """Send a delta and remember the graph as what is there now.

        Raises:
            EndpointError: the target does not do it; what has arrived stands in the journal.
            QueryTimeoutError: it does not answer in time; the same.
        """
        target, plan = self._target, identity(delta)
        if delta.removals and isinstance(target, GraphStore):
            self._replace(target, delta)
        else:
            self._in_batches(delta, plan)
        if not target.confirms:
            self._confirm_all(delta, graph)
        self._journal.keep(graph, self._result.refused)
        self._journal.write(plan, 0, 0, finished=True)
        return self._result

    def _in_batches(self, delta: Delta, plan: str) -> None:
        number = sum(-(-each // self._target.at_once) for each in (delta.additions, delta.removals))
        done, self._result.refused = self._journal.resumed(plan)
        self._result.skipped = done
        for step, (operation, rows) in enumerate(self._steps(delta), 1):
            if step <= done:
                continue
            self._tell(f"{self._target}: batch {step} of {number}")
            before = len(self._result.refused)
            with _named(f"batch {step} of {number} ({operation})", self._journal):
                self._deliver(operation, rows)
                self._confirm(operation, rows)
            self._count(operation, len(rows))
            self._journal.write(plan, step, number, self._result.refused[before:])

    def _steps(self, delta: Delta) -> Iterator[Step]:
        """Yield what is to be done: first what comes, so that nothing is missing meanwhile."""
        for operation, columns in (("INSERT", delta.added), ("DELETE", delta.removed)):
            for rows in batches(rows_of(columns), self._target.at_once):
                yield operation, rows

    def _count(self, operation: str, number: int) -> None:
        if operation == "INSERT":
            self._result.added += number
        else:
            self._result.removed += number

    def _deliver(self, operation: str, rows: list[Row]) -> None:
        """Send triples, halved and halved again where they are refused."""
        try:
            self._target.change(operation, rows)
        except RefusedError as error:
            if error.status not in DIVISIBLE:
                raise
            if len(rows) > 1:
                middle = len(rows) // 2
                self._deliver(operation, rows[:middle])
                self._deliver(operation, rows[middle:])
                return
            self._result.refused.append((rows[0], error.said))
            if len(self._result.refused) >= HOPELESS and not self._taken:
                raise
        else:
            self._taken = True

    def _confirm(self, operation: str, rows: list[Row]) -> None:
        """Ask whether the triples are there, or gone; a server may need a moment."""
        if not self._target.confirms:
            return
        refused = {row for row, _ in self._result.refused}
        expected = [row for row in rows if row not in refused]
        wrong = self._wrong(operation, expected)
        if wrong:
            sleep(patience.FIRST_PAUSE)
            wrong = self._wrong(operation, wrong)
        self._judge(wrong, len(expected), operation)

    def _wrong(self, operation: str, rows: list[Row]) -> list[Row]:
        subjects = sorted({row[0] for row in rows})
        held: list[Row] = []
        for start in range(0, len(subjects), SUBJECTS):
            held += self._target.about(subjects[start : start + SUBJECTS])
        missing = lacking(rows, held)
        if operation == "INSERT":
            return missing
        gone = set(missing)
        return [row for row in rows if row not in gone]

    def _judge(self, wrong: list[Row], sent: int, operation: str) -> None:
        state = "not there" if operation == "INSERT" else "still there"
        if wrong and len(wrong) == sent:
            raise EndpointError(
                f"{self._target}: answers that it did {operation}, but all {sent:,} triples are "
                f"{state}: may this account write, and is this the right graph?"
            )
        self._result.refused += [(row, f"taken, but {state}") for row in wrong]

    def _replace(self, target: GraphStore, delta: Delta) -> None:
        """Put the whole graph, changed: this protocol cannot remove single triples."""
        with _named("the whole graph (PUT)", self._journal):
            put_changed(target, delta, self._folder)
        self._result.added, self._result.removed = delta.additions, delta.removals

    def _confirm_all(self, delta: Delta, graph: Path) -> None:
        """Read the target again and see that what was sent is there, and what had to go is gone."""
        self._tell(f"{self._target}: reading it again to confirm")
        check = self._folder / "check"
        check.mkdir(exist_ok=True)
        held = held_by(self._target, (graph,), check)
        gone = difference(held, delta.removed, check).additions
        still = delta.removals - gone
        if still:
            raise EndpointError(
                f"{self._target}: answers that it replaced the graph, but {still:,} "
                "removed triples are still there: did somebody else write meanwhile? Push again"
            )
        missing = difference(held, delta.added, check)
        missing = alike_left_out(missing, held, delta.added, check)
        refused = {row for row, _ in self._result.refused}
        wrong = [row for row in rows_of(missing.added) if row not in refused]
        self._judge(wrong, delta.additions - len(refused), "INSERT")


@contextmanager
def _named(what: str, journal: Journal) -> Iterator[None]:
    """Add to an error of the block what was being sent, and where to go on."""
    try:
        yield
    except (EndpointError, QueryTimeoutError) as error:
        last = journal.last()
        done = f"{last.done} of {last.of} batches have arrived" if last and last.of else ""
        kind = QueryTimeoutError if isinstance(error, QueryTimeoutError) else EndpointError
        raise kind(
            f"{error}; at {what}; {done or 'no batch has arrived'}; "
            f"the same command goes on from there ({journal.folder})"
        ) from None
