"""Copy the graph of a SPARQL endpoint, and go on where an earlier attempt broke off."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from graphbuild.errors import EndpointError, InputError, QueryTimeoutError
from graphbuild.pulling import GRAPH
from graphbuild.store.endpoint import endpoint
from graphbuild.store.whole import copy_graph

ALIASES = Path("endpoints.toml")


def pulled(url: str, home: Path, tell: Callable[[str], None]) -> Path:
    """Return a file of N-Triples with all triples of an endpoint's graph.

    What is complete is not asked for again until the folder is deleted.

    Args:
        url: the endpoint; ``?graph=IRI`` names a graph other than the default one.
        home: folder that keeps what came.
        tell: is told what is being read and waited for.

    Raises:
        EndpointError: the endpoint does not answer, gives less than it counts, or changes while it
            is read.
        QueryTimeoutError: it does not answer in time.
        InputError: its graph is empty.
    """
    done, part = home / "graph.nt", home / "graph.part"
    if done.exists():
        return done
    home.mkdir(parents=True, exist_ok=True)
    name = next(iter(parse_qs(urlsplit(url).query).get(GRAPH, [])), "")
    known = replace(endpoint(url.partition("?")[0], ALIASES), tell=tell)
    try:
        number = copy_graph(known, part, name)
    except (EndpointError, QueryTimeoutError) as error:
        kind = QueryTimeoutError if isinstance(error, QueryTimeoutError) else EndpointError
        raise kind(f"{error}; what came is kept: run it again") from error
    if not number:
        raise InputError("its graph holds no triples; ?graph=IRI names another", location=url)
    part.replace(done)
    return done
