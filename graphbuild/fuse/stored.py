"""Records that are made once and lie in a file, so that memory holds no more than their places."""

import os
from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

import msgspec

T = TypeVar("T")

AT_A_TIME = 1 << 20
"""Bytes that are written at once."""


class Stored(Mapping[str, T], Generic[T]):
    """A mapping whose values lie in a file; the last one that was read is kept.

    It travels between processes, which each open the file for themselves.

    Args:
        path: the file, which `stored` wrote.
        places: the number of each key, in the order of the file.
        ends: where each value ends, 0 before the first.
        kind: type of the values.
    """

    def __init__(
        self, path: Path, places: dict[str, int], ends: "array[int]", kind: object
    ) -> None:
        self._path = path
        self._places = places
        self._ends = ends
        self._kind = kind
        self._descriptor: int | None = None
        self._decode = msgspec.msgpack.Decoder(kind).decode
        self._last: tuple[str, T] | None = None

    def __getitem__(self, key: str) -> T:
        last = self._last
        if last is None or last[0] != key:
            last = self._last = (key, self._read(self._places[key]))
        return last[1]

    def _read(self, place: int) -> T:
        if self._descriptor is None:
            self._descriptor = os.open(self._path, os.O_RDONLY)
        start = self._ends[place]
        value: T = self._decode(os.pread(self._descriptor, self._ends[place + 1] - start, start))
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def close(self) -> None:
        """Close the file; it opens again when a value is read."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> tuple[Any, ...]:
        return Stored, (self._path, self._places, self._ends, self._kind)


def stored(values: Mapping[str, T], path: Path, kind: object) -> Stored[T]:
    """Write values to a file and return the mapping that reads them from there.

    Args:
        values: each is asked for once, in order.
        path: the new file.
        kind: their type, as msgspec needs it to read them.

    Raises:
        OSError: the file cannot be written.
    """
    encode = msgspec.msgpack.Encoder().encode
    places: dict[str, int] = {}
    ends = array("q", [0])
    with path.open("wb", buffering=AT_A_TIME) as file:
        for place, key in enumerate(values):
            written = file.write(encode(values[key]))
            places[key] = place
            ends.append(ends[-1] + written)
    return Stored(path, places, ends, kind)
