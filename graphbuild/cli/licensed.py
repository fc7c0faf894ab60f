"""Option ``--licence`` of what hands a graph on: only what a licence allows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from graphbuild.licences import NAMES, licence_iri
from graphbuild.store.folder import GraphFolder
from graphbuild.text import visible

Command = TypeVar("Command", bound=Callable[..., Any])


class LicenceType(click.ParamType[str]):
    """The name or address of a licence; gives its IRI."""

    name = "licence"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what is no licence."""
        known = licence_iri(value)
        if not known:
            names = ", ".join(NAMES)
            self.fail(f"{value!r} is no licence; give an address, or one of {names}", param, ctx)
        return known


def licence_option(command: Command) -> Command:
    """Add ``--licence``, which the command receives as ``licence: str | None``."""
    return click.option(
        "--licence",
        type=LicenceType(),
        metavar="LICENCE",
        help="Only what may be given on under this licence, as the inputs' licences allow: CC0, "
        "CC-BY, CC-BY-SA or an address. What stays behind is counted. Inputs of unknown licence "
        "allow nothing.",
    )(command)


@contextmanager
def within(graph: GraphFolder, licence: str | None) -> Iterator[GraphFolder]:
    """Lend the part of a graph that a licence allows, all of it without one; say what is left.

    Raises:
        GraphError: no input allows it.
    """
    if licence is None:
        yield graph
        return
    from graphbuild.publish.licensed import licensed, short

    with licensed(graph, licence) as (part, leave):
        lost = leave.statements - leave.kept
        click.echo(
            f"{short(licence)} allows {leave.kept:,} of {leave.statements:,} statements; "
            f"{lost:,} stay behind",
            err=True,
        )
        for name, known in leave.refused:
            click.echo(visible(f"  not {name}: {known}"), err=True)
        yield part
