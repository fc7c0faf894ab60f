"""The parts of a page of one entity, as the template takes them."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Link:
    """A text that may lead somewhere.

    Attributes:
        text: what is shown.
        href: where it leads; empty for nowhere.
        note: what is said beside it.
        kind: slug of the class of what it leads to; ``web`` for other sites; empty for text.
    """

    text: str
    href: str = ""
    note: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Fact:
    """What is said by one property.

    Attributes:
        words: the property.
        about: link to its definition; empty for none.
        values: what is said.
    """

    words: str
    about: str
    values: list[Link]


@dataclass(frozen=True)
class Section:
    """A list.

    Attributes:
        title: its heading.
        links: its entries.
        total: how many there are, also those that are not shown.
        layout: ``list``, ``chips`` or ``counts``.
    """

    title: str
    links: list[Link]
    total: int
    layout: str = "list"


@dataclass(frozen=True)
class Bar:
    """A bar of a chart: its label and number; its place and height in percent."""

    label: str
    number: int
    x: float
    width: float
    height: float
    shown: bool


@dataclass(frozen=True)
class Node:
    """A neighbour in a picture: where it is, and where its name begins."""

    link: Link
    x: float
    y: float
    text_x: float
    text_y: float
    anchor: str
    weight: float


@dataclass(frozen=True)
class Record:
    """A record that states the entity: its input, line and words."""

    source: Link
    entry: str
    words: str


@dataclass(frozen=True)
class Page:
    """All of a page of an entity.

    Attributes:
        iri: the entity.
        stem: path of its files.
        depth: folders that it lies deep.
        slug: its class.
        word: what its class is called.
        title: what it is called.
        subtitle: what tells it from others.
        abstract: its text, if it has one.
        authors: the list of authors.
        author_note: how far that list is known.
        topics: what it is about.
        facts: short statements.
        sections: lists.
        bars: papers by year.
        network: neighbours to draw.
        records: who says so.
        more_records: how many records are not shown.
        left_out: how many papers were too large to count company.
    """

    iri: str
    stem: str
    depth: int
    slug: str
    word: str
    title: str
    subtitle: str
    abstract: str = ""
    authors: list[Link] = field(default_factory=list)
    author_note: str = ""
    topics: list[Link] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    network: list[Node] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    more_records: int = 0
