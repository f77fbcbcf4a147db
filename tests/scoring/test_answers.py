from datetime import date, datetime
from typing import Any

import pytest

from scoring.answers import Answer, check_answer, read_answer, read_answers, values_said
from scoring.assessment import assess
from scoring.refusals import BadAnswer
from tests.scoring.cast import TODAY, asking, asking_levels, at, critical, edition, level_question

QUESTIONS = asking(
    {"id": "level", "kind": "level", "informs": ["A"], "not_applicable": True},
    {"id": "sure", "kind": "level", "informs": ["A"]},
    {"id": "choice", "kind": "choice", "scale": "in_place"},
    {"id": "boxes", "kind": "checklist", "boxes": [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]},
    {"id": "share", "kind": "percentage"},
    {"id": "last", "kind": "recency", "fresh_months": 1, "stale_months": 2},
    {"id": "words", "kind": "text"},
    {"id": "count", "kind": "number"},
    scales={
        "in_place": [{"id": "yes", "label": "Yes", "credit": 1}, {"id": "no", "label": "No", "credit": 0}]
    },
)
NAN, INFINITY = float("nan"), float("inf")
HUGE = 10**400
"""More than a floating-point number can hold: JSON can say it."""


def read(question: str, raw: object) -> Answer:
    return read_answer(QUESTIONS, question, raw, on=TODAY)


@pytest.mark.parametrize(
    ("question", "raw", "answer"),
    [
        ("level", {"value": 2, "evidence": 3, "note": "Since March."}, Answer(value=2, evidence=3)),
        ("level", {"value": 0, "evidence_kept": "The blue folder."}, Answer(value=0)),
        ("level", {"unknown": True}, Answer(unknown=True)),
        ("level", {"not_applicable": "We work with adults only."}, Answer(not_applicable=True)),
        ("level", {"note": "To be asked."}, Answer()),
        ("level", {"value": None, "unknown": False, "not_applicable": None, "evidence": None}, Answer()),
        ("level", {}, Answer()),
        ("choice", {"value": "yes"}, Answer(value="yes")),
        ("boxes", {"value": ["b", "a"]}, Answer(value=("a", "b"))),
        ("boxes", {"value": []}, Answer(value=())),
        ("share", {"value": 99.5}, Answer(value=99.5)),
        ("last", {"value": "2026-11-21"}, Answer(value=TODAY)),
        ("last", {"value": date(2026, 1, 2)}, Answer(value=date(2026, 1, 2))),
        ("words", {"value": "Ours."}, Answer(value="Ours.")),
        ("count", {"value": -3}, Answer(value=-3)),
        ("count", {"value": HUGE}, Answer(value=HUGE)),
    ],
)
def test_an_answer_is_read_as_it_was_given(question: str, raw: object, answer: Answer) -> None:
    assert read(question, raw) == answer


@pytest.mark.parametrize(
    ("question", "raw", "expected"),
    [
        ("level", {"value": 4}, "a whole number from 0 to 3"),
        ("level", {"value": -1}, "a whole number from 0 to 3"),
        ("level", {"value": 2.0}, "a whole number from 0 to 3"),
        ("level", {"value": True}, "a whole number from 0 to 3"),
        ("level", {"value": "2"}, "a whole number from 0 to 3"),
        ("level", {"value": NAN}, "a whole number from 0 to 3"),
        ("level", {"value": []}, "a whole number from 0 to 3"),
        ("choice", {"value": "perhaps"}, "one of: yes, no"),
        ("choice", {"value": True}, "one of: yes, no"),
        ("choice", {"value": ["yes"]}, "one of: yes, no"),
        ("boxes", {"value": "ab"}, "a list of boxes out of: a, b"),
        ("boxes", {"value": ["a", 1]}, "a list of boxes out of: a, b"),
        ("boxes", {"value": ["a", "a"]}, "each box once, out of: a, b"),
        ("boxes", {"value": ["a", "c"]}, "only boxes out of: a, b"),
        ("share", {"value": 100.1}, "a number from 0 to 100"),
        ("share", {"value": -0.1}, "a number from 0 to 100"),
        ("share", {"value": NAN}, "a number from 0 to 100"),
        ("share", {"value": INFINITY}, "a number from 0 to 100"),
        ("share", {"value": HUGE}, "a number from 0 to 100"),
        ("share", {"value": False}, "a number from 0 to 100"),
        ("share", {"value": "50"}, "a number from 0 to 100"),
        ("last", {"value": "2026-11-22"}, "a date not after 2026-11-21"),
        ("last", {"value": "20261121"}, "a date written as YYYY-MM-DD"),
        ("last", {"value": "2026-02-30"}, "a date written as YYYY-MM-DD"),
        ("last", {"value": "soon"}, "a date written as YYYY-MM-DD"),
        ("last", {"value": 2026}, "a date written as YYYY-MM-DD"),
        ("last", {"value": datetime(2026, 1, 2)}, "a date written as YYYY-MM-DD"),  # noqa: DTZ001
        ("words", {"value": 1}, "a text"),
        ("count", {"value": NAN}, "a number"),
        ("count", {"value": -INFINITY}, "a number"),
        ("count", {"value": True}, "a number"),
        ("level", {"value": 2, "evidence": 5}, "whole number from 0 to 4"),
        ("level", {"value": 2, "evidence": -1}, "whole number from 0 to 4"),
        ("level", {"value": 2, "evidence": True}, "whole number from 0 to 4"),
        ("level", {"value": 2, "evidence": 1.5}, "whole number from 0 to 4"),
        ("level", {"value": 2, "evidence": NAN}, "whole number from 0 to 4"),
        ("level", {"unknown": 1}, "true or false"),
        ("level", {"unknown": "true"}, "true or false"),
        ("level", {"not_applicable": ""}, "a reason"),
        ("level", {"not_applicable": "  \n"}, "a reason"),
        ("level", {"not_applicable": True}, "a reason"),
        ("level", {"not_applicable": False}, "a reason"),
        ("sure", {"not_applicable": "We think so."}, "not allowed here"),
        ("level", {"value": 2, "unknown": True}, "only one of"),
        ("level", {"value": 0, "not_applicable": "We think so."}, "only one of"),
        ("level", {"unknown": True, "not_applicable": "We think so."}, "only one of"),
        ("level", {"valeu": 2}, "nothing but: value, unknown, not_applicable, evidence, note, evidence_kept"),
        ("level", {"value": 2, "note": 3}, "a text as its note"),
        ("level", 2, "a value, “don't know” or “not applicable”"),
        ("level", None, "a value, “don't know” or “not applicable”"),
        ("elsewhere", {"value": 2}, "a question of this questionnaire"),
    ],
)
def test_a_bad_answer_is_refused_by_its_question_and_by_what_was_expected(
    question: str, raw: object, expected: str
) -> None:
    with pytest.raises(BadAnswer) as refused:
        read(question, raw)

    assert refused.value.about == question
    assert str(refused.value).startswith(f"{question}: expected ")
    assert expected in str(refused.value)


