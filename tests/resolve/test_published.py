from graphbuild.resolve.published import Published, anchors_of, keep, published_of


def after(found, published=None):
    """Return the keys after a build, and what the next build knows."""
    kept = keep(found, (published or Published()).of("paper"))
    return kept, published_of(anchors_of("paper", found, kept))


def test_new_entities_have_the_keys_of_their_own():
    kept, _ = after({"doi:1": ("doi:1",)})
    assert (dict(kept.keys), dict(kept.moved)) == ({"doi:1": "doi:1"}, {})


def test_paper_known_by_hash_keeps_its_key_when_an_identifier_arrives():
    _, first = after({"hash1": ("=hash1",)})
    kept, second = after({"doi:1": ("doi:1", "=hash1")}, first)
    assert dict(kept.keys) == {"doi:1": "hash1"}
    again, _ = after({"doi:1": ("doi:1",)}, second)
    assert dict(again.keys) == {"doi:1": "hash1"}


def test_two_published_papers_that_become_one_redirect():
    _, first = after({"hash1": ("=hash1",), "doi:1": ("doi:1",)})
    kept, second = after({"doi:1": ("doi:1", "=hash1")}, first)
    assert dict(kept.keys) == {"doi:1": "doi:1"}
    assert dict(kept.moved) == {"hash1": "doi:1"}
    later, _ = after({"doi:1": ("doi:1",)}, second)
    assert dict(later.moved) == {"hash1": "doi:1"}


def test_person_that_is_split_leaves_the_key_to_the_part_that_had_it_by_right():
    _, first = after({"a": ("m1", "m2", "m3")})
    kept, _ = after({"a": ("m1",), "b": ("m2", "m3")}, first)
    assert dict(kept.keys) == {"a": "a", "b": "b"}
    assert dict(kept.moved) == {}


def test_chain_of_redirects_leads_to_the_end():
    _, first = after({"a": ("1",), "b": ("2",), "c": ("3",)})
    _, second = after({"b": ("1", "2"), "c": ("3",)}, first)
    kept, _ = after({"c": ("1", "2", "3")}, second)
    assert dict(kept.moved) == {"a": "c", "b": "c"}
