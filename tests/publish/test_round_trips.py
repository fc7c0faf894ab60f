"""Export, build from the export: the same graph for our formats, and for others but their losses."""

import pytest
from pyoxigraph import RdfFormat, parse

from graphbuild.store.formats import FORMATS
from tests.publish.conftest import run

GB = "https://w3id.org/graphbuild/ontology#"
DCTERMS = "http://purl.org/dc/terms/"


def lines(path):
    return set(path.read_text().splitlines())


def again(export, folder):
    """Return the N-Triples of a graph that is built from an export."""
    result = run("build", export, "--output", folder / "again", "--as-of", "2026-01-02")
    assert result.exit_code == 0, result.stderr
    assert run("export", folder / "again", "--to", folder / "again.nt").exit_code == 0
    return lines(folder / "again.nt")


def stated(triples):
    """Return what is said of the papers' world, without where it was read."""
    return {line for line in triples if "/id/record/" not in line}


def about(path, *predicates):
    """Return subject-free values of some properties."""
    found = parse(path=str(path), format=RdfFormat.N_TRIPLES)
    return sorted(
        (q.predicate.value, q.object.value) for q in found if q.predicate.value in predicates
    )


@pytest.mark.parametrize("syntax", sorted(FORMATS))
def test_our_formats_lose_nothing(built, syntax, tmp_path):
    assert run("export", built, "--to", tmp_path / "graph.nt").exit_code == 0
    assert run("export", built, "--to", tmp_path / f"export.{syntax}").exit_code == 0
    assert again(tmp_path / f"export.{syntax}", tmp_path) == lines(tmp_path / "graph.nt")


def test_bibtex_loses_nothing_of_what_bibtex_says(built, tmp_path):
    assert run("export", built, "--to", tmp_path / "graph.nt").exit_code == 0
    assert run("export", built, "--as", "bibtex", "--to", tmp_path / "papers.bib").exit_code == 0
    assert stated(again(tmp_path / "papers.bib", tmp_path)) == stated(lines(tmp_path / "graph.nt"))


@pytest.mark.parametrize(
    ("profile", "name"),
    [
        ("csl", "items.json"),
        ("cff", "CITATION.cff"),
        ("vivo", "vivo.nt"),
        ("semopenalex", "soa.nt"),
        ("schema.org", "schema.jsonld"),
        ("opencitations", "oc.nt"),
    ],
)
def test_others_keep_titles_dates_identifiers_and_the_order_of_authors(
    built, profile, name, tmp_path
):
    assert run("export", built, "--to", tmp_path / "graph.nt").exit_code == 0
    assert run("export", built, "--as", profile, "--to", tmp_path / name).exit_code == 0
    again(tmp_path / name, tmp_path)
    kept = (f"{GB}doi", f"{GB}ordinal", "http://xmlns.com/foaf/0.1/familyName")
    if profile == "semopenalex":  # its authors are people only, and the second author is a group
        kept = kept[::2]
    before, after = about(tmp_path / "graph.nt", *kept), about(tmp_path / "again.nt", *kept)
    assert set(before) <= set(after)
    titles = {value for _, value in about(tmp_path / "graph.nt", f"{DCTERMS}title")}
    papers = {"The OTO Trick: 50% of C_2 & More", "Levers", "Undated Pulleys"}
    assert papers <= titles
    assert papers <= {value for _, value in about(tmp_path / "again.nt", f"{DCTERMS}title")}
