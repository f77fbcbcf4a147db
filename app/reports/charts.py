"""Charts as small SVG: colours by class, no style attribute, every text escaped.

All words come from the caller, so that this module holds no sentence to translate. Values are
percent, 0 to 100; none stands for "not answered". Coordinates are user units of the view box.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin

from markupsafe import Markup

from app.pack_words import mark_of
from app.reports.drawing import head, number, pair

WIDTH, HEIGHT = 340, 300
CENTRE_X, CENTRE_Y = 170.0, 150.0
VISIBLE = 0.5
"""A range narrower than this, in percent, is drawn as no range."""

LONGEST_LABEL = 16
"""Longer labels do not fit beside a radar on a phone: its axes then carry numbers, and a list names them."""


@dataclass(frozen=True)
class Point:
    """One axis of a radar: its label, its value, and the value in words ("62 of 100", "not answered")."""

    label: str
    value: float | None
    text: str


@dataclass(frozen=True)
class Series:
    """One round's points, in the order of the axes."""

    name: str
    points: Sequence[Point]


@dataclass(frozen=True)
class Bar:
    """One bar: label, value in words, value; the range it lies in; the part with evidence, where asked."""

    label: str
    text: str
    value: float | None
    low: float | None = None
    high: float | None = None
    evidenced: float | None = None


def radar(chart_id: str, title: str, series: Sequence[Series], *, rtl: bool = False) -> Markup:
    """The web that this field knows: one axis per point, clockwise from the top, or its mirror image.

    The second series is dashed, with diamonds. Four axes stand at the corners of a square.

    Raises: ValueError for fewer than three axes, or for series whose labels differ.
    """
    labels = [point.label for point in series[0].points]
    if len(labels) < 3:
        raise ValueError("a radar needs at least three axes")
    if any([point.label for point in each.points] != labels for each in series):
        raise ValueError("the series of a radar have the same labels in the same order")
    axes = _Axes(len(labels), rtl)
    parts = [_web(axes), _scale(axes), *(_trace(axes, each, place) for place, each in enumerate(series))]
    parts.append(_names(axes, series))
    opening = head(chart_id, title, _told(series), f"0 0 {WIDTH} {HEIGHT}")
    return opening + Markup("").join(parts) + Markup("</svg>")


def named_directly(labels: Sequence[str]) -> bool:
    """Whether a radar writes its labels at the axes; otherwise it writes 1, 2, 3 ... there."""
    return len(labels) <= 4 and all(len(label) <= LONGEST_LABEL for label in labels)


def bars(rows: Sequence[Bar]) -> Markup:
    """A list of bars in HTML, so that long labels wrap; the words beside each say what its bar shows."""
    items = Markup("").join(_bar_row(row) for row in rows)
    return Markup('<ul class="bars">{}</ul>').format(items)


def range_bar(chart_id: str, title: str, bar: Bar) -> Markup:
    """One slim bar: the range a score may end in, the score, and the part of it with evidence."""
    marks = [_track(), *_range(bar, "span"), *_evidence(bar)]
    if bar.value is not None:
        marks.append(_tick("now", bar.value))
    opening = head(chart_id, title, bar.text, "0 0 100 20", css="bar", stretched=True)
    return opening + Markup("").join(marks) + Markup("</svg>")


class _Axes:
    """Where the axes of a radar lie."""

    def __init__(self, count: int, rtl: bool) -> None:
        self.count = count
        self.turn = -1 if rtl else 1
        self.step = 2 * pi / count
        # No axis points straight to a side, where a label has the least room.
        self.start = self.step / 2 if count % 4 == 0 else 0.0
        self.radius = 150.0 if count == 4 else 120.0

    def at(self, axis: int, percent: float, beyond: float = 0.0) -> tuple[float, float]:
        """The point of an axis at a value, or so many units beyond it."""
        angle = self.start + axis * self.step
        distance = self.radius * percent / 100 + beyond
        return CENTRE_X + self.turn * distance * sin(angle), CENTRE_Y - distance * cos(angle)

    def ring(self, percent: float) -> str:
        """The points attribute of the web's ring at a value."""
        return " ".join(pair(self.at(axis, percent)) for axis in range(self.count))

    def upwards(self, percent: float) -> float:
        """How far above the centre the ring at a value lies."""
        return self.radius * percent / 100 * (cos(self.step / 2) if self.start else 1.0)


def _web(axes: _Axes) -> Markup:
    ring = Markup('<polygon class="web{}" points="{}"/>')
    spoke = Markup('<line class="spoke" x1="{}" y1="{}" x2="{}" y2="{}"/>')
    rings = [ring.format("", axes.ring(percent)) for percent in (25, 50, 75)]
    rings.append(ring.format(" outer", axes.ring(100)))
    ends = [axes.at(axis, 100) for axis in range(axes.count)]
    spokes = [spoke.format(number(CENTRE_X), number(CENTRE_Y), number(x), number(y)) for x, y in ends]
    return Markup("").join(rings + spokes)


