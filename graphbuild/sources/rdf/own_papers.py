"""Turn the papers of a graph of ours back into the records that they were fused to."""

from collections.abc import Iterator

import msgspec

from graphbuild.parts import (
    Affiliation,
    Authorship,
    CodeLink,
    Content,
    Count,
    Funding,
    Introduction,
    ListStatus,
    Origin,
    PaperKind,
    PartialDate,
    Relation,
    RelationKind,
    Revision,
    Role,
    Stance,
    TopicLink,
)
from graphbuild.records import Paper
from graphbuild.sources.rdf.graph import Node
from graphbuild.sources.rdf.own_keys import ids_of, malformed_of, minted, outside_id
from graphbuild.sources.rdf.own_names import Namer, container_of, event_of, venue_of
from graphbuild.sources.texts import readable_text

KINDS: dict[str, PaperKind] = {
    "fabio:JournalArticle": "article",
    "fabio:ReviewArticle": "review",
    "fabio:ConferencePaper": "conference-paper",
    "fabio:WorkshopPaper": "workshop-paper",
    "fabio:Preprint": "preprint",
    "fabio:Book": "book",
    "fabio:BookChapter": "chapter",
    "fabio:DoctoralThesis": "doctoral-thesis",
    "fabio:MastersThesis": "masters-thesis",
    "fabio:Thesis": "thesis",
    "fabio:ReportDocument": "report",
    "fabio:Editorial": "editorial",
    "fabio:Letter": "letter",
    "fabio:ReferenceEntry": "reference-entry",
    "fabio:ConferenceProceedings": "proceedings",
    "fabio:JournalIssue": "issue",
    "gb:ResearchData": "dataset",
    "gb:Software": "software",
}
RELATIONS: dict[str, RelationKind] = {
    "gb:versionOf": "version-of",
    "gb:publishedAs": "published-as",
    "gb:preprintOf": "preprint-of",
    "gb:supplementTo": "supplement",
    "gb:corrects": "corrects",
    "gb:retracts": "retracts",
    "gb:reviews": "reviews",
    "gb:partOfResource": "part-of",
    "gb:documents": "documents",
    "codemeta:referencePublication": "described-by",
}
TEXTS = {
    "title_written": "gb:titleAsWritten",
    "abstract": "dcterms:abstract",
    "abstract_written": "gb:abstractAsWritten",
    "kind_written": "gb:kindAsWritten",
    "volume": "prism:volume",
    "issue": "prism:issueIdentifier",
    "first_page": "prism:startingPage",
    "last_page": "prism:endingPage",
    "article_number": "gb:articleNumber",
    "edition": "prism:edition",
    "language": "gb:language",
    "open_access": "gb:openAccess",
    "comment": "gb:comment",
    "citation": "dcterms:bibliographicCitation",
    "report_number": "gb:reportNumber",
}
LISTS = {
    "awards": "schema:award",
    "keywords": "prism:keyword",
    "other_titles": "dcterms:alternative",
    "programming_languages": "schema:programmingLanguage",
}
STATUS: dict[str, ListStatus] = {"gb:Complete": "complete", "gb:Truncated": "truncated"}
STANCES: dict[str, Stance] = {"gb:Released": "released", "gb:Promised": "promised"}
CONTENTS: dict[str, Content] = {"gb:Code": "code", "gb:Data": "data", "gb:Models": "models"}
TRUE = "true"


def origins_of(node: Node) -> tuple[Origin, ...]:
    """Return the places of the records that an entity comes from."""
    return tuple(sorted(map(origin, node.nodes("prov:wasDerivedFrom")), key=lambda o: o.record))


def origin(record: Node) -> Origin:
    """Return the place of one record."""
    return Origin(
        minted(record).key,
        int(record.text("gb:line") or 0),
        record.text("gb:textAsWritten"),
        record.text("dcterms:identifier"),
    )


def paper_of(node: Node, names: Namer) -> Paper:
    """Return a paper, volume, data set or piece of software as one record."""
    paper = Paper(
        title=node.text("dcterms:title"),
        author_list=STATUS.get(_curie(node, "gb:authorListStatus"), "unknown"),
        origins=origins_of(node),
        authors=tuple(_authors(node, names)),
        issued=_issued(node),
        topics=tuple(_topics(node)),
        code_flag=node.text("gb:flaggedBySource") == TRUE,
        code_links=tuple(map(_code_link, node.pointing("gb:linkPaper"))),
        introduces=tuple(map(_introduction, node.pointing("gb:introductionPaper"))),
        organizations=node.texts("gb:affiliationAsWritten"),
        profiles=tuple(sorted(minted(each).key for each in node.pointing("gb:lists"))),
        ids=ids_of(node),
        malformed_ids=malformed_of(node),
        kind=next((KINDS[each] for each in node.types() if each in KINDS), None),
        retracted=node.text("gb:retracted") == TRUE,
        counts=counts_of(node),
    )
    return msgspec.structs.replace(
        paper,
        **{field: node.text(name) for field, name in TEXTS.items()},
        **{field: node.texts(name) for field, name in LISTS.items()},
        **_publication(node, names),
    )


