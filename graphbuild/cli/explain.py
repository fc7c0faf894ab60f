"""Command ``explain``: why an entity is what it is, or why two are one or are not."""

import textwrap
from collections.abc import Iterator

import click
import msgspec

from graphbuild.cli.options import graph_option
from graphbuild.resolve.judgements import Judgement
from graphbuild.store.cases import person_of
from graphbuild.store.description import resolve
from graphbuild.store.explanation import Explanation, FieldStory, why
from graphbuild.store.explanation import explain as explanation
from graphbuild.store.facts import Facts, facts_of_folder
from graphbuild.store.folder import GraphFolder
from graphbuild.store.ties import Tie
from graphbuild.text import visible

SHOWN = 12
"""Rows of a list before the rest is only counted."""

WIDTH = 100
EXAMPLES = """\b
Examples:
  graphbuild explain "Ada Example" -g my-graph
  graphbuild explain paper/doi:10.1/x -g my-graph --format json
  graphbuild explain person/x2b4 person/f6yw -g my-graph"""


@click.command(short_help="Say why an entity is what it is, or why two are one.", epilog=EXAMPLES)
@click.argument("entity")
@click.argument("other", required=False)
@graph_option
@click.option(
    "-f", "--format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option("--all", "everything", is_flag=True, help="Shorten no list.")
def explain(
    entity: str, other: str | None, graph: GraphFolder, format: str, *, everything: bool
) -> None:
    """Say which records ENTITY was made of, by which evidence, and which value won and why.

    With OTHER, say why the two are one, or why they are not. Both are given as `show` takes them,
    or as keys of mentions, as `judge` shows them.
    """
    facts = facts_of_folder(graph)
    told: object
    if other is None:
        told = explanation(graph, facts, resolve(graph, facts, entity))
        lines = _page(told, everything=everything)
    else:
        told, lines = _pair(graph, facts, entity, other)
    if format == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(told), indent=2))
        return
    for line in lines:
        click.echo(visible(line))


def _pair(
    graph: GraphFolder, facts: Facts, entity: str, other: str
) -> tuple[dict[str, object], Iterator[str]]:
    ends = [_given(graph, facts, text) for text in (entity, other)]
    holders = [_holder(facts, end) for end in ends]
    one = holders[0] == holders[1]
    reasons = why(graph, facts, *ends)
    told = {"left": ends[0], "right": ends[1], "same": one, "because": reasons}
    return told, _told(holders, facts, reasons, one=one)


def _given(graph: GraphFolder, facts: Facts, text: str) -> str:
    """Return the key of a mention, or the IRI of an entity."""
    return text if "#" in text and person_of(facts, text) else resolve(graph, facts, text)


def _holder(facts: Facts, end: str) -> str:
    return end if "://" in end else person_of(facts, end)


def _told(
    holders: list[str], facts: Facts, reasons: tuple[Judgement, ...], *, one: bool
) -> Iterator[str]:
    left, right = (f"{facts.name(each)} <{facts.short(each)}>" for each in holders)
    yield f"One: {left}" if one else f"Two: {left} and {right}"
    for case in reasons:
        yield from _decision(case)
    if not reasons and not one:
        yield "  nothing speaks for their being one: no identifier, co-author, venue or affiliation"
        yield "  of theirs agrees well enough to be looked at"


def _page(told: Explanation, *, everything: bool) -> Iterator[str]:
    yield told.name
    yield told.iri
    yield from _listed("Made of", told.records, everything=everything)
    yield from _listed("Identified by", told.identifiers, everything=everything)
    joined = [line for case in told.joined for line in _decision(case)]
    yield from _listed("Joined because", [line[2:] for line in joined], everything=everything)
    for story in told.fields:
        yield from _field(story, everything=everything)
    tied = [line for tie in told.ties for line in _tie(tie)]
    yield from _listed("Affiliations", tied, everything=everything)
    apart = [line for case in told.apart for line in _decision(case)]
    yield from _listed("Nearly joined, and not", [x[2:] for x in apart], everything=everything)


def _listed(title: str, rows: list[str] | tuple[str, ...], *, everything: bool) -> Iterator[str]:
    if not rows:
        return
    yield ""
    yield title
    shown = rows if everything else rows[:SHOWN]
    yield from (f"  {row}" for row in shown)
    if len(shown) < len(rows):
        yield f"  ... and {len(rows) - len(shown):,} more; --all shows them"


def _field(story: FieldStory, *, everything: bool) -> Iterator[str]:
    yield ""
    yield f"{story.field.replace('_', ' ')}: {story.why}"
    shown = story.told if everything else story.told[:SHOWN]
    for told in shown:
        value = (
            told.value if everything else textwrap.shorten(told.value, WIDTH, placeholder=" ...")
        )
        yield f"  {'*' if told.wins else ' '} {value}  [{told.source}]"


def _tie(tie: Tie) -> Iterator[str]:
    yield f'"{tie.written}": {", ".join(tie.organizations) or "tied to no organisation"}'
    yield from (f"  {rule}: {words}" for rule, words in tie.because)


def _decision(case: Judgement) -> Iterator[str]:
    by = f"{case.by}, {case.on}" if case.on else case.by
    yield f"  {case.decision} ({case.score:.0%}, {by}): {case.left} - {case.right}"
    yield from (f"    {rule}: {words}" for rule, words in case.evidence)
