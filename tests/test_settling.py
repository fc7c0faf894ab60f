"""What deciding comes to is the same in a process of its own, and little of it stays in memory."""

import pickle
from pathlib import Path

import msgspec
import pytest

from graphbuild import settling
from graphbuild.build import Options, build
from graphbuild.collect import Reading, collect, recognised
from graphbuild.deciding import How
from graphbuild.errors import RejectedRecordError
from graphbuild.resolve.judgements import read_judgements
from graphbuild.resolve.published import Published
from graphbuild.resolve.rules import read_rules
from graphbuild.settling import settle
from graphbuild.sources.files import find_inputs
from graphbuild.store.columns import read_rows

PAPERS = [
    {"type": "paper", "title": "On Looms", "ids": ["doi:10.1/a"], "references": ["doi:10.1/b"],
     "authors": [{"name": "Ada Example"}, {"name": "Bo Sample"}]},
    {"type": "paper", "title": "On Threads of Looms", "ids": ["doi:10.1/b"],
     "authors": [{"name": "Ada Example"}, {"name": "Bo Sample"}]},
    {"type": "paper", "title": "Cooking with Wine", "ids": ["doi:10.1/b"],
     "authors": [{"name": "Cy Other"}]},
]  # fmt: skip


@pytest.fixture
def records(tmp_path) -> Path:
    path = tmp_path / "papers.jsonl"
    path.write_bytes(msgspec.json.Encoder().encode_lines(PAPERS))
    return path


@pytest.fixture
def built(tmp_path, records, monkeypatch):
    def make(name: str, large: int) -> Path:
        monkeypatch.setattr(settling, "LARGE", large)
        return build(Options((str(records),), tmp_path / name)).graph

    return make


def test_a_process_of_its_own_decides_the_same(built):
    here, apart = built("here", 1 << 40), built("apart", 0)
    assert list(read_rows(here)) == list(read_rows(apart))
    judged = [read_judgements(graph.data / "judgements.jsonl") for graph in (here, apart)]
    assert judged[0] == judged[1]
    assert any("titles differ" in words for case in judged[0] for _, words in case.evidence)
    assert here.build.counts == apart.build.counts
    assert not (apart.data / "parts").exists()


def test_errors_of_that_process_are_raised_here(tmp_path, records, monkeypatch):
    monkeypatch.setattr(settling, "LARGE", 0)
    rows = [*PAPERS, {"type": "paper", "title": "No list of authors", "ids": 7}]
    records.write_bytes(msgspec.json.Encoder().encode_lines(rows))
    with pytest.raises(RejectedRecordError, match=r"papers\.jsonl:4"):
        build(Options((str(records),), tmp_path / "g"))


def test_of_papers_only_their_places_stay(tmp_path, records):
    reading = Reading(tmp_path / "records", None, skip_rejected=False, progress=lambda _: None)
    inputs = recognised(find_inputs((str(records),), tmp_path), None).inputs
    how = How(read_rules(None), Published())
    settled = settle(lambda: collect(inputs, reading), [], how, tmp_path, 0)
    papers = pickle.loads(pickle.dumps(settled.entities)).papers  # noqa: S301 - made here
    assert sorted(paper.title for paper in papers.values()) == sorted(p["title"] for p in PAPERS)
    [wrong] = [paper for paper in papers.values() if paper.title == "Cooking with Wine"]
    assert wrong.malformed_ids == (("doi", "10.1/b"),)
    assert not settled.entities.notes.records
