"""Scores, their range and their coverage, with the sums they were made of. See docs/scoring.md, 4 and 5."""

from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import NamedTuple

from scoring.attainment import Judged


class Sums(NamedTuple):
    """What figures are divided out of; w is an indicator's weight, a its attainment.

    `attained` is the sum of w·a and `evidenced` that of w·(evidenced attainment), both over the answered
    indicators, the latter None where the questionnaire does not ask for evidence; `answered` and
    `unanswered` are sums of w.
    """

    attained: float
    evidenced: float | None
    answered: float
    unanswered: float


class Figures(NamedTuple):
    """A score with its range and coverage, all in percent, 0 to 100.

    `score` and `evidenced` are None while nothing is answered, the others where nothing is applicable;
    `evidenced` also where the questionnaire does not ask for evidence. `sums` is None for figures that are
    means over standards.
    """

    score: float | None
    coverage: float | None
    low: float | None
    high: float | None
    evidenced: float | None
    sums: Sums | None = None

    @property
    def assurance_gap(self) -> float | None:
        """How much of the score is claimed without the evidence to show for it; never negative."""
        if self.score is None or self.evidenced is None:
            return None
        return max(0.0, self.score - self.evidenced)


class Part(NamedTuple):
    """A requirement or a standard with its figures and its indicators, in the edition's own order."""

    id: str
    figures: Figures
    indicators: tuple[Judged, ...]
    requirements: tuple["Part", ...] = ()


def figures(judged: Iterable[Judged]) -> Figures:
    """The figures of any set of indicators; those that do not apply or were not asked stand in no sum."""
    sums = sum_up(judged)
    attained, evidenced, answered, unanswered = sums
    applicable = answered + unanswered
    return Figures(
        100 * attained / answered if answered else None,
        100 * answered / applicable if applicable else None,
        100 * attained / applicable if applicable else None,
        100 * (attained + unanswered) / applicable if applicable else None,
        None if evidenced is None or not answered else 100 * evidenced / answered,
        sums,
    )


def sum_up(judged: Iterable[Judged]) -> Sums:
    """The sums that the figures of these indicators are divided out of."""
    attained = evidenced = answered = unanswered = 0.0
    asks_evidence = True
    for one in judged:
        if one.attainment is None:
            if one.status == "unanswered":
                unanswered += one.weight
            continue
        answered += one.weight
        attained += one.weight * one.attainment
        if one.evidenced is None:
            asks_evidence = False
        else:
            evidenced += one.weight * one.evidenced
    return Sums(attained, evidenced if asks_evidence else None, answered, unanswered)


def mean_of(standards: Sequence[Figures]) -> Figures:
    """Each figure as the plain mean over the standards that have it."""
    return Figures(
        score=_mean(standard.score for standard in standards),
        coverage=_mean(standard.coverage for standard in standards),
        low=_mean(standard.low for standard in standards),
        high=_mean(standard.high for standard in standards),
        evidenced=_mean(standard.evidenced for standard in standards),
    )


def _mean(some: Iterable[float | None]) -> float | None:
    known = [figure for figure in some if figure is not None]
    return fmean(known) if known else None
