"""XML record by record: guarded, streamed, and one bad record costs one record."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.errors import InputError
from graphbuild.records import Rejected
from graphbuild.sources import xml
from graphbuild.sources.files import InputFile
from graphbuild.sources.xml import Found, children, elements, opening, text_of

HEAD = '<?xml version="1.0"?>\n<books shelf="3">\n'
GOOD = '<book id="{0}"><title>Book {0}</title></book>\n'
TAGS = frozenset({"book"})


def file_of(tmp_path, content, name="books.xml"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return InputFile(str(path), path, "ab" * 32, path.stat().st_size)


def read(tmp_path, content, tags=TAGS, entities=None):
    """Return line and title of what is found, line and reason of what is rejected."""
    return [
        (each.line, each.reason)
        if isinstance(each, Rejected)
        else (each.line, text_of(each.element))
        for each in elements(file_of(tmp_path, content), tags, entities)
    ]


def test_records_come_with_line_and_ancestors(tmp_path):
    [first, second] = [
        (each.line, each.element.get("id"), [a.get("shelf") for a in each.element.iterancestors()])
        for each in elements(
            file_of(tmp_path, HEAD + GOOD.format(1) + GOOD.format(2) + "</books>"), TAGS
        )
    ]
    assert (first, second) == ((3, "1", ["3"]), (4, "2", ["3"]))


def test_lines_are_exact_beyond_what_libxml2_counts(tmp_path):
    filler = "<x/>\n" * 70_000
    record = "<book>\n\n<!-- x -->\n<title>Far</title>\n</book>\n"
    found = read(tmp_path, f"<books>\n{filler}{record}{GOOD.format(2)}</books>")
    assert [line for line, _ in found] == [70_002, 70_007]


def test_record_inside_another_belongs_to_it(tmp_path):
    text = "<r><event><book>a</book>b</event><book>c</book></r>"
    assert read(tmp_path, text, frozenset({"book", "event"})) == [(1, "ab"), (1, "c")]
    broken = text.replace("</r>", "<book>&</book></r>")
    assert read(tmp_path, broken, frozenset({"book", "event"}))[:2] == [(1, "ab"), (1, "c")]


def test_what_was_read_is_let_go(tmp_path):
    file = file_of(tmp_path, HEAD + "".join(map(GOOD.format, range(9))) + "</books>")
    root = None
    for each in elements(file, TAGS):
        root = each.element.getparent()
        assert root.index(each.element) <= 1  # The one before it is empty.
    assert len(root) == 1


def test_root_may_be_the_record(tmp_path):
    assert read(tmp_path, '<book xmlns:m="urn:m"><m:t>x</m:t></book>') == [(1, "x")]
    [[line, reason]] = read(tmp_path, '<book xmlns:m="urn:m"><m:t>x</t></book>')
    assert line == 1
    assert "tag mismatch" in reason


ENTITIES = {"uuml": "ü", "nothing": "", "two": "ab"}


def test_entities_come_from_the_table(tmp_path):
    doctype = '<!DOCTYPE books SYSTEM "books.dtd">'
    text = f"{doctype}<books><book>&uuml;&amp;&two;&#228;&nothing;.</book></books>"
    assert read(tmp_path, text, entities=ENTITIES) == [(1, "ü&abä.")]


@pytest.mark.parametrize("doctype", ["", '<!DOCTYPE books SYSTEM "books.dtd">'])
def test_unknown_entity_costs_its_record(tmp_path, doctype):
    text = f"{doctype}<books><book id='7'>a&who;b</book>{GOOD.format(2)}</books>"
    assert read(tmp_path, text, entities=ENTITIES)[1] == (1, "Book 2")
    bad = next(elements(file_of(tmp_path, text), TAGS, ENTITIES))
    assert "who" in bad.reason
    assert bad.id == "7"


def test_entity_may_be_cut_by_the_end_of_a_block(tmp_path, monkeypatch):
    text = "<books><book>" + "&uuml;" * 40 + "</book></books>"
    for size in range(40, 50):
        monkeypatch.setattr(xml, "BLOCK", size)
        assert read(tmp_path, text, entities=ENTITIES) == [(1, "ü" * 40)]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("<book><title>x</book>", "Opening and ending tag mismatch"),
        ("<book>a & b</book>", "not well-formed"),
        ("<book>\x0b</book>", "invalid Char value 11"),
        (b"<book>\xff</book>", "not well-formed"),
        ("<book id=3>x</book>", "AttValue"),
        ('<book id="3>x</book>', "not well-formed"),
        ("<book>x", "its end tag is missing"),
    ],
)
def test_malformed_record_costs_itself(tmp_path, bad, reason):
    bad = bad if isinstance(bad, bytes) else bad.encode()
    text = (HEAD + GOOD.format(1)).encode() + bad + b"\n" + (GOOD.format(2) + "</books>").encode()
    found = read(tmp_path, text)
    assert [found[0], found[2]] == [(3, "Book 1"), (5, "Book 2")]
    assert found[1][0] == 4
    assert reason in found[1][1]
    assert len(found) == 3


def test_many_bad_records_cost_only_themselves(tmp_path):
    text = HEAD + "".join((GOOD.format(n) if n % 3 else "<book>&</book>\n") for n in range(30))
    found = list(elements(file_of(tmp_path, text + "</books>"), TAGS))
    assert [isinstance(each, Rejected) for each in found] == [n % 3 == 0 for n in range(30)]


def test_cut_off_file_keeps_what_is_whole(tmp_path):
    assert read(tmp_path, HEAD + GOOD.format(1) + "<book><title>B") == [
        (3, "Book 1"),
        (4, "not well-formed: the file ends inside it"),
    ]
    [good, [line, reason]] = read(tmp_path, HEAD + GOOD.format(1))
    assert good == (3, "Book 1")
    assert line == 4
    assert "Premature end of data in tag books; all records around it are read" in reason


def test_records_keep_ancestors_and_namespaces_when_salvaged(tmp_path):
    text = (
        '<a:books xmlns:a="urn:a" xmlns="urn:b"><shelf id="1"><book>&</book></shelf>'
        '<shelf id="2"><note/><!-- <book/> --><![CDATA[<book/>]]><book><a:t>x</a:t></book></shelf>'
        "</a:books>"
    )
    [bad, good] = elements(file_of(tmp_path, text), TAGS)
    assert isinstance(bad, Rejected)
    assert good.element.getparent().get("id") == "2"
    assert good.element[0].tag == "{urn:a}t"
    assert list(children(good.element)) == ["t"]


def test_comments_and_character_data_are_no_records(tmp_path):
    hidden = "<!-- <book>no</book> --><![CDATA[<book>no</book>]]>"
    inside = "<book>a<!-- </book> -->b<![CDATA[</book>]]></book>"
    for end in ("", "<book>&</book>"):
        found = read(tmp_path, f"<books>{hidden}{inside}<book/>{end}</books>")
        assert found[:2] == [(1, "ab</book>"), (1, "")]
        assert len(found) == (3 if end else 2)


def test_comment_without_end_hides_no_record(tmp_path):
    found = read(tmp_path, "<books><!-- <book>a</book><book>b</book></books>")
    assert found[:2] == [(1, "a"), (1, "b")]
    assert "Comment not terminated" in found[2][1]


BOMB = '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'


@pytest.mark.parametrize(
    "dtd",
    [
        f"<!DOCTYPE books [{BOMB}]>",
        '<!DOCTYPE books [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE books SYSTEM "http://localhost:1/x" [<!ENTITY % a "x"> %a;]>',
        '<!DOCTYPE books [ <!-- ]><books> --> <!ENTITY a "x">]>',
    ],
)
def test_own_dtd_is_refused_in_one_line(tmp_path, dtd):
    [[line, reason]] = read(tmp_path, f"<?xml version='1.0'?>{dtd}<books><book>&a;</book></books>")
    assert line == 1
    assert "can be an XML bomb; remove the part in square brackets" in reason


def test_collection_of_bombs_does_no_harm(shared):
    seen = set()
    for path in (shared / "data/suites/xml-bombs/xmltestdata").glob("*.xml"):
        file = InputFile(str(path), path, "ab" * 32, 1)
        tags = frozenset({"bomb", "root", "body", "element", "weather"})
        seen |= {type(each) for each in elements(file, tags)}
    assert seen == {Found, Rejected}


def test_outside_dtd_is_not_fetched(tmp_path):
    (tmp_path / "books.dtd").write_text('<!ENTITY a "stolen">')
    dtd = f'<!DOCTYPE books SYSTEM "{tmp_path}/books.dtd">'
    [[_, reason]] = read(tmp_path, f"{dtd}<books><book>&a;</book></books>")
    assert reason == "the entity &a; is not known"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "utf-16", "gbk"])
def test_encodings(tmp_path, encoding):
    text = "<books><book>Zoé</book></books>".replace("é", "é" if encoding != "gbk" else "中")
    declared = encoding.replace("-sig", "")
    content = f'<?xml version="1.0" encoding="{declared}"?>{text}'.encode(encoding)
    assert read(tmp_path, content) == [(1, "Zo中" if encoding == "gbk" else "Zoé")]
    broken = f'<?xml version="1.0" encoding="{declared}"?>{text}<book>'.encode(encoding)
    assert read(tmp_path, broken)[0] == (1, "Zo中" if encoding == "gbk" else "Zoé")


def test_encoding_that_nobody_knows(tmp_path):
    [[_, reason]] = read(tmp_path, '<?xml version="1.0" encoding="klingon"?><books/>')
    assert reason == "nobody knows the encoding 'klingon'"


def test_broken_utf_16(tmp_path):
    with pytest.raises(InputError, match=r"books\.xml: not valid UTF-16"):
        read(tmp_path, "<books/>".encode("utf-16") + b"\x00\xd8\x00")


@pytest.mark.parametrize("text", ["", "text", "{}", "<", "<!-- never closed", "&lt;"])
def test_no_xml(tmp_path, text):
    assert [reason[:6] for _, reason in read(tmp_path, text)] == ["no XML"]


def test_opening_tells_the_root():
    found = opening(
        '\ufeff<?xml version="1.0" encoding="ascii"?><!DOCTYPE a><a:b c="/>" d=\'">\'/>'
    )
    assert found == ("b", '<a:b c="/>" d=\'">\'/>', "ascii")
    assert opening("<a") is None


@given(st.binary() | st.lists(st.sampled_from([
    b"<books>", b"<book>", b"</book>", b"<book/>", b"</books>", b"<!--", b"-->", b"<![CDATA[",
    b"]]>", b"&", b"&uuml;", b"'", b'"', b"<", b">", b"x", b"\n", b"\xff", b'<book id="1">',
])).map(lambda parts: b"<books>" + b"".join(parts)))  # fmt: skip
def test_any_bytes_are_read_or_rejected(tmp_path_factory, content):
    with suppress(InputError):  # Bytes that begin like a compressed file are a damaged one.
        found = read(tmp_path_factory.mktemp("any"), content, entities=ENTITIES)
        assert all(line >= 0 for line, _ in found)
