"""What the value of an answer may be, kind by kind: each reader returns the typed value or refuses it.

Readers take what JSON can say as well as what they returned before, so a value read once can be read again.
"""

from collections.abc import Mapping
from datetime import date, datetime
from math import isfinite
from typing import TypeAlias, TypeGuard

from questionnaires.models import (
    Box,
    ChecklistQuestion,
    ChoiceQuestion,
    LevelQuestion,
    NumberQuestion,
    Option,
    PercentageQuestion,
    Question,
    RecencyQuestion,
    TextQuestion,
)
from scoring.refusals import BadAnswer
from standards.models import TOP_LEVEL

Value: TypeAlias = int | float | str | date | tuple[str, ...]
Scales: TypeAlias = Mapping[str, tuple[Option, ...]]


def read_value(question: Question, value: object, *, scales: Scales, on: date) -> Value:
    """The value in its question's own type; `on` is the assessment's reference date.

    Raises: BadAnswer where the value is outside its kind.
    """
    match question:
        case LevelQuestion():
            return level(question, value)
        case ChoiceQuestion():
            return option(question, value, scales).id
        case ChecklistQuestion():
            return tuple(box.id for box in boxes(question, value))
        case PercentageQuestion():
            return percentage(question, value)
        case RecencyQuestion():
            return day(question, value, on)
        case TextQuestion():
            return text(question, value)
        case NumberQuestion():
            return number(question, value)


def level(question: LevelQuestion, value: object) -> int:
    """A level, 0 to 3."""
    if type(value) is not int or not 0 <= value <= TOP_LEVEL:
        raise BadAnswer(question.id, "expected a whole number from 0 to {highest}", highest=TOP_LEVEL)
    return value


def option(question: ChoiceQuestion, value: object, scales: Scales) -> Option:
    """The option of the question's scale that was chosen by its id."""
    options = scales[question.scale]
    for candidate in options:
        if candidate.id == value:
            return candidate
    raise BadAnswer(question.id, "expected one of: {options}", options=", ".join(one.id for one in options))


def boxes(question: ChecklistQuestion, value: object) -> tuple[Box, ...]:
    """The boxes that were ticked by their ids, in the question's own order."""
    known = ", ".join(box.id for box in question.boxes)
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
        raise BadAnswer(question.id, "expected a list of boxes out of: {boxes}", boxes=known)
    ticked = set(value)
    if len(ticked) != len(value):
        raise BadAnswer(question.id, "expected each box once, out of: {boxes}", boxes=known)
    if not ticked <= {box.id for box in question.boxes}:
        raise BadAnswer(question.id, "expected only boxes out of: {boxes}", boxes=known)
    return tuple(box for box in question.boxes if box.id in ticked)


def percentage(question: PercentageQuestion, value: object) -> float:
    """A percentage, 0 to 100."""
    if not _is_number(value) or not 0 <= value <= 100:
        raise BadAnswer(question.id, "expected a number from 0 to 100")
    return value


def day(question: RecencyQuestion, value: object, on: date) -> date:
    """A date that is not after the reference date `on`."""
    when = _date(value)
    if when is None:
        raise BadAnswer(question.id, "expected a date written as YYYY-MM-DD")
    if when > on:
        raise BadAnswer(question.id, "expected a date not after {on}", on=on)
    return when


def text(question: TextQuestion, value: object) -> str:
    """Words."""
    if not isinstance(value, str):
        raise BadAnswer(question.id, "expected a text")
    return value


def number(question: NumberQuestion, value: object) -> float:
    """Any finite number."""
    if not _is_number(value):
        raise BadAnswer(question.id, "expected a number")
    return value


def _is_number(value: object) -> TypeGuard[int | float]:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return isinstance(value, int) or isfinite(value)


def _date(value: object) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        return None
    try:
        when = date.fromisoformat(value)
    except ValueError:
        return None
    return when if when.isoformat() == value else None
