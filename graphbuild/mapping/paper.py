"""Write a paper with its authorships, topics, code links and introductions."""

from collections.abc import Iterable, Iterator

from graphbuild import terms
from graphbuild.fuse import artifact_key, organization_key, records_of, repository_name
from graphbuild.mapping import vocabulary as v
from graphbuild.parts import CodeLink, Introduction, PartialDate, TopicLink
from graphbuild.records import Paper
from graphbuild.resolve.keys import hashed
from graphbuild.terms import Minter, literal


def paper_triples(key: str, paper: Paper, holders: tuple[str, ...], mint: Minter) -> Iterator[str]:
    """Yield the N-Triples lines that state one paper.

    Args:
        key: the paper's canonical key.
        paper: the fused record; what is not stated yields no line.
        holders: the person's key of each author, in the order of the authors.
        mint: gives the IRIs of the graph's entities.
    """
    s = mint.iri("paper", key)
    work = mint.iri("work", key)
    yield f"{s} {v.TYPE} {v.PAPER} .\n{s} {v.REALIZATION_OF} {work} .\n"
    yield f"{work} {v.TYPE} {v.SCHOLARLY_WORK} .\n"
    yield from _texts(s, paper)
    yield from _issued(s, paper.issued)
    yield from _authors(s, key, paper, holders, mint)
    yield from _topics(s, key, paper, mint)
    yield from _organizations(s, paper, mint)
    if paper.code_flag:
        yield f"{s} {v.FLAGGED_BY_SOURCE} {terms.TRUE} .\n"
    for link in paper.code_links:
        yield from _code_link(s, key, link, paper, mint)
    for introduction in paper.introduces:
        yield from _introduction(s, key, introduction, paper, mint)
    yield from derived(s, records_of(paper), mint)


def derived(subject: str, records: Iterable[str], mint: Minter) -> Iterator[str]:
    """Yield the lines that name the source records of an entity or reified node."""
    for record in records:
        yield f"{subject} {v.DERIVED_FROM} {mint.iri('record', record)} .\n"


def _texts(s: str, paper: Paper) -> Iterator[str]:
    yield f"{s} {v.TITLE} {literal(paper.title)} .\n"
    if paper.title_written:
        yield f"{s} {v.TITLE_AS_WRITTEN} {literal(paper.title_written)} .\n"
    if paper.abstract:
        yield f"{s} {v.ABSTRACT} {literal(paper.abstract)} .\n"
    if paper.abstract_written:
        yield f"{s} {v.ABSTRACT_AS_WRITTEN} {literal(paper.abstract_written)} .\n"


def _issued(s: str, issued: PartialDate | None) -> Iterator[str]:
    if issued is None:
        return
    if not issued.value.startswith("-"):
        yield f"{s} {v.ISSUED} {terms.date(issued.value)} .\n"
        return
    yield f"{s} {v.ISSUED_MONTH_DAY} {terms.month_day(issued.value)} .\n"
    if issued.inferred:
        yield f"{s} {v.ISSUED} {terms.date(issued.inferred)} .\n"
        yield f"{s} {v.ISSUED_STATUS} {v.YEAR_INFERRED} .\n"
        yield f"{s} {v.YEAR_RULE} {literal(issued.rule)} .\n"
    else:
        yield f"{s} {v.ISSUED_STATUS} {v.YEAR_UNKNOWN} .\n"


def _authors(
    s: str, key: str, paper: Paper, holders: tuple[str, ...], mint: Minter
) -> Iterator[str]:
    shown = sum(author.position is not None for author in paper.authors)
    yield f"{s} {v.AUTHOR_LIST_STATUS} {v.LIST_STATUS[paper.author_list]} .\n"
    if shown:
        yield f"{s} {v.LISTED_AUTHOR_COUNT} {terms.integer(shown)} .\n"
    if paper.author_list == "complete" and shown:
        yield f"{s} {v.AUTHOR_COUNT} {terms.integer(shown)} .\n"
    elif paper.author_list == "truncated":
        yield f"{s} {v.AUTHOR_COUNT_AT_LEAST} {terms.integer(shown + 1)} .\n"
    for number, (author, holder) in enumerate(zip(paper.authors, holders, strict=True), 1):
        person = mint.iri("person", holder)
        place = author.position or f"x{number - shown}"
        a = mint.iri("authorship", f"{key}-{place}")
        yield f"{s} {v.CREATOR} {person} .\n{s} {v.HAS_AUTHORSHIP} {a} .\n"
        yield f"{a} {v.TYPE} {v.AUTHORSHIP} .\n{a} {v.ROLE} {v.AUTHOR} .\n"
        yield f"{a} {v.HELD_BY} {person} .\n{a} {v.NAME_AS_WRITTEN} {literal(author.name)} .\n"
        if author.position is not None:
            yield f"{a} {v.ORDINAL} {terms.integer(author.position)} .\n"
        elif author.at_least is not None:
            yield f"{a} {v.ORDINAL_AT_LEAST} {terms.integer(author.at_least)} .\n"
        if author.from_profile:
            yield f"{a} {v.AUTHORSHIP_EVIDENCE} {v.PROFILE_MEMBERSHIP} .\n"
        yield from derived(a, records_of(paper), mint)


