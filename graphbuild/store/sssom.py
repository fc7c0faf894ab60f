"""Judgements as SSSOM: a table of mappings that other tools read and write (mapping-commons)."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from graphbuild.errors import InputError
from graphbuild.resolve.judgements import Decision, Evidence, Judgement
from graphbuild.resolve.links import Match
from graphbuild.store.folder import GraphFolder
from graphbuild.store.iris import minter_of

COLUMNS = (
    "subject_id", "predicate_id", "predicate_modifier", "object_id", "mapping_justification",
    "author_label", "mapping_date", "confidence", "comment",
)  # fmt: skip
SAME, CLOSE = "skos:exactMatch", "skos:closeMatch"
ALIKE = frozenset({SAME, "owl:sameAs", CLOSE})
"""Predicates that say that two are one; the last only in tables of others, as an open case."""

NOT = "Not"
PREFIX = "mention:"
MANUAL, RULES = "semapv:ManualMappingCuration", "semapv:LogicalReasoning"


def write_sssom(judgements: Iterable[Judgement], base: str, file: TextIO) -> int:
    """Write judgements as SSSOM/TSV with its head; return their number.

    Args:
        judgements: those that decide something.
        base: what the IRIs of the graph start with.
        file: where they go.
    """
    file.write(
        "#curie_map:\n"
        f"#  mention: {base}id/mention/\n"
        "#  skos: http://www.w3.org/2004/02/skos/core#\n"
        "#  semapv: https://w3id.org/semapv/vocab/\n"
        f"#mapping_set_id: {base}id/judgements\n"
        "#license: https://w3id.org/sssom/license/unspecified\n"
    )
    table = csv.writer(file, delimiter="\t", lineterminator="\n")
    table.writerow(COLUMNS)
    rows = [_row(each) for each in judgements]
    table.writerows(rows)
    return len(rows)


def write_links_sssom(found: Iterable[Match], graph: GraphFolder, name: str, file: TextIO) -> None:
    """Write links as SSSOM/TSV: sure ones as exact matches, open ones as close matches.

    Args:
        found: the links.
        graph: ours.
        name: what the set of links is called.
        file: where they go.
    """
    mint = minter_of(graph)
    file.write(
        "#curie_map:\n"
        "#  skos: http://www.w3.org/2004/02/skos/core#\n"
        "#  semapv: https://w3id.org/semapv/vocab/\n"
        f"#mapping_set_id: {graph.build.base}id/links/{name}\n"
        "#license: https://w3id.org/sssom/license/unspecified\n"
    )
    table = csv.writer(file, delimiter="\t", lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(
        (
            mint.minted(each.kind, each.key)[1:-1],
            SAME if each.decision == "same" else CLOSE,
            "",
            each.theirs,
            RULES,
            "rules",
            "",
            f"{each.score:g}",
            _words(each.evidence),
        )
        for each in found
    )


def _words(evidence: Evidence) -> str:
    return "; ".join(f"{rule}: {words}" for rule, words in evidence)


def _row(each: Judgement) -> tuple[str, ...]:
    return (
        PREFIX + each.left,
        SAME,
        NOT if each.decision == "different" else "",
        PREFIX + each.right,
        RULES if each.by == "rules" else MANUAL,
        each.by,
        each.on,
        f"{each.score:g}",
        _words(each.evidence),
    )


def read_sssom(path: Path) -> Iterator[Judgement]:
    """Yield the judgements of an SSSOM/TSV file; the subjects are as written, without ``mention:``.

    Raises:
        InputError: the file cannot be read, or a row is no mapping that says same or different.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", location=str(path)) from error
    numbered = [(number, line) for number, line in enumerate(lines, 1) if not line.startswith("#")]
    rows = csv.DictReader((line for _, line in numbered), delimiter="\t")
    for (number, _), row in zip(numbered[1:], rows, strict=False):
        yield _judgement(row, path, number)


def _judgement(row: dict[str, str | None], path: Path, line: int) -> Judgement:
    left, right = row.get("subject_id") or "", row.get("object_id") or ""
    if not left or not right or row.get("predicate_id") not in ALIKE:
        reason = f"no mapping with subject_id, object_id and predicate_id {SAME} or owl:sameAs"
        raise InputError(reason, location=str(path), line=line)
    decision: Decision = "different" if row.get("predicate_modifier") == NOT else "same"
    if row["predicate_id"] == CLOSE:
        decision = "undecided"
    comment = row.get("comment") or ""
    return Judgement(
        left.removeprefix(PREFIX),
        right.removeprefix(PREFIX),
        decision,
        _confidence(row.get("confidence")),
        (("why", comment),) if comment else (),
        row.get("author_label") or row.get("author_id") or path.name,
        row.get("mapping_date") or "",
    )


def _confidence(written: str | None) -> float:
    try:
        return min(max(float(written or 1), 0.0), 1.0)
    except ValueError:
        return 1.0
