"""Kleene's three-valued logic over facts and answers, as tables: T true, F false, U undecided."""

import pytest
from pydantic import TypeAdapter

from questionnaires.conditions import AnswerCondition, Condition, Value, shown
from standards.models import Intensity

PROFILE: dict[str, Intensity] = {"partners": "high", "travel": "none"}
T = {"fact": "partners", "at_least": "some"}
F = {"fact": "travel", "at_least": "some"}
U = {"fact": "online", "at_least": "some"}
PARTS = {"T": T, "F": F, "U": U}
CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)


def truth(condition: object) -> str:
    """T, F or U. An undecided condition shows a question, and so does its opposite."""
    is_shown = shown(CONDITION.validate_python(condition), PROFILE, {})
    opposite_is_shown = shown(CONDITION.validate_python({"not": condition}), PROFILE, {})
    return {(True, False): "T", (False, True): "F", (True, True): "U"}[is_shown, opposite_is_shown]


@pytest.mark.parametrize("letter", "TFU")
def test_a_comparison_with_a_fact_is_undecided_while_nobody_gave_the_fact(letter: str) -> None:
    assert truth(PARTS[letter]) == letter


@pytest.mark.parametrize(("part", "opposite"), [("T", "F"), ("F", "T"), ("U", "U")])
def test_the_opposite_of_undecided_is_undecided(part: str, opposite: str) -> None:
    assert truth({"not": PARTS[part]}) == opposite


@pytest.mark.parametrize(
    ("first", "second", "all_of_them", "any_of_them"),
    [
        ("T", "T", "T", "T"),
        ("T", "F", "F", "T"),
        ("T", "U", "U", "T"),
        ("F", "T", "F", "T"),
        ("F", "F", "F", "F"),
        ("F", "U", "F", "U"),
        ("U", "T", "U", "T"),
        ("U", "F", "F", "U"),
        ("U", "U", "U", "U"),
    ],
)
def test_all_and_any_follow_kleene(first: str, second: str, all_of_them: str, any_of_them: str) -> None:
    assert truth({"all": [PARTS[first], PARTS[second]]}) == all_of_them
    assert truth({"any": [PARTS[first], PARTS[second]]}) == any_of_them


def test_a_question_without_a_condition_is_shown() -> None:
    assert shown(None, {}, {})


def test_leaving_the_profile_out_hides_nothing() -> None:
    for condition in (T, F, U, {"not": T}, {"all": [T, F]}, {"any": [F, {"not": U}]}):
        assert shown(CONDITION.validate_python(condition), {}, {})


@pytest.mark.parametrize(
    ("comparison", "value", "holds"),
    [
        ({"at_least": 2}, 1, False),
        ({"at_least": 2}, 2, True),
        ({"at_least": 2}, 3, True),
        ({"at_most": 2}, 2, True),
        ({"at_most": 2}, 3, False),
        ({"at_least": 0}, 0, True),
        ({"equals": 0}, 0, True),
        ({"equals": 0}, 1, False),
        ({"at_least": 12.5}, 12.5, True),
        ({"equals": "yes"}, "yes", True),
        ({"equals": "yes"}, "no", False),
        ({"equals": "no"}, "not_yet", False),
        ({"equals": "calls"}, ("calls", "films"), True),
        ({"equals": "calls"}, ["films"], False),
        ({"equals": "calls"}, [], False),
    ],
    ids=str,
)
def test_an_earlier_answer_is_compared_with_a_literal(
    comparison: dict[str, object], value: Value, holds: bool
) -> None:
    condition = AnswerCondition.model_validate({"answer": "q1", **comparison})
    assert condition.holds({"q1": value}) is holds


@pytest.mark.parametrize(
    ("condition", "level", "is_shown"),
    [
        ({"not": {"answer": "q1", "at_least": 2}}, 1, True),
        ({"not": {"answer": "q1", "at_least": 2}}, 2, False),
        ({"any": [F, {"answer": "q1", "at_least": 2}]}, 2, True),
        ({"any": [F, {"answer": "q1", "at_least": 2}]}, 1, False),
        ({"all": [T, {"answer": "q1", "at_least": 2}]}, 2, True),
        ({"all": [T, {"answer": "q1", "at_least": 2}]}, 1, False),
    ],
)
def test_an_earlier_answer_is_looked_at_deep_inside_too(
    condition: dict[str, object], level: int, is_shown: bool
) -> None:
    assert shown(CONDITION.validate_python(condition), PROFILE, {"q1": level}) is is_shown


def test_a_condition_that_was_read_can_be_written_and_read_again() -> None:
    condition = CONDITION.validate_python({"all": [T, {"any": [{"not": U}, {"answer": "q1", "equals": 2}]}]})

    assert CONDITION.validate_python(condition) == condition
    assert CONDITION.validate_json(CONDITION.dump_json(condition, by_alias=True)) == condition


def test_an_unanswered_earlier_answer_makes_every_comparison_false() -> None:
    for comparison in ({"at_least": 0}, {"at_most": 3}, {"equals": "yes"}):
        condition = CONDITION.validate_python({"answer": "q1", **comparison})
        assert not shown(condition, {}, {})
        assert shown(CONDITION.validate_python({"not": {"answer": "q1", **comparison}}), {}, {})
