"""Find shapes that lead back to themselves, and refuse those that have no clear meaning.

SHACL leaves recursion undefined (section 3.4.3). Where it passes through no negation there is one
natural meaning: the largest set of nodes that conform to all shapes at once (Corman, Reutter and
Savkovic, Semantics and validation of recursive SHACL, ISWC 2018). All other recursion is refused.
"""

from collections.abc import Mapping

import networkx as nx

from graphbuild.errors import ShapesError
from graphbuild.validate.model import Constraint, Shape

NEGATIVE = {"not", "xone", "qualifiedMaxCount"}


def recursive_groups(shapes: Mapping[str, Shape]) -> dict[str, frozenset[str]]:
    """Return of each shape that leads back to itself all shapes on the way.

    Raises:
        ShapesError: the way passes through a negation, or through sh:property only.
    """
    links = nx.MultiDiGraph(
        (key, part, {"constraint": constraint})
        for key, shape in shapes.items()
        for constraint in shape.constraints
        for part in (*constraint.shapes, *constraint.others)
    )
    groups: dict[str, frozenset[str]] = {}
    for group in nx.strongly_connected_components(links):
        if len(group) == 1 and not any(links.has_edge(key, key) for key in group):
            continue
        inside = links.subgraph(group)
        constraints = [data["constraint"] for _, _, data in inside.edges(data=True)]
        _refuse(constraints, ", ".join(sorted({shapes[key].name for key in group})))
        groups |= dict.fromkeys(group, frozenset(group))
    return groups


def _refuse(constraints: list[Constraint], names: str) -> None:
    wrong = [c.parameter for c in constraints if c.parameter in NEGATIVE or c.others]
    if not wrong and all(c.parameter == "property" for c in constraints):
        wrong = ["property"]
    if wrong:
        raise ShapesError(
            f"the shapes cannot be used: shape {names} is recursive through sh:{wrong[0]}, which "
            "SHACL leaves undefined (https://www.w3.org/TR/shacl/#shapes-recursion)"
        )
