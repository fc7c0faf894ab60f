"""Find export profiles: folders of ``queries/export`` or of a user, with a ``profile.toml``.

    title = "VIVO"
    summary = "N-Triples for the graph that VIVO's own forms edit"
    format = "nt"                    # nt, ttl or jsonld: each *.rq is a CONSTRUCT
    [types]
    "vivo:rank" = "xsd:int"          # the engine rewrites such datatypes
    [losses]
    "gb:ordinalAtLeast" = "VIVO has no lower bound of a position"

A profile with ``template`` makes text of a table instead; docs/exports.md says it in full.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

import msgspec

from graphbuild import resources
from graphbuild.errors import ProfileError
from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.query.parameters import placeholders

MANIFEST = "profile.toml"
SHIPPED = "export/"
CONSTRUCTED = ("nt", "ttl", "jsonld")


class Manifest(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What ``profile.toml`` says.

    Attributes:
        title: name of the target for people.
        summary: what comes out, in one line.
        format: syntax of the CONSTRUCTs' triples; ``text`` for a template; ``csv`` and
            ``parquet`` for the tables as they are; ``dcat`` for a description of the graph.
        prefixes: prefixes besides ours, for queries, output and this file.
        types: datatype that a property's literals leave with, as CURIEs.
        languages: language tag that a property's literals leave with.
        decoded: properties whose text was part of an IRI: its percent-encoding is undone.
        context: JSON-LD context; without it the prefixes are the context.
        template: Jinja template that makes text of one row.
        table: table whose rows the template is given.
        head: text before the first row.
        separator: text between two rows.
        foot: text after the last row.
        words: tables of words that the template may look up, by name.
        things: what the rows of a template become, for people.
        holds: fields that a template expresses without naming them.
        losses: why the target cannot hold a property or field.
    """

    title: str
    summary: str
    format: Literal["nt", "ttl", "jsonld", "text", "csv", "parquet", "dcat"]
    prefixes: dict[str, str] = {}
    types: dict[str, str] = {}
    languages: dict[str, str] = {}
    decoded: list[str] = []
    context: dict[str, str | dict[str, str]] = {}
    template: str = ""
    table: str = "paper"
    head: str = ""
    separator: str = ""
    foot: str = ""
    words: dict[str, dict[str, str]] = {}
    things: str = "records"
    holds: list[str] = []
    losses: dict[str, str] = {}


@dataclass(frozen=True)
class Profile:
    """An export profile.

    Attributes:
        name: what it is called on the command line.
        manifest: its description.
        files: text of its queries and templates, by file name.
    """

    name: str
    manifest: Manifest
    files: Mapping[str, str]

    @property
    def queries(self) -> dict[str, str]:
        """Its CONSTRUCTs by file name, sorted."""
        return {name: self.files[name] for name in sorted(self.files) if name.endswith(".rq")}

    @property
    def wants_people(self) -> bool:
        """Whether it treats an institution's own people in another way than others."""
        return any("people" in placeholders(text) for text in self.queries.values())

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes of its queries and its output."""
        return {**PREFIXES, **self.manifest.prefixes}

    def iri(self, curie: str) -> str:
        """Return the N-Triples term of a CURIE in the profile's prefixes.

        Raises:
            ProfileError: the prefix is not declared.
        """
        prefix, _, local = curie.partition(":")
        namespace = self.prefixes.get(prefix)
        if namespace is None:
            raise ProfileError(f"profile {self.name}: prefix {prefix!r} of {curie!r} is unknown")
        return f"<{namespace}{local}>"


def names() -> list[str]:
    """Return the names of the shipped profiles, sorted."""
    found = (PurePosixPath(path) for path in resources.walk("queries", ".toml"))
    return sorted(path.parent.name for path in found if str(path).startswith(SHIPPED))


def shipped(name: str) -> Profile:
    """Return a shipped profile."""
    folder = resources.folder("queries") / "export" / name
    return _profile(name, {entry.name: entry.read_text("utf-8") for entry in folder.iterdir()})


def of_folder(folder: Path) -> Profile:
    """Return the profile in a folder of the user.

    Raises:
        ProfileError: the folder is none, or its manifest says what it cannot.
    """
    try:
        files = {
            path.name: path.read_text("utf-8")
            for path in sorted(folder.iterdir())
            if path.suffix in (".rq", ".toml", ".j2")
        }
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(f"{folder}: cannot be read as a profile ({error})") from error
    if MANIFEST not in files:
        raise ProfileError(f"{folder}: no profile, it has no {MANIFEST}; see docs/exports.md")
    return _profile(folder.resolve().name, files)


def _profile(name: str, files: Mapping[str, str]) -> Profile:
    try:
        manifest = msgspec.convert(tomllib.loads(files[MANIFEST]), Manifest)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ProfileError(f"profile {name}: {MANIFEST}: {error}") from error
    profile = Profile(name, manifest, files)
    if manifest.format == "text" and manifest.template not in files:
        raise ProfileError(f"profile {name}: its template {manifest.template!r} is missing")
    if manifest.format in CONSTRUCTED and not profile.queries:
        raise ProfileError(f"profile {name}: it has no *.rq file")
    return profile
