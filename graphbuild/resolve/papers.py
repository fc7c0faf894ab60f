"""Decide which records describe the same paper."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from graphbuild.records import Paper
from graphbuild.resolve.judgements import Judgement
from graphbuild.resolve.keys import paper_key, stated_year, title_key


def group_papers(papers: Iterable[Paper]) -> tuple[dict[str, list[Paper]], list[Judgement]]:
    """Return the records of each paper under the paper's key, and the cases left undecided.

    Records join when title, first author and stated year agree. A record without a year joins the
    one paper of that title and author; where there are several years it stays by itself.
    """
    alike: defaultdict[tuple[str, str], list[Paper]] = defaultdict(list)
    for paper in papers:
        alike[title_key(paper)].append(paper)
    groups: dict[str, list[Paper]] = {}
    undecided: list[Judgement] = []
    for key in sorted(alike):
        by_year: defaultdict[str, list[Paper]] = defaultdict(list)
        for paper in alike[key]:
            by_year[stated_year(paper)].append(paper)
        if len(by_year) == 2 and "" in by_year:
            [year] = set(by_year) - {""}
            by_year[year] += by_year.pop("")
        undecided += _open_cases(by_year)
        groups |= {_key_of(records): records for records in by_year.values()}
    return groups, undecided


def _key_of(records: list[Paper]) -> str:
    return paper_key(max(records, key=stated_year))


def _open_cases(by_year: dict[str, list[Paper]]) -> Iterator[Judgement]:
    years = sorted(by_year)
    for year, later in pairwise(years):
        words = f"same title and first author, but years {year or 'not stated'} and {later}"
        left, right = (_key_of(by_year[each]) for each in (year, later))
        yield Judgement(left, right, "undecided", 0.5, (("same-title", words),))
