"""Charts: where things lie, what is said in words, and that nothing gets through unescaped."""

from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from app.reports.charts import Bar, Point, Series, bars, named_directly, radar, range_bar

LABELS = ("Policy", "People", "Procedures", "Accountability")


def points(*values: float | None, labels: tuple[str, ...] = LABELS) -> list[Point]:
    return [
        Point(label, value, "not answered" if value is None else f"{value} of 100")
        for label, value in zip(labels, values, strict=True)
    ]


def drawn(*series: list[Point], rtl: bool = False) -> ElementTree.Element:
    named = [Series(name, each) for name, each in zip(("This round", "Last round"), series, strict=False)]
    return ElementTree.fromstring(radar("web", "The four standards", named, rtl=rtl))


def classed(element: ElementTree.Element, css: str) -> list[ElementTree.Element]:
    return [each for each in element.iter() if each.get("class") == css]


def corners(polygon: ElementTree.Element) -> list[tuple[float, ...]]:
    return [tuple(map(float, pair.split(","))) for pair in polygon.attrib["points"].split()]


# Radius 150 around (170, 150), axes on the diagonals: at 100 an axis ends 150 · √½ = 106.07 across and up.
FULL = [(276.07, 43.93), (276.07, 256.07), (63.93, 256.07), (63.93, 43.93)]


def test_four_standards_at_100_are_a_square_clockwise_from_the_top() -> None:
    assert corners(classed(drawn(points(100, 100, 100, 100)), "trace")[0]) == FULL


def test_a_value_lies_at_its_share_of_the_axis() -> None:
    # 50: half of 106.07 across and up. 0: the centre. 20: 21.21.
    assert corners(classed(drawn(points(50, 0, 100, 20)), "trace")[0]) == [
        (223.03, 96.97),
        (170, 150),
        (63.93, 256.07),
        (148.79, 128.79),
    ]


def test_the_web_has_a_ring_at_each_quarter() -> None:
    rings = [
        corners(ring)[0] for css in ("web", "web outer") for ring in classed(drawn(points(1, 2, 3, 4)), css)
    ]
    assert rings == [(196.52, 123.48), (223.03, 96.97), (249.55, 70.45), (276.07, 43.93)]


def test_read_from_right_to_left_the_radar_is_its_mirror_image() -> None:
    left, right = drawn(points(50, 0, 100, 20)), drawn(points(50, 0, 100, 20), rtl=True)
    mirrored = [(round(340 - x, 2), y) for x, y in corners(classed(right, "trace")[0])]
    assert mirrored == corners(classed(left, "trace")[0])


def test_three_axes_stand_upright() -> None:
    triangle = drawn(points(100, 100, 100, labels=("A", "B", "C")))
    assert corners(classed(triangle, "trace")[0]) == [(170, 30), (273.92, 210), (66.08, 210)]


def test_an_unanswered_standard_leaves_the_line_open_and_says_so() -> None:
    web = drawn(points(100, None, 100, 100))
    assert classed(web, "area") == []
    assert [line.get("d") for line in classed(web, "trace")] == [
        "M63.93,256.07L63.93,43.93M63.93,43.93L276.07,43.93",
    ]
    assert len(classed(web, "dot")) == 3
    assert [text.text for text in classed(web, "absent")] == ["People"]
    assert "People: not answered" in (web.findtext("desc") or "")


def test_where_nothing_is_answered_there_is_a_web_and_no_mark() -> None:
    web = drawn(points(None, None, None, None))
    assert len(classed(web, "web")) == 3
    assert classed(web, "dot") == []
    assert len(classed(web, "absent")) == 4


def test_a_second_round_differs_by_dash_and_marker_and_is_told_in_words() -> None:
    web = drawn(points(100, 100, 100, 100), points(50, 50, 50, 50))
    assert [mark.tag for mark in classed(web, "dot")] == ["circle"] * 4
    assert [mark.tag for mark in classed(web, "dot second")] == ["path"] * 4
    assert len(classed(web, "trace second")) == 1
    told = web.findtext("desc") or ""
    assert told.startswith("This round: Policy: 100 of 100; People")
    assert "Last round: Policy: 50 of 100; People" in told


