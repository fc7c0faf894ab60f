import base64
import hashlib
import html
import io
import re
from itertools import combinations
from math import dist, hypot
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from graphbuild.network.drawing import PICTURES, write_picture
from graphbuild.network.scene import LETTER, OTHER, SHARE, draw

KIND = {"title": "Co-authors", "nodes_are": "people", "sized_by": "papers", "tied_by": "papers"}
EVIL = '<script>alert("1")</script>'


def person(label, papers=1, *, undecided=False):
    return {"label": label, "name": label, "papers": papers, "identity": "name only"} | {
        "undecided": undecided
    }


def network(groups=3, size=6):
    made = nx.Graph(**KIND, papers=9, first_year=2020, last_year=2024)
    for group in range(groups):
        for member in range(size):
            made.add_node(f"n{group}-{member}", **person(f"Person {group} {member}", 1 + member))
        for one, other in combinations(range(size), 2):
            made.add_edge(f"n{group}-{one}", f"n{group}-{other}", weight=1 + one)
    if groups > 1:
        made.add_edge("n0-0", "n1-0", weight=1)
    return made


def picture(made, ending):
    file = io.BytesIO()
    write_picture(made, ending, file)
    return file.getvalue()


def page(made):
    return picture(made, ".html").decode()


def test_no_two_nodes_overlap_and_all_lie_in_the_frame():
    scene = draw(network())
    for one, other in combinations(scene.nodes, 2):
        assert hypot(one.x - other.x, one.y - other.y) > one.radius + other.radius
    for node in scene.nodes:
        assert node.radius <= node.x <= scene.width - node.radius
        assert node.radius <= node.y <= scene.height - node.radius


def test_no_two_words_overlap():
    scene = draw(network(groups=5, size=12))
    boxes = []
    for label in scene.labels:
        width = len(label.text) * label.size * LETTER
        left = label.x - width * SHARE[label.anchor]
        boxes.append((left, label.y - label.size, left + width, label.y))
    for (a, b, c, d), (e, f, g, h) in combinations(boxes, 2):
        assert a >= g or c <= e or b >= h or d <= f
    assert len(boxes) > 40


def test_people_with_more_papers_are_larger():
    scene = draw(network(groups=1))
    by_papers = sorted(scene.nodes, key=lambda node: node.weight)
    assert [node.label for node in by_papers][-1] == "Person 0 5"
    assert by_papers[-1].radius > by_papers[0].radius


def test_communities_have_a_colour_each_and_a_legend():
    scene = draw(network())
    colours = {node.key: node.colour for node in scene.nodes}
    assert len(set(colours.values())) == 3
    assert {colours[f"n0-{member}"] for member in range(6)} == {colours["n0-3"]}
    assert sorted((group.size, group.title) for group in scene.groups) == [
        (6, "around Person 0 5"),
        (6, "around Person 1 5"),
        (6, "around Person 2 5"),
    ]


def test_loners_are_grey_and_counted_together():
    made = nx.Graph(**KIND, papers=2)
    made.add_nodes_from([("a", person("Ann")), ("b", person("Bob"))])
    scene = draw(made)
    assert {node.colour for node in scene.nodes} == {OTHER}
    assert [(group.title, group.size) for group in scene.groups] == [("others", 2)]


def test_same_network_in_another_order_gives_the_same_drawing():
    made, other = network(), nx.Graph(**network().graph)
    other.add_nodes_from(reversed(list(made.nodes(data=True))))
    other.add_edges_from((b, a, said) for a, b, said in reversed(list(made.edges(data=True))))
    assert draw(made).nodes == draw(other).nodes
    for ending in PICTURES:
        assert picture(made, ending) == picture(other, ending)


@pytest.mark.parametrize("ending", PICTURES)
def test_empty_network_can_be_drawn(ending):
    made = nx.Graph(**KIND, papers=0)
    assert picture(made, ending)
    assert "0 people, 0 ties" in page(made)