def _publication(node: Node, names: Namer) -> dict[str, object]:
    """Return the fields that say where and how a paper was published."""
    publisher, venue = node.node("dcterms:publisher"), node.node("gb:venue")
    volume, meeting = node.node("frbr:partOf"), node.node("bibo:presentedAt")
    submitted = node.text("dcterms:dateSubmitted")
    related = ((kind, each) for name, kind in RELATIONS.items() for each in node.nodes(name))
    return {
        "venue": venue_of(venue) if venue else None,
        "event": event_of(meeting) if meeting else None,
        "container": container_of(volume) if volume else None,
        "publisher": names.organization(publisher) if publisher else None,
        "licenses": (*node.iris("dcterms:license"), *node.texts("gb:licenseAsWritten")),
        "urls": node.iris("foaf:page"),
        "funding": tuple(_funding(each, names) for each in _numbered(node.nodes("gb:funding"))),
        "references": tuple(map(_target, node.nodes("cito:cites", "gb:citesOutside"))),
        "relations": tuple(Relation(kind, _target(each)) for kind, each in related),
        "revisions": tuple(map(_revision, _numbered(node.nodes("gb:hasRevision")))),
        "submitted": PartialDate(submitted, submitted) if submitted else None,
    }


def counts_of(node: Node) -> tuple[Count, ...]:
    """Return the numbers that are stated about an entity, in their order."""
    observations = _numbered(list(observations_of(node)))
    return tuple(Count(metric_of(each), number_of(each), day_of(each)) for each in observations)


def observations_of(node: Node) -> Iterator[Node]:
    """Yield the observations of an entity that a source states; the graph's own are made anew."""
    for each in node.pointing("sosa:hasFeatureOfInterest"):
        if "gb:MetricObservation" in each.types():
            yield each


def metric_of(observation: Node) -> str:
    """Return the name of the metric of an observation."""
    return minted(observation.node("sosa:observedProperty")).key


def number_of(observation: Node) -> int | str:
    """Return the number of an observation; text when it is not whole."""
    value = observation.text("sosa:hasSimpleResult")
    return value if "." in value else int(value)


def day_of(observation: Node) -> str:
    """Return the day at which an observation was so, or nothing."""
    return observation.text("sosa:resultTime").partition("T")[0]


def _curie(node: Node, name: str) -> str:
    return node.graph.curie(node.node(name).iri)


def _numbered(nodes: list[Node]) -> list[Node]:
    """Sort nodes by the number that ends their keys."""
    return sorted(nodes, key=lambda each: int(each.iri.rpartition("-")[2]))


def _target(node: Node) -> str:
    """Return what stands for another paper: an identifier, or a web address."""
    return next(iter(ids_of(node)), "") or outside_id(node.iri)


def _issued(node: Node) -> PartialDate | None:
    day, full = node.text("gb:issuedMonthDay"), node.text("dcterms:issued")
    if day:
        return PartialDate(day, day, full, node.text("gb:yearInferenceRule"))
    return PartialDate(full, full) if full else None


def _authors(node: Node, names: Namer) -> Iterator[Authorship]:
    """Yield authors and editors so that those without a position stand where their key says."""
    all_of_them = node.nodes("pro:isDocumentContextFor")
    placed = sorted((each for each in all_of_them if _place(each).isdecimal()), key=_order)
    editors = sorted((e for e in all_of_them if _place(e).startswith("e")), key=_order)
    others = {len(placed) + int(_place(e)[1:]): e for e in all_of_them if _place(e)[0] == "x"}
    rest = iter([*placed, *editors])
    for number in range(1, len(all_of_them) + 1):
        each = others.get(number) or next(rest, None)
        if each is not None:
            yield _authorship(each, names)


def _place(authorship: Node) -> str:
    """Return the end of the key: a position, ``e`` and one, or ``x`` and a number."""
    return authorship.iri.rpartition("-")[2]


