from dataclasses import replace
from datetime import date

import pytest

from scoring.answers import Answer
from scoring.plan import DraftedAction, PlannedAction, Redraft, Step, draft, redraft
from tests.scoring.cast import UNKNOWN, at, critical, edition, major, result_of, supporting

START = date(2026, 12, 1)
FRAMEWORK = edition({"policy": [supporting("S"), major("M"), critical("C")]})
NOTHING = Redraft((), (), ())


def drafted(answers: dict[str, Answer], start: date = START, **targets: int) -> tuple[DraftedAction, ...]:
    return draft(FRAMEWORK, result_of(FRAMEWORK, answers, targets=targets).gaps, start=start)


def steps(actions: tuple[DraftedAction, ...]) -> list[Step]:
    return [action.step for action in actions]


def untouched(*actions: DraftedAction) -> list[PlannedAction]:
    return [PlannedAction(action, touched=False) for action in actions]


def touched(*actions: DraftedAction) -> list[PlannedAction]:
    return [PlannedAction(action, touched=True) for action in actions]


@pytest.mark.parametrize(
    ("answer", "target", "to"),
    [
        (at(0), 2, [1, 2]),
        (UNKNOWN, 2, [1, 2]),
        (at(1), 2, [2]),
        (at(2), 2, []),
        (at(0), 3, [1, 2, 3]),
        (at(2), 3, [3]),
        (at(3), 3, []),
        (Answer(), 3, []),
    ],
)
def test_a_plan_has_the_steps_from_the_present_level_to_the_target(
    answer: Answer, target: int, to: list[int]
) -> None:
    assert [action.to for action in drafted({"C": answer}, C=target)] == to


def test_a_plan_follows_the_gaps_and_each_action_says_what_who_and_when() -> None:
    plan = drafted({"S": at(1), "M": at(1), "C": at(0)})

    assert steps(plan) == [("C", 1), ("C", 2), ("M", 2), ("S", 2)]
    assert [action.due for action in plan] == [
        date(2026, 12, 31),
        date(2026, 12, 31),
        date(2027, 5, 30),
        date(2027, 12, 1),
    ]
    assert plan[1] == DraftedAction(
        indicator="C",
        to=2,
        text="Climb to 2.",
        effort_days=2,
        owner="focal_point",
        leaves="Paper 2",
        due=date(2026, 12, 31),
        tier="urgent",
    )


def test_the_first_draft_adds_everything_and_the_same_draft_again_changes_nothing() -> None:
    plan = drafted({"C": at(0), "M": at(1)})

    assert redraft([], plan) == Redraft(added=plan, refreshed=(), removed=())
    assert redraft(untouched(*plan), plan) == NOTHING


def test_a_touched_action_is_neither_overwritten_nor_drafted_again_nor_removed() -> None:
    plan = drafted({"C": at(0)})
    changed = [replace(action, text="Our own words.") for action in plan]

    assert redraft(touched(*changed), plan) == NOTHING
    assert redraft(touched(*changed), drafted({"C": at(2)})) == NOTHING
    assert redraft(touched(*changed), drafted({"C": at(0)}, start=date(2027, 1, 1))) == NOTHING


def test_what_nobody_touched_is_brought_up_to_date() -> None:
    before = drafted({"C": at(1)})
    after = drafted({"C": UNKNOWN})

    changes = redraft(untouched(*before), after)

    assert steps(changes.added) == [("C", 1)]
    assert [(action.step, action.tier, action.due) for action in changes.refreshed] == [
        (("C", 2), "urgent", date(2026, 12, 31))
    ]
    assert changes.removed == ()


def test_what_nobody_touched_is_removed_once_its_step_is_climbed() -> None:
    before = drafted({"C": at(0), "M": at(0)})

    assert redraft(untouched(*before), drafted({"C": at(1), "M": at(2)})).removed == (
        ("C", 1),
        ("M", 1),
        ("M", 2),
    )


def test_what_nobody_touched_stays_while_its_indicator_is_still_to_answer() -> None:
    before = drafted({"C": at(1), "M": at(1)})
    result = result_of(FRAMEWORK, {"M": at(2)})

    changes = redraft(
        untouched(*before), draft(FRAMEWORK, result.gaps, start=START), still_to_answer=result.still_to_answer
    )

    assert changes.removed == (("M", 2),)


def test_a_step_that_was_done_or_dropped_is_not_drafted_again_but_its_neighbours_are() -> None:
    first, _ = plan = drafted({"C": at(0)})

    changes = redraft(touched(first), plan)

    assert steps(changes.added) == [("C", 2)]


def test_a_higher_target_adds_only_the_steps_that_are_new() -> None:
    plan = drafted({"C": at(0)})

    assert steps(redraft(untouched(*plan), drafted({"C": at(0)}, C=3)).added) == [("C", 3)]


@pytest.mark.parametrize(
    ("capacity", "due"),
    [
        (None, ["2026-12-31", "2026-12-31", "2027-03-01", "2027-05-30", "2027-05-30"]),
        (3, ["2026-12-31", "2026-12-31", "2027-03-01", "2027-05-30", "2027-05-30"]),
        (1, ["2026-12-31", "2027-02-28 late", "2027-04-30 late", "2027-05-31 late", "2027-07-31 late"]),
        (2, ["2026-12-31", "2027-01-31 late", "2027-03-01", "2027-05-30", "2027-05-30"]),
    ],
)
def test_an_action_is_due_when_its_tier_says_or_its_work_is_done_and_is_late_for_want_of_capacity(
    capacity: float | None, due: list[str]
) -> None:
    # Days of work so far, in gap order: U to 1 takes 1, U to 2 until 3, H to 2 until 5, M until 6 and 8.
    framework = edition({"policy": [major("M"), critical("H"), critical("U")]})
    gaps = result_of(framework, {"M": at(0), "H": at(1), "U": at(0)}).gaps

    plan = draft(framework, gaps, start=START, capacity=capacity)

    assert steps(plan) == [("U", 1), ("U", 2), ("H", 2), ("M", 1), ("M", 2)]
    assert [f"{action.due}{' late' * action.late}" for action in plan] == due
