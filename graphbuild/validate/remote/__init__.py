"""Validate a store or a remote endpoint by SPARQL: one query for each constraint.

`conditions` writes what a shape demands of a node as an expression of SPARQL, `queries` writes the
queries of constraints, `engine` asks them and makes the report.
"""
