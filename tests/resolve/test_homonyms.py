"""A name of dblp that occurs with numbers too is no identifier, in whatever file the numbers are."""

from graphbuild.build import Options, build
from graphbuild.parts import Authorship, Origin
from graphbuild.records import Author, Paper
from graphbuild.resolve.people import resolve_people

BARE, FIRST, OTHER = (
    f"dblp-name:{name}" for name in ("Bo_Sample", "Bo_Sample_0001", "Ada_Example")
)


def paper(key: str, *people: tuple[str, str]) -> Paper:
    authors = [Authorship(name, place, ids=(own,)) for place, (name, own) in enumerate(people, 1)]
    return Paper(f"Title {key}", "complete", (Origin(key, 1),), tuple(authors))


def people_of(papers, authors=()):
    found = resolve_people(dict(papers), [], authors=authors)
    return sorted(sorted(m.paper for m in group) for group in found.members.values()), found


def test_bare_name_beside_numbers_joins_nobody():
    papers = {
        "p1": paper("p1", ("Bo Sample", BARE)),
        "p2": paper("p2", ("Bo Sample", BARE)),
        "p3": paper("p3", ("Bo Sample", FIRST)),
        "p4": paper("p4", ("Bo Sample", FIRST)),
    }
    groups, found = people_of(papers.items())
    assert groups == [["p1"], ["p2"], ["p3", "p4"]]
    assert all(BARE not in m.ids for group in found.members.values() for m in group)


def test_bare_name_without_numbers_is_one_person():
    papers = {key: paper(key, ("Ada Example", OTHER)) for key in ("p1", "p2")}
    assert people_of(papers.items())[0] == [["p1", "p2"]]


def test_numbers_in_registers_count_too():
    papers = {key: paper(key, ("Bo Sample", BARE)) for key in ("p1", "p2")}
    register = Author(("dblp-person:00/1", FIRST), "Bo Sample", Origin("r", 1))
    assert people_of(papers.items(), [register])[0] == [[], ["p1"], ["p2"]]


def test_across_files(tmp_path):
    entry = (
        "@article{{journals/looms/{key}, title={{On Looms {key}}}, author={{{name}}}, year=2020}}\n"
    )
    bare, numbered = tmp_path / "bare.bib", tmp_path / "numbered.bib"
    bare.write_text(
        "".join(entry.format(key=key, name="Bo Sample") for key in ("A1", "B2")), encoding="utf-8"
    )
    numbered.write_text(entry.format(key="C3", name="Bo Sample 0001"), encoding="utf-8")
    alone = build(Options((str(bare),), tmp_path / "g")).graph.build
    both = build(Options((str(bare), str(numbered)), tmp_path / "h")).graph.build
    assert (alone.counts["people"], both.counts["people"]) == (1, 3)
