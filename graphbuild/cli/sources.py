"""Command ``sources``: list the formats that are read, or audit files."""

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from graphbuild.cli.progress import progress
from graphbuild.collect import recognised
from graphbuild.errors import PluginError
from graphbuild.pulling import fetcher
from graphbuild.sources import format_named, format_names
from graphbuild.sources.audit import Audit, FieldUse, audit
from graphbuild.sources.files import InputFile, find_inputs
from graphbuild.sources.own_schema import schema_text
from graphbuild.text import visible

EPILOG = """\b
Examples:
  graphbuild sources
  graphbuild sources works.jsonl
  graphbuild sources dumps/ more.bib --format json
  graphbuild sources --schema > records.schema.json"""


@click.command(short_help="List the formats that are read, or audit files.", epilog=EPILOG)
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "-f", "--format", "form", type=click.Choice(["text", "json"]), default="text",
    show_default=True, help="Text for people, or JSON.",
)  # fmt: skip
@click.option(
    "--read-as",
    type=click.Choice(format_names()),
    help="Format of the files.  [default: recognised by content]",
)
@click.option(
    "--schema", is_flag=True, help="Print the JSON Schema of records of your own, and do no more."
)
def sources(files: tuple[str, ...], form: str, read_as: str | None, *, schema: bool) -> None:
    """List the formats that build reads, or audit FILE: what is read of it, and what is not.

    An audit says for the files of each format: how many records they hold, how many were rejected
    and why, which fields are stated and which of them nobody reads, and how many identifiers
    break the rules of their scheme. FILE is what build takes: a file, a folder, an archive, or -.
    """
    if schema:
        lines = iter([schema_text()])
    elif not files:
        lines = _list_json() if form == "json" else _list_text()
    else:
        audits, passed_over = _audits(files, read_as)
        write = _audit_json if form == "json" else _audit_text
        lines = write(audits, passed_over)
    for line in lines:
        click.echo(line)


def _audits(files: tuple[str, ...], read_as: str | None) -> tuple[list[Audit], tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as spool, progress() as tell:
        fetch = fetcher(Path(spool) / "pages", tell)
        found = recognised(find_inputs(files, Path(spool), fetch), read_as)
        of_format: defaultdict[str, list[InputFile]] = defaultdict(list)
        for each in found.inputs:
            of_format[each.format].append(each.file)
        audits = []
        for name, inputs in of_format.items():
            tell(f"auditing {len(inputs):,} of {name}")
            audits.append(audit(name, inputs))
        return audits, (*found.unknown, *found.unlisted)


def _list_text() -> Iterator[str]:
    wide = max(map(len, format_names()))
    for name in format_names():
        yield visible(f"{name:<{wide}}  {_summary(name)}")


def _list_json() -> Iterator[str]:
    rows = [{"name": name, "summary": _summary(name)} for name in format_names()]
    yield json.dumps(rows, indent=2, ensure_ascii=False)


def _summary(name: str) -> str:
    try:
        return format_named(name).summary
    except PluginError as error:
        return f"cannot be used: {error}"


def _audit_json(audits: list[Audit], passed_over: tuple[str, ...]) -> Iterator[str]:
    rows = [msgspec.to_builtins(each) | {"coverage": each.coverage} for each in audits]
    yield json.dumps({"sources": rows, "passed_over": passed_over}, indent=2, ensure_ascii=False)


def _audit_text(audits: list[Audit], passed_over: tuple[str, ...]) -> Iterator[str]:
    for number, each in enumerate(audits):
        if number:
            yield ""
        yield from _described(each)
    if passed_over:
        yield ""
        why = "that no reader knows or no manifest lists"
        yield f"Passed by   {len(passed_over):,} {why}: {_some(passed_over)}"


def _described(each: Audit) -> Iterator[str]:
    yield click.style(each.format, bold=True) + f"  {each.files:,} file{'s' * (each.files != 1)}"
    yield f"  records     {_counted(each.records) or 'none'}"
    yield f"  rejected    {each.rejected:,}"
    for location, line, reason in each.reasons:
        yield visible(f"    {location}{f':{line}' if line else ''}: {reason}")
    yield f"  malformed   {_counted(each.malformed) or 'no identifiers'}"
    for scheme, written in each.examples:
        yield visible(f"    {scheme} {written!r}")
    yield from _fields(each)


def _fields(each: Audit) -> Iterator[str]:
    if not each.tells:
        yield "  fields      the reader of this format does not tell which it reads"
        return
    used = sum(use.used for use in each.fields)
    share = "" if each.coverage is None else f": {each.coverage:.0%} of all that is stated"
    yield f"  fields      {used:,} of {len(each.fields):,} are read{share}"
    for title, kept in (("not read", False), ("read", True)):
        rows = [use for use in each.fields if use.used is kept]
        if rows:
            yield f"  {title}"
            yield from (_field(use, each.raw_records) for use in rows)


def _field(use: FieldUse, of: int) -> str:
    return visible(f"    {use.records:>9,}  {use.records / of:>4.0%}  {use.path}")


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in counts.items())


def _some(names: tuple[str, ...]) -> str:
    return ", ".join(map(visible, names[:3])) + ", ..." * (len(names) > 3)
