"""Make one record of a paper out of all that its sources say of it."""

from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

import msgspec

from graphbuild.fuse.choice import TOGETHER, Trust, choose, ranked
from graphbuild.parts import Authorship, united_links
from graphbuild.records import Paper
from graphbuild.resolve.keys import called
from graphbuild.text import name_key

T = TypeVar("T")

ALL = (
    "topics", "organizations", "ids", "malformed_ids", "licenses", "urls", "keywords", "funding",
    "references", "relations", "counts", "other_titles",
    "programming_languages", "revisions", "awards",
)  # fmt: skip
"""Fields of which a paper has the values of all records."""


def fuse_papers(records: Iterable[Paper], trust: Trust | None = None) -> Paper:
    """Return one record of a paper.

    Of single values one is chosen, see `graphbuild.fuse.choice`; lists are united. The list of
    authors is that of the most complete record; an author whom only a profile page names stays
    only as long as no record shows the complete list.

    Args:
        records: those of one paper, in any order.
        trust: the order of trust of their sources.
    """
    ordered = list(records)
    if len(ordered) == 1:
        return ordered[0]
    ordered = ranked(ordered)
    best = ordered[0]
    return msgspec.structs.replace(
        best,
        **_chosen(ordered, trust or {}),
        **{field: _united(ordered, field) for field in ALL},
        authors=_united_authors(ordered),
        code_flag=any(record.code_flag for record in ordered),
        retracted=any(record.retracted for record in ordered),
        code_links=united_links(link for r in ordered for link in r.code_links),
        introduces=first_of((name_key(i.name), i) for r in ordered for i in r.introduces),
        profiles=tuple(sorted({profile for record in ordered for profile in record.profiles})),
        origins=tuple(sorted({o for r in ordered for o in r.origins}, key=lambda o: o.record)),
    )


def _chosen(records: list[Paper], trust: Trust) -> dict[str, object]:
    """Return the values of the fields that have one."""
    values: dict[str, object] = {}
    for field, others in TOGETHER.items():
        if choice := choose(records, field, trust):
            values |= {name: getattr(choice.record, name) for name in (field, *others)}
        else:  # as "kind_written" where no source's word for the kind is known
            alone = {name: choose(records, name, trust) for name in others}
            values |= {name: getattr(each.record, name) for name, each in alone.items() if each}
    return values


def first_of(pairs: Iterable[tuple[Hashable, T]]) -> tuple[T, ...]:
    """Return the first value of each key, in order."""
    first: dict[Hashable, T] = {}
    for key, value in pairs:
        first.setdefault(key, value)
    return tuple(first.values())


def _united(papers: Iterable[Paper], field: str) -> tuple[object, ...]:
    return tuple(dict.fromkeys(value for paper in papers for value in getattr(paper, field)))


def _united_authors(records: list[Paper]) -> tuple[Authorship, ...]:
    best = records[0]
    others = [record.authors for record in records[1:]]
    authors = tuple(_enriched(author, best.authors, others) for author in best.authors)
    shown = {_part(author) for author in authors}
    hidden = first_of(
        (_part(author), _enriched(author, own, (each for each in others if each is not own)))
        for own in others
        for author in own
        if _part(author) not in shown
        and (best.author_list != "complete" or author.role == "editor")  # no list is of editors
    )
    return (*authors, *_placed(hidden, authors))


def _part(author: Authorship) -> tuple[str, str]:
    return author.role, called(author)


def _placed(hidden: Iterable[Authorship], shown: Iterable[Authorship]) -> Iterator[Authorship]:
    """Yield authors of other records, without a position that somebody else has by now."""
    taken = {(author.role, author.position) for author in shown}
    for author in hidden:
        place = (author.role, author.position)
        if author.position is not None and place in taken:
            yield msgspec.structs.replace(author, position=None, at_least=1)
        else:
            taken.add(place)
            yield author


def _enriched(
    author: Authorship, own: Iterable[Authorship], others: Iterable[Iterable[Authorship]]
) -> Authorship:
    """Add what other records say of the same author: the only one of that name on each."""
    same = [_only(author, each) for each in others if _only(author, own) is author]
    known = [author, *(each for each in same if each is not None)]
    if len(known) == 1:
        return author
    return msgspec.structs.replace(
        author,
        ids=tuple(dict.fromkeys(i for each in known for i in each.ids)),
        malformed_ids=tuple(dict.fromkeys(i for each in known for i in each.malformed_ids)),
        affiliations=next((each.affiliations for each in known if each.affiliations), ()),
        corresponding=next((e.corresponding for e in known if e.corresponding is not None), None),
        other_names=tuple(dict.fromkeys(name for each in known for name in each.other_names)),
        given=next((each.given for each in known if each.given), ""),
        family=next((each.family for each in known if each.family), ""),
        suffix=next((each.suffix for each in known if each.suffix), ""),
    )


def _only(author: Authorship, authors: Iterable[Authorship]) -> Authorship | None:
    name = called(author)
    found = [a for a in authors if a.role == author.role and called(a) == name]
    return found[0] if len(found) == 1 else None
