"""Agreeing on one question that several people have answered apart: what each said, and what counts now."""

from dataclasses import dataclass, field, replace

from fastapi import APIRouter, Request, Response

from app.language import gettext as _
from app.pages import go_to, render
from app.routes.access import AnsweringDep, QuestionDep
from app.routes.cards import Card, State, as_typed, card, rated_of, typed_for
from app.routes.care import asked_in, place_of
from app.routes.forms import FormDep
from app.routes.handling import Route
from app.routes.looking import look_at_agreed
from app.routes.visits import Visit, VisitDep
from app.services import answers, fields, joint, ratings, results, spreads
from app.services.answers import TEXT_LIMIT, Typed, too_long
from app.services.faults import NotFound, Refused
from app.services.joint import Agreed
from app.services.opened import OpenAssessment
from app.services.said import Entry, Said
from questionnaires.models import Question

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}/rating/questions")


@dataclass(frozen=True)
class Sent:
    """What was typed for an agreed answer: its fields, and why; and what is in the way of it."""

    card: Card
    why: str = field(repr=False)
    agreed: Agreed
    status: int = 200


@router.get("/{question_id}")
def show_question(
    visit: VisitDep, assessment: AnsweringDep, question: QuestionDep, done: str = ""
) -> Response:
    """What each said to a question, and the form to record what is agreed."""
    agreed = joint.agreement(assessment, question)
    return _page(visit, assessment, question, _standing(assessment, question, agreed), done=bool(done))


@router.post("/{question_id}")
def agree(
    request: Request, form: FormDep, visit: VisitDep, assessment: AnsweringDep, question: QuestionDep
) -> Response:
    """Record what was agreed, and go on to what is to be talked about next."""
    if question.id not in rated_of(assessment):
        raise NotFound
    asked = asked_in(form, assessment)
    typed, why = typed_for(form, question), form.get(f"{question.id}:{joint.WHY}").strip()
    try:
        said = _read(visit, assessment, typed, why)
    except Refused as refused:
        sent = _came_back(assessment, question, typed, why, "refused", 422)
        sent = replace(sent, card=replace(sent.card, problems=tuple(refused.problems)))
        return _page(visit, assessment, question, sent)
    _agreed, conflict = joint.agree(assessment, question, said, why, typed.made_on, typed.form)
    if conflict:
        sent = _came_back(assessment, question, typed, why, "conflict", 409)
        return _page(visit, assessment, question, replace(sent, card=replace(sent.card, mine=said)))
    if asked is not None:
        return asked.carry_out(assessment.rows, request, go_to(place_of(assessment, asked.row)))
    left = [one.question for one in results.rated_questions(assessment).values() if one.to_discuss]
    home = f"/assessments/{assessment.id}/rating"
    return go_to(f"{home}/questions/{left[0]}?done=agreed" if left else f"{home}?done=agreed")


def _read(visit: Visit, assessment: OpenAssessment, typed: Typed, why: str) -> Said:
    """What was typed, checked: an agreed answer is an answer, and says why.

    Raises:
        Refused: with a sentence for each field that cannot be taken as it is.
    """
    problems: list[tuple[str, str]] = []
    said = Said()
    try:
        said = answers.read(assessment, typed, visit.today)
        if not said.answered:
            main = fields.main_field(assessment.questionnaire.questions[typed.question])
            problems.append((main, _("Choose the answer that you agreed on.")))
    except Refused as refused:
        problems = refused.problems
    if not why:
        problems.append((joint.WHY, _("Say in a sentence why you agreed on this.")))
    if len(why) > TEXT_LIMIT:
        problems.append((joint.WHY, too_long(len(why))))
    if problems:
        raise Refused(problems)
    return said


def _standing(assessment: OpenAssessment, question: Question, agreed: Agreed) -> Sent:
    now = card(assessment, question, Entry(agreed.said, agreed.revision))
    return Sent(now, agreed.why, agreed)


def _came_back(
    assessment: OpenAssessment, question: Question, typed: Typed, why: str, state: State, status: int
) -> Sent:
    """What was typed, in its fields again. After a conflict it stands on what is recorded."""
    agreed = joint.agreement(assessment, question)
    now = _standing(assessment, question, agreed).card
    made_on = agreed.revision if state == "conflict" else typed.made_on
    shown = as_typed(question, typed.fields)
    return Sent(replace(now, shown=shown, made_on=made_on, state=state), why, agreed, status)


def _page(
    visit: Visit, assessment: OpenAssessment, question: Question, sent: Sent, *, done: bool = False
) -> Response:
    rated, heard, rating = (
        rated_of(assessment).get(question.id),
        joint.load(assessment),
        ratings.load(assessment),
    )
    if rated is None or heard is None:
        raise NotFound
    sheets = ratings.open_sheets(visit.session, visit.library, assessment, visit.today)
    (spread,) = spreads.spreads(assessment, heard, rating.tags, [rated], sheets)
    return render(
        "ratings/agree.html",
        sent.status,
        signed_in=True,
        assessment=assessment,
        card=look_at_agreed(assessment, sent.card, sent.agreed.why),
        why=sent.why,
        agreed=sent.agreed,
        spread=spread,
        silent=[rating.tags[id_] for id_ in heard.raters if id_ not in rated.heard],
        done=done,
    )
