"""Nothing in the graph is out of the canned queries' reach."""

import re

from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.query.catalogue import load_all
from graphbuild.query.syntax import tokens
from graphbuild.store.columns import opened

NAME = re.compile(r"([a-z]+):([A-Za-z]\w*)")


def reached() -> set[str]:
    found = {
        match
        for query in load_all()
        for token in tokens(query.text)
        if (match := NAME.fullmatch(token.text))
    }
    return {PREFIXES[match[1]] + match[2] for match in found if match[1] in PREFIXES}


def test_every_predicate_of_the_example_is_in_a_query(example):
    rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    with opened(example) as connection:
        rows = connection.execute("SELECT DISTINCT p FROM triples").fetchall()
    assert {term[1:-1] for (term,) in rows} - reached() - {rdf_type} == set()
