"""Records that are made when they are asked for: all of them together need not fit in memory."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")


class Lazy(Mapping[str, T]):
    """A mapping whose values are made on each access; the last one is kept.

    Args:
        keys: the keys in the order in which iteration yields them.
        make: makes the value of a key, the same at every call.
    """

    def __init__(self, keys: Collection[str], make: Callable[[str], T]) -> None:
        self._keys = keys
        self._make = make
        self._last: tuple[str, T] | None = None

    def __getitem__(self, key: str) -> T:
        last = self._last
        if last is None or last[0] != key:
            if key not in self._keys:
                raise KeyError(key)
            last = self._last = (key, self._make(key))
        return last[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, key: object) -> bool:
        return key in self._keys
