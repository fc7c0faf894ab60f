import pytest

from graphbuild.sources.arxiv_categories import candidates, resolve_categories


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("LG", ("cs.LG",)),
        ("OC", ("math.OC",)),
        ("IV", ("eess.IV",)),
        ("CV", ("cs.CV", "math.CV")),
        ("CO", ("astro-ph.CO", "math.CO", "stat.CO")),
        ("quant-ph", ("quant-ph",)),
        ("cs.LG", ("cs.LG",)),
        ("XX", ()),
    ],
)
def test_suffix_stands_for_these_categories(written, codes):
    assert candidates(written) == codes


def test_ambiguous_suffix_goes_where_the_others_are():
    links = resolve_categories(["LG", "LG", "OC", "CV"])
    assert (links["CV"].topic, links["CV"].score) == ("arxiv:cs.CV", 0.667)
    assert "2 of the 3 unambiguous categories on the page are in cs" in links["CV"].rule
    assert links["LG"].score == 1.0


def test_ambiguous_suffix_between_equals_stays_open():
    link = resolve_categories(["LG", "OC", "CV"])["CV"]
    assert (link.topic, link.candidates) == (None, ("arxiv:cs.CV", "arxiv:math.CV"))


def test_ambiguous_suffix_alone_stays_open():
    assert resolve_categories(["CV"])["CV"].topic is None


def test_unknown_suffix_is_said_to_be_unknown():
    link = resolve_categories(["XX"])["XX"]
    assert (link.topic, link.candidates, link.score) == (None, (), None)
    assert "no such category" in link.rule
