"""The records that travel from the readers to the graph.

What a reader yields is what one source says: `Source`, `Paper`, `Profile`, `Observation`, or
`Rejected` for what it could not read. What `resolve` and `fuse` make of them are entities:
`Person`, `Organization`, `Repository`, `Artifact`, `Family`.

Absent means "not stated", never a guess, and the value as written stays beside the normalised
one. Records know nothing of RDF.
"""

from typing import Literal

import msgspec

ListStatus = Literal["complete", "truncated", "unknown"]
Stance = Literal["released", "promised", "mentioned"]
Content = Literal["code", "data", "models"]
ArtifactKind = Literal["method", "dataset"]
IdentityStatus = Literal["name-only", "joined", "identified"]


class Struct(msgspec.Struct, frozen=True, omit_defaults=True):
    """A part of a record: immutable, and compact as JSON."""


class Origin(Struct, frozen=True):
    """The place of a record in its source.

    Attributes:
        record: key of the source record; the part before ``-`` is the key of the `Source`.
        line: first line of the record, from 1.
        text: the line that heads the record, as written.
    """

    record: str
    line: int
    text: str = ""


class PartialDate(Struct, frozen=True):
    """A date as precise as its source.

    Attributes:
        written: the date as written.
        value: ``2023-03-13``, ``2023-03``, ``2023``, or ``--03-13`` when the year is not stated
            (the lexical forms of XML Schema).
        inferred: the full date when a rule supplied the year.
        rule: that rule, in words.
    """

    written: str
    value: str
    inferred: str = ""
    rule: str = ""


class Authorship(Struct, frozen=True):
    """One person's part in one paper.

    Attributes:
        name: the name as written.
        position: place in the list of authors, from 1; None when it is not known.
        at_least: the least place that is possible, where the place itself is not known.
        from_profile: the list of authors does not show the name: the person's own page lists
            the paper.
    """

    name: str
    position: int | None = None
    at_least: int | None = None
    from_profile: bool = False


class TopicLink(Struct, frozen=True):
    """A category as written, and the topic that a rule made of it.

    Attributes:
        written: e.g. ``CV``.
        topic: key of the topic, e.g. ``arxiv:cs.CV``; None when it stays undecided.
        candidates: keys of the topics that it may stand for.
        score: confidence of the choice, above 0 and at most 1.
        rule: why this topic, in words.
    """

    written: str
    topic: str | None
    candidates: tuple[str, ...] = ()
    score: float | None = None
    rule: str = ""


class CodeLink(Struct, frozen=True):
    """A place in a paper's text that points to code, data, models or a project page.

    Attributes:
        url_written: the URL as written, without the sentence's punctuation.
        repository: ``host/owner/name`` in display case, when the URL points to a repository.
        candidate: URL of the repository that a project page is probably made from: a guess.
        stance: what the sentence says of it: released, promised, or just mentioned.
        contents: what it says is there.
        official: the paper says that it is its own.
        sentence: the sentence as written.
    """

    url_written: str
    stance: Stance
    contents: tuple[Content, ...]
    official: bool
    sentence: str
    repository: str | None = None
    candidate: str | None = None


class Introduction(Struct, frozen=True):
    """A system, method, dataset or benchmark that a paper says it introduces.

    Attributes:
        name: its name, spelt as the abstract does.
        other_names: expansions and other spellings.
        evidence: pairs of the rule that found it and the words that it found.
        repository: ``host/owner/name`` whose name is the artifact's.
    """

    name: str
    kind: ArtifactKind
    evidence: tuple[tuple[str, str], ...]
    other_names: tuple[str, ...] = ()
    repository: str | None = None


class Source(Struct, frozen=True, tag="source"):
    """One input as a whole.

    Attributes:
        key: first 16 hexadecimal digits of ``sha256``.
        name: file name, without the path.
        captured: date at which it was taken from where it comes from, ISO 8601, if stated.
    """

    key: str
    name: str
    title: str
    format: str
    sha256: str
    captured: str | None = None


