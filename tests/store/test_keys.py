"""A secret that is not in the environment may be in the keyring."""

import sys

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked

from graphbuild.errors import EndpointError
from graphbuild.store.endpoint import PASSWORD, TOKEN, USER, endpoint

URL = "https://kg.a.example:8443/sparql"
NAMED = f"""
[library]
url = "{URL}"
user = "ada"
password_env = "LIBRARY_PASSWORD"
[open]
url = "{URL}"
[hub]
url = "{URL}"
user = "ada"
token_env = "HUB_TOKEN"
"""


class Kept(KeyringBackend):
    """A keyring in memory that says what it was asked for."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.secrets = {}
        self.asked = []
        self.locked = False

    def get_password(self, service, username):
        self.asked.append((service, username))
        if self.locked:
            raise KeyringLocked("it is locked")
        return self.secrets.get((service, username))

    def set_password(self, service, username, password):
        self.secrets[service, username] = password


@pytest.fixture
def kept():
    before, backend = keyring.get_keyring(), Kept()
    keyring.set_keyring(backend)
    keyring.set_password("https://kg.a.example:8443", "ada", "from the keyring")
    yield backend
    keyring.set_keyring(before)


@pytest.fixture
def aliases(tmp_path):
    file = tmp_path / "endpoints.toml"
    file.write_text(NAMED)
    return file


@pytest.mark.parametrize("text", [URL, "library"])
def test_password_of_a_user_comes_from_the_keyring(kept, aliases, text):
    known = endpoint(text, aliases, {USER: "ada"})
    assert (known.user, known.password, known.token) == ("ada", "from the keyring", "")
    assert "keyring" not in repr(known)


@pytest.mark.parametrize("given", ["from outside", ""])
@pytest.mark.parametrize(("text", "variable"), [(URL, PASSWORD), ("library", "LIBRARY_PASSWORD")])
def test_variable_that_is_set_counts_alone(kept, aliases, text, variable, given):
    assert endpoint(text, aliases, {USER: "ada", variable: given}).password == given
    assert kept.asked == []


def test_token_is_kept_under_the_name_of_its_variable(kept, aliases):
    kept.set_password("https://kg.a.example:8443", "HUB_TOKEN", "kept token")
    known = endpoint("hub", aliases, {})
    assert (known.token, known.password) == ("kept token", "")
    assert endpoint("hub", aliases, {"HUB_TOKEN": "given"}).token.startswith("given")


@pytest.mark.parametrize(
    ("text", "given"), [(URL, {}), ("open", {}), (URL, {USER: "a", TOKEN: "t"})]
)
def test_who_needs_no_password_does_not_make_a_keyring_open(kept, aliases, text, given):
    assert endpoint(text, aliases, given).password == ""
    assert kept.asked == []


def test_keyring_keeps_the_secret_of_one_server_from_others(kept, aliases):
    assert endpoint("https://a.example/sparql", aliases, {USER: "ada"}).password == ""
    keyring.set_password("http://a.example", "ada", "secret")
    with pytest.raises(EndpointError, match="by https only"):
        endpoint("http://a.example/sparql", aliases, {USER: "ada"})


def test_locked_keyring_is_said(kept, aliases):
    kept.locked = True
    with pytest.raises(EndpointError, match=r"secret of ada \(it is locked\); unlock it, or set"):
        endpoint(URL, aliases, {USER: "ada"})


def test_system_without_a_keyring_has_no_secret(kept, aliases, monkeypatch):
    keyring.set_keyring(NoKeyring())
    assert endpoint(URL, aliases, {USER: "ada"}).password == ""
    monkeypatch.setitem(sys.modules, "keyring", None)  # as if it were not installed
    assert endpoint(URL, aliases, {USER: "ada"}).password == ""
