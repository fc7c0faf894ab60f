"""Which fields of a record a reader reads."""

import xml.etree.ElementTree as ET

import msgspec

from graphbuild.sources.fields import json_fields, named_fields, xml_fields


class Person(msgspec.Struct, rename="camel"):
    full_name: str = ""


class Work(msgspec.Struct):
    title: str
    people: tuple[Person, ...] = ()
    first: Person | str | None = None
    index: dict[str, list[int]] = {}
    anything: msgspec.Raw = msgspec.Raw()


class Note(msgspec.Struct, tag="note", tag_field="kind"):
    text: str


class Poem(msgspec.Struct, tag="poem", tag_field="kind"):
    verses: list[str]


def test_fields_of_json_are_compared_with_the_struct_at_every_depth():
    record = {
        "title": "x",
        "people": [{"fullName": "A"}, {"full_name": "B", "orcid": "y"}],
        "first": {"fullName": "A", "rank": 0},
        "index": {"a": [1]},
        "anything": {"b": {"c": 2}},
        "other": {"d": 1},
    }
    assert json_fields(record, Work) == {
        "title": True,
        "people": True,
        "people[].fullName": True,
        "people[].full_name": False,
        "people[].orcid": False,
        "first": True,
        "first.fullName": True,
        "first.rank": False,
        "index": True,
        "anything": True,
        "other": False,
    }


def test_empty_field_states_nothing_but_zero_and_false_do():
    record = {"title": "", "a": None, "b": [], "c": {}, "d": 0, "e": False}
    assert json_fields(record, Work) == {"d": False, "e": False}


def test_what_one_of_several_structs_reads_is_read():
    assert json_fields({"kind": "note", "text": "x", "verses": ["y"], "z": 1}, Note | Poem) == {
        "kind": True,
        "text": True,
        "verses": True,
        "z": False,
    }


def test_record_that_is_no_object_has_no_fields():
    assert json_fields([1, "x"], Work) == {}


def test_elements_and_attributes_of_xml():
    element = ET.fromstring(  # noqa: S314 - our own text
        '<a:paper xmlns:a="urn:a" id="1" empty=""><title>On <b>x</b></title><author id="x"><n/></author>'
        "<editor id='y'/><unknown><deep/></unknown></a:paper>"
    )
    assert xml_fields(element, {"@id", "title", "author", "editor"}, {"title"}) == {
        "paper/@id": True,
        "paper/title": True,
        "paper/author": True,
        "paper/author/@id": True,
        "paper/author/n": False,
        "paper/editor": True,
        "paper/editor/@id": True,
        "paper/unknown": False,
    }
    only_authors = xml_fields(element, {"author", "editor", "author/@id"})
    assert (only_authors["paper/author/@id"], only_authors["paper/editor/@id"]) == (True, False)


def test_named_fields():
    assert named_fields(["title", "groups"], {"title", "year"}) == {"title": True, "groups": False}
