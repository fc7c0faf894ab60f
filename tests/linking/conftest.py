"""A graph of three made-up papers, and what a made-up institution's VIVO has of the same."""

import shutil

import pytest
from click.testing import CliRunner

from graphbuild.cli import main

BIBTEX = """
@article{one, title={Gears and Wheels of Examples}, author={Example, Ada and Sample, Ben},
  year=2021, journal={Journal of Examples}, issn={1570-0844}, doi={10.1000/one}}
@article{two, title={Levers in Practice}, author={Sample, Ben and Bold, Cleo}, year=2022,
  journal={Annals of Levers}, doi={10.1000/two}}
@misc{three, title={Undated Pulleys}, author={Dora Lone}}
"""
THEIRS = "http://vivo.example.org/individual/"
VIVO = f"""
@prefix bibo: <http://purl.org/ontology/bibo/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix vivo: <http://vivoweb.org/ontology/core#> .
@prefix : <{THEIRS}> .
:n1 a foaf:Person ; rdfs:label "Example, Ada" ; vivo:relatedBy :as1 ;
  vivo:orcidId <https://orcid.org/0000-0002-1825-0097> .
:n2 a foaf:Person ; rdfs:label "Lone, Dora" .
:n3 a foaf:Person ; rdfs:label "Nobody, Else" .
:p1 a bibo:AcademicArticle ; rdfs:label "Gears and Wheels of Examples" ; bibo:doi "10.1000/ONE" ;
  vivo:relatedBy :as1 ; vivo:hasPublicationVenue :j1 .
:p2 a bibo:AcademicArticle ; rdfs:label "Levers in Practice" ; bibo:doi "10.1000/two" ;
  vivo:hasPublicationVenue :j2 .
:as1 a vivo:Authorship ; vivo:relates :p1, :n1 ; vivo:rank 1 .
:j1 a bibo:Journal ; rdfs:label "Journal of Examples" ; bibo:issn "1570-0844" .
:j2 a bibo:Journal ; rdfs:label "Annals of Levers" .
:j3 a bibo:Journal ; rdfs:label "Undated Pulleys Quarterly" .
"""


def run(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


def triples(graph):
    done = run("export", graph, "--to", "-", "--format", "nt")
    assert done.exit_code == 0, done.stderr
    return set(done.stdout.splitlines())


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("once")
    (folder / "papers.bib").write_text(BIBTEX, encoding="utf-8")
    done = run("build", folder / "papers.bib", "-o", folder / "graph")
    assert done.exit_code == 0, done.stderr
    return folder


@pytest.fixture
def graph(once, tmp_path):
    shutil.copytree(once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "graph"


@pytest.fixture
def vivo(tmp_path):
    path = tmp_path / "vivo.ttl"
    path.write_text(VIVO, encoding="utf-8")
    return path
