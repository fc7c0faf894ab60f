"""Make the record of a paper out of one BibTeX entry."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from graphbuild.identifiers import from_url, identifier, identifiers
from graphbuild.parts import (
    Authorship,
    Container,
    Count,
    Event,
    ListStatus,
    OrganizationName,
    Origin,
    PaperKind,
    Relation,
    VenueKind,
    VenueName,
    united_links,
)
from graphbuild.records import Paper
from graphbuild.sources.bibliography import (
    FORGE,
    ISBN,
    ISSN,
    arxiv_in,
    doi_in,
    is_arxiv,
    language,
    pages,
)
from graphbuild.sources.bibtex.fields import issued, kind_of, readable, value, web
from graphbuild.sources.bibtex.names import name_list
from graphbuild.sources.bibtex.syntax import Entry
from graphbuild.sources.code_links import stated_link
from graphbuild.sources.dblp_keys import record_key, stream
from graphbuild.sources.texts import Texts, read_texts
from graphbuild.tex import without_braces
from graphbuild.text import clean, whole_number

Fields = Mapping[str, str]

IN_VOLUME = frozenset({"conference-paper", "chapter", "workshop-paper", "reference-entry"})
VOLUMES = frozenset({"proceedings", "book", "issue"})
SEPARATOR = re.compile(r"\s*[;,]\s*")
NOTES = frozenset(
    {"note", "annote", "annotation", "howpublished", "addendum", "comment", "code", "file"}
)
"""Fields in which code links are looked for."""

SOFTWARE = frozenset({"repository", "software"})
"""Fields of BibLaTeX-software and of PMLR that name the code's own repository."""

IN_URL = frozenset({"doi", "acl", "pmid", "pmcid", "openreview"})
NUMBERED = frozenset({"eprint", "pmid", "pmcid", "swhid"})
EPRINTS = {"pubmed": "pmid", "pmid": "pmid", "pmc": "pmcid"}
RARELY: dict[str, tuple[str, ...]] = {
    "article_number": ("eid", "articleno", "article-number"),
    "comment": ("note", "annote", "annotation", "addendum"),
    "edition": ("edition", "version"),
    "event": ("eventtitle",),
    "issue": ("issue",),
    "report_number": ("reportnumber",),
    "language": ("langid", "language"),
    "licenses": ("license", "copyright"),
    "organizations": ("school", "institution"),
    "other_titles": ("subtitle", "shorttitle", "origtitle", "booktitleaddon", "issuetitle"),
    "counts": ("times-cited",),
}
"""Fields that few entries have, by what they mean."""

RARE = frozenset(name for names in RARELY.values() for name in names)
LINKS = ("url", "ee", "pdf")

USED = (
    RARE | NOTES | SOFTWARE | set(LINKS)
    | {"title", "maintitle", "booktitle", "titleaddon", "abstract", "author", "editor"}
    | {"date", "year", "month", "day", "type", "doi", "eprint", "eprinttype", "archiveprefix"}
    | {"pmid", "pmcid", "swhid", "isbn", "issn", "journal", "journaltitle", "shortjournal"}
    | {"journal-iso", "series", "crossref", "xref", "xdata", "venue", "eventdate", "pages"}
    | {"volume", "number", "publisher", "keywords", "openreview", "bdsk-url-1", "bdsk-url-2"}
)  # fmt: skip
"""Names of the fields that are read."""


def read_entry(entry: Entry, parents: Mapping[str, Entry], origin: Origin) -> Paper | None:
    """Return the record of an entry, or None when it has neither title, authors nor identifier.

    Args:
        entry: the entry with what it inherits.
        parents: entries that others point to, by key in lower case.
        origin: its place.
    """
    texts = _texts(entry.fields)
    dblp = record_key(entry.key)
    kind, kind_written = kind_of(entry)
    arxiv = _own_arxiv(entry.fields, kind)
    if arxiv and kind in {None, "article"}:
        kind = "preprint"
    links = _links(entry)
    ids, malformed = identifiers(_ids(entry, kind, arxiv, dblp, links))
    authors, status = name_list(entry.all("author"), "author", dblp=bool(dblp))
    editors: tuple[Authorship, ...] = ()
    if "editor" in entry.fields:
        editors, _ = name_list(entry.all("editor"), "editor", dblp=bool(dblp))
    if not (texts["title"] or authors or editors or ids):
        return None
    return Paper(
        **texts,
        author_list=_status(status, kind, editors),
        origins=(origin,),
        authors=(*authors, *editors),
        issued=issued(entry.fields),
        ids=ids,
        malformed_ids=malformed,
        kind=kind,
        kind_written=kind_written,
        venue=_venue(entry.fields, kind, dblp),
        container=_container(entry, kind, parents),
        relations=_relations(entry.fields, arxiv),
        **_more(entry, kind, links),
    )


