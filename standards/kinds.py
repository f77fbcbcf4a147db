"""What an edition of each kind has to have: levels, ratings and actions."""

from collections.abc import Iterator, Sequence

from standards.faults import Fault
from standards.models import TOP_LEVEL
from standards.parts import Part
from standards.validation import MISSING

STEPS = list(range(1, TOP_LEVEL + 1))
IN_PLACE = 2


def kind_faults(top: Part, indicators: Sequence[Part]) -> Iterator[Fault]:
    """A fault wherever an edition lacks what its kind needs, or has what its kind has no use for."""
    match top.at("kind").text or "standards":
        case "standards":
            yield from _missing(top, "ratings")
            if top.at("ratings").value == []:
                yield top.at("ratings").fault("expected one rating or more; there is none")
            yield from _standards_faults(top, indicators)
        case "culture":
            yield from _unwanted(top, "ratings", "a culture is talked about, not rated; take this key out")
            yield from _culture_faults(top, indicators)
        case "document":
            yield from _unwanted(top, "ratings", "a document is completed, not rated; take this key out")
            yield from _document_faults(top, indicators)


def _standards_faults(top: Part, indicators: Sequence[Part]) -> Iterator[Fault]:
    for part in (top, *indicators):
        yield from _missing(part, "levels")
    for steps in _present(indicators, "actions"):
        if _steps(steps) != STEPS:
            yield steps.fault("expected three actions, to 1, to 2 and to 3, in this order")


def _culture_faults(top: Part, indicators: Sequence[Part]) -> Iterator[Fault]:
    for part in (top, *indicators):
        yield from _missing(part, "levels")
    for steps in _present(indicators, "actions"):
        if not _steps(steps) or _steps(steps) != [step for step in STEPS if step in _steps(steps)]:
            yield steps.fault("expected one action or more, each to another level, in order")


def _document_faults(top: Part, indicators: Sequence[Part]) -> Iterator[Fault]:
    for part in (top, *indicators):
        yield from _unwanted(part, "levels", "a point of a document has no levels; take this key out")
    for steps in _present(indicators, "actions"):
        if _steps(steps) != [IN_PLACE]:
            yield steps.fault("expected one action, to 2: what to add to the document")


def _steps(actions: Part) -> list[object]:
    return [action.at("to").value for action in actions]


def _present(parts: Sequence[Part], key: str) -> Iterator[Part]:
    return (part.at(key) for part in parts if part.at(key).present)


def _missing(part: Part, key: str) -> Iterator[Fault]:
    if isinstance(part.value, dict) and not part.at(key).present:
        yield part.at(key).fault(MISSING)


def _unwanted(part: Part, key: str, why: str) -> Iterator[Fault]:
    if part.at(key).present:
        yield part.at(key).fault_of_key(why)
