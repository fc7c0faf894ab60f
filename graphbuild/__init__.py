"""Build, check and ask one RDF graph of scholarly metadata."""

__version__ = "0.1.0"