def test_a_refusal_never_repeats_what_was_given() -> None:
    with pytest.raises(BadAnswer) as refused:
        read("choice", {"value": "A child told us."})

    assert "child" not in repr(refused.value)


def test_many_answers_are_read_by_their_questions() -> None:
    raw = {"level": {"value": 1}, "choice": {"unknown": True}}

    assert read_answers(QUESTIONS, raw, on=TODAY) == {"level": at(1), "choice": Answer(unknown=True)}


def test_what_was_read_can_be_checked_again_without_the_reason() -> None:
    for question, answer in {
        "level": Answer(not_applicable=True),
        "boxes": Answer(value=("a", "b")),
        "last": Answer(value=TODAY),
    }.items():
        check_answer(QUESTIONS, question, answer, on=TODAY)


@pytest.mark.parametrize(
    "answers",
    [
        {"A": Answer(value=2, evidence=5)},
        {"A": Answer(unknown=True, evidence=5)},
        {"A": Answer(evidence=-1)},
        {"A": Answer(value=4)},
        {"A": Answer(value=2, unknown=True)},
        {"B": at(2)},
    ],
)
def test_scoring_refuses_what_was_not_read_at_the_door(answers: dict[str, Answer]) -> None:
    framework = edition({"policy": [critical("A")]})

    with pytest.raises(BadAnswer):
        assess(framework, asking_levels(framework), answers, on=TODAY)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(unknown=1),  # type: ignore[arg-type]
        Answer(not_applicable="We work with adults only."),  # type: ignore[arg-type]
        Answer(value=2, unknown=None),  # type: ignore[arg-type]
    ],
)
def test_whether_somebody_knows_and_whether_it_applies_are_true_or_false(answer: Answer) -> None:
    with pytest.raises(BadAnswer, match="^level: expected true or false$"):
        check_answer(QUESTIONS, "level", answer, on=TODAY)


def test_a_condition_can_look_at_values_alone_and_at_no_date() -> None:
    answers = {
        "level": at(0),
        "choice": Answer(unknown=True),
        "boxes": Answer(value=()),
        "last": Answer(value=TODAY),
        "words": Answer(),
        "sure": Answer(not_applicable=True),
    }

    assert values_said(answers) == {"level": 0, "boxes": ()}


def test_a_date_that_is_fine_today_is_refused_on_an_earlier_reference_date() -> None:
    raw: dict[str, Any] = {"value": "2026-11-20"}

    read_answer(QUESTIONS, "last", raw, on=TODAY)
    with pytest.raises(BadAnswer, match="not after 2026-11-19"):
        read_answer(QUESTIONS, "last", raw, on=date(2026, 11, 19))


def test_an_unknown_or_unrated_fact_is_refused() -> None:
    framework = edition({"policy": [critical("A")]})
    questionnaire = asking_levels(framework, profile=[{"fact": "online", "prompt": "Online?"}])

    with pytest.raises(BadAnswer, match="travel: expected a fact"):
        assess(framework, questionnaire, {}, on=TODAY, profile={"travel": "high"})
    with pytest.raises(BadAnswer, match="online: expected one of: none, some, high"):
        assess(framework, questionnaire, {}, on=TODAY, profile={"online": "lots"})  # type: ignore[dict-item]


@pytest.mark.parametrize("target", [0, 1, 4, True, 2.0, NAN])
def test_only_the_two_upper_levels_can_be_a_target(target: int) -> None:
    framework = edition({"policy": [critical("A")]})

    with pytest.raises(BadAnswer, match="A: expected target level 2 or 3"):
        assess(framework, asking_levels(framework), {}, on=TODAY, targets={"A": target})


def test_a_target_for_an_unknown_indicator_is_refused() -> None:
    framework = edition({"policy": [critical("A")]})

    with pytest.raises(BadAnswer, match="B: expected an indicator"):
        assess(framework, asking_levels(framework), {}, on=TODAY, targets={"B": 3})


def test_a_questionnaire_for_another_edition_is_refused() -> None:
    framework = edition({"policy": [critical("A")]})
    other = asking(level_question("A"), framework={"id": "sample", "edition": "0.9"})

    with pytest.raises(ValueError, match="does not ask sample 1.0"):
        assess(framework, other, {}, on=TODAY)
