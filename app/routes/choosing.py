"""Choosing three actions at the end of a talk; they become the action plan."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Response

from app import kinds
from app.pages import go_to, render
from app.routes.access import AssessmentDep, TodayDep
from app.routes.forms import FormDep
from app.routes.given import InHandler
from app.routes.handling import Route
from app.services import choosing, plans, results
from app.services.faults import NotFound, Refused
from app.services.opened import OpenAssessment

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}/plan/choose")


def open_talk(assessment: AssessmentDep) -> OpenAssessment:
    """The assessment that the address names, if it ends in chosen actions.

    Raises:
        NotFound: when its plan is drafted from the gaps.
    """
    if kinds.manner(assessment.framework).drafts_plan:
        raise NotFound
    return assessment


TalkDep = Annotated[OpenAssessment, InHandler(open_talk)]


@router.get("")
def show_choice(assessment: TalkDep, today: TodayDep) -> Response:
    """What can be chosen."""
    return _choice_page(assessment, today, {}, set())


@router.post("")
def take_choice(form: FormDep, assessment: TalkDep, today: TodayDep) -> Response:
    """Take what was chosen into the plan. The same form is taken once."""
    report = f"/assessments/{assessment.id}/report#three"
    if assessment.rows.taken(form.get("form_key"), form):
        return go_to(report)
    ticked = set(form.under("pick"))
    result = results.result(assessment, results.open_sheet(assessment), today)
    names = [*ticked, *choosing.OWN]
    try:
        choosing.choose(assessment, result, ticked, {name: form.under(name) for name in names}, today)
    except Refused as refused:
        return _choice_page(assessment, today, dict(form), ticked, 422, refused.problems)
    assessment.rows.note_taken(form.get("form_key"), form)
    return go_to(report)


def _choice_page(
    assessment: OpenAssessment,
    today: TodayDep,
    typed: Mapping[str, str],
    ticked: set[str],
    status: int = 200,
    problems: list[tuple[str, str]] | None = None,
) -> Response:
    sheet = results.open_sheet(assessment)
    plan = plans.load(assessment)
    suggested = choosing.suggest(assessment, results.result(assessment, sheet, today), plan)
    # What is ticked stays in sight, wherever it stands.
    shown = [one for place, one in enumerate(suggested) if place < choosing.SUGGESTED or one.name in ticked]
    return render(
        "plan/choose.html",
        status,
        signed_in=True,
        assessment=assessment,
        progress=sheet.progress(),
        plan=plan,
        left=choosing.left(plan),
        suggestions=shown,
        own=choosing.OWN,
        usual_day=choosing.usual_day(today),
        typed=typed,
        ticked=ticked,
        problems=problems or [],
    )
