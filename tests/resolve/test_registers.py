from hypothesis import given
from hypothesis import strategies as st

from graphbuild.resolve.registers import ORGANIZATIONS, Register, replacements


def register(*entries, replaced=None):
    made = Register("organization", ORGANIZATIONS, replaced)
    for ids, name in entries:
        made.add(ids, name)
    return made


def test_identifiers_of_one_record_are_one_entity_under_the_strongest():
    made = register(
        (("openalex:I1", "grid:grid.1.1"), "A"), (("grid:grid.1.1", "ror:02jbv0t02"), "B")
    )
    assert {made.key((i,)) for i in ("openalex:I1", "grid:grid.1.1", "ror:02jbv0t02")} == {
        "ror:02jbv0t02"
    }


def test_name_stands_for_the_only_entity_that_has_it():
    made = register((("ror:02jbv0t02",), "Loom University"))
    assert made.key((), "loom  university") == "ror:02jbv0t02"


def test_name_of_two_entities_stands_for_neither():
    made = register((("ror:02jbv0t02",), "Institute"), (("ror:01dnwt956",), "Institute"))
    assert ":" not in made.key((), "Institute")
    assert made.key((), "Institute") == register().key((), "INSTITUTE")


def test_replaced_identifier_stands_for_what_replaced_it():
    made = register((("openalex:I2",), "A"), replaced={"openalex:I1": "openalex:I2"})
    assert made.key(("openalex:I1",)) == "openalex:I2"
    assert "openalex:I1" in made


def test_chains_lead_to_their_end_and_circles_to_one_place():
    assert replacements([("a", "b"), ("b", "c")]) == {"a": "c", "b": "c"}
    assert set(replacements([("a", "b"), ("b", "a")]).values()) == {"a"}
    assert replacements([("a", "a")]) == {}


IDS = st.lists(st.sampled_from([f"openalex:I{n}" for n in range(8)]), min_size=1, max_size=3)


@given(st.lists(IDS, min_size=1), st.randoms())
def test_order_of_records_does_not_matter(entries, random):
    shuffled = list(entries)
    random.shuffle(shuffled)
    one, other = (register(*((ids, "") for ids in each)) for each in (entries, shuffled))
    known = {i for ids in entries for i in ids}
    assert {i: one.key((i,)) for i in known} == {i: other.key((i,)) for i in known}
