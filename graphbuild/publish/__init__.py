"""Hand a graph on: in the terms of others, compare it, bring a server into step, link it."""
