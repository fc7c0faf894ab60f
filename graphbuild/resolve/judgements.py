"""Judgements: decisions on identity, each with its evidence, by a rule or by a person.

They are kept as JSON Lines, one judgement a line, so that people can edit, merge and compare
them. Those in the graph folder's own ``judgements.jsonl`` are people's and beat every rule.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from graphbuild.errors import InputError

Decision = Literal["same", "different", "undecided"]
Evidence = tuple[tuple[str, str], ...]


class Judgement(msgspec.Struct, frozen=True, order=True, omit_defaults=True):
    """One decision on whether two keys stand for the same thing.

    Attributes:
        left: key of a mention (``PAPER#name``) or of a record.
        right: the other key.
        score: how strong the evidence is, 0 to 1.
        evidence: pairs of a rule's name and its finding in words.
        by: ``rules``, or who decided.
        on: the day of the decision, ISO 8601; empty for rules.
    """

    left: str
    right: str
    decision: Decision
    score: float
    evidence: Evidence
    by: str = "rules"
    on: str = ""


def read_judgements(path: Path) -> list[Judgement]:
    """Return the judgements of a file, none when there is no file.

    Raises:
        InputError: a line is no judgement.
    """
    if not path.exists():
        return []
    judgements = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if line.strip():
            try:
                judgements.append(msgspec.json.decode(line, type=Judgement))
            except msgspec.DecodeError as error:
                raise InputError(
                    f"no judgement: {error}", location=str(path), line=number
                ) from error
    return judgements


def latest(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return of a log the last decision on each pair; ``undecided`` takes a decision back."""
    last: dict[frozenset[str], Judgement] = {}
    for each in judgements:
        last.pop(pair := frozenset((each.left, each.right)), None)
        last[pair] = each
    return [each for each in last.values() if each.decision != "undecided"]


def append_judgements(path: Path, judgements: Iterable[Judgement]) -> None:
    """Add decisions to the end of a log.

    Raises:
        OSError: the file cannot be written.
    """
    with path.open("ab") as file:
        file.writelines(msgspec.json.encode(judgement) + b"\n" for judgement in judgements)


def write_judgements(path: Path, judgements: Iterable[Judgement]) -> None:
    """Write judgements, sorted, so that two builds can be compared line by line."""
    with path.open("wb") as file:
        file.writelines(msgspec.json.encode(judgement) + b"\n" for judgement in sorted(judgements))
