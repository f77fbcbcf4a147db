"""What is asked, and what was said to it, in words: those of the pack where it has any."""

from datetime import date

from app.language import gettext as _
from app.language import long_date, number
from app.services.opened import OpenAssessment
from questionnaires.models import (
    ChecklistQuestion,
    ChoiceQuestion,
    LevelQuestion,
    PercentageQuestion,
    Question,
)
from scoring.answers import Answer
from scoring.values import Value


def prompt_of(assessment: OpenAssessment, question: Question) -> str:
    """What a question asks: its own words, or its indicator's statement."""
    if question.prompt is not None:
        return question.prompt
    return assessment.framework.indicators[question.informs[0].indicator].statement


def said_in_words(assessment: OpenAssessment, question: Question, answer: Answer) -> str:
    """An answer as one reads it, also where there is none."""
    if answer.unknown:
        return _("We don’t know")
    if answer.not_applicable:
        return _("Does not apply to us")
    if answer.value is None:
        return _("No answer yet")
    return value_in_words(assessment, question, answer.value)


def value_in_words(assessment: OpenAssessment, question: Question, value: Value) -> str:
    """A value as one reads it."""
    if isinstance(question, ChecklistQuestion):
        return _ticked(question, ticked_labels(question, value))
    if isinstance(question, ChoiceQuestion):
        options = assessment.questionnaire.scales[question.scale]
        return next(option.label for option in options if option.id == value)
    if isinstance(question, LevelQuestion) and isinstance(value, int):
        return assessment.framework.levels[value]
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, int | float):
        figure = number(value)
        return _("{figure} %").format(figure=figure) if isinstance(question, PercentageQuestion) else figure
    return str(value)


def ticked_labels(question: Question, value: Value | None) -> list[str]:
    """The words of the boxes that were ticked, in their order; none for another kind of question."""
    if not isinstance(question, ChecklistQuestion) or not isinstance(value, tuple):
        return []
    return [box.label for box in question.boxes if box.id in value]


def _ticked(question: ChecklistQuestion, labels: list[str]) -> str:
    if not labels:
        return _("None of these")
    counted = _("{ticked} of {boxes}").format(ticked=len(labels), boxes=len(question.boxes))
    return f"{counted}: {'; '.join(labels)}"
