"""The report of a document that was gone through point by point: what it says, and what to add to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.language import gettext as _
from scoring.assessment import Result
from scoring.attainment import Judged
from scoring.gaps import USUAL_TARGET
from scoring.rounding import rounded
from standards.models import Action, Framework, Indicator

Found = Literal["there", "in_part", "not_there", "unknown"]


@dataclass(frozen=True)
class Point:
    """One answered point: what was found in the document, and what to do about it where it is not whole."""

    indicator: Indicator
    judged: Judged
    found: Found
    action: Action


@dataclass(frozen=True)
class Review:
    """What a document says. `to_add` stands in the order in which to add it; `asked` counts what applies."""

    points: tuple[Point, ...]
    to_add: tuple[Point, ...]
    asked: int

    @property
    def words(self) -> Mapping[Found, str]:
        """What was found, in words."""
        return found_words()

    def with_state(self, found: Found) -> tuple[Point, ...]:
        """The points that were found to be so, in the edition's own order."""
        return tuple(point for point in self.points if point.found == found)


def found_words() -> Mapping[Found, str]:
    """What can be found of a point, in words."""
    return {
        "there": _("There"),
        "in_part": _("There in part"),
        "not_there": _("Not there yet"),
        "unknown": _("Nobody knew"),
    }


def review(framework: Framework, result: Result) -> Review:
    """What the answers say of a document."""
    points = {
        code: Point(
            framework.indicators[code], judged, found_to_be(judged), framework.indicators[code].actions[0]
        )
        for code, judged in result.indicators.items()
        if judged.status == "answered"
    }
    return Review(
        points=tuple(points.values()),
        to_add=tuple(points[gap.code] for gap in result.gaps),
        asked=sum(judged.applies for judged in result.indicators.values()),
    )


def found_to_be(judged: Judged) -> Found:
    """What was found of an answered point. What nobody knows is unknown, unless the rest of it is enough."""
    if judged.level is not None and judged.level >= USUAL_TARGET:
        return "there"
    if judged.unknown:
        return "unknown"
    return "in_part" if judged.attainment and rounded(judged.attainment) > 0 else "not_there"
