"""Portfolios: the assessments of others that somebody was let into, until a day."""

from dataclasses import dataclass, field
from datetime import date

from app.database import Session
from app.services import assessments, plans, results
from app.services.opened import OpenAssessment, Title
from app.services.packs import Library
from app.services.results import Progress
from app.vault.grants import granted_assessments
from app.vault.holders import KeyHolder
from app.vault.sealing import DoesNotOpen
from scoring.assessment import Result

PRESSING = frozenset({"urgent", "high"})


@dataclass(frozen=True)
class Held:
    """One assessment in a portfolio. `rating` is None while there is none, or where its kind has none.

    `open_criticals` counts the urgent and high gaps in critical indicators; None where its kind has no gaps.
    `due` is when the first of the plan's open actions is due; None where none is, or the plan is not open.
    """

    assessment: OpenAssessment
    title: Title = field(repr=False)
    progress: Progress
    until: date
    rating: str | None
    open_criticals: int | None
    due: date | None


def held(session: Session, library: Library, holder: KeyHolder, today: date) -> tuple[list[Held], int]:
    """Everything that this holder was let into until a day, what ends first first.

    And how many more were changed from outside.
    """
    opened, changed = [], 0
    for granted in granted_assessments(session, holder.id, today):
        try:
            one = assessments.find(session, library, holder, granted.id, today)
            if one.expires_on is not None:
                opened.append(_held(one, one.expires_on, today))
        except DoesNotOpen:
            changed += 1
    return sorted(opened, key=lambda one: (one.until, one.assessment.id)), changed


def _held(assessment: OpenAssessment, until: date, today: date) -> Held:
    sheet = results.open_sheet(assessment)
    result = results.result(assessment, sheet, today)
    return Held(
        assessment=assessment,
        title=assessment.title,
        progress=sheet.progress(),
        until=until,
        rating=results.rating(assessment, sheet, result),
        open_criticals=_open_criticals(result) if assessment.framework.kind == "standards" else None,
        due=_due(assessment) if assessment.whole else None,
    )


def _due(assessment: OpenAssessment) -> date | None:
    return min((action.now.due for action in plans.load(assessment).open if action.now.due), default=None)


def _open_criticals(result: Result) -> int:
    return sum(
        gap.tier in PRESSING and result.indicators[gap.code].class_ == "critical" for gap in result.gaps
    )
