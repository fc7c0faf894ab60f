"""The published JSON Schema of own records is in step with the records."""

import json
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
    published = PUBLISHED.read_text(encoding="utf-8")
    assert unordered(json.loads(printed)) == unordered(json.loads(published)), mend


def unordered(schema):
    """Return a schema whose alternatives are sorted: releases of msgspec list them otherwise."""
    if isinstance(schema, dict):
        return {
            name: sorted(map(unordered, value), key=json.dumps)
            if name == "anyOf"
            else unordered(value)
            for name, value in schema.items()
        }
    return list(map(unordered, schema)) if isinstance(schema, list) else schema