def _texts(fields: Fields) -> Texts:
    title = fields.get("title") or fields.get("maintitle") or fields.get("booktitle") or ""
    title = title or fields.get("titleaddon", "")
    abstract = fields.get("abstract", "")
    notes = "" if NOTES.isdisjoint(fields) else _notes(fields)
    if FORGE.search(fields.get("url", "")):
        notes += f" {web(fields['url'])}"
    texts = read_texts(without_braces(title), without_braces(abstract), notes)
    if "{" in title or "}" in title:
        texts["title"] = without_braces(texts["title"])
        texts["title_written"] = _written(title, texts["title"])
    if "{" in abstract or "}" in abstract:
        texts["abstract"] = without_braces(texts["abstract"])
        texts["abstract_written"] = _written(abstract, texts["abstract"])
    if not SOFTWARE.isdisjoint(fields):
        own = (web(fields[name]) for name in sorted(SOFTWARE.intersection(fields)))
        stated = (stated_link(url, official=True) for url in own if url)
        texts["code_links"] = united_links([*texts["code_links"], *stated])
    return texts


def _notes(fields: Fields) -> str:
    named = sorted(NOTES.intersection(fields))
    return " ".join(web(fields[name]) for name in named if "http" in fields[name])


def _written(written: str, readable: str) -> str:
    """Return a text as written, unless it is readable as it is."""
    raw = clean(written)
    return raw if raw != readable else ""


def _status(status: ListStatus, kind: PaperKind | None, editors: tuple[object, ...]) -> ListStatus:
    """Say what the entry tells of the authors: volumes have editors, and no authors to show."""
    return "complete" if status == "unknown" and editors and kind in VOLUMES else status


def _ids(
    entry: Entry, kind: PaperKind | None, arxiv: str | None, dblp: str | None, links: list[str]
) -> Iterator[tuple[str, str | None]]:
    fields = entry.fields
    if "doi" in fields:
        yield from (("doi", doi_in(web(written))) for written in entry.all("doi"))
    yield "arxiv", arxiv
    yield "openreview", fields.get("openreview")
    yield "dblp", dblp
    if not NUMBERED.isdisjoint(fields):
        yield from _numbers(fields)
    if "isbn" in fields and kind not in IN_VOLUME:
        yield from _isbns(*entry.all("isbn"))
    for link in links:
        scheme, _, found = (from_url(link) or "").partition(":")
        if scheme in IN_URL and not (scheme == "doi" and "doi" in fields):
            yield scheme, found


def _numbers(fields: Fields) -> Iterator[tuple[str, str]]:
    scheme = EPRINTS.get(_eprint_type(fields))
    if scheme:
        yield scheme, web(fields["eprint"])
    yield from ((name, web(fields[name])) for name in ("pmid", "pmcid", "swhid") if name in fields)


def _links(entry: Entry) -> list[str]:
    fields = entry.fields
    links = [web(link) for name in LINKS if name in fields for link in entry.all(name)]
    if "bdsk-url-1" in fields:
        links += [web(text) for name, text in fields.items() if name.startswith("bdsk-url-")]
    if "howpublished" in fields and "http" in fields["howpublished"]:
        links.append(web(fields["howpublished"]))
    return [link for link in dict.fromkeys(links) if link.startswith("http") and " " not in link]


def _isbns(*values: str) -> Iterator[tuple[str, str]]:
    for written in map(web, values):
        yield from (("isbn", each) for each in ISBN.findall(written) or [written])


def _eprint_type(fields: Fields) -> str:
    if "eprint" not in fields:
        return ""
    return value(fields, "eprinttype", "archiveprefix").lower()


def _own_arxiv(fields: Fields, kind: PaperKind | None) -> str | None:
    """Return the arXiv number of what is itself on arXiv, not of a published paper."""
    journal = value(fields, "journaltitle", "journal")
    if journal and not is_arxiv(journal):
        return None
    if kind not in {None, "article", "report", "other"}:
        return None
    if journal and not fields.get("eprint"):
        return arxiv_in(f"{journal} {fields.get('volume', '')}")
    return _eprint(fields)


def _eprint(fields: Fields) -> str | None:
    if "eprint" not in fields or _eprint_type(fields) not in {"", "arxiv"}:
        return None
    return identifier("arxiv", web(fields["eprint"]))


def _relations(fields: Fields, own: str | None) -> tuple[Relation, ...]:
    """Return the preprint of a published paper: what its field ``eprint`` means."""
    eprint = _eprint(fields)
    return (Relation("version-of", eprint),) if eprint and eprint != own else ()


