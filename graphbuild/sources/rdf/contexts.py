"""Replace the contexts that JSON-LD documents refer to by those that we know; fetch none.

For schema.org and CodeMeta a vocabulary and the few terms that hold IRIs or lists do what their
published contexts do for the terms that we read. A context that nobody here knows is left out: what
its terms mean is then not known, and terms that stand for themselves are still read.
"""

import re
from typing import Any

import msgspec

SCHEMA: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    "schema": "https://schema.org/",
    "id": "@id",
    "type": "@type",
    **{
        name: {"@type": "@id"}
        for name in ("codeRepository", "license", "sameAs", "url", "downloadUrl", "isPartOf")
    },
    **{name: {"@container": "@list"} for name in ("author", "creator", "editor", "contributor")},
}
CODEMETA = SCHEMA | {
    "codemeta": "https://w3id.org/codemeta/terms/",
    **{
        name: {"@id": f"codemeta:{name}"}
        for name in ("developmentStatus", "issueTracker", "readme", "buildInstructions")
    },
    "referencePublication": {"@id": "codemeta:referencePublication", "@type": "@id"},
}
KNOWN = (
    (re.compile(r"codemeta", re.IGNORECASE), CODEMETA),
    (re.compile(r"^https?://(?:www\.)?schema\.org\b", re.IGNORECASE), SCHEMA),
)


def without_remote_contexts(data: bytes) -> bytes:
    """Return a JSON-LD document in which every context is spelled out; other bytes as they are."""
    try:
        document = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return data
    return msgspec.json.encode(_local(document))


def _local(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, list):
        return [_local(each) for each in value]
    if isinstance(value, dict):
        return {
            key: _context(each) if key == "@context" else _local(each)
            for key, each in value.items()
        }
    return value


def _context(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, list):
        return [_context(each) for each in value]
    if isinstance(value, str):
        return next((known for pattern, known in KNOWN if pattern.search(value)), {})
    if isinstance(value, dict):
        return {key: each for key, each in value.items() if key != "@import"}
    return value
