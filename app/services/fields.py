"""What the fields of a form hold for an answer of each kind, and the answer that they make.

A level or an option is one `choice`. A checklist has a field for each box, `box:<id>`; a date has `day`,
`month` and `year`; the others have a `value`. Beside these stand ticks: `none`, `unknown`, `not_applicable`.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from string import digits

from app.language import gettext as _
from app.language import long_date
from app.services.faults import Refused
from questionnaires.models import (
    ChecklistQuestion,
    ChoiceQuestion,
    LevelQuestion,
    NumberQuestion,
    PercentageQuestion,
    Question,
    Questionnaire,
    RecencyQuestion,
    TextQuestion,
)
from scoring.answers import Answer, check_answer
from scoring.credits import scored
from scoring.refusals import BadAnswer
from scoring.values import Value, read_value

UNKNOWN = "-unknown"
NOT_APPLICABLE = "-not-applicable"
"""What a form sends as the choice for these two; no option's id begins with a hyphen."""

TICKED = "yes"
APART = ("none", "unknown", "not_applicable")
BOX = "box:"
DATE_PARTS = ("day", "month", "year")

MOST = 10**12
"""No number that somebody counts is as large."""

# A sign before three digits may part thousands or decimals: two decimals at most, and nobody has to guess.
_NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,2})?")
_AS_WE_WRITE_IT = str.maketrans({",": ".", "\u066b": ".", "\u2212": "-"})


def chosen(question: Question) -> bool:
    """Whether it is answered by choosing one thing out of several."""
    return isinstance(question, LevelQuestion | ChoiceQuestion)


def main_field(question: Question) -> str:
    """The field to look at when its answer cannot be taken."""
    return "choice" if chosen(question) else "value"


def apart(question: Question) -> list[str]:
    """The answers that stand apart from its own: "none of these", "we don't know", "does not apply"."""
    offered = {
        "none": isinstance(question, ChecklistQuestion),
        "unknown": scored(question),
        "not_applicable": question.not_applicable,
    }
    return [name for name in APART if offered[name]]


def fields_of(question: Question, answer: Answer) -> dict[str, str]:
    """What every field holds for an answer, or for none."""
    if chosen(question):
        return {"choice": _choice_of(answer)}
    none = isinstance(question, ChecklistQuestion) and answer.value == ()
    said = {"none": none, "unknown": answer.unknown, "not_applicable": answer.not_applicable}
    return _fields_of_value(question, answer.value) | {name: TICKED if said[name] else "" for name in APART}


def answer_in(question: Question, typed: Mapping[str, str]) -> Answer:
    """The answer that was typed; what is outside its kind, or in no list, is for scoring to refuse.

    Raises:
        Refused: when it cannot be read, or when there are two.
    """
    if chosen(question):
        choice = typed.get("choice", "")
        return Answer(_choice(question, choice), choice == UNKNOWN, choice == NOT_APPLICABLE)
    value = _value(question, typed)
    ticked = [name for name in APART if typed.get(name)]
    if len(ticked) + (value is not None) > 1:
        raise Refused([("value", _("There is more than one answer here. Please keep one of them."))])
    if "none" in ticked:
        value = ()
    return Answer(value, "unknown" in ticked, "not_applicable" in ticked)


def checked(questionnaire: Questionnaire, question: Question, answer: Answer, on: date) -> Answer:
    """An answer with its value in its question's own type, but for its evidence; `on` is the reference date.

    Raises:
        BadAnswer: when it is outside its kind, or cannot be shown in the fields of a form as it is.
    """
    value = answer.value
    if value is not None:
        value = read_value(question, value, scales=questionnaire.scales, on=on)
    if isinstance(value, str):
        value = value.strip() or None
    if isinstance(value, int | float) and not (abs(value) < MOST and round(value, 2) == value):
        raise BadAnswer(question.id, "expected a number with at most two decimals")
    if answer.unknown and not scored(question):
        raise BadAnswer(question.id, "expected an answer: “don't know” is not asked for here")
    answer = replace(answer, value=value)
    check_answer(questionnaire, question.id, replace(answer, evidence=None), on=on)
    return answer


def expected(question: Question, today: date) -> str:
    """What to say of an answer that is outside its kind."""
    match question:
        case PercentageQuestion() | NumberQuestion():
            return _figures_expected(question)
        case RecencyQuestion():
            return _("This date is later than today, {today}. Give the day when it last happened.").format(
                today=long_date(today)
            )
        case _:
            return _("Choose one of the answers that are listed here.")


def _figures_expected(question: Question) -> str:
    if isinstance(question, PercentageQuestion):
        return _("Write a percentage from 0 to 100, in figures, such as 85 or 62.5.")
    return _("Write one number in figures, such as 1200 or 7.5, with nothing between the thousands.")


def _choice_of(answer: Answer) -> str:
    if answer.unknown:
        return UNKNOWN
    if answer.not_applicable:
        return NOT_APPLICABLE
    return "" if answer.value is None else str(answer.value)


def _choice(question: Question, choice: str) -> Value | None:
    if choice in ("", UNKNOWN, NOT_APPLICABLE):
        return None
    return digit(choice) if isinstance(question, LevelQuestion) else choice


def digit(typed: str) -> int:
    """The digit that was sent; otherwise -1, which is no level, and no strength of evidence."""
    return int(typed) if len(typed) == 1 and typed in digits else -1


def _fields_of_value(question: Question, value: Value | None) -> dict[str, str]:
    if isinstance(question, ChecklistQuestion):
        ticked = value if isinstance(value, tuple) else ()
        return {BOX + box.id: TICKED if box.id in ticked else "" for box in question.boxes}
    if isinstance(question, RecencyQuestion):
        parts = (value.day, value.month, value.year) if isinstance(value, date) else ("", "", "")
        return {name: str(part) for name, part in zip(DATE_PARTS, parts, strict=True)}
    return {"value": _in_figures(value) if isinstance(value, int | float) else str(value or "")}


def _in_figures(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _value(question: Question, typed: Mapping[str, str]) -> Value | None:
    if isinstance(question, ChecklistQuestion):
        ticked = [name.removeprefix(BOX) for name, said in typed.items() if name.startswith(BOX) and said]
        return tuple(ticked) or None
    if isinstance(question, RecencyQuestion):
        return _day(*(typed.get(part, "").strip() for part in DATE_PARTS))
    text = typed.get("value", "").strip()
    if isinstance(question, TextQuestion) or not text:
        return text or None
    return _number(question, text)


def _number(question: Question, typed: str) -> float:
    if isinstance(question, PercentageQuestion):
        typed = typed.rstrip("%٪").rstrip()
    figures = typed.translate(_AS_WE_WRITE_IT)
    if not _NUMBER.fullmatch(figures):
        raise Refused([("value", _figures_expected(question))])
    read = float(figures)
    return int(read) if read.is_integer() else read


def _day(day: str, month: str, year: str) -> date | None:
    """The day that was meant, the first of the month where no day is named."""
    if not (day or month or year):
        return None
    if not (month and year):
        raise Refused([("value", _("Give the month and the year; the day too, if you know it."))])
    if re.fullmatch(r"\d{4}", year) and all(re.fullmatch(r"\d{1,2}", part) for part in (day or "1", month)):
        try:
            return date(int(year), int(month), int(day or "1"))
        except ValueError:
            pass
    raise Refused(
        [("value", _("There is no such day. Look at the day, and write the year with four figures."))]
    )
