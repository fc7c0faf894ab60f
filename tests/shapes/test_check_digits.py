"""The shapes count check digits as the standards do, which is told here in another way."""

import random

import pytest

from graphbuild.validate import validate
from graphbuild.validate.data import held
from graphbuild.validate.shapes import shipped_shapes

GB = "https://w3id.org/graphbuild/ontology#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
VENUE = f"<{GB}Venue>"


def orcid(code: str) -> bool:
    """ISO/IEC 7064, MOD 11-2."""
    total = 0
    for digit in code[:-1]:
        total = (total + int(digit)) * 2 % 11
    return (total + (10 if code[-1] == "X" else int(code[-1]))) % 11 == 1


def issn(code: str) -> bool:
    """ISO 3297, annex A."""
    digits = [10 if each == "X" else int(each) for each in code]
    return (
        sum(digit * weight for digit, weight in zip(digits, range(8, 0, -1), strict=True)) % 11 == 0
    )


def isbn(code: str) -> bool:
    """ISO 2108."""
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(code)) % 10 == 0


def hyphened(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


SCHEMES = {
    "orcid": (orcid, 16, "", lambda code: f"<https://orcid.org/{hyphened(code)}>"),
    "isni": (orcid, 16, "", lambda code: f"<https://isni.org/isni/{code}>"),
    "issn": (issn, 8, "", lambda code: f"<https://portal.issn.org/resource/ISSN/{hyphened(code)}>"),
    "isbn": (isbn, 13, "978", lambda code: f"<urn:isbn:{code}>"),
}


def codes(scheme: str) -> list[str]:
    """Return codes of which some are right: each body with every last sign there is."""
    right, length, start, _ = SCHEMES[scheme]
    chance = random.Random(scheme)  # noqa: S311 - made-up codes, no secret
    signs = "0123456789" + "X" * (right is not isbn)
    bodies = [
        start + "".join(chance.choices("0123456789", k=length - 1 - len(start))) for _ in range(40)
    ]
    bodies += [start + digit * (length - 1 - len(start)) for digit in "0123456789"]
    return [body + sign for body in bodies for sign in signs]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_wrong_check_digits_are_found_and_right_ones_are_not(scheme):
    right, *_, iri = SCHEMES[scheme]
    some = codes(scheme)
    rows = [
        row
        for number, code in enumerate(some)
        for row in (
            (f"<urn:{number}>", TYPE, VENUE),
            (f"<urn:{number}>", f"<{GB}{scheme}>", iri(code)),
        )
    ]
    with held(rows) as data:
        found = {
            int(result.focus[5:-1])
            for result in validate(data, shipped_shapes()).results
            if "the last digit does not fit" in result.message
        }
    assert found == {number for number, code in enumerate(some) if not right(code)}
    assert len(found) < len(some)
