"""Scores over the indicators that stand for each other in two rounds. See docs/scoring.md, 9."""

from collections.abc import Iterable, Mapping

from scoring.attainment import Judged
from scoring.scores import figures, mean_of
from standards.models import Framework


def like_for_like(
    later: Framework, weighed: Mapping[str, Judged], attained: Mapping[str, float | None]
) -> float | None:
    """The later edition's headline score over these indicators alone, were each attained so far.

    `attained` is 0 to 1 by code; `weighed` are the later round's indicators, which lend their weights. In
    percent, 0 to 100; None where there is no indicator.
    """
    standards = [
        [
            _stand_in(weighed[one.code], attained[one.code])
            for one in standard.indicators
            if one.code in attained
        ]
        for standard in later.standards
    ]
    if later.overall == "equal_standards":
        return mean_of([figures(standard) for standard in standards]).score
    return figures(one for standard in standards for one in standard).score


def mean_over(
    codes: Iterable[str], weighed: Mapping[str, Judged], attained: Mapping[str, float | None]
) -> float | None:
    """The weighted mean over those of the codes that are attained so far, in percent; None where none is."""
    return figures(_stand_in(weighed[code], attained[code]) for code in codes if code in attained).score


def _stand_in(one: Judged, attained: float | None) -> Judged:
    return Judged(one.code, one.class_, one.weight, "answered", (), attained)
