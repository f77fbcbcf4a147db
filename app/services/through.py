"""Through which other frameworks an assessment can be seen, and what its answers tell there."""

from dataclasses import dataclass

from app.services.faults import NotFound
from app.services.opened import OpenAssessment
from app.services.packs import Library
from app.services.results import Sheet
from scoring.assessment import Result
from scoring.crosswalk import SeenThrough, see_through
from standards.crosswalks import Crosswalk, Edition
from standards.models import Framework


@dataclass(frozen=True)
class Way:
    """A crosswalk that leads on from an assessment, and the framework that it leads to."""

    crosswalk: Crosswalk
    target: Framework


def ways(library: Library, assessment: OpenAssessment) -> list[Way]:
    """Every framework that this assessment's edition can be seen through, of those that are offered."""
    source = (assessment.framework.id, assessment.framework.edition)
    offered = {(one.framework.id, one.framework.edition): one.framework for one in library.offered.values()}
    return [
        Way(crosswalk, offered[to])
        for (come_from, to), crosswalk in library.crosswalks.items()
        if come_from == source and to in offered
    ]


def find(library: Library, assessment: OpenAssessment, edition: Edition) -> Way:
    """The way to one edition.

    Raises:
        NotFound: when no crosswalk leads there from this assessment.
    """
    for way in ways(library, assessment):
        if way.crosswalk.to.key == edition:
            return way
    raise NotFound


def seen(assessment: OpenAssessment, way: Way, sheet: Sheet, result: Result) -> SeenThrough:
    """What the answers tell about the other framework."""
    return see_through(
        way.crosswalk, assessment.framework, way.target, result.indicators, profile=sheet.profile.facts
    )
