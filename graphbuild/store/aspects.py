"""What a reader wants to know of an entity, one function for each class."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.vocabulary import curie
from graphbuild.store.facts import Facts
from graphbuild.store.words import (
    UNNAMED,
    author_list,
    class_words,
    count,
    issued,
    ordinal,
    position,
    property_words,
    stance,
    value_words,
)

Row = tuple[str, ...]
FIRST = ordinal(1)
TYPE = v.TYPE[1:-1]
BROADER = v.term("skos:broader")
IN_SCHEME = v.term("skos:inScheme")
NOTATION = v.term("skos:notation")


class Part(msgspec.Struct, frozen=True):
    """One thing said of an entity.

    Attributes:
        title: what it is, e.g. ``authors``.
        columns: names of the cells of a row; a column called ``iri`` holds IRIs.
        rows: what is said, in the order of reading.
        is_list: whether it may be long, and so is set apart from the short facts.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    is_list: bool = False


def parts(facts: Facts, iri: str, kind: str) -> list[Part]:
    """Return what is said of an entity whose class is given as CURIE, without empty parts."""
    return [part for part in ASPECTS.get(kind, _anything)(facts, iri) if part.rows]


def _paper(facts: Facts, iri: str) -> Iterator[Part]:
    rule = facts.text(iri, v.YEAR_RULE)
    flagged = facts.text(iri, v.FLAGGED_BY_SOURCE) == "true"
    named = facts.texts(iri, v.AFFILIATION_AS_WRITTEN)
    yield _fact("written as", facts.texts(iri, v.TITLE_AS_WRITTEN))
    yield _fact("date", [f"{issued(facts, iri)}{f': {rule}' if rule else ''}"])
    yield Part("authors", ("position", "name", "note", "iri"), tuple(_authors(facts, iri)))
    yield _fact("author list", [author_list(facts, iri)])
    yield Part("topics", ("topic", "basis", "iri"), tuple(_topics(facts, iri)))
    yield Part("introduces", ("name", "kind", "words", "iri"), tuple(_introduced(facts, iri)))
    yield Part("code", ("target", "stance", "words", "iri"), tuple(_code_links(facts, iri)))
    yield _fact("code flag", ["the source flags the paper as having code"] if flagged else [])
    yield _fact("also names", [f"{name}: an organisation, tied to no author" for name in named])
    yield _links(facts, "listed on", facts.subjects(v.LISTS, iri))
    yield _fact("abstract", facts.texts(iri, v.ABSTRACT))


def _authors(facts: Facts, paper: str) -> Iterator[Row]:
    authorships = facts.texts(paper, v.HAS_AUTHORSHIP)
    for authorship in sorted(authorships, key=lambda each: _place(facts, each)):
        person = facts.text(authorship, v.HELD_BY)
        if not person:
            yield position(facts, authorship), UNNAMED, "", ""
            continue
        written = facts.text(authorship, v.NAME_AS_WRITTEN)
        notes = []
        if written != facts.name(person):
            notes.append(f"written {written}")
        if facts.text(authorship, v.AUTHORSHIP_EVIDENCE):
            notes.append("not in the list; the profile page lists the paper")
        yield position(facts, authorship), facts.name(person), "; ".join(notes), person


def _place(facts: Facts, authorship: str) -> tuple[int, int, str]:
    exact = facts.text(authorship, v.ORDINAL)
    bound = facts.text(authorship, v.ORDINAL_AT_LEAST)
    return int(exact or bound or 1_000_000), 0 if exact else 1, authorship


def _topics(facts: Facts, paper: str) -> Iterator[Row]:
    main = facts.text(paper, v.PRIMARY_SUBJECT)
    for assignment in facts.subjects(v.ASSIGNMENT_PAPER, paper):
        written, rule = facts.text(assignment, v.TEXT_AS_WRITTEN), facts.text(assignment, v.RULE)
        basis = f'written "{written}"; {rule}'
        topic = facts.text(assignment, v.ASSIGNMENT_TOPIC)
        if topic:
            yield topic_name(facts, topic) + ", main topic" * (topic == main), basis, topic
        else:
            options = facts.texts(assignment, v.ASSIGNMENT_CANDIDATE)
            names = " or ".join(topic_name(facts, option) for option in options)
            yield f"undecided: {names or 'no candidate'}", basis, ""
    assigned = {
        facts.text(assignment, v.ASSIGNMENT_TOPIC)
        for assignment in facts.subjects(v.ASSIGNMENT_PAPER, paper)
    }
    for topic in facts.texts(paper, v.SUBJECT):
        if topic not in assigned:
            yield topic_name(facts, topic), "", topic


