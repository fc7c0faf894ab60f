"""What can go wrong, and with which exit status the command line ends.

The tree of exceptions:

* GraphBuildError (5)
  - InputError: an input cannot be read
    + RejectedRecordError (1): one of its records is malformed
    + UnknownFormatError: no reader knows what it is
  - PluginError: a reader that another package brings is broken
  - GraphError: a graph folder cannot be used
    + GraphLockedError: another process is writing it
  - MissingPackageError: an optional package is not installed
  - ShapesError: a shapes file cannot be used
  - QueryError (3): a query that cannot be run
    + QuerySyntaxError: with line and column
    + QueryRefusedError: an update, SERVICE, or a query that broke the engine
    + NoSuchQueryError: no canned query has this name
    + ParameterError: a value that a query's parameter does not take
  - EndpointError (6): a SPARQL endpoint on the web does not answer as it should
  - QueryTimeoutError (124): a query was stopped at its time limit
  - EntityError (4)
    + NoSuchEntityError: no entity by this name
    + AmbiguousEntityError: several entities by this name

Every message is one line: what is wrong, where, and what to do about it.
"""

from typing import Any, ClassVar


class GraphBuildError(Exception):
    """Root of all errors that graphbuild raises on purpose."""

    exit_code: ClassVar[int] = 5

    def __reduce__(self) -> tuple[Any, ...]:
        """Let an error travel between processes, whatever it is made from."""
        return _again, (type(self), self.args, self.__dict__)


def _again(
    kind: type[GraphBuildError], arguments: tuple[object, ...], attributes: dict[str, object]
) -> GraphBuildError:
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(attributes)
    return error


class InputError(GraphBuildError):
    """An input cannot be read.

    Attributes:
        location: the file as the user named it.
        line: the line the record starts at, from 1; None when the whole file is meant.
    """

    def __init__(self, reason: str, *, location: str, line: int | None = None) -> None:
        place = location if line is None else f"{location}:{line}"
        super().__init__(f"{place}: {reason}")
        self.location = location
        self.line = line


class RejectedRecordError(InputError):
    """A record of an input is malformed."""

    exit_code = 1


class UnknownFormatError(InputError):
    """No reader knows the format of an input, or there is nothing in it."""


class PluginError(GraphBuildError):
    """A reader that another package brings cannot be loaded, or fails."""


class ProfileError(GraphBuildError):
    """An export profile cannot be used."""


class GraphError(GraphBuildError):
    """A graph folder cannot be opened, written or replaced."""


class GraphLockedError(GraphError):
    """Another process is writing the graph folder."""


class MissingPackageError(GraphBuildError):
    """What was asked for needs a package that comes with an extra only.

    Args:
        package: its name.
        extra: the extra of graphbuild that brings it.
    """

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"this needs {package}: pip install 'graphbuild[{extra}]'")


class ShapesError(GraphBuildError):
    """A shapes file cannot be read or is not SHACL."""


class QueryError(GraphBuildError):
    """A query that cannot be run."""

    exit_code = 3


class QuerySyntaxError(QueryError):
    """A query that is not SPARQL.

    Attributes:
        line: where the parser stopped, from 1.
        column: where the parser stopped, from 1.
    """

    def __init__(self, reason: str, *, line: int, column: int) -> None:
        super().__init__(f"{line}:{column}: {reason}")
        self.line = line
        self.column = column


class QueryRefusedError(QueryError):
    """A query that is not run: an update, a SERVICE call, or one that broke the engine."""


class NoSuchQueryError(QueryError):
    """No canned query has this name."""


class ParameterError(QueryError):
    """A value that a query's parameter does not take."""


class QueryTimeoutError(GraphBuildError):
    """A query that was stopped at its time limit."""

    exit_code = 124


class EndpointError(GraphBuildError):
    """A SPARQL endpoint cannot be reached, refuses, or answers what is no whole answer."""

    exit_code = 6


class EntityError(GraphBuildError):
    """A name that does not stand for exactly one entity."""

    exit_code = 4


class NoSuchEntityError(EntityError):
    """No entity in the graph goes by this name."""


class AmbiguousEntityError(EntityError):
    """Several entities go by this name."""
