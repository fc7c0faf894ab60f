"""Make text of the rows of a table by a Jinja template: BibTeX, CSL, QuickStatements and the like.

A template is given the fields of one row, the tables of ``words`` of its profile, and the date at
which the inputs were captured. It runs in Jinja's sandbox, because a profile may come from
somebody else.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
import msgspec
import yaml
from jinja2 import nodes
from jinja2.sandbox import SandboxedEnvironment

from graphbuild.errors import NoSuchEntityError, ProfileError
from graphbuild.identifiers import address
from graphbuild.mapping import vocabulary as v
from graphbuild.publish.profiles import Profile
from graphbuild.store.columns import opened, plain
from graphbuild.store.engine import engine
from graphbuild.store.folder import GraphFolder
from graphbuild.store.formats import packed

ROWS = 2_000
TITLES = """
SELECT s, o FROM triples WHERE p = $title
    AND s IN (SELECT s FROM triples WHERE p = $type AND o = $c)
"""
TEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#",
    "$": r"\$", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip
CAPITALS = re.compile(r"\w*[^\W\d_a-z]\w*[A-Z]\w*|\w+[A-Z]\w*")
UNSAFE = re.compile(r"[^A-Za-z0-9:.-]+")

Row = Mapping[str, Any]


def export_text(graph: GraphFolder, profile: Profile, target: Path, entity: str | None) -> int:
    """Write what a profile's template makes of its table and return the number of pieces.

    A row of which the template makes nothing is left out.

    Raises:
        ProfileError: the template is wrong, or fails on a row.
        NoSuchEntityError: the table has no such entity, or the template makes nothing of it.
        GraphError: the table cannot be read.
    """
    manifest = profile.manifest
    template = _template(profile)
    shared = {"words": manifest.words, "as_of": graph.build.as_of, "sources": _titles(graph)}
    count = 0
    with packed(target) as file:
        file.write(manifest.head.encode())
        for row in table_rows(graph, manifest.table, entity):
            piece = _rendered(template, row, shared, profile)
            if piece.strip():
                file.write((manifest.separator if count else "").encode() + piece.encode())
                count += 1
        file.write(manifest.foot.encode())
        if entity and not count:
            raise NoSuchEntityError(f"{manifest.title} has no place for {entity}")
    return count


def table_rows(graph: GraphFolder, table: str, entity: str | None = None) -> Iterator[Row]:
    """Yield the rows of a table, sorted by IRI; with an entity only its own.

    Raises:
        GraphError: the table cannot be read.
    """
    path = graph.tables / f"{table}.parquet"
    with engine(f"{path}: cannot be read; build the graph again") as connection:
        found = connection.execute(
            "FROM read_parquet(?) WHERE ? IS NULL OR iri = ? ORDER BY iri",
            [str(path), entity, entity],
        )
        names = [column[0] for column in found.description]
        while batch := found.fetchmany(ROWS):
            for values in batch:
                yield dict(zip(names, values, strict=True))


def fields_used(profile: Profile) -> set[str]:
    """Return the names that a profile's template reads: fields, and parts of fields.

    Raises:
        ProfileError: the template is wrong.
    """
    _template(profile)
    tree = environment().parse(profile.files[profile.manifest.template])
    names = {node.name for node in tree.find_all(nodes.Name)}
    return names | {node.attr for node in tree.find_all(nodes.Getattr)}


def values(value: Any, used: set[str], path: str = "") -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Yield the path of each value in a row that is stated and not used."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from values(part, used, f"{path}.{name}".strip("."))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for part in value:
            yield from values(part, used, path)
    elif value not in (None, "", [], False) and path.rpartition(".")[2] not in used:
        yield path


def environment() -> SandboxedEnvironment:
    """Return what templates are compiled in: Jinja with our filters, in its sandbox."""
    made = SandboxedEnvironment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    made.filters.update(
        tex=tex,
        capitals=capitals,
        key=key,
        stated=stated,
        json=_json,
        yaml=_yaml,
        identifier=identifier,
        address=address,
        quoted=quoted,
    )
    made.tests["resolvable"] = lambda known: address(known).startswith("http")
    made.globals["field"] = bibtex_field
    return made


def tex(text: str | None) -> str:
    r"""Return text with TeX's own characters escaped.

    >>> print(tex("50 % of C_2 & more"))
    50 \% of C\_2 \& more
    """
    return (text or "").translate(TEX)


def capitals(text: str) -> str:
    """Return a title in which BibTeX styles leave words like OTOv2 as they are.

    >>> capitals("OTOv2: Automatic, Generic")
    '{OTOv2}: Automatic, Generic'
    """
    return CAPITALS.sub(r"{\g<0>}", text)


def key(iri: str) -> str:
    """Return the last part of an IRI in characters that every BibTeX takes.

    >>> key("https://w3id.org/graphbuild/id/paper/doi:10.1000~1x")
    'doi:10.1000-1x'
    """
    return UNSAFE.sub("-", iri.rpartition("/")[2])


def stated(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return JSON without what is not stated: no null, no empty text, list or object.

    >>> stated({"title": "T", "author": [], "note": None})
    {'title': 'T'}
    """
    if isinstance(value, dict):
        kept = {name: stated(part) for name, part in value.items()}
        return {name: part for name, part in kept.items() if part not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [part for part in map(stated, value) if part not in (None, "", [], {})]
    return value


def identifier(ids: list[str] | None, scheme: str) -> str:
    """Return the value of the first identifier of a scheme, empty when there is none.

    >>> identifier(["doi:10.1000/x", "arxiv:2303.06862"], "arxiv")
    '2303.06862'
    """
    start = f"{scheme}:"
    return next((each.removeprefix(start) for each in ids or () if each.startswith(start)), "")


def quoted(text: str | None) -> str:
    """Return text in the quotes of QuickStatements, in one line; empty for none.

    >>> print(quoted('A "good" title'))
    "A ""good"" title"
    """
    line = " ".join((text or "").split()).replace('"', '""')
    return f'"{line}"' if line else ""


def bibtex_field(name: str, value: str | None) -> str:
    """Return a line of a BibTeX entry, empty when there is no value."""
    return f"  {name} = {{{value}}},\n" if value else ""


def _template(profile: Profile) -> jinja2.Template:
    loader = jinja2.DictLoader(dict(profile.files))
    made = environment().overlay(loader=loader)
    try:
        return made.get_template(profile.manifest.template)
    except jinja2.TemplateSyntaxError as error:
        raise ProfileError(
            f"profile {profile.name}: {error.name}, line {error.lineno}: {error.message}"
        ) from error


def _rendered(
    template: jinja2.Template, row: Row, shared: Mapping[str, Any], profile: Profile
) -> str:
    try:
        return template.render(row, **shared)
    except (jinja2.TemplateError, TypeError, ValueError, KeyError) as error:
        raise ProfileError(f"profile {profile.name}: {row['iri']}: {error}") from error


def _titles(graph: GraphFolder) -> dict[str, str]:
    """Return what the sources of a graph are called, by their keys."""
    with opened(graph) as connection:
        found = connection.execute(TITLES, {"title": v.TITLE, "type": v.TYPE, "c": v.SOURCE_RECORD})
        return {s[1:-1].rpartition("/")[2]: plain(o) for s, o in found.fetchall()}


def _json(value: Any) -> str:  # noqa: ANN401 - any JSON
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def _yaml(value: Any) -> str:  # noqa: ANN401 - any JSON
    # CFF's validators read dates as text; a date of YAML would become another type.
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100)
