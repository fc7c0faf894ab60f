"""Command ``push``: bring a server or a folder into step with a graph."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit

import click

from graphbuild.cli.difference import lines_of
from graphbuild.cli.export import ProfileName
from graphbuild.cli.licensed import licence_option, within
from graphbuild.cli.places import PlaceType, server
from graphbuild.cli.profiled import own_people
from graphbuild.cli.progress import progress
from graphbuild.publish import folders
from graphbuild.publish.changes import changes
from graphbuild.publish.constructed import Request
from graphbuild.publish.delta import Delta
from graphbuild.publish.journal import Journal, journal
from graphbuild.publish.plan import Ways, empty, planned
from graphbuild.publish.push import Push, Result
from graphbuild.publish.sides import Place, Side, side
from graphbuild.publish.targets import GraphStore, Target, UpdateService, Vivo
from graphbuild.publish.translated import side_as, triples_of
from graphbuild.store.endpoint import TIMEOUT, Endpoint
from graphbuild.store.folder import GraphFolder

Option = str | bool | float | Path | None
SERVICES = ("gsp", "update", "vivo")
EXAMPLES = """\b
TARGET is the address of a server, its name in endpoints.toml, or a folder:
  http://host/store            Graph Store Protocol, default graph
  http://host/store?graph=IRI  the same, named graph
  http://host/update           SPARQL Update; --query-url where queries go, if not to /query
  https://vivo.example.org     VIVO, with --via vivo
  my-folder                    graph.nt and a patch per push; a commit in a git repository

