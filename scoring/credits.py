"""From an answer's value to its question's credit, 0 to 1. See docs/scoring.md, 2."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import TypeGuard

from questionnaires.models import (
    ChecklistQuestion,
    ChoiceQuestion,
    LevelQuestion,
    PercentageQuestion,
    Question,
    RecencyQuestion,
)
from scoring import values
from standards.models import TOP_LEVEL

UNKNOWN = 0.0
"""The credit of a "don't know": a measure nobody can vouch for is not counted as in place."""

HALF_STALE = 0.5

ScoredQuestion = LevelQuestion | ChoiceQuestion | ChecklistQuestion | PercentageQuestion | RecencyQuestion


def scored(question: Question) -> TypeGuard[ScoredQuestion]:
    """Whether answers to this question count: words and free numbers never do."""
    return isinstance(question, ScoredQuestion)


def credit(question: ScoredQuestion, value: values.Value, *, scales: values.Scales, on: date) -> float:
    """The credit of a value, 0 to 1; `on` is the assessment's reference date.

    Raises: BadAnswer where the value is outside its kind.
    """
    match question:
        case LevelQuestion():
            return values.level(question, value) / TOP_LEVEL
        case ChoiceQuestion():
            return values.option(question, value, scales).credit
        case ChecklistQuestion():
            return _ticked_share(question, value)
        case PercentageQuestion():
            return _read_off(question.points, values.percentage(question, value))
        case RecencyQuestion():
            return _freshness(question, months_between(values.day(question, value, on), on))


def months_between(earlier: date, later: date) -> int:
    """Whole calendar months: 15 January to 14 February is 0, to 15 February is 1."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - 1 if later.day < earlier.day else months


def _ticked_share(question: ChecklistQuestion, value: values.Value) -> float:
    ticked = values.boxes(question, value)
    share = sum(box.weight for box in ticked) / sum(box.weight for box in question.boxes)
    if all(box in ticked for box in question.boxes if box.required):
        return share
    return min(share, question.cap_without_required)


def _read_off(points: Sequence[tuple[float, float]], percentage: float) -> float:
    if percentage <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in pairwise(points):
        if percentage <= right:
            return low + (high - low) * (percentage - left) / (right - left)
    return points[-1][1]


def _freshness(question: RecencyQuestion, months: int) -> float:
    if months <= question.fresh_months:
        return 1.0
    if months >= question.stale_months:
        return 0.0
    return HALF_STALE
