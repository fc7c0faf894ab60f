"""Find people whom an identifier holds together, but whose papers speak for several.

An identifier that a source assigned by guess, or that was typed twice, joins people whatever their
papers say. Such a person is not taken apart, but flagged, with what speaks for it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from graphbuild.records import Author
from graphbuild.resolve.mentions import Columns, Mention

SMALLEST = 2
"""Papers of a part from which on it counts as one."""

FEWEST = 4
"""Papers of a person from which on parts mean something."""

GAP = 20
"""Years without a paper that speak for two people."""

LIFETIME = 75
"""Years of work that nobody has."""

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
        key: group
        for key, group in members.items()
        if key in registered or any(mention.ids for mention in group)
    }
    many = [group for group in suspects.values() if len(group) >= FEWEST]
    wanted = {mention.key for group in many for mention in group}
    rows = {mention.key: row for row, mention in enumerate(mentions) if mention.key in wanted}
    found: dict[str, str] = {}
    for key, group in suspects.items():
        authors = registered.get(key, ())
        reasons = [*_orcids(group, authors), *_impossible(authors)]
        if len(group) >= FEWEST:
            own = [rows[mention.key] for mention in group]
            reasons += (*_parts(own, columns), *_lifetime(own, columns))
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
    """Yield that the papers fall apart, if nothing ties the parts.

    Parts share neither co-author nor venue nor affiliation. A topic that both write on ties them as
    well, unless many years lie between them.
    """
    own = {columns.name_of[row] for row in rows}
    traits = {row: _traits(row, own, columns) for row in rows}
    seen = [row for row in rows if not own.issuperset(columns.authors.of(columns.paper_of[row]))]
    parts = [part for part in _connected(seen, traits) if len(part) >= SMALLEST]
    if len(parts) < 2:
        return
    apart = [*time_between(*(years_of(part, columns) for part in parts[:2]))]
    shared = set.intersection(*(topics_of(part, columns) for part in parts[:2]))
    if shared and not apart:
        return
    spans = [_span(part, columns) for part in parts]
    sizes = " and ".join(
        f"{len(part)} papers{span}" for part, span in zip(parts, spans, strict=True)
    )
    yield (
        f"one identifier joins groups of {sizes}, "
        "which share neither co-author nor venue nor affiliation"
    )
    yield from apart
    yield from topics_apart(parts[0], parts[1], columns)
    yield from _two_places(parts, columns)


def topics_of(part: Sequence[int], columns: Columns) -> set[int]:
    """Return the topics of the papers of some mentions."""
    return {topic for row in part for topic in columns.topics.of(columns.paper_of[row])}


def topics_apart(first: Sequence[int], second: Sequence[int], columns: Columns) -> Iterator[str]:
    """Yield that two groups of papers have topics, and none in common, with the most frequent."""
    both = [topics_of(part, columns) for part in (first, second)]
    if all(both) and not set.intersection(*both):
        one, other = (_commonest(part, columns) for part in (first, second))
        yield f"no topic of the one is a topic of the other, which write on {one} and on {other}"


def _commonest(part: Sequence[int], columns: Columns) -> str:
    papers = {columns.paper_of[row] for row in part}
    counts = Counter(topic for paper in papers for topic in columns.topics.of(paper))
    names = columns.topic_names
    return names[min(counts, key=lambda topic: (-counts[topic], names[topic], topic))]


def time_between(first: set[int], second: set[int]) -> Iterator[str]:
    """Yield that many years lie between the papers of two groups."""
    if first and second:
        early, late = sorted((first, second), key=min)
        if (years := min(late) - max(early)) >= GAP:
            yield f"{years} years lie between them"


def _lifetime(rows: Sequence[int], columns: Columns) -> Iterator[str]:
    """Yield that the papers were written in more years than somebody works."""
    years = years_of(rows, columns)
    if years and max(years) - min(years) > LIFETIME:
        yield f"the papers are from {min(years)} to {max(years)}, more than {LIFETIME} years"


def _impossible(authors: Sequence[Author]) -> Iterator[str]:
    """Yield that numbers which one register states of the person cannot be true together."""
    for author in authors:
        yield from impossible({count.metric: count.value for count in author.counts})


def impossible(stated: Mapping[str, int | str]) -> Iterator[str]:
    """Yield why numbers of one person, by metric, cannot be true together.

    An h-index of h needs h papers with h citations each (Hirsch 2005).

    >>> list(impossible({"h-index": 9, "paper-count": 12, "citation-count": 80}))
    ['an h-index of 9 needs 81 citations, and 80 are stated']
    """
    index, papers, cited = (
        stated.get(metric) for metric in ("h-index", "paper-count", "citation-count")
    )
    if isinstance(index, int):
        if isinstance(papers, int) and papers < index:
            yield f"an h-index of {index} needs as many papers, and {papers} are stated"
        if isinstance(cited, int) and cited < index * index:
            yield f"an h-index of {index} needs {index * index} citations, and {cited} are stated"


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


def years_of(part: Sequence[int], columns: Columns) -> set[int]:
    """Return the years that are stated of the papers of some mentions."""
    return {columns.year_of[columns.paper_of[row]] for row in part} - {0}


def _span(part: Sequence[int], columns: Columns) -> str:
    years = years_of(part, columns)
    return f" ({min(years)} to {max(years)})" if years else ""


def _two_places(parts: Parts, columns: Columns) -> Iterator[str]:
    """Yield that the two biggest parts name different places in the same year."""
    first, second = ([row for row in part if len(columns.places.of(row))] for part in parts[:2])
    both = years_of(first, columns) & years_of(second, columns)
    if both:
        yield f"in {min(both)} their affiliations are different ones"
