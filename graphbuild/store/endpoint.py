"""SPARQL endpoints: what is known of one, and the names that a user gives them.

Names stand in ``endpoints.toml`` in the user's settings folder, one table each:

    [library]
    url = "https://kg.example.org/sparql"
    user = "reader"                    # optional
    password_env = "LIBRARY_PASSWORD"  # name of the environment variable that holds it
    token_env = "LIBRARY_TOKEN"        # the same for a bearer token

Secrets come from the environment, or else from the system's keyring; never from a command line,
which every process of the machine sees.
"""

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from graphbuild.errors import EndpointError
from graphbuild.store.keys import kept_secret

USER = "GRAPHBUILD_ENDPOINT_USER"
PASSWORD = "GRAPHBUILD_ENDPOINT_PASSWORD"  # noqa: S105 - the name of a variable
TOKEN = "GRAPHBUILD_ENDPOINT_TOKEN"  # noqa: S105
TIMEOUT = 60.0
KEYS = {"url", "user", "password_env", "token_env"}


@dataclass(frozen=True)
class Endpoint:
    """A SPARQL endpoint on the web.

    Attributes:
        url: where queries go.
        name: what the user calls it, for messages.
        user: for basic authentication, with ``password``.
        token: for bearer authentication.
        timeout: seconds that a query may take; None for no limit.
        form: it is a VIVO: user and password go as fields of the form, to its ``api/sparqlQuery``.
        tell: is told why it takes longer.
    """

    url: str
    name: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    timeout: float | None = TIMEOUT
    form: bool = False
    tell: Callable[[str], None] = field(default=lambda _: None, repr=False, compare=False)

    def __str__(self) -> str:
        return self.name or self.url


def endpoint(text: str, aliases: Path, environment: Mapping[str, str] = os.environ) -> Endpoint:
    """Return the endpoint that a URL or a name of ``endpoints.toml`` stands for.

    Args:
        text: the URL or name.
        aliases: the file of names; it need not exist.
        environment: where secrets come from; what is not there may be in the keyring.

    Raises:
        EndpointError: there is no such name, the file is wrong, the keyring is locked, or a secret
            would travel in the clear.
    """
    if text.startswith(("http://", "https://")):
        user, token = environment.get(USER, ""), environment.get(TOKEN, "")
        password = _secret(environment, PASSWORD, text, "" if token else user)
        known = Endpoint(text, user=user, password=password, token=token)
    else:
        known = _named(text, _settings(aliases), aliases, environment)
    if (known.password or known.token) and not _is_private(known.url):
        raise EndpointError(
            f"{known}: a password or token is sent by https only, not to {known.url}"
        )
    return known


def _settings(aliases: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(aliases.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise EndpointError(f"{aliases}: cannot be read ({error})") from error


def _named(
    name: str, settings: dict[str, Any], aliases: Path, environment: Mapping[str, str]
) -> Endpoint:
    table = settings.get(name)
    if not isinstance(table, dict):
        known = ", ".join(sorted(settings)) or "none"
        raise EndpointError(f"no endpoint is called {name!r} in {aliases} (there: {known})")
    unknown = sorted(table.keys() - KEYS)
    if unknown or not str(table.get("url", "")).startswith(("http://", "https://")):
        wrong = f"does not know {', '.join(unknown)}" if unknown else "needs an http(s) url"
        raise EndpointError(f"{aliases}: endpoint {name!r} {wrong}")
    url, user, password_env, token_env = (
        str(table.get(key, "")) for key in ("url", "user", "password_env", "token_env")
    )
    token = _secret(environment, token_env, url, token_env)
    password = _secret(environment, password_env, url, "" if token else user)
    return Endpoint(url, name, user, password, token)


def _secret(environment: Mapping[str, str], variable: str, url: str, entry: str) -> str:
    """Return a secret: the variable's if it is set, or what the keyring has for an entry."""
    given = environment.get(variable)
    return kept_secret(url, entry) if given is None and entry else given or ""


def _is_private(url: str) -> bool:
    """Say whether nobody on the way can read what is sent to a URL."""
    parts = urlsplit(url)
    if parts.scheme == "https" or parts.hostname == "localhost":
        return True
    try:
        return ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
