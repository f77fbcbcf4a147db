"""Who answers what: the sections, who is to answer each, and who has."""

from collections.abc import Mapping

from fastapi import APIRouter, Response

from app.pages import go_to, render
from app.routes.access import AnsweringDep, AssessmentDep
from app.routes.forms import FormDep
from app.routes.handling import Route
from app.services import assigned, contributions, people, results
from app.services.faults import NotFound, Refused
from app.services.opened import OpenAssessment

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}/who")


@router.get("")
def show_who(assessment: AssessmentDep, saved: str = "") -> Response:
    """Who is to answer which section, and who has answered in it."""
    now = assigned.load(assessment)
    return _page(assessment, now.by_section, now.revision, saved=bool(saved))


@router.post("")
def assign(form: FormDep, assessment: AnsweringDep) -> Response:
    """Save who is to answer what. Whoever answers may say so, but for guests."""
    if assessment.guest:
        raise NotFound
    typed, made_on = form.under("section"), form.number("revision")
    try:
        outcome = assigned.save(assessment, typed, made_on, form.get("form_key"))
    except Refused as refused:
        return _page(assessment, typed, made_on, 422, refused.problems)
    if outcome.conflict:
        return _page(assessment, typed, outcome.revision, 409)
    return go_to(f"/assessments/{assessment.id}/who?saved=yes")


def _page(
    assessment: OpenAssessment,
    typed: Mapping[str, str],
    revision: int,
    status: int = 200,
    problems: list[tuple[str, str]] | None = None,
    *,
    saved: bool = False,
) -> Response:
    sheet = results.open_sheet(assessment)
    sections = [(section, sheet.progress(section)) for section in assessment.questionnaire.sections]
    there = people.who_may_answer(assessment)
    return render(
        "assessments/who.html",
        status,
        signed_in=True,
        assessment=assessment,
        sections=[(section, progress) for section, progress in sections if progress.asked],
        done=contributions.by_section(assessment, sheet),
        there=there,
        several=any(not one.you for one in there.values()),
        stands=assigned.named(assessment),
        typed=typed,
        revision=revision,
        conflict=status == 409,
        problems=problems or [],
        saved=saved,
    )
