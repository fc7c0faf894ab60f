"""Write where things come from: source records, profiles and the numbers that they state."""

from collections.abc import Iterator

from graphbuild import terms
from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.common import derived
from graphbuild.parts import Origin
from graphbuild.records import Observation, Profile, Source
from graphbuild.terms import Minter, literal


def source_triples(source: Source, mint: Minter) -> Iterator[str]:
    """Yield the lines that state one input."""
    s = mint.iri("record", source.key)
    yield f"{s} {v.TYPE} {v.SOURCE_RECORD} .\n{s} {v.IDENTIFIER} {literal(source.name)} .\n"
    yield f"{s} {v.TITLE} {literal(source.title)} .\n{s} {v.FORMAT} {literal(source.format)} .\n"
    yield f"{s} {v.SHA256} {literal(source.sha256)} .\n"
    if source.captured:
        yield f"{s} {v.CAPTURED_ON} {terms.date(source.captured)} .\n"
    if source.licence:
        yield f"{s} {v.LICENSE} {terms.link(source.licence)} .\n"


def origin_triples(origin: Origin, mint: Minter) -> Iterator[str]:
    """Yield the lines that state one record inside an input."""
    s = mint.iri("record", origin.record)
    page = mint.iri("record", origin.record.partition("-")[0])
    yield f"{s} {v.TYPE} {v.SOURCE_RECORD} .\n{s} {v.PART_OF} {page} .\n"
    if origin.text:
        yield f"{s} {v.TEXT_AS_WRITTEN} {literal(origin.text)} .\n"
    if origin.line:
        yield f"{s} {v.LINE} {terms.integer(origin.line)} .\n"
    if origin.id:
        yield f"{s} {v.IDENTIFIER} {literal(origin.id)} .\n"


def profile_triples(
    profile: Profile, owners: tuple[str, ...], papers: tuple[str, ...], why_mixed: str, mint: Minter
) -> Iterator[str]:
    """Yield the lines that state one profile page.

    Args:
        profile: the page.
        owners: keys of the persons whose papers it lists under its name.
        papers: keys of those papers.
        why_mixed: why it may mix several people, in words; empty when nothing says so.
        mint: gives the IRIs of the graph's entities.
    """
    s = mint.iri("profile", profile.key)
    yield f"{s} {v.TYPE} {v.PROFILE} .\n{s} {v.NAME} {literal(profile.name)} .\n"
    for owner in owners:
        yield f"{s} {v.DESCRIBES} {mint.iri('person', owner)} .\n"
    for paper in papers:
        yield f"{s} {v.LISTS} {mint.iri('paper', paper)} .\n"
    yield f"{s} {v.LISTED_PAPER_COUNT} {terms.integer(len(papers))} .\n"
    if profile.topic and profile.topic.topic:
        yield f"{s} {v.SUBJECT} {terms.reference('topic', profile.topic.topic)} .\n"
    if why_mixed:
        yield f"{s} {v.POSSIBLE_CONFLATION} {literal(why_mixed)} .\n"
    yield from derived(s, (profile.origin.record,), mint)


def observation_triples(observation: Observation, mint: Minter) -> Iterator[str]:
    """Yield the lines that state one number that a page gives for its profile."""
    s = mint.iri("observation", f"{observation.profile}-{observation.metric}")
    value = observation.value
    result = terms.integer(value) if isinstance(value, int) else terms.decimal(value)
    yield f"{s} {v.TYPE} {v.METRIC_OBSERVATION} .\n"
    yield f"{s} {v.FEATURE_OF_INTEREST} {mint.iri('profile', observation.profile)} .\n"
    yield f"{s} {v.OBSERVED_PROPERTY} {terms.reference('metric', observation.metric)} .\n"
    yield f"{s} {v.RESULT} {result} .\n"
    if observation.observed:
        yield f"{s} {v.RESULT_TIME} {terms.start_of_day(observation.observed)} .\n"
    for written in observation.written:
        yield f"{s} {v.TEXT_AS_WRITTEN} {literal(written)} .\n"
    yield from derived(s, (observation.origin.record,), mint)
