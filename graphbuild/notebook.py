"""Ask a graph in a notebook: ``%load_ext graphbuild``, then ``%%sparql`` and ``%graphbuild``.

%graphbuild my-graph                                  the graph to ask from now on
%graphbuild author-coauthors person="Jun Hadley"      a canned query
%%sparql --into people                                SPARQL, its rows also in a variable
SELECT ?name { ?p a foaf:Person ; foaf:name ?name }
"""

import argparse
import shlex
from pathlib import Path
from typing import Any

from graphbuild import api
from graphbuild.api import Graph
from graphbuild.errors import GraphBuildError, QueryError
from graphbuild.query.catalogue import ids
from graphbuild.query.rows import Rows
from graphbuild.store.folder import MANIFEST


class Magics:
    """The two commands, for one notebook.

    Args:
        shell: IPython's shell, which keeps the variables.
    """

    def __init__(self, shell: Any) -> None:  # noqa: ANN401
        self._shell = shell
        self._graph: Graph | None = None

    def graphbuild(self, line: str) -> Graph | Rows:
        """Choose the graph, or answer a canned query: its name and ``name=value`` pairs.

        Raises:
            GraphBuildError: as `open` and `Graph.query` do.
        """
        first, *rest = shlex.split(line) or [""]
        if not rest and first not in ids() and (_is_place(first) or not self._graph):
            self._graph = api.open(first or ".")
            return self._graph
        pairs = dict(_pair(each) for each in rest)
        return self._chosen().query(first, parameters=pairs)

    def sparql(self, line: str, cell: str) -> Rows:
        """Answer the SPARQL of a cell; ``--graph`` and ``--into`` may stand in its first line.

        Raises:
            GraphBuildError: as `Graph.query` does.
        """
        options = _options().parse_args(shlex.split(line))
        graph = api.open(options.graph) if options.graph else self._chosen()
        rows = graph.query(cell)
        if options.into:
            self._shell.user_ns[options.into] = rows
        return rows

    def _chosen(self) -> Graph:
        if self._graph is None:
            self._graph = api.open(".")
        return self._graph


def load_ipython_extension(shell: Any) -> None:  # noqa: ANN401
    """Register the commands; IPython calls this on ``%load_ext graphbuild``."""
    magics = Magics(shell)
    shell.register_magic_function(magics.graphbuild, "line", "graphbuild")
    shell.register_magic_function(magics.sparql, "cell", "sparql")
    shell.set_custom_exc((GraphBuildError,), _in_one_line)


def _in_one_line(shell: Any, kind: object, error: Exception, _: object, **__: object) -> None:  # noqa: ANN401, ARG001
    print(f"Error: {error}")  # noqa: T201 - a notebook shows what is printed


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("%%sparql", exit_on_error=False)
    parser.add_argument("--graph", help="folder or address of the graph")
    parser.add_argument("--into", help="variable that takes the rows")
    return parser


def _is_place(text: str) -> bool:
    return text.startswith(("http://", "https://")) or (Path(text or ".") / MANIFEST).exists()


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise QueryError(f"{text!r} is not name=value")
    return name, value
