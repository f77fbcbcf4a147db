"""The gap report, and how its figures were worked out."""

from fastapi import APIRouter, Response

from app.pages import render
from app.reports import by_kind
from app.routes.access import LibraryDep, ReportDep, ReviewDep, TodayDep
from app.routes.handling import Route
from app.services import plans, results, through
from app.services.plans import Plan

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}/report")


@router.get("")
def show_report(assessment: ReportDep, library: LibraryDep, today: TodayDep) -> Response:
    """Where the organisation stands, and what to close first; its plan only for whoever has the whole."""
    sheet = results.open_sheet(assessment)
    result = results.result(assessment, sheet, today)
    report = by_kind.report_for(assessment.framework)
    return render(
        report.page,
        signed_in=True,
        assessment=assessment,
        sheet=sheet,
        result=result,
        progress=sheet.progress(),
        **report.shows(assessment, result),
        plan=plans.load(assessment) if assessment.whole else Plan(),
        ways=through.ways(library, assessment) if assessment.whole else [],
    )


@router.get("/workings")
def show_workings(assessment: ReviewDep, today: TodayDep) -> Response:
    """How what the report shows came about, down to the question."""
    sheet = results.open_sheet(assessment)
    result = results.result(assessment, sheet, today)
    report = by_kind.report_for(assessment.framework)
    return render(
        report.workings,
        signed_in=True,
        assessment=assessment,
        sheet=sheet,
        result=result,
        **report.shows(assessment, result),
    )
