"""Tell which fields of a record a reader reads, for the audit of a source.

A path names a field: ``authorships[].author.orcid`` in JSON, ``paper/author/@id`` in XML. A field
that is empty states nothing and is not listed.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Protocol

from msgspec import inspect

Fields = Mapping[str, bool]
"""The fields that one record states, by path, and whether the reader reads them."""


EMPTY: tuple[object, ...] = (None, "", [], {})
"""What states nothing."""


class Element(Protocol):
    """What `xml_fields` needs of an element of ElementTree or lxml."""

    @property
    def tag(self) -> Any:  # noqa: ANN401 - a comment of lxml has a function here
        """Name, perhaps with its namespace."""

    @property
    def attrib(self) -> Any:  # noqa: ANN401 - lxml has a type of its own
        """Attributes by name."""

    def __iter__(self) -> Iterator[Any]:
        """Yield the elements inside."""


def json_fields(record: object, kind: Any) -> Fields:  # noqa: ANN401 - a type or a union
    """Return the fields of a record in JSON.

    Args:
        record: decoded.
        kind: the msgspec struct that the reader decodes it to, or a union. A field that is a
            dictionary, `Any` or `msgspec.Raw` there is read whole.

    >>> import msgspec
    >>> class Work(msgspec.Struct):
    ...     title: str
    ...     ids: list[str] = []
    >>> json_fields({"title": "x", "ids": ["a"], "zzz": {"y": 1}, "empty": None}, Work)
    {'title': True, 'ids': True, 'zzz': False}
    """
    found: dict[str, bool] = {}
    _walk(record, _types(kind), "", found)
    return found


def named_fields(names: Iterable[str], used: Container[str]) -> Fields:
    """Return the fields of a record that is a list of names with values.

    Args:
        names: of the fields that the record states.
        used: the names that the reader knows.
    """
    return {name: name in used for name in names}


def xml_fields(
    element: Element, used: Container[str], whole: Container[str] = frozenset()
) -> Fields:
    """Return the fields of a record in XML: elements and attributes, without namespaces.

    Args:
        element: of the record.
        used: what the reader knows: ``title`` or ``@id`` anywhere, ``author/@id`` in that parent.
        whole: names of elements that are read as text, with the markup in them.
    """
    found: dict[str, bool] = {}
    name = _local(element.tag)
    if name:
        _descend(element, name, used, whole, found)
    return found


def _walk(
    value: object, kinds: tuple[inspect.Type, ...], path: str, found: dict[str, bool]
) -> None:
    if isinstance(value, list):
        items = _items(kinds)
        for each in value if items else ():
            _walk(each, items, f"{path}[]", found)
    elif isinstance(value, dict) and (known := _known(kinds)) is not None:
        for name, inner in value.items():
            if inner not in EMPTY:
                place = f"{path}.{name}" if path else name
                found[place] = found.get(place, False) or name in known
                _walk(inner, known.get(name, ()), place, found)


@cache
def _types(kind: Any) -> tuple[inspect.Type, ...]:  # noqa: ANN401 - a type or a union
    return _flat(inspect.type_info(kind))


def _flat(kind: inspect.Type) -> tuple[inspect.Type, ...]:
    if isinstance(kind, inspect.UnionType):
        return tuple(inner for each in kind.types for inner in _flat(each))
    return _flat(kind.type) if isinstance(kind, inspect.Metadata) else (kind,)


def _items(kinds: tuple[inspect.Type, ...]) -> tuple[inspect.Type, ...]:
    """Return what the items of a list may be; nothing where they are read whole."""
    lists = (inspect.ListType, inspect.VarTupleType, inspect.SetType, inspect.FrozenSetType)
    return tuple(
        each for kind in kinds if isinstance(kind, lists) for each in _flat(kind.item_type)
    )


def _known(kinds: tuple[inspect.Type, ...]) -> dict[str, tuple[inspect.Type, ...]] | None:
    """Return the fields that structs know, with their types; None where all is read whole."""
    structs = tuple(kind.cls for kind in kinds if isinstance(kind, inspect.StructType))
    return _struct_fields(structs) if structs else None


@cache
def _struct_fields(structs: tuple[type, ...]) -> dict[str, tuple[inspect.Type, ...]]:
    known: dict[str, tuple[inspect.Type, ...]] = {}
    for struct in map(inspect.type_info, structs):
        assert isinstance(struct, inspect.StructType)  # noqa: S101 - for the type checker
        if struct.tag_field:
            known[struct.tag_field] = ()
        for field in struct.fields:
            known[field.encode_name] = known.get(field.encode_name, ()) + _flat(field.type)
    return known


def _descend(
    element: Element,
    path: str,
    used: Container[str],
    whole: Container[str],
    found: dict[str, bool],
) -> None:
    parent = path.rpartition("/")[2]
    inside = [(f"@{_local(name)}", None) for name, value in element.attrib.items() if value]
    if parent not in whole:
        inside += [(name, each) for each in element if (name := _local(each.tag))]
    for name, each in inside:
        place = f"{path}/{name}"
        reads = name in used or f"{parent}/{name}" in used
        found[place] = found.get(place, False) or reads
        if reads and each is not None:
            _descend(each, place, used, whole, found)


def _local(tag: object) -> str:
    """Return a name without its namespace; nothing for comments and instructions."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
