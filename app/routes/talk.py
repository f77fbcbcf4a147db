"""One question: what stands and what stood, who said it and when, and the comments to it."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Response

from app.pages import go_to, render
from app.routes.access import AnsweringDep, AssessmentDep, ReviewDep
from app.routes.cards import card, rated_of
from app.routes.forms import FormDep
from app.routes.given import InHandler
from app.routes.handling import Route
from app.routes.looking import look_at_comments, look_at_earlier
from app.services import answers, people, talk
from app.services.faults import NotFound, Refused
from app.services.opened import OpenAssessment
from app.services.said import Entry
from questionnaires.models import Question

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}/questions/{question_id}")

NEVER_ANSWERED = Entry()


def find_asked(question_id: str, assessment: ReviewDep) -> Question:
    """The question that the address names, for whoever may read what is said to it."""
    questions = assessment.questionnaire.questions
    if question_id not in questions:
        raise NotFound
    return questions[question_id]


AskedDep = Annotated[Question, InHandler(find_asked)]


@router.get("")
def show_question(assessment: ReviewDep, question: AskedDep) -> Response:
    """What is said to a question, what was said before, and the comments."""
    return _page(assessment, question)


@router.post("")
def add_comment(form: FormDep, assessment: AnsweringDep, question: AskedDep) -> Response:
    """Add a comment. The same form adds only one."""
    page = f"/assessments/{assessment.id}/questions/{question.id}"
    if assessment.rows.taken(form.get("form_key"), form):
        return go_to(f"{page}#comments")
    try:
        comment = talk.add(assessment, question.id, form.get("comment"))
    except Refused as refused:
        return _page(assessment, question, 422, form.get("comment"), refused.problems)
    assessment.rows.note_taken(form.get("form_key"), form)
    return go_to(f"{page}#comment-{comment.id}")


@router.post("/comments/{comment_id}")
def resolve_comment(
    comment_id: str, form: FormDep, assessment: AssessmentDep, question: AskedDep
) -> Response:
    """Mark a comment as resolved, or open it again."""
    talk.resolve(assessment, question.id, comment_id, resolved=form.get("resolved") == "yes")
    return go_to(f"/assessments/{assessment.id}/questions/{question.id}#comment-{comment_id}")


def _page(
    assessment: OpenAssessment,
    question: Question,
    status: int = 200,
    typed: str = "",
    problems: list[tuple[str, str]] | None = None,
) -> Response:
    history = answers.history(assessment, question.id)
    comments = talk.load(assessment, [question.id])[question.id]
    stands = card(assessment, question, history[-1] if history else NEVER_ANSWERED)
    now = replace(stands, rated=rated_of(assessment).get(question.id))
    # While people who answered apart have not agreed, what was said before they did is earlier too.
    earlier = history[::-1] if now.open else history[-2::-1]
    authors = [entry.author for entry in history] + [one.by for one in comments]
    return render(
        "questions/page.html",
        status,
        signed_in=True,
        assessment=assessment,
        section=assessment.questionnaire.section_of[question.id],
        card=now,
        earlier=earlier,
        comments=comments,
        care=look_at_comments(assessment, question, comments),
        care_earlier=look_at_earlier(assessment, question, earlier),
        who=people.known(assessment, authors + [one.resolved.by for one in comments if one.resolved]),
        typed=typed,
        problems=problems or [],
    )
