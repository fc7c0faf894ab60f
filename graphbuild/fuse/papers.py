"""Make one record of a paper out of all that its sources say of it."""

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from graphbuild.names import person_key
from graphbuild.parts import Authorship, united_links
from graphbuild.records import Paper
from graphbuild.text import name_key

T = TypeVar("T")

COMPLETENESS = {"unknown": 0, "truncated": 1, "complete": 2}
ONE = (
    "abstract", "abstract_written", "kind", "kind_written", "venue", "event", "container",
    "volume", "issue", "first_page", "last_page", "article_number", "edition", "publisher",
    "language", "open_access", "comment", "submitted", "citation", "report_number",
)  # fmt: skip
"""Fields of which a paper has one value: the first that a record has, best record first."""

ALL = (
    "topics", "organizations", "ids", "malformed_ids", "licenses", "urls", "keywords", "funding",
    "references", "relations", "counts", "other_titles",
    "programming_languages", "revisions", "awards",
)  # fmt: skip
"""Fields of which a paper has the values of all records."""


def fuse_papers(records: Iterable[Paper]) -> Paper:
    """Return one record of a paper.

    Single values come from the record that shows most authors, then has the longest abstract, or
    from the next that states them; lists are united. An author whom only a profile page names
    stays only as long as no record shows the complete list.
    """
    ranked = list(records)
    if len(ranked) == 1:
        return ranked[0]
    ranked.sort(key=_rank)
    best = ranked[0]
    titled = next((record for record in ranked if record.title), best)
    dated = [record.issued for record in ranked if record.issued]
    return msgspec.structs.replace(
        best,
        title=titled.title,
        title_written=titled.title_written,
        **{field: _first_stated(ranked, field) for field in ONE},
        **{field: _united(ranked, field) for field in ALL},
        issued=max(
            dated, key=lambda issued: (issued.value[:1].isdigit(), len(issued.value)), default=None
        ),
        authors=_united_authors(ranked),
        code_flag=any(record.code_flag for record in ranked),
        retracted=any(record.retracted for record in ranked),
        code_links=united_links(link for r in ranked for link in r.code_links),
        introduces=first_of((name_key(i.name), i) for r in ranked for i in r.introduces),
        profiles=tuple(sorted({profile for record in ranked for profile in record.profiles})),
        origins=tuple(sorted({o for r in ranked for o in r.origins}, key=lambda o: o.record)),
    )


def first_of(pairs: Iterable[tuple[str, T]]) -> tuple[T, ...]:
    """Return the first value of each key, in order."""
    first: dict[str, T] = {}
    for key, value in pairs:
        first.setdefault(key, value)
    return tuple(first.values())


def _rank(paper: Paper) -> tuple[int, int, int, str]:
    shown = sum(author.position is not None for author in paper.authors)
    completeness = COMPLETENESS[paper.author_list]
    return -completeness, -shown, -len(paper.abstract), paper.origins[0].record


def _first_stated(ranked: list[Paper], field: str) -> object:
    values = [getattr(record, field) for record in ranked]
    return next((value for value in values if value), values[0])


def _united(papers: Iterable[Paper], field: str) -> tuple[object, ...]:
    return tuple(dict.fromkeys(value for paper in papers for value in getattr(paper, field)))


def _united_authors(ranked: list[Paper]) -> tuple[Authorship, ...]:
    best = ranked[0]
    others = [record.authors for record in ranked[1:]]
    authors = tuple(_enriched(author, best.authors, others) for author in best.authors)
    if best.author_list == "complete":
        return authors
    shown = {person_key(author.name) for author in authors}
    hidden = [a for each in others for a in each if person_key(a.name) not in shown]
    return (*authors, *first_of((person_key(author.name), author) for author in hidden))


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
    )


def _only(author: Authorship, authors: Iterable[Authorship]) -> Authorship | None:
    name = person_key(author.name)
    found = [a for a in authors if a.role == author.role and person_key(a.name) == name]
    return found[0] if len(found) == 1 else None
