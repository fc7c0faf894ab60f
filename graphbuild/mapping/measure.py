"""Write the numbers that were counted in the graph itself, and how and as of when they were."""

from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from graphbuild import terms
from graphbuild.mapping import vocabulary as v
from graphbuild.terms import Minter

DIGITS = 16
"""Of the hash that tells the numbers of one measuring apart: 64 bits."""


class Measuring(NamedTuple):
    """One computation of one metric for all entities of one kind.

    Attributes:
        key: names it, and with ``measure-`` in front the query that defines it.
        of: CURIE of the class of the entities; empty for years.
        metric: key of the metric.
        least: the least number that is kept; None where all are.
        procedure: IRI of what says how it is computed; empty for the query that defines it.
    """

    key: str
    of: str
    metric: str
    least: int | None
    procedure: str = ""


class Number(NamedTuple):
    """What was counted for one entity, for one pair of them, or for one year.

    Attributes:
        entity: its IRI in angle brackets, or a year in four digits.
        partner: the IRI of the other one of a pair; empty otherwise.
        value: the number.
        leads: whether it is among the largest.
    """

    entity: str
    partner: str
    value: float
    leads: bool


def measuring_triples(measuring: Measuring, as_of: str, mint: Minter) -> Iterator[str]:
    """Yield the lines that state a computation.

    Args:
        measuring: what was computed.
        as_of: the day of the data, ISO 8601; empty where it is not known.
        mint: gives the IRIs of the graph's entities.
    """
    s = mint.iri("measuring", measuring.key)
    procedure = measuring.procedure or terms.reference("query", f"measure-{measuring.key}")
    yield f"{s} {v.TYPE} {v.MEASURING} .\n"
    yield f"{s} {v.OBSERVED_PROPERTY} {terms.reference('metric', measuring.metric)} .\n"
    yield f"{s} {v.USED_PROCEDURE} {procedure} .\n"
    if measuring.least is not None:
        yield f"{s} {v.LEAST_RESULT} {terms.integer(measuring.least)} .\n"
    if measuring.of:
        yield f"{s} {v.MEASURED_CLASS} {v.term(measuring.of)} .\n"
    if as_of:
        yield f"{s} {v.RESULT_TIME} {terms.start_of_day(as_of)} .\n"


def number_triples(key: str, number: Number, mint: Minter) -> str:
    """Return the lines that state one number of the measuring that has this key."""
    entity, partner, value, leads = number
    is_year = not partner and not entity.startswith("<")
    part = entity if is_year else sha256(f"{entity}{partner}".encode()).hexdigest()[:DIGITS]
    s, measuring = mint.iri("measure", f"{key}:{part}"), mint.iri("measuring", key)
    result = terms.integer(value) if isinstance(value, int) else terms.decimal(f"{value:.10f}")
    about = (
        f"{s} {v.OF_YEAR} {terms.date(entity)} .\n"
        if is_year
        else f"{s} {v.FEATURE_OF_INTEREST} {entity} .\n"
    )
    if partner:
        about += f"{s} {v.FEATURE_OF_INTEREST} {partner} .\n"
    if leads:
        about += f"{measuring} {v.LEADING_MEASURE} {s} .\n"
    return (
        f"{s} {v.TYPE} {v.MEASURE} .\n{s} {v.MEASURED_IN} {measuring} .\n"
        f"{s} {v.RESULT} {result} .\n{about}"
    )
