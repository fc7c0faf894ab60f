"""The mapping that morph-kgc gets: the facts of `benchmarks.works` tables, 60 triples a work."""

from pathlib import Path

DCT, FABIO = "http://purl.org/dc/terms/", "http://purl.org/spar/fabio/"
FOAF = "http://xmlns.com/foaf/0.1/"
OWN, CITO = "https://example.org/", "http://purl.org/spar/cito/"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
XSD = "http://www.w3.org/2001/XMLSchema#"
MAPS = [
    ("works", "id", f"{FABIO}Work", [
        (f"{DCT}title", "title", ""), (f"{DCT}issued", "date", f"{XSD}date"),
        (f"{FABIO}hasPublicationYear", "year", f"{XSD}gYear"), (f"{OWN}doi", "doi", "IRI"),
        (f"{OWN}cited", "cited", f"{XSD}integer"), (f"{DCT}language", "lang", ""),
        (f"{DCT}isPartOf", "source", "IRI"),
    ]),
    ("sources", "id", f"{FABIO}Journal", [(LABEL, "label", "")]),
    ("topics_of", "work", "", [(f"{DCT}subject", "topic", "IRI")]),
    ("topics", "id", f"{OWN}Topic", [(LABEL, "label", "")]),
    ("keywords", "work", "", [(f"{OWN}keyword", "word", "")]),
    ("cites", "work", "", [(f"{CITO}cites", "cited", "IRI")]),
    ("authorships", "node", f"{OWN}Authorship", [
        (f"{OWN}place", "place", f"{XSD}integer"), (f"{OWN}person", "person", "IRI"),
        (f"{OWN}raw", "raw", ""),
    ]),
    ("authorships", "work", "", [
        (f"{DCT}creator", "person", "IRI"), (f"{OWN}has", "node", "IRI"),
    ]),
    ("authors", "id", f"{FOAF}Person", [
        (f"{FOAF}name", "name", ""), (f"{OWN}orcid", "orcid", "IRI"),
    ]),
    ("affiliations", "node", "", [(f"{OWN}at", "org", "IRI")]),
    ("institutions", "id", f"{FOAF}Organization", [
        (LABEL, "label", ""), (f"{OWN}in", "country", ""),
    ]),
]  # fmt: skip
"""Table, column of the subject, class, and for each column its property and kind of object."""


def write_mapping(tables: Path, folder: Path) -> Path:
    """Write the mapping and morph-kgc's configuration; return the configuration."""
    blocks = [
        _block(f"{number}", tables / f"{each[0]}.json", *each[1:])
        for number, each in enumerate(MAPS)
    ]
    mapping, config = folder / "works.rml.ttl", folder / "works.ini"
    prefixes = (
        "@prefix rr: <http://www.w3.org/ns/r2rml#> .\n"
        "@prefix rml: <http://semweb.mmlab.be/ns/rml#> .\n"
        "@prefix ql: <http://semweb.mmlab.be/ns/ql#> .\n@base <http://example.org/> .\n"
    )
    mapping.write_text(prefixes + "\n".join(blocks), encoding="utf-8")
    config.write_text(
        f"[CONFIGURATION]\noutput_file: {folder / 'morph.nt'}\noutput_format: N-TRIPLES\n"
        f"number_of_processes: 1\n\n[DATA]\nmappings: {mapping}\n",
        encoding="utf-8",
    )
    return config


def _block(
    name: str, table: Path, subject: str, kind: str, pairs: list[tuple[str, str, str]]
) -> str:
    shape = f"; rr:class <{kind}>" if kind else ""
    objects = " ; ".join(
        f"rr:predicateObjectMap [ rr:predicate <{predicate}> ; rr:objectMap "
        f'[ rml:reference "{column}" {_object(form)} ] ]'
        for predicate, column, form in pairs
    )
    return (
        f"<#m{name}> a rr:TriplesMap ; rml:logicalSource [ "
        f'rml:source "{table}" ; rml:referenceFormulation ql:JSONPath ; '
        f'rml:iterator "$[*]" ] ; rr:subjectMap [ rml:reference "{subject}" ; rr:termType rr:IRI '
        f"{shape} ] ; {objects} ."
    )


def _object(form: str) -> str:
    if form == "IRI":
        return "; rr:termType rr:IRI"
    return f"; rr:datatype <{form}>" if form else ""