def _topics(s: str, key: str, paper: Paper, mint: Minter) -> Iterator[str]:
    for number, link in enumerate(paper.topics, 1):
        if link.topic is not None:
            topic = terms.reference("topic", link.topic)
            yield f"{s} {v.SUBJECT} {topic} .\n"
            if number == 1:
                yield f"{s} {v.PRIMARY_SUBJECT} {topic} .\n"
        yield from _assignment(s, f"{key}-{number}", link, paper, mint)


def _assignment(s: str, key: str, link: TopicLink, paper: Paper, mint: Minter) -> Iterator[str]:
    a = mint.iri("assignment", key)
    yield f"{a} {v.TYPE} {v.TOPIC_ASSIGNMENT} .\n{a} {v.ASSIGNMENT_PAPER} {s} .\n"
    yield f"{a} {v.TEXT_AS_WRITTEN} {literal(link.written)} .\n"
    yield f"{a} {v.RULE} {literal(link.rule)} .\n"
    if link.topic is not None:
        yield f"{a} {v.ASSIGNMENT_TOPIC} {terms.reference('topic', link.topic)} .\n"
    else:
        for candidate in link.candidates:
            yield f"{a} {v.ASSIGNMENT_CANDIDATE} {terms.reference('topic', candidate)} .\n"
    if link.score is not None:
        yield f"{a} {v.SCORE} {terms.decimal(link.score)} .\n"
    yield from derived(a, records_of(paper), mint)


def _organizations(s: str, paper: Paper, mint: Minter) -> Iterator[str]:
    for name in paper.organizations:
        organization = mint.iri("org", organization_key(name))
        yield f"{s} {v.AFFILIATION_AS_WRITTEN} {literal(name)} .\n"
        yield f"{s} {v.ASSOCIATED_ORGANIZATION} {organization} .\n"


def _code_link(s: str, key: str, link: CodeLink, paper: Paper, mint: Minter) -> Iterator[str]:
    node = mint.iri("codelink", f"{key}-{hashed(link.url_written)}")
    yield f"{node} {v.TYPE} {v.CODE_LINK} .\n{node} {v.LINK_PAPER} {s} .\n"
    if link.repository:
        repository = mint.iri("repo", repository_name(link.repository).key)
        yield f"{node} {v.LINK_REPOSITORY} {repository} .\n"
        for predicate in _code_properties(link):
            yield f"{s} {predicate} {repository} .\n"
    else:
        page = terms.link(link.url_written)
        yield f"{node} {v.LINK_PAGE} {page} .\n"
        if link.stance != "mentioned" and link.contents:
            yield f"{s} {v.PROJECT_PAGE} {page} .\n"
    if link.candidate:
        yield f"{node} {v.CANDIDATE_REPOSITORY} {terms.link(link.candidate)} .\n"
    for content in link.contents:
        yield f"{node} {v.LINK_CONTENT} {v.CONTENT[content]} .\n"
    yield f"{node} {v.STANCE_OF_LINK} {v.STANCE[link.stance]} .\n"
    yield f"{node} {v.IS_OFFICIAL} {terms.TRUE if link.official else terms.FALSE} .\n"
    yield f"{node} {v.MENTIONED_IN_PAPER} {terms.TRUE} .\n"
    yield f"{node} {v.TEXT_AS_WRITTEN} {literal(link.sentence)} .\n"
    yield f"{node} {v.URL_AS_WRITTEN} {literal(link.url_written)} .\n"
    yield from derived(node, records_of(paper), mint)


def _code_properties(link: CodeLink) -> Iterator[str]:
    """Yield what the paper says by this link: a promise is no release, a mention is neither."""
    if link.stance == "mentioned":
        return
    if "code" in link.contents:
        yield v.HAS_CODE
        yield v.HAS_RELEASED_CODE if link.stance == "released" else v.PROMISES_CODE
        if link.official:
            yield v.HAS_OFFICIAL_CODE
    if "data" in link.contents and link.stance == "released":
        yield v.HAS_DATA


def _introduction(
    s: str, key: str, introduction: Introduction, paper: Paper, mint: Minter
) -> Iterator[str]:
    artifact = mint.iri(introduction.kind, artifact_key(key, introduction))
    node = mint.iri("introduction", artifact_key(key, introduction))
    yield f"{s} {v.INTRODUCES} {artifact} .\n"
    yield f"{node} {v.TYPE} {v.INTRODUCTION} .\n{node} {v.INTRODUCTION_PAPER} {s} .\n"
    yield f"{node} {v.INTRODUCTION_OF} {artifact} .\n"
    for rule, words in introduction.evidence:
        yield f"{node} {v.RULE} {literal(rule)} .\n{node} {v.TEXT_AS_WRITTEN} {literal(words)} .\n"
    yield from derived(node, records_of(paper), mint)
