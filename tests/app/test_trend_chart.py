"""The chart of trends: where things lie, what is said in words, and that nothing gets through unescaped."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from app.reports.trend_chart import END, START, STYLES, WIDTH, Line, Spot, named, sample, trend

YEARS = ("2025", "2026", "2027")


OFF = {"one": (1, 0), "two": (0, 1), "three": (0.5, 0.5), "four": (0, 1)}
"""How far a marker's middle lies from where it begins, by its first length: across and down."""


def line(*values: float | None, name: str = "Policy", translated: int = 0) -> Line:
    """A line whose first so many rounds are translated."""
    return Line(
        name,
        [
            Spot(value, "not answered" if value is None else f"{value} of 100", place < translated)
            for place, value in enumerate(values)
        ],
    )


def drawn(*lines: Line, rounds: tuple[str, ...] = YEARS, rtl: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(trend("trend", "Standards over three rounds", rounds, lines, rtl=rtl))


def classed(element: ElementTree.Element, *css: str) -> list[ElementTree.Element]:
    return [each for each in element.iter() if {*css} <= {*each.get("class", "").split()}]


def where(markers: list[ElementTree.Element]) -> list[tuple[float, float]]:
    """The point that each marker is drawn around."""
    return [_middle(mark.attrib["d"], mark.attrib["class"].split()[1]) for mark in markers]


def _middle(drawn: str, style: str) -> tuple[float, float]:
    """Each begins at its left, at its top, or at both."""
    begins = re.match(r"M([\d.]+) ([\d.]+)", drawn)
    lengths = re.findall(r"[\d.]+", drawn.partition(" ")[2].lstrip("0123456789."))
    assert begins is not None
    left, top = OFF[style]
    size = float(lengths[0])
    return round(float(begins[1]) + left * size, 2), round(float(begins[2]) + top * size, 2)


def test_rounds_stand_evenly_and_values_lie_between_0_and_100() -> None:
    chart = drawn(line(0, 50, 100))

    # From 38 to 330 across; 0 lies at 164 and 100 at 14.
    assert where(classed(chart, "mark")) == [(38, 164), (184, 89), (330, 14)]
    assert [each.get("d") for each in classed(chart, "line")] == ["M38,164L184,89M184,89L330,14"]
    assert [text.text for text in classed(chart, "tone")] == ["0", "50", "100"]
    assert [each.get("y1") for each in classed(chart, "tick")] == ["164", "89", "14"]


def test_read_from_right_to_left_the_first_round_stands_at_the_right() -> None:
    left, right = drawn(line(0, 50, 100)), drawn(line(0, 50, 100), rtl=True)

    mirrored = [(WIDTH - x, y) for x, y in where(classed(right, "mark"))]
    assert mirrored == where(classed(left, "mark"))
    assert [float(text.attrib["x"]) for text in classed(right, "tone")] == [WIDTH - 14] * 3


def test_where_a_round_has_no_value_the_line_is_open_and_says_so() -> None:
    chart = drawn(line(20, None, 40, 50), rounds=("2024", *YEARS))

    assert len(classed(chart, "mark")) == 3
    assert [each.attrib["d"].count("M") for each in classed(chart, "line")] == [1]
    assert (
        chart.findtext("desc")
        == "Policy: 2024: 20 of 100; 2025: not answered; 2026: 40 of 100; 2027: 50 of 100."
    )


def test_a_value_between_two_gaps_has_a_marker_and_no_line() -> None:
    chart = drawn(line(None, 40, None))

    assert classed(chart, "line") == []
    assert len(classed(chart, "mark")) == 1


def test_what_another_edition_answered_is_hollow() -> None:
    chart = drawn(line(10, 20, 30, translated=2))

    assert [(mark.get("class") or "").endswith("hollow") for mark in classed(chart, "mark")] == [
        True,
        True,
        False,
    ]


def test_lines_differ_by_their_markers_and_have_a_class_each() -> None:
    chart = drawn(*(line(10, 20, 30, name=name) for name in "ABCD"))
    shapes = {
        style: re.sub(r"^M[\d.]+ [\d.]+", "", classed(chart, "mark", style)[0].attrib["d"])
        for style in STYLES
    }

    assert len({*shapes.values()}) == 4
    assert [len(classed(chart, "line", style)) for style in STYLES] == [1, 1, 1, 1]
    for place, style in enumerate(STYLES):
        assert shapes[style] in ElementTree.fromstring(sample(place))[1].attrib["d"]


@pytest.mark.parametrize("count", range(1, 31))
def test_of_many_rounds_some_are_named_the_first_and_the_last_among_them(count: int) -> None:
    places = named(count)

    assert places[0] == 0
    assert places[-1] == count - 1
    assert len(places) <= 4
    assert places == list(range(count)) or count > 4
    # No two names come nearer to each other than a quarter of the axis.
    assert all(after - before >= (count - 1) / 4 for before, after in pairwise(places))


def test_thirty_rounds_stand_apart_and_their_names_do_not_meet() -> None:
    rounds = tuple(f"May {year}" for year in range(2025, 2055))
    chart = drawn(line(*range(0, 90, 3)), rounds=rounds)
    across = [x for x, _y in where(classed(chart, "mark"))]
    names = [text for text in chart.iter("text") if text.get("class") is None]

    assert (across[0], across[-1]) == (START, END)
    assert all(after - before > 9 for before, after in pairwise(across))
    assert [text.text for text in names] == ["May 2025", "May 2039", "May 2054"]
    assert all("a2 2 " in mark.attrib["d"] for mark in classed(chart, "mark")), "half as large as usual"


def test_a_single_round_stands_in_the_middle() -> None:
    assert where(classed(drawn(line(50), rounds=("2025",)), "mark")) == [((START + END) / 2, 89)]


def test_a_trend_is_a_picture_with_a_title_and_has_no_style_of_its_own() -> None:
    chart = drawn(line(1 / 3, 200 / 3, 50))
    written = ElementTree.tostring(chart, encoding="unicode")

    assert chart.get("role") == "img"
    assert chart.get("aria-labelledby") == "trend-title"
    assert chart.get("aria-describedby") == "trend-desc"
    assert chart.findtext("title") == "Standards over three rounds"
    assert "style" not in written
    assert not re.search(r'(?:d|x|y|x1|x2|y1|y2)="[^"]*\.\d{3}', written)


def test_nothing_that_is_named_gets_through_as_markup() -> None:
    rounds = ("<b>1</b>", '"2"', "&3")
    chart = ElementTree.fromstring(
        trend("trend", "<script>", rounds, [Line("<i>", [Spot(1, "<u>"), Spot(2, "2"), Spot(3, "3")])])
    )

    assert chart.findtext("title") == "<script>"
    assert chart.findtext("desc") == '<i>: <b>1</b>: <u>; "2": 2; &3: 3.'
    assert [text.text for text in chart.iter("text") if text.get("class") is None] == list(rounds)


@pytest.mark.parametrize(
    ("rounds", "lines"),
    [((), []), (YEARS, [line(1, 2)]), (("1",), [line(1), line(1), line(1), line(1), line(1)])],
)
def test_a_trend_without_rounds_or_with_lines_that_cannot_be_drawn_is_refused(
    rounds: tuple[str, ...], lines: list[Line]
) -> None:
    with pytest.raises(ValueError, match="trend"):
        trend("trend", "title", rounds, lines)
