"""Exports of our own graphs come back as the same graph."""

import re
from datetime import date
from pathlib import Path

import pytest

from graphbuild.build import Options, build
from graphbuild.identifiers import SCHEMES
from graphbuild.mapping import vocabulary as v
from graphbuild.sources.rdf import own
from graphbuild.sources.rdf.graph import PREFIXES, Graph, Node
from graphbuild.sources.rdf.own_keys import PROPERTIES, minted, outside_id
from graphbuild.sources.rdf.own_names import VENUE_KINDS
from graphbuild.sources.rdf.own_papers import KINDS, RELATIONS
from graphbuild.store.formats import FORMATS, export
from graphbuild.terms import Minter

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def lines(graph, folder):
    """Return the sorted triples of a graph."""
    export(graph, folder / "lines.nt", "nt")
    return sorted((folder / "lines.nt").read_text().splitlines())


def built(folder, name, *inputs, **options):
    return build(Options(tuple(map(str, inputs)), folder / name, **options)).graph


@pytest.mark.slow
@pytest.mark.parametrize("syntax", sorted(FORMATS))
def test_an_export_builds_the_same_graph_in_every_syntax(tmp_path, syntax):
    inputs = [EXAMPLES / name for name in ("library.jsonl", "profile-page.txt", "quiet-page.txt")]
    first = built(tmp_path, "first", *inputs, as_of=date(2024, 6, 1))
    exported = tmp_path / f"export.{syntax}"
    export(first, exported, syntax)
    assert lines(built(tmp_path, "second", exported), tmp_path) == lines(first, tmp_path)


@pytest.mark.slow
def test_spellings_and_several_places_of_one_entity_come_back(tmp_path):
    records = tmp_path / "records.jsonl"
    paper = '{{"title": "{}", "ids": ["doi:10.1/{}"], "authors": [{{"name": "Ada Example", '
    paper += '"affiliations": [{{"organizations": ["{}"]}}]}}, "Bo Sample"]}}\n'
    records.write_text(
        paper.format("On Looms", 1, "Example University")
        + paper.format("On Shuttles", 2, "EXAMPLE University")
        + paper.format("On Warps", 3, "Example University")
        + '{"type": "author", "ids": ["orcid:0000-0002-1825-0097"], "name": "Cy Sample", '
        '"affiliations": [{"organizations": [{"name": "Lab", "ids": ["ror:05h1kgg64"]}]}]}\n'
        '{"type": "author", "ids": ["orcid:0000-0002-1825-0097"], "name": "C. Sample", '
        '"affiliations": [{"organizations": [{"name": "Lab", "ids": ["ror:05h1kgg64"]}]}]}\n'
        '{"type": "venue", "ids": ["issn:1570-0844"], "name": "Looms", "publisher": "Press"}\n'
        '{"type": "venue", "ids": ["issn:1570-0844"], "name": "Looms!", "publisher": "Press"}\n'
        '{"type": "subject", "ids": ["openalex:T1"], "name": "Weaving", "scheme": "openalex-topic"}\n'
        '{"type": "subject", "ids": ["openalex:T1"], "name": "Looms", "scheme": "openalex-topic"}\n'
    )
    first = built(tmp_path, "first", records)
    export(first, tmp_path / "export.nt", "nt")
    assert lines(built(tmp_path, "second", tmp_path / "export.nt"), tmp_path) == lines(
        first, tmp_path
    )


@pytest.mark.slow
def test_an_export_and_another_input_become_one_graph(tmp_path):
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    one.write_text('{"title": "On Looms", "ids": ["doi:10.1/looms"], "authors": ["Ada Example"]}\n')
    other.write_text(
        '{"title": "On looms", "ids": ["doi:10.1/looms"], "authors": ["Ada Example"], "volume": "4"}\n'
    )
    export(built(tmp_path, "first", one), tmp_path / "export.ttl", "ttl")
    whole = lines(built(tmp_path, "both", tmp_path / "export.ttl", other), tmp_path)
    assert whole == lines(built(tmp_path, "direct", one, other), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["cff-codemeta", "orcid", "profile", "ror"])
