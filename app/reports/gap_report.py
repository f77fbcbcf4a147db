"""The charts of the gap report: the standards as a web, the requirements as bars."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from app import wording
from app.language import gettext as _
from app.pack_words import plain_words, words
from app.reports.charts import Bar, Point, Series, bars, named_directly, radar, range_bar
from scoring.assessment import Result
from scoring.scores import Figures
from standards.models import Framework


@dataclass(frozen=True)
class StandardBars:
    """One standard with the bars of its requirements."""

    title: str
    figures: Figures
    bars: Markup


@dataclass(frozen=True)
class Charts:
    """Everything drawn in a report. `web` is None for a framework with fewer than three standards."""

    overall: Markup
    web: Markup | None
    web_needs_names: bool
    points: tuple[Point, ...]
    requirement_titles: Mapping[str, str]
    standards: tuple[StandardBars, ...]


def charts(framework: Framework, result: Result) -> Charts:
    """The charts of one result."""
    standards = {standard.id: standard for standard in framework.standards}
    requirements = {one.id: one.title for standard in framework.standards for one in standard.requirements}
    points = [
        Point(plain_words(standards[part.id].title), part.figures.score, wording.score(part.figures))
        for part in result.standards
    ]
    labels = [point.label for point in points]
    return Charts(
        overall=range_bar("overall", _("The whole, out of 100"), _bar(_("Overall"), result.overall)),
        web=radar("web", _("The standards, each out of 100"), [Series(_("This round"), points)])
        if len(points) > 2
        else None,
        web_needs_names=not named_directly(labels),
        points=tuple(points),
        requirement_titles=requirements,
        standards=tuple(
            StandardBars(
                standards[part.id].title,
                part.figures,
                bars(
                    [
                        _bar(words(requirements[one.id]), one.figures)
                        for one in part.requirements
                        if one.figures.coverage is not None
                    ]
                ),
            )
            for part in result.standards
        ),
    )


def _bar(label: str, figures: Figures) -> Bar:
    return Bar(label, wording.score(figures), figures.score, figures.low, figures.high, figures.evidenced)
