"""Command ``completion``: print the set-up of shell completion."""

import click
from click.shell_completion import get_completion_class

PROGRAM = "graphbuild"


EXAMPLES = """\b
Examples, with the place for the lines:
  bash  graphbuild completion bash > ~/.graphbuild-complete.bash
        echo '. ~/.graphbuild-complete.bash' >> ~/.bashrc
  zsh   graphbuild completion zsh > ~/.graphbuild-complete.zsh
        echo '. ~/.graphbuild-complete.zsh' >> ~/.zshrc
  fish  graphbuild completion fish > ~/.config/fish/completions/graphbuild.fish

Then open a new shell. Bash must be 4.4 or later.
"""


@click.command(short_help="Print the set-up of shell completion.", epilog=EXAMPLES)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the lines that make SHELL complete graphbuild's commands, options and graphs."""
    setup = get_completion_class(shell)
    if setup is None:  # pragma: no cover - click knows each of the choices
        raise click.UsageError(f"no completion for {shell}", ctx)
    variable = f"_{PROGRAM.upper()}_COMPLETE"
    click.echo(setup(ctx.find_root().command, {}, PROGRAM, variable).source())
