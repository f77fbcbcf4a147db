"""The gap report, and how its figures were worked out."""

from fastapi import APIRouter, Response

from app.pages import render
from app.reports import gap_report
from app.routes.access import AssessmentDep, LibraryDep, TodayDep
from app.routes.handling import Route
from app.services import plans, results, through

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}/report")


@router.get("")
def show_report(assessment: AssessmentDep, library: LibraryDep, today: TodayDep) -> Response:
    """Where the organisation stands, and what to close first."""
    sheet = results.open_sheet(assessment)
    result = results.result(assessment, sheet, today)
    return render(
        "report/page.html",
        signed_in=True,
        assessment=assessment,
        sheet=sheet,
        result=result,
        progress=sheet.progress(),
        charts=gap_report.charts(assessment.framework, result),
        plan=plans.load(assessment),
        ways=through.ways(library, assessment),
    )


@router.get("/workings")
def show_workings(assessment: AssessmentDep, today: TodayDep) -> Response:
    """Every term of the score, down to the question."""
    sheet = results.open_sheet(assessment)
    return render(
        "report/workings.html",
        signed_in=True,
        assessment=assessment,
        sheet=sheet,
        result=results.result(assessment, sheet, today),
    )
