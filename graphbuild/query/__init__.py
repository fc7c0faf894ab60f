"""Ask a graph: canned queries with typed parameters, or any SPARQL, in a process of its own."""
