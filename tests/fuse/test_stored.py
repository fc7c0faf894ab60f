"""Values lie in a file and come back from there as they were."""

import pickle

import pytest

from graphbuild.entities import Holder
from graphbuild.fuse.stored import stored

HOLDERS = {
    "doi:10.1/a": (Holder("person", "orcid:0000-0002-1825-0097"), Holder("org", "ror:05dxps055")),
    "doi:10.1/b": (),
    "doi:10.1/ü": (Holder("person", "Zoë\n"),),
}


@pytest.fixture
def kept(tmp_path):
    with stored(HOLDERS, tmp_path / "holders", tuple[Holder, ...]) as mapping:
        yield mapping


def test_values_come_back_in_any_order(kept):
    assert dict(kept) == HOLDERS
    assert kept["doi:10.1/ü"] == HOLDERS["doi:10.1/ü"]
    assert kept["doi:10.1/a"][1].kind == "org"


def test_the_last_value_is_read_once(kept):
    assert kept["doi:10.1/a"] is kept["doi:10.1/a"]


def test_what_is_not_there_is_missed(kept):
    assert "doi:10.1/c" not in kept
    with pytest.raises(KeyError):
        kept["doi:10.1/c"]


def test_it_travels_to_another_process(kept):
    with pickle.loads(pickle.dumps(kept)) as again:  # noqa: S301 - made here
        assert dict(again) == HOLDERS
        assert len(again) == 3
