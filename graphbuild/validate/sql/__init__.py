"""Translate the SPARQL of constraints to SQL over the columns of a data graph.

`expressions` translates expressions, `patterns` graph patterns, `constraints` whole constraints
with their pre-bound variables (SHACL, section 5.3 and appendix A). What is not translated raises
`Untranslatable`, and the reference engine evaluates it.
"""
