import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from graphbuild.identifiers import SCHEMES, address, from_url, identifier, identifiers

GOOD = [
    ("doi", "https://doi.org/10.1000/ABC", "doi:10.1000/abc", "https://doi.org/10.1000/abc"),
    ("doi", "doi: 10.1000/a%2Fb", "doi:10.1000/a/b", "https://doi.org/10.1000/a/b"),
    ("arxiv", "arXiv:2303.06862v2", "arxiv:2303.06862", "https://arxiv.org/abs/2303.06862"),
    ("arxiv", "math.GT/0309136v1", "arxiv:math/0309136", "https://arxiv.org/abs/math/0309136"),
    ("orcid", "0000-0002-1825-0097", None, "https://orcid.org/0000-0002-1825-0097"),
    ("orcid", "000000021694233x", "orcid:0000-0002-1694-233X", None),
    ("isni", "0000 0001 2103 2683", "isni:0000000121032683", None),
    ("ror", "https://ror.org/02jbv0t02", "ror:02jbv0t02", "https://ror.org/02jbv0t02"),
    ("issn", "15700844", "issn:1570-0844", None),
    ("isbn", "3-540-45715-1", "isbn:9783540457152", "urn:isbn:9783540457152"),
    ("isbn", "978-3-642-30284-8", "isbn:9783642302848", None),
    ("acl", "https://aclanthology.org/P18-1001.pdf", "acl:P18-1001", "https://aclanthology.org/P18-1001/"),
    ("openalex", "https://api.openalex.org/works/w12", "openalex:W12", "https://openalex.org/W12"),
    ("openalex", "https://openalex.org/subfields/1804", "openalex:subfields/1804", None),
    ("dblp", "DBLP:conf/esws/Foo12", "dblp:conf/esws/Foo12", None),
    ("pmcid", "PMC0012", "pmcid:12", "https://pmc.ncbi.nlm.nih.gov/articles/PMC12/"),
    ("wikidata", "http://www.wikidata.org/entity/q42", "wikidata:Q42", None),
]  # fmt: skip


@pytest.mark.parametrize(("scheme", "written", "known", "iri"), GOOD)
def test_identifier_has_one_form(scheme, written, known, iri):
    found = identifier(scheme, written)
    assert found == (known or f"{scheme}:{written}")
    assert identifier(scheme, found.partition(":")[2]) == found
    assert iri is None or address(found) == iri


@pytest.mark.parametrize(
    ("scheme", "written"),
    [
        ("orcid", "0000-0002-1825-0098"),
        ("isni", "0000000121032684"),
        ("ror", "02jbv0t03"),
        ("issn", "1570-0845"),
        ("isbn", "9783642302849"),
        ("isbn", "3-540-45715-2"),
        ("doi", "11.1000/x"),
        ("arxiv", "abc"),
        ("pmid", "0"),
        ("openalex", "X12"),
    ],
)
def test_wrong_check_digit_or_form_is_no_identifier(scheme, written):
    assert identifier(scheme, written) is None


def test_malformed_ones_are_kept_as_written_and_blank_ones_are_not_there():
    good, malformed = identifiers(
        [("doi", " 10.1000/X "), ("doi", ""), ("issn", "1"), ("doi", None)]
    )
    assert (good, malformed) == (("doi:10.1000/x",), (("issn", "1"),))


def test_address_tells_its_identifier():
    assert from_url("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12/") == "pmcid:12"
    assert from_url("https://example.org/doi.org") is None


@given(st.sampled_from(sorted(SCHEMES)), st.text(max_size=40))
def test_any_text_is_an_identifier_with_an_iri_or_none(scheme, text):
    found = identifier(scheme, text)
    if found is not None:
        assert identifier(scheme, found.partition(":")[2]) == found
        NamedNode(address(found))


@pytest.mark.parametrize("scheme", ["doi", "dblp", "swhid", "openreview"])
def test_address_of_a_hostile_identifier_is_an_iri(scheme):
    NamedNode(address(f'{scheme}:10.1000/<a>"{{b}}|\\^`'))