def topic_name(facts: Facts, iri: str) -> str:
    """Return the label of a topic with its notation, ``Machine Learning (cs.LG)``."""
    notation = facts.text(iri, NOTATION)
    return f"{facts.name(iri)} ({notation})" if notation else facts.name(iri)


def _introduced(facts: Facts, paper: str) -> Iterator[Row]:
    for thing in facts.texts(paper, v.INTRODUCES):
        yield facts.name(thing), _class_of(facts, thing), _evidence(facts, paper, thing), thing


def _evidence(facts: Facts, paper: str, thing: str) -> str:
    nodes = facts.subjects(v.INTRODUCTION_OF, thing)
    same = [node for node in nodes if facts.text(node, v.INTRODUCTION_PAPER) == paper]
    return "; ".join(_quotes(facts, same))


def _quotes(facts: Facts, nodes: Iterable[str]) -> list[str]:
    """Return the words that some nodes rest on, in quotation marks, the shortest first."""
    words = {text for node in nodes for text in facts.texts(node, v.TEXT_AS_WRITTEN)}
    return [f'"{text}"' for text in sorted(words, key=lambda text: (len(text), text))]


def _code_links(facts: Facts, paper: str) -> Iterator[Row]:
    for link in facts.subjects(v.LINK_PAPER, paper):
        repository = facts.text(link, v.LINK_REPOSITORY)
        target = repository or facts.text(link, v.LINK_PAGE)
        name = facts.name(repository) if repository else f"project page {target}"
        candidate = facts.text(link, v.CANDIDATE_REPOSITORY)
        guess = f", perhaps made from {candidate}" if candidate else ""
        yield name + guess, stance(facts, link), f'"{facts.text(link, v.TEXT_AS_WRITTEN)}"', target


def _person(facts: Facts, iri: str) -> Iterator[Part]:
    papers = facts.subjects(v.CREATOR, iri)
    positions = {
        paper: position(facts, authorship)
        for authorship in facts.subjects(v.HELD_BY, iri)
        for paper in facts.subjects(v.HAS_AUTHORSHIP, authorship)
    }
    yield _fact("papers in all", [_extent(facts, papers, positions)])
    yield _identity(facts, iri)
    yield _people(facts, "may be the same as", facts.texts(iri, v.POSSIBLY_SAME))
    yield _fact("also written", facts.texts(iri, v.ALT_LABEL))
    yield _links(facts, "described by", facts.subjects(v.DESCRIBES, iri))
    yield _links(facts, "may own", facts.subjects(v.POSSIBLE_OWNER, iri))
    yield _papers(facts, "papers", papers, positions, "position")
    yield _counted(facts, "co-authors", _referred(facts, papers, v.CREATOR), leave_out=iri)
    yield _counted(facts, "topics", _referred(facts, papers, v.SUBJECT))
    yield _counted(facts, "repositories", _referred(facts, papers, v.HAS_CODE))
    yield _counted(facts, "systems and datasets", _referred(facts, papers, v.INTRODUCES))


def _extent(facts: Facts, papers: list[str], positions: Mapping[str, str]) -> str:
    """Say how many papers there are, from when to when, and on how many the person comes first."""
    dates = sorted(filter(None, (facts.text(paper, v.ISSUED) for paper in papers)))
    years = f", {dates[0][:4]} to {dates[-1][:4]}" if dates else ""
    first = sum(positions.get(paper) == FIRST for paper in papers)
    return f"{count(len(papers), 'paper')}{years}" + f"; 1st author of {first}" * (first > 0)


def _identity(facts: Facts, iri: str) -> Part:
    return _fact("identity", [value_words(status) for status in facts.texts(iri, v.IDENTITY)])


def _people(facts: Facts, title: str, people: Iterable[str]) -> Part:
    rows = (
        (
            facts.name(each),
            count(len(facts.subjects(v.CREATOR, each)), "paper"),
            facts.short(each),
            each,
        )
        for each in people
    )
    return Part(title, ("name", "papers", "id", "iri"), tuple(rows))


