"""Write RDF terms as N-Triples text, and mint the IRIs of entities.

No other module writes a literal or makes up an IRI, so what holds here holds for the graph:
literals are escaped by the grammar of N-Triples 1.1, and an IRI is
``{base}id/{type}/{key}``, its key without ``/``.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, unquote

XSD = "http://www.w3.org/2001/XMLSchema#"
REFERENCE_BASE = "https://w3id.org/graphbuild/"
"""Where topics, metrics and schemes live, whatever the base of a graph."""

SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f]')
ESCAPES = {chr(code): f"\\u{code:04X}" for code in (*range(32), 127)} | {
    "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t",
    "\b": "\\b", "\f": "\\f",
}  # fmt: skip
DATE_TYPES = {10: "date", 7: "gYearMonth", 4: "gYear"}
TRUE = f'"true"^^<{XSD}boolean>'
FALSE = f'"false"^^<{XSD}boolean>'
PLAIN_KEY = re.compile(r"[A-Za-z0-9:@!$&'()*+,;=._/-]*")
"""A key that needs no quoting but for its slashes."""

FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|\\^`%]')
"""What may not stand in an IRI, and the sign that stands for it (RFC 3987, section 2.2)."""

KEY_SAFE = ":@!$&'()*+,;=-._~"
IRI_SAFE = ":/?#@!$&'()*+,;=-._~%"
BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def literal(text: str) -> str:
    r"""Return a plain string literal.

    >>> print(literal('He said "no"\n'))
    "He said \"no\"\n"
    """
    if not text.isprintable() or '"' in text or "\\" in text:
        text = SPECIAL.sub(lambda match: ESCAPES[match[0]], text)
    return f'"{text}"'


def boolean(value: bool) -> str:  # noqa: FBT001 - the value itself
    """Return an `xsd:boolean` literal."""
    return TRUE if value else FALSE


def integer(number: int) -> str:
    """Return an xsd:integer."""
    return f'"{number}"^^<{XSD}integer>'


def decimal(number: float | str) -> str:
    """Return an xsd:decimal in canonical form, from a number or its decimal notation."""
    digits = f"{number:f}" if isinstance(number, float) else number
    whole, _, part = digits.partition(".")
    return f'"{whole}.{part.rstrip("0") or "0"}"^^<{XSD}decimal>'


def date(value: str) -> str:
    """Return a date typed by its precision: xsd:date, xsd:gYearMonth or xsd:gYear.

    >>> date("2023"), date("2023-03")
    ('"2023"^^<http://www.w3.org/2001/XMLSchema#gYear>', '"2023-03"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>')
    """
    return f'"{value}"^^<{XSD}{DATE_TYPES[len(value)]}>'


def month_day(value: str) -> str:
    """Return an xsd:gMonthDay, from ``--05-14``."""
    return f'"{value}"^^<{XSD}gMonthDay>'


def start_of_day(value: str) -> str:
    """Return the first moment of a date, UTC, as an xsd:dateTime."""
    return f'"{value}T00:00:00Z"^^<{XSD}dateTime>'


def link(url: str) -> str:
    """Return the IRI of a web address, what an IRI may not hold percent-encoded."""
    return f"<{BAD_PERCENT.sub('%25', quote(url, safe=IRI_SAFE))}>"


def reference(kind: str, key: str) -> str:
    """Return the IRI of a topic, metric or scheme, whatever a source calls it.

    >>> reference("topic", "arxiv:cs.LG")
    '<https://w3id.org/graphbuild/id/topic/arxiv:cs.LG>'
    >>> reference("metric", "reads > 3 minutes")
    '<https://w3id.org/graphbuild/id/metric/reads%20%3E%203%20minutes>'
    """
    written = FORBIDDEN.sub(lambda found: quote(found[0]), key)
    return f"<{REFERENCE_BASE}id/{kind}/{written}>"


@lru_cache(maxsize=1 << 16)  # every node of a paper, and every citation of it, has its key
def quoted(key: str) -> str:
    """Return a key, or a part of one, as it stands in an IRI, see `Minter.iri`."""
    if PLAIN_KEY.fullmatch(key):
        return key.replace("/", "~1")
    return quote(key.replace("~", "~0").replace("/", "~1"), safe=KEY_SAFE)


class Minter:
    """Mints the IRIs of one graph's entities.

    Attributes:
        base: what every IRI starts with, ending in ``/`` or ``#``.
        adopted: the IRIs of entities that have theirs from others, by kind and key with a slash
            between them.
    """

    def __init__(self, base: str, adopted: Mapping[str, str] | None = None) -> None:
        self.base = base
        self.adopted = adopted or {}
        self._start = f"<{base}id/"
        self._entity = {iri: entity for entity, iri in self.adopted.items()}

    def iri(self, kind: str, key: str, part: str = "") -> str:
        """Return the IRI of an entity, in angle brackets.

        A slash in the key becomes ``~1`` and a tilde ``~0``, as in a JSON Pointer (RFC 6901):
        servers break on slashes that are percent-encoded.

        Args:
            kind: the word for the type of the entity.
            key: the key of the entity, or of what a reified node belongs to.
            part: what tells the nodes of one entity apart, in letters, digits and ``-``.

        >>> Minter("https://kg.example.org/").iri("paper", "doi:10.1000/xyz")
        '<https://kg.example.org/id/paper/doi:10.1000~1xyz>'
        """
        if self.adopted and not part and (iri := self.adopted.get(f"{kind}/{key}")):
            return f"<{iri}>"
        return self.minted(kind, key, part)

    def minted(self, kind: str, key: str, part: str = "") -> str:
        """Return the IRI that an entity has unless it has adopted another; see `iri`."""
        return f"{self._start}{kind}/{quoted(key)}{part}>"

    def start(self, kind: str, key: str) -> str:
        """Return what the IRIs of all nodes start with that belong to one entity.

        >>> mint = Minter("https://kg.example.org/")
        >>> mint.start("authorship", "doi:10.1000/xyz") + "-1>"
        '<https://kg.example.org/id/authorship/doi:10.1000~1xyz-1>'
        """
        return f"{self._start}{kind}/{quoted(key)}"

    def key(self, iri: str) -> tuple[str, str]:
        """Return kind and key of an entity of this graph, both empty for any other IRI.

        >>> Minter("https://kg.example.org/").key("https://kg.example.org/id/paper/doi:10.1~1x")
        ('paper', 'doi:10.1/x')
        """
        if iri in self._entity:
            kind, _, key = self._entity[iri].partition("/")
            return kind, key
        start = f"{self.base}id/"
        kind, _, key = iri.removeprefix(start).partition("/")
        if not iri.startswith(start) or not key:
            return "", ""
        return kind, unquote(key).replace("~1", "/").replace("~0", "~")
