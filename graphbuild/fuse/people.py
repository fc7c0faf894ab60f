"""Make one record of each person."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from graphbuild.entities import Person
from graphbuild.fuse.lazy import Lazy
from graphbuild.names import split_name
from graphbuild.parts import IdentityStatus, OrganizationName
from graphbuild.records import Author
from graphbuild.resolve.mentions import Mention
from graphbuild.resolve.people import People

T = TypeVar("T")
OrganizationKey = Callable[[OrganizationName], str]


def fuse_people(
    people: People, records: Mapping[str, tuple[str, ...]], organization: OrganizationKey
) -> Mapping[str, Person]:
    """Return the record of each person under the person's key, made when it is asked for.

    Args:
        people: who is who.
        records: keys of the source records of each paper.
        organization: gives the key of an organisation that a record names.
    """
    near: defaultdict[str, set[str]] = defaultdict(set)
    for left, right in people.undecided:
        near[left].add(right)
        near[right].add(left)
    return Lazy(
        dict.fromkeys(sorted(people.members)),
        lambda key: _person(key, people, records, tuple(sorted(near.get(key, ()))), organization),
    )


def person_of_register(key: str, author: Author, organization: OrganizationKey) -> Person:
    """Return a person as one register describes the person."""
    people = People({key: ()}, {}, (), {}, (), {key: (author,)})
    return _person(key, people, {}, (), organization)


def _person(
    key: str,
    people: People,
    sources: Mapping[str, tuple[str, ...]],
    near: tuple[str, ...],
    organization: OrganizationKey,
) -> Person:
    mentions, authors = people.members[key], people.registered.get(key, ())
    ids = _united([m.ids for m in mentions], [a.ids for a in authors])
    name, given, family = _name(mentions, authors)
    own = tuple(sorted({mention.paper for mention in mentions}))
    records = {record for paper in own for record in sources[paper]}
    records |= {author.origin.record for author in authors}
    spellings = {m.written for m in mentions} | {
        n for a in authors for n in (a.name, *a.other_names)
    }
    affiliations = [each for author in authors for each in author.affiliations]
    return Person(
        key=key,
        name=name,
        given=given,
        family=family,
        other_names=tuple(sorted(spellings - {name, ""})),
        status=_status(ids, mentions),
        possibly_same=near,
        papers=own,
        records=tuple(sorted(records)),
        ids=ids,
        malformed_ids=_united([author.malformed_ids for author in authors]),
        affiliations=tuple(
            dict.fromkeys(organization(o) for a in affiliations for o in a.organizations)
        ),
        affiliations_written=tuple(
            dict.fromkeys(a.written for a in affiliations if a.written and not a.organizations)
        ),
        urls=_united([author.urls for author in authors]),
        counts=_united([author.counts for author in authors]),
        mixed=people.mixed.get(key, ""),
    )


def _united(*lists: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(value for values in lists for each in values for value in each))


def _status(ids: tuple[object, ...], mentions: tuple[Mention, ...]) -> IdentityStatus:
    if ids:
        return "identified"
    return "joined" if len(mentions) > 1 else "name-only"


def _name(
    mentions: tuple[Mention, ...], authors: tuple[Author, ...]
) -> tuple[str, str | None, str | None]:
    """Return the name that a register prefers, or else the spelling that is used most."""
    registered = [author for author in authors if author.name]
    if registered:
        best = min(registered, key=lambda author: (not author.family, author.origin.record))
        given, family = split_name(best.name)
        return best.name, best.given or given, best.family or family
    spellings = Counter(mention.written for mention in mentions) or Counter([""])
    name = max(spellings, key=lambda spelling: (spellings[spelling], len(spelling), spelling))
    given, family = split_name(name)
    return name, given, family
