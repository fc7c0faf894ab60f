"""Read RDF: our own exports, and graphs of others in the vocabularies that they use.

This package alone among the readers knows RDF, because its inputs are RDF; what it yields are the
records that every other reader yields.
"""
