"""The counts that a real page must give; the page itself is not in the repository."""

from collections import Counter
from datetime import date

import pytest

from graphbuild.sources import format_of, read_records
from graphbuild.sources.files import find_inputs
from tests.sources.pages import Read


@pytest.fixture(scope="module")
def real(shared, tmp_path_factory):
    [file] = find_inputs(
        (str(shared / "data/profile/000_91b26bd0b8dbb123.txt"),), tmp_path_factory.mktemp("spool")
    )
    read = Read("")
    read.records = list(read_records(file, format_of(file), date(2026, 11, 23)))
    return read


def test_papers_and_claims(real):
    assert len(real.papers) == 50
    assert {metric: (o.value, o.observed) for metric, o in real.observations.items()} == {
        "h-index": (52, "2026-11-23"),
        "paper-count": (71, "2026-11-23"),
        "citation-count": (1884, "2026-11-23"),
        "profile-page:novelty": (57, "2026-11-23"),
        "profile-page:ai-score": (60, "2026-11-23"),
    }
    assert real.rejected == []


def test_authors(real):
    authors = [author for paper in real.papers for author in paper.authors]
    assert len([a for a in authors if a.position]) == 148
    assert [(a.name, a.at_least) for a in authors if not a.position] == [("Zhihui Zhu", 4)] * 24
    assert len({a.name for a in authors}) == 55
    assert Counter(paper.author_list for paper in real.papers) == {"truncated": 35, "complete": 15}
    assert [paper.organizations for paper in real.papers if paper.organizations] == [
        ("deepmind",)
    ] * 4


def test_dates(real):
    yearless = [n for n, paper in enumerate(real.papers, 1) if paper.issued.value.startswith("--")]
    assert yearless == [14, 16, 17, 18, 21, 28, 33]
    assert all(paper.issued.inferred[:4] in ("", "2026") for paper in real.papers)
    assert sum(bool(paper.issued.inferred) for paper in real.papers) == 7


def test_topics(real):
    assert Counter(paper.topics[0].topic for paper in real.papers) == {
        "arxiv:cs.LG": 26,
        "arxiv:cs.CV": 9,
        "arxiv:cs.CL": 6,
        "arxiv:cs.AI": 5,
        "arxiv:math.OC": 2,
        "arxiv:stat.ML": 1,
        "arxiv:eess.IV": 1,
    }
    assert {paper.topics[0].score for paper in real.papers if paper.topics[0].written != "CV"} == {
        1.0
    }


def test_code(real):
    flagged = [n for n, paper in enumerate(real.papers, 1) if paper.code_flag]
    links = {n: link for n, paper in enumerate(real.papers, 1) for link in paper.code_links}
    assert len(flagged) == 11
    assert len(links) == 12
    assert sorted(set(links) - set(flagged)) == [32]
    assert Counter(link.repository for link in links.values() if link.repository) == {
        "github.com/Delay-Xili/SDNet": 1,
        "github.com/cjyaras/lawofparsimony": 1,
        "github.com/tding1/CDFI": 2,
        "github.com/Heimine/PNC_DLN": 1,
        "github.com/tianyic/only_train_once": 3,
        "github.com/kongwanbianjinyu/SMCEvolve": 1,
        "github.com/ninglab/EcomMMMU": 1,
        "github.com/tding1/AdaContour": 1,
    }
    assert [n for n, link in links.items() if link.stance == "promised"] == [20]
    assert {n: link.contents for n, link in links.items() if link.contents != ("code",)} == {
        23: ("code", "data"),
        32: ("data", "models"),
    }
    assert (links[32].url_written, links[32].candidate) == (
        "https://ninglab.github.io/CASLIE/",
        "https://github.com/ninglab/caslie",
    )


def test_introduced_systems(real):
    found = {(n, i.name, i.kind) for n, p in enumerate(real.papers, 1) for i in p.introduces}
    assert found == {
        (1, "SDNet", "method"),
        (8, "OTOv2", "method"),
        (14, "SMCEvolve", "method"),
        (15, "DREAM", "method"),
        (17, "PLAD", "method"),
        (18, "ChemVA", "method"),
        (18, "OCRD-Bench", "dataset"),
        (20, "OTOv3", "method"),
        (21, "PMDC", "method"),
        (22, "ClinDEF", "method"),
        (23, "EcomMMMU", "dataset"),
        (23, "SUMEI", "method"),
        (24, "AdaContour", "method"),
        (25, "OTO", "method"),
        (25, "HSPG", "method"),
        (26, "CDFI", "method"),
        (32, "CASLIE", "method"),
        (32, "MMECInstruct", "dataset"),
        (33, "DeltaEvolve", "method"),
        (39, "Cat-AIR", "method"),
        (41, "LHT-CLIP", "method"),
        (43, "CoT-Evo", "method"),
        (45, "AbsTopK", "method"),
    }


def test_tex(real):
    changed = [n for n, paper in enumerate(real.papers, 1) if paper.abstract_written]
    assert changed == [1, 15, 16, 21, 26, 30, 34, 36, 37, 38, 39, 40, 45, 47, 48]
    assert "“black boxes”" in real.papers[0].abstract
    assert "3× faster" in real.papers[14].abstract
    assert "ℓ₁/ℓ₂" in real.papers[37].abstract
    assert "Content And Task-aware framework" in real.papers[38].abstract
    assert not any(sign in paper.abstract for paper in real.papers for sign in "$\\")
