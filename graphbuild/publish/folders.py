"""Keep a graph in a folder for others to fetch: its triples, and what changed each time.

    folder/
      graph.nt            the graph, sorted: versions of it compare line by line
      changes/0001.rdfp   RDF Patch of each push, chained by its predecessor's name

In a git repository each push is a commit.
"""

import re
import subprocess
from pathlib import Path

from graphbuild.errors import GraphBuildError
from graphbuild.publish.delta import Delta, difference, rows_of
from graphbuild.publish.patch import AT_ONCE, batches, write_patch
from graphbuild.publish.plan import empty
from graphbuild.publish.sides import side
from graphbuild.store.output import written

GRAPH = "graph.nt"
NAME = re.compile(r"H id <([^>]+)>")


def change_of(folder: Path, graph: Path, work: Path) -> Delta:
    """Return what a folder lacks of a graph, and what it has too much.

    Raises:
        GraphBuildError: the folder's graph cannot be read.
    """
    before = folder / GRAPH
    old = side(before, work).triples if before.is_file() else empty(work)
    return difference(old, graph, work)


def write_folder(folder: Path, graph: Path, delta: Delta) -> None:
    """Write a graph and its change into a folder, and commit them if it is a git repository.

    Raises:
        GraphBuildError: the folder cannot be written, or git fails.
    """
    if not delta:
        return
    try:
        changes = folder / "changes"
        changes.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GraphBuildError(f"{folder}: cannot be written ({error.strerror})") from error
    earlier = sorted(changes.glob("[0-9]*.rdfp"))
    patch = changes / f"{len(earlier) + 1:04d}.rdfp"
    with written(patch) as file:
        write_patch(delta, file, _name(earlier[-1]) if earlier else "")
    with written(folder / GRAPH) as file:
        for some in batches(rows_of(graph), AT_ONCE):
            file.write("".join([f"{s} {p} {o} .\n" for s, p, o in some]).encode())
    if (folder / ".git").exists():
        _git(folder, "add", "--", GRAPH, str(patch.relative_to(folder)))
        _git(folder, "commit", "--quiet", "-m", _message(delta), "--", GRAPH, "changes")


def _name(patch: Path) -> str:
    found = NAME.match(patch.read_text(encoding="utf-8"))
    return found[1] if found else ""


def _message(delta: Delta) -> str:
    return f"Graph: {delta.additions:,} triples added, {delta.removals:,} removed"


def _git(folder: Path, *arguments: str) -> None:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except OSError as error:
        raise GraphBuildError(f"{folder}: git cannot be run ({error.strerror})") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
        raise GraphBuildError(f"{folder}: git {arguments[0]} fails: {said[-1]}")
