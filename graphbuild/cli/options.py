"""Parameters that several commands share: which graph is meant, and where a result goes."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from graphbuild.store.endpoint import Endpoint, endpoint
from graphbuild.store.folder import MANIFEST, GraphFolder, open_graph
from graphbuild.text import visible

ALLOWED = "GRAPHBUILD_ALLOW_HOST"
ENVIRONMENT = "GRAPHBUILD_GRAPH"
ENDPOINT = "GRAPHBUILD_ENDPOINT"
ALIASES = "endpoints.toml"
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


def place_argument(command: Command) -> Command:
    """Add GRAPH and ``--endpoint``; the command receives either as ``graph: Place``."""
    graph = click.argument("graph", type=GraphType(), required=False, callback=_place)
    return _endpoint_option(graph(command))


def place_option(command: Command) -> Command:
    """Add ``-g/--graph`` and ``--endpoint``; the command receives either as ``graph: Place``."""
    graph = click.option(
        "-g",
        "--graph",
        type=GraphType(),
        callback=_place,
        help=f"Graph folder. [default: ${ENVIRONMENT} or the current folder]",
    )
    return _endpoint_option(graph(command))


def _endpoint_option(command: Command) -> Command:
    return click.option(
        "--endpoint",
        metavar="URL|NAME",
        expose_value=False,
        is_eager=True,
        callback=_remember,
        help=f"SPARQL endpoint to ask instead of a folder: its address, or a name from {ALIASES} "
        f"in the settings folder. [default: ${ENDPOINT}]",
    )(command)


def _remember(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    ctx.meta[ENDPOINT] = value


def named_endpoint(text: str) -> Endpoint:
    """Return the endpoint that a URL or a name stands for; what it tells goes to stderr."""
    known = endpoint(text, Path(click.get_app_dir("graphbuild")) / ALIASES)
    return replace(known, tell=lambda told: click.echo(visible(told), err=True))


def _place(
    ctx: click.Context, param: click.Parameter, value: GraphFolder | None
) -> GraphFolder | Endpoint | None:
    """Return the folder or endpoint that is named; a variable counts where neither is."""
    asked: str | None = ctx.meta.get(ENDPOINT)
    if asked and value is not None:
        raise click.UsageError("give a graph folder or --endpoint, not both.", ctx)
    if value is not None or ctx.resilient_parsing:
        return value
    folder = os.environ.get(ENVIRONMENT)
    asked = asked or (None if folder else os.environ.get(ENDPOINT))
    if asked:
        return named_endpoint(asked)
    return open_graph(Path(folder)) if folder else _given_or_found(ctx, param, None)


def allow_host_option(command: Command) -> Command:
    """Add ``--allow-host``, received as ``allowed: tuple[str, ...]``."""
    return click.option(
        "--allow-host",
        "allowed",
        multiple=True,
        envvar=ALLOWED,
        metavar="HOST",
        help="Host that SERVICE and LOAD may ask, e.g. example.org or localhost:7878; may be "
        f"repeated. [default: ${ALLOWED}, else none]",
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
