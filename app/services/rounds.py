"""Rounds: the line of them that an organisation goes through with a framework.

A line and a place in it are sealed; nothing in the clear says which rounds belong together.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date

from app.database import Session
from app.services import assessments, results
from app.services.opened import LINE, Line, OpenAssessment, Title
from app.services.packs import Library, Pinned
from app.services.results import Progress
from app.vault.grants import granted_assessments
from app.vault.sealing import DoesNotOpen


@dataclass(frozen=True)
class Standing:
    """Where a round stands. `score` is in percent, None where nothing counts; `rating` as in the report."""

    assessment: OpenAssessment
    title: Title = field(repr=False)
    progress: Progress
    score: float | None = field(repr=False)
    rating: str | None = field(repr=False)


def standing(assessment: OpenAssessment, today: date) -> Standing:
    """Where a round stands: today while it is open, and on the day of its closing after."""
    sheet = results.open_sheet(assessment)
    result = results.result(assessment, sheet, today)
    return Standing(
        assessment,
        assessment.title,
        sheet.progress(),
        result.overall.score,
        results.rating(assessment, sheet, result),
    )


def line(session: Session, library: Library, assessment: OpenAssessment, today: date) -> list[OpenAssessment]:
    """The rounds of an assessment's line that the same key opens, oldest first; none that is set aside."""
    return of_line(assessment, beside(session, library, assessment, today))


def of_line(assessment: OpenAssessment, found: Iterable[OpenAssessment]) -> list[OpenAssessment]:
    """Those that stand in an assessment's line, oldest first; none that is set aside."""
    return [one for one in _in_order(assessment, found) if not one.line.aside]


def set_aside(
    session: Session, library: Library, assessment: OpenAssessment, today: date
) -> list[OpenAssessment]:
    """The rounds of an assessment's line that go on in another edition, oldest first."""
    return [one for one in _all_of_line(session, library, assessment, today) if one.line.aside]


def current(
    session: Session, library: Library, assessment: OpenAssessment, number: int, today: date
) -> OpenAssessment | None:
    """The round of that number in an assessment's line; None where there is none."""
    found = [one for one in line(session, library, assessment, today) if one.line.number == number]
    return found[0] if found else None


def edition_before(
    session: Session, library: Library, assessment: OpenAssessment, today: date
) -> Pinned | None:
    """What a round can go back to: what the round before it was pinned to, if that is something else.

    None too where the round was moved here from there: then that version of it is what it goes back to.
    """
    found = _all_of_line(session, library, assessment, today)
    number = assessment.line.number
    if any(one.line.aside and one.line.number == number for one in found):
        return None
    for one in found:
        if (
            one.line.number == number - 1
            and not one.line.aside
            and one.pinned.hashes != assessment.pinned.hashes
        ):
            return one.pinned
    return None


def beside(
    session: Session, library: Library, assessment: OpenAssessment, today: date
) -> list[OpenAssessment]:
    """Everything with the same framework that the same key opens whole, this one among it, newest first."""
    opened = []
    for granted in granted_assessments(session, assessment.access.key.id, today):
        if granted.id == assessment.id:
            opened.append(assessment)
            continue
        try:
            one = assessments.find_with(session, library, [assessment.access], granted.id, today)
        except DoesNotOpen:
            continue
        if one.whole and one.framework.id == assessment.framework.id:
            opened.append(one)
    # A guest is let into others by other people: only the rounds of one line belong together.
    return [one for one in opened if not assessment.guest or one.line.id == assessment.line.id]


def keep_line(assessment: OpenAssessment, place: Line) -> None:
    """Write down where a round stands."""
    assessment.rows.write_newest(*LINE, asdict(place))


def _all_of_line(
    session: Session, library: Library, assessment: OpenAssessment, today: date
) -> list[OpenAssessment]:
    return _in_order(assessment, beside(session, library, assessment, today))


def _in_order(assessment: OpenAssessment, found: Iterable[OpenAssessment]) -> list[OpenAssessment]:
    return sorted(
        (one for one in found if one.line.id == assessment.line.id),
        key=lambda one: (one.line.number, one.created_on, one.id),
    )
