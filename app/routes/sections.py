"""A section of the questionnaire: its questions on one page, saved one by one or together."""

from dataclasses import replace
from datetime import date

from fastapi import APIRouter, Request, Response

from app.pages import go_to, render
from app.routes.access import QuestionDep, QuestionsDep, SectionDep, TodayDep
from app.routes.cards import Card, as_typed, card, cards_of, rated_of, sent_in, typed_for
from app.routes.care import asked_in, place_of
from app.routes.forms import Form, FormDep
from app.routes.handling import Route
from app.routes.looking import look_at_cards
from app.services import answers, assigned, carrying, meanwhile, people, results
from app.services.answers import Typed
from app.services.faults import Refused
from app.services.opened import OpenAssessment
from app.services.results import Sheet
from app.services.said import Entry
from questionnaires.models import Question, Section
from scoring.raters import Rated

CONFIRM = "confirm"
ALL = "all"
"""The button that says "still true", and what it sends for all questions of the section."""

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}")


@router.get("/sections/{section_id}")
def show_section(assessment: QuestionsDep, section: SectionDep) -> Response:
    """The questions of a section."""
    sheet = results.open_sheet(assessment)
    return _section_page(assessment, section, sheet, cards_of(assessment, sheet.questions(section)))


@router.post("/sections/{section_id}")
def save_section(
    request: Request, form: FormDep, assessment: QuestionsDep, section: SectionDep, today: TodayDep
) -> Response:
    """Save every question of a section that was sent in. What can be saved is; the others come back."""
    asked = asked_in(form, assessment)
    onward = place_of(assessment, asked.row) if asked else _onward(assessment, section, form)
    if assessment.rows.taken(form.get("form_key"), form):
        return go_to(onward)
    came_back, rated = {}, rated_of(assessment)
    for question in sent_in(form, section.questions):
        settled = _settle(assessment, form, question, today, rated.get(question.id))
        if settled.state in {"refused", "conflict", "rated"}:
            came_back[question.id] = settled
    if not came_back:
        _confirm(assessment, section, form.get(CONFIRM), today)
        assessment.rows.note_taken(form.get("form_key"), form)
        return asked.carry_out(assessment.rows, request, go_to(onward)) if asked else go_to(onward)
    sheet = results.open_sheet(assessment)
    cards = [
        _beside(came_back[one.question.id], one) if one.question.id in came_back else one
        for one in cards_of(assessment, sheet.questions(section))
    ]
    refused = any(one.state == "refused" for one in came_back.values())
    return _section_page(assessment, section, sheet, cards, 422 if refused else 409)


@router.post("/answers/{question_id}")
def save_answer(form: FormDep, assessment: QuestionsDep, question: QuestionDep, today: TodayDep) -> Response:
    """Save one answer, for htmx: what comes back is the question's state, and what else is new on the page.

    A page that shows what stood before this save, and nothing that others have changed since, is told the
    progress only where that moves, and is warned only of texts that are new.
    """
    section, before = assessment.questionnaire.section_of[question.id], _entry(assessment, question)
    settled = _settle(assessment, form, question, today, rated_of(assessment).get(question.id))
    others = [one for one in sent_in(form, section.questions) if one != question]
    seen = {one.id: form.number(f"{one.id}:revision") for one in others}
    changes = meanwhile.changes(assessment, seen, form.get("form_key"))
    shown = settled.state == "saved" and form.number(f"{question.id}:revision") == before.revision
    told = before.said if shown else None
    [card] = look_at_cards(assessment, [settled], told)
    moved = told is None or results.moves_progress(assessment, question, told, settled.entry.said)
    return render(
        "sections/_saved.html",
        {"refused": 422, "conflict": 409, "rated": 409}.get(settled.state, 200),
        card=card,
        progress=results.section_progress(assessment, section) if moved or changes else None,
        assessment=assessment,
        changes=changes,
    )


def _beside(came_back: Card, stands: Card) -> Card:
    """A question that came back, with what stands around it."""
    return replace(
        came_back,
        carried=stands.carried,
        last_round=stands.last_round,
        still=stands.still,
        open_comments=stands.open_comments,
    )


def _settle(
    assessment: OpenAssessment, form: Form, question: Question, today: date, rated: Rated | None
) -> Card:
    typed = typed_for(form, question)
    if rated is not None:
        return _answered_apart(assessment, question, typed, rated)
    try:
        outcome = answers.save(assessment, typed, today)
    except Refused as refused:
        now = _card(assessment, question, _entry(assessment, question))
        return replace(
            now,
            shown=as_typed(question, typed.fields),
            made_on=typed.made_on,
            state="refused",
            problems=tuple(refused.problems),
        )
    now = _card(assessment, question, outcome.entry)
    if outcome.conflicting is None:
        return replace(now, state="saved", made_on=outcome.made_on)
    # The form now stands on what is saved: sending it again is a choice, not an accident.
    return replace(now, shown=as_typed(question, typed.fields), state="conflict", mine=outcome.conflicting)


def _confirm(assessment: OpenAssessment, section: Section, wanted: str, today: date) -> None:
    """Say again what was said in the last round: to one question of a section, or to all that are open."""
    if not wanted:
        return
    asked = results.open_sheet(assessment).questions(section)
    apart = rated_of(assessment)
    chosen = [one.id for one in asked if wanted in (one.id, ALL) and one.id not in apart]
    carrying.confirm(assessment, chosen, today)


def _answered_apart(assessment: OpenAssessment, question: Question, typed: Typed, rated: Rated) -> Card:
    """A question that people have answered apart since its form was made: what was typed comes back."""
    now = _card(assessment, question, _entry(assessment, question))
    shown = as_typed(question, typed.fields)
    changed = typed.made_on != now.made_on or shown != now.shown
    return replace(now, shown=shown, rated=rated, state="rated" if changed else now.state)


def _entry(assessment: OpenAssessment, question: Question) -> Entry:
    return answers.load(assessment, [question.id])[question.id]


def _card(assessment: OpenAssessment, question: Question, entry: Entry) -> Card:
    return replace(card(assessment, question, entry), by=people.one(assessment, entry.author))


def _onward(assessment: OpenAssessment, section: Section, form: Form) -> str:
    home = f"/assessments/{assessment.id}"
    if form.get("onward") == "stay" or form.get(CONFIRM):
        question = form.get(CONFIRM)
        place = f"#question-{question}" if question in assessment.questionnaire.questions else ""
        return f"{home}/sections/{section.id}{place}"
    later = _neighbours(assessment, section, results.open_sheet(assessment))[1]
    return f"{home}/sections/{later.id}" if later else f"{home}/answers"


def _neighbours(
    assessment: OpenAssessment, section: Section, sheet: Sheet
) -> tuple[Section | None, Section | None]:
    asked = [one for one in assessment.questionnaire.sections if one == section or sheet.questions(one)]
    place = asked.index(section)
    return (asked[place - 1] if place else None, asked[place + 1] if place + 1 < len(asked) else None)


def _section_page(
    assessment: OpenAssessment, section: Section, sheet: Sheet, cards: list[Card], status: int = 200
) -> Response:
    earlier, later = _neighbours(assessment, section, sheet)
    return render(
        "sections/page.html",
        status,
        signed_in=True,
        assessment=assessment,
        section=section,
        assigned=assigned.to(assessment, section),
        cards=look_at_cards(assessment, cards),
        progress=sheet.progress(section),
        earlier=earlier,
        later=later,
    )
