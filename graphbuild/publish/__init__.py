"""Hand a graph on: compare it with another, bring a server into step, link it with others."""
