"""Answers: reading them, and saving them so that nobody's words are lost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.language import gettext as _
from app.services import fields
from app.services.faults import Refused
from app.services.opened import OpenAssessment
from app.services.said import (
    LABELS,
    NO_ANSWER,
    NOTHING_SAID,
    TEXT_FIELDS,
    Entry,
    Said,
    answered,
    entry_of,
    opened,
    parts_of,
)
from app.services.saving import past, settle
from app.vault.data_keys import Label
from app.vault.rows import Place
from questionnaires.models import Question
from questionnaires.visibility import visible_questions
from scoring.answers import STRONGEST, Answer
from scoring.refusals import BadAnswer
from standards.models import Intensity

TEXT_LIMIT = 5000
"""How many characters an answer in words, a note, a reason, or a word on where evidence is kept may have."""

IN_ORDER = ("value", "reason", "evidence", "evidence_kept", "note")
"""The fields of a question as they follow each other on the page."""


@dataclass(frozen=True)
class Typed:
    """What came in a form for one question, unchecked; the revision it was made on, and the form's key."""

    question: str
    fields: Mapping[str, str] = field(repr=False)
    made_on: int = 0
    form: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of one question: what stands now, and, in a conflict, what was not written.

    `made_on` is the revision that its form stands on from now on: a form that does not show what stands now
    has not seen it.
    """

    entry: Entry
    made_on: int
    conflicting: Said | None = None


def places(questions: Iterable[str], labels: Iterable[Label] = LABELS) -> list[Place]:
    """Where what is said to some questions is sealed, the words beside the answers included or not."""
    return [(label, row_of(question)) for question in questions for label in labels]


def row_of(question: str) -> str:
    """The name of the rows that what is said to a question is sealed in."""
    return f"question:{question}"


def load(assessment: OpenAssessment, questions: Iterable[str] | None = None) -> dict[str, Entry]:
    """What is said to some questions, or to all of them, by question."""
    asked = assessment.questionnaire.questions
    wanted = [asked[question] for question in (asked if questions is None else questions)]
    found = assessment.rows.read_many(places(question.id for question in wanted))
    entries = {}
    for question in wanted:
        stood = {label: found[label, row_of(question.id)] for label in LABELS}
        first = stood["answers"]
        parts = {label: one.data for label, one in stood.items()}
        entries[question.id] = entry_of(question, parts, first.revision, first.day, first.author)
    return entries


def history(assessment: OpenAssessment, question: str) -> list[Entry]:
    """Everything that was ever said to a question, oldest first."""
    asked = assessment.questionnaire.questions[question]
    stood = past(assessment.rows, row_of(question), LABELS)
    return [entry_of(asked, one.parts, one.revision, one.day, one.author) for one in stood]


def for_scoring(assessment: OpenAssessment, questions: Iterable[str]) -> dict[str, Answer]:
    """The answers to some questions, by question, where there is one.

    All words stay sealed, those beside the answers and those that are one: an answer in words is empty here.
    """
    wanted = list(questions)
    found = assessment.rows.read_many(places(wanted, ["answers"]))
    said = {question: found["answers", row_of(question)].data for question in wanted}
    asked = assessment.questionnaire.questions
    answers = {question: opened(asked[question], data) for question, data in said.items() if data is not None}
    return {question: answer for question, answer in answers.items() if answered(answer)}


def visible(
    assessment: OpenAssessment, said: Mapping[str, Answer], profile: Mapping[str, Intensity]
) -> Mapping[str, Question]:
    """The questions that the profile and the earlier answers leave to be asked, by their ids, in order."""
    values: dict[str, Any] = {
        question: answer.value for question, answer in said.items() if answer.value is not None
    }
    return visible_questions(assessment.questionnaire, profile, values)


def read(assessment: OpenAssessment, typed: Typed, today: date) -> Said:
    """What was typed for a question, checked.

    Raises:
        Refused: with a sentence for each field that cannot be taken as it is.
    """
    question = assessment.questionnaire.questions[typed.question]
    texts = {name: typed.fields.get(name, "").strip() for name in TEXT_FIELDS}
    problems: list[tuple[str, str]] = []
    answer = NO_ANSWER
    try:
        answer = fields.answer_in(question, typed.fields)
    except Refused as refused:
        problems = refused.problems
    evidence = typed.fields.get("evidence", "")
    said = Said(replace(answer, evidence=fields.digit(evidence) if evidence else None), **texts)
    try:
        said = check(assessment, question, said, today)
    except Refused as refused:
        problems = [*problems, *refused.problems]
    if problems:
        raise Refused(problems)
    return said


def check(assessment: OpenAssessment, question: Question, said: Said, today: date) -> Said:
    """What is said, with its value in its question's own type.

    Raises:
        Refused: with a sentence for each field that cannot be taken as it is.
    """
    problems: list[tuple[str, str]] = []
    try:
        said = replace(said, answer=fields.checked(assessment.questionnaire, question, said.answer, today))
    except BadAnswer:
        problems.append((fields.main_field(question), fields.expected(question, today)))
    problems.extend(_faults_beside(said))
    if problems:
        raise Refused(problems)
    return said


def save(assessment: OpenAssessment, typed: Typed, today: date) -> Outcome:
    """Save what was typed for one question, unless somebody changed the answer since the form was made.

    Raises:
        Refused: as `read`.
    """
    said = read(assessment, typed, today)
    return _keep(
        assessment, assessment.questionnaire.questions[typed.question], said, typed.made_on, typed.form
    )


def take_in(
    assessment: OpenAssessment, question: Question, said: Said, today: date, made_on: int = 0
) -> None:
    """Save what was said elsewhere to a question: in a file, or in an earlier round.

    Raises:
        Refused: as `check`.
    """
    _keep(assessment, question, check(assessment, question, said, today), made_on)


def write_over(assessment: OpenAssessment, question: Question, said: Said, form: str = "") -> None:
    """Save what was settled elsewhere to a question, over whatever stands; that is kept as all earlier."""
    now = assessment.rows.read("answers", row_of(question.id))
    _keep(assessment, question, said, now.revision, form)


def too_long(length: int, limit: int = TEXT_LIMIT) -> str:
    """What to say of a text that is over its limit."""
    return _("This text has {length:,} characters; the most is {limit:,}. Please shorten it.").format(
        length=length, limit=limit
    )


def _faults_beside(said: Said) -> list[tuple[str, str]]:
    """What is wrong with all that is not the value itself, in the order of the page."""
    answer = said.answer
    texts = {name: getattr(said, name) for name in TEXT_FIELDS} | {"value": answer.value}
    faults = {
        name: too_long(len(text))
        for name, text in texts.items()
        if isinstance(text, str) and len(text) > TEXT_LIMIT
    }
    if answer.not_applicable and not said.reason:
        faults["reason"] = _("Say in a sentence why this does not apply to you.")
    if answer.evidence is not None and not 0 <= answer.evidence <= STRONGEST:
        faults["evidence"] = _("Choose one of the answers that are listed here.")
    return [(name, faults[name]) for name in IN_ORDER if name in faults]


def _keep(
    assessment: OpenAssessment, question: Question, said: Said, made_on: int = 0, form: str = ""
) -> Outcome:
    parts, untouched = parts_of(question, said), parts_of(question, NOTHING_SAID)
    settled = settle(assessment.rows, row_of(question.id), parts, made_on, untouched=untouched, form=form)
    now = settled.standing
    entry = entry_of(question, now.parts, now.revision, now.day, now.author)
    made_on = now.revision if now.parts == parts else made_on
    return Outcome(entry, made_on, conflicting=said if settled.conflict else None)
