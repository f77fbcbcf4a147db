"""The action plan: drafted from the gaps, changed in place, added to."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from app import kinds
from app.pack_words import plain_words
from app.pages import by_htmx, go_to, render
from app.routes.access import AssessmentDep, TodayDep
from app.routes.care import asked_in
from app.routes.forms import Form, FormDep
from app.routes.given import InHandler
from app.routes.handling import Route
from app.routes.looking import look_at_actions
from app.services import actions, plans, projections, results
from app.services.actions import Editable
from app.services.faults import Refused
from app.services.opened import OpenAssessment
from app.services.plans import PlanAction

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}/plan")


def find_action(action_id: str, assessment: AssessmentDep) -> PlanAction:
    """The action that the address names."""
    return plans.find(assessment, action_id)


ActionDep = Annotated[PlanAction, InHandler(find_action)]


@router.get("")
def show_plan(assessment: AssessmentDep, today: TodayDep) -> Response:
    """The plan."""
    return _plan_page(assessment, today)


@router.post("")
def draft_plan(form: FormDep, assessment: AssessmentDep, today: TodayDep) -> Response:
    """Draft the plan from the gaps, again or for the first time; where people choose, let them choose."""
    if not kinds.manner(assessment.framework).drafts_plan:
        return go_to(f"/assessments/{assessment.id}/plan/choose")
    result = results.result(assessment, results.open_sheet(assessment), today)
    try:
        plans.draft_again(assessment, result, today, actions.read_capacity(form.get("capacity")))
    except Refused as refused:
        return _plan_page(assessment, today, form.get("capacity"), 422, refused.problems)
    return go_to(f"/assessments/{assessment.id}/plan")


@router.get("/new")
def new_action(assessment: AssessmentDep) -> Response:
    """An empty form for an action of one's own."""
    return _edit_page(assessment, None, fields_of(actions.EMPTY))


@router.post("/new")
def add_action(form: FormDep, assessment: AssessmentDep, today: TodayDep) -> Response:
    """Add an action of one's own. The same form adds only one."""
    plan_page = f"/assessments/{assessment.id}/plan"
    if assessment.rows.taken(form.get("form_key"), form):
        return go_to(plan_page)
    try:
        action = plans.add(assessment, typed_fields(form), today)
    except Refused as refused:
        return _edit_page(assessment, None, typed_fields(form), 422, problems=refused.problems)
    assessment.rows.note_taken(form.get("form_key"), form)
    return go_to(f"{plan_page}#action-{action.id}")


@router.get("/actions/{action_id}")
def edit_action(request: Request, assessment: AssessmentDep, action: ActionDep) -> Response:
    """One action, to be changed."""
    return _edit(request, assessment, action, fields_of(action.now))


@router.get("/actions/{action_id}/row")
def show_action(assessment: AssessmentDep, action: ActionDep, today: TodayDep) -> Response:
    """One action as the plan shows it, for htmx."""
    return _action(assessment, action, today)


@router.post("/actions/{action_id}")
def change_action(
    request: Request, form: FormDep, assessment: AssessmentDep, action: ActionDep, today: TodayDep
) -> Response:
    """Change an action; where that was asked for, take something out of it then, or keep it."""
    typed, asked = typed_fields(form), asked_in(form, assessment)
    try:
        outcome = plans.change(assessment, action, typed, form.number("revision"), form.get("form_key"))
    except Refused as refused:
        return _edit(
            request,
            assessment,
            action,
            typed,
            422,
            problems=refused.problems,
            made_on=form.number("revision"),
        )
    if outcome.conflicting is not None:
        return _edit(request, assessment, outcome.action, typed, 409, conflict=True)
    if asked is not None:
        after = go_to(f"/assessments/{assessment.id}/plan/actions/{action.id}")
        return asked.carry_out(assessment.rows, request, after)
    if by_htmx(request):
        return _action(assessment, outcome.action, today)
    return go_to(f"/assessments/{assessment.id}/plan#action-{action.id}")


def _action(assessment: OpenAssessment, action: PlanAction, today: date) -> Response:
    """One action as the plan shows it, with the focus on it."""
    return render(
        "plan/_action.html",
        assessment=assessment,
        action=action,
        today=today,
        care=look_at_actions(assessment, [action]),
        focused=True,
    )


def _plan_page(
    assessment: OpenAssessment,
    today: date,
    capacity: str | None = None,
    status: int = 200,
    problems: list[tuple[str, str]] | None = None,
) -> Response:
    plan = plans.load(assessment)
    result = results.result(assessment, results.open_sheet(assessment), today)
    looks_out = kinds.manner(assessment.framework).looks_out
    return render(
        "plan/page.html",
        status,
        signed_in=True,
        assessment=assessment,
        plan=plan,
        result=result,
        care=look_at_actions(assessment, plan.actions),
        outlook=projections.look_out(assessment, result, plan) if looks_out else None,
        today=today,
        capacity=_in_figures(plan.capacity) if capacity is None else capacity,
        problems=problems or [],
    )


def _in_figures(days: float | None) -> str:
    return "" if days is None else f"{days:g}"


def fields_of(now: Editable) -> dict[str, str]:
    """What the fields of a form hold for an action."""
    fields = {name: "" if value is None else str(plain_words(value)) for name, value in asdict(now).items()}
    return fields | {"effort_days": _in_figures(now.effort_days)}


def typed_fields(form: Form) -> dict[str, str]:
    """What was typed for an action."""
    return {name: form.get(name) for name in fields_of(actions.EMPTY)}


def _edit(
    request: Request,
    assessment: OpenAssessment,
    action: PlanAction,
    typed: Mapping[str, str],
    status: int = 200,
    **context: Any,
) -> Response:
    template = "plan/_edit.html" if by_htmx(request) else "plan/edit.html"
    return _edit_page(assessment, action, typed, status, template, **context)


def _edit_page(
    assessment: OpenAssessment,
    action: PlanAction | None,
    typed: Mapping[str, str],
    status: int = 200,
    template: str = "plan/edit.html",
    **context: Any,
) -> Response:
    filled: dict[str, Any] = {
        "problems": [],
        "conflict": False,
        "made_on": action.revision if action else 0,
        "care": look_at_actions(assessment, [action] if action else []),
    } | context
    return render(
        template, status, signed_in=True, assessment=assessment, action=action, typed=typed, **filled
    )
