"""Every profile writes what its target's own shapes and ontology know."""

import json

import pytest
import yaml
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import OWL, RDF, Graph, Literal, URIRef

from graphbuild.publish import profiles
from graphbuild.publish.losses import losses
from graphbuild.query import catalogue
from graphbuild.store.folder import open_graph
from tests.publish.conftest import run

VIVO = "http://vivoweb.org/ontology/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
CONSTRUCTED = [name for name in profiles.names() if profiles.shipped(name).queries]
WITH_LOSSES = [*CONSTRUCTED, "bibtex", "csl", "cff", "quickstatements"]


def triples(path):
    return list(parse(path=str(path), format=RdfFormat.N_TRIPLES))


def graph_of(path, syntax=RdfFormat.JSON_LD):
    lines = "".join(f"{quad.triple} .\n" for quad in parse(path=str(path), format=syntax))
    return Graph().parse(data=lines, format="nt")


def declared(*paths):
    graph = Graph()
    for path in paths:
        graph.parse(path, format={".nt": "nt", ".ttl": "turtle", ".owl": "xml"}[path.suffix])
    return graph, {str(subject) for subject in graph.subjects() if isinstance(subject, URIRef)}


def conforms(data, shapes):
    pyshacl = pytest.importorskip("pyshacl")
    shapes_graph = Graph().parse(shapes, format="turtle")
    return pyshacl.validate(data, shacl_graph=shapes_graph)[0::2]


def test_profiles_are_no_ordinary_queries():
    stems = {
        name.removesuffix(".rq") for each in CONSTRUCTED for name in profiles.shipped(each).queries
    }
    assert len(CONSTRUCTED) >= 7
    assert "external-authors" in stems
    assert "external-authors" not in catalogue.ids()
    assert not {each.folder for each in catalogue.load_all()} & set(profiles.names())


def test_skg_if_conforms_to_its_own_shapes(exported, shared):
    data = graph_of(exported("skg-if"))
    good, report = conforms(data, shared / "data/vocabularies/skg-if/shacl.ttl")
    assert good, report
    index = URIRef("http://purl.org/co/index")
    assert {str(rank.datatype) for rank in data.objects(None, index)} == {f"{XSD}positiveInteger"}


def test_skg_if_shapes_notice_a_wrong_datatype(exported, shared):
    data = graph_of(exported("skg-if"))
    index = URIRef("http://purl.org/co/index")
    role = next(data.subjects(index))
    data.set((role, index, Literal(1)))
    assert not conforms(data, shared / "data/vocabularies/skg-if/shacl.ttl")[0]


def test_dcat_conforms_to_dcat_ap(exported, shared):
    data = Graph().parse(exported("dcat"), format="turtle")
    good, report = conforms(data, shared / "data/vocabularies/dcat-ap/shapes.ttl")
    assert good, report


def test_dcat_counts_and_checksum_are_those_of_the_dump(built, exported, tmp_path):
    import hashlib

    assert run("export", built, "--to", tmp_path / "graph.nt").exit_code == 0
    dump = (tmp_path / "graph.nt").read_bytes()
    text = exported("dcat").read_text()
    assert hashlib.sha256(dump).hexdigest() in text
    assert f'"{len(dump)}"^^xsd:nonNegativeInteger' in text
    assert f"void:triples {len(dump.splitlines())} " in text.replace(";", " ")


def test_semopenalex_conforms_to_the_shapes_in_its_ontology(exported, shared):
    data = Graph().parse(exported("semopenalex"), format="nt")
    good, report = conforms(data, shared / "data/vocabularies/semopenalex/semopenalex-ontology.ttl")
    assert good, report


@pytest.mark.parametrize("profile", ["opencitations", "datacite", "skg-if"])
def test_spar_terms_are_declared(profile, exported, shared):
    _, known = declared(*sorted((shared / "data/vocabularies/spar").glob("*.nt")))
    data = graph_of(
        exported(profile), RdfFormat.JSON_LD if profile == "skg-if" else RdfFormat.N_TRIPLES
    )
    used = set(data.predicates()) | set(data.objects(None, RDF.type))
    spar = {str(term) for term in used if "purl.org/spar/" in str(term) or "frbr" in str(term)}
    assert spar
    assert spar <= known


