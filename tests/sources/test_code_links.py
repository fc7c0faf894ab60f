import pytest

from graphbuild.sources.code_links import find_code_links

URL = "https://github.com/ada/engine"


@pytest.mark.parametrize(
    ("sentence", "stance", "contents"),
    [
        (f"Source code can be found at {URL}.", "released", ("code",)),
        (f"Our code is available at {URL}.", "released", ("code",)),
        (f"The data and code are available through {URL}.", "released", ("code", "data")),
        (f"Code: {URL}", "released", ("code",)),
        (f"The models are publicly accessible through {URL}.", "released", ("models",)),
        (f"The source code will be available at {URL}.", "promised", ("code",)),
        (f"We will release the code at {URL}.", "promised", ("code",)),
        (f"Code will be made publicly available upon acceptance: {URL}.", "promised", ("code",)),
        (f"All scripts will soon be shared at {URL}.", "promised", ("code",)),
        (f"We build upon the toolkit of {URL}.", "mentioned", ("code",)),
        (f"See {URL}.", "mentioned", ()),
        (f"It is available at {URL}.", "released", ("code",)),
    ],
)
def test_sentence_decides_what_a_link_means(sentence, stance, contents):
    [link] = find_code_links(f"Looms are slow. {sentence}")
    assert (link.stance, link.contents) == (stance, contents)
    assert link.official == (stance != "mentioned")
    assert link.sentence == sentence


def test_code_of_others_is_not_official():
    [link] = find_code_links(f"Their code is available at {URL}.")
    assert not link.official


def test_promise_in_another_sentence_does_not_count():
    [link] = find_code_links(f"More will be released. Code is available at {URL}.")
    assert link.stance == "released"


def test_each_address_is_one_link():
    assert len(find_code_links(f"Code: {URL}. Again, code is available at {URL}.")) == 1


def test_named_dataset_makes_a_page_one_of_data():
    [link] = find_code_links(
        "FiberSet is accessible at https://lab.github.io/Fiber/.", ("FiberSet",)
    )
    assert (link.contents, link.repository) == (("data",), None)
    assert link.candidate == "https://github.com/lab/fiber"


def test_page_elsewhere_has_no_repository_and_no_guess():
    [link] = find_code_links("A demo is available at https://example.org/demo.")
    assert (link.repository, link.candidate, link.official) == (None, None, False)


def test_text_without_addresses_has_no_links():
    assert find_code_links("Looms are slow. Code is available on request.") == ()
