"""Write the canned queries in the forms in which other tools take them.

- ``grlc``: one ``.rq`` file each, which grlc reads as they are (https://github.com/CLARIAH/grlc).
- ``openapi``: an OpenAPI 3.1 description of the queries with their typed parameters.
- ``sib``: SHACL in Turtle, as the SIB's SPARQL editor and its kin read examples
  (https://github.com/sib-swiss/sparql-examples).
- ``qlever``: the YAML of QLever's benchmarks, and a Qleverfile for the graph exported as N-Triples
  (https://github.com/ad-freiburg/qlever-control).

The last two know no parameters: their queries hold the example values.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import pyoxigraph as ox
import yaml

from graphbuild import __version__
from graphbuild.query.catalogue import CannedQuery, Parameter
from graphbuild.terms import literal, reference

Files = dict[str, str]
"""Texts by name of the file."""

SCHEMAS: dict[str, dict[str, object]] = {
    "iri": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "literal": {"type": "string"},
    "en": {"type": "string"},
    "xsd_date": {"type": "string", "format": "date"},
}
FORMS = {"select": "Select", "ask": "Ask", "construct": "Construct"}
TURTLE_HEAD = """\
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
QLEVERFILE = """\
# qlever index && qlever start && qlever example-queries
[data]
NAME         = graphbuild
GET_DATA_CMD = graphbuild export my-graph --to graph.nt
DESCRIPTION  = A scholarly graph made by graphbuild

[index]
INPUT_FILES     = graph.nt
CAT_INPUT_FILES = cat ${INPUT_FILES}
SETTINGS_JSON   = { "ascii-prefixes-only": false, "num-triples-per-batch": 1000000 }

[server]
PORT               = 7001
ACCESS_TOKEN       = ${data:NAME}
MEMORY_FOR_QUERIES = 5G
TIMEOUT            = 60s

[runtime]
SYSTEM = docker
IMAGE  = docker.io/adfreiburg/qlever:latest
"""


class Bound(NamedTuple):
    """A query, and its text with the example values in it."""

    query: CannedQuery
    text: str


def grlc(queries: Iterable[CannedQuery]) -> Files:
    """Return the files of a folder that grlc serves."""
    return {f"{query.id}.rq": query.text for query in queries}


def openapi(queries: Iterable[CannedQuery]) -> Files:
    """Return an OpenAPI description in which each query is a path."""
    whole = {
        "openapi": "3.1.0",
        "info": {"title": "Canned queries of graphbuild", "version": __version__},
        "paths": {f"/{query.id}": {"get": _operation(query)} for query in queries},
    }
    return {"openapi.json": json.dumps(whole, indent=2, ensure_ascii=False) + "\n"}


def sib(bound: Iterable[Bound]) -> Files:
    """Return one Turtle file for each query, with the example values in it."""
    return {f"{each.query.id}.ttl": TURTLE_HEAD + _turtle(each) for each in bound}


def in_graph(bound: Iterable[Bound], endpoint: str) -> bytes:
    """Return the queries as N-Triples for the graph that they are about, in the form of `sib`.

    Their IRIs are those that the graph's measures name as their procedure.

    Args:
        bound: the queries with values in them.
        endpoint: where they can be asked; the SIB's editor offers those of its own endpoint.
    """
    target = f"<{endpoint}>"
    text = TURTLE_HEAD + "".join(_turtle(each, target) for each in bound)
    triples = ox.parse(text, format=ox.RdfFormat.TURTLE)
    lines = sorted(f"{each.subject} {each.predicate} {each.object} .\n" for each in triples)
    return "".join(lines).encode()


def qlever(bound: Iterable[Bound]) -> Files:
    """Return the queries as a benchmark of QLever, and a Qleverfile for the exported graph."""
    queries = [{"query": each.query.id, "sparql": each.text} for each in bound]
    whole = {"name": "graphbuild", "description": "Canned queries", "queries": queries}
    text = yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=1000)
    return {"graphbuild.benchmark.yaml": text, "Qleverfile": QLEVERFILE}


def _operation(query: CannedQuery) -> Mapping[str, object]:
    stated = {
        "operationId": query.id,
        "summary": query.summary,
        "description": query.description,
        "tags": [query.folder],
        "parameters": [_parameter(parameter) for parameter in query.parameters],
        "responses": {"200": {"description": "the answer"}},
    }
    return {key: value for key, value in stated.items() if value}


def _parameter(parameter: Parameter) -> Mapping[str, object]:
    schema = {
        **SCHEMAS[parameter.type],
        "default": parameter.default,
        "enum": list(parameter.choices) or None,
        "minimum": parameter.minimum,
        "maximum": parameter.maximum,
        "pattern": parameter.pattern,
    }
    one = {key: value for key, value in schema.items() if value is not None}
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required and parameter.default is None,
        "description": parameter.help,
        "schema": {"type": "array", "items": one} if parameter.multi else one,
        **({} if parameter.example is None else {"example": parameter.example}),
    }


def _turtle(each: Bound, target: str = "") -> str:
    query = each.query
    form = query.form or "select"
    lines = [
        f"\n{reference('query', query.id)} a sh:SPARQLExecutable, sh:SPARQL{FORMS[form]}Executable",
        f"  rdfs:label {literal(query.id)}",
        f"  rdfs:comment {literal(query.summary)}@en",
        f"  sh:{form} {literal(each.text)}",
        *(f"  schema:keywords {literal(tag)}" for tag in query.tags),
        *([f"  schema:target {target}"] if target else []),
    ]
    return " ;\n".join(lines) + " .\n"


PLAIN: dict[str, Callable[[Iterable[CannedQuery]], Files]] = {"grlc": grlc, "openapi": openapi}
"""Forms that keep the parameters."""

FILLED: dict[str, Callable[[Iterable[Bound]], Files]] = {"sib": sib, "qlever": qlever}
"""Forms whose queries hold the example values."""
