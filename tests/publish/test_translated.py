"""What is pushed in the terms of a profile is what an export in its terms holds."""

import shutil

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from graphbuild.cli import main
from graphbuild.publish import profiles
from graphbuild.publish.targets import VIVO_GRAPH
from tests.servers import vivo_double

FORMATS = {"nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD, "dcat": RdfFormat.TURTLE}
RDF = {
    name: kind
    for name in profiles.names()
    if (kind := profiles.shipped(name).manifest.format) in FORMATS
}
BASE = "http://vivo.a.example/individual/"


def run(*arguments, env=None):
    return CliRunner().invoke(main, list(map(str, arguments)), env=env)


@pytest.fixture
def graph(built, tmp_path):
    return shutil.copytree(built, tmp_path / "graph")


@pytest.mark.parametrize("name", sorted({*RDF} - {"codemeta"}))  # the papers have no code
def test_push_brings_the_triples_of_the_export(graph, exported, tmp_path, name):
    folder = tmp_path / "public"
    folder.mkdir()
    result = run("push", graph, "--as", name, "--to", folder)
    assert result.exit_code == 0, result.stderr
    pushed = parse((folder / "graph.nt").read_bytes(), format=RdfFormat.N_TRIPLES)
    wanted = parse(exported(name).read_bytes(), format=FORMATS[RDF[name]])
    assert {quad.triple for quad in pushed} == {quad.triple for quad in wanted} != set()


@pytest.mark.parametrize("name", sorted({*profiles.names()} - {*RDF}))
def test_what_is_no_rdf_is_refused_by_name(graph, tmp_path, name):
    result = run("push", graph, "--as", name, "--to", f"{tmp_path}/public")
    assert result.exit_code != 0
    assert f"profile {name}: " in result.stderr
    assert "cannot be pushed; these can: codemeta, datacite, dcat" in result.stderr
    assert not (tmp_path / "public").exists()


def test_vivo_gets_its_own_terms_and_each_profile_a_journal(graph, exported):
    store = Store()
    secrets = {"GRAPHBUILD_ENDPOINT_USER": "a", "GRAPHBUILD_ENDPOINT_PASSWORD": "b"}
    with vivo_double(store, "a", "b") as url:
        for options in (("vivo", "--base", BASE), ("datacite",)):
            result = run("push", graph, "--to", url, "--via", "vivo", "--as", *options, env=secrets)
            assert result.exit_code == 0, result.stderr
    held = {
        quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(VIVO_GRAPH))
    }
    served = Store()
    for file in (exported("vivo", "--base", BASE), exported("datacite")):
        served.load(path=file, format=RdfFormat.N_TRIPLES)
    assert held == {quad.triple for quad in served}
    assert len(list((graph / "pushed").iterdir())) == 2


def test_options_of_a_profile_need_one_and_a_graph(graph, tmp_path):
    file = tmp_path / "some.nt"
    file.write_text("<urn:s> <urn:p> <urn:o> .\n")
    alone = run("push", graph, "--base", BASE, "--to", f"{tmp_path}/public")
    assert (alone.exit_code, "need --as" in alone.stderr) == (2, True)
    nothing = run("push", file, "--as", "vivo", "--to", f"{tmp_path}/public")
    assert (nothing.exit_code, "needs a graph folder" in nothing.stderr) == (2, True)
