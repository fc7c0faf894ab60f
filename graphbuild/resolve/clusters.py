"""Union-find whose sets may be forbidden to join."""

from collections.abc import Hashable, Iterable, Mapping


class Clusters:
    """Disjoint sets of keys, joined step by step.

    A key may carry a *seat*: no set ever holds two keys with the same seat (two authors of one
    paper are two people). It may carry *marks*: no set ever holds two values of one mark (two
    ORCIDs are two people). Pairs can also be forbidden one by one.
    """

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._seat: dict[str, Hashable] = {}
        self._seats: dict[str, set[Hashable]] = {}
        self._marks: dict[str, dict[str, str]] = {}
        self._apart: dict[str, set[str]] = {}

    def add(
        self, key: str, seat: Hashable | None = None, marks: Mapping[str, str] | None = None
    ) -> None:
        """Add a key as a set of its own."""
        self._parent[key] = key
        if seat is not None:
            self._seat[key] = seat
        if marks:
            self._marks[key] = dict(marks)

    def __contains__(self, key: str) -> bool:
        return key in self._parent

    def find(self, key: str) -> str:
        """Return the key that stands for the set of this key."""
        while self._parent[key] != key:
            self._parent[key] = key = self._parent[self._parent[key]]
        return key

    def members(self, key: str) -> list[str]:
        """Return the keys of the set that a key stands for, see `find`."""
        return self._members.get(key) or [key]

    def forbid(self, left: str, right: str) -> None:
        """Keep two keys apart from now on."""
        self._apart.setdefault(left, set()).add(right)
        self._apart.setdefault(right, set()).add(left)

    def join(self, left: str, right: str) -> bool:
        """Join the sets of two keys; say whether they are one set now."""
        big, small = self.find(left), self.find(right)
        if big == small:
            return True
        if len(self.members(big)) < len(self.members(small)):
            big, small = small, big
        if self._seated(big, small) or self._forbidden(small, big):
            return False
        if not self._share_marks(big, small):
            return False
        seats = self._seats[big] = self._seats_of(big)
        seats |= self._seats_of(small)
        self._seats.pop(small, None)
        self._parent[small] = big
        joined = self._members.pop(small, None) or [small]
        self._members.setdefault(big, [big]).extend(joined)
        return True

    def sets(self) -> Iterable[list[str]]:
        """Return the sets, each sorted, in the order of their first keys."""
        roots = (key for key, parent in self._parent.items() if key == parent)
        return sorted(sorted(self.members(root)) for root in roots)

    def _seated(self, big: str, small: str) -> bool:
        """Say whether two sets hold keys with the same seat."""
        return not self._seats_of(big).isdisjoint(self._seats_of(small))

    def _seats_of(self, root: str) -> set[Hashable]:
        """Return the seats of a set; of a key by itself they are not kept as a set."""
        known = self._seats.get(root)
        if known is not None:
            return known
        return {self._seat[root]} if root in self._seat else set()

    def _share_marks(self, big: str, small: str) -> bool:
        """Give the big set the marks of the small one, unless they contradict each other."""
        new = self._marks.get(small)
        if new:
            old = self._marks.setdefault(big, {})
            if any(old.get(mark, value) != value for mark, value in new.items()):
                return False
            old.update(new)
        return True

    def _forbidden(self, small: str, big: str) -> bool:
        return any(
            self.find(other) == big
            for key in self.members(small)
            for other in self._apart.get(key, ())
        )