def test_real_graphs_come_back(shared, tmp_path, folder):
    first = built(tmp_path, "first", shared / "data" / folder, skip_rejected=True)
    export(first, tmp_path / "export.nt", "nt")
    assert lines(built(tmp_path, "second", tmp_path / "export.nt"), tmp_path) == lines(
        first, tmp_path
    )


def test_the_names_of_our_vocabulary_are_the_ones_that_the_mapping_writes():
    assert {p: iri for p, iri in v.PREFIXES.items() if PREFIXES.get(p, iri) != iri} == {}
    for scheme in SCHEMES:
        assert v.term(PROPERTIES.get(scheme, f"gb:{scheme}")) == v.IDENTIFIERS[scheme]
    assert {kind: v.term(name) for name, kind in RELATIONS.items()} == v.RELATIONS
    assert {kind: v.term(name) for name, kind in VENUE_KINDS.items()} == v.VENUE_CLASSES
    classes = v.PAPER_CLASSES | {"dataset": v.RESEARCH_DATA, "software": v.SOFTWARE}
    assert {kind: v.term(name) for name, kind in KINDS.items()} == classes


FOLLOWS = {
    v.ASSOCIATED_ORGANIZATION, v.AUTHOR_COUNT, v.AUTHOR_COUNT_AT_LEAST, v.CREATOR, v.DESCRIBES, v.FORGE,
    v.HAS_CODE, v.HAS_DATA, v.HAS_OFFICIAL_CODE, v.HAS_RELEASED_CODE, v.IDENTITY, v.INTRODUCES,
    v.IN_FAMILY, v.ISSUED_STATUS, v.LEADING_MEASURE, v.LEAST_RESULT, v.LINK_PAGE, v.LISTED_AUTHOR_COUNT, v.LISTED_PAPER_COUNT,
    v.MEASURED_CLASS, v.MEASURED_IN, v.OF_YEAR, v.PART_OF, v.POSSIBLE_CONFLATION, v.POSSIBLE_OWNER, v.POSSIBLY_SAME, v.PRIMARY_SUBJECT,
    v.PROJECT_PAGE, v.PROMISES_CODE, v.REALIZATION_OF, v.REPOSITORY_URL, v.SUCCEEDS, v.USED_PROCEDURE,
}  # fmt: skip
"""Properties that a build works out again from the others."""


def test_every_property_that_the_mapping_writes_is_read_back_or_follows_from_others():
    code = "".join(path.read_text() for path in Path(own.__file__).parent.glob("own_*.py"))
    written = {
        value
        for name, value in vars(v).items()
        if isinstance(value, str) and value.startswith("<") and v.curie(value[1:-1])[0].islower()
    }
    properties = {iri for iri in written if v.curie(iri[1:-1]).partition(":")[2][:1].islower()}
    lost = {v.curie(iri[1:-1]) for iri in properties - FOLLOWS} - set(
        re.findall(r"['\"](\w+:\w+)['\"]", code)
    )
    # What `graphbuild link` finds stays with the graph that it was found for.
    assert lost <= {"rdf:type", "pro:author", "skos:exactMatch"}, (
        "read these in graphbuild/sources/rdf/own_*.py"
    )


@pytest.mark.parametrize("key", ["doi:10.1/a~b/c", "a b&c", "ünï", "doi:10.1000/xyz", "a#b"])
def test_keys_are_the_ones_that_were_minted(key):
    iri = Minter("https://kg.example.org/x/").iri("paper", key)[1:-1]
    assert minted(Node(Graph(), iri)) == ("paper", key)


def test_iris_outside_are_identifiers_where_we_know_the_scheme():
    assert outside_id("https://doi.org/10.1000/a%3Cb%3E") == "doi:10.1000/a<b>"
    assert outside_id("https://example.org/x") == "https://example.org/x"
