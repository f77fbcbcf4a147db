"""One action of a plan: what a person can change about it, and how that is read from a form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from app.language import gettext as _
from app.services.answers import TEXT_LIMIT, too_long
from app.services.faults import Refused

Status = Literal["to_do", "doing", "done", "dropped"]
STATUSES: tuple[Status, ...] = get_args(Status)
OPEN: tuple[Status, ...] = ("to_do", "doing")
OWNER_LIMIT = 200
MOST_DAYS = 1000
LEAST_CAPACITY = 0.1
"""The fewest person-days a month that work is laid over: with fewer, nobody lives to see its end."""


@dataclass(frozen=True)
class Editable:
    """What a person can change about an action."""

    text: str = field(repr=False)
    owner: str = field(repr=False)
    due: date | None
    effort_days: float | None
    status: Status = "to_do"
    note: str = field(default="", repr=False)
    reason: str = field(default="", repr=False)


EMPTY = Editable(text="", owner="", due=None, effort_days=None)
"""An action that nobody has written yet."""


def read(typed: Mapping[str, str]) -> Editable:
    """What was typed for an action, checked.

    Raises:
        Refused: with a sentence for each field that cannot be taken as it is.
    """
    texts = {name: typed.get(name, "").strip() for name in ("text", "owner", "note", "reason")}
    problems = list(_text_problems(texts))
    status = typed.get("status") or "to_do"
    if status not in STATUSES:
        problems.append(("status", _("Choose one of the states that are listed here.")))
    if status == "dropped" and not texts["reason"]:
        problems.append(("reason", _("Say in a sentence why you drop this action.")))
    due, effort = _day(typed.get("due", ""), problems), _effort(typed.get("effort_days", ""), problems)
    if problems or status not in STATUSES:
        raise Refused(problems)
    return Editable(
        text=texts["text"],
        owner=texts["owner"],
        due=due,
        effort_days=effort,
        status=status,
        note=texts["note"],
        reason=texts["reason"],
    )


def read_capacity(typed: str) -> float | None:
    """The person-days a month that were typed; None where the field was left empty.

    Raises:
        Refused: when they are no number, or too few or too many to plan with.
    """
    problems: list[tuple[str, str]] = []
    days = _effort(typed, problems)
    if problems or (days is not None and days < LEAST_CAPACITY):
        said = _("Write the days a month as a number, like 2 or 0.5; leave it empty if you do not know.")
        raise Refused([("capacity", said)])
    return days


def _text_problems(texts: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    if not texts["text"]:
        yield "text", _("Say what is to be done.")
    for name, text in texts.items():
        limit = OWNER_LIMIT if name == "owner" else TEXT_LIMIT
        if len(text) > limit:
            yield name, too_long(len(text), limit)


def _day(typed: str, problems: list[tuple[str, str]]) -> date | None:
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        problems.append(("due", _("Write the date as year, month and day, like 2027-03-31.")))
        return None


def _effort(typed: str, problems: list[tuple[str, str]]) -> float | None:
    if not typed.strip():
        return None
    try:
        days = float(typed.strip().replace(",", "."))
    except ValueError:
        days = -1
    if not 0 <= days <= MOST_DAYS:
        problems.append(("effort_days", _("Write the effort in days as a number, like 2 or 0.5.")))
        return None
    return days
