"""Ask a service of the Reconciliation API 0.2 for candidates, and judge them here.

A service finds candidates by words and says how sure it is; that is no identity. So the identifiers
of candidates are fetched (data extension) and decide as always; what else it offers is an open
question. Answers are kept in a folder: the same question is not asked twice.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import msgspec

from graphbuild.errors import EndpointError
from graphbuild.identifiers import identifier
from graphbuild.linking.ours import Ours
from graphbuild.linking.theirs import Theirs
from graphbuild.parts import Origin
from graphbuild.records import Author, Institution, Paper, Record, Venue
from graphbuild.resolve.links import TARGET, Match
from graphbuild.store.endpoint import Endpoint
from graphbuild.store.sending import RefusedError, Request, send

VERSION = "0.2"
AT_ONCE = 20
"""Questions of one request; halved where a service finds them too many."""

CANDIDATES = 5
MOST_SURE = 0.9
"""The highest score of what only the service says."""

TOO_LARGE = 413
FORM = "application/x-www-form-urlencoded"
WIKIDATA = "http://www.wikidata.org/entity/"
WIKIDATA_IDS = {
    "doi": "P356", "arxiv": "P818", "openalex": "P10283", "orcid": "P496", "isni": "P213",
    "dblp-person": "P2456", "ror": "P6782", "grid": "P2427", "issn": "P236", "pmid": "P698",
}  # fmt: skip
"""What Wikidata calls the identifiers of our schemes."""

SCHEMES = {
    "person": ("orcid", "isni", "openalex", "dblp-person"),
    "paper": ("doi", "arxiv", "pmid", "openalex"),
    "org": ("ror", "grid", "isni", "openalex"),
    "venue": ("issn", "openalex"),
}
"""The schemes whose identifiers are asked for, by kind."""


class Manifest(msgspec.Struct, frozen=True, rename="camel"):
    """What a service says of itself."""

    versions: tuple[str, ...]
    name: str
    identifier_space: str
    schema_space: str = ""
    extend: dict[str, Any] | None = None


class Candidate(msgspec.Struct, frozen=True):
    """One answer to a question."""

    id: str
    name: str
    score: float
    match: bool = False


class _Answer(msgspec.Struct, frozen=True):
    result: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class Found:
    """What a service offers.

    Attributes:
        theirs: the candidates with their identifiers.
        hints: the pairs that it puts forward.
    """

    theirs: Theirs
    hints: tuple[Match, ...] = ()


@dataclass
class Service:
    """A reconciliation service.

    Attributes:
        endpoint: its address.
        cache: folder that keeps its answers.
        types: what it calls the kinds of entities; other kinds are not asked for, unless empty.
        properties: what it calls the schemes of identifiers.
    """

    endpoint: Endpoint
    cache: Path
    types: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)

    def manifest(self) -> Manifest:
        """Return what the service says of itself.

        Raises:
            EndpointError: it does not answer, or speaks another version.
        """
        said: Manifest = self._decoded(self._send(Request("GET", self.endpoint.url)), Manifest)
        if VERSION not in said.versions:
            known = ", ".join(said.versions)
            raise EndpointError(f"{self.endpoint}: speaks {known}, not version {VERSION}")
        return said

    def ask(self, questions: list[dict[str, Any]]) -> list[tuple[Candidate, ...]]:
        """Return the candidates of each question.

        Raises:
            EndpointError: the service does not answer, or not all of them.
        """
        known = {key: self._kept(key) for key in map(_digest, questions)}
        new = [each for each in questions if known[_digest(each)] is None]
        for start in range(0, len(new), AT_ONCE):
            self.endpoint.tell(f"{self.endpoint}: {start:,} of {len(new):,} questions asked")
            for question, answer in self._asked(new[start : start + AT_ONCE]):
                known[_digest(question)] = answer
                self._keep(_digest(question), answer)
        return [self._decoded(known[_digest(each)] or b"", _Answer).result for each in questions]

    def identifiers(self, ids: list[str], schemes: Mapping[str, str]) -> dict[str, list[str]]:
        """Return the identifiers of entities of theirs, by data extension."""
        found: dict[str, list[str]] = {}
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            asked = {"ids": some, "properties": [{"id": pid} for pid in schemes.values()]}
            key = _digest(asked)
            said = self._kept(key) or self._post("extend", asked)
            self._keep(key, said)
            rows = self._decoded(said, dict[str, Any]).get("rows", {})
            found |= {each: list(_identifiers(rows.get(each, {}), schemes)) for each in some}
        return found

    def _asked(self, some: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], bytes]]:
        numbered = {f"q{number}": each for number, each in enumerate(some)}
        try:
            said = self._decoded(self._post("queries", numbered), dict[str, msgspec.Raw])
        except RefusedError as error:
            if error.status != TOO_LARGE or len(some) == 1:
                raise
            middle = len(some) // 2
            yield from self._asked(some[:middle])
            yield from self._asked(some[middle:])
            return
        for key, question in numbered.items():
            if key not in said:
                raise EndpointError(f"{self.endpoint}: leaves {question['query']!r} unanswered")
            yield question, bytes(said[key])

    def _post(self, name: str, value: object) -> bytes:
        body = urlencode({name: msgspec.json.encode(value).decode()}).encode()
        return self._send(Request("POST", self.endpoint.url, body, FORM, "application/json"))

    def _send(self, request: Request) -> bytes:
        with send(self.endpoint, request).content as content:
            return content.read()

    def _decoded(self, said: bytes, kind: Any) -> Any:  # noqa: ANN401 - msgspec's types
        try:
            return msgspec.json.decode(said, type=kind)
        except msgspec.DecodeError as error:
            raise EndpointError(
                f"{self.endpoint}: answers what no reconciliation service says ({error})"
            ) from None

    def _kept(self, key: str) -> bytes | None:
        path = self.cache / f"{key}.json"
        return path.read_bytes() if path.is_file() else None

    def _keep(self, key: str, said: bytes) -> None:
        self.cache.mkdir(parents=True, exist_ok=True)
        part = self.cache / f"{key}.part"
        part.write_bytes(said)
        part.replace(self.cache / f"{key}.json")


def reconciled(
    service: Service, ours: Mapping[str, Mapping[str, Ours]], left: Callable[[str, str], str]
) -> Found:
    """Return what a service offers for our entities.

    Args:
        service: who is asked.
        ours: our entities by kind and key.
        left: gives what judgements call one of ours, by kind and key.

    Raises:
        EndpointError: the service does not answer as it should.
    """
    manifest = service.manifest()
    records: list[Record] = []
    hints: list[Match] = []
    for kind in [each for each in ours if not service.types or each in service.types]:
        schemes = _schemes(service, manifest, kind)
        keys = [key for key, each in ours[kind].items() if each.name]
        questions = [_question(service, kind, ours[kind][key], schemes) for key in keys]
        answers = service.ask(questions)
        names = {each.id: each.name for some in answers for each in some}
        ids = service.identifiers(sorted(names), schemes) if manifest.extend is not None else {}
        for own, name in sorted(names.items()):
            records.append(_record(kind, _iri(manifest, own), name, ids.get(own, [])))
        for key, some in zip(keys, answers, strict=True):
            for each in some:
                match = Match(
                    kind, key, left(kind, key), _iri(manifest, each.id), each.name,
                    "undecided", *_said(manifest, each),
                )  # fmt: skip
                hints.append(match)
    return Found(Theirs(records), tuple(hints))


def _said(manifest: Manifest, each: Candidate) -> tuple[float, tuple[tuple[str, str], ...]]:
    sure = ", and is sure" if each.match else ""
    words = f"{manifest.name} offers {each.name} ({each.id}) with a score of {each.score:g}{sure}"
    return round(min(max(each.score, 0.0) / 100, MOST_SURE), 3), (("service", words),)


def _schemes(service: Service, manifest: Manifest, kind: str) -> dict[str, str]:
    usual = WIKIDATA_IDS if manifest.identifier_space == WIKIDATA else {}
    named = {scheme: service.properties.get(scheme, usual.get(scheme)) for scheme in SCHEMES[kind]}
    if not usual and not service.properties:
        named = {scheme: scheme for scheme in SCHEMES[kind]}
    return {scheme: pid for scheme, pid in named.items() if pid}


def _question(
    service: Service, kind: str, each: Ours, schemes: Mapping[str, str]
) -> dict[str, Any]:
    stated = sorted(each.ids)
    asked: dict[str, Any] = {"query": each.name, "limit": CANDIDATES}
    if service.types.get(kind):
        asked["type"] = service.types[kind]
    known = [
        {"pid": schemes[scheme], "v": value}
        for scheme, _, value in (known.partition(":") for known in stated)
        if scheme in schemes
    ]
    return asked | ({"properties": known} if known else {})


def _identifiers(row: Any, schemes: Mapping[str, str]) -> Iterator[str]:  # noqa: ANN401 - any JSON
    for scheme, pid in schemes.items():
        cells = row.get(pid, ()) if isinstance(row, dict) else ()
        for cell in cells if isinstance(cells, list) else ():
            written = str(cell.get("str") or cell.get("id") or "") if isinstance(cell, dict) else ""
            if known := identifier(scheme, written):
                yield known


def _record(kind: str, iri: str, name: str, ids: list[str]) -> Record:
    known, place = (*dict.fromkeys(ids), f"{TARGET}{iri}"), Origin(f"service-{iri}", 0)
    if kind == "person":
        return Author(known, name, place)
    if kind == "org":
        return Institution(known, name, place)
    if kind == "venue":
        return Venue(known, name, place)
    return Paper(name, "unknown", (place,), ids=known)


def _iri(manifest: Manifest, own: str) -> str:
    return f"{manifest.identifier_space}{quote(own, safe='')}"


def _digest(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value, order="sorted")).hexdigest()[:24]
