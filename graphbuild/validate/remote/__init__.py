"""Validate a store or a remote endpoint by SPARQL: few queries clear most constraints.

`conditions` writes what a shape demands of a node as an expression of SPARQL, `queries` writes the
queries of constraints, `suspects` knows which constraints no value breaks, `engine` asks and makes
the report.
"""
