"""Make records of OpenAlex's authors, organisations, sources and topics."""

from collections.abc import Iterable, Iterator
from itertools import chain

from graphbuild.identifiers import identifiers
from graphbuild.parts import Affiliation, Count, OrganizationName, Origin
from graphbuild.records import Author, Institution, Subject, Venue
from graphbuild.sources.openalex_fields import (
    AuthorFields,
    Entity,
    Ids,
    Level,
    Named,
    NamedAuthor,
    NamedInstitution,
    OrganizationFields,
    SourceFields,
    Statistics,
    TopicFields,
    WorkTopic,
)
from graphbuild.sources.openalex_works import (
    VENUE_KINDS,
    count_of,
    issns,
    named_organization,
    openalex_id,
    publisher_of,
)
from graphbuild.text import clean

SCHEMES = {"T": "openalex-topic", "C": "openalex-concept"}
LEVELS = {
    "subfields": "openalex-subfield", "fields": "openalex-field", "domains": "openalex-domain",
}  # fmt: skip
UNSTATED = Statistics()
KINDS = {"P": "publisher", "F": "funder"}
"""What an organisation is by the letter of its identifier; institutions state their type."""


def author_of(author: AuthorFields, origin: Origin) -> Author:
    """Return the author that OpenAlex describes."""
    ids = author.ids or Ids()
    known, malformed = _identifiers(author, [("orcid", author.orcid or ids.orcid)])
    name = clean(author.display_name or "")
    return Author(
        ids=known,
        name=name,
        origin=origin,
        malformed_ids=malformed,
        other_names=_others(name, author.display_name_alternatives),
        affiliations=tuple(Affiliation("", (each,)) for each in _employers(author)),
        urls=tuple(filter(None, (ids.scopus, ids.twitter, ids.wikipedia))),
        counts=_counts(author),
    )


def named_author(author: NamedAuthor, origin: Origin) -> Iterator[Author]:
    """Yield an author that a work names, by the name that OpenAlex prefers."""
    known, name = openalex_id(author.id), clean(author.display_name or "")
    if known and name:
        ids, malformed = identifiers([("orcid", author.orcid)])
        yield Author((known, *ids), name, origin, malformed)


def institution_of(found: OrganizationFields, origin: Origin) -> Institution:
    """Return the institution, publisher or funder that OpenAlex describes.

    The same organisation in another role has another identifier, which is one of its own, too.
    """
    ids = found.ids or Ids()
    pairs = [("ror", found.ror or ids.ror), ("grid", ids.grid), ("wikidata", ids.wikidata)]
    known, malformed = _identifiers(found, [*pairs, ("doi", ids.doi)])
    roles = [openalex_id(role.id) for role in found.roles or ()]
    name = clean(found.display_name or "")
    countries = [found.country_code, *(found.country_codes or ()), _country(found)]
    languages = found.international.display_name if found.international else None
    return Institution(
        ids=tuple(dict.fromkeys((*known, *filter(None, roles)))),
        name=name,
        origin=origin,
        malformed_ids=malformed,
        other_names=_others(
            name, found.display_name_acronyms, found.display_name_alternatives,
            found.alternate_titles, (languages or {}).values(),
        ),
        kinds=_kinds(found),
        country=next(filter(None, countries), "").upper(),
        place=clean((found.geo and found.geo.city) or ""),
        status=found.status or "",
        urls=tuple(filter(None, (found.homepage_url, ids.wikipedia))),
        parents=tuple(_parents(found)),
        counts=_counts(found),
    )  # fmt: skip


def venue_of(source: SourceFields, origin: Origin) -> Venue:
    """Return the journal, series or repository that OpenAlex describes."""
    ids = source.ids or Ids()
    pairs = [*issns(source.issn_l, source.issn), ("wikidata", ids.wikidata)]
    known, malformed = _identifiers(source, pairs)
    name = clean(source.display_name or "")
    return Venue(
        ids=known,
        name=name,
        origin=origin,
        malformed_ids=malformed,
        other_names=_others(name, source.alternate_titles, [source.abbreviated_title]),
        kind=VENUE_KINDS.get(source.type or ""),
        publisher=publisher_of(source),
        urls=tuple(filter(None, (source.homepage_url, ids.wikipedia))),
        counts=_counts(source),
    )