def _order(authorship: Node) -> int:
    return int(_place(authorship).removeprefix("e"))


def _unnamed(node: Node) -> Authorship:
    """Return the place of an author who was forgotten in the graph that is read."""
    position, least = node.text("gb:ordinal"), node.text("gb:ordinalAtLeast")
    return Authorship(
        "",
        int(position) if position else None,
        int(least) if least else None,
        role=_role(node),
        forgotten=minted(node).key,
    )


def _role(node: Node) -> Role:
    return "editor" if _curie(node, "pro:withRole") == "pro:editor" else "author"


def _authorship(node: Node, names: Namer) -> Authorship:
    if "gb:UnnamedPlace" in node.types():
        return _unnamed(node)
    holder = node.node("pro:isHeldBy")
    least, corresponding = node.text("gb:ordinalAtLeast"), node.text("gb:isCorresponding")
    position = node.text("gb:ordinal")
    organizations = node.nodes("pro:relatesToOrganization")
    written = node.text("gb:nameAsWritten")
    is_organization = minted(holder).kind == "org"
    # What a source marks a group with, such as the braces of BibTeX, is no part of its name.
    name = (holder.text("foaf:name") if is_organization else "") or readable_text(written)
    return Authorship(
        name=name,
        name_written=written if written != name else "",
        other_names=node.texts("skos:altLabel"),
        position=int(position) if position else None,
        at_least=int(least) if least else None,
        from_profile=bool(node.iris("gb:authorshipEvidence")),
        ids=ids_of(holder),
        malformed_ids=malformed_of(node),
        affiliations=(
            *(Affiliation(written) for written in node.texts("gb:affiliationAsWritten")),
            *(Affiliation("", (names.organization(each),)) for each in organizations),
        ),
        corresponding=corresponding == TRUE if corresponding else None,
        organization=is_organization,
        role=_role(node),
    )


def _revision(node: Node) -> Revision:
    date = node.text("dcterms:issued")
    return Revision(
        label=node.text("gb:revisionLabel"),
        date=PartialDate(date, date) if date else None,
        note=node.text("gb:revisionNote"),
        url=next(iter(node.iris("foaf:page")), ""),
    )


def _topics(node: Node) -> Iterator[TopicLink]:
    for each in _numbered(node.pointing("gb:assignmentPaper")):
        topic, score = each.node("gb:assignmentTopic"), each.text("gb:score")
        yield TopicLink(
            each.text("gb:textAsWritten"),
            minted(topic).key if topic else None,
            tuple(minted(candidate).key for candidate in each.nodes("gb:assignmentCandidate")),
            float(score) if score else None,
            each.text("gb:rule"),
        )


def _code_link(node: Node) -> CodeLink:
    repository, tested = node.node("gb:linkRepository"), node.text("gb:mentionedInRepository")
    return CodeLink(
        url_written=node.text("gb:urlAsWritten"),
        stance=STANCES.get(_curie(node, "gb:stance"), "mentioned"),
        contents=tuple(CONTENTS[node.graph.curie(each)] for each in node.iris("gb:linkContent")),
        official=node.text("gb:isOfficial") == TRUE,
        sentence=node.text("gb:textAsWritten"),
        repository=_repository(repository) if repository else None,
        candidate=next(iter(node.iris("gb:candidateRepository")), None),
        in_text=node.text("gb:mentionedInPaper") == TRUE,
        stated=node.text("gb:statedBySource") == TRUE,
        in_repository=tested == TRUE if tested else None,
        framework=node.text("gb:framework"),
    )


def _repository(node: Node) -> str:
    host = minted(node).key.partition(":")[0]
    return f"{host}/{node.text('schema:name')}"


def _introduction(node: Node) -> Introduction:
    artifact = node.node("gb:introductionOf")
    rules, words = node.texts("gb:rule"), node.texts("gb:textAsWritten")
    count = max(len(rules), len(words))
    repository = artifact.node("gb:implementedIn")
    return Introduction(
        name=artifact.text("skos:prefLabel"),
        kind="method" if minted(artifact).kind == "method" else "dataset",
        evidence=tuple(
            (rules[min(i, len(rules) - 1)], words[min(i, len(words) - 1)]) for i in range(count)
        ),
        other_names=artifact.texts("skos:altLabel"),
        repository=_repository(repository) if repository else None,
    )


def _funding(node: Node, names: Namer) -> Funding:
    funder = node.node("gb:funder")
    return Funding(names.organization(funder) if funder else None, node.texts("gb:awardNumber"))
