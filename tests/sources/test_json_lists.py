"""Lists in JSON are taken apart whatever their length, and what is broken costs only itself."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.sources import json_lists
from graphbuild.sources.files import InputFile
from graphbuild.sources.json_documents import Document, documents
from graphbuild.sources.json_lists import members

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)
RECORDS = st.lists(st.dictionaries(st.text(), VALUES, min_size=1, max_size=4), max_size=6)


def lines_of(text):
    return iter(text.encode().splitlines(keepends=True))


@pytest.fixture
def long_lists(monkeypatch):
    """Lists of over 8 bytes count as long ones, read by 5 bytes."""
    monkeypatch.setattr(json_lists, "WHOLE", 8)
    monkeypatch.setattr(json_lists, "PIECE", 5)


def placed(records, indent):
    """Return the list as text, and each record with the line on which it starts."""
    if indent is None:
        return json.dumps(records), [(1, record) for record in records]
    text = "[\n" + ",\n".join(json.dumps(each, indent=indent) for each in records) + "\n]\n"
    line, found = 2, []
    for record in records:
        found.append((line, record))
        line += json.dumps(record, indent=indent).count("\n") + 1
    return text, found


@given(RECORDS, st.sampled_from([None, 0, 2]))
def test_short_lists(records, indent):
    text, expected = placed(records, indent)
    found = [(line, json.loads(data)) for line, data in members(lines_of(text))]
    assert found == expected


@given(RECORDS, st.sampled_from([None, 0, 2]), st.integers(1, 30))
def test_long_lists(records, indent, size):
    text, expected = placed(records, indent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_lists, "WHOLE", 0)
        patch.setattr(json_lists, "PIECE", size)
        pieces = iter([text.encode()[at : at + size] for at in range(0, len(text), size)])
        found = [(line, json.loads(data)) for line, data in members(pieces)]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"a": 1},\n{"b": },\n{"c": 3}]', [(1, '{"a": 1}'), (2, '{"b": }'), (3, '{"c": 3}')]),
        ('[{"a": 1}, oh, {"c": 3}]', [(1, '{"a": 1}'), (1, "oh"), (1, '{"c": 3}')]),
        ('[{"a": "]}"}, {"b": "\\"}"}, 1 2]', [(1, '{"a": "]}"}'), (1, '{"b": "\\"}"}'), (1, "1 2")]),
        ('[{"a": 1}},\n{"b": 2}]', [(1, '{"a": 1}'), (1, "}"), (2, '{"b": 2}')]),
        ('[{"a": 1}]\n[{"b": 2}]', [(1, '{"a": 1}'), (2, '{"b": 2}')]),
        ('[{"a": 1}] {"b": 2} x', [(1, '{"a": 1}'), (1, '{"b": 2}'), (1, "x"), (1, "")]),
    ],
)  # fmt: skip
def test_what_is_broken_costs_only_itself(text, expected):
    assert [(line, data.decode()) for line, data in members(lines_of(text))] == expected


@pytest.mark.parametrize("end", ['{"b": "tw', '{"b": [', '{"b"', ""])
def test_list_that_is_cut_off_says_so_at_its_end(end):
    *kept, last = members(lines_of(f'[{{"a": 1}},\n{end}'))
    assert kept[0] == (1, b'{"a": 1}')
    assert kept[1:] == ([(2, end.encode())] if end else [])
    assert last == (2, b"")
    with pytest.raises(msgspec.DecodeError, match="truncated"):
        msgspec.json.decode(last[1])


@pytest.mark.usefixtures("long_lists")
def test_memory_holds_a_member_and_not_the_list():
    taken = 0

    def lines():
        nonlocal taken
        yield b"[\n"
        for number in range(1000):
            taken += 1
            yield b'{"number": %d},\n' % number
        yield b"{}]\n"

    found = members(lines())
    next(found)
    assert taken < 10
    assert len(list(found)) == 1000


def test_answer_that_is_cut_off_keeps_its_records(tmp_path):
    path = tmp_path / "answer.json"
    path.write_text('{"meta": {"count": 2},\n "results": [\n{"id": 1},\n{"id": 2')
    found = documents(InputFile(str(path), path, "ab" * 32, 1), ("results",))
    assert [each for each in found if isinstance(each, Document)] == [
        Document(1, 3, b'{"id": 1}'), Document(2, 4, b'{"id": 2'), Document(3, 4, b""),
    ]  # fmt: skip
