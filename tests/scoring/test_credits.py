from datetime import date
from typing import Any

import pytest

from questionnaires.models import Question
from scoring.credits import credit, months_between, scored
from scoring.refusals import BadAnswer
from scoring.values import Value
from tests.scoring.cast import TODAY, asking

SCALES = {
    "how_often": [
        {"id": "always", "label": "Always", "credit": 1},
        {"id": "mostly", "label": "Most of the time", "credit": 0.75},
        {"id": "never", "label": "Never", "credit": 0},
    ]
}


def the_question(**question: Any) -> Question:
    (only,) = asking({"id": "q1", **question}, scales=SCALES).questions.values()
    return only


def credit_of(question: Question, value: Value) -> float:
    assert scored(question)
    scales = asking({"id": "q1", "kind": "text"}, scales=SCALES).scales
    return credit(question, value, scales=scales, on=TODAY)


@pytest.mark.parametrize(("level", "earned"), [(0, 0), (1, 1 / 3), (2, 2 / 3), (3, 1)])
def test_a_level_earns_a_third_for_each_step(level: int, earned: float) -> None:
    assert credit_of(the_question(kind="level"), level) == earned


@pytest.mark.parametrize(("option", "earned"), [("always", 1), ("mostly", 0.75), ("never", 0)])
def test_a_choice_earns_what_its_option_declares(option: str, earned: float) -> None:
    assert credit_of(the_question(kind="choice", scale="how_often"), option) == earned


BOXES: list[dict[str, Any]] = [
    {"id": "signed", "label": "Signed", "weight": 2, "required": True},
    {"id": "dated", "label": "Dated"},
    {"id": "posted", "label": "Posted"},
]


@pytest.mark.parametrize(
    ("ticked", "earned"),
    [
        ((), 0),
        (("signed",), 2 / 4),
        (("signed", "dated"), 3 / 4),
        (("signed", "dated", "posted"), 1),
        (("posted", "dated", "signed"), 1),
        (("dated",), 1 / 4),
        (("dated", "posted"), 1 / 3),
    ],
)
def test_a_checklist_earns_its_ticked_share_capped_while_a_required_box_is_open(
    ticked: tuple[str, ...], earned: float
) -> None:
    assert credit_of(the_question(kind="checklist", boxes=BOXES), ticked) == earned


@pytest.mark.parametrize(
    ("ticked", "earned"),
    [
        (("signed",), 1 / 3),
        (("signed", "posted"), 1 / 3),
        (("dated", "posted"), 1 / 3),
        (("posted",), 1 / 4),
        (("signed", "dated"), 3 / 4),
    ],
)
def test_of_several_required_boxes_one_that_is_open_is_enough_for_the_cap(
    ticked: tuple[str, ...], earned: float
) -> None:
    boxes = [box | {"required": box["id"] != "posted"} for box in BOXES]

    assert credit_of(the_question(kind="checklist", boxes=boxes), ticked) == earned


def test_a_checklist_without_required_boxes_has_no_cap() -> None:
    boxes = [box | {"required": False} for box in BOXES]

    assert credit_of(the_question(kind="checklist", boxes=boxes), ("dated", "posted")) == 2 / 4


def test_a_checklist_says_its_own_cap() -> None:
    question = the_question(kind="checklist", boxes=BOXES, cap_without_required=0.3)

    assert credit_of(question, ("dated", "posted")) == 0.3


@pytest.mark.parametrize(("said", "earned"), [(0, 0), (25, 0.25), (62.5, 0.625), (100, 1)])
def test_a_percentage_earns_its_share(said: float, earned: float) -> None:
    assert credit_of(the_question(kind="percentage"), said) == earned


@pytest.mark.parametrize(
    ("said", "earned"), [(0, 0.1), (50, 0.1), (70, 0.3), (90, 0.5), (92.5, 0.75), (99, 1)]
)
def test_a_percentage_is_read_off_the_points_and_held_at_both_ends(said: float, earned: float) -> None:
    question = the_question(kind="percentage", points=[[50, 0.1], [90, 0.5], [95, 1]])

    assert credit_of(question, said) == pytest.approx(earned)


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [
        (date(2026, 1, 15), date(2026, 2, 14), 0),
        (date(2026, 1, 15), date(2026, 2, 15), 1),
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 1, 31), date(2026, 3, 1), 1),
        (date(2025, 12, 31), date(2026, 1, 30), 0),
        (date(2024, 2, 29), date(2025, 2, 28), 11),
        (date(2023, 11, 21), date(2026, 11, 21), 36),
        (date(2026, 11, 21), date(2026, 11, 21), 0),
    ],
)
def test_months_are_whole_and_counted_by_the_calendar(earlier: date, later: date, months: int) -> None:
    assert months_between(earlier, later) == months


@pytest.mark.parametrize(
    ("when", "earned"),
    [
        (TODAY, 1),
        (date(2025, 11, 21), 1),
        (date(2025, 10, 22), 1),
        (date(2025, 10, 21), 0.5),
        (date(2023, 11, 22), 0.5),
        (date(2023, 11, 21), 0),
        (date(2001, 1, 1), 0),
    ],
)
def test_something_recent_earns_all_something_stale_nothing_and_half_between(
    when: date, earned: float
) -> None:
    assert credit_of(the_question(kind="recency", fresh_months=12, stale_months=36), when) == earned


def test_a_date_after_the_reference_date_earns_nothing_and_is_refused() -> None:
    question = the_question(kind="recency", fresh_months=12, stale_months=36)

    with pytest.raises(BadAnswer, match="^q1: expected a date not after 2026-11-21$"):
        credit_of(question, date(2026, 11, 22))


@pytest.mark.parametrize("kind", ["text", "number"])
def test_words_and_free_numbers_are_never_scored(kind: str) -> None:
    assert not scored(the_question(kind=kind))
