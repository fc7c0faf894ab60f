"""``graphbuild build``: from files to a graph folder."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click
import msgspec

from graphbuild.build import Options, Outcome
from graphbuild.build import build as run_build
from graphbuild.cli.progress import progress
from graphbuild.licences import NAMES, licence_iri
from graphbuild.runner import processors
from graphbuild.sources import format_names
from graphbuild.store.folder import Build
from graphbuild.store.settings import Settings, read_settings
from graphbuild.terms import REFERENCE_BASE
from graphbuild.text import visible

COUNTED = (
    ("papers", "paper", "papers"),
    ("people", "person", "people"),
    ("repositories", "repository", "repositories"),
    ("methods", "method", "methods"),
    ("datasets", "dataset", "datasets"),
    ("families", "family of versions", "families of versions"),
    ("organizations", "organisation", "organisations"),
    ("venues", "venue", "venues"),
    ("volumes", "volume", "volumes"),
    ("topics", "topic of other schemes", "topics of other schemes"),
    ("data", "data publication", "data publications"),
    ("software", "piece of software", "pieces of software"),
    ("observations", "metric observation", "metric observations"),
)


class BaseIRI(click.ParamType[str]):
    """An absolute http(s) IRI; a missing ``/`` at its end is added."""

    name = "IRI"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the IRI as every entity's IRI will start."""
        if not value.startswith(("http://", "https://")) or any(c in value for c in ' <>"{}|\\^`'):
            self.fail(f"{value!r} is no absolute http or https IRI", param, ctx)
        return value if value.endswith(("/", "#")) else f"{value}/"


