"""Care with children's details: warnings beside texts, and the two buttons that stand with each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from fastapi import APIRouter, Request, Response
from starlette.background import BackgroundTask

from app.database import forget_deleted
from app.pages import go_to
from app.routes.access import CareDep
from app.routes.forms import Form, FormDep
from app.routes.handling import Route
from app.services import care, texts
from app.services.faults import NotFound
from app.services.opened import OpenAssessment
from app.services.texts import Text
from app.vault.rows import SealedRows

TAKE_OUT, KEEP = "take_out", "keep"
"""The two buttons. Each sends the row, the field and the passage, with a blank between them."""

HISTORY = "history"
"""What a form sends that is to come back to what was said to a question before."""

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
    place = place_of(assessment, asked.row)
    if form.get("then") == HISTORY:
        place = f"/assessments/{assessment.id}/questions/{asked.row.partition(':')[2]}"
    return asked.carry_out(assessment.rows, request, go_to(place))


def place_of(assessment: OpenAssessment, row: str) -> str:
    """Where on which page a text stands."""
    home, (kind, _colon, id_) = f"/assessments/{assessment.id}", row.partition(":")
    if kind == "action":
        return f"{home}/plan#action-{id_}"
    if kind == "comments":
        return f"{home}/questions/{id_}#comments"
    if kind == "agreed":
        return f"{home}/rating/questions/{id_}"
    if kind == "reply":
        return "{}/reviews/{}#finding-{}".format(home, *id_.partition(":")[::2])
    return f"{home}/sections/{assessment.questionnaire.section_of[id_].id}#question-{id_}"
