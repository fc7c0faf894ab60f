"""Read the graphs of others: papers, software, people, organisations, venues and topics.

One reader for all vocabularies that `graphbuild.sources.rdf.words` knows, because graphs mix them.
People and organisations without an identifier are known by their names on papers only.
"""

from collections.abc import Iterator

import msgspec

from graphbuild.parts import (
    Affiliation,
    Count,
    Origin,
    PaperKind,
    PartialDate,
    TopicLink,
    VenueKind,
    VenueName,
)
from graphbuild.records import Author, Institution, Paper, Record, Software, Subject, Venue
from graphbuild.sources.dates import partial_date
from graphbuild.sources.files import InputFile
from graphbuild.sources.formats import origin_of
from graphbuild.sources.rdf import words as w
from graphbuild.sources.rdf.agents import (
    authors,
    ids_of,
    is_a,
    label,
    members,
    organization,
    other_names,
    person_name,
)
from graphbuild.sources.rdf.graph import Graph, Node
from graphbuild.sources.texts import read_texts
from graphbuild.sources.web import web_addresses
from graphbuild.text import clean, whole_number

PRECISIONS = {"vivo:yearPrecision": 4, "vivo:yearMonthPrecision": 7}
HIGHEST = 6
"""Steps from a paper up to its journal: article, issue, volume, journal."""


def records_of(graph: Graph, file: InputFile) -> Iterator[Record]:
    """Yield a record of each resource that we know how to read."""
    number = 0
    for node in graph.subjects():
        record = _record(node, origin_of(file, number + 1, own_id=node.iri))
        if record is not None:
            number += 1
            yield record


def is_read(node: Node) -> bool:
    """Say whether a resource is of a class that becomes a record."""
    classes = (*w.PAPERS, *w.SOFTWARE, *w.PEOPLE, *w.ORGANIZATIONS, *w.VENUES, *w.TOPICS)
    return is_a(node, classes)


def _record(node: Node, origin: Origin) -> Record | None:
    is_part = node.graph.is_inside(node.iri)  # such as the software that another one needs
    if is_a(node, w.SOFTWARE):
        return None if is_part else _software(node, origin)
    if is_a(node, w.PAPERS):
        return None if is_part and not ids_of(node, w.OF_PAPERS)[0] else _paper(node, origin)
    if is_a(node, w.PEOPLE):
        return _author(node, origin)
    if is_a(node, w.ORGANIZATIONS):
        return _institution(node, origin)
    if is_a(node, w.VENUES):
        return _venue(node, origin)
    return _subject(node, origin) if is_a(node, w.TOPICS) else None


def _paper(node: Node, origin: Origin) -> Paper | None:
    texts = read_texts(_title(node), node.text(*w.ABSTRACT))
    if not texts["title"]:
        return None
    ids, malformed = ids_of(node, w.OF_PAPERS)
    kinds = [(w.PAPERS[each], each) for each in node.types() if each in w.PAPERS]
    kind, written = next((pair for pair in kinds if pair[0]), kinds[0])
    found = tuple(authors(node))
    urls, no_urls = _pages(node)
    topics = tuple(_topics(node))
    paper = Paper(
        **texts,
        author_list="complete" if _is_whole(found) else "unknown",
        authors=found,
        origins=(origin,),
        issued=_issued(node),
        ids=ids,
        malformed_ids=(*malformed, *no_urls),
        kind=kind,
        kind_written=written.partition(":")[2],
        urls=urls,
        topics=topics,
        keywords=_keywords(node),
        references=_references(node, *w.REFERENCES),
        retracted=node.text("soa:isRetracted") == "true",
        counts=_counts(node),
    )
    return msgspec.structs.replace(paper, **_publication(node, kind))


def _title(node: Node) -> str:
    return node.text("dcterms:title", "schema:headline") or label(node)


def _is_whole(found: tuple[object, ...]) -> bool:
    places = [getattr(each, "position") for each in found]  # noqa: B009 - of authorships
    return bool(places) and None not in places


