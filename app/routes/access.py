"""What whoever asks may open: decided here and in the visit, and nowhere else.

What is unknown and what is forbidden are both "not found".

Each is worked out in the handler's thread, once in a request, where a handler asks for it.
"""

from datetime import date, datetime
from typing import Annotated

from fastapi import Request

from app.database import Session
from app.routes.given import InHandler
from app.routes.visits import VisitDep
from app.services.faults import NotFound
from app.services.opened import OpenAssessment
from app.services.packs import Library
from app.vault.organisations import OpenOrganisation
from app.vault.sessions import SignedIn
from questionnaires.models import Question, Section


def get_session(visit: VisitDep) -> Session:
    """The database session of this request."""
    return visit.session


def get_now(visit: VisitDep) -> datetime:
    """The time of this request, in UTC."""
    return visit.now


def get_today(visit: VisitDep) -> date:
    """The day of this request, in UTC."""
    return visit.today


def get_library(visit: VisitDep) -> Library:
    """The packs."""
    return visit.library


def get_visitor(visit: VisitDep) -> SignedIn | None:
    """The session of whoever asks, if there is one."""
    return visit.visitor


def require_session(visit: VisitDep) -> SignedIn:
    """The session of whoever asks; there has to be one."""
    return visit.signed_in


def require_account(visit: VisitDep) -> SignedIn:
    """The session of whoever asks, who has an account: to a receipt, the pages about it are not there."""
    if not visit.signed_in.account:
        raise NotFound
    return visit.signed_in


def open_assessment(assessment_id: str, visit: VisitDep) -> OpenAssessment:
    """The assessment that the address names, for whoever has the whole of it."""
    return visit.open_to(assessment_id, "fill")


def open_to_answer(assessment_id: str, visit: VisitDep) -> OpenAssessment:
    """The assessment that the address names, for whoever answers in it."""
    return visit.open_to_answer(assessment_id)


def open_questions(request: Request, assessment_id: str, visit: VisitDep) -> OpenAssessment:
    """The assessment, or the rater's own sheet, that the address names: for pages with its questions."""
    return visit.open_questions(assessment_id, request.path_params.get("question_id"))


QuestionsDep = Annotated[OpenAssessment, InHandler(open_questions)]


def open_own_sheet(assessment_id: str, visit: VisitDep) -> OpenAssessment:
    """The sheet that the address names, for its rater."""
    return visit.own_sheet(assessment_id)


def open_answers(assessment_id: str, visit: VisitDep) -> OpenAssessment:
    """The assessment, or the rater's own sheet, that the address names, for whoever may read its answers."""
    try:
        return visit.open_to(assessment_id, "fill", "review")
    except NotFound:
        return visit.own_sheet(assessment_id)


def open_to_care(assessment_id: str, visit: VisitDep) -> OpenAssessment:
    """The assessment or sheet that the address names, for whoever may take something out of it."""
    return visit.open_or_own_sheet(assessment_id)


def open_report(assessment_id: str, visit: VisitDep) -> OpenAssessment:
    """The assessment that the address names, for whoever may read its report."""
    return visit.open_to(assessment_id, "fill", "review", "read")


def open_review(assessment_id: str, visit: VisitDep) -> OpenAssessment:
    """The assessment that the address names, for whoever may read its answers and notes."""
    return visit.open_to(assessment_id, "fill", "review")


def take_charge(assessment_id: str, visit: VisitDep) -> OpenAssessment:
    """The assessment that the address names, for whoever decides about it."""
    return visit.take_charge(assessment_id)


def open_to_reviewer(assessment_id: str, visit: VisitDep) -> OpenAssessment:
    """The assessment that the address names, for whoever reviews it."""
    return visit.open_to_reviewer(assessment_id)


def find_section(section_id: str, assessment: QuestionsDep) -> Section:
    """The section that the address names."""
    for section in assessment.questionnaire.sections:
        if section.id == section_id:
            return section
    raise NotFound


def find_question(question_id: str, assessment: QuestionsDep) -> Question:
    """The question that the address names."""
    if question_id not in assessment.questionnaire.questions:
        raise NotFound
    return assessment.questionnaire.questions[question_id]


def find_organisation(organisation_id: str, visit: VisitDep) -> OpenOrganisation:
    """The organisation that the address names, for whoever belongs to it."""
    for organisation in visit.organisations:
        if organisation.id == organisation_id:
            return organisation
    raise NotFound


def run_organisation(organisation_id: str, visit: VisitDep) -> OpenOrganisation:
    """The organisation that the address names, for whoever decides about it."""
    return visit.run(organisation_id)


SessionDep = Annotated[Session, InHandler(get_session)]
NowDep = Annotated[datetime, InHandler(get_now)]
TodayDep = Annotated[date, InHandler(get_today)]
LibraryDep = Annotated[Library, InHandler(get_library)]
VisitorDep = Annotated[SignedIn | None, InHandler(get_visitor)]
SignedInDep = Annotated[SignedIn, InHandler(require_session)]
AccountDep = Annotated[SignedIn, InHandler(require_account)]
AssessmentDep = Annotated[OpenAssessment, InHandler(open_assessment)]
AnsweringDep = Annotated[OpenAssessment, InHandler(open_to_answer)]
AnswersDep = Annotated[OpenAssessment, InHandler(open_answers)]
SheetDep = Annotated[OpenAssessment, InHandler(open_own_sheet)]
CareDep = Annotated[OpenAssessment, InHandler(open_to_care)]
ReportDep = Annotated[OpenAssessment, InHandler(open_report)]
ReviewDep = Annotated[OpenAssessment, InHandler(open_review)]
ChargeDep = Annotated[OpenAssessment, InHandler(take_charge)]
OrganisationDep = Annotated[OpenOrganisation, InHandler(find_organisation)]
RunDep = Annotated[OpenOrganisation, InHandler(run_organisation)]
ReviewedDep = Annotated[OpenAssessment, InHandler(open_to_reviewer)]
SectionDep = Annotated[Section, InHandler(find_section)]
QuestionDep = Annotated[Question, InHandler(find_question)]
