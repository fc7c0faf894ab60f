"""Secrets that the user keeps in the keyring of the system.

They are there under the address of the server without its path, and the name of the user:

    keyring set https://kg.example.org ada
"""

from importlib.util import find_spec
from urllib.parse import urlsplit

from graphbuild.errors import EndpointError


def kept_secret(url: str, entry: str) -> str:
    """Return what the keyring has for a server; empty if nothing, or if there is no keyring.

    The package ``keyring`` is the extra of that name.

    Args:
        url: any address on the server.
        entry: user whose password is wanted, or name of the variable that would hold a token.

    Raises:
        EndpointError: the keyring is locked, or damaged.
    """
    if find_spec("keyring") is None:
        return ""
    import keyring
    from keyring.errors import KeyringError, NoKeyringError

    place = origin(url)
    try:
        return keyring.get_password(place, entry) or ""
    except NoKeyringError:  # this system has none: nothing is kept
        return ""
    except KeyringError as error:
        raise EndpointError(
            f"{place}: the keyring does not give the secret of {entry} ({error}); unlock it, or "
            "set the environment variable"
        ) from error


def origin(url: str) -> str:
    """Return the server of an address.

    >>> origin("https://ada@kg.example.org:8443/sparql?default")
    'https://kg.example.org:8443'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
