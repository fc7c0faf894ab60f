"""Read the people and organisations that DataCite names."""

from collections.abc import Iterable, Iterator

from graphbuild.identifiers import identifier, identifiers
from graphbuild.parts import Affiliation, Authorship, OrganizationName, Role
from graphbuild.sources.datacite_fields import Contributor, NamedPlace, NameId
from graphbuild.text import clean

AGENT_SCHEMES = ("orcid", "ror", "isni", "wikidata", "grid")


def people_of(people: Iterable[Contributor], role: Role) -> Iterator[Authorship]:
    """Yield the authorships of creators or editors in their order."""
    for position, each in enumerate(people, 1):
        name = name_of(each)
        if name:
            ids, malformed = identifiers(agent_ids(each))
            yield Authorship(
                name=name,
                position=position,
                given=clean(each.given_name or ""),
                family=clean(each.family_name or ""),
                ids=ids,
                malformed_ids=malformed,
                affiliations=tuple(_affiliations(each)),
                organization=is_organization(each, ids),
                role=role,
            )


def name_of(agent: Contributor) -> str:
    """Return a name in the order in which people say it; DataCite puts the family name first.

    >>> name_of(Contributor("Example, Ada")), name_of(Contributor("Loom, Yarn", "Organizational"))
    ('Ada Example', 'Loom, Yarn')
    """
    if agent.given_name and agent.family_name:
        return clean(f"{agent.given_name} {agent.family_name}")
    family, _, given = (agent.name or "").partition(",")
    if given.strip() and "," not in given and _agent_type(agent) != "organization":
        return clean(f"{given} {family}")
    return clean(agent.name or "")


def _agent_type(agent: Contributor) -> str:
    word = (agent.name_type or agent.type or "").lower()
    return "organization" if word.startswith("organi") else "person" if word else ""


def is_organization(agent: Contributor, ids: tuple[str, ...]) -> bool:
    """Say whether an author is an organisation; an ORCID belongs to a person, a ROR to none."""
    schemes = {each.partition(":")[0] for each in ids}
    if "orcid" in schemes or agent.given_name or agent.family_name:
        return False
    return _agent_type(agent) == "organization" or bool(schemes & {"ror", "grid"})


def agent_ids(agent: Contributor) -> Iterator[tuple[str, str | None]]:
    """Yield scheme and text of the identifiers of a person or an organisation."""
    if agent.id and "orcid.org" in agent.id:
        yield "orcid", agent.id
    known = agent.name_identifiers
    for each in [known] if isinstance(known, NameId) else known or ():
        scheme = (each.name_identifier_scheme or "").lower()
        if scheme in AGENT_SCHEMES:
            yield scheme, each.name_identifier


def _affiliations(agent: Contributor) -> Iterator[Affiliation]:
    places = agent.affiliation
    for each in places if isinstance(places, list) else [places]:
        if isinstance(each, NamedPlace):
            name, ids = clean(each.name or ""), organization_ids(each.affiliation_identifier)
            organizations = (OrganizationName(name, ids),) if ids else ()
            if name or ids:
                yield Affiliation(name, organizations)
        elif each and each.strip():
            yield Affiliation(clean(each))


def organization_ids(written: str | None) -> tuple[str, ...]:
    """Return the identifier of an organisation, whatever its scheme."""
    text = (written or "").strip()
    if not text:
        return ()
    named = (identifier(scheme, text) for scheme in ("ror", "grid", "isni", "doi", "wikidata"))
    known = next(filter(None, named), None)
    return (known,) if known else ()
