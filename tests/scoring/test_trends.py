"""How scores moved over several rounds, each told by the last one's edition."""

from typing import Any

import pytest

from scoring.trends import TrendPoint, trends
from tests.scoring.cast import NOT_APPLICABLE, at, critical, edition, supporting
from tests.scoring.rounds import (
    ALL_IN_PLACE,
    ALL_STARTED,
    TWO_STANDARDS,
    a_round,
    before_it,
    with_links,
)

OLD = before_it({"old": [supporting("X"), critical("Y")]})
NEW = with_links([("X", "A D"), ("Y", "B")])


def points(point: TrendPoint) -> tuple[Any, ...]:
    return point.score, point.translated, point.share


def test_rounds_of_one_edition_have_the_standards_own_scores() -> None:
    framework = edition(TWO_STANDARDS)
    moved = trends(
        [
            a_round(framework, ALL_STARTED),
            a_round(framework, {"A": at(3), "C": NOT_APPLICABLE, "D": NOT_APPLICABLE}),
            a_round(framework, ALL_IN_PLACE),
        ]
    )
    policy, people = moved.standards

    assert moved.headline == pytest.approx((100 / 3, 100, 200 / 3))
    assert (policy.standard, people.standard) == ("policy", "people")
    assert [points(one) for one in policy.points] == [
        (pytest.approx(100 / 3), False, 100),
        (100, False, pytest.approx(60)),
        (pytest.approx(200 / 3), False, 100),
    ]
    assert [one.score for one in people.points] == [
        pytest.approx(100 / 3),
        None,
        pytest.approx(200 / 3),
    ]


def test_a_round_of_an_earlier_edition_is_read_by_the_links_and_says_so() -> None:
    moved = trends([a_round(OLD, {"X": at(1), "Y": at(3)}), a_round(NEW, ALL_IN_PLACE)])
    policy, people = moved.standards

    # policy: A stands for X with weight 3, B for Y with weight 2. people: D for X; C, of 3, has no link.
    assert points(policy.points[0]) == (pytest.approx(100 * (3 / 3 + 2) / 5), True, 100)
    assert points(people.points[0]) == (pytest.approx(100 / 3), True, 25)
    assert points(people.points[1]) == (pytest.approx(200 / 3), False, 100)
    assert moved.headline == pytest.approx((100 * (1 / 3 + 3) / 4, 200 / 3))


def test_what_the_earlier_round_did_not_answer_does_not_count_whatever_the_later_one_says() -> None:
    (policy, people) = trends([a_round(OLD, {"Y": at(1)}), a_round(NEW, {})]).standards

    assert points(policy.points[0]) == (pytest.approx(100 / 3), True, 40)
    assert points(people.points[0]) == (None, False, None)
    assert [points(one.points[1]) for one in (policy, people)] == [(None, False, None)] * 2


def test_a_round_of_an_edition_that_nothing_links_has_a_headline_and_no_more() -> None:
    moved = trends([a_round(OLD, {"X": at(3), "Y": at(3)}), a_round(edition(TWO_STANDARDS), ALL_STARTED)])

    assert moved.headline == pytest.approx((100, 100 / 3))
    assert [points(one.points[0]) for one in moved.standards] == [(None, False, None)] * 2


def test_a_round_after_which_the_organisation_went_back_to_an_earlier_edition_has_no_value_there() -> None:
    (old,) = trends([a_round(NEW, ALL_IN_PLACE), a_round(OLD, {"X": at(0)})]).standards

    assert [one.score for one in old.points] == [None, 0]


def test_one_round_is_a_trend_of_one_point() -> None:
    moved = trends([a_round(NEW, ALL_IN_PLACE)])

    assert [len(one.points) for one in moved.standards] == [1, 1]


def test_rounds_with_two_frameworks_are_refused_wherever_they_stand() -> None:
    other = edition({"policy": [critical("A")]}, id="other")

    with pytest.raises(ValueError, match="^expected two rounds with one framework"):
        trends([a_round(NEW, {}), a_round(other, {}), a_round(NEW, {})])


def test_no_round_has_no_trend() -> None:
    with pytest.raises(ValueError, match="^expected at least one round$"):
        trends([])
