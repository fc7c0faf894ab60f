"""Read, resolve, fuse and map inputs to N-Triples, with the whole model and no store.

``python -m benchmarks.construct INPUT OUTPUT.nt JOBS``
"""

import shutil
import sys
import tempfile
from pathlib import Path

from graphbuild.assembly import LINES, Assembly, pieces_of, write_pieces
from graphbuild.build import Options, _reading
from graphbuild.collect import gathered, read, recognised
from graphbuild.deciding import How
from graphbuild.resolve.published import Published
from graphbuild.resolve.rules import read_rules
from graphbuild.runner import without_collection
from graphbuild.settling import settle
from graphbuild.sources.files import find_inputs
from graphbuild.terms import REFERENCE_BASE, Minter


def construct(given: str, target: Path, jobs: int) -> None:
    """Write all triples of an input, a file or folder."""
    with tempfile.TemporaryDirectory() as temporary, without_collection():
        folder = Path(temporary)
        inputs = recognised(find_inputs((given,), folder), None).inputs
        reading = _reading(Options((given,), folder, jobs=jobs))
        read(inputs, reading)
        size = sum(reading.records_of(each).stat().st_size for each in inputs)
        how = How(read_rules(None), Published())
        settled = settle(lambda: gathered(inputs, reading), [], how, folder, size)
        assembly = Assembly(settled.entities, Minter(REFERENCE_BASE), folder, jobs, print)
        with target.open("wb") as lines, settled.spool:
            for piece in write_pieces(pieces_of(settled.entities), assembly):
                path = piece.path(assembly.parts, LINES)
                with path.open("rb") as part:
                    shutil.copyfileobj(part, lines, 1 << 20)
                path.unlink()


if __name__ == "__main__":
    construct(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
