"""Read YAML as text with places: every value keeps the line at which it stands.

All scalars stay text, so that version 1.10 is not the number 1.1; tags are not obeyed, and an
anchor that refers to itself does no harm, because only what is asked for is visited.
"""

from collections.abc import Iterator

import yaml

from graphbuild.sources.files import damage

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""That of libyaml is twenty times as fast; not every build of PyYAML has it."""

NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


class PlaceError(ValueError):
    """Something in a text is not what it should be.

    Attributes:
        line: where, from 1.
    """

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


class Node:
    """A mapping, list or scalar of a YAML text.

    Attributes:
        line: where it starts, from 1.
        node: as the parser composed it.
        path: the keys that lead to it, joined by full stops.
    """

    def __init__(self, node: yaml.Node, path: str = "") -> None:
        self.node = node
        self.line = node.start_mark.line + 1
        self.path = path

    def keys(self) -> list[str]:
        """Return the keys of a mapping.

        Raises:
            PlaceError: it is no mapping.
        """
        return list(self._fields())

    def child(self, key: str) -> "Node | None":
        """Return what a mapping holds under a key, None for nothing or null.

        Raises:
            PlaceError: it is no mapping.
        """
        node = self._fields().get(key)
        found = None if node is None else Node(node, f"{self.path}.{key}".lstrip("."))
        return None if found is None or found.is_null() else found

    def text(self, key: str) -> str:
        """Return the text under a key, or nothing.

        Raises:
            PlaceError: something else than text is there.
        """
        found = self.child(key)
        return found.scalar() if found else ""

    def is_list(self) -> bool:
        """Say whether it is a list."""
        return isinstance(self.node, yaml.SequenceNode)

    def members(self) -> Iterator["Node"]:
        """Yield the members of a list.

        Raises:
            PlaceError: it is no list.
        """
        if not isinstance(self.node, yaml.SequenceNode):
            raise PlaceError(f"{self.path or 'the file'} must be a list", self.line)
        for number, member in enumerate(self.node.value, 1):
            yield Node(member, f"{self.path}[{number}]")

    def each(self, key: str) -> Iterator["Node"]:
        """Yield the members of the list under a key.

        Raises:
            PlaceError: something else than a list is there.
        """
        found = self.child(key)
        if found is None:
            return
        yield from found.members()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list under a key; a text that stands alone is a list of one.

        Raises:
            PlaceError: something else is there.
        """
        found = self.child(key)
        if found is None:
            return ()
        if isinstance(found.node, yaml.ScalarNode):
            return (found.scalar(),)
        return tuple(filter(None, (member.scalar() for member in self.each(key))))

    def scalar(self) -> str:
        """Return the text.

        Raises:
            PlaceError: it is a mapping or list.
        """
        if not isinstance(self.node, yaml.ScalarNode):
            raise PlaceError(f"{self.path} must be a text", self.line)
        return "" if self.is_null() else str(self.node.value).strip()

    def is_null(self) -> bool:
        """Say whether it is null or empty."""
        node = self.node
        return (
            isinstance(node, yaml.ScalarNode)
            and (not node.style or not node.value)
            and node.value in NOTHING
        )

    def _fields(self) -> dict[str, yaml.Node]:
        if not isinstance(self.node, yaml.MappingNode):
            raise PlaceError(f"{self.path or 'the file'} must be a mapping", self.line)
        return {str(key.value): value for key, value in self.node.value}


def yaml_document(text: str) -> Node:
    """Return the one document of a YAML text.

    Raises:
        PlaceError: it is no YAML, holds nothing, or is nested beyond all measure.
    """
    wrong = damage(text)
    if wrong:
        raise PlaceError(wrong, 1)
    try:
        node = yaml.compose(text, LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        reason = error.problem or error.context or ""
        deep = "nesting depth" in reason  # so says libyaml
        raise PlaceError("nested too deeply" if deep else f"no YAML: {reason}", line) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise PlaceError(f"no YAML: {error.reason}", line) from error
    except RecursionError as error:
        raise PlaceError("nested too deeply", 1) from error
    if node is None:
        raise PlaceError("the file holds nothing", 1)
    return Node(node)
