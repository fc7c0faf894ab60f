"""Forget a person: out of the graph, of what builds keep, and of every build to come."""
