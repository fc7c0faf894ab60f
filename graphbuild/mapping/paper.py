"""Write a paper with its authorships, topics, code links and introductions."""

from collections.abc import Iterator
from itertools import chain

from graphbuild import terms
from graphbuild.fuse import Entities
from graphbuild.fuse.code import artifact_key, records_of, repository_name
from graphbuild.fuse.registers import Linker
from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.authors import author_triples
from graphbuild.mapping.common import RESOURCES, Origins, count_triples, derived, identifier_triples
from graphbuild.mapping.publication import publication_triples, resource
from graphbuild.parts import CodeLink, Introduction, OrganizationName, PartialDate, TopicLink
from graphbuild.records import Paper
from graphbuild.resolve.keys import hashed
from graphbuild.terms import Minter, literal


def topic_iri(key: str, mint: Minter) -> str:
    """Return the IRI of a topic: shipped ones have the same in every graph."""
    return terms.reference("topic", key) if key.startswith("arxiv:") else mint.iri("topic", key)


def paper_triples(key: str, entities: Entities, mint: Minter) -> Iterator[str]:
    """Yield the N-Triples lines that state one paper, volume, dataset or piece of software.

    Several lines come at once, because millions of papers have some two hundred each.

    Args:
        key: the paper's canonical key.
        entities: the fused records; what is not stated yields no line.
        mint: gives the IRIs of the graph's entities.
    """
    paper = entities.papers[key]
    s = resource(key, entities, mint)
    origins = Origins(records_of(paper), mint)
    return chain(
        _classes(s, entities.works[key], paper, mint),
        _texts(s, paper),
        _issued(s, paper.issued),
        identifier_triples(s, paper.ids, paper.malformed_ids),
        author_triples(s, key, entities, origins, mint),
        _topics(s, key, paper, entities.linker, origins, mint),
        publication_triples(s, key, paper, entities, mint),
        _code(s, key, paper, mint),
        _organizations(s, paper, entities.linker, mint),
        count_triples(s, f"paper-{key}", paper.counts, origins, mint),
        (origins.of(s),),
    )


def _classes(s: str, work: str, paper: Paper, mint: Minter) -> Iterator[str]:
    if paper.kind in v.PAPER_CLASSES:
        yield f"{s} {v.TYPE} {v.PAPER_CLASSES[paper.kind]} .\n"
    if paper.kind in RESOURCES:
        yield f"{s} {v.TYPE} {RESOURCES[paper.kind][1]} .\n"
        return
    w = mint.iri("work", work)
    yield f"{s} {v.TYPE} {v.PAPER} .\n{s} {v.REALIZATION_OF} {w} .\n"
    yield f"{w} {v.TYPE} {v.SCHOLARLY_WORK} .\n"


def _texts(s: str, paper: Paper) -> Iterator[str]:
    if paper.title:
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


def _topics(  # noqa: PLR0913 - what a node hangs on
    s: str, key: str, paper: Paper, linker: Linker, origins: Origins, mint: Minter
) -> Iterator[str]:
    start = mint.start("assignment", key)
    for number, link in enumerate(paper.topics, 1):
        known = linker.topic(link)
        topic = None if known is None else topic_iri(known, mint)
        if topic:
            first = f"{s} {v.PRIMARY_SUBJECT} {topic} .\n" if number == 1 else ""
            yield f"{first}{s} {v.SUBJECT} {topic} .\n"
        a = f"{start}-{number}>"
        yield (
            f"{a} {v.TYPE} {v.TOPIC_ASSIGNMENT} .\n{a} {v.ASSIGNMENT_PAPER} {s} .\n"
            f"{a} {v.TEXT_AS_WRITTEN} {literal(link.written)} .\n"
            f"{a} {v.RULE} {literal(link.rule)} .\n"
            f"{_assigned(a, link, topic)}{origins.of(a)}"
        )


def _assigned(a: str, link: TopicLink, topic: str | None) -> str:
    """Return the lines of what a category stands for or may stand for, and how surely."""
    if topic:
        lines = f"{a} {v.ASSIGNMENT_TOPIC} {topic} .\n"
    else:
        lines = "".join(
            f"{a} {v.ASSIGNMENT_CANDIDATE} {terms.reference('topic', candidate)} .\n"
            for candidate in link.candidates
        )
    if link.score is not None:
        lines += f"{a} {v.SCORE} {terms.decimal(link.score)} .\n"
    return lines


def _organizations(s: str, paper: Paper, linker: Linker, mint: Minter) -> Iterator[str]:
    for name in paper.organizations:
        organization = mint.iri("org", linker.organization(OrganizationName(name)))
        yield f"{s} {v.AFFILIATION_AS_WRITTEN} {literal(name)} .\n"
        yield f"{s} {v.ASSOCIATED_ORGANIZATION} {organization} .\n"


def _code(s: str, key: str, paper: Paper, mint: Minter) -> Iterator[str]:
    """Yield the lines of what a paper says of code and data, and of what it introduces."""
    if paper.code_flag:
        yield f"{s} {v.FLAGGED_BY_SOURCE} {terms.TRUE} .\n"
    for link in paper.code_links:
        yield from _code_link(s, key, link, paper, mint)
    for introduction in paper.introduces:
        yield from _introduction(s, key, introduction, paper, mint)


def _code_link(s: str, key: str, link: CodeLink, paper: Paper, mint: Minter) -> Iterator[str]:
    node = mint.iri("codelink", key, f"-{hashed(link.url_written)}")
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
    yield f"{node} {v.IS_OFFICIAL} {terms.boolean(link.official)} .\n"
    yield f"{node} {v.MENTIONED_IN_PAPER} {terms.boolean(link.in_text)} .\n"
    yield from _stated(node, link)
    yield f"{node} {v.TEXT_AS_WRITTEN} {literal(link.sentence)} .\n"
    yield f"{node} {v.URL_AS_WRITTEN} {literal(link.url_written)} .\n"
    yield from derived(node, records_of(paper), mint)


def _stated(node: str, link: CodeLink) -> Iterator[str]:
    """Yield what a source says of a link, beside the paper's text."""
    if link.stated:
        yield f"{node} {v.STATED_BY_SOURCE} {terms.TRUE} .\n"
    if link.in_repository is not None:
        yield f"{node} {v.MENTIONED_IN_REPOSITORY} {terms.boolean(link.in_repository)} .\n"
    if link.framework:
        yield f"{node} {v.FRAMEWORK} {literal(link.framework)} .\n"


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