def _scale(axes: _Axes) -> Markup:
    text = Markup('<text class="tone" x="{}" y="{}" text-anchor="middle">{}</text>')
    heights = [(percent, CENTRE_Y - axes.upwards(percent) + 12) for percent in (50, 100)]
    return Markup("").join(text.format(number(CENTRE_X + 14), number(y), percent) for percent, y in heights)


def _trace(axes: _Axes, series: Series, place: int) -> Markup:
    """The line through the answered points, open where one is missing, with a marker at each."""
    spots = [None if p.value is None else axes.at(i, p.value) for i, p in enumerate(series.points)]
    found = [spot for spot in spots if spot is not None]
    css = " second" if place else ""
    parts = []
    if len(found) == len(spots):
        points = " ".join(map(pair, found))
        if not place:
            parts.append(Markup('<polygon class="area" points="{}"/>').format(points))
        parts.append(Markup('<polygon class="trace{}" points="{}"/>').format(css, points))
    else:
        neighbours = [(a, b) for a, b in pairwise([*spots, spots[0]]) if a and b]
        path = "".join(f"M{pair(a)}L{pair(b)}" for a, b in neighbours)
        parts.append(Markup('<path class="trace{}" d="{}"/>').format(css, path))
    parts += [_marker(x, y, css) for x, y in found]
    return Markup("").join(parts)


def _marker(x: float, y: float, css: str) -> Markup:
    if not css:
        return Markup('<circle class="dot" cx="{}" cy="{}" r="6"/>').format(number(x), number(y))
    return Markup('<path class="dot{}" d="M{} {}l6.5 6.5-6.5 6.5-6.5-6.5z"/>').format(
        css, number(x), number(y - 6.5)
    )


def _names(axes: _Axes, series: Sequence[Series]) -> Markup:
    """Labels above and below the axes' ends, or numbers around them."""
    points = series[0].points
    direct = named_directly([point.label for point in points])
    text = Markup('<text{}{} x="{}" y="{}" text-anchor="middle">{}</text>')
    parts = []
    for axis, point in enumerate(points):
        missing = all(each.points[axis].value is None for each in series)
        x, y = axes.at(axis, 100, beyond=0 if direct else 16)
        lift = (-12 if y < CENTRE_Y else 24) if direct else 5
        css = Markup(' class="absent"') if missing else ""
        mark = mark_of(point.label) if direct else ""
        parts.append(text.format(css, mark, number(x), number(y + lift), point.label if direct else axis + 1))
    return Markup("").join(parts)


def _told(series: Sequence[Series]) -> str:
    """The whole of a radar in words."""
    many = len(series) > 1
    return " ".join(
        (f"{each.name}: " if many else "") + "; ".join(f"{p.label}: {p.text}" for p in each.points) + "."
        for each in series
    )


def _bar_row(row: Bar) -> Markup:
    fill = [] if row.value is None else [_rect("fill", 0, row.value)]
    marks = [_track(), *fill, *_range(row, "whisker"), *_evidence(row)]
    return Markup(
        '<li><span class="bars-label">{}</span> <span class="bars-text{}">{}</span>'
        '<svg class="bar" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">{}</svg></li>'
    ).format(row.label, " absent" if row.value is None else "", row.text, Markup("").join(marks))


def _range(bar: Bar, css: str) -> list[Markup]:
    """The range, as a wash along the track or as a whisker below it; nothing where it is a single value."""
    if bar.low is None or bar.high is None or bar.high - bar.low < VISIBLE:
        return []
    if css == "span":
        return [_rect(css, bar.low, bar.high)]
    path = f"M{number(bar.low)} 14.5v5M{number(bar.low)} 17H{number(bar.high)}M{number(bar.high)} 14.5v5"
    return [Markup('<path class="{}" d="{}"/>').format(css, path)]


def _evidence(bar: Bar) -> list[Markup]:
    """The mark of the evidenced score, on a halo that sets it off from the bar."""
    return [] if bar.evidenced is None else [_tick("halo", bar.evidenced), _tick("shown", bar.evidenced)]


def _track() -> Markup:
    return _rect("track", 0, 100)


def _rect(css: str, start: float, end: float) -> Markup:
    rect = Markup('<rect class="{}" x="{}" y="3" width="{}" height="10"/>')
    return rect.format(css, number(start), number(end - start))


def _tick(css: str, at: float) -> Markup:
    return Markup('<line class="{}" x1="{}" y1="0" x2="{}" y2="16"/>').format(css, number(at), number(at))
