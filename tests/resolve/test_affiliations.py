import pytest

from graphbuild.parts import Origin
from graphbuild.records import Institution
from graphbuild.resolve.affiliations import Affiliations


def org(key, name, *others, country="FI", place="Loomtown", status="active"):
    return Institution(
        (f"ror:{key}",), name, Origin(key, 1),
        other_names=others, country=country, place=place, status=status,
    )  # fmt: skip


REGISTER = [
    org("loom", "Loom University", "LU"),
    org("tech", "Loom University of Technology", place="Shuttleton"),
    org("weave-a", "Weaving Institute of the North", "WIN", country="SE", place="Hemp"),
    org("weave-b", "Weaving Institute of the North", country="FI", place="Flax"),
    org("gone", "Spindle Academy of Arts", status="withdrawn"),
    org("thread", "Thread Works (Atlantis)", country="AT", place="Reel"),
    org("shop", "Needle", country="SE", place="Hemp"),
]


def found(written):
    answer = Affiliations(REGISTER).find(written)
    return answer.id.partition(":")[2] if answer else None


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("Loom University", "loom"),
        ("Dept. of Dyes, Loom Univ., Loomtown, Finland", "loom"),
        ("Loom University of Technology, Shuttleton", "tech"),
        ("Laboratory 7, Weaving Institute of the North, Hemp", "weave-a"),
        ("Weaving Institute of the North, Flax", "weave-b"),
        ("Weaving Institute of the North", None),  # two have the name, and no place tells
        ("Spindle Academy of Arts", None),  # withdrawn
        ("Thread Works, Reel", "thread"),
        ("Needle", None),  # one word needs its place
        ("Needle, Hemp", "shop"),
        ("WIN, Hemp, Sweden", "weave-a"),
        ("they win in Hemp", None),
        ("Loom University, Loomtown, USA", None),  # another country
        ("Department of Physics", None),
        ("", None),
    ],
)
def test_affiliation_names_the_registered_organisation(written, right):
    assert found(written) == right


def test_word_that_goes_on_lowers_the_score():
    finder = Affiliations(REGISTER)
    plain = finder.find("Loom University, Loomtown")
    longer = finder.find("Loom University Hospital, Loomtown")
    assert plain is not None
    assert longer is None or longer.score < plain.score


def test_order_of_the_register_does_not_matter():
    written = "Dept. of Dyes, Loom Univ., Loomtown, Finland"
    assert Affiliations(REGISTER).find(written) == Affiliations(REGISTER[::-1]).find(written)
