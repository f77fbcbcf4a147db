"""The pictures of what changed: two rounds as webs over each other, and the standards over many rounds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from app import language
from app.language import gettext as _
from app.pack_words import plain_words, words
from app.reports import change_words
from app.reports.charts import Point, Series, named_directly, radar
from app.reports.trend_chart import CROWDED, STYLES, Line, Spot, sample, trend
from app.services.year_on_year import YearOnYear
from scoring.rounding import whole_percent
from scoring.standing import PartChange
from scoring.trends import TrendPoint

WHOLE = 99.5
"""From this share on, in percent, a score speaks for all of a standard as it is shown."""


@dataclass(frozen=True)
class Web:
    """Two rounds over each other; `drawing` is None for fewer than three standards. `then` has short words.

    `like_for_like`: the figures are over what compares, and not the standards' own.
    """

    drawing: Markup | None
    now: tuple[Point, ...]
    then: tuple[Point, ...]
    needs_names: bool
    like_for_like: bool


@dataclass(frozen=True)
class Trending:
    """The standards over many rounds: drawings with a title each, or none; how each line looks; a table."""

    drawings: tuple[tuple[str, Markup], ...]
    key: tuple[tuple[Markup, str], ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    any_translated: bool
    any_in_part: bool


def web(compared: YearOnYear, *, rtl: bool) -> Web:
    """The standards' own scores within one edition; across two, those like for like."""
    earlier, later = compared.earlier, compared.later
    within_one = earlier.assessment.framework.edition == later.assessment.framework.edition
    titles = [one.title for one in later.assessment.framework.standards]
    if within_one:
        scores = [[part.figures.score for part in side.result.standards] for side in (earlier, later)]
    else:
        parts: Sequence[PartChange] = compared.changes.standards
        scores = [[part.before for part in parts], [part.after for part in parts]]
    then, now = (_points(titles, side) for side in scores)
    return Web(
        radar(
            "changes-web",
            _("The standards now and then, each out of 100"),
            [Series(_("Now"), now), Series(_("Then"), then)],
            rtl=rtl,
        )
        if len(titles) > 2
        else None,
        tuple(now),
        tuple(replace(point, text=_short(point.value)) for point in then),
        needs_names=not named_directly([point.label for point in now]),
        like_for_like=not within_one,
    )


def trending(compared: YearOnYear, *, rtl: bool) -> Trending | None:
    """All the rounds of the line: the whole, and each standard of its last round's edition."""
    if compared.trends is None:
        return None
    line, trends = compared.line, compared.trends
    days = [language.month_of(one.result.on) for one in line]
    titles = [one.title for one in line[-1].assessment.framework.standards]
    lines = [
        Line(plain_words(title), [_spot(point) for point in one.points])
        for title, one in zip(titles, trends.standards, strict=True)
    ]
    # In one drawing where the lines can be told apart; otherwise in one each.
    together = len(lines) <= len(STYLES) and len(days) <= CROWDED
    columns = [[_cell(point) for point in one.points] for one in trends.standards]
    points = [point for one in trends.standards for point in one.points]
    return Trending(
        _together(days, lines, rtl=rtl) if together else _apart(days, lines, titles, rtl=rtl),
        tuple((sample(place), title) for place, title in enumerate(titles)) if together else (),
        (_("Round"), _("The whole"), *(words(title) for title in titles)),
        tuple(
            (change_words.round_name(side.assessment), _figure(score), *cells)
            for side, score, *cells in zip(line, trends.headline, *columns, strict=True)
        ),
        any_translated=any(point.translated for point in points),
        any_in_part=any(_in_part(point) for point in points),
    )


def _together(days: Sequence[str], lines: Sequence[Line], *, rtl: bool) -> tuple[tuple[str, Markup], ...]:
    about = _("The standards over the rounds, each out of 100")
    return (("", trend("trend", about, days, lines, rtl=rtl)),)


def _apart(
    days: Sequence[str], lines: Sequence[Line], titles: Sequence[str], *, rtl: bool
) -> tuple[tuple[str, Markup], ...]:
    return tuple(
        (title, trend(f"trend-{place}", line.name, days, [line], rtl=rtl))
        for place, (title, line) in enumerate(zip(titles, lines, strict=True))
    )


def _points(titles: Sequence[str], scores: Sequence[float | None]) -> list[Point]:
    return [
        Point(plain_words(title), score, change_words.of_100(score))
        for title, score in zip(titles, scores, strict=True)
    ]


def _short(score: float | None) -> str:
    return change_words.of_100(None) if score is None else str(whole_percent(score))


def _spot(point: TrendPoint) -> Spot:
    return Spot(point.score, change_words.of_100(point.score), point.translated)


def _cell(point: TrendPoint) -> str:
    shown = _figure(point.score) + ("*" if point.translated else "")
    if point.share is None or not _in_part(point):
        return shown
    return _("{score} ({share} %)").format(score=shown, share=whole_percent(point.share))


def _in_part(point: TrendPoint) -> bool:
    return point.share is not None and point.share < WHOLE


def _figure(score: float | None) -> str:
    return "–" if score is None else str(whole_percent(score))