def subject_of(topic: TopicFields, origin: Origin) -> Subject:
    """Return the topic or concept that OpenAlex describes."""
    ids = topic.ids or Ids()
    known, _ = _identifiers(topic, [("wikidata", topic.wikidata or ids.wikidata)])
    name = clean(topic.display_name or "")
    languages = topic.international.display_name if topic.international else None
    return Subject(
        ids=known,
        name=name,
        origin=origin,
        scheme=_scheme(known[0]),
        broader=tuple(_broader(topic)),
        other_names=_others(name, (languages or {}).values()),
        description=clean(topic.description or ""),
        counts=_counts(topic),
    )


def subjects_of(topic: WorkTopic, origin: Origin) -> Iterator[Subject]:
    """Yield a topic that a work names, and the levels above it."""
    levels = (topic.subfield, topic.field, topic.domain)
    chain_of = [each for each in (topic, *levels) if each and openalex_id(each.id)]
    for each, above in zip(chain_of, [*chain_of[1:], None], strict=True):
        known = str(openalex_id(each.id))
        more = identifiers([("wikidata", topic.wikidata)])[0] if each is topic else ()
        broader = (str(openalex_id(above.id)),) if above else ()
        name = clean(each.display_name or "")
        yield Subject((known, *more), name, origin, _scheme(known), broader)


def _identifiers(
    entity: Entity, pairs: Iterable[tuple[str, str | None]]
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    known = openalex_id(entity.id)
    if known is None:
        raise ValueError(f"{entity.id!r} is no identifier of OpenAlex")
    good, malformed = identifiers(pairs)
    return (known, *good), malformed


def _others(name: str, *names: Iterable[str | None] | None) -> tuple[str, ...]:
    every = (clean(each) for each in chain.from_iterable(some or () for some in names) if each)
    return tuple(dict.fromkeys(each for each in every if each and each != name))


def _counts(entity: Entity) -> tuple[Count, ...]:
    stated = entity.summary_stats or UNSTATED
    return (
        *count_of("paper-count", entity.works_count, entity),
        *count_of("citation-count", entity.cited_by_count, entity),
        *count_of("h-index", stated.h_index, entity),
        *count_of("i10-index", stated.i10_index, entity),
        *count_of("2yr-mean-citedness", stated.two_year_mean_citedness, entity),
    )


def _employers(author: AuthorFields) -> tuple[OrganizationName, ...]:
    """Return where an author worked; one place alone is stated until 2023."""
    listed: list[NamedInstitution | None] = [a.institution for a in author.affiliations or ()]
    listed += author.last_known_institutions or []
    listed.append(author.last_known_institution)
    known = (named_organization(each) for each in listed if each and each.id)
    return tuple(dict.fromkeys(known))


def _country(found: OrganizationFields) -> str | None:
    return found.geo.country_code if found.geo else None


def _kinds(found: OrganizationFields) -> tuple[str, ...]:
    own = KINDS.get(str(openalex_id(found.id)).partition(":")[2][:1])
    other = [role.role for role in found.roles or () if role.role != "institution"]
    return tuple(dict.fromkeys(each for each in (found.type, own, *other) if each))


def _parents(found: OrganizationFields) -> Iterator[str]:
    parents = [r.id for r in found.associated_institutions or () if r.relationship == "parent"]
    above = found.parent_publisher
    parents.append(above.id if isinstance(above, Named) else above)
    yield from filter(None, map(openalex_id, parents))


def _broader(topic: TopicFields) -> Iterator[str]:
    """Yield the next level above: that of concepts is a number."""
    level = next((each for each in (topic.subfield, topic.field, topic.domain) if each), None)
    known = _above(level)
    if known:
        yield known
    for ancestor in topic.ancestors or ():
        known = openalex_id(ancestor.id)
        if known and ancestor.level is not None and ancestor.level + 1 == topic.level:
            yield known


def _above(level: Level | None) -> str | None:
    return openalex_id(level.id) if level else None


def _scheme(known: str) -> str:
    value = known.removeprefix("openalex:")
    return LEVELS.get(value.partition("/")[0]) or SCHEMES.get(value[:1], "openalex")
