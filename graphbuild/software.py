"""Treat a piece of software like a paper: something that people wrote and others cite."""

from graphbuild.forges import repository_of
from graphbuild.parts import CodeLink, Relation
from graphbuild.records import Paper, Software


def as_paper(software: Software) -> Paper:
    """Return the record of a piece of software in the form that papers have, of kind software."""
    return Paper(
        title=software.name,
        author_list="complete" if software.authors else "unknown",
        origins=(software.origin,),
        authors=software.authors,
        abstract=software.description,
        issued=software.issued,
        ids=software.ids,
        malformed_ids=software.malformed_ids,
        kind="software",
        edition=software.version,
        licenses=software.licenses,
        keywords=software.keywords,
        urls=software.urls,
        code_links=_links(software.repository),
        relations=tuple(Relation("described-by", paper) for paper in software.papers),
        programming_languages=software.languages,
        references=software.references,
    )


def _links(url: str) -> tuple[CodeLink, ...]:
    if not url:
        return ()
    known = repository_of(url)
    name = f"{known.host}/{known.owner}/{known.name}" if known else None
    return (CodeLink(url, "released", ("code",), official=True, sentence=url, repository=name),)
