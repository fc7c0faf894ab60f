"""Parts of records: links of one URL are one link."""

from graphbuild.parts import CodeLink, united_links

URL = "https://github.com/ada/loom"
TEXT = CodeLink(URL, "promised", ("code",), official=True, sentence="Code will be at ...")
FIELD = CodeLink(
    URL, "released", ("models",), official=False, sentence="ada/loom", in_text=False, stated=True,
    in_repository=False, framework="pytorch",
)  # fmt: skip


def test_links_of_one_url_are_one_link_with_all_that_is_said():
    united = CodeLink(
        URL, "released", ("code", "models"), official=True, sentence="Code will be at ...",
        stated=True, in_repository=False, framework="pytorch",
    )  # fmt: skip
    assert united_links([TEXT, FIELD]) == (united,)
    assert united_links([FIELD, TEXT]) == (united,)


def test_links_of_other_urls_stay_in_order():
    other = CodeLink("https://github.com/ada/mill", "mentioned", (), official=False, sentence="x")
    assert united_links([other, TEXT]) == (other, TEXT)
