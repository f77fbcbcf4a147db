"""Who is asked what, as facts and answers come in."""

import pytest

from questionnaires.conditions import Value
from questionnaires.visibility import questions_to_decide, visible_questions
from standards.models import Intensity
from tests.questionnaires.samples import EVERY_KIND, SAMPLE, read
from tests.standards.samples import changed

ONLINE: dict[str, Intensity] = {"online": "some"}
OFFLINE: dict[str, Intensity] = {"online": "none"}


def asked(profile: dict[str, Intensity], answers: dict[str, Value], text: str = SAMPLE) -> list[str]:
    return [*visible_questions(read(text), profile, answers)]


def test_without_a_profile_what_waits_for_a_fact_alone_is_asked() -> None:
    assert asked({}, {}) == ["q1", "q2"]


def test_an_organisation_without_contact_online_is_not_asked_about_it() -> None:
    assert asked(OFFLINE, {}) == ["q1"]


def test_what_comes_after_a_hidden_question_is_asked() -> None:
    assert asked(OFFLINE, {}, EVERY_KIND) == ["q1", "q4", "q5", "q6", "q7", "q8"]


def test_a_follow_up_waits_for_the_answer_that_it_is_about() -> None:
    assert asked(ONLINE, {}) == ["q1", "q2"]
    assert asked(ONLINE, {"q2": 0}) == ["q1", "q2"]
    assert asked(ONLINE, {"q2": 1}) == ["q1", "q2", "q3"]


def test_an_answer_to_a_hidden_question_counts_as_unanswered_for_those_after_it() -> None:
    answers: dict[str, Value] = {"q2": 3, "q4": "yes"}
    hidden = changed(
        EVERY_KIND,
        'prompt: "Is there a person to turn to?"',
        'prompt: "Is there?"\n        when: {answer: q3, equals: "yes"}',
    )
    assert "q9" in asked(ONLINE, {**answers, "q3": "yes"}, hidden)
    assert "q9" not in asked(OFFLINE, {**answers, "q3": "yes"}, hidden)


def test_a_question_decides_when_a_condition_of_another_names_it() -> None:
    assert read(SAMPLE).deciding == {"q2"}


@pytest.mark.parametrize(
    ("when", "needed"),
    [
        ("", {"q4"}),
        ("when: {fact: online, at_least: some}", {"q4"}),
        ("when: {answer: q1, at_least: 1}", {"q4", "q1"}),
        ("when: {not: {answer: q1, at_least: 1}}", {"q4", "q1"}),
        ("when: {all: [{answer: q1, at_least: 1}, {fact: online, at_least: some}]}", {"q4", "q1"}),
        ("when: {any: [{answer: q1, at_least: 1}, {answer: q2, at_least: 1}]}", {"q4", "q1", "q2"}),
        ('when: {answer: q3, equals: "yes"}', {"q4", "q3", "q2"}),
    ],
)
def test_what_decides_about_a_question_is_what_its_condition_names_and_what_decides_about_that(
    when: str, needed: set[str]
) -> None:
    prompt = 'prompt: "Is there a person to turn to?"'
    questionnaire = read(changed(EVERY_KIND, prompt, f"{prompt}\n        {when}"))
    assert questions_to_decide(questionnaire, [questionnaire.questions["q4"]]) == needed
