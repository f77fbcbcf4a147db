"""What changed between two rounds, and over all the rounds of a line."""

from fastapi import APIRouter, Request, Response

from app.pages import render
from app.reports import changes
from app.routes.access import AssessmentDep
from app.routes.handling import Route
from app.routes.visits import VisitDep
from app.services import through, year_on_year
from app.services.opened import OpenAssessment
from app.services.year_on_year import Choices, OtherFramework, Pair, SameRound

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}/changes")


@router.get("")
def show_changes(request: Request, visit: VisitDep, assessment: AssessmentDep, to: str = "") -> Response:
    """Two rounds beside each other: those that were chosen, or the two newest of the line."""
    from_ = request.query_params.get("from", "")
    offered = year_on_year.choices(visit.session, visit.library, assessment, visit.today)
    try:
        chosen = _chosen(visit, assessment, offered, from_, to)
    except SameRound:
        return _choose(assessment, offered, 422, "same")
    except OtherFramework as refused:
        return _refused(visit, assessment, refused)
    if chosen is None:
        return _choose(assessment, offered)
    compared = year_on_year.compare(chosen, offered.line, visit.today)
    return render(
        "changes/page.html",
        signed_in=True,
        assessment=assessment,
        compared=compared,
        names=[changes.name_in(offered, one) for one in (chosen.earlier, chosen.later)],
        options=changes.options(offered),
        view=changes.view(compared),
    )


def _chosen(
    visit: VisitDep, assessment: OpenAssessment, offered: Choices, from_: str, to: str
) -> Pair | None:
    """The pair that the address names; the two newest rounds where it names none. None: there are not two."""
    if not from_ and not to:
        return year_on_year.newest(offered.line)
    ids = year_on_year.filled_in(offered, from_, to)
    return year_on_year.pair(visit.session, visit.library, assessment, offered, ids, visit.today)


def _choose(assessment: OpenAssessment, offered: Choices, status: int = 200, problem: str = "") -> Response:
    return render(
        "changes/choose.html",
        status,
        signed_in=True,
        assessment=assessment,
        options=changes.options(offered),
        problem=problem,
    )


def _refused(visit: VisitDep, assessment: OpenAssessment, refused: OtherFramework) -> Response:
    both = [(refused.one, refused.other), (refused.other, refused.one)]
    return render(
        "changes/refused.html",
        422,
        signed_in=True,
        assessment=assessment,
        refused=refused,
        ways=[
            (one, way)
            for one, other in both
            for way in through.ways(visit.library, one)
            if way.target.id == other.framework.id
        ],
    )
