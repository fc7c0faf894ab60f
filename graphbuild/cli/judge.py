"""Command ``judge``: list the open identity questions, and record what a person decides."""

import getpass
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import msgspec

from graphbuild.cli.options import graph_option
from graphbuild.errors import InputError
from graphbuild.resolve.judgements import (
    Decision,
    Judgement,
    append_judgements,
    latest,
    read_judgements,
)
from graphbuild.resolve.links import WEB
from graphbuild.store.cases import (
    JUDGEMENTS,
    OpenCase,
    Side,
    key_of,
    key_of_link,
    keys_of,
    open_cases,
    open_links,
)
from graphbuild.store.description import resolve
from graphbuild.store.facts import Facts, facts_of_folder
from graphbuild.store.folder import GraphFolder
from graphbuild.store.sssom import read_sssom, write_sssom
from graphbuild.text import visible
from graphbuild.tombstones import read_forgotten
from graphbuild.withholding import tells

DECISIONS: dict[str, Decision] = {
    "same": "same",
    "different": "different",
    "undecided": "undecided",
}
EXAMPLES = """\b
Examples:
  graphbuild judge -g my-graph
  graphbuild judge person/x2b4 person/f6yw same --why "one home page lists both" -g my-graph
  graphbuild judge person/f6yw split paper/doi:10.1/x paper/doi:10.1/y -g my-graph
  graphbuild judge person/x2b4 http://vivo.example.org/individual/n7 same -g my-graph
  graphbuild judge record/1f3a-e01 record/9c2b-e07 different -g my-graph
  graphbuild judge --export decisions.sssom.tsv -g my-graph"""

USAGE = "say: judge A B same|different|undecided, or: judge PERSON split PAPER..."


@click.command(epilog=EXAMPLES)
@click.argument("words", nargs=-1, metavar="[A B same|different|undecided | A split PAPER...]")
@graph_option
@click.option("--why", default="", metavar="TEXT", help="What the decision rests on.")
@click.option("--by", metavar="NAME", help="Who decides.  [default: your user name]")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="Cases shown.")
@click.option(
    "-f",
    "--format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How cases are listed; JSON lists all of them.",
)
@click.option(
    "--export",
    "target",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="Write the decisions of people as SSSOM/TSV; - is standard output.",
)
@click.option(
    "--import",
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Add the decisions of an SSSOM/TSV file to the log.",
)
def judge(  # noqa: PLR0913 - one parameter per option
    words: tuple[str, ...],
    graph: GraphFolder,
    why: str,
    by: str | None,
    limit: int,
    format: str,
    target: Path | None,
    source: Path | None,
) -> None:
    """List the open identity questions of a graph, or record a decision.

    A and B are people or papers: the part of an IRI after /id/, a name, a title, an identifier, or
    the key of a mention as the list shows it. A decision goes to judgements.jsonl in the graph
    folder, beats every rule, and counts from the next build on; of two on one pair the later
    counts. `split` takes papers out of a person; two source records of one paper are told apart
    as record/X record/Y different. B may be an IRI outside the graph, as `link` shows them. The
    most useful questions come first.
    """
    log = graph.path / JUDGEMENTS
    if target:
        _export(log, graph, target)
    elif source:
        _add(log, list(read_sssom(source)), graph)
    elif words:
        decided = _decided(words, graph, (("why", why),) if why else (), by or getpass.getuser())
        _add(log, decided, graph)
    else:
        _list(graph, limit, format)


def _export(log: Path, graph: GraphFolder, target: Path) -> None:
    decided = latest(read_judgements(log))
    if str(target) == "-":
        write_sssom(decided, graph.build.base, sys.stdout)
        return
    with target.open("w", encoding="utf-8") as file:
        number = write_sssom(decided, graph.build.base, file)
    click.echo(f"{_count(number)} written to {target}")


