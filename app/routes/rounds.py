"""Rounds: the line of them, closing one, and starting the next."""

from fastapi import APIRouter, Response

from app.pages import go_to, render
from app.routes.access import AssessmentDep, ChargeDep
from app.routes.assessments import read_title, title_problems
from app.routes.forms import FormDep
from app.routes.handling import Route
from app.routes.round_pages import Problems, find_upgrade, next_title, rounds_page, upgrade_page
from app.routes.visits import Visit, VisitDep
from app.services import closing, next_round, ratings, results, rounds, upgrading
from app.services.faults import Refused
from app.services.opened import OpenAssessment

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}/rounds")


@router.get("")
def show_rounds(visit: VisitDep, assessment: AssessmentDep, done: str = "") -> Response:
    """The rounds of this line, the newest first, and what can be done next."""
    return rounds_page(visit, assessment, done=done)


@router.get("/close")
def ask_to_close(assessment: ChargeDep) -> Response:
    """Ask whether it is meant, and say what is still open."""
    if not assessment.takes_answers:
        return go_to(f"/assessments/{assessment.id}/rounds")
    sheet = results.open_sheet(assessment)
    return render(
        "rounds/close.html",
        signed_in=True,
        assessment=assessment,
        progress=sheet.progress(),
        rating=ratings.load(assessment),
        not_agreed=len(sheet.not_agreed),
    )


@router.post("/close")
def close(visit: VisitDep, assessment: ChargeDep) -> Response:
    """Close a round for good."""
    try:
        closing.close(assessment, visit.today)
    except Refused as refused:
        return rounds_page(visit, assessment, 422, refused.problems)
    return go_to(f"/assessments/{assessment.id}/rounds?done=closed")


@router.get("/next")
def ask_to_start(visit: VisitDep, assessment: ChargeDep) -> Response:
    """What the next round is to be called, and in which edition it is to be."""
    begun = rounds.current(visit.session, visit.library, assessment, assessment.line.number + 1, visit.today)
    if begun is not None:
        return go_to(f"/assessments/{begun.id}")
    if assessment.closed_on is None:
        return go_to(f"/assessments/{assessment.id}/rounds")
    title = assessment.title
    typed = {"organisation": title.organisation, "title": next_title(assessment, visit), "edition": ""}
    return _next_page(visit, assessment, typed)


@router.post("/next")
def start(form: FormDep, visit: VisitDep, assessment: ChargeDep) -> Response:
    """Start the next round in the same edition, or go on to what another edition would change."""
    problems = list(title_problems(form))
    typed = {name: form.get(name) for name in ("organisation", "title", "edition")}
    if problems:
        return _next_page(visit, assessment, typed, 422, problems)
    if typed["edition"]:
        return upgrade_page(visit, assessment, find_upgrade(visit, assessment, typed["edition"]), form)
    try:
        begun = next_round.follow(
            visit.session, visit.library, assessment, assessment.pinned, read_title(form), visit.today
        )
    except Refused as refused:
        return rounds_page(visit, assessment, 422, refused.problems)
    return go_to(f"/assessments/{begun.id}")


def _next_page(
    visit: Visit,
    assessment: OpenAssessment,
    typed: dict[str, str],
    status: int = 200,
    problems: Problems | None = None,
) -> Response:
    return render(
        "rounds/next.html",
        status,
        signed_in=True,
        assessment=assessment,
        upgrades=upgrading.upgrades(visit.library, assessment.pinned),
        typed=typed,
        problems=problems or [],
    )
