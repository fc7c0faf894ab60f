import pytest
from click.testing import CliRunner

from graphbuild.cli import main

BIBTEX = r"""
@article{one,
  title = {The {OTO} Trick: 50\% of C\_2 \& More},
  author = {Example, Ada and {The Consortium} and Sample, Ben},
  year = 2021, month = mar, journal = {Journal of Examples}, issn = {1570-0844},
  volume = 7, number = 2, pages = {11--19}, doi = {10.1000/x<1>}, keywords = {gears},
  abstract = {Wheels turn.}, language = {en}
}
@inproceedings{two,
  title = {Levers}, author = {Sample, Ben and others}, year = 2023,
  booktitle = {Proceedings of Levers}, doi = {10.1000/two},
}
@misc{three, title = {Undated Pulleys}, author = {Cleo Bold}}
"""


def run(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Return a graph folder that was built of three made-up papers."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "papers.bib").write_text(BIBTEX)
    result = run(
        "build", folder / "papers.bib", "--output", folder / "graph", "--as-of", "2026-01-02"
    )
    assert result.exit_code == 0, result.stderr
    return folder / "graph"


@pytest.fixture(scope="session")
def exported(built, tmp_path_factory):
    """Return a function that exports the graph and gives the file."""
    folder = tmp_path_factory.mktemp("exported")

    def export(profile, *options):
        target = folder / f"{profile}-{abs(hash(options))}"
        result = run("export", built, "--as", profile, "--to", target, *options)
        assert result.exit_code == 0, result.stderr
        return target

    return export