@pytest.mark.parametrize(
    ("labels", "direct"),
    [
        (LABELS, True),
        (("A", "B", "C"), True),
        (("A", "B", "C", "D", "E"), False),
        (("A", "B", "A label of more than sixteen"), False),
    ],
)
def test_axes_carry_their_names_where_there_is_room_and_numbers_where_there_is_not(
    labels: tuple[str, ...], direct: bool
) -> None:
    web = drawn([Point(label, 50, "50") for label in labels])
    written = [text.text for text in web.iter("text") if text.get("class") != "tone"]
    assert written == (list(labels) if direct else [str(n + 1) for n in range(len(labels))])
    assert named_directly(labels) is direct


@pytest.mark.parametrize("rounds", [[["A", "B"]], [["A", "B", "C"], ["A", "C", "B"]]])
def test_a_radar_of_two_axes_or_of_rounds_that_differ_is_refused(rounds: list[list[str]]) -> None:
    series = [Series("round", [Point(label, 1, "1") for label in labels]) for labels in rounds]
    with pytest.raises(ValueError, match="radar"):
        radar("web", "title", series)


def test_a_bar_is_as_long_as_its_score_with_its_range_below_and_its_evidence_across() -> None:
    [row] = ElementTree.fromstring(bars([Bar("Policy", "62 of 100", 62, low=50, high=74.5, evidenced=33)]))
    [fill] = classed(row, "fill")
    assert (fill.get("x"), fill.get("width")) == ("0", "62")
    assert [path.get("d") for path in classed(row, "whisker")] == ["M50 14.5v5M50 17H74.5M74.5 14.5v5"]
    assert [line.get("x1") for line in classed(row, "shown")] == ["33"]


@pytest.mark.parametrize(
    ("bar", "absent"),
    [
        (Bar("Policy", "62 of 100", 62), ["whisker", "shown"]),
        (Bar("Policy", "62 of 100", 62, low=62, high=62), ["whisker", "shown"]),
        (Bar("Policy", "not answered", None, low=0, high=100), ["fill", "shown"]),
    ],
)
def test_a_bar_draws_only_what_there_is(bar: Bar, absent: list[str]) -> None:
    [row] = ElementTree.fromstring(bars([bar]))
    assert [css for css in ("fill", "whisker", "shown") if not classed(row, css)] == absent


def test_a_bar_without_an_answer_says_so_in_words() -> None:
    [row] = ElementTree.fromstring(bars([Bar("Policy", "not answered", None)]))
    assert [text.text for text in classed(row, "bars-text absent")] == ["not answered"]


def test_the_range_of_a_score_is_drawn_from_lowest_to_highest() -> None:
    chart = ElementTree.fromstring(range_bar("range", "Score", Bar("", "62 of 100", 62, 50, 74, 48)))
    [span] = classed(chart, "span")
    assert (span.get("x"), span.get("width")) == ("50", "24")
    assert [line.get("x1") for css in ("now", "shown") for line in classed(chart, css)] == ["62", "48"]
    assert (chart.findtext("title"), chart.findtext("desc")) == ("Score", "62 of 100")


def charts_named(chart_id: str, text: str) -> list[Markup]:
    three = [Series(text, [Point(text, 1, text), Point("b", 1, "1"), Point("c", 1, "1")])]
    return [
        radar(chart_id, text, three),
        range_bar(chart_id, text, Bar(text, text, 1)),
        bars([Bar(text, text, 1)]),
    ]


@pytest.mark.parametrize("chart", range(3))
def test_no_text_of_a_pack_or_a_person_becomes_markup(chart: int) -> None:
    text = "<script>alert('x')</script> \"&\""
    drawing = charts_named("id", text)[chart]
    assert "<script" not in drawing
    assert text in "".join(ElementTree.fromstring(drawing).itertext())


@pytest.mark.parametrize("chart", range(2))
def test_each_chart_is_an_image_with_a_title_and_a_description_of_its_own(chart: int) -> None:
    image = ElementTree.fromstring(charts_named("here", "words")[chart])
    ids = [each.get("id") for each in image.iter() if each.get("id")]
    assert ids == ["here-title", "here-desc"]
    assert image.get("role") == "img"
    assert [image.get("aria-labelledby"), image.get("aria-describedby")] == ids
    assert "words" in (image.findtext("desc") or "")


@pytest.mark.parametrize("chart", range(3))
def test_no_chart_needs_an_inline_style(chart: int) -> None:
    assert all(
        each.get("style") is None and each.tag != "style"
        for each in ElementTree.fromstring(charts_named("id", "words")[chart]).iter()
    )
