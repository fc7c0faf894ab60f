"""Command ``update``: change a graph by SPARQL Update, with a backup."""

from pathlib import Path

import click

from graphbuild.cli.canned import read
from graphbuild.cli.options import allow_host_option
from graphbuild.cli.values import Duration
from graphbuild.store.revision import SHOWN
from graphbuild.text import visible

LONGEST_PATH = 1000
"""Characters; the system refuses to look for longer ones."""

EXAMPLES = """\b
Examples:
  graphbuild update my-graph 'DELETE WHERE { ?paper gb:openAccess ?kind }' --dry-run
  graphbuild update my-graph changes.ru
  graphbuild update my-graph --undo
"""


@click.command(short_help="Change a graph by SPARQL Update, with a backup.", epilog=EXAMPLES)
@click.argument("graph", type=click.Path(file_okay=False, path_type=Path))
@click.argument("text", required=False, metavar="UPDATE|FILE|-")
@click.option("--dry-run", is_flag=True, help="Only say what would come and go.")
@click.option("--undo", is_flag=True, help="Bring back the graph before the last update.")
@click.option(
    "--timeout",
    type=Duration(),
    default="60s",
    show_default=True,
    help="Stop the update after this time, e.g. 30s, 10m.",
)
@allow_host_option
def update(  # noqa: PLR0913 - one parameter per option
    graph: Path,
    text: str | None,
    timeout: float,
    allowed: tuple[str, ...],
    *,
    dry_run: bool,
    undo: bool,
) -> None:
    """Change GRAPH by an UPDATE, one in a FILE, or - for standard input.

    The graph before is kept beside it as a backup. Its own triples can be changed, not the named
    graphs of its sources. A build from the inputs would undo the change, so it is refused then.
    """
    if undo == (text is not None):
        raise click.UsageError("give an update, or --undo.")
    if text is None:
        from graphbuild.store.folder import restore

        back = restore(graph)
        click.echo(f"{graph} is as before: {back.build.counts['triples']:,} triples")
        return
    from graphbuild.query.update import update as run_update

    done = run_update(graph, _read(text), allowed, timeout, dry_run=dry_run)
    for line in done.sample:
        click.echo(visible(line))
    if max(done.added, done.removed) > SHOWN:
        click.echo("...")
    said = "would be " if dry_run else ""
    click.echo(f"{done.added:,} triples {said}added, {done.removed:,} {said}removed", err=True)
    if (done.added or done.removed) and not dry_run:
        click.echo(
            f"Kept       the graph before; bring it back with: graphbuild update {graph} --undo\n"
            f"In step    SPARQL, columns, flat tables and {done.renamed:,} names of the index\n"
            "Stale      the records in tables/, which are those of the build, and what was counted "
            f"in the graph\nNext       graphbuild check {graph}",
            err=True,
        )


def _read(text: str) -> str:
    """Return the update that is meant: what a file or standard input holds, or the text itself."""
    is_file = "\n" not in text and len(text) < LONGEST_PATH and Path(text).is_file()
    return read(Path(text)).text if text == "-" or is_file else text
