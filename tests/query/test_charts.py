import re
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from matplotlib.figure import Figure

from graphbuild import api
from graphbuild.cli import main
from graphbuild.errors import QueryError
from graphbuild.query import catalogue
from graphbuild.query.charts import ENDINGS, KINDS, chart_of, figure_of, write_chart
from tests.small_graph import small_graph

YEARS = {"kind": "bar", "x": "year", "y": "papers"}
EVIL = "<b>Bold</b> & $x^2$"


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return small_graph(tmp_path_factory.mktemp("charts") / "graph")


def rows(*pairs):
    return [{"year": year, "papers": papers} for year, papers in pairs]


def drawn(chart, tmp_path, ending):
    target = tmp_path / f"chart{ending}"
    write_chart(chart, target)
    return target.read_bytes()


def test_years_stand_on_a_scale_with_their_gaps():
    chart = chart_of("Papers", YEARS, rows(("2019", 3), ("2022", 1)))
    assert chart.of_years
    [axes] = figure_of(chart).axes
    bars = {round(bar.get_x() + bar.get_width() / 2): bar.get_height() for bar in axes.patches}
    assert bars == {2019: 3, 2022: 1}
    low, high = axes.get_xlim()
    assert low < 2019
    assert high > 2022


def test_things_are_lying_bars_the_first_on_top():
    chart = chart_of("Topics", YEARS, rows(("Looms", 5), ("Cards", 2)))
    [axes] = figure_of(chart).axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Looms", "Cards"]
    assert [bar.get_width() for bar in axes.patches] == [5, 2]
    top, bottom = axes.get_ylim()
    assert top > bottom


def test_rows_without_a_value_and_too_many_things_are_counted():
    assert chart_of("P", YEARS, rows((None, 3), ("2020", None), ("2021", 1))).left_out == 2
    many = chart_of("P", YEARS, rows(*((f"topic {n}", n) for n in range(50))))
    assert (len(many.series[""]), many.left_out) == (30, 20)
    assert chart_of("P", YEARS, rows(*((str(1900 + n), n) for n in range(50)))).left_out == 0


def test_two_things_of_one_name_are_two_bars():
    rows = [
        {"name": name, "papers": number} for name, number in (("Ada", 3), ("Ben", 2), ("Ada", 1))
    ]
    made = chart_of("People", {"kind": "bar", "x": "name", "y": "papers"}, rows)
    assert made.series == {"": [("Ada", 3), ("Ben", 2), ("Ada (2)", 1)]}


def test_series_have_a_colour_each_and_a_legend():
    view = {**YEARS, "series": "kind"}
    table = [{"year": "2020", "papers": 2, "kind": kind} for kind in ("article", "preprint")]
    [axes] = figure_of(chart_of("P", view, table)).axes
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["article", "preprint"]
    assert len({bar.get_facecolor() for bar in axes.patches}) == 2


def test_line_joins_its_points():
    chart = chart_of("P", {**YEARS, "kind": "line"}, rows(("2019", 3), ("2020", 4)))
    [line] = figure_of(chart).axes[0].lines
    assert line.get_xydata().tolist() == [[2019, 3], [2020, 4]]


@pytest.mark.parametrize("ending", ENDINGS)
def test_same_chart_gives_the_same_file(ending, tmp_path):
    chart = chart_of(EVIL, YEARS, rows((EVIL, 2)))
    assert drawn(chart, tmp_path, ending) == drawn(chart, tmp_path, ending)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", KINDS)
def test_answer_without_rows_can_be_drawn(ending, kind, tmp_path):
    assert len(drawn(chart_of("P", {**YEARS, "kind": kind}, []), tmp_path, ending)) > 500


def test_svg_keeps_words_as_text(tmp_path):
    root = ET.fromstring(drawn(chart_of(EVIL, YEARS, rows((EVIL, 2))), tmp_path, ".svg"))  # noqa: S314 - our own file
    assert EVIL in {element.text for element in root.iter() if element.text}


def test_page_needs_nothing_from_elsewhere_and_says_the_numbers(tmp_path):
    page = drawn(chart_of(EVIL, YEARS, rows((EVIL, 1234))), tmp_path, ".html").decode()
    assert "<b>Bold" not in page
    assert '<td class="number">1,234</td>' in page
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ({}, r"#\+ view: .kind: bar, x: year, y: papers"),
        ({"kind": "graph"}, "graphbuild network"),
        ({**YEARS, "x": "venue"}, "'venue'"),
    ],
)
def test_view_that_is_no_chart_is_refused(view, words):
    with pytest.raises(QueryError, match=words):
        chart_of("P", view, rows(("2020", 1)))


def test_views_of_all_charts_name_columns_of_their_queries():
    views = [query for query in catalogue.load_all() if query.view.get("kind") in KINDS]
    assert len(views) > 5
    for query in views:
        asked = query.text[query.text.index("SELECT") :].partition("WHERE")[0]
        for axis in ("x", "y"):
            assert re.search(rf"\?{query.view[axis]}\b", asked), query.id


def test_command_draws_the_answer(graph, tmp_path):
    target = tmp_path / "years.svg"
    command = ["query", "papers-by-year", "--graph", str(graph.path), "--chart", str(target)]
    result = CliRunner().invoke(main, command)
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"rows drawn in {target}" in result.stderr
    wrong = CliRunner().invoke(main, [*command[:-1], str(tmp_path / "years.doc")])
    assert (wrong.exit_code, ".svg" in wrong.stderr) == (3, True)


def test_rows_draw_themselves(graph, tmp_path):
    found = api.open(graph.path).query("papers-by-year")
    assert isinstance(found.chart(), Figure)
    assert found.chart(tmp_path / "years.png").read_bytes().startswith(b"\x89PNG")
