"""Do one piece of work after another, in one process or in several at once."""

import gc
import multiprocessing
import os
import threading
import time
import warnings
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import NamedTuple, TypeVar, cast

T = TypeVar("T")
R = TypeVar("R")

HEARTBEAT = 0.1
"""Seconds after which a process notices that the one that started it is gone."""


class _Worker(NamedTuple):
    process: BaseProcess
    line: Connection


@contextmanager
def without_collection() -> Iterator[None]:
    """Stop looking for circular garbage: records make none, and looking takes half the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def processors() -> int:
    """Return how many processes can work at the same time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(work: Callable[[T], R], items: Sequence[T], jobs: int) -> Generator[R, None, None]:
    """Yield what ``work`` makes of each item, in the order in which it is done.

    The processes are copies of this one, so they know all that it knows without being told; what
    ``work`` returns or raises must be picklable. They end with this process, however that ends.

    Args:
        work: what is done with one item.
        items: taken in their order.
        jobs: processes; with 1, or one item, all is done in this process and in order.

    Raises:
        Exception: whatever ``work`` raises, as soon as it does.
    """
    jobs = min(jobs, len(items))
    if jobs <= 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, items)
        return
    yield from _run(work, items, jobs)


def apart(work: Callable[[], R]) -> R:
    """Return what ``work`` returns, done by a process of its own: what it holds goes with it.

    Raises:
        Exception: whatever ``work`` raises.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        return work()
    with closing(_run(lambda _: work(), [None], 1)) as done:
        return next(done)


def _run(work: Callable[[T], R], items: Sequence[T], jobs: int) -> Generator[R, None, None]:
    workers = _start(work, items, jobs)
    try:
        yield from _results(workers, len(items))
    finally:
        for worker in workers:
            worker.line.close()
            worker.process.terminate()
            worker.process.join()


def _start(work: Callable[[T], R], items: Sequence[T], jobs: int) -> list[_Worker]:
    context = multiprocessing.get_context("fork")
    workers: list[_Worker] = []
    for _ in range(jobs):
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(work, items, theirs), daemon=True)
        with warnings.catch_warnings():
            # Python 3.12 and later warn if there are threads. Only this one runs Python code now.
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        theirs.close()
        workers.append(_Worker(process, ours))
    return workers


def _results(workers: list[_Worker], number: int) -> Iterator[R]:
    waiting = iter(range(number))
    lines = [worker.line for worker in workers]
    for line in lines:
        line.send(next(waiting))
    done = 0
    while done < number:
        for line in cast("list[Connection]", wait(lines)):
            result, error = line.recv()
            if error is not None:
                raise error
            done += 1
            after = next(waiting, None)
            if after is not None:
                line.send(after)
            yield result


def _serve(work: Callable[[T], R], items: Sequence[T], line: Connection) -> None:
    threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()
    while True:
        with _Telling(line):
            line.send((work(items[line.recv()]), None))


class _Telling:
    """Sends an error to the process that gave the work, and ends this one."""

    def __init__(self, line: Connection) -> None:
        self._line = line

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, Exception):
            if not isinstance(error, EOFError):
                self._line.send((None, error))
            raise SystemExit(0)


def _follow(parent: int) -> None:
    """End this process when the one that started it has ended, even by a kill."""
    while os.getppid() == parent:
        time.sleep(HEARTBEAT)
    os._exit(1)
