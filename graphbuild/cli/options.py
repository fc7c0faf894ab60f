"""Parameters that several commands share: which graph is meant, and where a result goes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from graphbuild.store.folder import MANIFEST, GraphFolder, open_graph

ENVIRONMENT = "GRAPHBUILD_GRAPH"
NO_GRAPH = (
    f"no graph given, and the current folder is none: name a graph folder or set {ENVIRONMENT}; "
    "make one with: graphbuild build FILE --output my-graph"
)

Command = TypeVar("Command", bound=Callable[..., Any])


class GraphType(click.ParamType[GraphFolder]):
    """Path of a graph folder; gives the opened `GraphFolder`.

    A folder that cannot be used raises `GraphError`, so the command ends with status 5.
    """

    name = "graph"

    def convert(
        self,
        value: str | Path | GraphFolder,
        param: click.Parameter | None,  # noqa: ARG002 - click's signature
        ctx: click.Context | None,  # noqa: ARG002
    ) -> GraphFolder:
        """Open the folder that was named."""
        return value if isinstance(value, GraphFolder) else open_graph(Path(value))

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """Let the shell complete names of folders."""
        return [CompletionItem(incomplete, type="dir")]


def graph_argument(command: Command) -> Command:
    """Add the argument GRAPH, which the command receives as ``graph: GraphFolder``.

    Left out it is the folder that the environment names, or else the current folder.
    """
    return click.argument(
        "graph", type=GraphType(), required=False, envvar=ENVIRONMENT, callback=_given_or_found
    )(command)


def graph_option(command: Command) -> Command:
    """Add the option ``-g/--graph``, which the command receives as ``graph: GraphFolder``.

    Left out it is the folder that the environment names, or else the current folder.
    """
    return click.option(
        "-g",
        "--graph",
        type=GraphType(),
        envvar=ENVIRONMENT,
        callback=_given_or_found,
        help=f"Graph folder. [default: ${ENVIRONMENT} or the current folder]",
    )(command)


def output_option(command: Command) -> Command:
    """Add the option ``-o/--output``, received as ``output: Path``; ``-`` is standard output."""
    return click.option(
        "-o",
        "--output",
        type=output_path(),
        default="-",
        help="File to write. [default: standard output]",
    )(command)


def output_path() -> click.Path:
    """Return the type of a file to write, where ``-`` means standard output."""
    return click.Path(dir_okay=False, allow_dash=True, path_type=Path)


def _given_or_found(
    ctx: click.Context, _param: click.Parameter, value: GraphFolder | None
) -> GraphFolder | None:
    if value is not None or ctx.resilient_parsing:
        return value
    if not Path(MANIFEST).is_file():
        raise click.UsageError(NO_GRAPH, ctx)
    return open_graph(Path())
