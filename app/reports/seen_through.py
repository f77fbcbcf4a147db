"""What is shown of answers seen through another framework: the standards as bars, and each point in words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from app.language import gettext as _
from app.pack_words import plain_words, words
from app.reports.charts import Bar, bars
from app.services.opened import OpenAssessment
from app.services.through import Way
from scoring.assessment import Result
from scoring.attainment import Judged
from scoring.crosswalk import Seen, SeenStandard, SeenThrough, Shares, Telling
from scoring.rounding import rounded, whole_percent
from standards.models import Framework, Indicator

Row = tuple[str, str, str, str, str, str]


@dataclass(frozen=True)
class Source:
    """A point that could speak, what was said there, and where: no address where it was not asked."""

    indicator: Indicator
    said: str
    href: str


@dataclass(frozen=True)
class Point:
    """One indicator of the other framework. `standing` is its level as far as told, if that is known."""

    indicator: Indicator
    seen: Seen
    standing: str
    note: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Chapter:
    """One standard of the other framework, point by point."""

    id: str
    title: str
    figures: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class View:
    """The whole page. `counts` are points by how far they are told, `rows` the standards in figures."""

    shares: Shares
    counts: Mapping[Telling, int]
    bars: Markup
    rows: tuple[Row, ...]
    chapters: tuple[Chapter, ...]
    not_told: tuple[Point, ...]
    has_levels: bool
    begun: bool
    words: Mapping[Telling, str]
    relations: Mapping[str, str]


def tellings() -> dict[Telling, str]:
    """How far something is told, in words."""
    return {
        "told": _("Told"),
        "in_part": _("Told in part"),
        "touched": _("Only touched"),
        "not_told": _("Not told"),
    }


def relations() -> dict[str, str]:
    """How the points of the two frameworks fit together, in words."""
    return {
        "equal": _("Asks all that this point asks"),
        "part": _("Asks a part of it"),
        "overlaps": _("Has the same subject, but asks something else"),
        "none": _("Nothing there speaks for it"),
    }


def view(assessment: OpenAssessment, way: Way, result: Result, seen: SeenThrough) -> View:
    """Everything that the page shows."""
    points = _Points(assessment, way, result)
    chapters = tuple(
        Chapter(part.id, standard.title, _figures(part), tuple(map(points.point, part.indicators)))
        for part, standard in zip(seen.standards, way.target.standards, strict=True)
    )
    every = [point for chapter in chapters for point in chapter.points]
    return View(
        shares=seen.shares,
        counts=Counter(point.seen.telling for point in every),
        bars=bars(
            [_bar(chapter.title, part) for chapter, part in zip(chapters, seen.standards, strict=True)]
        ),
        rows=tuple(_row(chapter.title, part) for chapter, part in zip(chapters, seen.standards, strict=True)),
        chapters=chapters,
        not_told=tuple(point for point in every if point.seen.telling == "not_told"),
        has_levels=seen.has_levels,
        begun=any(judged.status == "answered" for judged in result.indicators.values()),
        words=tellings(),
        relations=relations(),
    )


class _Points:
    """Makes points of what is seen: knows the words of both frameworks and where each question is asked."""

    def __init__(self, assessment: OpenAssessment, way: Way, result: Result) -> None:
        self._source = assessment.framework
        self._way = way
        self._judged = result.indicators
        home = f"/assessments/{assessment.id}/sections"
        self._places = {
            question.id: f"{home}/{section.id}#question-{question.id}"
            for section in assessment.questionnaire.sections
            for question in section.questions
        }

    def point(self, seen: Seen) -> Point:
        """One indicator of the other framework."""
        return Point(
            indicator=self._way.target.indicators[seen.code],
            seen=seen,
            standing="" if seen.level is None else self._way.target.levels[seen.level],
            note=self._way.crosswalk.by_target[seen.code].note or "",
            sources=tuple(self._spoken(code) for code in seen.sources if code in self._judged),
        )

    def _spoken(self, code: str) -> Source:
        judged = self._judged[code]
        href = self._places[judged.terms[0].question] if judged.terms else ""
        return Source(self._source.indicators[code], _said(judged, self._source), href)


def _said(judged: Judged, framework: Framework) -> str:
    if judged.status == "not_asked":
        return _("not asked here")
    if judged.status == "not_applicable":
        return _("does not apply to you")
    if judged.attainment is None or judged.level is None:
        return _("no answer yet")
    if judged.unknown:
        return _("somebody said “we don’t know”")
    if framework.levels:
        return str(plain_words(framework.levels[judged.level]))
    return _in_document(judged.attainment)


def _in_document(attainment: float) -> str:
    if rounded(attainment) <= 0:
        return _("not in the document")
    return _("in part in the document") if rounded(attainment) < 1 else _("in the document")


def _figures(part: SeenStandard) -> str:
    """Where what is told stands, or nothing."""
    if part.score is None:
        return ""
    score = whole_percent(part.score)
    said = _("{score} of 100, in part") if part.only_in_part else _("{score} of 100")
    return said.format(score=score)


def _bar(title: str, part: SeenStandard) -> Bar:
    """The share that is told as the bar, the share that is told in part as the range beyond it."""
    told, in_part = part.shares.told, part.shares.in_part
    if not rounded(told + in_part):
        return Bar(words(title), _("nothing told"), None)
    if not rounded(told):
        said = _("{in_part} % in part")
    else:
        said = _("{told} % told, {in_part} % in part") if rounded(in_part) else _("{told} % told")
    text = said.format(told=whole_percent(told), in_part=whole_percent(in_part))
    return Bar(words(title), text, told, told, told + in_part)


def _row(title: str, part: SeenStandard) -> Row:
    each = (part.shares.told, part.shares.in_part, part.shares.touched, part.shares.not_told)
    told, in_part, touched, not_told = (f"{whole_percent(share)} %" for share in each)
    return title, told, in_part, touched, not_told, _figures(part) or "–"
