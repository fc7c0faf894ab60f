"""What of a graph is not published unless it is asked for: personal matters and opaque scores.

A score is opaque when its site does not say how it is made; such measures have the site's name in
their key. Confidences of assignments are in no common scale, and so say little to strangers.
"""

from pathlib import Path

import duckdb

from graphbuild.mapping import vocabulary as v
from graphbuild.site.plan import quoted
from graphbuild.terms import REFERENCE_BASE

PERSONAL = ("foaf:mbox", "foaf:gender", "schema:email", "schema:gender", "gb:score")
OPAQUE = f"<{REFERENCE_BASE}id/metric/profile-page:"
"""How the IRIs of the measures of one kind of site begin."""

WORDS = "e-mail addresses, gender, and scores of which nobody says how they are made"


def withhold(connection: duckdb.DuckDBPyConnection, triples: Path, *, unfiltered: bool) -> None:
    """Make the view ``triples`` of what may be published.

    Args:
        connection: where the view is made.
        triples: the columns of a graph.
        unfiltered: whether all of it may.
    """
    source = f"read_parquet('{quoted(triples)}')"
    if unfiltered:
        connection.execute(f"CREATE VIEW triples AS FROM {source}")
        return
    connection.execute(
        f"CREATE TABLE hidden AS SELECT s FROM {source} WHERE p = ? AND starts_with(o, ?) "
        f"UNION SELECT s FROM {source} WHERE starts_with(s, ?)",
        [v.OBSERVED_PROPERTY, OPAQUE, OPAQUE],
    )
    personal = ", ".join(f"'{v.term(name)}'" for name in PERSONAL)
    connection.execute(
        f"CREATE VIEW triples AS FROM {source} "
        f"WHERE p NOT IN ({personal}) AND s NOT IN (SELECT s FROM hidden)"
    )
