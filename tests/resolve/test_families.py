import pytest

from graphbuild.entities import Artifact
from graphbuild.resolve.families import find_families, versioned


def artifact(name: str, paper: str) -> Artifact:
    return Artifact(f"{paper}-{name}", name, "method", paper, (f"r-{paper}",))


def families(ties, *artifacts):
    done, found = find_families(artifacts, {paper: frozenset(tied) for paper, tied in ties.items()})
    return {a.name: (a.family is not None, list(a.succeeds)) for a in done}, [f.name for f in found]


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("OTOv2", ("oto", (2,))),
        ("OTOV3", ("oto", (3,))),
        ("Loom-2.1", ("loom", (2, 1))),
        ("Loom+", ("loom", (2,))),
        ("Loom", ("loom", (1,))),
    ],
)
def test_version_is_taken_off(name, version):
    assert versioned(name) == version


def test_versions_that_share_a_repository_are_a_chain():
    done, found = families(
        {"p1": {"repo"}, "p2": {"repo"}, "p3": {"repo", "ada"}},
        artifact("OTOv3", "p3"), artifact("OTO", "p1"), artifact("OTOv2", "p2"),
    )  # fmt: skip
    assert done == {"OTO": (True, []), "OTOv2": (True, ["p1-OTO"]), "OTOv3": (True, ["p2-OTOv2"])}
    assert found == ["OTO"]


def test_tie_may_run_through_a_third_version():
    ties = {"p1": {"ada"}, "p2": {"bo"}, "p3": {"ada", "bo"}}
    done, _ = families(
        ties, artifact("X1Y", "p1"), artifact("X1Yv2", "p2"), artifact("X1Yv3", "p3")
    )
    assert all(in_family for in_family, _ in done.values())


def test_same_name_without_a_tie_is_no_family():
    done, found = families(
        {"p1": {"a"}, "p2": {"b"}}, artifact("DREAM", "p1"), artifact("DREAMv2", "p2")
    )
    assert done == {"DREAM": (False, []), "DREAMv2": (False, [])}
    assert found == []


def test_two_things_of_one_name_and_version_are_no_versions():
    _, found = families(
        {"p1": {"a"}, "p2": {"a"}}, artifact("DREAM", "p1"), artifact("DREAM", "p2")
    )
    assert found == []


def test_family_without_a_first_version_is_named_without_number():
    _, found = families(
        {"p1": {"a"}, "p2": {"a"}}, artifact("Loomv2", "p1"), artifact("Loomv3", "p2")
    )
    assert found == ["Loom"]


def test_two_of_one_version_do_not_follow_each_other():
    ties = {paper: {"a"} for paper in ("p1", "p2", "p3")}
    done, _ = find_families(
        [artifact("Loom", "p1"), artifact("Loomv2", "p2"), artifact("Loomv2", "p3")],
        {paper: frozenset(tied) for paper, tied in ties.items()},
    )
    assert [list(a.succeeds) for a in done] == [[], ["p1-Loom"], []]
