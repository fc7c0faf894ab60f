"""Links to the entities of others: decisions on whether one of ours and one of theirs are one.

Each set of links is a file of judgements in the graph folder, ``links/NAME.jsonl``: on the left the
key of ours, on the right the IRI of theirs; ``links/NAME.toml`` says whose they are.
A person's decision in the folder's own ``judgements.jsonl`` beats them.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from graphbuild.errors import InputError
from graphbuild.resolve.judgements import (
    Decision,
    Evidence,
    Judgement,
    read_judgements,
    write_judgements,
)

LINKS = "links"
"""Folder of a graph that holds its sets of links."""

TARGET = "target:"
"""Scheme of the identifier that a record of theirs has by its IRI."""

WEB = ("http://", "https://", "urn:")


class Match(NamedTuple):
    """One of ours and one of theirs that may be one.

    Attributes:
        kind: ``person``, ``paper``, ``org`` or ``venue``.
        key: key of ours.
        left: what the judgement calls ours.
        theirs: IRI of theirs.
        name: what theirs is called.
    """

    kind: str
    key: str
    left: str
    theirs: str
    name: str
    decision: Decision
    score: float
    evidence: Evidence

    def judgement(self) -> Judgement:
        """Return the match as it is kept."""
        return Judgement(self.left, self.theirs, self.decision, self.score, self.evidence)


class Links(NamedTuple):
    """What links a graph has.

    Attributes:
        decided: the decisions, those of persons included.
        preferred: IRIs that the graph adopts where they are the same as one of ours.
    """

    decided: tuple[Judgement, ...] = ()
    preferred: tuple[str, ...] = ()


def is_link(case: Judgement) -> bool:
    """Say whether a judgement is on something outside the graph."""
    return case.right.startswith(WEB)


class LinkSet(msgspec.Struct, frozen=True):
    """What is known of a set of links; kept as ``links/NAME.toml``.

    Attributes:
        target: whose entities they lead to: an address or a file.
        prefer: the IRIs of theirs take the place of ours.
    """

    target: str
    prefer: bool = False


def link_file(graph: Path, name: str) -> Path:
    """Return the file of a set of links of a graph folder."""
    return graph / LINKS / f"{name}.jsonl"


def link_sets(graph: Path) -> dict[str, list[Judgement]]:
    """Return the sets of links of a graph folder, by name.

    Raises:
        InputError: a line of one is no judgement.
    """
    files = sorted((graph / LINKS).glob("*.jsonl"))
    return {path.stem: read_judgements(path) for path in files}


def described(graph: Path, name: str) -> LinkSet | None:
    """Return what is known of a set of links; None where there is no such set.

    Raises:
        InputError: its file is damaged.
    """
    path = link_file(graph, name).with_suffix(".toml")
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), LinkSet)
    except FileNotFoundError:
        return None
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise InputError(f"no description of links: {error}", location=str(path)) from error


def write_links(graph: Path, name: str, known: LinkSet, cases: Iterable[Judgement]) -> None:
    """Write a set of links into a graph folder, in place of the one of that name.

    Raises:
        OSError: it cannot be written.
    """
    path = link_file(graph, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = f"target = {json.dumps(known.target)}\nprefer = {json.dumps(known.prefer)}\n"
    path.with_suffix(".toml").write_text(lines, encoding="utf-8")
    write_judgements(path, cases)


def read_links(graph: Path, judged: Iterable[Judgement]) -> Links:
    """Return the links of a graph folder.

    Args:
        graph: the folder.
        judged: decisions of persons, which come last and so count.

    Raises:
        InputError: a file of links is damaged.
    """
    sets = link_sets(graph)
    own = [case for case in judged if is_link(case)]
    preferred = [name for name in sets if (known := described(graph, name)) and known.prefer]
    return Links(
        tuple(case for cases in (*sets.values(), own) for case in cases),
        tuple(dict.fromkeys(case.right for name in preferred for case in sets[name])),
    )


def same_ones(cases: Iterable[Judgement], entity: Mapping[str, str]) -> dict[str, dict[str, None]]:
    """Return the IRIs that are the same as each of our entities; the last decision counts.

    Args:
        cases: decisions, the last ones last.
        entity: what is called ``kind/key`` here, by the key on the left of a decision.
    """
    found: dict[str, dict[str, None]] = {}
    for case in cases:
        ours = entity.get(case.left)
        if ours is None:
            continue
        known = found.setdefault(ours, {})
        known.pop(case.right, None)
        if case.decision == "same":
            known[case.right] = None
    return {ours: known for ours, known in found.items() if known}
