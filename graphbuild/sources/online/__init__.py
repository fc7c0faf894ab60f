"""Inputs from the web, only where the user names an address: fetched politely, kept, resumed."""

from collections.abc import Callable
from pathlib import Path

from graphbuild.sources.files import Fetch


def fetcher(folder: Path, tell: Callable[[str], None]) -> Fetch:
    """Return what fetches the pages of an address for `find_inputs`.

    Args:
        folder: keeps the pages, so that the next attempt goes on from there.
        tell: is told what is being fetched and waited for.
    """

    def fetch(url: str) -> list[tuple[str, Path]]:
        from graphbuild.sources.online.client import Client  # few builds need an HTTP library
        from graphbuild.sources.online.download import downloaded

        return downloaded(url, folder, Client(tell))

    return fetch
