"""Which report fits which kind of framework: its page, its page of workings, and what they show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.reports import culture_talk, gap_report, policy_review
from app.services.opened import OpenAssessment
from scoring.assessment import Result
from standards.models import Framework, Kind


@dataclass(frozen=True)
class Report:
    """The templates of a report, and what they need beside what every report needs."""

    page: str
    workings: str
    shows: Callable[[OpenAssessment, Result], Mapping[str, Any]]


def report_for(framework: Framework) -> Report:
    """The report that fits a framework."""
    return _REPORTS[framework.kind]


def _standards(assessment: OpenAssessment, result: Result) -> Mapping[str, Any]:
    return {"charts": gap_report.charts(assessment.framework, result)}


def _culture(assessment: OpenAssessment, result: Result) -> Mapping[str, Any]:
    return {"talk": culture_talk.talk(assessment.framework, assessment.questionnaire, result)}


def _document(assessment: OpenAssessment, result: Result) -> Mapping[str, Any]:
    return {"review": policy_review.review(assessment.framework, result)}


_REPORTS: Mapping[Kind, Report] = {
    "standards": Report("report/standards.html", "report/workings.html", _standards),
    "culture": Report("report/culture.html", "report/culture_workings.html", _culture),
    "document": Report("report/document.html", "report/document_workings.html", _document),
}
