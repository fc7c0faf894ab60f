"""Run the command line from a checkout: ``python cli.py --help``."""

from graphbuild.cli import main

if __name__ == "__main__":
    main(prog_name="cli.py")
