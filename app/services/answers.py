"""Answers: reading them, and saving them so that nobody's words are lost."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from string import digits
from typing import Any, Literal

from app.language import gettext as _
from app.services.assessments import OpenAssessment
from app.services.faults import Refused
from app.services.saving import Parts, past, settle
from app.vault.data_keys import Label
from app.vault.rows import NEVER_WRITTEN, Place, Revision
from questionnaires.models import LevelQuestion, Question
from questionnaires.visibility import visible_questions
from scoring.answers import Answer, check_answer
from scoring.refusals import BadAnswer
from standards.models import Intensity

TEXT_LIMIT = 5000
"""How many characters a note, a reason, or a word on where evidence is kept may have."""

UNKNOWN = "-unknown"
NOT_APPLICABLE = "-not-applicable"
"""What a form sends for these two; no option's id begins with a hyphen."""

NO_ANSWER = Answer()

TextField = Literal["reason", "evidence_kept", "note"]
TEXT_FIELDS: tuple[TextField, ...] = ("reason", "evidence_kept", "note")
LABELS: tuple[Label, ...] = ("answers", "notes")


@dataclass(frozen=True)
class Said:
    """What is said to one question: the answer that is scored, and the words beside it."""

    answer: Answer = field(default=NO_ANSWER, repr=False)
    reason: str = field(default="", repr=False)
    evidence_kept: str = field(default="", repr=False)
    note: str = field(default="", repr=False)

    @property
    def answered(self) -> bool:
        """Whether there is a value, a "don't know" or a "does not apply"."""
        return _answered(self.answer)

    @property
    def choice(self) -> str:
        """What a form shows as chosen; empty while nothing is."""
        if self.answer.unknown:
            return UNKNOWN
        if self.answer.not_applicable:
            return NOT_APPLICABLE
        return "" if self.answer.value is None else str(self.answer.value)


NOTHING_SAID = Said()


@dataclass(frozen=True)
class Entry:
    """What is said to a question, the revision it stands at (0: nothing yet), and the day of that."""

    said: Said = NOTHING_SAID
    revision: int = 0
    day: date | None = None


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
    return [(label, _row(question)) for question in questions for label in labels]


def load(assessment: OpenAssessment, questions: Iterable[str] | None = None) -> dict[str, Entry]:
    """What is said to some questions, or to all of them, by question."""
    asked = assessment.questionnaire.questions if questions is None else questions
    names = {question: _row(question) for question in asked}
    found = assessment.rows.read_many((label, name) for name in names.values() for label in LABELS)
    return {
        question: _entry(found["answers", name], found["notes", name]) for question, name in names.items()
    }


def history(assessment: OpenAssessment, question: str) -> list[Entry]:
    """Everything that was ever said to a question, oldest first."""
    return [
        _from_parts(one.parts, one.revision, one.day) for one in past(assessment.rows, _row(question), LABELS)
    ]


def for_scoring(assessment: OpenAssessment, questions: Iterable[str]) -> dict[str, Answer]:
    """The answers to some questions, by question, where there is one. The words beside them stay sealed."""
    names = {question: _row(question) for question in questions}
    found = assessment.rows.read_many(("answers", name) for name in names.values())
    said = {question: found["answers", name].data for question, name in names.items()}
    answers = {question: Answer(**data) for question, data in said.items() if data is not None}
    return {question: answer for question, answer in answers.items() if _answered(answer)}


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
    problems: list[tuple[str, str]] = [
        (name, too_long(len(text))) for name, text in texts.items() if len(text) > TEXT_LIMIT
    ]
    choice = typed.fields.get("choice", "")
    answer = Answer(
        value=_value(question, choice),
        unknown=choice == UNKNOWN,
        not_applicable=choice == NOT_APPLICABLE,
        evidence=_evidence(typed.fields.get("evidence", "")),
    )
    if answer.not_applicable and not texts["reason"]:
        problems.append(("reason", _("Say in a sentence why this does not apply to you.")))
    try:
        check_answer(assessment.questionnaire, question.id, answer, on=today)
    except BadAnswer:
        problems.append(("choice", _("Choose one of the answers that are listed here.")))
    if problems:
        raise Refused(problems)
    return Said(answer, **texts)


def save(assessment: OpenAssessment, typed: Typed, today: date) -> Outcome:
    """Save what was typed for one question, unless somebody changed the answer since the form was made.

    Raises:
        Refused: as `read`.
    """
    said = read(assessment, typed, today)
    parts, untouched = _parts(said), _parts(NOTHING_SAID)
    settled = settle(
        assessment.rows, _row(typed.question), parts, typed.made_on, untouched=untouched, form=typed.form
    )
    now = settled.standing
    entry = _from_parts(now.parts, now.revision, now.day)
    made_on = now.revision if now.parts == parts else typed.made_on
    return Outcome(entry, made_on, conflicting=said if settled.conflict else None)


def too_long(length: int, limit: int = TEXT_LIMIT) -> str:
    """What to say of a text that is over its limit."""
    return _("This text has {length:,} characters; the most is {limit:,}. Please shorten it.").format(
        length=length, limit=limit
    )


def _answered(answer: Answer) -> bool:
    return answer.value is not None or answer.unknown or answer.not_applicable


def _row(question: str) -> str:
    return f"question:{question}"


def _parts(said: Said) -> Parts:
    return {"answers": asdict(said.answer), "notes": {name: getattr(said, name) for name in TEXT_FIELDS}}


def _entry(answer: Revision, notes: Revision) -> Entry:
    if answer is NEVER_WRITTEN:
        return Entry()
    return _from_parts({"answers": answer.data, "notes": notes.data}, answer.revision, answer.day)


def _from_parts(parts: Parts, revision: int, day: date | None) -> Entry:
    if parts["answers"] is None:
        return Entry()
    return Entry(Said(Answer(**parts["answers"]), **parts["notes"]), revision, day)


def _value(question: Question, choice: str) -> int | str | None:
    if choice in ("", UNKNOWN, NOT_APPLICABLE):
        return None
    return _digit(choice) if isinstance(question, LevelQuestion) else choice


def _evidence(typed: str) -> int | None:
    return _digit(typed) if typed else None


def _digit(typed: str) -> int:
    """The digit that was sent; otherwise -1, which is no level, and no strength of evidence."""
    return int(typed) if len(typed) == 1 and typed in digits else -1
