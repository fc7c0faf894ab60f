"""Read arXiv's answers in XML: the API's Atom feeds, and OAI-PMH in the form ``arXivRaw``.

An answer that is an error says so; an empty feed holds nothing but itself. A record that OAI-PMH
calls deleted states nothing any more and is reported.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from graphbuild.parts import Authorship, Origin
from graphbuild.records import Record, Rejected
from graphbuild.sources.arxiv import VERSION, Preprint, author, author_list, classes, preprint_paper
from graphbuild.sources.fields import Fields, xml_fields
from graphbuild.sources.files import Head, InputFile, head
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.xml import Element, Found, children, elements, local_name, opening, text_of

ANSWERED = re.compile(r"<(?:updated|responseDate)>(\d{4}-\d\d-\d\d)")
ATOM_USED = frozenset(
    {
        "id", "title", "summary", "published", "updated", "author", "name", "affiliation", "doi",
        "comment", "journal_ref", "category", "@term", "primary_category",
    }
)  # fmt: skip
OAI_USED = frozenset(
    {
        "header", "identifier", "@status", "metadata", "arXivRaw", "id", "title", "authors",
        "abstract", "comments", "journal-ref", "doi", "report-no", "categories", "acm-class",
        "msc-class", "license", "version", "@version", "date",
    }
)  # fmt: skip


def recognises_atom(head: Head) -> bool:
    """Say whether a text is a feed of arXiv's API."""
    found = opening(head.text)
    return found is not None and found.name == "feed" and "arxiv.org/" in head.text


def recognises_oai(head: Head) -> bool:
    """Say whether a text is an answer of OAI-PMH about arXiv."""
    found = opening(head.text)
    return found is not None and found.name == "OAI-PMH" and "arxiv" in head.text.lower()


def _read(  # noqa: PLR0913 - what the two formats differ in
    file: InputFile,
    captured: date | None = None,
    *,
    name: str,
    title: str,
    tags: frozenset[str],
    record: Callable[[Element, Origin], Record],
) -> Iterator[Record]:
    answered = ANSWERED.search(head(file).text)
    when = captured.isoformat() if captured else answered[1] if answered else None
    yield source_of(file, name, title, when)
    for number, found in enumerate(elements(file, tags), 1):
        if isinstance(found, Rejected):
            yield found
            continue
        try:
            yield record(found.element, origin_of(file, number, line=found.line))
        except ValueError as error:
            yield rejected(str(error), text_of(found.element), line=found.line)


def _fields(file: InputFile, *, tag: str, used: frozenset[str]) -> Iterator[Fields]:
    for found in elements(file, frozenset({tag})):
        if isinstance(found, Found):
            yield xml_fields(found.element, used)


def _entry(element: Element, origin: Origin) -> Record:
    parts = children(element)
    texts = {name: text_of(parts[name][0]) for name in parts}
    if "/api/errors" in texts.get("id", ""):
        reason = " ".join(texts.get("summary", "no reason given").split())
        return rejected(f"arXiv answers with an error: {reason}", "", line=origin.line)
    number = re.sub(r"^https?://arxiv\.org/abs/", "", texts.get("id", "").strip())
    preprint = Preprint(
        number=number,
        title=texts.get("title", ""),
        authors=tuple(_atom_author(each, n) for n, each in enumerate(parts["author"], 1)),
        abstract=texts.get("summary", ""),
        comment=texts.get("comment", ""),
        citation=texts.get("journal_ref", ""),
        dois=" ".join(map(text_of, parts["doi"])),
        categories=tuple(
            each.get("term", "").strip()
            for each in (*parts["primary_category"], *parts["category"])
        ),
        versions=_atom_versions(number, texts.get("published", ""), texts.get("updated", "")),
    )
    return preprint_paper(_without_classes(preprint), _named(origin, number))


def _without_classes(preprint: Preprint) -> Preprint:
    """Tell the arXiv's own categories from classes of ACM and MSC, which stand among them."""
    codes = dict.fromkeys(filter(None, preprint.categories))
    own = tuple(code for code in codes if re.match(r"[a-z]", code))
    other = tuple(code for code in codes if code not in own)
    return preprint._replace(categories=own, classes=other)


def _named(origin: Origin, number: str) -> Origin:
    return Origin(origin.record, origin.line, id=number)


def _atom_author(element: Element, position: int) -> Authorship:
    parts = children(element)
    written = text_of(parts["name"][0]) if parts["name"] else ""
    return author(written, position, affiliations=map(text_of, parts["affiliation"]))


def _atom_versions(number: str, first: str, last: str) -> tuple[tuple[str, str], ...]:
    version = VERSION.search(number)
    if version is None or version[1] == "1":
        return (("v1", first),)
    return (("v1", first), (f"v{version[1]}", last))


def _oai_record(element: Element, origin: Origin) -> Record:
    if local_name(element) == "error":
        words = f"{element.get('code', '')}: {' '.join(text_of(element).split())}"
        return rejected(f"the repository answers with an error: {words}", "", line=origin.line)
    parts = children(element)
    own_id = " ".join(text_of(each).strip() for each in element.iter("{*}identifier"))
    if any(each.get("status") == "deleted" for each in parts["header"]):
        return rejected("the repository has deleted it", "", line=origin.line, own_id=own_id)
    raw = next(element.iter("{*}arXivRaw"), None)
    if raw is None:
        reason = "it is not in the form arXivRaw: ask for metadataPrefix=arXivRaw"
        return rejected(reason, "", line=origin.line, own_id=own_id)
    return preprint_paper(_raw(raw), _named(origin, own_id))


def _raw(element: Element) -> Preprint:
    parts = children(element)
    texts = {name: text_of(parts[name][0]) for name in parts}
    authors, truncated = author_list(texts.get("authors", ""))
    return Preprint(
        number=texts.get("id", "").strip(),
        title=texts.get("title", ""),
        authors=authors,
        truncated=truncated,
        abstract=texts.get("abstract", ""),
        comment=texts.get("comments", ""),
        citation=texts.get("journal-ref", ""),
        dois=texts.get("doi", ""),
        report_number=texts.get("report-no", ""),
        categories=tuple(texts.get("categories", "").split()),
        classes=(
            *classes("ACM", texts.get("acm-class", "")),
            *classes("MSC", texts.get("msc-class", "")),
        ),
        versions=tuple(
            (each.get("version", ""), "".join(map(text_of, each.iter("{*}date"))))
            for each in parts["version"]
        ),
        license=texts.get("license", ""),
    )


ATOM_FORMAT = Format(
    "arxiv-atom",
    "feeds of arXiv's API, Atom",
    1,
    recognises_atom,
    partial(
        _read, name="arxiv-atom", title="a feed of arXiv", tags=frozenset({"entry"}), record=_entry
    ),
    partial(_fields, tag="entry", used=ATOM_USED),
)
OAI_FORMAT = Format(
    "arxiv-oai",
    "answers of arXiv's OAI-PMH, arXivRaw",
    1,
    recognises_oai,
    partial(
        _read,
        name="arxiv-oai",
        title="an OAI-PMH answer of arXiv",
        tags=frozenset({"record", "error"}),
        record=_oai_record,
    ),
    partial(_fields, tag="record", used=OAI_USED),
)
