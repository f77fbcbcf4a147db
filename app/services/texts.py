"""Where each text stands that people write in words of their own: in which sealed row, and where in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.services import answers, joint, judgements, plans, talk
from app.services.carrying import NAME as CARRIED
from app.services.faults import NotFound
from app.services.opened import CLOSED, OpenAssessment
from app.services.said import IN_WORDS, LABELS, TEXT_FIELDS
from app.vault.data_keys import Label
from app.vault.rows import Place
from questionnaires.models import Question, TextQuestion

ACTION_FIELDS = ("text", "owner", "note", "reason")
CARRIED_FIELDS = ("said", "note", "evidence_kept")
COPIES: tuple[Place, ...] = (("notes", CLOSED[1]), ("notes", CARRIED))
"""Where texts of answers stand once more: in the copy of a closed round, and as said in the round before."""


@dataclass(frozen=True)
class Text:
    """Where one text stands: under `label`, in the row `name`, at the end of a `way` through what that holds.

    `together` are the labels under which that row is written as one, `copies` the rows in which the text may
    stand once more.
    """

    label: Label
    name: str
    way: tuple[str | int, ...]
    together: tuple[Label, ...]
    copies: tuple[Place, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from every other text of the assessment."""
        return f"{self.name} {'.'.join(str(step) for step in self.way)}"

    def words(self, data: Any) -> str:
        """What it says in what a row holds; nothing where it is not there."""
        for step in self.way:
            try:
                data = data[step]
            except (KeyError, IndexError, TypeError):
                return ""
        return data if isinstance(data, str) else ""

    def replaced(self, data: Any, words: str) -> Any:
        """What a row holds, with other words there; as it is where there are none."""
        return _replaced(data, self.way, words) if self.words(data) else data


def of_question(question: str, field: str) -> Text:
    """A text of a question, by the field of its form: note, reason, evidence_kept, or value."""
    copies: tuple[Place, ...] = (*COPIES, ("notes", joint.row_of(question)))
    return Text("notes", answers.row_of(question), _way(field), LABELS, copies)


def of_agreed(question: str, field: str) -> Text:
    """A text of what was agreed on a question that several people answered apart; `why` is one too."""
    copies: tuple[Place, ...] = (*COPIES, ("notes", answers.row_of(question)))
    return Text("notes", joint.row_of(question), _way(field), joint.LABELS, copies)


def of_comment(question: str, place: int) -> Text:
    """A comment to a question, counted from 0: what was added once keeps its place."""
    return Text("notes", talk.row_of(question), (place, "text"), ("notes",))


def of_carried(question: str, place: int, field: str) -> Text:
    """A text that was said to a question earlier, and was carried along."""
    return Text("notes", CARRIED, ("by_question", question, place, field), ("notes",), COPIES[1:])


def of_action(action: str, field: str) -> Text:
    """A text of an action of the plan."""
    return Text("plan", plans.row_of(action), ("now", field), ("plan",))


def of_remark(code: str) -> Text:
    """What a reviewer remarks on an indicator, in the rows of the review."""
    return Text("notes", judgements.row_of(code), ("remark",), judgements.LABELS)


def of_reply(review_id: str, code: str) -> Text:
    """What the organisation answers to a finding of a review."""
    return Text("notes", judgements.reply_row_of(review_id, code), ("reply",), ("notes",))


def fields_of(question: Question) -> list[str]:
    """The fields of a question that take words of one's own."""
    return [*TEXT_FIELDS, *(["value"] if isinstance(question, TextQuestion) else [])]


def find(assessment: OpenAssessment, row: str, field: str) -> Text:
    """The text that a row's name and a field name in an assessment.

    Raises:
        NotFound: when there is no such text.
    """
    kind, _colon, id_ = row.partition(":")
    questions: Mapping[str, Question] = assessment.questionnaire.questions
    if kind == "question" and id_ in questions and field in fields_of(questions[id_]):
        return of_question(id_, field)
    if kind == "agreed" and id_ in questions and field in (*fields_of(questions[id_]), joint.WHY):
        return of_agreed(id_, field)
    if kind in ("carried", "comments") and id_ in questions:
        place, _hyphen, name = field.partition("-")
        if place.isascii() and place.isdigit() and len(place) < 4:
            if kind == "comments" and name == "text":
                return of_comment(id_, int(place))
            if kind == "carried" and name in CARRIED_FIELDS:
                return of_carried(id_, int(place), name)
    if kind == "reply" and field == "reply":
        return of_reply(*id_.partition(":")[::2])
    if kind == "action" and field in ACTION_FIELDS:
        return of_action(plans.find(assessment, id_).id, field)
    raise NotFound


def find_remark(row: str, field: str) -> Text:
    """The remark that a row's name and a field name in a review.

    Raises:
        NotFound: when there is no such text.
    """
    kind, _colon, code = row.partition(":")
    if (kind, field) != ("judgement", "remark"):
        raise NotFound
    return of_remark(code)


def _way(field: str) -> tuple[str]:
    return (IN_WORDS if field == "value" else field,)


def _replaced(data: Any, way: tuple[str | int, ...], words: str) -> Any:
    if not way:
        return words
    step, onward = way[0], way[1:]
    if isinstance(data, list):
        return [_replaced(one, onward, words) if at == step else one for at, one in enumerate(data)]
    return {**data, step: _replaced(data[step], onward, words)}
