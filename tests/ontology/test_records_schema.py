"""The published JSON Schema of own records is in step with the records."""

from pathlib import Path

from click.testing import CliRunner
from jsonschema import Draft202012Validator

from graphbuild.cli import main
from graphbuild.sources.own_schema import own_schema

PUBLISHED = Path(__file__).resolve().parents[2] / "ontology" / "records.schema.json"


def test_schema_is_one():
    Draft202012Validator.check_schema(own_schema())


def test_published_file_is_what_the_command_prints():
    printed = CliRunner().invoke(main, ["sources", "--schema"]).stdout
    mend = "write it anew: graphbuild sources --schema > ontology/records.schema.json"
    assert PUBLISHED.read_text(encoding="utf-8") == printed, mend
