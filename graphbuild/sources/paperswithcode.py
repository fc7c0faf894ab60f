"""Read the dumps of Papers with Code: links, papers, methods, datasets, tables of results.

Papers, methods and datasets are known by their former addresses, which tie the dumps together
(``pwc:paper/attention-is-all-you-need``). A repository of the file of links is code that the source
states: whether it is the authors' own, whether the paper or the repository names the other, and on
what framework it builds.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple, cast

import msgspec

from graphbuild.identifiers import from_url, identifier, identifiers
from graphbuild.parts import (
    Authorship,
    CodeLink,
    Container,
    Count,
    Introduction,
    Origin,
    Relation,
    VenueName,
    united_links,
)
from graphbuild.records import Paper, Record, Rejected, Subject
from graphbuild.sources.code_links import stated_link
from graphbuild.sources.dates import partial_date
from graphbuild.sources.files import Head, InputFile
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.json_documents import Document, decoded, documents, json_audit
from graphbuild.sources.pwc_rows import (
    Address,
    DatasetRow,
    Evaluated,
    Link,
    MethodRow,
    NamedPaper,
    PaperRow,
    Result,
    Task,
)
from graphbuild.sources.texts import read_texts, readable_text
from graphbuild.text import clean


def _ids(*urls: str | None, arxiv: str | None = None) -> tuple[str, ...]:
    """Return the identifiers that addresses stand for."""
    found = [identifier("arxiv", arxiv)] if arxiv else []
    return tuple(dict.fromkeys(filter(None, [*found, *(from_url(u) for u in urls if u)])))


def _urls(*urls: str | None) -> tuple[str, ...]:
    web = ("http://", "https://")
    return tuple(dict.fromkeys(u for u in urls if u and u.startswith(web) and not from_url(u)))


def _link(row: Link, origin: Origin) -> Iterator[Record]:
    link = stated_link(
        row.repo_url,
        official=bool(row.is_official),
        in_text=bool(row.mentioned_in_paper),
        in_repository=row.mentioned_in_github,
        framework="" if row.framework in {None, "none"} else clean(row.framework or ""),
    )
    yield Paper(
        title=readable_text(row.paper_title or ""),
        author_list="unknown",
        origins=(origin,),
        ids=_ids(row.paper_url, row.paper_url_abs, arxiv=row.paper_arxiv_id),
        urls=_urls(row.paper_url_abs, row.paper_url_pdf),
        code_flag=True,
        code_links=(link,),
    )


def _paper(row: PaperRow, origin: Origin) -> Iterator[Record]:
    names = [clean(name) for name in row.authors or [] if name.strip()]
    venue = clean(row.conference or "")
    book = clean(row.proceeding or "")
    openreview, malformed = identifiers([("openreview", row.openreview_id)])
    yield Paper(
        **read_texts(row.title or "", row.abstract or ""),
        author_list="complete" if names else "unknown",
        origins=(origin,),
        authors=tuple(Authorship(name, place) for place, name in enumerate(names, 1)),
        issued=partial_date(row.date or ""),
        ids=(*_ids(row.paper_url, row.url_abs, arxiv=row.arxiv_id), *openreview),
        malformed_ids=malformed,
        venue=VenueName(venue) if venue else None,
        container=Container(book) if book and book != venue else None,
        urls=_urls(row.url_abs, row.url_pdf, row.conference_url_abs, row.conference_url_pdf),
        keywords=(*(row.tasks or ()), *(each.name for each in row.methods or () if each.name)),
    )


def _method(row: MethodRow, origin: Origin) -> Iterator[Record]:
    """Yield a method as a topic, and the paper that introduced it."""
    ids, _ = identifiers([("pwc", row.url)])
    name, full = clean(row.name), clean(row.full_name or "")
    if not ids:
        raise ValueError(f"{row.url!r} is no address of a method")
    kinds = (text for each in row.collections or () for text in (each.collection, each.area))
    yield Subject(
        ids=ids,
        name=name,
        origin=origin,
        scheme="pwc-method",
        other_names=(full,) if full and full != name else (),
        description=readable_text(row.description or ""),
        counts=_counts(row.num_papers),
    )
    yield from _introducing(row, name, full, tuple(filter(None, kinds)), origin)


def _introducing(
    row: MethodRow, name: str, full: str, kinds: tuple[str, ...], origin: Origin
) -> Iterator[Paper]:
    paper = row.paper or NamedPaper()
    title = paper.title or row.source_title or ""
    ids = _ids(paper.url and f"https://paperswithcode.com{paper.url}", row.source_url)
    if not title or not ids:
        return
    snippet = row.code_snippet_url or ""
    links = (stated_link(snippet, f"code snippet of {name}"),) if snippet.startswith("http") else ()
    others = (full,) if full and full != name else ()
    evidence = (("stated by Papers with Code", row.url),)
    yield Paper(
        title=readable_text(title),
        author_list="unknown",
        origins=(origin,),
        ids=ids,
        keywords=kinds,
        code_links=links,
        introduces=(Introduction(name, "method", evidence, others),),
    )


def _dataset(row: DatasetRow, origin: Origin) -> Iterator[Record]:
    ids, _ = identifiers([("pwc", row.url)])
    if not ids:
        raise ValueError(f"{row.url!r} is no address of a dataset")
    full, paper = clean(row.full_name or ""), row.paper or NamedPaper()
    described = _ids(paper.url and f"https://paperswithcode.com{paper.url}")
    languages = row.languages or []
    yield Paper(
        title=clean(row.name),
        author_list="unknown",
        origins=(origin,),
        abstract=readable_text(row.description or ""),
        issued=partial_date(row.introduced_date or ""),
        ids=ids,
        kind="dataset",
        language=languages[0] if len(languages) == 1 else "",
        urls=_urls(row.homepage),
        keywords=(*(row.modalities or ()), *(e.task for e in row.tasks or () if e.task)),
        relations=tuple(Relation("described-by", each) for each in described),
        counts=_counts(row.num_papers),
        other_titles=(full,) if full and full != clean(row.name) else (),
    )


def _counts(papers: int | None) -> tuple[Count, ...]:
    return () if papers is None else (Count("paper-count", papers),)


def _task(row: Task, origin: Origin) -> Iterator[Record]:
    """Yield the papers of a task's tables, each once for each task."""
    results: dict[str, list[Result]] = {}
    for each in _results(row.datasets):
        if each.paper_title and (each.paper_url or each.code_links):
            results.setdefault(clean(each.paper_title), []).append(each)
    for number, (title, rows) in enumerate(results.items(), 1):
        place = msgspec.structs.replace(origin, record=f"{origin.record}.{number}")
        yield _result_paper(row.task, title, rows, place)
    for number, task in enumerate(row.subtasks, 1):
        yield from _task(task, msgspec.structs.replace(origin, record=f"{origin.record}s{number}"))


