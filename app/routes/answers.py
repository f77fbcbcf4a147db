"""All the answers on one page, to be checked."""

from fastapi import APIRouter, Response

from app.pages import render
from app.routes.access import AnswersDep
from app.routes.cards import cards_of
from app.routes.handling import Route
from app.services import results

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}")


@router.get("/answers")
def check_answers(assessment: AnswersDep, comments: str = "") -> Response:
    """Every question with what was said to it, section by section; or those with open comments."""
    sheet = results.open_sheet(assessment)
    cards = {
        card.question.id: card
        for card in cards_of(assessment, sheet.visible.values())
        if not comments or card.open_comments
    }
    sections = [
        (section, [cards[one.id] for one in sheet.questions(section) if one.id in cards])
        for section in assessment.questionnaire.sections
    ]
    return render(
        "answers/page.html",
        signed_in=True,
        assessment=assessment,
        sheet=sheet,
        sections=[(section, cards) for section, cards in sections if cards],
        progress=sheet.progress(),
        commented=bool(comments),
    )
