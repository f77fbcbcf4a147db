"""How scores moved over any number of rounds. See docs/scoring.md, 9."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scoring.compare import Round, check_framework
from scoring.groups import attained_before, groups
from scoring.like_for_like import mean_over
from scoring.scores import Part
from standards.models import Standard


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One standard in one round: its score in percent, 0 to 100, None where it has none.

    `translated` says that the round was made with an earlier edition, and its answers were read by the links.
    `share` is how much of the standard's weight the score speaks for, in percent; None where it has none.
    """

    score: float | None
    translated: bool = False
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """One standard of the last round's edition, with a point for each round."""

    standard: str
    points: tuple[TrendPoint, ...]


@dataclass(frozen=True, slots=True)
class Trends:
    """The headline score of each round, in percent, and the standards of the last round's edition."""

    headline: tuple[float | None, ...]
    standards: tuple[Trend, ...]


def trends(rounds: Sequence[Round]) -> Trends:
    """How the headline score and the standards moved over rounds that are given in order, at least one.

    Raises: ValueError where there is no round, where two were made with different frameworks, or where a
        link names an indicator that an earlier edition does not have.
    """
    if not rounds:
        raise ValueError("expected at least one round")
    for before, after in pairwise(rounds):
        check_framework(before, after)
    last = rounds[-1]
    columns = [_points(one, last) for one in rounds]
    return Trends(
        tuple(one.result.overall.score for one in rounds),
        tuple(
            Trend(standard.id, tuple(column[place] for column in columns))
            for place, standard in enumerate(last.framework.standards)
        ),
    )


def _points(one: Round, last: Round) -> list[TrendPoint]:
    """One round's point for each standard of the last one's edition."""
    if one.framework.edition == last.framework.edition:
        return [_own(part) for part in one.result.standards]
    found = groups(one.framework, last.framework, one.result.indicators, last.result.indicators)
    attained = attained_before(group for group in found if group.before is not None)
    return [_translated(standard, last, attained) for standard in last.framework.standards]


def _own(part: Part) -> TrendPoint:
    score, coverage = part.figures.score, part.figures.coverage
    return TrendPoint(score, share=None if score is None else coverage)


def _translated(standard: Standard, last: Round, attained: Mapping[str, float | None]) -> TrendPoint:
    """A standard's score over those of its indicators that the earlier round speaks for."""
    weighed = last.result.indicators
    codes = [one.code for one in standard.indicators]
    score = mean_over(codes, weighed, attained)
    if score is None:
        return TrendPoint(None)
    spoken_for = sum(weighed[code].weight for code in codes if code in attained)
    return TrendPoint(score, True, 100 * spoken_for / sum(weighed[code].weight for code in codes))
