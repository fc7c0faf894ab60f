"""Measure reading, mapping and building beside peers: ``python -m benchmarks.pipeline``.

Every figure is of a whole process: wall seconds, seconds of the processors, and the most memory
that the process and those that it starts hold at once. Runs of ours and of peers take turns, and
the median is told. Peers are installed into a virtual environment of their own (`make bench`).
"""

import argparse
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from benchmarks.readers import speeds, write_inputs
from benchmarks.readers import tell as tell_speeds
from benchmarks.rml import write_mapping
from benchmarks.works import write_tables, write_works
from graphbuild.runner import processors

PEERS = Path(__file__).resolve().parents[1] / ".venv-bench" / "bin"
FILES = 4
PARTS = ("readers", "construction", "building", "memory")
EXPORT = "graphbuild export"
POLL = 0.25


class Run(NamedTuple):
    """What one process took; of several runs, the median of each."""

    wall: float
    processor: float
    megabytes: float


def main() -> None:
    """Run what is asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--works", type=int, default=10_000, help="works to make up")
    parser.add_argument("--large", type=int, default=0, help="works of the build of part memory")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="what to measure")
    given = parser.parse_args()
    print(f"{platform.machine()}, {processors()} processors, Python {platform.python_version()}")
    print(", ".join(f"{name} {version(name)}" for name in ("duckdb", "msgspec", "pyoxigraph")))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if "readers" in given.parts:
            readers(folder / "readers")
        small = folder / "works"
        write_works(given.works, small, FILES)
        if "construction" in given.parts:
            construction(small, given.works, given.rounds, folder)
        if "building" in given.parts:
            building(small, given.works, given.rounds, folder)
        if given.large and "memory" in given.parts:
            large = folder / "large"
            write_works(given.large, large, FILES)
            building(large, given.large, 1, folder)


def readers(folder: Path) -> None:
    """Print how fast one process makes records of files."""
    heading("From file to records, one process; bare is parsing only", "")
    tell_speeds(speeds({name: [path] for name, path in write_inputs(folder).items()}))


def construction(works: Path, number: int, rounds: int, folder: Path) -> None:
    """Print how long mapping to N-Triples takes, ours with the whole model, and morph-kgc's."""
    write_tables(number, folder / "tables")
    config = write_mapping(folder / "tables", folder)
    target = folder / "ours.nt"
    ours = [sys.executable, "-m", "benchmarks.construct", str(works), str(target)]
    runs = measured(rounds, {
        "morph-kgc, flat JSON tables": [str(PEERS / "python"), "-m", "morph_kgc", str(config)],
        "graphbuild, one process": [*ours, "1"],
        "graphbuild, two processes": [*ours, "2"],
    })  # fmt: skip
    megabytes = sum(path.stat().st_size for path in works.iterdir()) / 1e6
    heading(
        f"{number:,} works ({megabytes:.0f} MB of JSON Lines) to N-Triples",
        "wall s  proc. s      MB     wall    proc.",
    )
    tell(runs, next(iter(runs)))
    print(f"triples: morph-kgc {lines(folder / 'morph.nt'):,}, graphbuild {lines(target):,}")


def building(works: Path, number: int, rounds: int, folder: Path) -> None:
    """Print how long a build takes beside loading the very same triples, and their memory."""
    graph, dump, store = folder / "graph", folder / "graph.nt", folder / "store"
    command = [sys.executable, "-m", "graphbuild"]
    export = [*command, "export", str(graph), "--to", str(dump)]
    load = [str(PEERS / "oxigraph"), "load", "--location", str(store), "--file", str(dump)]
    build = [*command, "build", str(works), "-o", str(graph)]
    runs = measured(
        rounds,
        {"graphbuild build": build, EXPORT: export, "oxigraph load": load},
        fresh={"graphbuild build": graph, "oxigraph load": store},
    )
    del runs[EXPORT]
    heading(
        f"{number:,} works into a store ({lines(dump):,} triples)",
        "wall s  proc. s      MB     wall    proc.",
    )
    tell(runs, "oxigraph load")
    for path in (graph, store):
        shutil.rmtree(path, ignore_errors=True)


def measured(
    rounds: int, commands: dict[str, list[str]], fresh: Mapping[str, Path] | None = None
) -> dict[str, Run]:
    """Return the medians of several runs of commands that take turns, some into new folders."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            if fresh and name in fresh:
                shutil.rmtree(fresh[name], ignore_errors=True)
            runs[name].append(measure(command))
    return {
        name: Run(*(statistics.median(values) for values in zip(*some, strict=True)))
        for name, some in runs.items()
    }


def measure(command: Sequence[str]) -> Run:
    """Run a command and return what it took.

    Raises:
        RuntimeError: it failed.
    """
    start, before = time.perf_counter(), _processor()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    most = 0.0
    while True:
        try:
            _, errors = process.communicate(timeout=POLL)
            break
        except subprocess.TimeoutExpired:
            most = max(most, _memory(process.pid))
    if process.returncode:
        raise RuntimeError(f"{command[0]} failed: {errors.decode()[-500:]}")
    return Run(time.perf_counter() - start, _processor() - before, most)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory(process: int) -> float:
    """Return the megabytes that a process and its descendants hold; shared pages count once."""
    total = 0.0
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").split("\n"):
            if line.startswith("Pss:"):
                total += int(line.split()[1]) / 1e3
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return total
    return total + sum(_memory(int(child)) for child in children.split())


def heading(title: str, columns: str) -> None:
    """Print the head of a table."""
    print(f"\n{title:44} {columns}")


def tell(runs: dict[str, Run], base: str) -> None:
    """Print runs, each with its ratio to one of them."""
    for name, run in runs.items():
        wall = ratio(run.wall, runs[base].wall)
        processor = ratio(run.processor, runs[base].processor)
        print(
            f"{name:44} {run.wall:7.1f} {run.processor:7.1f} {run.megabytes:7.0f}"
            f" {wall:>8} {processor:>8}"
        )


def ratio(one: float, other: float) -> str:
    """Return a ratio in words: ``1.50 x`` or ``1/2.0``."""
    return f"{one / other:.2f} x" if one >= other else f"1/{other / one:.1f}"


def lines(path: Path) -> int:
    """Return the number of lines of a file."""
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


if __name__ == "__main__":
    main()
