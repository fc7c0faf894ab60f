"""Write the fused records as Parquet tables, one per record type, for data frames and rankings."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

from graphbuild.store.engine import engine

TYPES = {
    inspect.StrType: "VARCHAR",
    inspect.IntType: "BIGINT",
    inspect.FloatType: "DOUBLE",
    inspect.BoolType: "BOOLEAN",
    inspect.LiteralType: "VARCHAR",
}


def row(iri: str, record: msgspec.Struct) -> bytes:
    """Return the line of an entity that `write_table` makes a row of.

    Args:
        iri: the entity, without angle brackets.
        record: what the table says of it.
    """
    fields = msgspec.json.encode(record).removeprefix(b"{")
    comma = b"" if fields == b"}" else b","
    return b'{"iri":' + msgspec.json.encode(iri) + comma + fields + b"\n"


class Kept(NamedTuple):
    """Rows that are taken over from the table of a build before: those of these entities."""

    table: Path
    iris: Sequence[str]


def write_table(
    target: Path, kind: type[msgspec.Struct], rows: Sequence[Path], kept: Kept | None = None
) -> None:
    """Write records as one Parquet file: column ``iri``, then a column for each field.

    Lists become lists and parts become structs; an absent value is NULL, an empty text too.

    Args:
        target: the file to write.
        kind: type of the records, which gives the columns, also where there is no record.
        rows: files of lines that `row` made.
        kept: further rows.

    Raises:
        GraphError: the file cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    columns = {"iri": "VARCHAR"} | {
        field.encode_name: _sql_type(inspect.type_info(_hints(kind)[field.name]))
        for field in msgspec.structs.fields(kind)
    }
    listed = ", ".join(f"\"{name}\": '{sql}'" for name, sql in columns.items())
    none = ", ".join(f'NULL::{sql} AS "{name}"' for name, sql in columns.items())
    source = (
        f"FROM read_json([{', '.join(map(_quoted, rows))}], columns = {{{listed}}}, "
        "format = 'newline_delimited', maximum_object_size = 100000000)"
        if rows
        else f"SELECT {none} LIMIT 0"
    )
    iris = []
    if kept:
        source = f"{source} UNION ALL FROM {_quoted(kept.table)} WHERE iri IN (SELECT unnest($1))"
        iris = [list(kept.iris)]
    with engine(f"{target}: cannot be written") as connection:
        connection.execute(
            f"COPY ({source}) TO {_quoted(target)} (FORMAT parquet, COMPRESSION zstd)", iris
        )


def _quoted(path: Path) -> str:
    text = str(path).replace("'", "''")
    return f"'{text}'"


def _hints(kind: type[msgspec.Struct]) -> dict[str, Any]:
    return {field.name: field.type for field in msgspec.structs.fields(kind)}


def _sql_type(kind: inspect.Type) -> str:
    """Return the SQL type that holds every value of a record's field."""
    if isinstance(kind, inspect.UnionType):
        plain = [option for option in kind.types if not isinstance(option, inspect.NoneType)]
        return _sql_type(plain[0]) if len(plain) == 1 else "VARCHAR"
    if isinstance(kind, inspect.VarTupleType):
        return f"{_sql_type(kind.item_type)}[]"
    if isinstance(kind, inspect.TupleType):
        return "VARCHAR[]"
    if isinstance(kind, inspect.StructType):
        parts = ", ".join(f'"{field.encode_name}" {_sql_type(field.type)}' for field in kind.fields)
        return f"STRUCT({parts})"
    return TYPES[type(kind)]
