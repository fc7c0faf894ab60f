"""Bring the versions of one system together: OTO, OTOv2 and OTOv3 are a family.

Two artifacts are versions of one when their names are the same but for a version number, and
their papers share a repository or an author.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

import msgspec

from graphbuild.entities import Artifact, Family
from graphbuild.resolve.keys import hashed

VERSION = re.compile(
    r"(?P<base>.*?[A-Za-z])[-_ .]?(?:[vV]?(?P<number>\d+(?:\.\d+)*)|(?P<plus>\++))"
)


class VersionedName(NamedTuple):
    """A name without its version, and the version as numbers; the first version has none."""

    base: str
    version: tuple[int, ...]


def versioned(name: str) -> VersionedName:
    """Take the version number off a name.

    >>> versioned("OTOv2")
    VersionedName(base='oto', version=(2,))
    >>> versioned("OTO")
    VersionedName(base='oto', version=(1,))
    """
    match = VERSION.fullmatch(name)
    if match is None:
        return VersionedName(name.casefold(), (1,))
    if match["plus"]:
        return VersionedName(match["base"].casefold(), (1 + len(match["plus"]),))
    numbers = match["number"].split(".")
    return VersionedName(match["base"].casefold(), tuple(int(number) for number in numbers))


def find_families(
    artifacts: Iterable[Artifact], ties: Mapping[str, frozenset[str]]
) -> tuple[list[Artifact], list[Family]]:
    """Return the artifacts, with family and predecessor where they have one, and the families.

    Args:
        artifacts: all of them, each introduced by one paper.
        ties: for each paper, its repositories and persons, by key.
    """
    done: list[Artifact] = []
    families: list[Family] = []
    by_base: defaultdict[tuple[str, str], list[Artifact]] = defaultdict(list)
    for artifact in artifacts:
        by_base[artifact.kind, versioned(artifact.name).base].append(artifact)
    for base in sorted(by_base):
        for group in _tied(by_base[base], ties):
            versions = sorted(
                group, key=lambda artifact: (versioned(artifact.name).version, artifact.key)
            )
            if len({versioned(artifact.name).version for artifact in versions}) > 1:
                family = _family(versions)
                families.append(family)
                versions = list(_chained(versions, family.key))
            done += versions
    return sorted(done, key=lambda artifact: artifact.key), families


def _tied(artifacts: list[Artifact], ties: Mapping[str, frozenset[str]]) -> list[list[Artifact]]:
    """Split artifacts of one base name into groups whose papers are tied to one another."""
    groups: list[list[Artifact]] = []
    for artifact in sorted(artifacts, key=lambda artifact: artifact.key):
        near = [
            group for group in groups if any(ties[a.paper] & ties[artifact.paper] for a in group)
        ]
        groups = [group for group in groups if group not in near]
        groups.append([artifact, *(member for group in near for member in group)])
    return groups


def _family(versions: list[Artifact]) -> Family:
    records = tuple(sorted({record for artifact in versions for record in artifact.records}))
    named = [a.name for a in versions if versioned(a.name).version == (1,)]
    name = named[0] if named else VERSION.sub(r"\g<base>", versions[0].name)
    return Family(hashed("family", min(artifact.key for artifact in versions)), name, records)


def _chained(versions: list[Artifact], family: str) -> Iterator[Artifact]:
    yield msgspec.structs.replace(versions[0], family=family)
    for before, artifact in pairwise(versions):
        newer = versioned(before.name).version < versioned(artifact.name).version
        succeeds = (before.key,) if newer else ()
        yield msgspec.structs.replace(artifact, family=family, succeeds=succeeds)