def _venue(fields: Fields, kind: PaperKind | None, dblp: str | None) -> VenueName | None:
    ids: tuple[str, ...] = ()
    venue_kind: VenueKind | None = None
    name = value(fields, "journaltitle", "journal")
    if dblp:
        known, venue_kind = stream(dblp)
        ids = (known,) if known else ()
        name = name or value(fields, "booktitle")
    elif name:
        venue_kind = "repository" if is_arxiv(name) else "journal"
    else:
        name = value(fields, "series")
        venue_kind = "book-series" if kind in {"book", "proceedings"} else None
    if name and "issn" in fields:
        ids += _issns(fields["issn"])
    short = value(fields, "shortjournal", "journal-iso") if name else ""
    return VenueName(name, ids, venue_kind, (short,) if short else ()) if name or ids else None


@lru_cache(maxsize=4096)
def _issns(written: str) -> tuple[str, ...]:
    return identifiers(("issn", each) for each in ISSN.findall(written))[0]


def _container(
    entry: Entry, kind: PaperKind | None, parents: Mapping[str, Entry]
) -> Container | None:
    if kind not in IN_VOLUME:
        return None
    fields = entry.fields
    key = fields.get("crossref", fields.get("xref", "")).strip()
    parent = parents.get(key.lower())
    title = value(fields, "booktitle")
    ids: tuple[str, ...] = ()
    if parent:
        title = value(parent.fields, "title", "booktitle") or title
        ids = _volume_ids(parent.key, parent.fields.get("doi"), parent.fields.get("isbn"))
    elif key and (dblp := record_key(key)):
        ids = (f"dblp:{dblp}",)
    elif "isbn" in fields:
        ids = identifiers(_isbns(*entry.all("isbn")))[0]
    return Container(title, ids, _volume_kind(kind)) if title or ids else None


@lru_cache(maxsize=256)
def _volume_ids(key: str, doi: str | None, isbn: str | None) -> tuple[str, ...]:
    pairs = [("dblp", record_key(key)), ("doi", doi and doi_in(web(doi)))]
    return identifiers([*pairs, *(_isbns(isbn) if isbn else ())])[0]


def _volume_kind(kind: PaperKind | None) -> PaperKind:
    return "book" if kind in {"chapter", "reference-entry"} else "proceedings"


def _more(entry: Entry, kind: PaperKind | None, links: list[str]) -> dict[str, Any]:
    """Return the fields of the paper that are alike in all kinds of entries."""
    fields = entry.fields
    more: dict[str, Any] = {}
    if "pages" in fields:
        more["first_page"], more["last_page"] = pages(readable(fields["pages"]))
    if "volume" in fields:
        more["volume"] = readable(fields["volume"])
    if "number" in fields:
        more["report_number" if kind == "report" else "issue"] = readable(fields["number"])
    if "publisher" in fields:
        more["publisher"] = _publisher(readable(fields["publisher"]))
    if links:
        more["urls"] = tuple(link for link in links if from_url(link) is None)
    if "keywords" in fields:
        more["keywords"] = tuple(k for each in entry.all("keywords") for k in _words(each))
    if not RARE.isdisjoint(fields):
        more |= _rare(fields, more)
    return more


def _rare(fields: Fields, more: Mapping[str, Any]) -> dict[str, Any]:
    """Return what few entries state."""
    cited = whole_number(value(fields, "times-cited"))
    return {
        "issue": more.get("issue") or value(fields, "issue"),
        "report_number": more.get("report_number") or value(fields, "reportnumber"),
        "article_number": value(fields, *RARELY["article_number"]),
        "edition": value(fields, *RARELY["edition"]),
        "language": language(value(fields, *RARELY["language"])),
        "event": _event(fields),
        "licenses": tuple(filter(None, (value(fields, *RARELY["licenses"]),))),
        "comment": value(fields, *RARELY["comment"]),
        "organizations": _each(fields, "organizations"),
        "other_titles": _each(fields, "other_titles"),
        "counts": (Count("citation-count", cited),) if cited is not None else (),
    }


def _each(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (value(fields, field) for field in RARELY[name]))))


def _words(written: str) -> Iterator[str]:
    return (word for word in SEPARATOR.split(readable(written)) if word)


@lru_cache(maxsize=4096)
def _publisher(name: str) -> OrganizationName | None:
    return OrganizationName(name) if name else None


def _event(fields: Fields) -> Event | None:
    name = value(fields, "eventtitle")
    if not name:
        return None
    return Event(name, place=value(fields, "venue"), date=value(fields, "eventdate"))
