"""Let queries and updates reach only those hosts that are allowed."""

from collections.abc import Collection, Iterator
from itertools import pairwise
from urllib.parse import urlsplit

from graphbuild.errors import QueryRefusedError
from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.query.syntax import Token, declared_prefixes, significant

CALLS = ("SERVICE", "LOAD")


def refuse_hosts(text: str, allowed: Collection[str] = ()) -> None:
    """Raise if a query or update reaches for a host that is not allowed.

    Args:
        text: the query or update.
        allowed: names of hosts, each may be with its port: ``example.org``, ``localhost:7878``.

    Raises:
        QueryRefusedError: it calls SERVICE or LOAD for another host, or for one that only its
            evaluation tells.
    """
    for call, place in _called(text):
        name, _, path = place.text.partition(":")
        address = place.text[1:-1]
        if place.kind == "pname":
            address = {**PREFIXES, **declared_prefixes(text)}.get(name, "") + path
        elif place.kind != "iri":
            raise QueryRefusedError(
                f"{call} {place.text} is refused: it must name its address, so that it is known "
                "where the query goes"
            )
        if not _is_allowed(address, allowed):
            raise QueryRefusedError(
                f"{call} <{address}> is refused: only hosts that are allowed are asked; "
                f"allow it with --allow-host {_host(address) or 'HOST'}"
            )


def _called(text: str) -> Iterator[tuple[str, Token]]:
    found = [token for token in significant(text) if not token.is_word("SILENT")]
    for word, place in pairwise([*found, Token("other", "", 0)]):
        if word.is_word(*CALLS):
            yield word.text.upper(), place


def _is_allowed(address: str, allowed: Collection[str]) -> bool:
    if "\\" in address or not address.startswith(("http://", "https://")):
        return False
    hosts = {each.lower() for each in allowed}
    name = (urlsplit(address).hostname or "").lower()
    return bool(name) and (name in hosts or _host(address) in hosts)


def _host(address: str) -> str:
    """Return host and port of an address, in lower case, without a user's name."""
    return urlsplit(address).netloc.rpartition("@")[2].lower()
