"""Command ``site``: publish a graph as a static site of linked data."""

from pathlib import Path

import click

from graphbuild.cli.licensed import licence_option, within
from graphbuild.cli.options import graph_argument
from graphbuild.cli.progress import progress
from graphbuild.store.folder import GraphFolder

EPILOG = """\b
Examples:
  graphbuild site my-graph --to public
  graphbuild site my-graph --to public --base-url https://kg.example.org/
  graphbuild site my-graph --to public --licence CC0
  graphbuild site my-graph --to public --only person --only paper --title "Our people"

\b
Look at it: open public/index.html, or
  python3 -m http.server --directory public
"""


def _slashed(
    ctx: click.Context,  # noqa: ARG001 - click's signature
    param: click.Parameter,  # noqa: ARG001
    value: str,
) -> str:
    """Return a web address that ends in a slash."""
    if value and not value.lower().startswith(("http://", "https://")):
        raise click.BadParameter(f"{value!r} is no web address; start it with https://")
    return f"{value.rstrip('/')}/" if value else ""


def _slugs(
    ctx: click.Context,  # noqa: ARG001 - click's signature
    param: click.Parameter,  # noqa: ARG001
    value: tuple[str, ...],
) -> tuple[str, ...]:
    """Refuse a class that no entity of a graph can have."""
    from graphbuild.site.classes import BY_SLUG

    for slug in value:
        if slug not in BY_SLUG:
            raise click.BadParameter(f"no class {slug!r}; there are: {', '.join(BY_SLUG)}")
    return value


@click.command(epilog=EPILOG, short_help="Publish a graph as a static site of linked data.")
@graph_argument
@click.option(
    "-o",
    "--to",
    "target",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder to write: a new one, an empty one, or a site written before.",
)
@click.option(
    "--base-url",
    metavar="URL",
    default="",
    callback=_slashed,
    help="Web address that the site will have; without it there is no sitemap.",
)
@click.option(
    "--only",
    metavar="CLASS",
    multiple=True,
    callback=_slugs,
    help="Pages for entities of this class only: person, paper, topic ...; repeatable.",
)
@click.option("--title", metavar="TEXT", help="Name of the site. [default: that of the folder]")
@click.option("--description", metavar="TEXT", help="A sentence about it for the home page.")
@click.option(
    "--theme",
    type=click.Choice(["auto", "light", "dark"]),
    default="auto",
    show_default=True,
    help="Colours; auto is what the reader prefers.",
)
@click.option(
    "--logo",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A picture for the head of every page: .svg, .png, .jpg or .webp.",
)
@click.option(
    "--unfiltered",
    is_flag=True,
    help="Publish also e-mail addresses, gender, and scores that nobody explains.",
)
@licence_option
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes. [default: processors]")
def site(  # noqa: PLR0913 - one parameter per option
    graph: GraphFolder,
    target: Path,
    base_url: str,
    only: tuple[str, ...],
    title: str | None,
    description: str | None,
    theme: str,
    logo: Path | None,
    licence: str | None,
    jobs: int | None,
    *,
    unfiltered: bool,
) -> None:
    """Publish GRAPH as a folder of files that any web server can host.

    A page per entity with Turtle, JSON-LD and N-Triples beside it, lists, a search that needs no
    server, documentation of the terms, and what machines look for. Running it again writes only
    what has changed, and removes what is gone.
    """
    from graphbuild.runner import processors
    from graphbuild.site.publishing import Options, publish

    options = Options(
        title, description, base_url, theme, logo, only, jobs or processors(), unfiltered
    )
    with progress() as tell, within(graph, licence) as part:
        outcome = publish(part, target, options, tell)
    click.echo(
        f"{outcome.pages:,} entities; {outcome.written:,} written, {outcome.unchanged:,} "
        f"unchanged, {outcome.removed:,} files removed: {target}/index.html",
        err=True,
    )
