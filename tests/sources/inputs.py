"""What the tests of all readers need: an input from text, its records, and arbitrary bytes."""

import contextlib
import hashlib
import tempfile
from pathlib import Path

from hypothesis import strategies as st

from graphbuild.errors import InputError
from graphbuild.records import Record, Rejected, Source
from graphbuild.sources.files import Head, InputFile


def input_of(folder, content, name="input"):
    """Return an input with this content, text or bytes."""
    data = content if isinstance(content, bytes) else content.encode()
    path = Path(folder) / name
    path.write_bytes(data)
    return InputFile(str(path), path, hashlib.sha256(data).hexdigest(), len(data))


def records_of(source_format, content, name="input"):
    """Return the records that a format reads from text or bytes, without its source."""
    with tempfile.TemporaryDirectory() as folder:
        source, *records = source_format.read(input_of(folder, content, name), None)
    assert isinstance(source, Source)
    return records


def survives(source_format, data):
    """Say that a format takes any bytes: records come out, or an error for the whole input."""
    source_format.recognises(head_of(data))
    with contextlib.suppress(InputError):
        for record in records_of(source_format, data):
            assert isinstance(record, Record)


def head_of(content, name="input"):
    """Return the head of an input."""
    data = content if isinstance(content, bytes) else content.encode()
    return Head(data, data.decode(errors="ignore"), name)


def rejected(records):
    """Return what was rejected."""
    return [each for each in records if isinstance(each, Rejected)]


def damaged(content):
    """Return a strategy of bytes: arbitrary ones, and good content with a piece replaced."""
    data = content.encode() if isinstance(content, str) else content
    return st.binary() | st.builds(
        lambda start, length, piece: data[:start] + piece + data[start + length :],
        st.integers(0, len(data)),
        st.integers(0, 20),
        st.binary(max_size=8) | st.sampled_from([b"null", b"[]", b"{}", b'"x"', b"-1", b"1e999"]),
    )
