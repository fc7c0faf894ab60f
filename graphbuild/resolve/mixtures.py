"""Find people whom an identifier holds together, but whose papers speak for several.

An identifier that a source assigned by guess, or that was typed twice, joins people whatever their
papers say. Such a person is not taken apart, but flagged, with what speaks for it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from graphbuild.records import Author
from graphbuild.resolve.mentions import Columns, Mention

SMALLEST = 2
"""Papers of a part from which on it counts as one."""

FEWEST = 4
"""Papers of a person from which on parts mean something."""

Parts = list[list[int]]


def mixtures(
    members: Mapping[str, tuple[Mention, ...]],
    registered: Mapping[str, tuple[Author, ...]],
    mentions: Sequence[Mention],
    columns: Columns,
) -> dict[str, str]:
    """Return for each person who may be several why, in words.

    Args:
        members: the mentions of each person.
        registered: what registers say of each person.
        mentions: all mentions, in the order of the columns.
        columns: what of the papers speaks for who their authors are.
    """
    suspects = {
        key: group for key, group in members.items() if any(mention.ids for mention in group)
    }
    many = [group for group in suspects.values() if len(group) >= FEWEST]
    wanted = {mention.key for group in many for mention in group}
    rows = {mention.key: row for row, mention in enumerate(mentions) if mention.key in wanted}
    found: dict[str, str] = {}
    for key, group in suspects.items():
        reasons = list(_orcids(group, registered.get(key, ())))
        if len(group) >= FEWEST:
            reasons += _parts([rows[mention.key] for mention in group], columns)
        if reasons:
            found[key] = "; ".join(reasons)
    return found


def _orcids(group: Sequence[Mention], authors: Sequence[Author]) -> Iterator[str]:
    ids = {each for mention in group for each in mention.ids}
    ids |= {each for author in authors for each in author.ids}
    orcids = sorted(each for each in ids if each.startswith("orcid:"))
    if len(orcids) > 1:
        yield f"several ORCIDs are given: {', '.join(orcids)}"


def _parts(rows: Sequence[int], columns: Columns) -> Iterator[str]:
    """Yield that the papers fall apart, if neither co-author nor venue ties the parts."""
    own = {columns.name_of[row] for row in rows}
    traits = {row: _traits(row, own, columns) for row in rows}
    seen = [row for row in rows if not own.issuperset(columns.authors.of(columns.paper_of[row]))]
    parts = [part for part in _connected(seen, traits) if len(part) >= SMALLEST]
    if len(parts) < 2:
        return
    spans = [_span(part, columns) for part in parts]
    sizes = " and ".join(
        f"{len(part)} papers{span}" for part, span in zip(parts, spans, strict=True)
    )
    yield (
        f"one identifier joins groups of {sizes}, "
        "which share neither co-author nor venue nor affiliation"
    )
    yield from _two_places(parts, columns)


def _traits(row: int, own: set[int], columns: Columns) -> set[int]:
    """Return co-authors, words of affiliations and the venue, each kind with numbers of its own."""
    paper = columns.paper_of[row]
    found = {3 * name for name in columns.authors.of(paper) if name not in own}
    found.update([3 * word + 1 for word in columns.places.of(row)])
    if columns.venue_of[paper] >= 0:
        found.add(3 * columns.venue_of[paper] + 2)
    return found


def _connected(rows: Sequence[int], traits: Mapping[int, set[int]]) -> Parts:
    """Return the rows in groups that hang together by traits, the biggest first."""
    having: defaultdict[int, list[int]] = defaultdict(list)
    for row in rows:
        for trait in traits[row]:
            having[trait].append(row)
    parts: Parts = []
    open_rows = set(rows)
    for row in rows:
        if row in open_rows:
            parts.append(_reach(row, open_rows, traits, having))
    return sorted(parts, key=lambda part: (-len(part), part))


def _reach(
    start: int,
    open_rows: set[int],
    traits: Mapping[int, set[int]],
    having: dict[int, list[int]],
) -> list[int]:
    part, waiting = [], [start]
    open_rows.discard(start)
    while waiting:
        row = waiting.pop()
        part.append(row)
        # whoever has a trait is reached by it once
        for other in (each for trait in traits[row] for each in having.pop(trait, ())):
            if other in open_rows:
                open_rows.discard(other)
                waiting.append(other)
    return sorted(part)


def _years(part: Sequence[int], columns: Columns) -> set[int]:
    return {columns.year_of[columns.paper_of[row]] for row in part} - {0}


def _span(part: Sequence[int], columns: Columns) -> str:
    years = _years(part, columns)
    return f" ({min(years)} to {max(years)})" if years else ""


def _two_places(parts: Parts, columns: Columns) -> Iterator[str]:
    """Yield that the two biggest parts name different places in the same year."""
    first, second = ([row for row in part if len(columns.places.of(row))] for part in parts[:2])
    both = _years(first, columns) & _years(second, columns)
    if both:
        yield f"in {min(both)} their affiliations are different ones"
