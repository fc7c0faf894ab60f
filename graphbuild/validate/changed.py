"""Tell at which nodes a shape may find something else than it found in the build before.

A node is told to have changed when the set of its statements did. What a shape finds at a focus
node can only have changed if the node sees such a statement (`views`).
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from graphbuild.store.touched import Touched
from graphbuild.validate.columns import NO_IDS, Columns, Ids
from graphbuild.validate.model import Constraint, Schema, Shape
from graphbuild.validate.paths import Path
from graphbuild.validate.sql.views import Unbounded
from graphbuild.validate.views import constraint_views, target_views
from graphbuild.validate.walk import among, follow


class Changes:
    """What may have changed for the shapes of a schema.

    Attributes:
        whole: the constraints that must be checked at all nodes, in words, and why.
    """

    def __init__(self, columns: Columns, schema: Schema, touched: Touched) -> None:
        self.whole: dict[str, str] = {}
        self._columns, self._schema = columns, schema
        self._changed = columns.ids(touched.changed)
        self._unnamed = columns.ids(touched.unnamed)
        self._seen: dict[Path, Ids] = {}
        self._looked: list[Ids] = []

    def notes(self) -> tuple[str, ...]:
        """Return in words what was checked."""
        looked = len(np.unique(np.concatenate([NO_IDS, *self._looked])))
        told = f"only what changed is checked: {looked:,} nodes that state or see something new"
        whole = (f"checked at all nodes: {name}; {why}" for name, why in sorted(self.whole.items()))
        return (told, *whole)

    def split(self, shape: Shape, focus: Ids) -> list[tuple[Shape, Ids]]:
        """Return what must be checked of a shape: parts of it, each with its focus nodes."""
        bounded: list[Constraint] = []
        views = [view for target in shape.targets for view in target_views(target)]
        for constraint in shape.constraints:
            try:
                views += constraint_views(shape, constraint, self._schema)
                bounded.append(constraint)
            except Unbounded as reason:
                self.whole[f"{shape.name} {constraint.name}"] = str(reason)
        others = tuple(each for each in shape.constraints if each not in bounded)
        seeing = self.among(focus, views)
        self._looked.append(seeing)
        parts = [(replace(shape, constraints=tuple(bounded)), seeing)]
        if others:
            parts.append((replace(shape, constraints=others), focus))
        return parts

    def among(self, focus: Ids, views: Iterable[Path]) -> Ids:
        """Return the nodes, of some that are sorted, that see a change along one of the views."""
        seeing = [self._seeing(view) for view in dict.fromkeys(views)]
        return np.intersect1d(focus, np.concatenate([NO_IDS, *seeing]))

    def _seeing(self, path: Path) -> Ids:
        """Return the nodes from which a path leads along a statement that changed."""
        if path not in self._seen:
            steps = path.parts if path.sign == "/" else (path,)
            found: Ids = NO_IDS
            for step in reversed(steps):
                found = np.union1d(self._at(step), self._before(step, found))
            self._seen[path] = found
        return self._seen[path]

    def _before(self, step: Path, nodes: Ids) -> Ids:
        """Return the nodes from which a step leads to some nodes, which are sorted."""
        return follow(self._columns, step.inverse().plain(), nodes).value

    def _at(self, step: Path) -> Ids:
        """Return the nodes from which a step may lead elsewhere than before."""
        if not step.sign:
            return self._changed
        if step.sign == "^":
            named = among(self._columns.edges(step.parts[0].iri), self._changed)
            return np.union1d(named.value, self._unnamed)
        inside = [self._seeing(part) for part in step.parts]
        found: Ids = np.unique(np.concatenate(inside))
        return self._before(Path("*", parts=step.parts), found) if step.sign in "*+" else found