def test_schema_org_terms_are_declared(exported, shared):
    _, known = declared(shared / "data/vocabularies/schema.org/schemaorg-all-https.ttl")
    for profile in ("schema.org", "codemeta"):
        data = graph_of(exported(profile))
        used = set(data.predicates()) | set(data.objects(None, RDF.type))
        assert {str(term) for term in used if "schema.org" in str(term)} <= known


def test_vivo_writes_both_directions_and_its_own_terms(exported, shared):
    ontology, known = declared(shared / "data/vocabularies/vivo/vivo.owl")
    inverse = {str(a): str(b) for a, b in ontology.subject_objects(OWL.inverseOf)}
    inverse |= {b: a for a, b in inverse.items()}
    found = triples(exported("vivo"))
    pairs = {(t.subject, t.predicate.value, t.object) for t in found}
    for s, p, o in pairs:
        if p in inverse and isinstance(o, NamedNode):
            assert (o, inverse[p], s) in pairs, (s, p, o)
        if p.startswith((VIVO, "http://purl.org/ontology/bibo/")):
            assert p in known
    assert any(p == f"{VIVO}relatedBy" for _, p, _ in pairs)


def test_vivo_types_and_tags_leave_as_vivo_wants_them(exported):
    text = exported("vivo").read_text()
    assert f'rank> "1"^^<{XSD}int> .' in text
    assert '"Levers"@en-US .' in text
    assert '"10.1000/x<1>"' in text


def test_vivo_takes_only_own_people_for_persons(exported, tmp_path):
    assert "foaf/0.1/Person>" not in exported("vivo").read_text()
    (tmp_path / "people.txt").write_text("Ada Example\n")
    found = triples(
        exported(
            "vivo", "--people", tmp_path / "people.txt", "--base", "http://v.example/individual/"
        )
    )
    people = {t.subject.value for t in found if str(t.object).endswith("/Person>")}
    assert people
    ours = [t.subject.value for t in found if "example" in t.subject.value]
    assert len(ours) == len(found)
    assert all("/" not in iri.removeprefix("http://v.example/individual/") for iri in ours)


def test_one_entity_is_one_nested_document(exported):
    document = json.loads(exported("schema.org", "--entity", "Levers").read_text())
    assert document["@type"] == "ScholarlyArticle"
    assert document["name"] == "Levers"
    roles = document["author"] if isinstance(document["author"], list) else [document["author"]]
    assert [(role["position"], role["author"]["name"]) for role in roles] == [(1, "Ben Sample")]


def test_bibtex_escapes_and_keeps_capitals(exported):
    text = exported("bibtex").read_text()
    assert r"title = {The {OTO} Trick: 50\% of C\_2 \& More}," in text
    assert "author = {Example, Ada and {The Consortium} and Sample, Ben}," in text
    assert "author = {Sample, Ben and others}," in text
    assert "doi = {10.1000/x<1>}," in text


def test_csl_items_hold_what_the_papers_state(exported):
    items = {item["title"]: item for item in json.loads(exported("csl").read_text())}
    assert items["Levers"]["issued"] == {"date-parts": [[2023]]}
    first = items["The OTO Trick: 50% of C_2 & More"]
    assert first["issued"] == {"date-parts": [[2021, 3]]}
    assert first["author"][1] == {"literal": "The Consortium"}
    assert first["page"] == "11-19"
    assert "issued" not in items["Undated Pulleys"]


