"""Two rounds beside each other, and all the rounds of a line: what there is to compare, and what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.database import Session
from app.services import assessments, results, rounds
from app.services.faults import NotFound
from app.services.opened import OpenAssessment
from app.services.packs import Library
from app.services.results import Sheet
from scoring.assessment import Result
from scoring.changes import Changes, changes
from scoring.compare import Round
from scoring.trends import Trends, trends


@dataclass(frozen=True)
class Side:
    """One round, what counts in it, and what that means."""

    assessment: OpenAssessment
    sheet: Sheet
    result: Result

    @property
    def scored(self) -> Round:
        """The round as scoring compares it."""
        return Round(self.assessment.framework, self.result)


@dataclass(frozen=True)
class Choices:
    """What can be compared: the rounds of a line, oldest first, and whatever else has the same framework."""

    line: tuple[OpenAssessment, ...]
    others: tuple[OpenAssessment, ...]

    @property
    def all(self) -> tuple[OpenAssessment, ...]:
        """Everything that can be compared."""
        return self.line + self.others

    def named(self, assessment_id: str) -> OpenAssessment | None:
        """The one of that id, if it is among them."""
        return next((one for one in self.all if one.id == assessment_id), None)


@dataclass(frozen=True)
class Pair:
    """Two rounds, the earlier first. `turned`: whoever chose them named the later one first."""

    earlier: OpenAssessment
    later: OpenAssessment
    turned: bool = False


@dataclass(frozen=True)
class YearOnYear:
    """What changed from one round to a later one, and how the line that they are looked at from went on.

    `line` are its rounds, oldest first; `trends` are over them, and None where there is only one.
    """

    earlier: Side
    later: Side
    turned: bool
    changes: Changes
    line: tuple[Side, ...]
    trends: Trends | None


class SameRound(Exception):
    """One round was to be compared with itself."""


class OtherFramework(Exception):
    """Two rounds were made with different frameworks, so that nothing of them compares."""

    def __init__(self, one: OpenAssessment, other: OpenAssessment) -> None:
        super().__init__("other framework")
        self.one = one
        self.other = other


def choices(session: Session, library: Library, assessment: OpenAssessment, today: date) -> Choices:
    """What an assessment can be compared with: all that the same key opens, but for what is set aside."""
    found = rounds.beside(session, library, assessment, today)
    line = rounds.of_line(assessment, found)
    ids = {one.id for one in line}
    others = (one for one in found if one.id not in ids and not one.line.aside)
    return Choices(tuple(line), tuple(others))


def newest(line: Sequence[OpenAssessment]) -> Pair | None:
    """The two newest rounds of a line; None where there are not two."""
    return Pair(line[-2], line[-1]) if len(line) > 1 else None


def filled_in(offered: Choices, first: str, second: str) -> tuple[str, str]:
    """Two ids, where only one was given: the newest other round of the line stands in for the other."""
    if first and second:
        return first, second
    given = first or second
    other = next((one.id for one in reversed(offered.line) if one.id != given), given)
    return (given, other) if first else (other, given)


def pair(
    session: Session,
    library: Library,
    assessment: OpenAssessment,
    offered: Choices,
    chosen: tuple[str, str],
    today: date,
) -> Pair:
    """The two rounds that somebody chose by their ids, in the order in which they were.

    Raises:
        SameRound: when both are one.
        OtherFramework: when they were made with different frameworks.
        NotFound: when one of them is not there, or the key of this assessment does not open it.
    """
    first, second = (
        offered.named(one) or _elsewhere(session, library, assessment, one, today) for one in chosen
    )
    if first.framework.id != second.framework.id:
        raise OtherFramework(first, second)
    if first.id == second.id:
        raise SameRound
    if offered.named(first.id) is None or offered.named(second.id) is None:
        raise NotFound
    if _comes_before(second, first, today):
        return Pair(second, first, turned=True)
    return Pair(first, second)


def compare(chosen: Pair, line: Sequence[OpenAssessment], today: date) -> YearOnYear:
    """What changed between two rounds, and over a line."""
    sides = {one.id: _side(one, today) for one in (chosen.earlier, chosen.later, *line)}
    earlier, later = sides[chosen.earlier.id], sides[chosen.later.id]
    of_line = tuple(sides[one.id] for one in line)
    return YearOnYear(
        earlier,
        later,
        chosen.turned,
        changes(earlier.scored, later.scored),
        of_line,
        trends([one.scored for one in of_line]) if len(of_line) > 1 else None,
    )


def _side(assessment: OpenAssessment, today: date) -> Side:
    sheet = results.open_sheet(assessment)
    return Side(assessment, sheet, results.result(assessment, sheet, today))


def _elsewhere(
    session: Session, library: Library, assessment: OpenAssessment, assessment_id: str, today: date
) -> OpenAssessment:
    """Something that is not offered, but is open to the same key: most likely of another framework."""
    found = assessments.find_with(session, library, [assessment.access], assessment_id, today)
    if not found.whole:
        raise NotFound
    return found


def _comes_before(one: OpenAssessment, other: OpenAssessment, today: date) -> bool:
    """Whether a round is earlier: by its number in a line; otherwise by its closing, then its beginning."""
    if one.line.id == other.line.id:
        return one.line.number < other.line.number
    return _dated(one, today) < _dated(other, today)


def _dated(one: OpenAssessment, today: date) -> tuple[date, date, str]:
    return one.closed_on or today, one.created_on, one.id
