"""Decide which records describe the same paper, and which papers are versions of one work.

1. Records that share an identifier are one paper, unless their titles have nothing in common:
   then the identifier is wrong somewhere, and the case is reported.
2. Records without a common identifier are one paper when title, first author and stated year
   agree and nothing speaks against it: two DOIs, other first pages, a preprint beside a
   publication, or two reports or posts in one file. A record without a title is a paper of its own.
3. Papers with the same title and first author, of which something does speak against their being
   one, are versions of one work; so are papers whose records say so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, pairwise

import msgspec

from graphbuild.records import Paper
from graphbuild.resolve.apart import Apart
from graphbuild.resolve.clusters import Clusters
from graphbuild.resolve.judgements import Judgement
from graphbuild.resolve.keys import hashed, paper_key, related, stated_year, strong_ids, title_key
from graphbuild.resolve.published import KEY, Kept, keep
from graphbuild.resolve.rules import PaperRules, shipped_rules
from graphbuild.text import name_key

ONE_PER_PAPER = frozenset({"doi", "arxiv", "acl", "dblp", "pmid", "openreview"})
"""Schemes of which one version of a work has one identifier."""

SERIAL = frozenset({"report", "other"})
"""Kinds of papers of which several may have one title, author and date."""

VERSION_RELATIONS = frozenset({"version-of", "published-as", "preprint-of"})


Group = list[Paper]


@dataclass(frozen=True)
class Papers:
    """The outcome.

    Attributes:
        groups: the records of each paper, under the paper's key.
        works: the key of the work of each paper.
        by_id: the paper that each identifier stands for.
        judgements: identifiers that could not be followed, and cases left undecided.
        anchors: what identifies each paper, under the key that it would have without history.
        kept: the keys that they have.
    """

    groups: dict[str, list[Paper]]
    works: dict[str, str]
    by_id: dict[str, str]
    judgements: list[Judgement]
    anchors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    kept: Kept = field(default_factory=lambda: Kept({}, {}))


def group_papers(
    papers: Iterable[Paper],
    replaced: Mapping[str, str] | None = None,
    published: Mapping[str, str] | None = None,
    rules: PaperRules | None = None,
    judged: Iterable[Judgement] = (),
) -> Papers:
    """Return the records of each paper, and which papers are versions of one work.

    Args:
        papers: one record for each paper of each source.
        replaced: identifiers that their register replaced, and by which.
        published: the keys of papers that an earlier build published, by anchor.
        rules: thresholds; None for the shipped ones.
        judged: judgements of people, on keys of papers; ``different`` also on keys of records.
    """
    rules = rules or shipped_rules().papers
    judged = list(judged)
    apart = Apart(judged)
    groups, judgements = _by_identifier(papers, replaced or {}, rules.alike, apart)
    groups, ties, undecided = _by_title(groups, rules.shortest_title, apart)
    keyed = _keyed(groups, apart)
    anchors = {key: tuple(_anchors(group)) for key, group in keyed.items()}
    kept = keep(anchors, published or {})
    kept = _obeyed(kept, judged)
    now: defaultdict[str, Group] = defaultdict(list)
    for key, group in sorted(keyed.items()):
        now[kept.keys[key]] += group
    by_id = {i: key for key, group in sorted(now.items()) for r in group for i in strong_ids(r)}
    final = {record.origins[0].record: key for key, group in now.items() for record in group}
    tied = [(final[_first(left)], final[_first(right)]) for left, right in ties]
    return Papers(
        groups=dict(sorted(now.items())),
        works=_works(now, tied, by_id),
        by_id=by_id,
        judgements=[*judgements, *_unsettled(undecided, kept, judged)],
        anchors=anchors,
        kept=kept,
    )


def _anchors(group: Group) -> Iterator[str]:
    """Yield what identifies a paper: identifiers, and the keys of records without any."""
    for record in group:
        known = strong_ids(record)
        yield from known or (KEY + paper_key([record]),)


def _obeyed(kept: Kept, judged: Iterable[Judgement]) -> Kept:
    """Give papers that a person calls the same one key; the other key leads there."""
    keys, moved = dict(kept.keys), dict(kept.moved)
    for case in judged:
        if case.decision == "same" and {case.left, case.right} <= set(keys.values()):
            stays, goes = sorted((case.left, case.right))
            keys = {key: stays if now == goes else now for key, now in keys.items()}
            moved = {old: stays if now == goes else now for old, now in moved.items()}
            moved |= {goes: stays} if goes != stays else {}
    return Kept(keys, moved)


def _unsettled(
    undecided: Iterable[Judgement], kept: Kept, judged: Iterable[Judgement]
) -> Iterator[Judgement]:
    """Yield the open cases under the keys that papers have, but for those that a person settled."""
    settled = {frozenset((case.left, case.right)) for case in judged}
    for case in undecided:
        left, right = kept.keys[case.left], kept.keys[case.right]
        if left != right and frozenset((left, right)) not in settled:
            yield msgspec.structs.replace(case, left=left, right=right)


def _by_identifier(
    papers: Iterable[Paper], replaced: Mapping[str, str], alike: float, apart: Apart
) -> tuple[list[list[Paper]], list[Judgement]]:
    groups: dict[int, list[Paper]] = {}
    holder: dict[str, int] = {}
    moved: dict[int, int] = {}
    judgements: list[Judgement] = []
    for number, paper in enumerate(sorted(papers, key=lambda each: each.origins[0].record)):
        groups[number] = [paper]
        home = number
        for known in strong_ids(paper, replaced):
            other = _settled(holder.setdefault(known, home), moved)
            if other != home and apart(groups[other], groups[home]):
                groups[home] = [_without(each, known) for each in groups[home]]
            elif other != home and not _alike(groups[other][0], paper, alike):
                judgements.append(_conflict(groups[other][0], paper, known))
                groups[home] = [_without(each, known) for each in groups[home]]
            elif other != home:
                home, gone = min(home, other), max(home, other)
                groups[home] += groups.pop(gone)
                moved[gone] = home
    return list(groups.values()), judgements


def _without(paper: Paper, known: str) -> Paper:
    """Take an identifier from a record that cannot be the paper of that identifier."""
    scheme, _, value = known.partition(":")
    return msgspec.structs.replace(
        paper,
        ids=tuple(each for each in paper.ids if each != known),
        malformed_ids=(*paper.malformed_ids, (scheme, value)),
    )


def _settled(number: int, moved: dict[int, int]) -> int:
    while number in moved:
        number = moved[number]
    return number


def _alike(left: Paper, right: Paper, least: float) -> bool:
    one, other = set(name_key(left.title).split()), set(name_key(right.title).split())
    if not one or not other or one <= other or other <= one:
        return True
    return len(one & other) / len(one | other) >= least


def _conflict(left: Paper, right: Paper, known: str) -> Judgement:
    words = f"both records have {known}, but their titles differ: {left.title!r}, {right.title!r}"
    records = (left.origins[0].record, right.origins[0].record)
    return Judgement(*records, "different", 0.0, (("conflict", words),))


def _by_title(
    groups: list[Group], shortest: int, apart: Apart
) -> tuple[list[Group], list[tuple[Group, Group]], list[Judgement]]:
    alike: defaultdict[tuple[str, ...], list[Group]] = defaultdict(list)
    for group in groups:
        alike[_block(group)].append(group)
    done: list[Group] = []
    ties: list[tuple[Group, Group]] = []
    undecided: list[Judgement] = []
    for block in sorted(alike):
        joined = _joined(alike[block], apart) if block[1] and block[2] else alike[block]
        done += joined
        if len(block[1].split()) >= shortest and block[2]:
            for left, right in combinations(joined, 2):
                if _are_versions(left, right) and not apart(left, right):
                    ties.append((left, right))
        undecided += _open_cases(joined) if block[1] and block[2] else ()
    return done, ties, undecided


def _block(group: Group) -> tuple[str, ...]:
    """Return what papers share that may be one: sort of thing, title, first author."""
    record = min(group, key=lambda each: (not each.authors, each.origins[0].record))
    sort = record.kind if record.kind in {"proceedings", "issue", "dataset", "software"} else ""
    return (sort or "", *title_key(record))


def _joined(groups: list[Group], apart: Apart) -> list[Group]:
    """Join groups of one title and author that agree in the year and contradict in nothing."""
    by_year: defaultdict[str, list[Group]] = defaultdict(list)
    for group in groups:
        _add_to_fitting(by_year[_year(group)], group, apart)
    stated = sorted(set(by_year) - {""})
    if len(stated) == 1 and "" in by_year:
        for group in by_year.pop(""):
            _add_to_fitting(by_year[stated[0]], group, apart)
    return [group for year in sorted(by_year) for group in by_year[year]]


def _add_to_fitting(groups: list[Group], group: Group, apart: Apart) -> None:
    for other in groups:
        if not _speaks_against(other, group) and not apart(other, group):
            other += group
            return
    groups.append(list(group))


def _speaks_against(left: Group, right: Group) -> bool:
    one, other = _unique_ids(left), _unique_ids(right)
    if any(one[scheme] != other[scheme] for scheme in one.keys() & other.keys()):
        return True
    pages, others = _first_pages(left), _first_pages(right)
    if pages and others and not pages & others:
        return True
    if _is_preprint(left) != _is_preprint(right) and (one or other):
        return True
    return any(_are_parts(a, b) for a in left for b in right)


def _are_parts(left: Paper, right: Paper) -> bool:
    """Say whether one file has two pieces of a series of one title, such as parts of a report.

    Of reports and posts nothing but the title says where they appeared, and a register that has
    two of them has them under two identifiers.
    """
    kinds = {left.kind, right.kind}
    apart = left.origins[0].record != right.origins[0].record
    return apart and kinds <= SERIAL and _file(left) == _file(right) and not _shows_place(left)


def _file(record: Paper) -> str:
    """Return what stands for the file of a record: its key up to the number in the file."""
    return record.origins[0].record.rpartition("-")[0] or record.origins[0].record


def _shows_place(record: Paper) -> bool:
    return bool(record.venue or record.container or record.volume or record.first_page)


def _first_pages(group: Group) -> set[str]:
    return {record.first_page.casefold() for record in group if record.first_page}


def _unique_ids(group: Group) -> dict[str, str]:
    pairs = (known.partition(":") for record in group for known in strong_ids(record))
    return {scheme: value for scheme, _, value in pairs if scheme in ONE_PER_PAPER}


def _is_preprint(group: Group) -> bool:
    return any(record.kind == "preprint" for record in group)


def _are_versions(left: Group, right: Group) -> bool:
    return _speaks_against(left, right)


def _year(group: Group) -> str:
    return max(map(stated_year, group))


def _key_of(group: Group) -> str:
    return paper_key(group)


def _keyed(groups: Iterable[Group], apart: Apart) -> dict[str, Group]:
    keyed: defaultdict[str, Group] = defaultdict(list)
    for group in groups:
        keyed[_own_key(group, keyed, apart)] += group
    return keyed


def _own_key(group: Group, taken: Mapping[str, Group], apart: Apart) -> str:
    """Return the key of a paper.

    Of papers without identifiers that share title, author and year, and that something keeps
    apart, all but the first also have their pages in the key.
    """
    key = paper_key(group)
    if key not in taken:
        return key
    if not apart(taken[key], group) and (":" in key or not _speaks_against(taken[key], group)):
        return key
    return hashed("title", key, *sorted(_first_pages(group)) or (_first(group),))


def _first(group: Group) -> str:
    return group[0].origins[0].record


def _open_cases(groups: list[Group]) -> Iterator[Judgement]:
    for left, right in pairwise(sorted(groups, key=_year)):
        if not _speaks_against(left, right):
            years = [_year(each) or "not stated" for each in (left, right)]
            words = f"same title and first author, but years {years[0]} and {years[1]}"
            keys = (_key_of(left), _key_of(right))
            yield Judgement(*keys, "undecided", 0.5, (("same-title", words),))


def _works(
    keyed: Mapping[str, Group], tied: list[tuple[str, str]], by_id: Mapping[str, str]
) -> dict[str, str]:
    clusters = Clusters()
    for key in keyed:
        clusters.add(key)
    stated = (
        (key, by_id[relation.id])
        for key, group in keyed.items()
        for record in group
        for relation in related(record, VERSION_RELATIONS)
        if relation.id in by_id
    )
    for left, right in (*tied, *stated):
        clusters.join(left, right)
    return {key: members[0] for members in clusters.sets() for key in members}
