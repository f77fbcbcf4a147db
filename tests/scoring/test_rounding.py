from decimal import Decimal

import pytest

from scoring.rounding import (
    beside_threshold,
    level_reached,
    one_decimal,
    reaches,
    shown_parts,
    whole_percent,
)

JUST_ABOVE, JUST_BELOW = 1e-10, -1e-10


@pytest.mark.parametrize(
    ("figure", "threshold", "reached"),
    [
        (2 / 3, 2 / 3, True),
        (0.1 + 0.2, 0.3, True),
        (0.3, 0.1 + 0.2, True),
        (2 / 3 + JUST_BELOW, 2 / 3, True),
        (0.6666, 2 / 3, False),
        (79.9999, 80, False),
        (79.999999998, 80, False),
        (79.9999999996, 80, True),
        (80, 80, True),
    ],
)
def test_figures_are_compared_to_nine_decimals(figure: float, threshold: float, reached: bool) -> None:
    assert reaches(figure, threshold) is reached


@pytest.mark.parametrize(
    ("attainment", "level"),
    [
        (0, 0),
        (0.333, 0),
        (1 / 3, 1),
        (1 / 3 + JUST_BELOW, 1),
        (0.5, 1),
        (0.6666, 1),
        (2 / 3, 2),
        (0.1 * 2 / 0.3, 2),
        (0.75, 2),
        (1 + JUST_BELOW, 3),
        (1, 3),
    ],
)
def test_attainment_is_rounded_down_to_a_level(attainment: float, level: int) -> None:
    assert level_reached(attainment) == level


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (0, 0),
        (0.5, 1),
        (12.49, 12),
        (12.5, 13),
        (13.5, 14),
        (12.5 + JUST_BELOW, 13),
        (66.66666666666667, 67),
        (100, 100),
    ],
)
def test_a_score_is_shown_half_up(figure: float, shown: int) -> None:
    assert whole_percent(figure) == shown


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (79.6, "79.6"),
        (79.99, "79.9"),
        (79.999999, "79.9"),
        (80 + JUST_BELOW, "80.0"),
        (2.3, "2.3"),
        (66.66666666666667, "66.6"),
        (100, "100.0"),
    ],
)
def test_beside_a_threshold_a_score_is_shown_rounded_down(figure: float, shown: str) -> None:
    assert beside_threshold(figure) == Decimal(shown)
    assert str(beside_threshold(figure)) == shown


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (66.66666666666667, "66.7"),
        (0.25, "0.3"),
        (-0.25, "-0.3"),
        (0.04, "0.0"),
        (-0.04, "0.0"),
        (0.05 + JUST_BELOW, "0.1"),
        (0, "0.0"),
    ],
)
def test_a_change_is_shown_to_one_decimal_alike_up_and_down(figure: float, shown: str) -> None:
    assert str(one_decimal(figure)) == shown


@pytest.mark.parametrize(
    ("parts", "whole", "shown"),
    [
        ((1, 2), 3, "1.0 + 2.0 = 3.0"),
        ((0.04, 0.04), 0.08, "0.1 + 0.0 = 0.1"),
        ((0.04, 0.04 + JUST_ABOVE), 0.08, "0.1 + 0.0 = 0.1"),
        ((0.04, 0.041), 0.081, "0.0 + 0.1 = 0.1"),
        ((0.04, -0.09), -0.05, "0.0 + -0.1 = -0.1"),
        ((0.04, -3.06), -3.02, "0.0 + -3.0 = -3.0"),
    ],
)
def test_what_rounding_leaves_over_goes_to_the_largest_part(
    parts: tuple[float, ...], whole: float, shown: str
) -> None:
    shown_, total = shown_parts(parts, whole)

    assert f"{' + '.join(map(str, shown_))} = {total}" == shown


def test_a_zero_is_shown_without_a_sign_whichever_zero_came_first() -> None:
    assert [str(beside_threshold(zero)) for zero in (-0.0, 0.0, -1e-12)] == ["0.0", "0.0", "0.0"]
