"""Resolve arXiv categories that a source writes without their archive: ``LG`` for ``cs.LG``.

The taxonomy is the shipped ``ontology/arxiv.ttl``. A suffix of one archive only is resolved; one
that several archives use (``CV`` in cs and math) is resolved by the archives of the other
categories of the same source, and stays undecided when they do not tell.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from graphbuild.parts import TopicLink
from graphbuild.resources import read

NOTATION = re.compile(r'skos:notation "([^"]+)"')


@cache
def categories() -> frozenset[str]:
    """Return the codes of all categories and archives: ``cs.LG``, ``quant-ph``, ``cs``."""
    return frozenset(NOTATION.findall(read("ontology", "arxiv.ttl")))


@cache
def candidates(written: str) -> tuple[str, ...]:
    """Return the categories that a code or suffix may stand for, sorted.

    >>> candidates("LG"), candidates("CV"), candidates("quant-ph"), candidates("XX")
    (('cs.LG',), ('cs.CV', 'math.CV'), ('quant-ph',), ())
    """
    if written in categories():
        return (written,)
    return tuple(sorted(code for code in categories() if code.partition(".")[2] == written))


def resolve_categories(written: Iterable[str]) -> dict[str, TopicLink]:
    """Return the topic of each category code that one source uses.

    Args:
        written: the codes in use, repeated as often as they are used.
    """
    uses = Counter(written)
    archives: Counter[str] = Counter()
    for code, count in uses.items():
        if len(candidates(code)) == 1:
            archives[candidates(code)[0].partition(".")[0]] += count
    return {code: _resolve(code, archives) for code in uses}


def _resolve(written: str, archives: Counter[str]) -> TopicLink:
    codes = candidates(written)
    keys = tuple(f"arxiv:{code}" for code in codes)
    if not codes:
        return TopicLink(written, None, rule="the arXiv taxonomy has no such category")
    if codes == (written,):
        return TopicLink(written, keys[0], score=1.0, rule="written in full")
    if len(codes) == 1:
        return TopicLink(written, keys[0], score=1.0, rule="only one archive has this category")
    return _by_company(written, codes, archives)


def _by_company(written: str, codes: tuple[str, ...], archives: Counter[str]) -> TopicLink:
    keys = tuple(f"arxiv:{code}" for code in codes)
    support = {code: archives[code.partition(".")[0]] for code in codes}
    total = sum(support.values())
    best = max(support.values())
    winners = [code for code in codes if support[code] == best]
    if not total or len(winners) > 1:
        rule = "several archives have this category, and nothing on the page tells which is meant"
        return TopicLink(written, None, keys, rule=rule)
    archive = winners[0].partition(".")[0]
    rule = (
        f"several archives have this category; {best} of the {sum(archives.values())} "
        f"unambiguous categories on the page are in {archive}"
    )
    return TopicLink(
        written, f"arxiv:{winners[0]}", keys, round(best / sum(archives.values()), 3), rule
    )