def _add(log: Path, decided: list[Judgement], graph: GraphFolder) -> None:
    forgotten = read_forgotten(graph.path)
    given = len(decided)
    decided = [each for each in decided if not tells(each, forgotten)]
    if len(decided) < given:
        click.echo(
            f"{_count(given - len(decided))} on people who were forgotten left out", err=True
        )
    try:
        append_judgements(log, decided)
    except OSError as error:
        raise InputError(error.strerror or str(error), location=str(log)) from error
    click.echo(f"{_count(len(decided))} added to {log}")
    click.echo(f"Next  graphbuild build -o {graph.path}")


def _count(number: int) -> str:
    return f"{number:,} decision{'s' * (number != 1)}"


def _decided(
    words: tuple[str, ...], graph: GraphFolder, why: tuple[tuple[str, str], ...], by: str
) -> list[Judgement]:
    facts = facts_of_folder(graph)
    today = date.today().isoformat()  # noqa: DTZ011 - the day where the person is
    if len(words) > 2 and words[1] == "split":
        pairs = list(_split(words[0], words[2:], graph, facts))
    elif len(words) == 3 and words[2] in DECISIONS:
        left, right = _sides(graph, facts, *words[:2])
        if left == right:
            raise click.UsageError(f"{words[0]} and {words[1]} are one already: {left}")
        pairs = [(left, right, DECISIONS[words[2]])]
    else:
        raise click.UsageError(USAGE)
    return [Judgement(*pair, 1.0, why, by, today) for pair in pairs]


def _sides(graph: GraphFolder, facts: Facts, one: str, other: str) -> tuple[str, str]:
    """Return the keys of two entities, the second one's IRI where it is outside the graph."""
    if other.startswith(WEB) and not facts.knows(other):
        return key_of_link(graph, facts, one), other
    return key_of(graph, facts, one), key_of(graph, facts, other)


def _split(
    person: str, papers: tuple[str, ...], graph: GraphFolder, facts: Facts
) -> Iterator[tuple[str, str, Decision]]:
    """Yield the decisions that take papers out of a person and keep the rest together."""
    mentions = keys_of(graph, resolve(graph, facts, person), facts)
    keys = {facts.key(resolve(graph, facts, paper))[1] for paper in papers}
    out = [mention for mention in mentions if mention.partition("#")[0] in keys]
    rest = [mention for mention in mentions if mention not in out]
    if not out or not rest:
        raise click.UsageError("name some of the papers of the person, not none and not all")
    for group in (rest, out):
        yield from ((group[0], other, "same") for other in group[1:])
    yield rest[0], out[0], "different"


def _list(graph: GraphFolder, limit: int, format: str) -> None:
    cases = open_cases(graph, facts_of_folder(graph), None if format == "json" else limit)
    if format == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(cases), indent=2))
        return
    for number, case in enumerate(cases, 1):
        for line in _case(number, case):
            click.echo(visible(line))
    for line in _links(open_links(graph), limit):
        click.echo(visible(line))
    more = graph.build.undecided - len(cases)
    click.echo(f"{more:,} more; --limit shows them" if more > 0 else "No more open questions.")


def _links(cases: list[Judgement], limit: int) -> Iterator[str]:
    """Yield the open links to others, the likeliest first."""
    for case in cases[:limit]:
        yield f"{case.left} and {case.right}: one or two?  ({case.score:.0%})"
        yield from (f"   {rule}: {words}" for rule, words in case.evidence)
        yield f"   graphbuild judge {case.left} {case.right} same|different"
        yield ""
    if len(cases) > limit:
        yield f"{len(cases) - limit:,} more links to others; --limit shows them"


def _case(number: int, case: OpenCase) -> Iterator[str]:
    yield f"{number}. {case.left.name}: one or two?  ({case.score:.0%})"
    for side in (case.left, case.right):
        yield from _side(side)
    yield from (f"   {rule}: {words}" for rule, words in case.evidence)
    yield f"   graphbuild judge {case.left.key} {case.right.key} same|different"
    yield ""


def _side(side: Side) -> Iterator[str]:
    papers = f"{side.papers} paper{'s' * (side.papers != 1)}"
    where = f", {side.venue}" if side.venue else ""
    yield f"   {side.entity} · {papers}"
    yield f"     {side.issued}{where}: {side.title}"
    yield f"     {', '.join(side.authors)}"
