"""The pieces that records are made of. They know nothing of RDF."""

from collections.abc import Iterable
from typing import Literal

import msgspec

ListStatus = Literal["complete", "truncated", "unknown"]
PaperKind = Literal[
    "article", "review", "conference-paper", "workshop-paper", "preprint", "book", "chapter",
    "doctoral-thesis", "masters-thesis", "thesis", "report", "proceedings", "dataset", "software",
    "editorial", "letter", "erratum", "peer-review", "reference-entry", "issue", "other",
]  # fmt: skip
VenueKind = Literal["journal", "conference", "workshop", "repository", "book-series", "platform"]
Role = Literal["author", "editor"]
RelationKind = Literal[
    "version-of",
    "published-as",
    "preprint-of",
    "supplement",
    "corrects",
    "retracts",
    "reviews",
    "part-of",
    "documents",
    "described-by",
]
Stance = Literal["released", "promised", "mentioned"]
Content = Literal["code", "data", "models"]
ArtifactKind = Literal["method", "dataset"]
IdentityStatus = Literal["name-only", "joined", "identified"]


class Struct(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A part of a record: immutable, and compact as JSON."""


class Origin(Struct, frozen=True):
    """The place of a record in its source.

    Attributes:
        record: key of the source record; the part before ``-`` is the key of the `Source`.
        line: first line of the record, from 1; 0 when the source has no lines to speak of.
        text: the line that heads the record, as written.
        id: what the source itself calls the record.
    """

    record: str
    line: int
    text: str = ""
    id: str = ""


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


class OrganizationName(Struct, frozen=True):
    """An organisation as a record names it.

    Attributes:
        name: its name as written.
        ids: its identifiers, e.g. ``ror:02jbv0t02``.
        other_ids: identifiers of registers whose rules we do not know, with the register's name,
            as written, e.g. ``ringgold:5488``.
    """

    name: str
    ids: tuple[str, ...] = ()
    other_ids: tuple[str, ...] = ()


class Affiliation(Struct, frozen=True):
    """Where an author worked, as the paper says.

    Attributes:
        written: the whole affiliation as written.
        organizations: the organisations that the source itself recognises in it.
    """

    written: str = ""
    organizations: tuple[OrganizationName, ...] = ()


class VenueName(Struct, frozen=True):
    """A journal, series of conferences or repository as a record names it.

    Attributes:
        name: its name as written; may be empty when there are identifiers.
        ids: e.g. ``issn:1570-0844``, ``openalex:S12``, ``dblp-stream:conf/esws``.
        kind: what it is, where the source says so.
        short_names: acronyms and abbreviated titles.
    """

    name: str
    ids: tuple[str, ...] = ()
    kind: VenueKind | None = None
    short_names: tuple[str, ...] = ()


class Event(Struct, frozen=True):
    """A meeting at which a paper was presented: one edition, not the series.

    Attributes:
        name: e.g. ``ESWC 2012``.
        place: as written.
        date: as written.
    """

    name: str
    ids: tuple[str, ...] = ()
    short_name: str = ""
    place: str = ""
    date: str = ""


class Container(Struct, frozen=True):
    """The volume that a paper is part of: proceedings, a book, an issue.

    Attributes:
        title: as written; may be empty when there are identifiers.
    """

    title: str
    ids: tuple[str, ...] = ()
    kind: PaperKind | None = None


class Funding(Struct, frozen=True):
    """Money behind a paper.

    Attributes:
        funder: who gave it; None when only award numbers are stated.
        awards: numbers of the awards as written.
    """

    funder: OrganizationName | None = None
    awards: tuple[str, ...] = ()


class Relation(Struct, frozen=True):
    """What ties a paper to another resource: this paper is ``kind`` of that one."""

    kind: RelationKind
    id: str


class Revision(Struct, frozen=True):
    """A state of a paper that its source tells apart: a version, an erratum, a retraction.

    Attributes:
        label: what the source calls it, e.g. ``v2``.
        date: when it came out.
        note: what changed or happened, as written.
        url: where it is.
    """

    label: str
    date: PartialDate | None = None
    note: str = ""
    url: str = ""


class Count(Struct, frozen=True):
    """A number that a source states about an entity.

    Attributes:
        metric: e.g. ``citation-count``, ``paper-count``, ``h-index``.
        value: the number; text such as ``"57.5"`` when it is not whole.
        observed: date at which it was so, ISO 8601, if the source says.
    """

    metric: str
    value: int | str
    observed: str = ""


class Authorship(Struct, frozen=True):
    """One person's part in one paper.

    Attributes:
        name: the name as readable text.
        name_written: the name as written, where that differs (TeX).
        other_names: the same name in another script.
        position: place in the list of authors, from 1; None when it is not known.
        at_least: the least place that is possible, where the place itself is not known.
        from_profile: the list of authors does not show the name: the person's own page lists
            the paper.
        given: given names, where the source keeps them apart.
        family: family name with particles, where the source keeps it apart.
        suffix: e.g. ``Jr.``.
        ids: the person's identifiers, e.g. ``orcid:0000-0002-1825-0097``.
        malformed_ids: scheme and text of identifiers that break the rules of their scheme.
        affiliations: in the order of the source.
        corresponding: marked as corresponding author; None when the source does not say.
        organization: the author is no person but a group or an organisation.
        role: author or editor; editors have positions of their own.
        forgotten: the person was forgotten, and the name is empty: a mark that stands for the
            person on papers of this title, and on no other.
    """

    name: str
    position: int | None = None
    at_least: int | None = None
    from_profile: bool = False
    given: str = ""
    family: str = ""
    suffix: str = ""
    ids: tuple[str, ...] = ()
    malformed_ids: tuple[tuple[str, str], ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    corresponding: bool | None = None
    organization: bool = False
    role: Role = "author"
    name_written: str = ""
    other_names: tuple[str, ...] = ()
    forgotten: str = ""


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
        official: the paper, or the source, says that it is the paper's own.
        sentence: the sentence as written, or what stands in the source's field.
        in_text: the paper's own text points there.
        stated: the source itself, beside the paper's text, names it as the paper's code.
        in_repository: whether the repository names the paper; None when nobody says.
        framework: what the code builds on, e.g. ``pytorch``, as the source calls it.
    """

    url_written: str
    stance: Stance
    contents: tuple[Content, ...]
    official: bool
    sentence: str
    repository: str | None = None
    candidate: str | None = None
    in_text: bool = True
    stated: bool = False
    in_repository: bool | None = None
    framework: str = ""


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


STANCES: tuple[Stance, ...] = ("mentioned", "promised", "released")


def united_links(links: Iterable[CodeLink]) -> tuple[CodeLink, ...]:
    """Return one link for each URL, in order, with what all links to it say.

    Words of the paper itself come before those of a source's field, and the strongest stance
    counts: what a text promises and a source names is released.
    """
    united: dict[str, CodeLink] = {}
    for link in links:
        known = united.get(link.url_written)
        united[link.url_written] = link if known is None else _united(known, link)
    return tuple(united.values())


def _united(one: CodeLink, other: CodeLink) -> CodeLink:
    first, second = (other, one) if other.in_text and not one.in_text else (one, other)
    return msgspec.structs.replace(
        first,
        stance=max(one.stance, other.stance, key=STANCES.index),
        contents=tuple(sorted({*one.contents, *other.contents})),
        official=one.official or other.official,
        stated=one.stated or other.stated,
        in_repository=second.in_repository if first.in_repository is None else first.in_repository,
        framework=first.framework or second.framework,
    )