def _publication(node: Node, kind: PaperKind | None) -> dict[str, object]:
    """Return the fields that say where and how a paper was published."""
    above = list(_above(node))
    body = node.node("frbr:embodiment")
    roles = [n for n in node.nodes("pro:isDocumentContextFor") if _role(n) == "pro:publisher"]
    houses = [*node.nodes(*w.PUBLISHER), *(each.node("pro:isHeldBy") for each in roles)]
    outlet = next((each for each in above if is_a(each, w.VENUES)), None)
    return {
        "venue": _venue_name(outlet) if outlet else None,
        "volume": node.text(*w.VOLUME) or _sequence(above, "fabio:JournalVolume"),
        "issue": node.text(*w.ISSUE) or _sequence(above, "fabio:JournalIssue"),
        "first_page": node.text(*w.FIRST_PAGE) or body.text(*w.FIRST_PAGE),
        "last_page": node.text(*w.LAST_PAGE) or body.text(*w.LAST_PAGE),
        "edition": node.text(*w.EDITION) if kind in ("book", "dataset") else "",
        "language": node.text(*w.LANGUAGE),
        "licenses": (*node.iris(*w.LICENSE), *node.texts(*w.LICENSE)),
        "publisher": next(filter(None, map(organization, houses)), None),
    }


def _above(node: Node) -> Iterator[Node]:
    """Yield what a paper is part of, nearest first."""
    seen = {node.iri}
    waiting = node.nodes(*w.INSIDE)
    for _ in range(HIGHEST):
        fresh = [each for each in waiting if each.iri not in seen]
        seen.update(each.iri for each in fresh)
        yield from fresh
        waiting = [above for each in fresh for above in each.nodes(*w.INSIDE)]


def _sequence(above: list[Node], kind: str) -> str:
    found = (each for each in above if kind in each.types())
    return next((each.text("fabio:hasSequenceIdentifier") for each in found), "")


def _role(node: Node) -> str:
    return node.graph.curie(node.node("pro:withRole").iri)


def _issued(node: Node) -> PartialDate | None:
    for written in node.texts(*w.ISSUED):
        found = partial_date(written)
        if found:
            return found
    for each in node.nodes(*w.ISSUED_AT):
        precision = node.graph.curie(each.node("vivo:dateTimePrecision").iri)
        day = each.text("vivo:dateTime")[: PRECISIONS.get(precision, 10)]
        if day:
            return partial_date(day)
    return None


def _keywords(node: Node) -> tuple[str, ...]:
    """Return keywords; schema.org has several in one text, with commas between them."""
    split = (part for text in node.texts("schema:keywords") for part in text.split(","))
    plain = (each for each in node.texts(*w.KEYWORDS) if each not in node.texts("schema:keywords"))
    named = (label(each) for each in node.nodes(*w.SUBJECTS) if not ids_of(each, w.OF_TOPICS)[0])
    return tuple(dict.fromkeys(filter(None, map(clean, (*split, *plain, *named)))))


def _topics(node: Node) -> Iterator[TopicLink]:
    for each in node.nodes(*w.SUBJECTS):
        ids, _ = ids_of(each, w.OF_TOPICS)
        if ids:
            name = label(each) or ids[0].partition(":")[2]
            yield TopicLink(name, ids[0], rule="the graph names the topic")


def _references(node: Node, *names: str) -> tuple[str, ...]:
    """Return what a paper cites: by an identifier, or by its web address."""
    known = [(ids_of(each, w.OF_PAPERS)[0], each.iri) for _, each in members(node.nodes(*names))]
    texts = (text for text in node.texts(*names) if " " not in text.strip())
    found = [ids[0] if ids else iri for ids, iri in known]
    found += [ids[0] for t in texts if (ids := ids_of(Node(node.graph, t), w.OF_PAPERS)[0])]
    return tuple(each for each in dict.fromkeys(found) if not each.startswith("_:") and ":" in each)


def _pages(node: Node) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    return web_addresses((*node.iris(*w.PAGES), *node.texts(*w.PAGES)))


def _counts(node: Node) -> tuple[Count, ...]:
    numbers = ((metric, node.text(name)) for name, metric in w.COUNTS.items())
    return tuple(
        Count(metric, text if (number := whole_number(text)) is None else number)
        for metric, text in numbers
        if text.replace(".", "", 1).isdecimal() and text.isascii()
    )


