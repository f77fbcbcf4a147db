"""Who is asked what, as facts and answers come in."""

from questionnaires.conditions import Value
from questionnaires.visibility import visible_questions
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
