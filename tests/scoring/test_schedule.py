from datetime import date, timedelta
from math import inf, nan

import pytest

from scoring.refusals import BadAnswer
from scoring.schedule import last_day, month_of, work_ends

START = date(2026, 11, 21)
MONTHS = [date(2026, 12, 20), date(2027, 1, 20), date(2027, 2, 20), date(2027, 3, 20)]


@pytest.mark.parametrize(
    ("start", "month", "last"),
    [
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
        (date(2026, 12, 1), 2, date(2027, 1, 31)),
        (date(2026, 12, 1), 13, date(2027, 12, 31)),
        (date(2026, 11, 21), 1, date(2026, 12, 20)),
        (date(2026, 11, 21), 2, date(2027, 1, 20)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 1, 31), 2, date(2027, 3, 30)),
        (date(2027, 1, 29), 1, date(2027, 2, 28)),
        (date(2028, 1, 29), 1, date(2028, 2, 28)),
        (date(2028, 1, 30), 1, date(2028, 2, 29)),
        (date(2027, 1, 28), 1, date(2027, 2, 27)),
    ],
)
def test_a_month_of_the_plan_ends_the_day_before_the_next_begins(start: date, month: int, last: date) -> None:
    assert last_day(start, month) == last


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2026, 11, 21), 1),
        (date(2026, 12, 20), 1),
        (date(2026, 12, 21), 2),
        (date(2027, 1, 20), 2),
        (date(2027, 11, 21), 13),
        (date(2026, 1, 1), 1),
    ],
)
def test_a_day_lies_in_a_month_of_the_plan_and_before_it_in_the_first(day: date, month: int) -> None:
    assert month_of(START, day) == month


@pytest.mark.parametrize("start", [date(2027, 1, day) for day in (1, 15, 28, 29, 30, 31)])
def test_every_month_ends_in_itself_and_the_next_begins_a_day_later(start: date) -> None:
    for month in range(1, 26):
        last = last_day(start, month)

        assert (month_of(start, last), month_of(start, last + timedelta(days=1))) == (month, month + 1)


@pytest.mark.parametrize(
    ("capacity", "efforts", "months"),
    [
        (5, [2, 3], [1, 1]),
        (5, [2, 3, 0.5], [1, 1, 2]),
        (5, [4, 4, 4], [1, 2, 3]),
        (5, [12, 3], [3, 3]),
        (0.5, [0.5, 1], [1, 3]),
        (100, [0.5], [1]),
        (0.3, [0.1, 0.1, 0.1], [1, 1, 1]),
        (5, [0, 5], [1, 1]),
        (5, [], []),
    ],
)
def test_work_is_laid_one_piece_after_the_other_over_the_months(
    capacity: float, efforts: list[float], months: list[int]
) -> None:
    ends = work_ends(efforts, start=START, capacity=capacity)

    assert ends == [{1: MONTHS[0], 2: MONTHS[1], 3: MONTHS[2], 4: MONTHS[3]}[month] for month in months]


@pytest.mark.parametrize("capacity", [0, -1, nan, inf, -inf])
def test_a_capacity_that_is_no_number_above_zero_is_refused(capacity: float) -> None:
    with pytest.raises(BadAnswer) as refused:
        work_ends([1], start=START, capacity=capacity)

    assert str(refused.value) == "capacity: expected a number of person-days per month, more than 0"


@pytest.mark.parametrize("capacity", [1e-300, 1e-9, 1000 / (12 * 7973)])
def test_a_capacity_with_which_the_work_never_ends_is_refused(capacity: float) -> None:
    with pytest.raises(BadAnswer) as refused:
        work_ends([1000], start=START, capacity=capacity)

    assert refused.value.about == "capacity"
    assert "more person-days" in refused.value.expected


def test_work_may_end_in_the_last_year_there_is() -> None:
    assert work_ends([12 * 7973 - 1], start=START, capacity=1) == [date(9999, 10, 20)]
