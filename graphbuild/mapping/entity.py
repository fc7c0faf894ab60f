"""Write the entities that papers speak of: people, repositories, systems, organisations."""

from collections.abc import Iterator

from graphbuild import terms
from graphbuild.entities import Artifact, Family, Organization, Person, Repository
from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.paper import derived
from graphbuild.terms import Minter, literal


def person_triples(person: Person, mint: Minter) -> Iterator[str]:
    """Yield the lines that state one person."""
    s = mint.iri("person", person.key)
    yield f"{s} {v.TYPE} {v.PERSON} .\n{s} {v.NAME} {literal(person.name)} .\n"
    if person.given:
        yield f"{s} {v.GIVEN_NAME} {literal(person.given)} .\n"
    if person.family:
        yield f"{s} {v.FAMILY_NAME} {literal(person.family)} .\n"
    for name in person.other_names:
        yield f"{s} {v.ALT_LABEL} {literal(name)} .\n"
    yield f"{s} {v.IDENTITY} {v.IDENTITY_STATUS[person.status]} .\n"
    for other in person.possibly_same:
        yield f"{s} {v.POSSIBLY_SAME} {mint.iri('person', other)} .\n"
    yield from derived(s, person.records, mint)


def organization_triples(organization: Organization, mint: Minter) -> Iterator[str]:
    """Yield the lines that state one organisation."""
    s = mint.iri("org", organization.key)
    yield f"{s} {v.TYPE} {v.ORGANIZATION} .\n{s} {v.NAME} {literal(organization.name)} .\n"
    yield f"{s} {v.IDENTITY} {v.IDENTITY_STATUS['name-only']} .\n"
    yield from derived(s, organization.records, mint)


def repository_triples(repository: Repository, mint: Minter) -> Iterator[str]:
    """Yield the lines that state one code repository."""
    s = mint.iri("repo", repository.key)
    yield f"{s} {v.TYPE} {v.CODE_REPOSITORY} .\n"
    yield f"{s} {v.REPOSITORY_NAME} {literal(repository.name)} .\n"
    yield f"{s} {v.REPOSITORY_URL} {terms.link(repository.url)} .\n"
    yield f"{s} {v.FORGE} {terms.link(f'https://{repository.host}/')} .\n"
    for owner in repository.possible_owners:
        yield f"{s} {v.POSSIBLE_OWNER} {mint.iri('person', owner)} .\n"
    yield from derived(s, repository.records, mint)


def artifact_triples(artifact: Artifact, mint: Minter) -> Iterator[str]:
    """Yield the lines that state one method or dataset."""
    s = mint.iri(artifact.kind, artifact.key)
    kind = v.METHOD if artifact.kind == "method" else v.DATASET
    yield f"{s} {v.TYPE} {kind} .\n{s} {v.PREF_LABEL} {literal(artifact.name)} .\n"
    for name in artifact.other_names:
        yield f"{s} {v.ALT_LABEL} {literal(name)} .\n"
    if artifact.family:
        yield f"{s} {v.IN_FAMILY} {mint.iri('family', artifact.family)} .\n"
    for before in artifact.succeeds:
        yield f"{s} {v.SUCCEEDS} {mint.iri(artifact.kind, before)} .\n"
    for repository in artifact.repositories:
        yield f"{s} {v.IMPLEMENTED_IN} {mint.iri('repo', repository)} .\n"
    yield from derived(s, artifact.records, mint)


def family_triples(family: Family, mint: Minter) -> Iterator[str]:
    """Yield the lines that state one family of versions."""
    s = mint.iri("family", family.key)
    yield f"{s} {v.TYPE} {v.METHOD_FAMILY} .\n{s} {v.PREF_LABEL} {literal(family.name)} .\n"
    yield from derived(s, family.records, mint)
