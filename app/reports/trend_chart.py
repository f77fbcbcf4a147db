"""Lines over rounds as a small SVG, in the manner of `charts`: colours by class, every text escaped."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from app.reports.drawing import head, number, pair

WIDTH, HEIGHT = 360, 196
START, END = 38.0, 330.0
"""Where the first and the last round stand."""

TOP, BOTTOM = 14.0, 164.0
"""Where 100 and 0 percent lie."""

TICKS = (0, 50, 100)
MOST_NAMED = 4
"""So many rounds are named below the axis, at the most: all of them, or some that lie evenly."""

STYLES = ("one", "two", "three", "four")
"""One dash and one marker each. No drawing has more lines than can be told apart without colour."""

CROWDED = 12
"""From more rounds than this on, the markers are half as large."""

_MARKERS = {
    "one": ((-4, 0), "a{0} {0} 0 1 0 {1} 0a{0} {0} 0 1 0-{1} 0z", (4, 8)),
    "two": ((0, -5), "l{0} {0}-{0} {0}-{0}-{0}z", (5,)),
    "three": ((-4, -4), "h{0}v{0}h-{0}z", (8,)),
    "four": ((0, -5), "l{0} {1}h-{2}z", (5, 9, 10)),
}
"""Where each begins, from its middle; what is drawn; and the lengths in it."""


@dataclass(frozen=True)
class Spot:
    """A value in one round, in percent, 0 to 100, and in words; none where there is none.

    What is translated was answered by another edition, and is drawn hollow.
    """

    value: float | None
    text: str
    translated: bool = False


@dataclass(frozen=True)
class Line:
    """One thing over all the rounds, a spot for each."""

    name: str
    spots: Sequence[Spot]


def trend(
    chart_id: str, title: str, rounds: Sequence[str], lines: Sequence[Line], *, rtl: bool = False
) -> Markup:
    """One line each over the rounds in their order, or the mirror image; open where a value is missing.

    Raises: ValueError for more lines than can be told apart, or a line that has not one spot for each round.
    """
    if not rounds or len(lines) > len(STYLES):
        raise ValueError(f"a trend has at least one round, and at most {len(STYLES)} lines")
    if any(len(line.spots) != len(rounds) for line in lines):
        raise ValueError("each line of a trend has a spot for each round")
    axis = _Axis(len(rounds), rtl)
    parts = [*_grid(axis), *_names(axis, rounds)]
    for style, line in zip(STYLES, lines, strict=False):
        parts += _line(axis, style, line.spots)
    opening = head(chart_id, title, _told(rounds, lines), f"0 0 {WIDTH} {HEIGHT}")
    return opening + Markup("").join(parts) + Markup("</svg>")


def sample(place: int) -> Markup:
    """How the line at this place is drawn, to stand before its name."""
    style = STYLES[place]
    return Markup('<svg viewBox="0 0 36 16" aria-hidden="true">{}{}</svg>').format(
        _path(f"line {style}", "M1 8H35"), _marker(style, (18, 8), "")
    )


def named(count: int) -> list[int]:
    """The places of the rounds that are named: the first, the last, and some between that lie evenly."""
    steps = MOST_NAMED - 1 if (count - 1) % (MOST_NAMED - 1) == 0 else MOST_NAMED - 2
    return sorted({(count - 1) * step // steps for step in range(steps + 1)})


class _Axis:
    """Where the rounds and the values lie."""

    def __init__(self, count: int, rtl: bool) -> None:
        self.count = count
        self.rtl = rtl

    def across(self, x: float) -> float:
        """So far from where reading starts."""
        return WIDTH - x if self.rtl else x

    def round(self, place: int) -> float:
        """Where a round stands; a single one in the middle."""
        share = place / (self.count - 1) if self.count > 1 else 0.5
        return self.across(START + share * (END - START))

    def at(self, place: int, percent: float) -> tuple[float, float]:
        """A value in a round."""
        return self.round(place), height(percent)


def height(percent: float) -> float:
    """Where a value lies."""
    return BOTTOM - (BOTTOM - TOP) * percent / 100


def _grid(axis: _Axis) -> Iterator[Markup]:
    line = Markup('<line class="{}" x1="{}" y1="{y}" x2="{}" y2="{y}"/>')
    text = Markup('<text class="tone" x="{}" y="{}" text-anchor="middle">{}</text>')
    for tick in TICKS:
        y = height(tick)
        ends = (number(axis.across(x)) for x in (START - 10, END + 10))
        yield line.format("tick" if tick else "tick floor", *ends, y=number(y))
        yield text.format(number(axis.across(14)), number(y + 4), tick)


def _names(axis: _Axis, rounds: Sequence[str]) -> Iterator[Markup]:
    text = Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>')
    for place in named(len(rounds)):
        yield text.format(number(axis.round(place)), number(BOTTOM + 22), rounds[place])


def _line(axis: _Axis, style: str, spots: Sequence[Spot]) -> Iterator[Markup]:
    """The line from each value to the next round's, and a marker at each value."""
    found = [None if spot.value is None else axis.at(i, spot.value) for i, spot in enumerate(spots)]
    steps = "".join(f"M{pair(a)}L{pair(b)}" for a, b in pairwise(found) if a and b)
    if steps:
        yield _path(f"line {style}", steps)
    for point, spot in zip(found, spots, strict=True):
        if point:
            css = " hollow" if spot.translated else ""
            yield _marker(style, point, css, 0.5 if axis.count > CROWDED else 1)


def _marker(style: str, point: tuple[float, float], css: str, size: float = 1) -> Markup:
    begins, drawn, lengths = _MARKERS[style]
    x, y = (number(at + size * off) for at, off in zip(point, begins, strict=True))
    shape = drawn.format(*(number(size * length) for length in lengths))
    return _path(f"mark {style}{css}", f"M{x} {y}{shape}")


def _path(css: str, drawn: str) -> Markup:
    return Markup('<path class="{}" d="{}"/>').format(css, drawn)


def _told(rounds: Sequence[str], lines: Sequence[Line]) -> str:
    """The whole of a trend in words."""
    return " ".join(
        f"{line.name}: "
        + "; ".join(f"{name}: {spot.text}" for name, spot in zip(rounds, line.spots, strict=True))
        + "."
        for line in lines
    )
