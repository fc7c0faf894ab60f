"""The JSON Schema of own records: the records themselves, and the short forms that stand for them.

It is made from the types in `graphbuild.records`, so it cannot fall behind them.
"""

import json
from typing import Any

import msgspec

from graphbuild.identifiers import SCHEMES
from graphbuild.sources.own_records import SET_BY_READER, TYPES

Schema = dict[str, Any]

DATE = {
    "description": "As precise as it is known: 2024, 2024-05, 2024-05-31.",
    "type": "string",
}
IDENTIFIERS = {
    "description": "Each as scheme:value, the value bare or as a web address.",
    "type": "array",
    "items": {"type": "string", "pattern": rf"^({'|'.join(SCHEMES)}):"},
}
HIDDEN = {"Introduction", "Origin", "PartialDate"}
"""Parts that no line may state, or that are written as a string."""

SHORT = {
    "Affiliation": "the affiliation as written",
    "Authorship": "the name",
    "Container": "the title",
    "Event": "the name",
    "OrganizationName": "the name",
    "TopicLink": "a category of arXiv",
    "VenueName": "the name",
}
"""Parts for which a string may stand, and what it says."""


def own_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a line of own records."""
    _, parts = msgspec.json.schema_components(TYPES.values(), ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://w3id.org/graphbuild/records.schema.json",
        "title": "A record of one's own for graphbuild",
        "description": "One line of a file of JSON Lines. type is paper where it is left out.",
        "anyOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in TYPES.values()],
        "$defs": {name: _part(name, parts[name]) for name in sorted(parts.keys() - HIDDEN)},
    }


def schema_text() -> str:
    """Return the schema as it is published, without a line end."""
    return json.dumps(own_schema(), indent=2, ensure_ascii=False)


def _part(name: str, part: Schema) -> Schema:
    record = next((kind for kind, struct in TYPES.items() if struct.__name__ == name), None)
    hidden = SET_BY_READER | ({"type"} if record is None else set())
    fields = {
        field: _field(field, schema)
        for field, schema in part["properties"].items()
        if field not in hidden
    }
    if record is not None:
        fields["id"] = {"description": "What your source calls the record.", "type": "string"}
    optional = {"author_list", *(["type"] if record == "paper" else ())}
    required = [each for each in part["required"] if each in fields and each not in optional]
    whole: Schema = {
        "type": "object",
        "properties": fields,
        "required": required,
        "additionalProperties": False,
    }
    if name not in SHORT:
        return whole
    text = {"description": f"Short for an object: {SHORT[name]}.", "type": "string"}
    return {"anyOf": [text, whole]}


def _field(name: str, schema: Schema) -> Schema:
    if name == "ids":
        return IDENTIFIERS
    if name in {"issued", "submitted"}:
        return DATE
    return {key: value for key, value in schema.items() if key != "default"}
