"""The profile: where the organisation meets children, and what could raise the risk."""

from fastapi import APIRouter, Response

from app.pages import go_to, render
from app.routes.access import AnsweringDep
from app.routes.forms import FormDep
from app.routes.handling import Route
from app.services import profiles
from app.services.faults import Refused
from app.services.opened import OpenAssessment
from app.services.profiles import StandingProfile

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}")


@router.get("/profile")
def show_profile(assessment: AnsweringDep) -> Response:
    """The facts, as they stand."""
    profile = profiles.load(assessment)
    return _profile_page(assessment, profile, dict(profile.facts))


@router.post("/profile")
def save_profile(form: FormDep, assessment: AnsweringDep) -> Response:
    """Save the facts. Answers to questions that they hide are kept."""
    typed = form.under("fact")
    try:
        outcome = profiles.save(assessment, typed, form.number("revision"), form.get("form_key"))
    except Refused as refused:
        return _profile_page(assessment, profiles.load(assessment), typed, 422, refused.problems)
    if outcome.conflict:
        return _profile_page(assessment, outcome.profile, typed, 409, conflict=True)
    return go_to(f"/assessments/{assessment.id}")


def _profile_page(
    assessment: OpenAssessment,
    profile: StandingProfile,
    typed: dict[str, str],
    status: int = 200,
    problems: list[tuple[str, str]] | None = None,
    conflict: bool = False,
) -> Response:
    groups: dict[str, list[object]] = {}
    for fact in assessment.questionnaire.profile:
        groups.setdefault(fact.group or "", []).append(fact)
    return render(
        "profile/page.html",
        status,
        signed_in=True,
        assessment=assessment,
        profile=profile,
        groups=groups,
        typed=typed,
        problems=problems or [],
        conflict=conflict,
    )
