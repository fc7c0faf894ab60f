"""Command ``link``: match a graph with what somebody else has."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import click

from graphbuild.cli.options import GraphType
from graphbuild.cli.places import place, server
from graphbuild.cli.progress import progress
from graphbuild.errors import GraphBuildError, InputError
from graphbuild.identifiers import SCHEMES
from graphbuild.linking.identifier_files import read_identifiers
from graphbuild.linking.link import Outcome, reconcile
from graphbuild.linking.link import link as matched
from graphbuild.linking.reconcile import Found, Service
from graphbuild.linking.theirs import KINDS, Theirs, is_empty, read_graph
from graphbuild.publish.dumps import dumped
from graphbuild.resolve.links import LINKS, LinkSet, Match, link_file, write_links
from graphbuild.store.folder import GraphFolder
from graphbuild.store.sssom import write_links_sssom
from graphbuild.text import visible

TABLES = frozenset({".csv", ".tsv"})
NOT_PLAIN = re.compile(r"[^a-z0-9.-]+")
WORDS = {"person": "people", "paper": "papers", "org": "organisations", "venue": "venues"}
EXAMPLES = """\b
TARGET is one of:
  https://kg.example.org/sparql   a SPARQL endpoint, or its name in endpoints.toml
  https://vivo.example.org        a VIVO, with --via vivo
  https://recon.example.org       a reconciliation service, with --via reconcile
  dump.nt.gz                      RDF in any syntax, or a folder of it
  other-graph                     another graph folder
  ids.csv                         columns iri (or id, with --base) and orcid, doi, ror, issn ...

\b
Examples:
  graphbuild link my-graph --with https://kg.example.org/sparql --dry-run
  graphbuild link my-graph --with vivo.nt --prefer vivo
  graphbuild link my-graph --with https://recon.example.org --via reconcile --type org=Q43229
  graphbuild link my-graph --with staff.csv --base https://cris.example.org/person/
