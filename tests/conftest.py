"""Fixtures that all tests share."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real records, or skip the test where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real records, ../shared, is not here")
    return SHARED
