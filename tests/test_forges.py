import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.forges import find_urls, pages_repository, repository_of


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("See https://github.com/ada/engine.", ["https://github.com/ada/engine"]),
        ("(https://ada.github.io/x/).", ["https://ada.github.io/x/"]),
        ("https://en.example.org/A_(b)", ["https://en.example.org/A_(b)"]),
        ("github.com/ada/engine, too", ["github.com/ada/engine"]),
        ("margins are maximized.We provide", []),
        ("mail ada@github.com/x now", []),
        ("two: https://a.org/1; https://a.org/2!", ["https://a.org/1", "https://a.org/2"]),
    ],
)
def test_urls_are_found_without_the_sentence(text, urls):
    assert [url for _, url in find_urls(text)] == urls


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/Ada/Engine",
        "http://www.github.com/ada/engine.git",
        "github.com/ADA/engine/tree/main/src",
        "https://github.com/ada/engine/",
        "https://user@github.com/ada/engine?tab=readme#top",
    ],
)
def test_spellings_of_one_repository_share_key_and_url(url):
    repository = repository_of(url)
    assert repository is not None
    assert repository.key == "github.com:ada:engine"
    assert repository.url == "https://github.com/ada/engine"


def test_repository_keeps_its_dots_and_its_display_case():
    assert repository_of("https://gitlab.com/Ada/Engine.v2") == ("gitlab.com", "Ada", "Engine.v2")


@pytest.mark.parametrize("after", ["’", "%E2%80%99", "。", ".", "'", "+", "%20x"])
def test_what_no_name_can_hold_is_not_part_of_it(after):
    repository = repository_of(f"https://github.com/ada/engine{after}")
    assert repository is not None
    assert repository.url == "https://github.com/ada/engine"


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/ada/’",
        "https://github.com/ada",
        "https://github.com/topics/looms",
        "https://ada.github.io/engine",
        "https://example.org/ada/engine",
        "https://[broken/ada/engine",
    ],
)
def test_other_pages_are_no_repositories(url):
    assert repository_of(url) is None


def test_pages_hint_at_their_repository():
    guess = pages_repository("https://ada.github.io/Engine/")
    assert guess is not None
    assert guess.url == "https://github.com/ada/engine"
    assert pages_repository("https://ada.github.io") == ("github.com", "ada", "ada.github.io")
    assert pages_repository("https://example.org/x") is None


@given(st.text())
def test_any_text_is_searched_without_an_exception(text):
    for _, url in find_urls(text + " https://" + text):
        repository_of(url)
        pages_repository(url)
