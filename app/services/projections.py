"""Projections: what a result would come to as the plan's actions are done."""

from dataclasses import dataclass

from app.services.opened import OpenAssessment
from app.services.plans import Plan
from scoring.assessment import Result
from scoring.plan import Step
from scoring.projection import Month, Projection, project_by_month


@dataclass(frozen=True)
class Outlook:
    """Where a plan leads, month by month; there is one month at least.

    `done_by_then` says for each month how many of the open actions are due by its end. `undated` is how many
    have no due date, and so count in no month.
    """

    months: tuple[Month, ...]
    done_by_then: tuple[int, ...]
    undated: int

    @property
    def in_the_end(self) -> Projection:
        """Once every action that has a due date is done."""
        return self.months[-1].projection


def look_out(assessment: OpenAssessment, result: Result, plan: Plan) -> Outlook | None:
    """Where the open actions of a plan lead; None while there is no score, or nothing open that changes it.

    What is done counts as done, though the answers may not say so yet; what was dropped does not. An
    organisation's own actions change no figure: nobody knows by how much.
    """
    steps = {action.drafted.step: action.now for action in plan.open if action.drafted}
    # What is overdue will be done today at the earliest.
    due = {step: max(now.due, result.on) for step, now in steps.items() if now.due is not None}
    if result.overall.score is None or not due or plan.start is None:
        return None
    months = project_by_month(
        assessment.framework, assessment.questionnaire, result, due, start=plan.start, done=_done(plan)
    )
    return Outlook(
        months=months,
        done_by_then=tuple(sum(day <= month.ends for day in due.values()) for month in months),
        undated=len(steps) - len(due),
    )


def _done(plan: Plan) -> set[Step]:
    return {action.drafted.step for action in plan.actions if action.drafted and action.now.status == "done"}
