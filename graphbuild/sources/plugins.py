"""Readers that other packages bring, by entry points of the group ``graphbuild.sources``.

Which there are, the metadata of the installed packages says; the code of one is imported only when
an input needs it. Whatever goes wrong in it is reported as the plug-in's fault, by name.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import TracebackType

from graphbuild.errors import GraphBuildError, PluginError
from graphbuild.records import Record, Source
from graphbuild.sources.fields import Fields
from graphbuild.sources.files import Head, InputFile
from graphbuild.sources.formats import Format

GROUP = "graphbuild.sources"


class Blame:
    """A block in which any error that is not one of ours becomes a `PluginError`.

    Args:
        plugin: what to call the culprit.
    """

    def __init__(self, plugin: str) -> None:
        self._plugin = plugin

    def __enter__(self) -> None:
        """Start the block."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Name the plug-in; Ctrl-C and the like pass."""
        if isinstance(error, Exception) and not isinstance(error, GraphBuildError):
            said = f"{type(error).__name__}: {error}"
            raise PluginError(f"{self._plugin} is broken ({said}); tell its authors") from error


@cache
def plugins() -> dict[str, EntryPoint]:
    """Return the entry points by the names of their formats, without importing any."""
    return {each.name: each for each in sorted(entry_points(group=GROUP), key=_title)}


@cache
def plugin(name: str) -> Format:
    """Import the reader of a format; what it does wrong is reported by its name.

    Raises:
        PluginError: it cannot be imported, or is no `Format` of this name.
    """
    title = _title(plugins()[name])
    with Blame(title):
        loaded = plugins()[name].load()
    if not isinstance(loaded, Format) or loaded.name != name:
        raise PluginError(f"{title} is broken (it is no Format named {name!r}); tell its authors")
    return _guarded(loaded, title)


def _title(entry: EntryPoint) -> str:
    package = f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.value
    return f"plug-in {entry.name!r} of {package}"


def _guarded(plain: Format, title: str) -> Format:
    def recognises(start: Head) -> bool:
        with Blame(title):
            return bool(plain.recognises(start))

    def read(file: InputFile, captured: date | None) -> Iterator[Record]:
        with Blame(title):
            for number, record in enumerate(plain.read(file, captured)):
                if not isinstance(record, Record if number else Source):
                    what = "a record" if number else "the Source of the input"
                    raise TypeError(f"yields {type(record).__name__}, not {what}")
                yield record

    def fields(file: InputFile) -> Iterator[Fields]:
        with Blame(title):
            yield from plain.fields(file) if plain.fields else ()

    return plain._replace(recognises=recognises, read=read, fields=fields if plain.fields else None)
