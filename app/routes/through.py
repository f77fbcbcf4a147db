"""The answers of one framework, seen through another."""

from fastapi import APIRouter, Response

from app.pages import render
from app.reports import seen_through
from app.routes.access import AssessmentDep, LibraryDep, TodayDep
from app.routes.handling import Route
from app.services import results, through

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}/report/through")


@router.get("/{framework}/{edition}")
def show_through(
    framework: str, edition: str, assessment: AssessmentDep, library: LibraryDep, today: TodayDep
) -> Response:
    """What the answers already tell about another framework, and what they do not."""
    way = through.find(library, assessment, (framework, edition))
    sheet = results.open_sheet(assessment)
    result = results.result(assessment, sheet, today)
    return render(
        "report/through.html",
        signed_in=True,
        assessment=assessment,
        way=way,
        result=result,
        view=seen_through.view(assessment, way, result, through.seen(assessment, way, sheet, result)),
    )