def test_cff_is_yaml_with_what_cff_requires(exported):
    document = yaml.safe_load(exported("cff").read_text())
    assert document["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= document.keys()
    assert len(document["references"]) == 3
    assert all({"type", "title", "authors"} <= each.keys() for each in document["references"])


def test_every_quickstatement_has_a_reference(exported):
    lines = exported("quickstatements").read_text().splitlines()
    assert lines.count("CREATE") == 3
    said = [line for line in lines if line.startswith("LAST\tP")]
    assert said
    assert all("\tS813\t+2026-01-02T00:00:00Z/11" in line for line in said)
    assert 'LAST\tP356\t"10.1000/TWO"\tS854\t"https://doi.org/10.1000/two"' in "\n".join(said)
    assert not [line for line in said if line.startswith("LAST\tP577\t+0")]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_tables_are_files_in_a_folder(built, kind, tmp_path):
    import duckdb

    assert run("export", built, "--as", kind, "--to", tmp_path / "tables").exit_code == 0
    path = tmp_path / "tables" / f"paper.{kind}"
    rows = duckdb.sql(f"SELECT title FROM '{path}' ORDER BY title").fetchall()
    assert rows[0] == ("Levers",)
    assert len(rows) == 3
    assert run("export", built, "--as", kind, "--to", path).exit_code == 5


@pytest.mark.parametrize("profile", WITH_LOSSES)
def test_losses_are_counted_and_given_as_csv(built, profile, exported, tmp_path):
    exported(profile, "--losses", tmp_path / "losses.csv")
    lines = (tmp_path / "losses.csv").read_text().splitlines()
    assert lines[0] == "statements,of,property,reason"
    assert len(lines) > 1
    lost = losses(open_graph(built), profiles.shipped(profile))
    assert len(lost) == len(lines) - 1


def test_losses_are_those_of_the_properties_that_no_query_asks_for(built):
    lost = {
        (each.of, each.property): each.statements
        for each in losses(open_graph(built), profiles.shipped("vivo"))
    }
    assert ("fabio:JournalArticle", "dcterms:title") not in lost
    assert lost["fabio:JournalArticle", "frbr:realizationOf"] == 1
    assert "foaf:familyName" not in {name for _, name in lost}


OWN = """
title = "Ours"
summary = "titles"
format = "nt"
[types]
"dcterms:title" = "xsd:token"
"""


def test_an_institution_adds_a_profile_without_python(built, tmp_path):
    (tmp_path / "profile.toml").write_text(OWN)
    (tmp_path / "titles.rq").write_text(
        "CONSTRUCT { ?p dcterms:title ?t } WHERE { ?p dcterms:title ?t ; a gb:Paper }"
    )
    result = run("export", built, "--profile", tmp_path, "--to", tmp_path / "out.nt")
    assert result.exit_code == 0, result.stderr
    lines = (tmp_path / "out.nt").read_text().splitlines()
    assert len(lines) == 3
    assert all(line.endswith(f"^^<{XSD}token> .") for line in lines)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "it has no profile.toml"),
        ({"profile.toml": "title ="}, "profile.toml: Invalid value"),
        ({"profile.toml": 'title = "a"\nsummary = "b"\nformat = "nt"'}, "no *.rq"),
        ({"profile.toml": OWN, "a.rq": "CONSTRUCT {"}, "a.rq: 1:11: "),
        ({"profile.toml": OWN, "a.rq": "SELECT * { ?s ?p ?o }"}, "no CONSTRUCT"),
        (
            {
                "profile.toml": OWN.replace("xsd:token", "no:such"),
                "a.rq": "CONSTRUCT WHERE { ?s a ?o }",
            },
            "'no'",
        ),
        (
            {
                "profile.toml": 'title="a"\nsummary="b"\nformat="text"\ntemplate="t.j2"',
                "t.j2": "{% if %}",
            },
            "t.j2, line 1",
        ),
        (
            {
                "profile.toml": 'title="a"\nsummary="b"\nformat="text"\ntemplate="t.j2"',
                "t.j2": "{{ nothing }}",
            },
            "'nothing' is undefined",
        ),
    ],
)
def test_a_wrong_profile_is_one_line(built, tmp_path, files, said):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    result = run("export", built, "--profile", tmp_path, "--to", tmp_path / "out")
    assert result.exit_code in (1, 3, 5)
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_template_cannot_leave_its_sandbox(built, tmp_path):
    (tmp_path / "profile.toml").write_text('title="a"\nsummary="b"\nformat="text"\ntemplate="t.j2"')
    (tmp_path / "t.j2").write_text("{{ title.__class__.__mro__ }}")
    result = run("export", built, "--profile", tmp_path, "--to", tmp_path / "out")
    assert result.exit_code != 0
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--as", "nothing"),
        ("--as", "vivo", "--format", "nt"),
        ("--losses", "x.csv"),
        ("--base", "http://e/"),
    ],
)
def test_options_that_do_not_go_together_are_usage_errors(built, options, tmp_path):
    assert run("export", built, "--to", tmp_path / "x.nt", *options).exit_code == 2
