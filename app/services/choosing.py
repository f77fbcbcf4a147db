"""Choosing three actions, as leaders do at the end of a talk: suggested ones, or their own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.language import gettext as _
from app.services import actions, plans
from app.services.actions import Editable
from app.services.faults import Refused
from app.services.opened import OpenAssessment
from app.services.plans import Plan
from scoring.assessment import Result
from scoring.gaps import Tier
from scoring.plan import DraftedAction, Step
from scoring.rounding import rounded
from standards.models import TOP_LEVEL

CHOSEN = 3
SUGGESTED = 8
USUAL_DAYS = 90
"""How long a chosen action takes, until somebody says otherwise. Our rule."""

OWN = tuple(f"own-{number}" for number in range(1, CHOSEN + 1))
"""The places for actions in one's own words."""


@dataclass(frozen=True)
class Suggestion:
    """An action that can be ticked, by the name that a form gives it."""

    name: str
    drafted: DraftedAction


def left(plan: Plan) -> int:
    """How many actions can still be chosen: three are open at a time."""
    return max(0, CHOSEN - len(plan.open))


def suggest(assessment: OpenAssessment, result: Result, plan: Plan) -> tuple[Suggestion, ...]:
    """The next step of each statement that is not at the top yet and in no plan, the least true first."""
    begun = plan.start or result.on
    planned = {action.drafted.step for action in plan.actions if action.drafted}
    tiers: dict[str, Tier] = {gap.code: gap.tier for gap in result.gaps}
    lowest = sorted(
        (one for one in result.indicators.values() if one.attainment is not None),
        key=lambda one: rounded(one.attainment or 0),
    )
    found = []
    for one in lowest:
        step = _next_step(assessment, one.code, one.level or 0)
        if step is None or step in planned:
            continue
        drafted = plans.drafted_from(assessment, step, tiers.get(one.code, "low"), begun)
        if drafted is not None:
            found.append(Suggestion(f"{step.indicator}-{step.to}", drafted))
    return tuple(found)


def usual_day(today: date) -> date:
    """The day by which a chosen action is done, if nobody says otherwise."""
    return today + timedelta(days=USUAL_DAYS)


def choose(
    assessment: OpenAssessment,
    result: Result,
    ticked: Collection[str],
    typed: Mapping[str, Mapping[str, str]],
    today: date,
) -> None:
    """Take the ticked suggestions, and what was written in one's own words, into the plan.

    `typed` holds what was typed for each action, by its name.

    Raises:
        Refused: with a sentence for each field that cannot be taken as it is; then nothing is taken.
    """
    plan = plans.load(assessment)
    suggestions = {one.name: one.drafted for one in suggest(assessment, result, plan)}
    gone = [name for name in ticked if name not in suggestions]
    if gone:
        raise Refused([("choice", _("Something has changed meanwhile. Please look at the list again."))])
    own = [name for name in OWN if any(text.strip() for text in typed.get(name, {}).values())]
    _check_number(len(ticked) + len(own), left(plan))
    problems: list[tuple[str, str]] = []
    chosen: list[tuple[Editable, DraftedAction | None]] = []
    for name in (*(name for name in suggestions if name in ticked), *own):
        drafted = suggestions.get(name)
        try:
            chosen.append((_read(drafted, typed.get(name, {})), drafted))
        except Refused as refused:
            problems += [(f"{name}-{field}", text) for field, text in refused.problems]
    if problems:
        raise Refused(problems)
    plans.add_chosen(assessment, chosen, today)


def _next_step(assessment: OpenAssessment, code: str, level: int) -> Step | None:
    steps = sorted(action.to for action in assessment.framework.indicators[code].actions)
    return next((Step(code, to) for to in steps if level < to <= TOP_LEVEL), None)


def _check_number(chosen: int, most: int) -> None:
    if not chosen:
        raise Refused([("choice", _("Tick an action, or write one in your own words."))])
    if chosen > most:
        raise Refused([("choice", _too_many(chosen, most))])


def _too_many(chosen: int, most: int) -> str:
    if not most:
        return _(
            "Three actions are open already. Finish one, or drop it in the plan, before you choose another."
        )
    return _("You have chosen {chosen}. With what is open in your plan, choose {most} at most.").format(
        chosen=chosen, most=most
    )


def _read(drafted: DraftedAction | None, typed: Mapping[str, str]) -> Editable:
    problems: list[tuple[str, str]] = []
    fields = {name: typed.get(name, "") for name in ("text", "owner", "due")}
    if drafted is not None:
        fields |= {"text": drafted.text, "effort_days": f"{drafted.effort_days:g}"}
    if not fields["owner"].strip():
        problems.append(("owner", _("Say who sees that it is done: a role rather than a name.")))
    if not fields["due"].strip():
        problems.append(("due", _("Choose the day by which it is done.")))
    try:
        read = actions.read(fields)
    except Refused as refused:
        raise Refused([*refused.problems, *problems]) from None
    if problems:
        raise Refused(problems)
    return read