class Paper(Struct, frozen=True, tag="paper"):
    """One version of a work, as one source describes it.

    Attributes:
        title: readable text.
        title_written: the title as written, where that differs (TeX).
        abstract: readable text.
        abstract_written: the abstract as written, where that differs.
        authors: in the order of the source; those without a position last.
        author_list: whether the source shows all authors.
        topics: categories, the primary one first.
        code_flag: the source marks the paper as having code, whatever the text says.
        organizations: organisations named beside the authors, tied to none of them, as written.
        profiles: keys of the `Profile` s that list the paper.
        origins: where it was read; several after fusion.
    """

    title: str
    author_list: ListStatus
    origins: tuple[Origin, ...]
    authors: tuple[Authorship, ...] = ()
    title_written: str = ""
    abstract: str = ""
    abstract_written: str = ""
    issued: PartialDate | None = None
    topics: tuple[TopicLink, ...] = ()
    code_flag: bool = False
    code_links: tuple[CodeLink, ...] = ()
    introduces: tuple[Introduction, ...] = ()
    organizations: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()


class Profile(Struct, frozen=True, tag="profile"):
    """A page that claims to describe one person.

    Attributes:
        key: key of the page's `Source`.
        name: the person's name as written.
        topic: the primary category.
    """

    key: str
    name: str
    origin: Origin
    topic: TopicLink | None = None


class Observation(Struct, frozen=True, tag="observation"):
    """A number that a source states about a profile.

    Attributes:
        profile: key of the `Profile`.
        metric: name of the metric, e.g. ``h-index``.
        value: the number; text such as ``"57.5"`` when it is not whole.
        written: every wording of the claim.
        observed: date at which it was so, ISO 8601, if known.
    """

    profile: str
    metric: str
    value: int | str
    written: tuple[str, ...]
    origin: Origin
    observed: str | None = None


class Rejected(Struct, frozen=True, tag="rejected"):
    """A piece of an input that could not be read.

    Attributes:
        reason: what is wrong with it.
        text: its first 2,000 characters.
    """

    line: int
    reason: str
    text: str


Record = Source | Paper | Profile | Observation | Rejected


class Person(Struct, frozen=True):
    """A person, as far as the evidence goes.

    Attributes:
        key: canonical key.
        possibly_same: keys of persons of whom it is undecided whether they are this one.
        papers: keys of the papers.
        records: keys of the source records.
    """

    key: str
    name: str
    status: IdentityStatus
    records: tuple[str, ...]
    papers: tuple[str, ...]
    given: str | None = None
    family: str | None = None
    other_names: tuple[str, ...] = ()
    possibly_same: tuple[str, ...] = ()


class Organization(Struct, frozen=True):
    """An organisation of which only the name is known."""

    key: str
    name: str
    records: tuple[str, ...]


class Repository(Struct, frozen=True):
    """A code repository on a forge.

    Attributes:
        key: ``host:owner:name`` in lower case.
        name: ``owner/name`` in display case.
        possible_owners: keys of persons whom the account name resembles.
    """

    key: str
    host: str
    name: str
    url: str
    records: tuple[str, ...]
    possible_owners: tuple[str, ...] = ()


class Artifact(Struct, frozen=True):
    """A system, method, dataset or benchmark.

    Attributes:
        family: key of its `Family`.
        succeeds: keys of the versions that came directly before it.
        repositories: keys of the repositories that hold it.
    """

    key: str
    name: str
    kind: ArtifactKind
    paper: str
    records: tuple[str, ...]
    other_names: tuple[str, ...] = ()
    family: str | None = None
    succeeds: tuple[str, ...] = ()
    repositories: tuple[str, ...] = ()


class Family(Struct, frozen=True):
    """The versions of one artifact taken together."""

    key: str
    name: str
    records: tuple[str, ...]
