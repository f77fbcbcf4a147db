"""Which questions an organisation is asked, given what it has said so far."""

from collections.abc import Mapping

from questionnaires.conditions import Profile, Value, shown
from questionnaires.models import Question, Questionnaire


def visible_questions(
    questionnaire: Questionnaire, profile: Profile, answers: Mapping[str, Value]
) -> Mapping[str, Question]:
    """The questions that are asked, by their ids, in order.

    `answers` holds values only, without "don't know" and "not applicable". A hidden question counts
    as unanswered for those after it, whatever was said to it before.
    """
    visible: dict[str, Question] = {}
    heard: dict[str, Value] = {}
    for name, question in questionnaire.questions.items():
        if not shown(question.when, profile, heard):
            continue
        visible[name] = question
        if name in answers:
            heard[name] = answers[name]
    return visible