def _software(node: Node, origin: Origin) -> Software | None:
    texts = read_texts(label(node), node.text(*w.ABSTRACT))
    if not texts["title"]:
        return None
    ids, malformed = ids_of(node, w.OF_PAPERS)
    urls, no_urls = _pages(node)
    code = (*node.iris("schema:codeRepository"), *node.texts("schema:codeRepository"))
    repository, no_code = web_addresses(code)
    languages = (label(each) for each in node.nodes("schema:programmingLanguage"))
    return Software(
        name=texts["title"],
        origin=origin,
        repository=repository[0] if repository else "",
        ids=ids,
        malformed_ids=(*malformed, *no_urls, *no_code),
        authors=tuple(authors(node)),
        description=texts["abstract"],
        version=node.text("schema:version", "schema:softwareVersion"),
        issued=_issued(node),
        licenses=(*node.iris(*w.LICENSE), *node.texts(*w.LICENSE)),
        languages=(*filter(None, languages), *node.texts("schema:programmingLanguage")),
        keywords=_keywords(node),
        urls=urls,
        papers=_references(node, "codemeta:referencePublication"),
        references=_references(node, *w.REFERENCES),
    )


def _author(node: Node, origin: Origin) -> Author | None:
    ids, malformed = ids_of(node, w.OF_PEOPLE)
    name, given, family = person_name(node)
    if not ids or not name:
        return None
    urls, no_urls = _pages(node)
    jobs = [each for each in node.nodes("vivo:relatedBy") if _is_job(each)]
    places = [*node.nodes(*w.MEMBER_OF)]
    places += [p for job in jobs for p in job.nodes("vivo:relates") if is_a(p, w.ORGANIZATIONS)]
    homes = filter(None, map(organization, places))
    return Author(
        ids=ids,
        malformed_ids=(*malformed, *no_urls),
        name=name,
        origin=origin,
        given=given,
        family=family,
        other_names=other_names(node, name),
        affiliations=(
            *(Affiliation("", (each,)) for each in homes),
            *map(Affiliation, node.texts("schema:affiliation")),
        ),
        urls=urls,
        counts=_counts(node),
    )


def _is_job(node: Node) -> bool:
    return any(each.startswith("vivo:") and each.endswith("Position") for each in node.types())


def _institution(node: Node, origin: Origin) -> Institution | None:
    ids, malformed = ids_of(node, w.OF_ORGANIZATIONS)
    name, country = label(node), node.text(*w.COUNTRY).upper()
    if not ids or not name:
        return None
    urls, no_urls = _pages(node)
    above = (ids_of(each, w.OF_ORGANIZATIONS)[0] for each in node.nodes(*w.PARENT))
    return Institution(
        ids=ids,
        malformed_ids=(*malformed, *no_urls),
        name=name,
        origin=origin,
        other_names=other_names(node, name),
        kinds=node.texts(*w.KIND),
        country=country if len(country) == 2 and country.isascii() and country.isalpha() else "",
        urls=urls,
        parents=tuple(each[0] for each in above if each),
        counts=_counts(node),
    )


def _venue_name(node: Node) -> VenueName | None:
    ids, _ = ids_of(node, w.OF_VENUES)
    name = label(node)
    return VenueName(name, ids, _venue_kind(node)) if name or ids else None


def _venue_kind(node: Node) -> VenueKind | None:
    return next((w.VENUES[each] for each in node.types() if each in w.VENUES), None)


def _venue(node: Node, origin: Origin) -> Venue | None:
    ids, malformed = ids_of(node, w.OF_VENUES)
    name = label(node)
    if not ids or not name:
        return None
    urls, no_urls = _pages(node)
    return Venue(
        ids=ids,
        malformed_ids=(*malformed, *no_urls),
        name=name,
        origin=origin,
        other_names=other_names(node, name),
        kind=_venue_kind(node),
        publisher=next(filter(None, map(organization, node.nodes(*w.PUBLISHER))), None),
        urls=urls,
        counts=_counts(node),
    )


def _subject(node: Node, origin: Origin) -> Subject | None:
    ids, _ = ids_of(node, w.OF_TOPICS)
    name = label(node)
    if not ids or not name:
        return None
    above = (ids_of(each, w.OF_TOPICS)[0] for each in node.nodes("skos:broader"))
    scheme = "openalex-concept" if ids[0].startswith("openalex:C") else ids[0].partition(":")[0]
    return Subject(
        ids=ids,
        name=name,
        origin=origin,
        scheme=scheme,
        broader=tuple(each[0] for each in above if each),
        other_names=other_names(node, name),
        description=node.text(*w.DEFINITION),
        counts=_counts(node),
    )
