"""Find the entities that were published under another key, or that their register replaced."""

from collections.abc import Iterable, Iterator, Mapping

from graphbuild.entities import Former
from graphbuild.fuse.registers import Linker
from graphbuild.records import Redirect
from graphbuild.resolve.papers import Papers
from graphbuild.resolve.people import People


def fuse_former(
    found: Papers, people: People, redirects: Iterable[Redirect], linker: Linker
) -> dict[str, Former]:
    """Return what was an entity of its own, by the kind and the key that it had.

    Args:
        found: which records are which paper.
        people: who is who.
        redirects: identifiers that registers replaced.
        linker: gives the keys of organisations.
    """
    former = {f"{each.kind}/{each.key}": each for each in _moved(found, people)}
    for each in _replaced(found, people, tuple(redirects), linker):
        former[f"{each.kind}/{each.key}"] = each
    return dict(sorted(former.items()))


def _moved(found: Papers, people: People) -> Iterator[Former]:
    for kind, moved in (("paper", found.kept.moved), ("person", people.kept.moved)):
        yield from (Former(kind, old, now) for old, now in moved.items())


def _replaced(
    found: Papers, people: People, redirects: tuple[Redirect, ...], linker: Linker
) -> Iterator[Former]:
    holders = _holders(people) if redirects else {}
    for each in redirects:
        for kind, now in (
            ("paper", found.by_id.get(each.new)),
            ("person", holders.get(each.new)),
            ("org", _organization(each.new, linker)),
        ):
            if now is not None and now != each.old:
                yield Former(kind, each.old, now, each.date)


def _holders(people: People) -> Mapping[str, str]:
    """Return the person of each identifier."""
    holders = {i: key for key, group in people.members.items() for m in group for i in m.ids}
    return holders | {
        i: key for key, authors in people.registered.items() for a in authors for i in a.ids
    }


def _organization(known: str, linker: Linker) -> str | None:
    return linker.organizations.key((known,)) if known in linker.organizations else None
