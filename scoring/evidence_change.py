"""How the evidence changed between two rounds, apart from the answers. See docs/scoring.md, 9."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scoring.attainment import Judged
from scoring.compare import Comparison, Round
from scoring.groups import Group
from scoring.like_for_like import like_for_like
from scoring.scores import sum_up

Firmness = Literal["stronger", "weaker", "same"]


@dataclass(frozen=True, slots=True)
class EvidenceChange:
    """The evidence of one group: the weakest strength, 0 to 4, of its indicators in each round."""

    group: Group
    before: int
    after: int

    @property
    def change(self) -> Firmness:
        """Which way it went, whatever the answer did."""
        if self.before == self.after:
            return "same"
        return "stronger" if self.after > self.before else "weaker"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What changed in the evidence.

    `groups` are those whose evidence is known in both rounds. `headline` are the evidenced scores of the
    rounds, and `like_for_like` those over the same groups alone, by the later round's weights; in percent, 0
    to 100. A headline is None where that round was not asked for evidence, or nothing is answered in it.
    """

    groups: tuple[EvidenceChange, ...]
    headline: tuple[float | None, float | None]
    like_for_like: tuple[float, float] | None

    def of(self, change: Firmness) -> tuple[EvidenceChange, ...]:
        """The groups whose evidence went that way."""
        return tuple(one for one in self.groups if one.change == change)


def evidence_changed(comparison: Comparison, before: Round, after: Round) -> Evidence:
    """The evidence of both rounds, over the comparable groups where it is known in both."""
    changes: list[EvidenceChange] = []
    was: dict[str, float | None] = {}
    is_: dict[str, float | None] = {}
    for group in comparison.groups:
        earlier, later = _judged(before, group.from_), _judged(after, group.to)
        weakest = _weakest(earlier), _weakest(later)
        if weakest[0] is None or weakest[1] is None:
            continue
        changes.append(EvidenceChange(group, weakest[0], weakest[1]))
        was |= dict.fromkeys(group.to, _evidenced(earlier))
        is_ |= dict.fromkeys(group.to, _evidenced(later))
    return Evidence(
        tuple(changes),
        (before.result.overall.evidenced, after.result.overall.evidenced),
        _both(after, was, is_),
    )


def _both(
    after: Round, was: Mapping[str, float | None], is_: Mapping[str, float | None]
) -> tuple[float, float] | None:
    earlier = like_for_like(after.framework, after.result.indicators, was)
    later = like_for_like(after.framework, after.result.indicators, is_)
    return None if earlier is None or later is None else (earlier, later)


def _judged(side: Round, codes: Sequence[str]) -> list[Judged]:
    return [side.result.indicators[code] for code in codes]


def _weakest(judged: Sequence[Judged]) -> int | None:
    strengths = [one.strength for one in judged if one.strength is not None]
    return min(strengths) if len(strengths) == len(judged) else None


def _evidenced(judged: Sequence[Judged]) -> float | None:
    if len(judged) == 1:  # as it is, like a group's attainment
        return judged[0].evidenced
    sums = sum_up(judged)
    return None if sums.evidenced is None else sums.evidenced / sums.answered