def _results(datasets: list[Evaluated]) -> Iterator[Result]:
    for each in datasets:
        yield from each.sota.rows if each.sota else ()
        yield from _results(each.subdatasets)


def _result_paper(task: str, title: str, rows: list[Result], origin: Origin) -> Paper:
    urls = [row.paper_url for row in rows]
    dates = (partial_date(row.paper_date) for row in rows if row.paper_date)
    return Paper(
        title=readable_text(title),
        author_list="unknown",
        origins=(origin,),
        issued=next(filter(None, dates), None),
        ids=_ids(*urls),
        urls=_urls(*urls),
        code_flag=any(row.code_links for row in rows),
        code_links=united_links(_code(each) for row in rows for each in row.code_links if each.url),
        keywords=(clean(task),),
    )


def _code(address: Address) -> CodeLink:
    official = (address.title or "").casefold().startswith("official")
    return stated_link(address.url or "", clean(address.title or ""), official=official)


class Dump(NamedTuple):
    """One of the dumps.

    Attributes:
        name: of its format.
        summary: what it holds.
        kind: of its rows.
        marks: fields of its rows that tell it from the others.
        records: makes the records of a row.
    """

    name: str
    summary: str
    kind: type[msgspec.Struct]
    marks: tuple[str, ...]
    records: Callable[[Any, Origin], Iterator[Record]]


def _recognises(head: Head, dump: Dump) -> bool:
    text = head.text.lstrip("\ufeff \r\n\t")
    return text.startswith("[") and all(f'"{mark}":' in text for mark in dump.marks)


def _read(file: InputFile, captured: date | None, dump: Dump) -> Iterator[Record]:
    when = captured.isoformat() if captured else None
    yield source_of(file, dump.name, dump.summary, when)
    decode = msgspec.json.Decoder(dump.kind).decode
    for document in documents(file):
        row = decoded(document, decode, dump.name) if isinstance(document, Document) else document
        if isinstance(row, Rejected) or isinstance(document, Rejected):
            yield cast("Rejected", row)
            continue
        try:
            yield from dump.records(row, origin_of(file, document.number, line=document.line))
        except ValueError as error:
            yield rejected(str(error), document.data, line=document.line)


def _format(dump: Dump) -> Format:
    return Format(
        dump.name,
        dump.summary,
        1,
        lambda head: _recognises(head, dump),
        lambda file, captured: _read(file, captured, dump),
        lambda file: json_audit(file, dump.kind),
    )


FORMATS = tuple(
    _format(Dump(*each))
    for each in (
        (
            "pwc-links",
            "papers and repositories of Papers with Code",
            Link,
            ("repo_url", "paper_url"),
            _link,
        ),
        (
            "pwc-papers",
            "papers of Papers with Code",
            PaperRow,
            ("paper_url", "abstract", "proceeding"),
            _paper,
        ),
        (
            "pwc-methods",
            "methods of Papers with Code",
            MethodRow,
            ("code_snippet_url", "name"),
            _method,
        ),
        (
            "pwc-datasets",
            "datasets of Papers with Code",
            DatasetRow,
            ("modalities", "homepage"),
            _dataset,
        ),
        (
            "pwc-tables",
            "tables of results of Papers with Code",
            Task,
            ("subtasks", "datasets"),
            _task,
        ),
    )
)
