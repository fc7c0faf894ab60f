"""Which canned queries can be asked about an entity, and with which command."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from graphbuild.mapping.vocabulary import curie
from graphbuild.query import catalogue
from graphbuild.query.parameters import option_name
from graphbuild.site.classes import CLASSES


class Ready(NamedTuple):
    """A query about one entity: what it finds, and the command that asks it."""

    summary: str
    command: str


@dataclass(frozen=True)
class Asked:
    """A canned query that takes one entity of a class, and nothing else that must be given.

    Attributes:
        summary: what it finds.
        start: the command, up to the entity.
        end: the rest of the command.
    """

    summary: str
    start: str
    end: str

    def about(self, iri: str) -> Ready:
        """Return the query about one entity."""
        return Ready(self.summary, f"{self.start} {shlex.quote(iri)} {self.end}")


def queries_by_class(graph: str) -> Mapping[str, Sequence[Asked]]:
    """Return the queries about the entities of each class, by its slug.

    Args:
        graph: name of the graph folder.
    """
    slugs = {curie(each.term[1:-1]): each.slug for each in CLASSES}
    found: dict[str, list[Asked]] = {}
    for query in catalogue.load_all():
        needed = [parameter for parameter in query.parameters if parameter.required]
        if len(needed) == 1 and needed[0].kind in slugs:
            asked = Asked(
                query.summary,
                f"graphbuild query {query.id} --{option_name(needed[0].name)}",
                f"--graph {shlex.quote(graph)}",
            )
            found.setdefault(slugs[needed[0].kind], []).append(asked)
    return found
