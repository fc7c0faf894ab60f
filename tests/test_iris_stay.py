"""Whatever source is added: an IRI that was published is still there, or leads to what it is now."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphbuild.build import Options, build
from graphbuild.store.columns import read_rows
from graphbuild.store.description import resolve
from graphbuild.store.facts import facts_of_folder

ID = "<https://w3id.org/graphbuild/id/"
ENTITIES = ("paper", "person", "org", "venue", "topic", "volume", "event", "work", "data", "repo")
REPLACED = "<http://purl.org/dc/terms/isReplacedBy>"
FORMER = "<https://w3id.org/graphbuild/ontology#FormerEntity>"
NAMED = """\
{"title": "On Threads", "ids": ["doi:10.1000/t"], "issued": "2023", "authors": [{"name": "Bo Sample", "affiliations": [{"organizations": [{"name": "Loom Works"}]}]}], "venue": {"name": "Looms"}, "container": {"title": "Proceedings of Looms", "ids": ["openalex:W77"]}, "kind": "chapter"}
{"title": "On Knots", "issued": "2023", "authors": ["Bo Sample"], "venue": {"name": "Looms", "ids": ["openalex:S12"]}}
{"title": "Patterns", "ids": ["doi:10.1000/p"], "issued": "2022", "authors": ["Cy Specimen"]}
{"title": "Spindles", "ids": ["doi:10.1000/s"], "issued": "2021", "authors": ["Di Token"], "venue": {"name": "Bobbins", "ids": ["openalex:S13"]}}
"""
BETTER = """\
{"type": "institution", "ids": ["ror:02jbv0t02", "openalex:I7"], "name": "Loom Works"}
{"type": "venue", "ids": ["openalex:S12", "issn:1570-0844"], "name": "Looms"}
{"type": "venue", "ids": ["openalex:S13", "openalex:S14", "issn:2434-561X"], "name": "Bobbins Quarterly"}
{"title": "On Knots", "ids": ["doi:10.1000/k"], "issued": "2023", "authors": ["Bo Sample"]}
{"title": "On Knots", "ids": ["arxiv:2311.00001"], "issued": "2022", "kind": "preprint", "authors": ["Bo Sample"]}
{"title": "Patterns", "ids": ["doi:10.1000/p"], "kind": "dataset", "issued": "2022", "authors": ["Cy Specimen"]}
{"title": "Proceedings of Looms", "ids": ["doi:10.1000/proc", "openalex:W77"], "kind": "proceedings", "issued": "2023"}
"""


def written(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def iris(graph):
    """Return the entities of a graph, and where former ones lead."""
    found, former, leads = set(), set(), {}
    for s, p, o in read_rows(graph):
        if s.startswith(ID) and s[len(ID) :].partition("/")[0] in ENTITIES:
            found.add(s)
            if o == FORMER:
                former.add(s)
            if p == REPLACED:
                leads[s] = o
    return found - former, {each: leads[each] for each in former}


def kept_or_led(before, after):
    """Say of each IRI that was published where it is now; every one must be somewhere."""
    old, moved = before
    new, leads = after
    for iri in (*old, *moved):
        assert iri in new or leads.get(iri) in new, iri
    return {iri: leads[iri] for iri in old - new}


@pytest.fixture(scope="module")
def grown(tmp_path_factory):
    folder = tmp_path_factory.mktemp("grown")
    inputs = [written(folder, f"{n}.jsonl", text) for n, text in (("a", NAMED), ("b", BETTER))]
    before = iris(build(Options((inputs[0],), folder / "g")).graph)
    return before, build(Options((inputs[1],), folder / "g", add=True)).graph


def test_better_identifiers_change_no_iri_that_was_published(grown):
    before, after = grown
    led = kept_or_led(before, iris(after))
    # what is data now has data's word in its IRI and no work; the volume has a record of its own
    assert {old[len(ID) : -1]: new[len(ID) : -1] for old, new in led.items()} == {
        "paper/doi:10.1000~1p": "data/doi:10.1000~1p",
        "work/doi:10.1000~1p": "data/doi:10.1000~1p",
        "volume/openalex:W77": "volume/doi:10.1000~1proc",
    }


def test_organisation_and_venue_known_by_name_keep_their_iri_when_a_register_comes(grown):
    _, after = grown
    rows = list(read_rows(after))
    ror = "<https://ror.org/02jbv0t02>"
    [organization] = {s for s, p, o in rows if o == ror}
    assert "ror" not in organization
    [venue] = {s for s, p, o in rows if o.endswith("1570-0844>") and p.endswith("#issn>")}
    assert venue == ID + "venue/openalex:S12>"


def test_show_follows_where_an_iri_leads(grown):
    _, after = grown
    facts = facts_of_folder(after)
    assert resolve(after, facts, "paper/doi:10.1000~1p").endswith("data/doi:10.1000~1p")
    assert resolve(after, facts, "volume/openalex:W77").endswith("doi:10.1000~1proc")


POOL = [json.loads(line) for line in (NAMED + BETTER).splitlines()]


@settings(max_examples=2, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.permutations(POOL), st.integers(1, len(POOL) - 1))
def test_sources_in_any_order_keep_what_was_published(tmp_path_factory, records, cut):
    folder = tmp_path_factory.mktemp("any")
    first, second = (
        "".join(json.dumps(r) + "\n" for r in p) for p in (records[:cut], records[cut:])
    )
    before = iris(
        build(
            Options((written(folder, "a.jsonl", first),), folder / "g", "own-records", jobs=1)
        ).graph
    )
    added = Options(
        (written(folder, "b.jsonl", second),), folder / "g", "own-records", add=True, jobs=1
    )
    kept_or_led(before, iris(build(added).graph))
