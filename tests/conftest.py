"""Fixtures that all tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

SHARED = Path(__file__).resolve().parents[2] / "shared"

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")  # A busy machine is no failure.


@pytest.fixture(scope="session", autouse=True)
def caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the caches of the user out of the tests, and the tests out of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real records, or skip the test where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real records, ../shared, is not here")
    return SHARED


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden answers be written anew."""
    purpose = "write the golden answers of the canned queries anew, to be read before they are kept"
    parser.addoption("--write-golden", action="store_true", help=purpose)
