"""Which questions an organisation is asked, given what it has said so far."""

from collections.abc import Iterable, Mapping

from questionnaires.conditions import Profile, Value, answers_named, shown
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


def questions_to_decide(questionnaire: Questionnaire, about: Iterable[Question]) -> set[str]:
    """The ids of some questions, and of all those whose answers decide whether they are asked."""
    needed: set[str] = set()
    waiting = [question.id for question in about]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting.extend(answers_named(questionnaire.questions[name].when))
    return needed
