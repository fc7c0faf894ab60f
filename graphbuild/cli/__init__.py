"""The command line: one module per command, imported only when its command runs."""

import os
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

from graphbuild import __version__
from graphbuild.errors import GraphBuildError
from graphbuild.text import visible

COMMANDS = {
    "build": "Build a graph folder from files.",
    "sources": "List the formats that are read, or audit files.",
    "check": "Check a graph against SHACL shapes.",
    "query": "Ask a canned query or your own SPARQL.",
    "queries": "List the canned queries.",
    "find": "Find entities by words, despite misspellings.",
    "show": "Show everything about one entity.",
    "explain": "Say why an entity is what it is, or why two are one.",
    "judge": "List open identity questions, and record decisions.",
    "forget": "Take a person out of a graph for good.",
    "link": "Match a graph with what somebody else has.",
    "info": "Count what a graph holds.",
    "export": "Write a graph to a file, as RDF or for a target.",
    "update": "Change a graph by SPARQL Update, with a backup.",
    "diff": "Show what differs between two graphs.",
    "push": "Bring a server or folder into step with a graph.",
    "site": "Publish a graph as a static site of linked data.",
    "network": "Write or draw a network, such as co-authors.",
    "tables": "List a graph's flat tables, or write them.",
    "completion": "Print the set-up of shell completion.",
}
"""Name and summary of every command; module ``graphbuild.cli.NAME`` holds its function ``NAME``."""

EPILOG = """\b
Examples:
  graphbuild build page.txt --output my-graph
  graphbuild check my-graph
  graphbuild query author-coauthors --person "Ada Example" --graph my-graph

\b
Exit status:
  0 done · 1 violations found, ASK false with --exit-status, or records rejected
  2 usage · 3 bad query · 4 no such entity, or several
  5 input, graph or store cannot be used · 6 endpoint · 124 time limit · 130 Ctrl-C

Where GRAPH is left out it is the folder named by GRAPHBUILD_GRAPH, or else the current one."""


INTERRUPTED = 130


class LazyGroup(click.Group):
    """A group that imports a command's module when the command runs, so ``--help`` stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of use, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return one command; None when there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"graphbuild.cli.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete a command's name without importing any of them."""
        names = [CompletionItem(name, help=text) for name, text in COMMANDS.items()]
        fitting = [item for item in names if item.value.startswith(incomplete)]
        return fitting + super(click.Group, self).shell_complete(ctx, incomplete)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run a command; an error of ours becomes one line and an exit status."""
        try:
            return super().invoke(ctx)
        except GraphBuildError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(f"Error: {visible(str(error))}", err=True)
            raise click.exceptions.Exit(error.exit_code) from error
        except KeyboardInterrupt as error:
            raise click.exceptions.Exit(INTERRUPTED) from error


@click.group(cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(__version__, prog_name="graphbuild")
@click.pass_context
def main(ctx: click.Context, *, debug: bool) -> None:  # noqa: ARG001 - LazyGroup.invoke reads it
    """Turn scholarly metadata into one RDF graph; check it, ask it, hand it on."""
    if os.environ.get("NO_COLOR"):
        ctx.color = False
