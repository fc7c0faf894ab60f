"""Find the entities that were published under another key, or that their register replaced."""

from collections.abc import Iterator, Mapping

from graphbuild.entities import Former
from graphbuild.fuse.registers import Linker
from graphbuild.fuse.settling import PAPER, Keys, Words
from graphbuild.records import Redirect
from graphbuild.resolve.papers import Papers
from graphbuild.resolve.people import People
from graphbuild.resolve.published import Kept, Settled


def fuse_former(
    found: Papers, people: People, keys: Keys, redirects: tuple[Redirect, ...]
) -> dict[str, Former]:
    """Return what was an entity of its own, by the kind and the key that it had.

    Args:
        found: which records are which paper.
        people: who is who.
        keys: the keys of all that is neither.
        redirects: identifiers that registers replaced.
    """
    words = keys.words
    moved = {"person": people.kept} | {kind: each.kept for kind, each in keys.settled.items()}
    former = [
        *_papers(found, words),
        *_no_works(keys.settled["work"], words),
        *(each for kind, kept in moved.items() for each in _moved(kind, kept, words, found)),
        *_replaced(found, people, redirects, keys),
    ]
    return dict(sorted((f"{each.kind}/{each.key}", each) for each in former))


def _moved(kind: str, kept: Kept, words: Words, found: Papers) -> Iterator[Former]:
    """Yield what moved; a volume may have a record of its own now, which makes it a paper's."""
    for old, now in kept.moved.items():
        into = words.now(now) if kind == "volume" and now in found.groups else kind
        yield Former(kind, old, now, into)


def _no_works(works: Settled, words: Words) -> Iterator[Former]:
    """Yield works of what turned out to be data, a volume or software, which have none."""
    for key, members in works.anchors.items():
        papers = list(members)
        if all(words.now(each) != PAPER for each in papers):
            yield Former("work", works.kept.keys[key], papers[0], words.now(papers[0]))


def _papers(found: Papers, words: Words) -> Iterator[Former]:
    """Yield papers that have another key now, or that turned out to be data, say."""
    for old in dict.fromkeys((*words.papers(), *found.kept.moved)):
        now = old if old in found.groups else found.kept.moved.get(old)
        if now is not None:
            for word in words.old(old) or [words.now(now)]:
                if (word, old) != (words.now(now), now):
                    yield Former(word, old, now, words.now(now))


def _replaced(
    found: Papers, people: People, redirects: tuple[Redirect, ...], keys: Keys
) -> Iterator[Former]:
    holders = _holders(people) if redirects else {}
    for each in redirects:
        paper = found.by_id.get(each.new)
        for kind, now in (
            (keys.words.now(paper) if paper else PAPER, paper),
            ("person", holders.get(each.new)),
            ("org", _organization(each.new, keys.linker)),
        ):
            if now is not None and now != each.old:
                yield Former(kind, each.old, now, kind, each.date)


def _holders(people: People) -> Mapping[str, str]:
    """Return the person of each identifier."""
    holders = {i: key for key, group in people.members.items() for m in group for i in m.ids}
    return holders | {
        i: key for key, authors in people.registered.items() for a in authors for i in a.ids
    }


def _organization(known: str, linker: Linker) -> str | None:
    return linker.organizations.key((known,)) if known in linker.organizations else None
