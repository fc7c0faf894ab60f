"""Keep the keys under which entities were published: an IRI that was given out stays.

Each build keeps what identified its entities, and under which keys. The next build gives
an entity the key that it had, also when a stronger identifier has arrived meanwhile. Where two
published entities turn out to be one, or a key is no longer given, the old key leads to the new.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

WORD = "word"
"""Kind of the anchors that say by which word in its IRI a paper was published: ``data/KEY``."""

KEY = "="
"""Starts an anchor that is the key of an entity."""


class Anchor(msgspec.Struct, frozen=True, order=True):
    """Something that identifies an entity: an identifier, a mention, or a key that it once had."""

    kind: str
    anchor: str
    key: str


@dataclass(frozen=True)
class Published:
    """What an earlier build published.

    Attributes:
        keys: for each kind the key of each anchor.
    """

    keys: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, kind: str) -> Mapping[str, str]:
        """Return the published key of each anchor of one kind."""
        return self.keys.get(kind, {})


@dataclass(frozen=True)
class Kept:
    """Which keys the entities of a build have.

    Attributes:
        keys: the key that each entity has, by the key that it would have without history.
        moved: where keys lead that were published and are no entity's any more.
    """

    keys: Mapping[str, str]
    moved: Mapping[str, str]


@dataclass(frozen=True)
class Settled:
    """What identifies the entities of one kind, and which keys they have.

    Attributes:
        anchors: of each entity, under the key that it would have without history.
        kept: the keys that they have.
    """

    anchors: Mapping[str, Iterable[str]] = field(default_factory=dict)
    kept: Kept = field(default_factory=lambda: Kept({}, {}))


def published_of(anchors: Iterable[Anchor]) -> Published:
    """Return what was published, by kind."""
    keys: dict[str, dict[str, str]] = {}
    for each in anchors:
        keys.setdefault(each.kind, {})[each.anchor] = each.key
    return Published(keys)


def keep(
    found: Mapping[str, Iterable[str]], published: Mapping[str, str], fixed: Container[str] = ()
) -> Kept:
    """Return the keys that entities have, those published before if possible.

    An entity keeps the key that most of its anchors had, unless another entity would have that
    key without history.

    Args:
        found: the anchors of each entity, under the key that it would have without history.
        published: the published key of each anchor.
        fixed: keys of entities that have them whatever was published.
    """
    if not published:
        return Kept({key: key for key in found}, {})
    claims = {
        key: Counter(published[each] for each in (KEY + key, *anchors) if each in published)
        for key, anchors in found.items()
    }
    keys = {key: key for key in found}
    taken = {key for key, counts in claims.items() if key in counts or key in fixed}
    wanted = sorted(
        (-count, old, key)
        for key, counts in claims.items()
        if key not in taken
        for old, count in counts.items()
        if old not in found
    )
    for _, old, key in wanted:
        if keys[key] == key and old not in taken:
            keys[key] = old
            taken.add(old)
    return Kept(keys, _moved(claims, keys, published))


def _moved(
    claims: Mapping[str, Counter[str]], keys: Mapping[str, str], published: Mapping[str, str]
) -> dict[str, str]:
    """Return where published keys lead that are no entity's any more: where most anchors went."""
    current = set(keys.values())
    heirs: dict[str, tuple[int, str]] = {}
    for key, counts in claims.items():
        for old, count in counts.items():
            heirs[old] = min(heirs.get(old, (0, "")), (-count, keys[key]))
    moved: dict[str, str] = {}
    for anchor, led in published.items():
        old = anchor.removeprefix(KEY)
        if old != anchor and old not in current:
            now = led if led in current else heirs.get(led, (0, ""))[1]
            moved |= {old: now} if now else {}
    return dict(sorted(moved.items()))


def anchors_of(kind: str, found: Mapping[str, Iterable[str]], kept: Kept) -> Iterator[Anchor]:
    """Yield what the next build needs to know of one kind.

    Args:
        kind: of the entities, a word such as ``paper``.
        found: the anchors of each entity, under the key that it would have without history.
        kept: the keys that they have.
    """
    for key, known in found.items():
        now = kept.keys[key]
        for anchor in dict.fromkeys((KEY + now, *known)):
            yield Anchor(kind, anchor, now)
    for old, now in kept.moved.items():
        yield Anchor(kind, KEY + old, now)
