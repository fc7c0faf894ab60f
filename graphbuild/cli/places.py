"""A graph that is named on the command line: a folder, a file of RDF, or an endpoint."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphbuild.cli.options import ALIASES
from graphbuild.store.endpoint import Endpoint, endpoint
from graphbuild.store.folder import MANIFEST, open_graph
from graphbuild.store.settings import SETTINGS
from graphbuild.text import visible

if TYPE_CHECKING:
    from graphbuild.publish.sides import Place


class PlaceType(click.ParamType["Place"]):
    """A graph folder, a file or folder of RDF, the address of an endpoint, or its name."""

    name = "place"

    def convert(
        self,
        value: str | Path | Endpoint,
        param: click.Parameter | None,  # noqa: ARG002 - click's signature
        ctx: click.Context | None,  # noqa: ARG002
    ) -> "Place":
        """Open what was named."""
        return place(value) if isinstance(value, str) else value


def place(text: str, *, form: bool = False) -> "Place":
    """Return the graph that a user names.

    Args:
        text: path, address or name.
        form: an address is that of a VIVO, which takes e-mail and password in a form.

    Raises:
        GraphError: the graph folder cannot be used.
        EndpointError: it is neither a file nor the name of an endpoint.
    """
    path = Path(text)
    if (path / MANIFEST).is_file() or (path / SETTINGS).is_file():
        return open_graph(path)
    if text == "-" or (path.exists() and not text.startswith(("http://", "https://"))):
        return path
    return replace(server(text), form=form)


def server(text: str) -> Endpoint:
    """Return the endpoint that an address or a name stands for; it tells its news on stderr."""
    known = endpoint(text, Path(click.get_app_dir("graphbuild")) / ALIASES)
    return replace(known, tell=_told)


def _told(text: str) -> None:
    click.echo(visible(text), err=True)
