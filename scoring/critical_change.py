"""Which critical gaps were closed and opened between two rounds. See docs/scoring.md, 9."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scoring.compare import Comparison, Round
from scoring.gaps import Gap

Fate = Literal[
    "closed",
    "no_longer_critical",
    "not_answered",
    "still_open",
    "opened",
    "newly_critical",
    "not_answered_before",
    "new_in_edition",
    "retired",
]


@dataclass(frozen=True, slots=True)
class CriticalChange:
    """What became of the critical gaps of one group, or of one code that no link leads from or to.

    `from_` and `to` are codes, and `before` and `after` the critical gaps among them in each round.
    """

    fate: Fate
    from_: tuple[str, ...]
    to: tuple[str, ...]
    before: tuple[Gap, ...]
    after: tuple[Gap, ...]


def critical_changed(
    comparison: Comparison, before: Round, after: Round
) -> Mapping[Fate, tuple[CriticalChange, ...]]:
    """Every critical gap of either round, once, by what became of it, in the order of the editions."""
    earlier, later = _Side(before), _Side(after)
    pairs = [(group.from_, group.to) for group in (*comparison.groups, *comparison.not_comparable)]
    pairs += [((), (code,)) for code in comparison.new]
    places = {code: place for place, code in enumerate(after.framework.indicators)}
    pairs.sort(key=lambda pair: min(places[code] for code in pair[1]))
    pairs += [((code,), ()) for code in comparison.retired]
    found: dict[Fate, list[CriticalChange]] = {}
    for from_, to in pairs:
        was, is_ = earlier.critical(from_), later.critical(to)
        if was or is_:
            fate = _fate(from_, to, earlier, later)
            found.setdefault(fate, []).append(CriticalChange(fate, from_, to, was, is_))
    return {fate: tuple(changes) for fate, changes in found.items()}


class _Side:
    """One round, and its gaps by code."""

    def __init__(self, side: Round) -> None:
        self.judged = side.result.indicators
        self.gaps = {gap.code: gap for gap in side.result.gaps}

    def critical(self, codes: Sequence[str]) -> tuple[Gap, ...]:
        """The critical gaps among these codes."""
        of_class = [code for code in codes if self.judged[code].class_ == "critical"]
        return tuple(self.gaps[code] for code in of_class if code in self.gaps)

    def settled(self, codes: Sequence[str]) -> bool:
        """Whether each of them is answered, or does not apply."""
        return all(self.judged[code].status in {"answered", "not_applicable"} for code in codes)

    def any(self, codes: Sequence[str]) -> bool:
        """Whether any of them is below its target, critical or not."""
        return any(code in self.gaps for code in codes)


def _fate(from_: Sequence[str], to: Sequence[str], earlier: _Side, later: _Side) -> Fate:
    if not to:
        return "retired"
    if not from_:
        return "new_in_edition"
    was, is_ = earlier.critical(from_), later.critical(to)
    if was and is_:
        return "still_open"
    if was:
        if not later.settled(to):
            return "not_answered"
        return "no_longer_critical" if later.any(to) else "closed"
    if not earlier.settled(from_):
        return "not_answered_before"
    return "newly_critical" if earlier.any(from_) else "opened"
