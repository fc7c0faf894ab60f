"""Give each canned query its own options and its own ``--help``."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from graphbuild.errors import InputError, NoSuchQueryError
from graphbuild.query import catalogue
from graphbuild.query.catalogue import CannedQuery, Parameter
from graphbuild.query.parameters import option_name
from graphbuild.query.syntax import query_form

PREFIX = "param_"
"""What the names of generated options begin with among the values that a command receives."""

METAVARS = {
    "iri": "IRI",
    "integer": "INTEGER",
    "number": "NUMBER",
    "literal": "TEXT",
    "xsd_date": "YYYY-MM-DD",
    "en": "TEXT",
}


class QueryCommand(click.Command):
    """A command that takes on the options of the query that its arguments name."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's signature
    ) -> click.Context:
        """Parse the arguments, with the parameters of the query among the options."""
        query = self._meant(args, parent, lenient=bool(extra.get("resilient_parsing")))
        if query is None:
            return super().make_context(info_name, args, parent, **extra)
        name = f"{info_name} {query.id}" if query.id in args else info_name
        return CannedCommand(self, query).make_context(name, args, parent, **extra)

    def _meant(
        self, args: list[str], parent: click.Context | None, *, lenient: bool
    ) -> CannedQuery | None:
        question, file = self._scan(args, parent)
        if file is not None:
            return read(file) if file.is_file() else None
        if question is None or question == "-":
            return None
        try:
            return asked(question)
        except click.UsageError:
            if lenient or "--help" in args or "-h" in args:
                return None
            raise

    def _scan(
        self, args: list[str], parent: click.Context | None
    ) -> tuple[str | None, Path | None]:
        """Return the argument that names a query, and the file, before the options are known."""
        context = click.Context(self, parent, ignore_unknown_options=True, allow_extra_args=True)
        try:
            values, rest, _ = self.make_parser(context).parse_args(list(args))
        except click.UsageError:  # parsing in earnest says what is wrong
            return None, None
        first = values.get("question")
        candidates = [text for text in (first, *rest) if isinstance(text, str)]
        file = values.get("file")
        return _question(candidates), Path(file) if isinstance(file, str) else None


class CannedCommand(click.Command):
    """The command of one query.

    Args:
        base: the command for any query, whose options it shares.
        query: the query.
    """

    def __init__(self, base: click.Command, query: CannedQuery) -> None:
        self.generated = [_option(parameter) for parameter in query.parameters]
        super().__init__(
            base.name,
            callback=base.callback,
            params=[*base.params, *self.generated],
            help="\n\n".join(part for part in (query.summary, query.description) if part),
            epilog=_epilog(query),
        )

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return what follows the name of the query in its usage."""
        return ["[OPTIONS]"]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the parameters of the query, then the options that all queries have."""
        for title, mine in (("Parameters", True), ("Options", False)):
            records = [
                record
                for parameter in self.get_params(ctx)
                if isinstance(parameter, click.Option)
                and (parameter in self.generated) is mine
                and (record := parameter.get_help_record(ctx)) is not None
            ]
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)


class Question(click.ParamType[str]):
    """Id of a canned query, SPARQL, or ``-``."""

    name = "question"

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """Complete ids of canned queries."""
        return [
            CompletionItem(query.id, help=query.summary)
            for query in catalogue.load_all()
            if query.id.startswith(incomplete)
        ]


def asked(question: str) -> CannedQuery:
    """Return the query that an argument names or is.

    Raises:
        click.UsageError: it looks like a name, and no query has it.
    """
    if any(sign.isspace() or sign in "{}" for sign in question):
        return catalogue.parse(question, "query.rq")
    try:
        return catalogue.load(question)
    except NoSuchQueryError as error:
        raise click.UsageError(str(error)) from None


def read(file: Path) -> CannedQuery:
    """Return the query that a file holds; ``-`` is standard input.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        content = sys.stdin.buffer.read() if file == Path("-") else file.read_bytes()
        return catalogue.parse(content.decode("utf-8-sig"), str(file))
    except OSError as error:
        raise InputError(error.strerror or str(error), location=str(file)) from error
    except UnicodeDecodeError as error:
        raise InputError("is no UTF-8 text", location=str(file)) from error


def _question(candidates: Sequence[str]) -> str | None:
    known = set(catalogue.ids())
    plain = [text for text in candidates if text == "-" or not text.startswith("-")]
    named = [text for text in plain if text in known]
    sparql = [text for text in plain if query_form(text) is not None]
    return next(iter([*named, *sparql, *plain]), None)


def _option(parameter: Parameter) -> click.Option:
    return click.Option(
        [f"--{option_name(parameter.name)}", PREFIX + parameter.name],
        multiple=True,
        metavar=_metavar(parameter),
        help=_help(parameter),
    )


def _metavar(parameter: Parameter) -> str:
    if parameter.choices:
        return f"[{'|'.join(parameter.choices)}]"
    if parameter.search:
        return "WORDS"
    return "NAME" if parameter.kind else METAVARS[parameter.type]


def _help(parameter: Parameter) -> str:
    notes = []
    if parameter.search:
        notes.append("searched for in names, despite misspellings")
    elif parameter.kind:
        notes.append(f"a {parameter.kind}, by name or IRI")
    if parameter.multi:
        notes.append("may be repeated")
    if parameter.minimum is not None or parameter.maximum is not None:
        ends = (parameter.minimum, parameter.maximum)
        notes.append("..".join("" if end is None else f"{end:g}" for end in ends))
    if parameter.default is not None:
        notes.append(f"default: {parameter.default}")
    elif parameter.required:
        notes.append("required")
    return f"{parameter.help} [{'; '.join(notes)}]".strip() if notes else parameter.help


def _epilog(query: CannedQuery) -> str:
    options = "".join(
        f' --{option_name(parameter.name)} "{parameter.example}"'
        for parameter in query.parameters
        if parameter.example and (parameter.required and parameter.default is None)
    )
    return f"\b\nExample:\n  graphbuild query {query.id}{options}"
