"""Command ``export``: write a graph to an RDF file, or in the terms of others."""

import re
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from graphbuild.cli.licensed import licence_option, within
from graphbuild.cli.options import graph_argument, output_path
from graphbuild.cli.profiled import Asked, export_profile, place
from graphbuild.store import formats
from graphbuild.store.folder import GraphFolder
from graphbuild.store.output import STDOUT

EXAMPLES = """\b
Formats by the end of the file's name, each also with .gz:
  .nt N-Triples   .ttl Turtle   .nq N-Quads   .trig TriG
  .rdf .xml RDF/XML   .jsonld .json JSON-LD, with its context inside

In RDF/XML a control character becomes U+FFFD, because XML cannot write it.

\b
Profiles, for --as; what the target cannot hold is counted by --losses:
  {profiles}

\b
Examples:
  graphbuild export my-graph --to graph.ttl
  graphbuild export my-graph --to graph.nt.gz
  graphbuild export my-graph --to - --format nt | wc -l
  graphbuild export my-graph --as skg-if --to graph.jsonld --losses
  graphbuild export my-graph --as vivo --base http://vivo.example.edu/individual/ --to vivo.nt
  graphbuild export my-graph --as schema.org --entity "A paper's title" --to -
  graphbuild export my-graph --profile ./our-cris --to cris.nt
  graphbuild export my-graph --licence CC0 --to free.nt.gz
"""


class ExportCommand(click.Command):
    """A command whose help lists the profiles without importing what they need."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples with the names of the profiles."""
        from graphbuild.publish import profiles

        self.epilog = EXAMPLES.replace("{profiles}", " ".join(profiles.names()))
        super().format_epilog(ctx, formatter)


class ProfileName(click.ParamType[str]):
    """The name of a shipped profile."""

    name = "profile"

    def convert(
        self,
        value: str,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str:
        """Refuse a name that no profile has."""
        from graphbuild.publish import profiles

        known = profiles.names()
        if value not in known:
            self.fail(f"no profile {value!r}; there are: {', '.join(known)}", param, ctx)
        return value

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """Let the shell complete names of profiles."""
        from graphbuild.publish import profiles

        return [CompletionItem(name) for name in profiles.names() if name.startswith(incomplete)]


@click.command(cls=ExportCommand, short_help="Write a graph to a file, as RDF or for a target.")
@graph_argument
@click.option(
    "-o",
    "--to",
    "target",
    type=click.Path(allow_dash=True, path_type=Path),
    required=True,
    help="File to write; - is standard output. A file that exists is replaced.",
)
@click.option(
    "-f",
    "--format",
    "name",
    type=click.Choice(list(formats.FORMATS)),
    help="Syntax. [default: by the end of the file's name]",
)
@click.option("--as", "known", type=ProfileName(), help="Write what a target wants; see below.")
@click.option(
    "--profile",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of a profile of your own: a profile.toml with CONSTRUCTs or a template.",
)
@click.option("--entity", metavar="ENTITY", help="Only this one: an IRI, a name, paper/x.")
@click.option(
    "--base",
    metavar="IRI",
    help="Mint the IRIs of entities here, e.g. http://vivo.example.edu/individual/.",
)
@click.option(
    "--people",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own people, one IRI, identifier or name a line; others are external authors. "
    "[default: those whose page is an input]",
)
@click.option(
    "--losses",
    "report",
    type=output_path(),
    is_flag=False,
    flag_value="-",
    help="Count what the target cannot hold; to a file: as CSV.",
)
@click.option(
    "--with-queries",
    "endpoint",
    metavar="URL",
    help="Add the canned queries as SHACL, for editors of the SPARQL endpoint at URL.",
)
@licence_option
def export(  # noqa: PLR0913 - one parameter per option
    graph: GraphFolder,
    target: Path,
    name: str | None,
    known: str | None,
    folder: Path | None,
    entity: str | None,
    base: str | None,
    people: Path | None,
    report: Path | None,
    endpoint: str | None,
    licence: str | None,
) -> None:
    """Write all of GRAPH as RDF, or in the terms of a target.

    The triples are sorted, and the same graph gives the same bytes every time. The file appears
    when it is complete; an export that fails leaves what was there.
    """
    if known or folder:
        if (known and folder) or name or endpoint:
            raise click.UsageError("give one of --as, --profile and --format or --with-queries.")
        asked = Asked(known, folder, entity, base, people, report, licence)
        export_profile(graph, target, asked)
        return
    if entity or base or people or report:
        raise click.UsageError("--entity, --base, --people and --losses need --as or --profile.")
    _export_all(graph, target, name, endpoint, licence)


def _export_all(
    graph: GraphFolder, target: Path, name: str | None, endpoint: str | None, licence: str | None
) -> None:
    name = name or formats.format_of(target)
    if name is None:
        known = ", ".join(end for syntax in formats.FORMATS.values() for end in syntax.suffixes)
        hint = (
            "name it with --format" if target == STDOUT else f"end it with {known}, or use --format"
        )
        raise click.BadParameter(
            f"{str(target)!r} does not say the format; {hint}.", param_hint="--to"
        )
    more = _queries(graph, name, endpoint) if endpoint else b""
    with within(graph, licence) as part:
        count = formats.export(part, target, name, more)
    click.echo(
        f"{count:,} triples written to {place(target)} ({formats.FORMATS[name].title})", err=True
    )


def _queries(graph: GraphFolder, name: str, endpoint: str) -> bytes:
    from graphbuild.cli.queries import filled
    from graphbuild.query.catalogue import load_all
    from graphbuild.query.handing_on import in_graph

    if not re.fullmatch(r'https?://[^\s<>"{}|\\^`]+', endpoint):
        reason = f"{endpoint!r} is no address that starts with http:// or https://."
        raise click.BadParameter(reason, param_hint="--with-queries")
    if name not in formats.LINES:
        known = ", ".join(formats.LINES)
        raise click.UsageError(f"--with-queries adds to {known}, not to {name}.")
    return in_graph(filled(load_all(), graph), endpoint)
