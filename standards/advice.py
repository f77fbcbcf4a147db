"""What is not wrong with an edition, but wants another look before it is released."""

from collections.abc import Collection, Iterator
from difflib import SequenceMatcher
from itertools import combinations

from standards.faults import Fault
from standards.parts import Part
from standards.placeholders import UNWRITTEN

TITLE = 60
STATEMENT = 250
WHY = 300
LEVEL = 260
ACTION = 320
"""How many characters each text has at most, to be read at a glance."""
LEAST_DAYS, MOST_DAYS = 0.1, 60
"""From less than an hour to three months: beyond these an effort is a slip, or an action is several."""
ALIKE = 0.8
"""The share of words that two levels may have in common, in order."""


def framework_advice(top: Part) -> Iterator[Fault]:
    """Everything in an edition that its author should look at again."""
    indicators = [*top.each("standards", "requirements", "indicators")]
    actions = [action for indicator in indicators for action in indicator.at("actions")]
    for group in (top.at("standards"), top.each("standards", "requirements"), indicators):
        yield from too_long((part.at("title") for part in group), TITLE)
    yield from too_long((indicator.at("statement") for indicator in indicators), STATEMENT)
    yield from too_long((indicator.at("why") for indicator in indicators), WHY)
    yield from too_long((level for indicator in indicators for level in indicator.at("levels")), LEVEL)
    yield from too_long((action.at("text") for action in actions), ACTION)
    for indicator in indicators:
        yield from _levels_alike(indicator)
    for action in actions:
        yield from _odd_effort(action.at("effort_days"))
    roles = {name.text for indicator in indicators for name in indicator.at("ask")}
    roles |= {action.at("owner").text for action in actions}
    yield from unused(top.at("roles"), roles, "nobody of this role is asked or owns an action")
    themes = {name.text for indicator in indicators for name in indicator.at("themes")}
    yield from unused(top.at("themes"), themes, "no indicator has this theme")
    yield from unwritten(top)


def too_long(texts: Iterator[Part], most: int) -> Iterator[Fault]:
    """A word on each text that has more characters than is good for it."""
    for part in texts:
        if part.text is not None and len(part.text) > most:
            yield part.fault(f"this is long: {len(part.text)} characters; expected at most {most}")


def unused(named: Part, used: Collection[str | None], why: str) -> Iterator[Fault]:
    """A word on each name that is explained and then not used."""
    for name, part in named.parts.items():
        if name not in used:
            yield part.fault_of_key(f"{why}; use {name}, or take it out")


def unwritten(part: Part) -> Iterator[Fault]:
    """A word on each text, however deep, that a draft left open."""
    if part.text is not None and UNWRITTEN in part.text:
        yield part.fault("this text is still to be written")
    for inner in part:
        yield from unwritten(inner)


def _levels_alike(indicator: Part) -> Iterator[Fault]:
    for (low, one), (high, other) in combinations(enumerate(indicator.at("levels")), 2):
        if _open(one) or _open(other):
            continue
        if _likeness(one.text or "", other.text or "") >= ALIKE:
            apart = f"expected what one would see at {high} and not at {low}"
            yield other.fault(f"level {high} reads nearly like level {low}; {apart}")


def _open(part: Part) -> bool:
    return part.text is None or UNWRITTEN in part.text


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.lower().split(), other.lower().split(), autojunk=False).ratio()


def _odd_effort(effort: Part) -> Iterator[Fault]:
    days = effort.number
    if days is None or LEAST_DAYS <= days <= MOST_DAYS:
        return
    what = "this effort is still to be estimated" if days < LEAST_DAYS else "this is more than one action"
    yield effort.fault(f"found {days:g} days; {what}; expected {LEAST_DAYS:g} to {MOST_DAYS:g}")
