"""Turn rows into columns with types: Arrow tables, and through them data frames and Parquet.

Needs pyarrow, which ``pip install 'graphbuild[frames]'`` brings.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from typing import Any, BinaryIO

from graphbuild.errors import MissingPackageError

Cell = str | int | float | Decimal | bool | date | datetime | None

LARGEST = 2**63
NUMBERS = {int, float, Decimal}


def arrow_table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Any:  # noqa: ANN401
    """Return rows as a ``pyarrow.Table``.

    A column whose values are of one kind has that type: bool, int64, float64 (whole and other
    numbers together, and decimals, too), date32, timestamp, string. What is mixed otherwise, or
    too large for its type, becomes text. What a row does not state is null.

    Raises:
        MissingPackageError: pyarrow is not installed.
    """
    pa = package("pyarrow")
    content = list(rows)
    arrays = [_array(pa, [row[index] for row in content]) for index in range(len(columns))]
    return pa.table(arrays, names=list(columns))


def write_parquet(columns: Sequence[str], rows: Iterable[Sequence[Cell]], sink: BinaryIO) -> None:
    """Write rows as a Parquet file. Raises as `arrow_table` does."""
    package("pyarrow.parquet").write_table(arrow_table(columns, rows), sink)


def write_arrow(columns: Sequence[str], rows: Iterable[Sequence[Cell]], sink: BinaryIO) -> None:
    """Write rows as an Arrow IPC file, also called Feather. Raises as `arrow_table` does."""
    table = arrow_table(columns, rows)
    with package("pyarrow").ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def package(name: str) -> Any:  # noqa: ANN401 - any module
    """Return an optional package of the extra ``frames``.

    Raises:
        MissingPackageError: it is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingPackageError(name.partition(".")[0], "frames") from error


def _array(pa: Any, values: list[Any]) -> Any:  # noqa: ANN401
    type_of = _type(pa, {type(value) for value in values if value is not None})
    if type_of is None or (type_of == pa.int64() and _is_too_large(values)):
        return pa.array([None if value is None else str(value) for value in values], pa.string())
    if type_of == pa.float64():
        values = [None if value is None else float(value) for value in values]
    return pa.array(values, type_of)


def _type(pa: Any, kinds: set[type]) -> Any:  # noqa: ANN401
    if kinds and kinds <= NUMBERS and kinds != {int}:
        return pa.float64()
    types: dict[type, Callable[[], Any]] = {
        bool: pa.bool_,
        int: pa.int64,
        date: pa.date32,
        datetime: lambda: pa.timestamp("us", tz="UTC"),
        str: pa.string,
    }
    return types[kinds.pop()]() if len(kinds) == 1 else None


def _is_too_large(values: list[Any]) -> bool:
    return any(value is not None and abs(value) >= LARGEST for value in values)