\b
User, password or token of a server come from GRAPHBUILD_ENDPOINT_USER, _PASSWORD and _TOKEN,
or from the variables that endpoints.toml names; a password that is not there from the keyring
(pip install 'graphbuild[keyring]'; keyring set https://host USER).

\b
Examples:
  graphbuild push my-graph --to http://localhost:7878/store --dry-run
  graphbuild push my-graph --to http://localhost:7878/update --delta
  graphbuild push my-graph --as vivo --to https://vivo.example.org --via vivo --delta
  graphbuild push my-graph --to ../public-graph
  graphbuild push my-graph --to http://localhost:7878/store --licence CC0
"""


@click.command(short_help="Bring a server or folder into step with a graph.", epilog=EXAMPLES)
@click.argument("graph", type=PlaceType())
@click.option("--to", "target", required=True, metavar="TARGET", help="Where it goes.")
@click.option("--via", type=click.Choice(SERVICES), help="Protocol. [default: by the address]")
@click.option("--into", "name", default="", metavar="IRI", help="Named graph of the server.")
@click.option("--as", "known", type=ProfileName(), help="Push what `export --as` would write.")
@click.option("--base", metavar="IRI", help="With --as: mint the IRIs of entities here.")
@click.option(
    "--people",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="With --as: your own people, as for `export`.",
)
@licence_option
@click.option("--query-url", metavar="URL", help="Where a server of updates is asked.")
@click.option("--delta", is_flag=True, help="Send only what the target lacks.")
@click.option(
    "--against",
    type=click.Choice(["target", "journal"]),
    default="target",
    show_default=True,
    help="What --delta compares with: the target's content, or what was pushed last.",
)
@click.option("--replace", is_flag=True, help="Remove what others put into the target's graph.")
@click.option("--dry-run", is_flag=True, help="Print what would change; send nothing.")
@click.option("--timeout", default=TIMEOUT, show_default=True, help="Seconds for one request.")
@click.pass_context
def push(ctx: click.Context, /, graph: Place, target: str, **options: Option) -> None:
    """Put GRAPH, a graph folder or an RDF file, where others use it.

    What others put into the target stays; what an earlier push brought and GRAPH no longer has is
    removed. A push that was broken off goes on where it ended when the command is given again.
    Triples that the target refuses are listed in a file, and the status is 1. In the terms of
    each profile of --as there is a push of its own: none removes what another brought.
    """
    with TemporaryDirectory() as work, progress() as tell, _part(graph, options) as part:
        folder = Path(work)
        tell(f"reading {graph}")
        ours = _ours(part, options, folder)
        if "://" not in target and (options["via"] is None and _is_path(target)):
            _to_folder(Path(target), ours, folder, dry_run=bool(options["dry_run"]))
            return
        service = _service(target, options)
        ways = Ways(
            bool(options["delta"]), options["against"] == "journal", bool(options["replace"])
        )
        called = f"{service} as {options['known']}" if options["known"] else str(service)
        called += f" under {options['licence']}" if options["licence"] else ""
        with journal(_pushed(graph), called) as kept:
            delta = planned(ours.triples, kept.state, service, ways, folder)
            if options["dry_run"]:
                _show(delta, ours, folder, kept.state)
                return
            result = Push(service, kept, folder, tell).run(delta, ours.triples)
    _tell(result, service, kept)
    ctx.exit(1 if result.refused else 0)


@contextmanager
def _part(graph: Place, options: dict[str, Option]) -> Iterator[Place]:
    """Lend what of a graph a licence allows; all of it where none is asked for."""
    licence = options["licence"]
    if not licence:
        yield graph
    elif not isinstance(graph, GraphFolder):
        raise click.UsageError("--licence needs a graph folder: only there inputs have licences.")
    else:
        with within(graph, str(licence)) as part:
            yield part


def _ours(graph: Place, options: dict[str, Option], folder: Path) -> Side:
    known, base, people = (options[name] for name in ("known", "base", "people"))
    if not known:
        if base or people:
            raise click.UsageError("--base and --people need --as.")
        return side(graph, folder)
    if not isinstance(graph, GraphFolder):
        raise click.UsageError("--as needs a graph folder.")
    profile = triples_of(str(known))
    own = own_people(graph, profile, people if isinstance(people, Path) else None)
    return side_as(graph, profile, Request(str(base) if base else None, own), folder)


def _is_path(target: str) -> bool:
    return Path(target).is_dir() or "/" in target


def _pushed(graph: Place) -> Path:
    if isinstance(graph, GraphFolder):
        return graph.path / "pushed"
    if isinstance(graph, Endpoint) or str(graph) == "-":
        raise click.UsageError("push a graph folder or an RDF file: the journal is kept beside it.")
    return graph.with_name(f"{graph.name}.pushed")


def _service(target: str, options: dict[str, Option]) -> Target:
    endpoint = replace(server(target), timeout=float(str(options["timeout"])))
    asked = parse_qs(urlsplit(endpoint.url).query)
    name = str(options["name"]) or next(iter(asked.get("graph", [])), "")
    via = options["via"] or _protocol(endpoint.url)
    if via == "vivo":
        return Vivo(endpoint, name)
    if via == "gsp":
        return GraphStore(replace(endpoint, url=endpoint.url.partition("?")[0]), name)
    update = replace(endpoint, url=endpoint.url.partition("?")[0])
    query = str(options["query_url"] or _query_url(update.url))
    return UpdateService(update, name, replace(update, url=query))


def _protocol(url: str) -> str:
    path = urlsplit(url).path.rstrip("/")
    if path.endswith("/sparqlUpdate"):
        return "vivo"
    last = path.rpartition("/")[2].lower()
    return "update" if last in {"update", "sparql", "sparql-auth", "statements"} else "gsp"


def _query_url(url: str) -> str:
    base, _, last = url.rstrip("/").rpartition("/")
    others = {"update": f"{base}/query", "sparql-auth": f"{base}/sparql", "statements": base}
    return others.get(last, url)


def _to_folder(target: Path, ours: Side, work: Path, *, dry_run: bool) -> None:
    delta = folders.change_of(target, ours.triples, work)
    if dry_run:
        _show(delta, ours, work)
        return
    folders.write_folder(target, ours.triples, delta)
    click.echo(f"{target}: {delta.additions:,} triples added, {delta.removals:,} removed", err=True)


def _show(delta: Delta, ours: Side, folder: Path, last: Path | None = None) -> None:
    """Print what would change, told by what the target holds or what was pushed last."""
    held = folder / "held.parquet"
    theirs = Side("target", held if held.is_file() else last or empty(folder))
    with changes(theirs, ours, delta, folder) as found:
        for line in lines_of(found, delta):
            click.echo(line)


def _tell(result: Result, target: Target, kept: Journal) -> None:
    again = f"; {result.skipped:,} batches had arrived before" if result.skipped else ""
    click.echo(
        f"{target}: {result.added:,} triples sent, {result.removed:,} removed{again}", err=True
    )
    if result.refused:
        row, reason = result.refused[0]
        click.echo(
            f"{target}: refused {len(result.refused):,} triples, listed in {kept.refused_file}; "
            f"the first: {' '.join(row)} ({reason})",
            err=True,
        )
