"""Work is spread over processes, which tell what goes wrong and end with the one that made them."""

import multiprocessing
import os
import time
from pathlib import Path

import pytest

from graphbuild.errors import InputError
from graphbuild.runner import apart, processors, spread


def test_every_item_is_done_once_whatever_the_number_of_processes():
    for jobs in (1, 2, 5):
        assert sorted(spread(lambda item: item * item, range(7), jobs)) == [
            0, 1, 4, 9, 16, 25, 36,
        ]  # fmt: skip


def test_nothing_to_do_starts_nothing():
    assert list(spread(os.kill, [], 4)) == []


def test_several_processes_share_the_work():
    def slow(_: int) -> int:
        time.sleep(0.05)
        return os.getpid()

    assert len(set(spread(slow, range(4), 2))) == 2


def test_error_of_the_work_is_raised_as_it_was():
    def fail(item: int) -> None:
        raise InputError("it is empty", location="page.txt", line=item)

    with pytest.raises(InputError, match=r"page\.txt:3: it is empty") as caught:
        list(spread(fail, [3, 3], 2))
    assert (caught.value.location, caught.value.line) == ("page.txt", 3)


def test_processes_end_with_the_one_that_started_them():
    receive, send = multiprocessing.Pipe(duplex=False)

    def work(_: int) -> None:
        send.send(os.getpid())
        time.sleep(60)

    starter = multiprocessing.get_context("fork").Process(
        target=lambda: list(spread(work, range(2), 2))
    )
    starter.start()
    workers = [receive.recv(), receive.recv()]
    starter.kill()
    starter.join()
    for _ in range(100):
        if not any(map(alive, workers)):
            return
        time.sleep(0.1)
    pytest.fail("a process outlives the one that started it")


def alive(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.split(")")[1].split()[0] != "Z"


def test_at_least_one_processor():
    assert processors() >= 1


def test_work_apart_is_done_by_another_process_and_its_error_is_raised_here():
    assert apart(os.getpid) != os.getpid()

    def fail() -> None:
        raise InputError("it is empty", location="page.txt")

    with pytest.raises(InputError, match=r"page\.txt: it is empty"):
        apart(fail)
    assert multiprocessing.active_children() == []