"""


@click.command(short_help="Match a graph with what somebody else has.", epilog=EXAMPLES)
@click.argument("graph", type=GraphType())
@click.option("--with", "target", required=True, metavar="TARGET", help="What it is matched with.")
@click.option(
    "--via", type=click.Choice(["sparql", "vivo", "reconcile"]), help="Protocol of an address."
)
@click.option("--name", help="What the set of links is called. [default: by TARGET]")
@click.option(
    "--prefer",
    metavar="NAME",
    help="Call the set so, and let the IRIs of theirs take the place of ours.",
)
@click.option("--base", default="", metavar="IRI", help="What comes before local ids in a table.")
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="KIND=ID",
    help="What a reconciliation service calls people, papers, organisations (org) or venues; "
    "kinds that are not named are not asked for.",
)
@click.option(
    "--property",
    "properties",
    multiple=True,
    metavar="SCHEME=ID",
    help="What it calls an identifier, e.g. orcid=P496. [default: as Wikidata or we do]",
)
@click.option("--limit", type=click.IntRange(0), default=10, show_default=True, help="Cases shown.")
@click.option("--dry-run", is_flag=True, help="Print what would be linked; keep nothing.")
def link(  # noqa: PLR0913 - one parameter per option
    graph: GraphFolder,
    target: str,
    via: str | None,
    name: str | None,
    prefer: str | None,
    base: str,
    types: tuple[str, ...],
    properties: tuple[str, ...],
    limit: int,
    *,
    dry_run: bool,
) -> None:
    """Find which people, papers, organisations and venues of GRAPH are which of TARGET's.

    Identifiers come first, then the evidence that identity rests on in a build; a name alone never
    links. What is sure becomes a link (skos:exactMatch, or an identifier property), what is open
    waits for `judge`. Both are kept in the graph folder, in links/, and count from the next build
    on. Links of the same name are replaced; decisions of people stay.
    """
    with TemporaryDirectory() as work, progress() as tell:
        if via == "reconcile":
            known = Service(
                server(target),
                graph.path / LINKS / "answers",
                _pairs(types, KINDS, "--type"),
                _pairs(properties, SCHEMES, "--property"),
            )
            found = reconcile(graph, known)
        else:
            found = Found(_theirs(target, via, base, Path(work), tell))
        outcome = matched(graph, found.theirs, tell, found.hints)
    for line in _report(outcome, limit):
        click.echo(visible(line))
    if not dry_run:
        called = _name(prefer or name or target)
        _keep(graph, called, LinkSet(target, prefer is not None), outcome)


def _pairs(given: tuple[str, ...], names: Iterable[str], option: str) -> dict[str, str]:
    pairs = {name: value for name, _, value in (each.partition("=") for each in given)}
    unknown = sorted(set(pairs) - set(names))
    if unknown:
        raise click.UsageError(f"{option} {unknown[0]}: there are {', '.join(names)}")
    return pairs


def _theirs(
    target: str, via: str | None, base: str, work: Path, tell: Callable[[str], None]
) -> Theirs:
    if Path(target).suffix.lower() in TABLES:
        return read_identifiers(Path(target), base)
    tell(f"reading {target}")
    theirs = read_graph(dumped(place(target, form=via == "vivo"), work), work)
    if is_empty(theirs):
        reason = "holds no people, papers, organisations or venues in a vocabulary that is read"
        raise InputError(reason, location=target)
    return theirs


def _name(text: str) -> str:
    """Return what a set of links is called: letters, digits, points and hyphens.

    >>> _name("https://kg.example.org/sparql"), _name("data/Vivo dump.nt")
    ('kg.example.org', 'vivo-dump.nt')
    """
    host = urlsplit(text).hostname if "://" in text else ""
    return NOT_PLAIN.sub("-", (host or Path(text).name).lower()).strip("-.") or "links"


def _report(outcome: Outcome, limit: int) -> Iterator[str]:
    yield f"{'':13} {'linked':>9} {'undecided':>9} {'only ours':>9} {'only theirs':>11}"
    for kind in KINDS:
        linked, undecided = outcome.of(kind, "same"), outcome.of(kind, "undecided")
        ours = outcome.ours[kind] - len({m.key for m in (*linked, *undecided)})
        theirs = len(outcome.theirs.of(kind)) - len({m.theirs for m in (*linked, *undecided)})
        yield (
            f"{WORDS[kind]:13} {len(linked):9,} {len(undecided):9,} {max(ours, 0):9,} "
            f"{max(theirs, 0):11,}"
        )
    open_cases = [m for kind in KINDS for m in outcome.of(kind, "undecided")]
    open_cases.sort(key=lambda m: (-m.score, m.kind, m.key, m.theirs))
    for match in open_cases[:limit]:
        yield from _case(match)
    if len(open_cases) > limit:
        yield f"{len(open_cases) - limit:,} more undecided; --limit shows them"
    if outcome.decided:
        yield f"{outcome.decided:,} decided by people before"


def _case(match: Match) -> Iterator[str]:
    yield f"{match.name}: one or two?  ({match.score:.0%})"
    yield from (f"   {rule}: {words}" for rule, words in match.evidence)
    yield f"   graphbuild judge {match.left} {match.theirs} same|different"


def _keep(graph: GraphFolder, name: str, known: LinkSet, outcome: Outcome) -> None:
    cases = [match.judgement() for match in outcome.matches]
    path = link_file(graph.path, name)
    try:
        write_links(graph.path, name, known, cases)
        with path.with_suffix(".sssom.tsv").open("w", encoding="utf-8") as file:
            write_links_sssom(outcome.matches, graph, name, file)
    except OSError as error:
        raise GraphBuildError(f"{path}: cannot be written ({error.strerror})") from error
    click.echo(f"Kept  {path}")
    click.echo(f"Next  graphbuild build -o {graph.path}")
