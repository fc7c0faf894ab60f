"""Keep a graph: the folder, its triples, its SPARQL index and its label index."""
