"""Triples are loaded while they are made; what goes wrong is told, and giving up takes no time."""

import pytest
from pyoxigraph import Store

from graphbuild.store import loading as module
from graphbuild.store.loading import Loading


def lines(number):
    return "".join(f"<urn:{n}> <urn:p> <urn:o> .\n" for n in range(number))


def test_files_are_loaded_one_after_another(tmp_path):
    with Loading(tmp_path / "store") as loading:
        for name, number in (("a", 3), ("b", 50_000), ("c", 0)):
            (tmp_path / name).write_text(lines(number))
            loading.add(tmp_path / name)
    assert len(Store.read_only(str(tmp_path / "store"))) == 50_000
    assert loading.seconds > 0


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("size", [1, 100, 10_000])
def test_batches_of_any_size_make_one_store(tmp_path, monkeypatch, threads, size):
    monkeypatch.setattr(module, "AT_ONCE", size)
    with Loading(tmp_path / "store", threads) as loading:
        for number in range(1, 60):
            (tmp_path / f"{number}").write_text(lines(number))
            loading.add(tmp_path / f"{number}")
        loading.end()
    store = Store.read_only(str(tmp_path / "store"))
    assert sorted(str(quad.subject) for quad in store) == sorted(f"<urn:{n}>" for n in range(59))


def test_error_of_one_thread_is_told_and_stops_the_others(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "AT_ONCE", 50)
    (tmp_path / "good").write_text(lines(10))
    (tmp_path / "bad").write_text("<urn:a> <urn:p>\n")
    files = [tmp_path / name for name in ["good"] * 20 + ["bad"] + ["good"] * 20]
    with pytest.raises(SyntaxError), Loading(tmp_path / "store", 3) as loading:
        any(map(loading.add, files))


def test_no_file_gives_an_empty_store(tmp_path):
    with Loading(tmp_path / "store"):
        pass
    assert len(Store.read_only(str(tmp_path / "store"))) == 0


def test_store_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "store").write_text("a file")
    (tmp_path / "a").write_text(lines(100_000))
    with pytest.raises(OSError, match="store"), Loading(tmp_path / "store") as loading:
        loading.add(tmp_path / "a")


def test_file_that_is_no_n_triples_is_an_error(tmp_path):
    (tmp_path / "a").write_text("<urn:a> <urn:p>\n")
    with pytest.raises(SyntaxError), Loading(tmp_path / "store") as loading:
        loading.add(tmp_path / "a")


def test_missing_file_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError), Loading(tmp_path / "store") as loading:
        loading.add(tmp_path / "a")


def test_error_in_the_block_ends_the_loading(tmp_path):
    (tmp_path / "a").write_text(lines(1000))

    def fail() -> None:
        with Loading(tmp_path / "store") as loading:
            loading.add(tmp_path / "a")
            raise RuntimeError("mapping failed")

    with pytest.raises(RuntimeError, match="mapping failed"):
        fail()
