"""Match the entities of a graph with those of somebody else, and keep what was found as links."""
