"""Promises that hold for every plan and every projection of it."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scoring.assessment import Result
from scoring.outcome import Outcome
from scoring.plan import DraftedAction, Step, draft
from scoring.projection import Projection, project, project_by_month
from scoring.schedule import month_of
from standards.models import CLASSES, Framework
from tests.scoring.cast import action, asking_levels, at, edition, indicator, result_of
from tests.scoring.test_properties import SLACK, SOMETHING_SAID, Case, cases, often

STARTS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
STRENGTH_BY_LEVEL = {1: 1, 2: 2, 3: 3}


def every_step(framework: Framework) -> list[Step]:
    return [Step(code, to) for code in framework.indicators for to in (1, 2, 3)]


def some_steps(framework: Framework) -> st.SearchStrategy[set[Step]]:
    return st.sets(st.sampled_from(every_step(framework)))


def projection_of(
    case: Case, result: Result, chosen: Collection[Step], done: Collection[Step] = ()
) -> Projection:
    return project(case.framework, case.questionnaire, result, chosen, done=done)


def place_of_rating(case: Case, outcome: Outcome) -> int:
    """0 for the best rating; beyond the last for none."""
    ratings = case.framework.ratings
    reached = outcome.verdict.reached
    return ratings.index(reached.rating) if reached else len(ratings)


@often
@given(cases(), st.data())
def test_doing_an_action_never_lowers_the_projection(case: Case, data: st.DataObject) -> None:
    result = case.result()
    chosen, done = data.draw(some_steps(case.framework)), data.draw(some_steps(case.framework))
    one_more = data.draw(st.sampled_from(every_step(case.framework)))

    without = projection_of(case, result, chosen, done)
    with_it = projection_of(case, result, chosen | {one_more}, done)

    for before, after in zip(_outcomes(without), _outcomes(with_it), strict=True):
        _never_lower(case, before, after)
    for before, after in (_outcomes(without), _outcomes(with_it)):
        _never_lower(case, before, after)


def _outcomes(projection: Projection) -> tuple[Outcome, Outcome]:
    return projection.evidence_as_now, projection.evidence_as_left


def _never_lower(case: Case, before: Outcome, after: Outcome) -> None:
    lower = [before.overall, *(standard.figures for standard in before.standards)]
    higher = [after.overall, *(standard.figures for standard in after.standards)]
    for was, is_ in zip(lower, higher, strict=True):
        assert was.coverage == is_.coverage
        for name in ("score", "low", "high", "evidenced"):
            earlier, later = getattr(was, name), getattr(is_, name)
            assert earlier is later is None or earlier <= later + SLACK
    assert place_of_rating(case, after) <= place_of_rating(case, before)


@often
@given(cases(), STARTS)
def test_doing_every_action_of_a_plan_reaches_every_target_and_changes_nothing_else(
    case: Case, start: date
) -> None:
    result = case.result()
    plan = draft(case.framework, result.gaps, start=start)

    projection = projection_of(case, result, {one.step for one in plan})

    targets = {gap.code: gap.target for gap in result.gaps}
    for code, one in projection.indicators.items():
        if code not in targets:
            assert one == result.indicators[code]
            continue
        assert one.level == targets[code]
        now = result.indicators[code].strength
        assert one.strength == (None if now is None else max(now, STRENGTH_BY_LEVEL[targets[code]]))
    assert set(projection.unanswered) == {
        code for code, one in result.indicators.items() if one.status == "unanswered"
    }


@often
@given(cases(), st.data(), STARTS)
def test_the_last_month_of_a_plan_is_its_whole_projection_and_no_month_is_below_the_one_before(
    case: Case, data: st.DataObject, start: date
) -> None:
    result = case.result()
    days = data.draw(
        st.dictionaries(st.sampled_from(every_step(case.framework)), st.integers(-30, 400), min_size=1)
    )
    due = {step: start + timedelta(days=after) for step, after in days.items()}

    months = project_by_month(case.framework, case.questionnaire, result, due, start=start)

    assert months[-1].projection == projection_of(case, result, set(due))
    assert [month.number for month in months] == sorted({month_of(start, day) for day in due.values()})
    for before, after in pairwise(months):
        assert before.ends < after.ends
        for was, is_ in zip(_outcomes(before.projection), _outcomes(after.projection), strict=True):
            _never_lower(case, was, is_)


@st.composite
def plans(draw: st.DrawFn) -> tuple[Framework, Result]:
    """An edition whose actions take any effort, and a result with gaps of every tier."""
    efforts = st.sampled_from([0.1, 0.5, 1, 1.5, 3, 10, 45.5])
    indicators: list[dict[str, Any]] = [
        indicator(
            f"I{number}",
            draw(st.sampled_from(CLASSES)),
            actions=[action(to) | {"effort_days": draw(efforts)} for to in (1, 2, 3)],
        )
        for number in range(draw(st.integers(1, 8)))
    ]
    framework = edition({"policy": indicators})
    said = {code: draw(SOMETHING_SAID) for code in framework.indicators}
    targets = draw(st.dictionaries(st.sampled_from([*framework.indicators]), st.sampled_from([2, 3])))
    return framework, result_of(framework, said, targets=targets)


@often
@given(plans(), STARTS, st.sampled_from([0.3, 1, 2.5, 20, 1000]))
def test_a_plans_dates_keep_order_and_capacity(
    drawn: tuple[Framework, Result], start: date, capacity: float
) -> None:
    framework, result = drawn
    free = draft(framework, result.gaps, start=start)

    plan = draft(framework, result.gaps, start=start, capacity=capacity)

    assert [one.step for one in plan] == [one.step for one in free]
    assert [one.due for one in plan] == sorted(one.due for one in plan)
    for place, (one, unhurried) in enumerate(zip(plan, free, strict=True), start=1):
        assert one.late == (one.due > unhurried.due)
        assert one.due >= unhurried.due
        assert _effort(plan[:place]) <= month_of(start, one.due) * Fraction(str(capacity))
        if one.late and month_of(start, one.due) > 1:
            assert _effort(plan[:place]) > (month_of(start, one.due) - 1) * Fraction(str(capacity))


def _effort(actions: Sequence[DraftedAction]) -> Fraction:
    """Person-days, exactly."""
    return sum((Fraction(str(one.effort_days)) for one in actions), Fraction())


@often
@given(plans(), STARTS)
def test_capacity_enough_for_everything_in_the_first_month_changes_nothing(
    drawn: tuple[Framework, Result], start: date
) -> None:
    framework, result = drawn

    plan = draft(framework, result.gaps, start=start, capacity=10_000)

    assert plan == draft(framework, result.gaps, start=start)


def test_a_plan_of_nothing_is_empty_whatever_the_capacity() -> None:
    framework = edition({"policy": [indicator("A", "major")]})
    result = result_of(framework, {"A": at(2)})

    assert draft(framework, result.gaps, start=date(2026, 12, 1), capacity=1) == ()
    assert project(framework, asking_levels(framework), result, []).indicators == result.indicators
