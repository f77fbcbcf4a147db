"""Drafting an action plan, and drafting it again without undoing anybody's work. See docs/scoring.md, 8."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from scoring.gaps import Gap, Tier
from scoring.schedule import work_ends
from standards.models import Framework


class Step(NamedTuple):
    """What a drafted action is known by: the indicator it serves and the level it climbs to."""

    indicator: str
    to: int


@dataclass(frozen=True, slots=True)
class DraftedAction:
    """One recommended step, as drafted. Effort is in person-days; `owner` is a role of the framework.

    `late` says that, for want of capacity, it is due after what its tier allows.
    """

    indicator: str
    to: int
    text: str
    effort_days: float
    owner: str
    leaves: str
    due: date
    tier: Tier
    late: bool = False

    @property
    def step(self) -> Step:
        """Its identity, which stays the same from one draft to the next."""
        return Step(self.indicator, self.to)


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """A drafted action as it stands in the plan now.

    `touched` says that a person has changed anything of it: text, owner, due date, note or status. One that
    is being done, is done or was dropped is touched. An organisation's own actions are no planned actions
    in this sense.
    """

    action: DraftedAction
    touched: bool


@dataclass(frozen=True, slots=True)
class Redraft:
    """What a new draft changes in a plan: everything that stands in none of the three stays as it is."""

    added: tuple[DraftedAction, ...]
    refreshed: tuple[DraftedAction, ...]
    removed: tuple[Step, ...]


def draft(
    framework: Framework, gaps: Iterable[Gap], *, start: date, capacity: float | None = None
) -> tuple[DraftedAction, ...]:
    """Per gap the steps from the present level to the target, in order, due when the gap's tier says.

    `start` is the plan's first day: the same at every draft, or what nobody touched falls due ever later.
    With a `capacity` in person-days per month the actions are laid one after the other over the months, and
    none is due before the end of the month in which its work is done.

    Raises: BadAnswer where the capacity is no number above 0, or so low that the work would never end.
    """
    actions = tuple(action for gap in gaps for action in _steps(framework, gap, start))
    if capacity is None:
        return actions
    ends = work_ends([action.effort_days for action in actions], start=start, capacity=capacity)
    return tuple(
        replace(action, due=end, late=True) if end > action.due else action
        for action, end in zip(actions, ends, strict=True)
    )


def redraft(
    planned: Iterable[PlannedAction],
    drafted: Sequence[DraftedAction],
    *,
    still_to_answer: Collection[str] = (),
) -> Redraft:
    """What has to change in a plan to say what the new draft says, without overwriting a person's work.

    A touched action stays, and its step is not drafted again. An untouched one is brought up to date, or
    removed once its step is no longer wanted; while its indicator is still to be answered nobody knows
    that, and it stays.
    """
    present = {one.action.step: one for one in planned}
    wanted = {action.step for action in drafted}
    return Redraft(
        added=tuple(action for action in drafted if action.step not in present),
        refreshed=tuple(action for action in drafted if _outdated(present.get(action.step), action)),
        removed=tuple(
            step
            for step, one in present.items()
            if not one.touched and step not in wanted and step.indicator not in still_to_answer
        ),
    )


def _steps(framework: Framework, gap: Gap, start: date) -> Iterator[DraftedAction]:
    due = start + timedelta(days=gap.days)
    actions = sorted(framework.indicators[gap.code].actions, key=lambda action: action.to)
    for action in actions:
        if gap.level < action.to <= gap.target:
            yield DraftedAction(
                indicator=gap.code,
                to=action.to,
                text=action.text,
                effort_days=action.effort_days,
                owner=action.owner,
                leaves=action.leaves,
                due=due,
                tier=gap.tier,
            )


def _outdated(present: PlannedAction | None, action: DraftedAction) -> bool:
    return present is not None and not present.touched and present.action != action
