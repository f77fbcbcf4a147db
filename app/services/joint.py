"""What counts once several raters have answered apart, and their rating was ended.

What they said is then sealed once more, beside the assessment's own answers: so whoever may read its report
reads it with the same keys, without any rater's sheet. Until an answer is agreed, the middle one counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from app.services import answers
from app.services.opened import RATED, OpenAssessment
from app.services.profiles import Profile
from app.services.said import NOTHING_SAID, Said, as_json, entry_of, opened, parts_of
from app.services.saving import Parts, Settled, Standing, settle, standing
from app.vault.data_keys import Label
from questionnaires.models import Question, TextQuestion
from scoring.answers import Answer
from scoring.raters import Rated, rate

LABELS: tuple[Label, ...] = ("answers", "notes")
WHY = "why"


@dataclass(frozen=True)
class Heard:
    """What the raters said who had handed in when a rating was ended, by sheet and question."""

    ended_on: date
    raters: Mapping[str, Mapping[str, Answer]] = field(repr=False)


@dataclass(frozen=True)
class Agreed:
    """What was agreed on one question and why, and the revision it stands at (0: nothing yet)."""

    said: Said = NOTHING_SAID
    why: str = field(default="", repr=False)
    revision: int = 0

    @property
    def there(self) -> bool:
        """Whether an agreed answer is recorded."""
        return self.revision > 0


def keep(assessment: OpenAssessment, sheets: Iterable[OpenAssessment], today: date) -> None:
    """Seal what the raters said in the sheets that count, and nothing of the words beside it."""
    said = {sheet.id: _scored(sheet) for sheet in sheets}
    data = {"ended_on": today.isoformat(), "raters": _without_words(assessment, said)}
    assessment.rows.write(*RATED, data, made_on=0)


def load(assessment: OpenAssessment) -> Heard | None:
    """What the raters said; None while no rating was ended."""
    data = assessment.rows.read(*RATED).data
    if data is None:
        return None
    asked = assessment.questionnaire.questions
    said = {
        sheet: {question: opened(asked[question], one) for question, one in each.items()}
        for sheet, each in data["raters"].items()
    }
    return Heard(date.fromisoformat(data["ended_on"]), said)


def questions(assessment: OpenAssessment, heard: Heard, facts: Profile) -> Mapping[str, Rated]:
    """What the raters said to each question that is asked, and what counts of it.

    Where none of them said anything, what the assessment says itself counts.
    """
    asked = assessment.questionnaire.questions
    agreed = assessment.rows.read_many(("answers", row_of(question)) for question in asked)
    rated = rate(
        assessment.questionnaire,
        heard.raters,
        {
            question: opened(asked[question], one.data)
            for (_label, row), one in agreed.items()
            if one.data is not None and (question := row.removeprefix(row_of("")))
        },
        on=assessment.closed_on or assessment.rows.today,
        profile=facts,
        otherwise=answers.for_scoring(assessment, asked),
    )
    return {question: _in_its_place(asked[question], one) for question, one in rated.items()}


def look_ahead(assessment: OpenAssessment, questions: Iterable[str]) -> None:
    """Read in one go what was agreed on some questions."""
    assessment.rows.read_many((label, row_of(question)) for question in questions for label in LABELS)


def agreement(assessment: OpenAssessment, question: Question) -> Agreed:
    """What was agreed on a question so far, opened with the words beside it."""
    return _agreed(question, standing(assessment.rows, row_of(question.id), LABELS))


def agree(
    assessment: OpenAssessment, question: Question, said: Said, why: str, made_on: int, form: str = ""
) -> tuple[Agreed, bool]:
    """Record what was agreed; what stands now, and whether somebody else recorded something meanwhile.

    It becomes the assessment's own answer, over whatever that was.
    """
    parts, untouched = _parts(question, said, why), _parts(question, NOTHING_SAID, "")
    settled: Settled = settle(assessment.rows, row_of(question.id), parts, made_on, untouched, form)
    if not settled.conflict:
        answers.write_over(assessment, question, said, form)
    return _agreed(question, settled.standing), settled.conflict


def row_of(question: str) -> str:
    """The name of the rows that what was agreed on a question is sealed in."""
    return f"agreed:{question}"


def _parts(question: Question, said: Said, why: str) -> Parts:
    parts = parts_of(question, said)
    return {"answers": parts["answers"], "notes": parts["notes"] | {WHY: why}}


def _agreed(question: Question, now: Standing) -> Agreed:
    if now.parts["answers"] is None:
        return Agreed()
    texts = dict(now.parts["notes"])
    why = texts.pop(WHY)
    entry = entry_of(question, {"answers": now.parts["answers"], "notes": texts}, now.revision, now.day)
    return Agreed(entry.said, why, now.revision)


def _scored(sheet: OpenAssessment) -> dict[str, Answer]:
    entries = answers.load(sheet)
    return {question: entry.said.answer for question, entry in entries.items() if entry.said.answered}


def _without_words(assessment: OpenAssessment, said: Mapping[str, Mapping[str, Answer]]) -> dict[str, Any]:
    """What was said as it is sealed. Of an answer in words there is only a number: the same for the same."""
    asked = assessment.questionnaire.questions
    numbers: dict[str, dict[Any, str]] = {}

    def sealed(question: str, answer: Answer) -> dict[str, Any]:
        value = as_json(answer.value)
        if isinstance(asked[question], TextQuestion) and value is not None:
            known = numbers.setdefault(question, {})
            value = known.setdefault(value, str(len(known) + 1))
        return asdict(answer) | {"value": value}

    return {sheet: {id_: sealed(id_, one) for id_, one in each.items()} for sheet, each in said.items()}


def _in_its_place(question: Question, rated: Rated) -> Rated:
    """As answers are scored everywhere: one in words is empty."""
    if not isinstance(question, TextQuestion) or rated.scored.value is None:
        return rated
    return replace(rated, scored=replace(rated.scored, value=""))
