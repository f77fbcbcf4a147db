"""Moving a round to a newer edition, and back."""

from fastapi import APIRouter, Response

from app.pages import go_to
from app.routes.access import ChargeDep
from app.routes.assessments import read_title, title_problems
from app.routes.forms import Form, FormDep
from app.routes.handling import Route
from app.routes.round_pages import find_upgrade, next_title, rounds_page, upgrade_page
from app.routes.visits import Visit, VisitDep
from app.services import next_round, rounds
from app.services.faults import NotTaken, Refused
from app.services.opened import OpenAssessment

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}/rounds")


@router.get("/upgrade")
def showfind_upgrade(visit: VisitDep, assessment: ChargeDep, to: str = "") -> Response:
    """What a newer edition changes, link by link."""
    present = _present(visit, assessment)
    if present is not None:
        return go_to(f"/assessments/{present.id}/rounds")
    title = assessment.title
    closed = assessment.closed_on is not None
    names = [
        ("organisation", title.organisation),
        ("title", next_title(assessment, visit) if closed else title.title),
    ]
    return upgrade_page(visit, assessment, find_upgrade(visit, assessment, to), Form(names))


@router.post("/upgrade")
def upgrade(form: FormDep, visit: VisitDep, assessment: ChargeDep) -> Response:
    """Go on in a newer edition: this round, or the next one where this is closed."""
    present = _present(visit, assessment)
    if present is not None:
        return go_to(f"/assessments/{present.id}/rounds?done=upgraded")
    found = find_upgrade(visit, assessment, form.get("to"))
    if form.get("pinned") != " ".join(found.later.hashes):
        return upgrade_page(visit, assessment, found, form, 409, stale=True)
    problems = list(title_problems(form))
    if problems:
        return upgrade_page(visit, assessment, found, form, 422, problems=problems)
    meant = found.meant(int(place) for place in form.under("means") if place.isdigit() and len(place) < 5)
    try:
        begun = next_round.go_on_in(
            visit.session, visit.library, assessment, found.later, read_title(form), visit.today, meant
        )
    except Refused as refused:
        return rounds_page(visit, assessment, 422, refused.problems)
    return go_to(f"/assessments/{begun.id}/rounds?done=upgraded")


@router.post("/back")
def go_back(visit: VisitDep, assessment: ChargeDep) -> Response:
    """Undo an upgrade: go on with this version, or, in the one that counts, with the edition before it."""
    try:
        begun = next_round.go_back(visit.session, visit.library, assessment, visit.today)
    except NotTaken as closed:
        return rounds_page(visit, assessment, 409, [("round", closed.happened)])
    except Refused as refused:
        return rounds_page(visit, assessment, 422, refused.problems)
    return go_to(f"/assessments/{begun.id}/rounds?done=back")


def _present(visit: Visit, assessment: OpenAssessment) -> OpenAssessment | None:
    """The round that an upgrade would make, where somebody has made it already."""
    given = (visit.session, visit.library, assessment)
    if assessment.line.aside:
        return rounds.current(*given, assessment.line.number, visit.today)
    if assessment.closed_on is not None:
        return rounds.current(*given, assessment.line.number + 1, visit.today)
    return None
