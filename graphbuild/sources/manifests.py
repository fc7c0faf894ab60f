"""Keep to what the manifests in folders list, as OpenAlex's snapshot brings one for each kind.

A file beside a manifest that does not list it is no part of the snapshot: another download, or what
an older snapshot left behind. A file that is listed and not there was not downloaded.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from graphbuild.sources.files import InputFile


class Listed(NamedTuple):
    """What the manifests of the inputs say.

    Attributes:
        unlisted: files in a folder with a manifest that does not list them.
        missing: files that a manifest lists and that are not there.
    """

    unlisted: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def compared(
    files: Iterable[InputFile], manifests: Iterable[tuple[InputFile, Iterable[str]]]
) -> Listed:
    """Compare what is there with what manifests list.

    Args:
        files: the inputs; those that the user named are never unlisted.
        manifests: each manifest with the addresses that it lists. A manifest that the user named
            by itself says nothing: its folder was not asked for.
    """
    there = {_place(each.location): each for each in files}
    unlisted: dict[str, None] = {}
    missing: dict[str, None] = {}
    for manifest, addresses in manifests:
        if not manifest.inside:
            continue
        location = _place(manifest.location)
        folder = location.removesuffix(manifest.name)
        wanted = {_place(folder + tail_of(each, folder)): each for each in addresses}
        missing |= {
            folder + tail_of(each, folder): None
            for place, each in wanted.items()
            if place not in there
        }
        unlisted |= {
            file.location: None
            for place, file in there.items()
            if file.inside
            and place.startswith(folder)
            and place not in wanted
            and place != location
        }
    return Listed(tuple(unlisted), tuple(each for each in missing if not Path(each).exists()))


def _place(location: str) -> str:
    """Return where a file lies, unpacked or not."""
    return location.replace("\\", "/").removesuffix(".gz")


def tail_of(address: str, folder: str) -> str:
    """Return where a listed file lies below the folder of its manifest.

    It is what follows the folder's own name in the address; where somebody renamed the folder, the
    last two parts, as snapshots have one level of folders.

    >>> tail_of("s3://openalex/data/works/updated_date=2023-05-16/part_000.gz", "snapshot/works/")
    'updated_date=2023-05-16/part_000.gz'
    """
    parts = address.split("/")
    name = folder.rstrip("/").rpartition("/")[2].rpartition(":")[2]
    if name in parts[:-1]:
        last = max(place for place, part in enumerate(parts[:-1]) if part == name)
        return "/".join(parts[last + 1 :])
    return "/".join(parts[-2:])
