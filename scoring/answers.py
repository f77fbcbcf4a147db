"""What was said to a question, and the checks at the door."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from questionnaires.conditions import Value as Comparable
from questionnaires.models import Question, Questionnaire
from scoring.refusals import BadAnswer
from scoring.values import Value, read_value

STRONGEST = 4
"""Evidence: 0 none, 1 stated, 2 document seen, 3 records of use seen, 4 confirmed by independent voices."""

WORDS = ("note", "evidence_kept")
"""Texts that may stand beside an answer, and are never scored."""

FIELDS = ("value", "unknown", "not_applicable", "evidence", *WORDS)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to one question: a value, "don't know", or "not applicable"; or nothing yet.

    `evidence` is its strength, 0 to 4; None where nothing was said of it. The reason for "not applicable"
    and the notes are asked for at the door (`read_answer`) and kept elsewhere: scoring needs neither.
    """

    value: Value | None = None
    unknown: bool = False
    not_applicable: bool = False
    evidence: int | None = None

    @property
    def said(self) -> bool:
        """Whether it says anything yet."""
        return self.value is not None or self.unknown or self.not_applicable


def values_said(answers: Mapping[str, Answer]) -> dict[str, Comparable]:
    """The values that a condition can look at, by question."""
    return {
        question: answer.value
        for question, answer in answers.items()
        if answer.value is not None and not isinstance(answer.value, date)
    }


def read_answers(questionnaire: Questionnaire, raw: Mapping[str, object], *, on: date) -> dict[str, Answer]:
    """Answers by question, out of what JSON can say. See `read_answer`."""
    return {question: read_answer(questionnaire, question, one, on=on) for question, one in raw.items()}


def read_answer(questionnaire: Questionnaire, question: str, raw: object, *, on: date) -> Answer:
    """One answer out of what JSON can say.

    That is `{"value": 2, "evidence": 2, "note": "..."}`, `{"unknown": true}` or `{"not_applicable": "why"}`.
    `on` is the reference date. Texts that may stand beside the answer are looked at, and not kept.

    Raises: BadAnswer where it is not one of these, or not an answer to this question.
    """
    asked = _question(questionnaire, question)
    fields = _fields(question, raw)
    answer = Answer(
        value=_read_value(questionnaire, asked, fields.get("value"), on),
        unknown=_flag(question, fields.get("unknown")),
        not_applicable=_reason_given(question, fields.get("not_applicable")),
        evidence=_evidence(question, fields.get("evidence")),
    )
    check_answer(questionnaire, question, answer, on=on)
    return answer


def check_answers(questionnaire: Questionnaire, answers: Mapping[str, Answer], *, on: date) -> None:
    """Makes sure that every answer fits its question, hidden ones included.

    Raises: BadAnswer for the first that does not.
    """
    for question, answer in answers.items():
        check_answer(questionnaire, question, answer, on=on)


def check_answer(questionnaire: Questionnaire, question: str, answer: Answer, *, on: date) -> None:
    """Makes sure that an answer fits its question; `on` is the reference date.

    Raises: BadAnswer where it does not.
    """
    asked = _question(questionnaire, question)
    if not type(answer.unknown) is type(answer.not_applicable) is bool:
        raise BadAnswer(question, "expected true or false")
    if answer.evidence is not None:
        _evidence(question, answer.evidence)
    if answer.value is not None:
        read_value(asked, answer.value, scales=questionnaire.scales, on=on)
    if (answer.value is not None) + answer.unknown + answer.not_applicable > 1:
        raise BadAnswer(question, "expected only one of: a value, “don't know”, “not applicable”")
    if answer.not_applicable and not asked.not_applicable:
        raise BadAnswer(question, "expected an answer: “not applicable” is not allowed here")


def _question(questionnaire: Questionnaire, question: str) -> Question:
    asked = questionnaire.questions.get(question)
    if asked is None:
        raise BadAnswer(question, "expected a question of this questionnaire")
    return asked


def _fields(question: str, raw: object) -> Mapping[str, object]:
    if not isinstance(raw, Mapping):
        raise BadAnswer(question, "expected a value, “don't know” or “not applicable”")
    if not all(field in FIELDS for field in raw):
        raise BadAnswer(question, "expected nothing but: {fields}", fields=", ".join(FIELDS))
    for word in WORDS:
        if not isinstance(raw.get(word, ""), str):
            raise BadAnswer(question, "expected a text as its {field}", field=word)
    return raw


def _read_value(questionnaire: Questionnaire, question: Question, value: object, on: date) -> Value | None:
    return None if value is None else read_value(question, value, scales=questionnaire.scales, on=on)


def _flag(question: str, said: object) -> bool:
    if said is not None and not isinstance(said, bool):
        raise BadAnswer(question, "expected true or false")
    return bool(said)


def _reason_given(question: str, reason: object) -> bool:
    if reason is None:
        return False
    if not isinstance(reason, str) or not reason.strip():
        raise BadAnswer(question, "expected a reason why it does not apply")
    return True


def _evidence(question: str, strength: object) -> int | None:
    if strength is None:
        return None
    if type(strength) is not int or not 0 <= strength <= STRONGEST:
        raise BadAnswer(
            question,
            "expected the strength of the evidence as a whole number from 0 to {highest}",
            highest=STRONGEST,
        )
    return strength
