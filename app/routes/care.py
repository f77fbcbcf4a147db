"""Care with children's details: warnings beside texts, and the two buttons that stand with each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from fastapi import APIRouter, Request, Response
from starlette.background import BackgroundTask

from app.database import forget_deleted
from app.pages import go_to
from app.routes.access import CareDep
from app.routes.cards import Card
from app.routes.forms import Form, FormDep
from app.routes.handling import Route
from app.services import care, joint, texts
from app.services.assessments import OpenAssessment
from app.services.care import Passage
from app.services.faults import NotFound
from app.services.plans import PlanAction
from app.services.texts import Text
from app.vault.rows import SealedRows
from questionnaires.models import Question
from scoring.credits import scored

TAKE_OUT, KEEP = "take_out", "keep"
"""The two buttons. Each sends the row, the field and the passage, with a blank between them."""

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}")


@dataclass(frozen=True)
class Asked:
    """What one of the buttons asks for."""

    row: str
    text: Text = field(repr=False)
    words: str = field(repr=False)
    out: bool

    def carry_out(self, rows: SealedRows, request: Request, then: Response) -> Response:
        """Do it. What was taken out is overwritten in the file once the answer has gone."""
        if not self.out:
            care.keep(rows, self.text, self.words)
        elif care.take_out(rows, self.text, self.words):
            then.background = BackgroundTask(forget_deleted, request.app.state.engine)
        return then


def asked_in(form: Form, assessment: OpenAssessment) -> Asked | None:
    """What a form asks for in an assessment; None where none of the buttons was pressed.

    Raises:
        NotFound: when there is no such text.
    """
    return asked_of(form, partial(texts.find, assessment))


def asked_of(form: Form, find: Callable[[str, str], Text]) -> Asked | None:
    """What a form asks for; `find` gives the text that a row's name and a field name.

    Raises:
        NotFound: when there is no such text.
    """
    for button in (TAKE_OUT, KEEP):
        row, _blank, rest = form.get(button).partition(" ")
        name, _blank, words = rest.partition(" ")
        if row:
            return Asked(row, find(row, name), words, button == TAKE_OUT)
    return None


@router.post("/care")
def care_for(request: Request, form: FormDep, assessment: CareDep) -> Response:
    """Take a passage out of a text, or keep it; in a closed round too."""
    asked = asked_in(form, assessment)
    if asked is None:
        raise NotFound
    return asked.carry_out(assessment.rows, request, go_to(place_of(assessment, asked.row)))


def look_at_cards(assessment: OpenAssessment, cards: Iterable[Card]) -> list[Card]:
    """Question cards with what there is to warn of in what was saved, for whoever may change it."""
    if not assessment.writes:
        return list(cards)
    fields = {card.question.id: _of_card(assessment, card) for card in cards}
    wanted = dict(one for of_card in fields.values() for one in of_card.values())
    found = care.look(assessment.rows, wanted)
    return [
        replace(
            card,
            care={name: found.get(text, ()) for name, (text, _words) in fields[card.question.id].items()},
        )
        for card in cards
    ]


def look_at_agreed(assessment: OpenAssessment, card: Card, why: str) -> Card:
    """A question card that holds what was agreed, with what there is to warn of in that, and in why."""
    if not assessment.writes or card.state in ("refused", "conflict"):
        return card
    written = {name: _words(card, name) for name in _shown(assessment, card.question)} | {joint.WHY: why}
    wanted = {name: texts.of_agreed(card.question.id, name) for name in written}
    found = care.look(assessment.rows, {text: written[name] for name, text in wanted.items()})
    return replace(card, care={name: found.get(text, ()) for name, text in wanted.items()})


def look_at_actions(
    assessment: OpenAssessment, actions: Iterable[PlanAction]
) -> dict[str, dict[str, tuple[Passage, ...]]]:
    """What there is to warn of in some actions, by their ids and fields, for whoever may change them."""
    if not assessment.writes:
        return {}
    wanted = [
        (action.id, name, texts.of_action(action.id, name), getattr(action.now, name))
        for action in actions
        if action.touched
        for name in texts.ACTION_FIELDS
    ]
    found = care.look(assessment.rows, {text: words for _id, _name, text, words in wanted})
    by_action: dict[str, dict[str, tuple[Passage, ...]]] = {}
    for id_, name, text, _words in wanted:
        if text in found:
            by_action.setdefault(id_, {})[name] = found[text]
    return by_action


def _of_card(assessment: OpenAssessment, card: Card) -> dict[str, tuple[Text, str]]:
    """The texts of a question as they were saved, by field; none of one that was not saved."""
    if card.rated is not None or card.state in ("refused", "conflict", "rated"):
        return {}
    question = card.question
    saved = {
        name: (texts.of_question(question.id, name), _words(card, name))
        for name in _shown(assessment, question)
    }
    for place, carried in enumerate(card.carried):
        for name in texts.CARRIED_FIELDS:
            text = texts.of_carried(question.id, place, name)
            saved[f"{place}-{name}"] = (text, getattr(carried, name))
    return saved


def _words(card: Card, name: str) -> str:
    said = card.entry.said
    return str((said.answer.value if name == "value" else getattr(said, name)) or "")


def _shown(assessment: OpenAssessment, question: Question) -> list[str]:
    """The texts that a question's card has a field for."""
    has = {
        "reason": question.not_applicable,
        "evidence_kept": assessment.questionnaire.asks_evidence and scored(question),
    }
    return [name for name in texts.fields_of(question) if has.get(name, True)]


def place_of(assessment: OpenAssessment, row: str) -> str:
    """Where on which page a text stands."""
    home, (kind, _colon, id_) = f"/assessments/{assessment.id}", row.partition(":")
    if kind == "action":
        return f"{home}/plan#action-{id_}"
    if kind == "agreed":
        return f"{home}/rating/questions/{id_}"
    if kind == "reply":
        return "{}/reviews/{}#finding-{}".format(home, *id_.partition(":")[::2])
    return f"{home}/sections/{assessment.questionnaire.section_of[id_].id}#question-{id_}"