def test_svg_is_well_formed_and_keeps_names_as_text():
    made = network()
    made.nodes["n0-0"]["label"] = f"{EVIL} $x^2$"
    root = ET.fromstring(picture(made, ".svg"))  # noqa: S314 - our own file
    assert f"{EVIL} $x^2$" in {element.text for element in root.iter() if element.text}


def test_page_escapes_names_and_needs_nothing_from_elsewhere():
    made = network()
    made.nodes["n0-0"]["label"] = EVIL
    made.graph["title"] = EVIL
    text = page(made)
    assert EVIL not in text
    assert html.escape(EVIL) in text
    assert text.count("<script>") == 1
    addresses = set(
        re.findall(
            r"(?:https?:)?//[\w.]+", re.sub(r"<script>.*</script>", "", text, flags=re.DOTALL)
        )
    )
    assert addresses == {"http://www.w3.org"}


def test_page_allows_only_its_own_script_and_style():
    text = page(network())
    for kind in ("script", "style"):
        [content] = re.findall(rf"<{kind}>(.*?)</{kind}>", text, flags=re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in text
    assert "style=" not in text
    assert "innerHTML" not in text


def test_undecided_people_are_drawn_hollow():
    made = network(groups=1)
    made.nodes["n0-2"]["undecided"] = True
    assert [node.key for node in draw(made).nodes if node.hollow] == ["n0-2"]
    assert page(made).count('class="node hollow"') == 1
    assert b"stroke-dasharray" in picture(made, ".svg")


def test_drawing_says_what_was_left_out():
    made = network(groups=1)
    made.graph |= {"nodes_left_out": 1200, "units_left_out": 2}
    assert draw(made).subtitle == (
        "6 people, 15 ties from 9 papers, 2020 to 2024; "
        "1,200 people with fewer papers are left out; 2 papers of very many tie nobody"
    )


def test_ties_that_say_little_are_not_drawn_and_counted():
    made = network(groups=1, size=12)
    scene = draw(made)
    assert (made.number_of_edges(), len(scene.edges)) == (66, 26)
    assert "66 ties" in scene.subtitle
    assert "40 ties that say little are not drawn" in scene.subtitle


def test_papers_that_cite_each_other_are_drawn_with_their_titles():
    words = {"nodes_are": "papers", "sized_by": "citations", "tied_by": "papers"}
    made = nx.DiGraph(title="Citations", papers=2, **words)
    made.add_node("a", label="Hadley 2020", name="On Looms", citations=1)
    made.add_node("b", label="Sample 2021", name="Looms again", citations=0, first_year=2021)
    made.nodes["b"]["last_year"] = 2021
    made.add_edge("b", "a", weight=1)
    scene = draw(made)
    assert [(node.label, node.note) for node in scene.nodes] == [
        ("Hadley 2020", "On Looms; 1 citation"),
        ("Sample 2021", "Looms again; 0 citations, 2021"),
    ]
    [arrow] = scene.arrows
    assert (arrow.one, arrow.other) == ("b", "a")
    cited, citing = (next(node for node in scene.nodes if node.key == key) for key in "ab")
    tip, *sides = (dist(corner, (cited.x, cited.y)) for corner in arrow.corners)
    assert tip == pytest.approx(cited.radius + 1.5, abs=0.1)
    assert all(side > tip for side in sides)
    assert tip < dist(arrow.corners[0], (citing.x, citing.y))
    assert scene.size == "larger: more citations; arrows lead to what is cited"
    assert page(made).count('<polygon class="head"') == 1
    assert scene.hollow == ""
    assert "hollow" not in re.sub(r"<(style|script)>.*?</\1>", "", page(made), flags=re.DOTALL)


def test_very_large_numbers_give_no_larger_circles_than_the_frame_bears():
    made = network(groups=1)
    made.nodes["n0-0"]["papers"] = 100_000
    assert max(node.radius for node in draw(made).nodes) == pytest.approx(34, abs=0.1)
