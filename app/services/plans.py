"""The action plan: drafted from the gaps, then the organisation's own."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from app.language import gettext as _
from app.services.actions import OPEN, Editable, read
from app.services.faults import NotFound, Refused
from app.services.opened import OpenAssessment
from app.services.saving import settle, standing
from app.vault.holders import new_id
from scoring.assessment import Result
from scoring.gaps import ACT_WITHIN, Tier
from scoring.plan import DraftedAction, PlannedAction, Step, draft, redraft
from scoring.refusals import BadAnswer

_INDEX = "plan"


@dataclass(frozen=True)
class PlanAction:
    """One action of a plan.

    `drafted` is what it was drafted as; an organisation's own action has none. `touched` says that a person
    has changed it since.
    """

    id: str
    revision: int
    now: Editable
    drafted: DraftedAction | None
    touched: bool

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.now.status in OPEN

    @property
    def late(self) -> bool:
        """Whether it falls due later than we advise, for want of time, and nobody has set another day."""
        return self.drafted is not None and self.drafted.late and self.now.due == self.drafted.due


@dataclass(frozen=True)
class Plan:
    """The actions in the order to take them in, and the plan's first day (None without a plan).

    `capacity` is how many person-days a month there are for it, None where nobody has said.
    """

    actions: tuple[PlanAction, ...] = ()
    start: date | None = None
    capacity: float | None = None

    @property
    def open(self) -> tuple[PlanAction, ...]:
        """The actions still to be done."""
        return tuple(action for action in self.actions if action.open)


@dataclass(frozen=True)
class ActionOutcome:
    """What became of an action: what stands now, and, in a conflict, what was not written."""

    action: PlanAction
    conflicting: Editable | None = None


def load(assessment: OpenAssessment) -> Plan:
    """The plan as it stands."""
    index = standing(assessment.rows, _INDEX, ("plan",)).parts["plan"]
    if index is None:
        return Plan()
    rows = assessment.rows.read_many(("plan", row_of(id_)) for id_ in index["actions"])
    actions = [
        _action(assessment, id_, rows["plan", row_of(id_)].data, rows["plan", row_of(id_)].revision)
        for id_ in index["actions"]
    ]
    # A stable sort: what is due on the same day stays in the order of the gaps.
    actions.sort(key=lambda action: action.now.due or date.max)
    return Plan(tuple(actions), date.fromisoformat(index["start"]), index.get("capacity"))


def find(assessment: OpenAssessment, action_id: str) -> PlanAction:
    """One action of the plan.

    Raises:
        NotFound: when it is not in the plan.
    """
    for action in load(assessment).actions:
        if action.id == action_id:
            return action
    raise NotFound


def draft_again(
    assessment: OpenAssessment, result: Result, today: date, capacity: float | None = None
) -> Plan:
    """Draft the plan from the gaps. What somebody changed, finished or dropped stays as it is.

    With a capacity, in person-days a month, no action falls due before there was time for it.

    Raises:
        Refused: when the capacity is so low that the work would never end.
    """
    plan = load(assessment)
    start = plan.start or today
    try:
        drafted = draft(assessment.framework, result.gaps, start=start, capacity=capacity)
    except BadAnswer:
        said = _("With so few days a month this work never ends. Give it more, or leave the field empty.")
        raise Refused([("capacity", said)]) from None
    own = [action for action in plan.actions if action.drafted is None]
    planned = {action.drafted.step: action for action in plan.actions if action.drafted is not None}
    changes = redraft(
        [PlannedAction(action.drafted, action.touched) for action in planned.values() if action.drafted],
        drafted,
        still_to_answer=result.still_to_answer,
    )
    for action in (*changes.added, *changes.refreshed):
        data = _data(_as_drafted(assessment, action), action)
        assessment.rows.write_newest("plan", row_of(_drafted_id(action.step)), data)
    kept = {_drafted_id(step) for step in planned if step not in changes.removed}
    kept |= {_drafted_id(action.step) for action in changes.added}
    in_gap_order = [_drafted_id(action.step) for action in drafted if _drafted_id(action.step) in kept]
    others = [action.id for action in plan.actions if action.id in kept and action.id not in in_gap_order]
    _write_index(assessment, start, [*in_gap_order, *others, *(action.id for action in own)], capacity)
    return load(assessment)


def add(assessment: OpenAssessment, typed: Mapping[str, str], today: date) -> PlanAction:
    """Add an action of the organisation's own.

    Raises:
        Refused: with a sentence for each field that cannot be taken as it is.
    """
    own, action_id = read(typed), f"own-{new_id()}"
    plan = load(assessment)
    assessment.rows.write("plan", row_of(action_id), _data(own, None), made_on=0)
    _write_index(
        assessment, plan.start or today, [*(one.id for one in plan.actions), action_id], plan.capacity
    )
    return find(assessment, action_id)


def add_chosen(
    assessment: OpenAssessment, chosen: Iterable[tuple[Editable, DraftedAction | None]], today: date
) -> None:
    """Add actions that people chose: what each says, and what it was suggested as if it is not their own."""
    plan = load(assessment)
    added = []
    for now, drafted in chosen:
        added.append(_drafted_id(drafted.step) if drafted else f"own-{new_id()}")
        assessment.rows.write("plan", row_of(added[-1]), _data(now, drafted), made_on=0)
    _write_index(assessment, plan.start or today, [*(one.id for one in plan.actions), *added], plan.capacity)


def drafted_from(
    assessment: OpenAssessment, step: Step, tier: Tier, start: date, due: date | None = None
) -> DraftedAction | None:
    """What a step was drafted as, in a plan that began on a day; None where the edition has no such step.

    `due` is when it fell due, if that was not simply the day that its tier allows.
    """
    indicator = assessment.framework.indicators.get(step.indicator)
    for action in indicator.actions if indicator else ():
        if action.to == step.to:
            allowed = start + timedelta(days=ACT_WITHIN[tier])
            return DraftedAction(
                step.indicator,
                step.to,
                action.text,
                action.effort_days,
                action.owner,
                action.leaves,
                due or allowed,
                tier,
                late=due is not None and due > allowed,
            )
    return None


def restore(
    assessment: OpenAssessment,
    start: date,
    actions: Iterable[tuple[str, Editable, DraftedAction | None]],
    capacity: float | None,
) -> None:
    """Put back a whole plan: what each action is called, what it says, and what it was drafted as."""
    named = {
        _drafted_id(drafted.step) if drafted else f"own-{id_.removeprefix('own-')}": (now, drafted)
        for id_, now, drafted in actions
    }
    for action_id, (now, drafted) in named.items():
        assessment.rows.write_newest("plan", row_of(action_id), _data(now, drafted))
    _write_index(assessment, start, list(named), capacity)


def change(
    assessment: OpenAssessment, action: PlanAction, typed: Mapping[str, str], made_on: int, form: str = ""
) -> ActionOutcome:
    """Change an action, unless somebody changed it since the form was made.

    Raises:
        Refused: with a sentence for each field that cannot be taken as it is.
    """
    typed_now = read(typed)
    settled = settle(
        assessment.rows,
        row_of(action.id),
        {"plan": _data(typed_now, action.drafted)},
        made_on,
        untouched={"plan": None},
        form=form,
    )
    stands = _action(assessment, action.id, settled.standing.parts["plan"], settled.standing.revision)
    return ActionOutcome(stands, typed_now if settled.conflict else None)


def row_of(action_id: str) -> str:
    """The name of the row that an action is sealed in."""
    return f"action:{action_id}"


def _write_index(assessment: OpenAssessment, start: date, actions: list[str], capacity: float | None) -> None:
    index = {"start": start.isoformat(), "actions": actions, "capacity": capacity}
    assessment.rows.write_newest("plan", _INDEX, index)


def _drafted_id(step: Step) -> str:
    return f"{step.indicator}-{step.to}"


def _as_drafted(assessment: OpenAssessment, drafted: DraftedAction) -> Editable:
    owner = assessment.framework.roles.get(drafted.owner, drafted.owner)
    return Editable(text=drafted.text, owner=owner, due=drafted.due, effort_days=drafted.effort_days)


def _data(now: Editable, drafted: DraftedAction | None) -> dict[str, Any]:
    return {"now": _plain(asdict(now)), "drafted": _plain(asdict(drafted)) if drafted else None}


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return fields | {"due": fields["due"].isoformat() if fields["due"] else None}


def _action(assessment: OpenAssessment, action_id: str, data: Mapping[str, Any], revision: int) -> PlanAction:
    now = Editable(**_with_day(data["now"]))
    if data["drafted"] is None:
        return PlanAction(action_id, revision, now, None, touched=True)
    drafted = DraftedAction(**_with_day(data["drafted"]))
    touched = now != _as_drafted(assessment, drafted)
    of_pack = _texts(assessment, drafted)
    return PlanAction(
        action_id,
        revision,
        replace(now, text=of_pack.get(now.text, now.text), owner=of_pack.get(now.owner, now.owner)),
        replace(drafted, leaves=of_pack.get(drafted.leaves, drafted.leaves)),
        touched,
    )


def _texts(assessment: OpenAssessment, drafted: DraftedAction) -> dict[str, str]:
    """The pack's own texts, which know their translations, by what is stored of them."""
    actions = assessment.framework.indicators[drafted.indicator].actions
    texts = [text for action in actions for text in (action.text, action.leaves)]
    return {str(text): text for text in (*texts, *assessment.framework.roles.values())}


def _with_day(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {**fields, "due": date.fromisoformat(fields["due"]) if fields["due"] else None}
