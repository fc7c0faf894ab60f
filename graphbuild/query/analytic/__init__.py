"""Answer questions about a whole graph from its columns: SPARQL becomes SQL over numbered terms.

`parse` reads a query into its algebra (`tree`), `compile` makes one statement of it with the help
of `patterns`, `paths`, `selects`, `functions` and what these use, and `answer` runs it and writes
the terms. What has no exact translation raises `Unsupported`, and the store answers it.
"""