def _referred(facts: Facts, papers: Iterable[str], predicate: str) -> Iterator[str]:
    return (other for paper in papers for other in facts.texts(paper, predicate))


def _papers(
    facts: Facts, title: str, papers: Iterable[str], notes: Mapping[str, str], column: str
) -> Part:
    """Return a list of papers, newest first and those without a year last."""
    once = sorted(set(papers), key=lambda each: (facts.name(each), each))
    newest = sorted(once, key=lambda each: facts.text(each, v.ISSUED), reverse=True)
    rows = ((issued(facts, each), notes.get(each, ""), facts.name(each), each) for each in newest)
    return Part(title, ("date", column, "title", "iri"), tuple(rows), is_list=True)


def _counted(facts: Facts, title: str, things: Iterable[str], leave_out: str = "") -> Part:
    """Return a list of things by the number of papers, most first."""
    numbers = Counter(thing for thing in things if thing != leave_out)
    ranked = sorted(numbers.items(), key=lambda pair: (-pair[1], facts.name(pair[0]), pair[0]))
    names = {thing: topic_name(facts, thing) for thing in numbers}
    shared = Counter(names.values())
    rows = (
        (
            count(number, "paper"),
            names[thing] + f" [{facts.short(thing)}]" * (shared[names[thing]] > 1),
            thing,
        )
        for thing, number in ranked
    )
    return Part(title, ("papers", "name", "iri"), tuple(rows), is_list=True)


def _repository(facts: Facts, iri: str) -> Iterator[Part]:
    links = facts.subjects(v.LINK_REPOSITORY, iri)
    stances: dict[str, str] = {}
    for link in links:
        stances.setdefault(facts.text(link, v.LINK_PAPER), stance(facts, link))
    papers = {*stances, *facts.subjects(v.HAS_CODE, iri)}
    yield _fact("address", facts.texts(iri, v.REPOSITORY_URL))
    yield _people(facts, "owner may be", facts.texts(iri, v.POSSIBLE_OWNER))
    yield _links(facts, "implements", facts.subjects(v.IMPLEMENTED_IN, iri))
    yield _papers(facts, "papers", papers, stances, "says")
    yield _counted(facts, "authors of these papers", _referred(facts, papers, v.CREATOR))


def _topic(facts: Facts, iri: str) -> Iterator[Part]:
    papers = [each for each in facts.subjects(v.SUBJECT, iri) if _class_of(facts, each) == "paper"]
    yield _fact("notation", facts.texts(iri, NOTATION))
    yield _links(facts, "part of", facts.texts(iri, BROADER))
    yield _links(facts, "contains", facts.subjects(BROADER, iri))
    yield _links(facts, "scheme", facts.texts(iri, IN_SCHEME))
    yield _papers(facts, "papers", papers, {}, "")
    yield _counted(facts, "authors", _referred(facts, papers, v.CREATOR))


def _artifact(facts: Facts, iri: str) -> Iterator[Part]:
    papers = facts.subjects(v.INTRODUCES, iri)
    nodes = facts.subjects(v.INTRODUCTION_OF, iri)
    rules = sorted({rule for node in nodes for rule in facts.texts(node, v.RULE)})
    yield _fact("also called", facts.texts(iri, v.ALT_LABEL))
    yield _links(facts, "family", facts.texts(iri, v.IN_FAMILY))
    yield _links(facts, "follows", facts.texts(iri, v.SUCCEEDS))
    yield _links(facts, "followed by", facts.subjects(v.SUCCEEDS, iri))
    yield _links(facts, "repository", facts.texts(iri, v.IMPLEMENTED_IN))
    yield _fact("in these words", _quotes(facts, nodes))
    yield _fact("found by rule", [", ".join(rules)])
    yield _papers(facts, "introduced by", papers, {}, "")


def _family(facts: Facts, iri: str) -> Iterator[Part]:
    members = facts.subjects(v.IN_FAMILY, iri)
    papers = {paper: member for member in members for paper in facts.subjects(v.INTRODUCES, member)}
    names = {paper: facts.name(member) for paper, member in papers.items()}
    yield _links(facts, "versions", members)
    yield _papers(facts, "introduced by", papers, names, "introduces")