class StatedLicence(click.ParamType[tuple[str, str]]):
    """``FORMAT=LICENCE`` or ``FILE=LICENCE``; gives what it is of and the licence's IRI."""

    name = "licence"

    def convert(
        self, value: str | tuple[str, str], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Refuse what is no licence."""
        if not isinstance(value, str):
            return value
        of, _, text = value.partition("=")
        licence = licence_iri(text)
        if not of or not licence:
            known = ", ".join(NAMES)
            self.fail(
                f"{value!r} is not FORMAT=LICENCE with an address or one of {known}", param, ctx
            )
        return of, licence


@click.command(
    epilog="""\b
Examples:
  graphbuild build page.txt --output my-graph
  graphbuild build pages/ more.txt -o my-graph --as-of 2026-11-23
  graphbuild build "https://api.openalex.org/works?filter=cites:W1" -o my-graph
  cat page.txt | graphbuild build - -o my-graph --on-error skip
  graphbuild build --add more.bib my-graph
  graphbuild build works.bib people.csv -o my-graph --licence bibtex=CC0"""
)
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@click.option(
    "--add",
    multiple=True,
    metavar="INPUT",
    help="Add an input to the graph, which is then named instead of INPUT; can be repeated. What "
    "the graph was built from is not read again.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="GRAPH",
    help="Graph folder to write. A graph of the same inputs in it is replaced when all is done.",
)
@click.option(
    "-f",
    "--format",
    "format_name",
    type=click.Choice(sorted(format_names())),
    help="Format of the inputs.  [default: recognised by content]",
)
@click.option(
    "--base",
    type=BaseIRI(),
    help=f"What the IRIs of entities start with.  [default: as before, or {REFERENCE_BASE}]",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Date at which the inputs were saved, YYYY-MM-DD. Only with it is a year supplied that "
    "a page leaves out, and the graph says that it is inferred.",
)
@click.option(
    "--on-error",
    type=click.Choice(["stop", "skip"]),
    default="stop",
    show_default=True,
    help="At a malformed record: stop with status 1, or leave it out, in rejected.jsonl.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1),
    default=processors,
    metavar="N",
    help="Processes that read and map at the same time.  [default: one for each processor]",
)
@click.option(
    "--trust",
    multiple=True,
    metavar="FORMAT",
    help="Where sources contradict each other, take the value of this format; name it again for "
    "the next in the order of trust.  [default: as graph.toml says]",
)
@click.option(
    "--licence",
    "licences",
    type=StatedLicence(),
    multiple=True,
    metavar="FORMAT|FILE=LICENCE",
    help="Licence of the inputs of a format, or of one by its file name: CC0, CC-BY, CC-BY-SA or "
    "an address; can be repeated. What registers say of theirs is known; see docs/exports.md.  "
    "[default: as graph.toml says]",
)
@click.option(
    "--rules",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="Weights and thresholds of identity, see docs/identity.md.  [default: as graph.toml says]",
)
@click.option(
    "--keep-sources",
    is_flag=True,
    help="Keep what each source says by itself too, in a named graph of the source; see "
    "docs/identity.md.",
)
@click.option(
    "--force",
    is_flag=True,
    help="Build although nothing changed, and replace a graph of other inputs.",
)
@click.option(
    "--measures/--no-measures",
    default=None,
    help="Count papers, citations, h-index and co-authors in the graph, for rankings.  "
    "[default: as before, or --measures]",
)
@click.option("--no-check", is_flag=True, help="Do not check the graph against its shapes.")
def build(  # noqa: PLR0913 - one parameter per option
    inputs: tuple[str, ...],
    add: tuple[str, ...],
    output: Path | None,
    format_name: str | None,
    base: str | None,
    as_of: datetime | None,
    on_error: str,
    jobs: int,
    trust: tuple[str, ...],
    licences: tuple[tuple[str, str], ...],
    rules: str | None,
    *,
    keep_sources: bool,
    force: bool,
    measures: bool | None,
    no_check: bool,
) -> None:
    """Build a graph folder from INPUT: files, folders, web addresses, or - for standard input.

    The format of each input is recognised by its content; a folder is read whole. Without INPUT
    the graph is built again as its graph.toml says. The old one stays until the new is complete.
    """
    graph = _graph(inputs, add, output)
    measures = _as_before(graph) if measures is None else measures
    inputs, day = add or inputs, as_of and as_of.date()
    given = Settings(base or "", inputs, day, format_name, trust, rules, keep_sources, measures)
    settings = _grown(given, graph) if add else _settled(given, graph)
    with progress() as tell:
        options = replace(
            _options(settings, graph, licences),
            skip_rejected=on_error == "skip",
            force=force,
            progress=tell,
            jobs=jobs,
            add=bool(add),
            check=not no_check,
        )
        outcome = run_build(options)
    click.echo(_summary(outcome, graph))


def _as_before(graph: Path) -> bool:
    return (read_settings(graph) or Settings("")).measures


def _options(settings: Settings, graph: Path, licences: tuple[tuple[str, str], ...]) -> Options:
    known = settings.licences | dict(licences)
    return Options(output=graph, **msgspec.structs.asdict(settings) | {"licences": known})


def _graph(inputs: tuple[str, ...], add: tuple[str, ...], output: Path | None) -> Path:
    """Return the graph folder: with --add it may stand where the inputs stand otherwise."""
    if not add and output is None:
        raise click.UsageError("name the graph folder to write: --output GRAPH")
    if add and len(inputs) + (output is not None) != 1:
        raise click.UsageError("--add needs one graph: graphbuild build --add INPUT GRAPH")
    return output or Path(inputs[0])


def _grown(given: Settings, graph: Path) -> Settings:
    """Complete the options of added inputs by those of the graph, which go for all its inputs."""
    kept = read_settings(graph)
    if kept is None:
        raise click.UsageError(f"{graph}: no graph to add to; build one with: -o {graph}")
    for option, new, old in (
        ("base", given.base, kept.base),
        ("as-of", given.as_of, kept.as_of),
    ):
        if new and new != old:
            raise click.UsageError(
                f"--{option} is {old or 'not stated'} in {graph} and goes for all its inputs; "
                "build the graph again to change it"
            )
    return msgspec.structs.replace(
        kept,
        inputs=given.inputs,
        format=given.format,
        trust=given.trust or kept.trust,
        rules=given.rules or kept.rules,
        keep_sources=given.keep_sources or kept.keep_sources,
        measures=given.measures,
    )


def _settled(given: Settings, output: Path) -> Settings:
    """Complete the options by what the graph remembers: its own, or all without new inputs."""
    kept = read_settings(output) or Settings(REFERENCE_BASE)
    always = msgspec.structs.replace(
        given,
        base=given.base or kept.base,
        trust=given.trust or kept.trust,
        rules=given.rules or kept.rules,
        keep_sources=given.keep_sources or kept.keep_sources,
        licences=kept.licences,
    )
    if given.inputs:
        return always
    if not kept.inputs:
        raise click.UsageError("name at least one INPUT: a file, a folder, or - for standard input")
    return msgspec.structs.replace(
        always,
        inputs=kept.inputs,
        as_of=given.as_of or kept.as_of,
        format=given.format or kept.format,
    )


def _summary(outcome: Outcome, output: Path) -> str:
    built = outcome.graph.build
    lines = [
        f"Read       {_inputs(built)}",
        f"Built      {', '.join(_counts(built))}",
        f"Rejected   {_rejected(outcome)}",
        f"Undecided  {_undecided(outcome)}",
        f"Graph      {output} ({built.counts['triples']:,} triples)",
        f"Next       graphbuild check {output}",
    ]
    if outcome.verdict:
        lines.insert(-2, f"Checked    {visible(outcome.verdict)}")
    if built.unread:
        lines.insert(1, f"Not read   {_unread(built.unread)}")
    lines[1:1] = _left_out(outcome)
    if outcome.unchanged:
        lines[-2:] = [f"Graph      {output} was up to date; --force builds it again"]
    return "\n".join(lines)


def _inputs(built: Build) -> str:
    formats: dict[str, int] = {}
    for source in built.inputs:
        formats[source.format] = formats.get(source.format, 0) + 1
    return ", ".join(f"{count:,} × {name}" for name, count in formats.items())


def _unread(fields: dict[str, dict[str, int]]) -> str:
    told = (f"{len(paths):,} of {name} ({_some(tuple(paths))})" for name, paths in fields.items())
    return f"fields {', '.join(told)}; see graphbuild sources FILE"


def _left_out(outcome: Outcome) -> list[str]:
    """Tell the files that were not read, and those that are not there."""
    told = (
        ("Passed by", outcome.passed_over, "inside folders that no reader knows"),
        ("Passed by", outcome.unlisted, "not in the manifest of their folder"),
        ("Missing", outcome.missing, "that a manifest lists; the download is incomplete"),
    )
    return [
        f"{head:<10} {len(files):,} file{'s' * (len(files) > 1)} {reason}: {_some(files)}"
        for head, files, reason in told
        if files
    ]


def _some(names: tuple[str, ...]) -> str:
    return ", ".join(map(visible, names[:3])) + ", ..." * (len(names) > 3)


def _counts(built: Build) -> list[str]:
    return [
        f"{built.counts[key]:,} {one if built.counts[key] == 1 else many}"
        for key, one, many in COUNTED
        if built.counts[key] or key in {"papers", "people"}
    ]


def _rejected(outcome: Outcome) -> str:
    number = outcome.graph.build.rejected
    if not number:
        return "no records"
    return f"{number:,} record{'s' * (number > 1)}, kept in {outcome.graph.rejected}"


def _undecided(outcome: Outcome) -> str:
    number = outcome.graph.build.undecided
    if not number:
        return "no identity questions"
    return f"{number:,} identity question{'s' * (number > 1)}, listed in {outcome.graph.judgements}"
