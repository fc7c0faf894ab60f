"""The folder of a site: what was written there, and what is to be kept, renewed or removed.

``.graphbuild-site/files.tsv`` names every file that a run wrote, with a fingerprint of what it
was made from. It is written before any file that is new and again at the end, so that also a run
that was killed leaves a list of all that is ours. Files are replaced whole; first pages, then what
leads to them; what is gone goes last. So a reader meets no dead link at any time.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from graphbuild.errors import GraphBuildError
from graphbuild.site.places import DATA

OWN = ".graphbuild-site"
LIST = "files.tsv"
LOCK = "lock"
UNKNOWN = "-"
ENTITY = ".*"
"""How the list names all files of one entity: its stem and this."""

SUFFIXES = ("html", *DATA)


class SiteFolder:
    """A folder that holds a site, locked by `opened`.

    Attributes:
        path: the folder.
        known: fingerprints by file, or by stem and `ENTITY`, of the runs before.
    """

    def __init__(self, path: Path, known: dict[str, str]) -> None:
        self.path = path
        self.known = known
        self._now: dict[str, str] = {}
        self.written = 0
        self.unchanged = 0
        self.removed = 0

    def announce(self, names: Iterable[str]) -> None:
        """List files before they are written, so that they are known as ours."""
        fresh = dict.fromkeys((name for name in names if name not in self.known), UNKNOWN)
        self._save(self.known | fresh)

    def is_current(self, stem: str, mark: str) -> bool:
        """Say whether the files of an entity are there and made from the same."""
        if self.known.get(f"{stem}{ENTITY}") != mark:
            return False
        return all((self.path / f"{stem}.{suffix}").is_file() for suffix in SUFFIXES)

    def note(self, stem: str, mark: str, *, written: bool) -> None:
        """Note that the files of an entity are there."""
        self._now[f"{stem}{ENTITY}"] = mark
        self.written += written
        self.unchanged += not written

    def put(self, name: str, content: bytes) -> None:
        """Write a file, unless it is there already."""
        mark = fingerprint(content)
        self._now[name] = mark
        if self.known.get(name) == mark and (self.path / name).is_file():
            self.unchanged += 1
            return
        replace(self.path / name, content)
        self.written += 1

    def keep(self, name: str, mark: str) -> bool:
        """Note a file that is made from what ``mark`` stands for; say whether it is there."""
        self._now[name] = mark
        return self.known.get(name) == mark and (self.path / name).is_file()

    def finish(self) -> None:
        """Remove what is no longer part of the site, and write the list."""
        for name in self.known.keys() - self._now.keys():
            for path in self._files(name):
                if path.is_file():
                    path.unlink()
                    self.removed += 1
                    _prune(path.parent, self.path)
        self._save(self._now)

    def _files(self, name: str) -> list[Path]:
        if not name.endswith(ENTITY):
            return [self.path / name]
        stem = name.removesuffix(ENTITY)
        return [self.path / f"{stem}.{suffix}" for suffix in SUFFIXES]

    def _save(self, marks: dict[str, str]) -> None:
        lines = "".join(f"{mark}\t{name}\n" for name, mark in sorted(marks.items()))
        replace(self.path / OWN / LIST, lines.encode())


@contextmanager
def opened(path: Path) -> Iterator[SiteFolder]:
    """Lend the folder of a site, new or written before, that nobody else writes meanwhile.

    Raises:
        GraphBuildError: the folder holds something else, is being written, or cannot be written.
    """
    try:
        _claim(path)
        with (path / OWN / LOCK).open("a", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise GraphBuildError(
                    f"{path}: another process writes this site; wait or stop it"
                ) from error
            yield SiteFolder(path, dict(_listed(path)))
    except OSError as error:
        reason = error.strerror or str(error)
        place = error.filename or path
        raise GraphBuildError(f"{place}: cannot be written ({reason})") from error


def _claim(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise GraphBuildError(f"{path}: is a file; name a folder")
    if path.is_dir() and not (path / OWN).is_dir():
        others = [entry.name for entry in path.iterdir() if entry.name != ".git"]
        if others:
            raise GraphBuildError(
                f"{path}: holds {min(others)} and no site of graphbuild; "
                "name an empty folder or a new one"
            )
    (path / OWN).mkdir(parents=True, exist_ok=True)


def _listed(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the files of the list; a line that leads out of the folder is passed over."""
    try:
        lines = (path / OWN / LIST).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        mark, _, name = line.partition("\t")
        if name and not name.startswith("/") and ".." not in name.split("/"):
            yield name, mark


def replace(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    fresh = path.with_name(f".{os.getpid()}.part")
    try:
        file = fresh.open("wb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = fresh.open("wb")
    with file:
        file.write(content)
    fresh.replace(path)


def fingerprint(content: bytes) -> str:
    """Return what two contents share only if they are the same."""
    return blake2b(content, digest_size=12).hexdigest()


def _prune(folder: Path, top: Path) -> None:
    """Remove folders that have become empty."""
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
