"""What networks there are: which entities are their nodes, and what ties two of them."""

from dataclasses import dataclass, field

from graphbuild.mapping import vocabulary as v

STATED = "SELECT s AS unit, o AS node, s AS dated FROM triples WHERE p = $tie"
AT_AUTHORSHIPS = """
SELECT DISTINCT held.s AS unit, place.o AS node, held.s AS dated
FROM triples AS held JOIN triples AS place ON place.s = held.o
WHERE held.p = $held AND place.p = $tie
"""
TURNED = "SELECT o AS unit, s AS node, s AS dated FROM triples WHERE p IN ($tie, $also)"


@dataclass(frozen=True)
class Kind:
    """A kind of network: nodes are tied by the units that they share.

    Attributes:
        title: what it is called above a picture.
        summary: what it shows, in a line.
        nodes: what the nodes are, in the plural.
        counts: name of the attribute that says how many units a node has; in the plural.
        units: what is shared, in the plural.
        members: SQL that gives ``unit``, ``node`` and ``dated``, the paper whose year counts.
        values: predicates that the SQL names.
        labels: predicates that say what a node is called, the first one stated counts.
        directed: each unit is itself a node, which points to its members.
    """

    title: str
    summary: str
    nodes: str
    counts: str
    units: str
    members: str
    values: dict[str, str] = field(default_factory=dict)
    labels: tuple[str, ...] = (v.NAME,)
    directed: bool = False

    @property
    def of_papers(self) -> bool:
        """Whether the nodes are papers, which are called by first author and year."""
        return self.labels == (v.TITLE,)


KINDS = {
    "coauthors": Kind(
        "Co-authors",
        "people, tied by the papers that they wrote together",
        nodes="people",
        counts="papers",
        units="papers",
        members=STATED,
        values={"tie": v.CREATOR},
    ),
    "citations": Kind(
        "Citations",
        "papers, each pointing to those that it cites",
        nodes="papers",
        counts="citations",
        units="papers",
        members=STATED,
        values={"tie": v.CITES},
        labels=(v.TITLE,),
        directed=True,
    ),
    "cocitation": Kind(
        "Co-citation",
        "papers, tied by the papers that cite both",
        nodes="papers",
        counts="citations",
        units="citing papers",
        members=STATED,
        values={"tie": v.CITES},
        labels=(v.TITLE,),
    ),
    "coupling": Kind(
        "Bibliographic coupling",
        "papers, tied by the works that both cite",
        nodes="papers",
        counts="references",
        units="references",
        members=TURNED,
        values={"tie": v.CITES, "also": v.CITES_OUTSIDE},
        labels=(v.TITLE,),
    ),
    "topics": Kind(
        "Topics",
        "topics, tied by the papers that are about both",
        nodes="topics",
        counts="papers",
        units="papers",
        members=STATED,
        values={"tie": v.SUBJECT},
        labels=(v.PREF_LABEL,),
    ),
    "repositories": Kind(
        "Shared repositories",
        "papers, tied by the code repositories that they share",
        nodes="papers",
        counts="repositories",
        units="repositories",
        members=TURNED,
        values={"tie": v.HAS_CODE, "also": v.HAS_CODE},
        labels=(v.TITLE,),
    ),
    "organisations": Kind(
        "Organisations",
        "organisations, tied by the papers that their people wrote together",
        nodes="organisations",
        counts="papers",
        units="papers",
        members=AT_AUTHORSHIPS,
        values={"held": v.HAS_AUTHORSHIP, "tie": v.RELATED_ORGANIZATION},
    ),
}
"""Every network by the name it has on the command line."""