def _profile(facts: Facts, iri: str) -> Iterator[Part]:
    yield Part("states", ("number", "value", "as written", "date"), tuple(_numbers(facts, iri)))
    yield _links(facts, "main topic", facts.texts(iri, v.SUBJECT))
    yield _fact(
        "lists", [count(int(text), "paper") for text in facts.texts(iri, v.LISTED_PAPER_COUNT)]
    )
    yield _fact("may mix people", facts.texts(iri, v.POSSIBLE_CONFLATION))
    yield _people(facts, "people it describes", facts.texts(iri, v.DESCRIBES))
    yield _papers(facts, "papers", facts.texts(iri, v.LISTS), {}, "")


def _numbers(facts: Facts, profile: str) -> Iterator[Row]:
    for observation in facts.subjects(v.FEATURE_OF_INTEREST, profile):
        metric = facts.text(observation, v.OBSERVED_PROPERTY)
        written = ", ".join(f'"{text}"' for text in facts.texts(observation, v.TEXT_AS_WRITTEN))
        date = facts.text(observation, v.RESULT_TIME)[:10] or "date not stated"
        yield facts.name(metric), facts.text(observation, v.RESULT), written, date


def _organization(facts: Facts, iri: str) -> Iterator[Part]:
    yield _identity(facts, iri)
    yield _papers(facts, "named by", facts.subjects(v.ASSOCIATED_ORGANIZATION, iri), {}, "")


def _record(facts: Facts, iri: str) -> Iterator[Part]:
    for title, predicate in (
        ("file", v.IDENTIFIER),
        ("title", v.TITLE),
        ("format", v.FORMAT),
        ("captured on", v.CAPTURED_ON),
        ("SHA-256", v.SHA256),
        ("line", v.LINE),
        ("as written", v.TEXT_AS_WRITTEN),
    ):
        yield _fact(title, facts.texts(iri, predicate))
    stated = facts.subjects(v.DERIVED_FROM, iri)
    rows = sorted((_class_of(facts, each), facts.name(each), each) for each in stated)
    yield Part("states", ("class", "name", "iri"), tuple(rows), is_list=True)
    records = facts.subjects(v.PART_OF, iri)
    entries = sorted((int(facts.text(each, v.LINE) or 0), each) for each in records)
    lines = ((f"line {line}", facts.text(each, v.TEXT_AS_WRITTEN), each) for line, each in entries)
    yield Part("entries", ("line", "as written", "iri"), tuple(lines), is_list=True)


def _anything(facts: Facts, iri: str) -> Iterator[Part]:
    stated: dict[str, list[str]] = {}
    for predicate, value in facts.outgoing(iri):
        if predicate != TYPE:
            text = value.value
            known = facts.knows(text)
            words = value_words(text) or (facts.name(text) if known else text)
            stated.setdefault(property_words(curie(predicate)), []).append(words)
    for title, values in stated.items():
        yield _fact(title, values)
    rows = (
        (property_words(curie(predicate)), facts.name(other), other)
        for predicate, other in facts.incoming(iri)
    )
    yield Part("referred to by", ("property", "name", "iri"), tuple(rows), is_list=True)


def _fact(title: str, values: Iterable[str]) -> Part:
    return Part(title, ("value",), tuple((value,) for value in values if value))


def _links(facts: Facts, title: str, iris: Iterable[str]) -> Part:
    rows = ((facts.name(iri), iri) for iri in iris)
    return Part(title, ("name", "iri"), tuple(rows))


def _class_of(facts: Facts, iri: str) -> str:
    return class_words(curie(facts.text(iri, v.TYPE)))


ASPECTS: Mapping[str, Callable[[Facts, str], Iterator[Part]]] = {
    "foaf:Organization": _organization,
    "foaf:Person": _person,
    "gb:CodeRepository": _repository,
    "gb:Method": _artifact,
    "gb:MethodFamily": _family,
    "gb:Paper": _paper,
    "gb:Profile": _profile,
    "gb:SourceRecord": _record,
    "schema:Dataset": _artifact,
    "skos:Concept": _topic,
}
"""What is said of each class, by CURIE; any other class is said property by property."""
