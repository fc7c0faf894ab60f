"""Command ``forget``: take a person out of a graph for good."""

from collections.abc import Iterator
from datetime import date

import click

from graphbuild.cli.options import graph_argument
from graphbuild.cli.progress import progress
from graphbuild.errors import InputError
from graphbuild.forgetting.forget import Forgetting, foreseen
from graphbuild.forgetting.forget import forget as forget_person
from graphbuild.store.description import resolve
from graphbuild.store.facts import facts_of_folder
from graphbuild.store.folder import GraphFolder
from graphbuild.text import visible

EXAMPLES = """\b
Examples:
  graphbuild forget orcid:0000-0002-1825-0097 my-graph --dry-run
  graphbuild forget "Petra Ruskin" my-graph
  graphbuild forget person/f6yw63vqnz5ha4o5 my-graph"""


@click.command(epilog=EXAMPLES)
@click.argument("person", metavar="PERSON")
@graph_argument
@click.option("-n", "--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@click.option(
    "--force", is_flag=True, help="Forget even if that loses what `update` changed in the graph."
)
def forget(person: str, graph: GraphFolder, *, dry_run: bool, force: bool) -> None:
    """Take PERSON out of a graph for good: names, identifiers, addresses, affiliations.

    PERSON is a name, an identifier, an IRI or the part of it after /id/. The places in lists of
    authors stay, unnamed. The graph is built again from the records that it keeps, which lose the
    person too; so do decisions and links, and earlier states of the graph are deleted. What is left
    is a tombstone with the day, and marks that keep the person out of every build to come and tell
    nobody who it was. The inputs themselves are not touched. See docs/privacy.md.
    """
    facts = facts_of_folder(graph)
    iri = resolve(graph, facts, person)
    kind, key = facts.key(iri)
    if kind != "person":
        raise InputError("is no person; only people are forgotten", location=iri)
    if dry_run:
        for line in _told(foreseen(graph, iri, key), graph):
            click.echo(visible(line))
        return
    today = date.today()  # noqa: DTZ011 - the day where the user is
    with progress() as tell:
        done = forget_person(graph, iri, key, today, force=force, progress=tell)
    for line in _told(done, graph):
        click.echo(visible(line))


def _told(done: Forgetting, graph: GraphFolder) -> Iterator[str]:
    head = "Forgotten " if done.tombstone else "To go     "
    yield f"{head} {', '.join(_counts(done))}"
    if done.tombstone:
        yield f"Tombstone  {done.tombstone}"
        yield f"Kept out   by {done.marks:,} marks in {graph.path}, which tell nobody who it was"
    for place in done.left:
        yield f"Left       {place}"
    for folder in done.pushed:
        yield f"Pushed     {folder}: its target has the person until you push again"
    if done.tombstone:
        yield "Next       write exports, tables, networks and the site again, and push"


def _counts(done: Forgetting) -> Iterator[str]:
    yield (
        _count(done.places, "place") + f" in the lists of authors of {_count(done.papers, 'paper')}"
    )
    for number, thing in (
        (done.registers, "register record"),
        (done.pages, "profile page"),
        (done.decisions, "judgement"),
    ):
        if number:
            yield _count(number, thing)


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'s' * (number != 1)}"
