"""What can be tested of accessibility without eyes (WCAG 2.2)."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

STYLE = Path(__file__).parents[2] / "graphbuild" / "site" / "style.css"
TEXT = 4.5
"""Least contrast of text (WCAG 1.4.3)."""

GRAPHICS = 3.0
"""Least contrast of marks and of the focus (WCAG 1.4.11)."""


@pytest.fixture(scope="module")
def pages(site):
    return {
        str(path.relative_to(site)): html.fromstring(path.read_bytes())
        for path in site.rglob("*.html")
    }


def test_pages_say_language_title_and_width(pages):
    for name, page in pages.items():
        assert page.get("lang") == "en", name
        assert page.findtext(".//title").strip(), name
        [viewport] = page.xpath("//meta[@name='viewport']/@content")
        assert "user-scalable" not in viewport
    titles = [
        page.findtext(".//title") for name, page in pages.items() if name.startswith("id/paper")
    ]
    assert len(set(titles)) == len(titles)


def test_headings_descend_one_by_one(pages):
    for name, page in pages.items():
        levels = [int(each.tag[1]) for each in page.iter("h1", "h2", "h3", "h4")]
        assert levels.count(1) == 1, name
        assert levels[0] == 1, name
        assert all(b <= a + 1 for a, b in pairwise(levels)), (name, levels)


def test_landmarks_are_there_and_can_be_told_apart(pages):
    for name, page in pages.items():
        for tag in ("header", "main", "footer"):
            assert len(page.findall(f".//{tag}")) == 1, name
        labels = page.xpath("//nav/@aria-label | //aside/@aria-label")
        assert len(labels) == len(set(labels)) == len(page.xpath("//nav | //aside")), name
        assert len(page.xpath("//body/a[@class='skip'][@href='#content']")) == 1


def test_every_field_has_a_label_and_every_picture_a_text(pages):
    for name, page in pages.items():
        ids = [each.get("id") for each in page.iter() if each.get("id")]
        assert len(ids) == len(set(ids)), name
        for field in page.iter("input"):
            assert page.xpath(f"//label[@for='{field.get('id')}']"), name
        for picture in page.iter("svg"):
            assert picture.get("aria-label"), name
            assert picture.get("role") in ("img", "group"), name
        assert not page.xpath("//img[not(@alt)]"), name
        assert not [
            a for a in page.iter("a") if not a.text_content().strip() and a.find("img") is None
        ]


def test_tables_name_their_columns(pages):
    heads = pages["data.html"].xpath("//th/@scope")
    assert heads == ["col"] * 3


def themes():
    """Return the colours of each theme by their names."""
    style = STYLE.read_text()
    blocks = re.findall(r"(:root[^{]*)\{([^}]*--ink[^}]*)\}", style)
    found = {
        head.strip(): dict(re.findall(r"--([\w-]+):\s*(#\w{6})", body)) for head, body in blocks
    }
    assert len(found) == 3
    return found


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_colours_can_be_read_in_every_theme():
    for theme, colours in themes().items():
        for ground in ("paper", "card"):
            for name in ("ink", "soft", "link", "seen"):
                assert contrast(colours[name], colours[ground]) >= TEXT, (theme, name, ground)
            for name in colours:
                if name.startswith("kind-") or name in ("bar", "focus"):
                    assert contrast(colours[name], colours[ground]) >= GRAPHICS, (theme, name)


def test_dark_theme_is_the_same_whether_chosen_or_preferred():
    light, preferred, chosen = themes().values()
    assert preferred == chosen
    assert light.keys() == chosen.keys()


def test_focus_is_seen():
    style = STYLE.read_text()
    assert "outline: 3px solid var(--focus)" in style
    assert not re.search(r"outline:\s*(0|none)", style)
