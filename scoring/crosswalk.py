"""One set of answers, seen through another framework. Our rule: see docs/decisions/0017.

It tells how much of the other framework the answers speak for, and what they say of that. It gives no rating
and no figure for the whole: most of the other framework was never asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from questionnaires.conditions import Profile
from scoring.attainment import Judged
from scoring.rounding import level_reached
from standards.classes import class_of
from standards.crosswalks import Crossing, Crosswalk, Relation
from standards.models import Framework, Indicator, Standard

Telling = Literal["told", "in_part", "touched", "not_told"]
TELLINGS: tuple[Telling, ...] = ("told", "in_part", "touched", "not_told")


@dataclass(frozen=True, slots=True)
class Seen:
    """One indicator of the other framework, as far as the answers speak for it.

    `sources` are the codes that could speak for it, `heard` those of them that are answered. `attainment`, 0
    to 1, is the lowest of the heard ones, and `level` that rounded down to a level: both None unless it is
    told, wholly or in part, by points with levels of the same kind.
    """

    code: str
    weight: float
    relation: Relation
    telling: Telling
    sources: tuple[str, ...]
    heard: tuple[Judged, ...]
    attainment: float | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Shares:
    """How much is told, by weight, in percent: 0 to 100 each, 100 together."""

    told: float
    in_part: float
    touched: float
    not_told: float


@dataclass(frozen=True, slots=True)
class SeenStandard:
    """One standard of the other framework.

    `score`, 0 to 100, is over what is told of it, wholly or in part, and nothing else; None where nothing is.
    `only_in_part` says that something in the score is told in part.
    """

    id: str
    shares: Shares
    score: float | None
    only_in_part: bool
    indicators: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class SeenThrough:
    """The other framework as the answers tell it, in its own order. `has_levels`: it can have figures."""

    shares: Shares
    standards: tuple[SeenStandard, ...]
    has_levels: bool


def see_through(
    crosswalk: Crosswalk,
    source: Framework,
    target: Framework,
    judged: Mapping[str, Judged],
    *,
    profile: Profile,
) -> SeenThrough:
    """What the answers to `source`, as judged by code, tell about `target`.

    The weights are the target edition's own, each class raised as the profile says.

    Raises: ValueError where the crosswalk leads between other editions.
    """
    ends = ((source.id, source.edition), (target.id, target.edition))
    if (crosswalk.from_.key, crosswalk.to.key) != ends:
        raise ValueError(f"{crosswalk.key[1]} does not lead from {ends[0]} to {ends[1]}")
    has_levels = bool(target.levels) and source.kind == target.kind

    def seen(indicator: Indicator) -> Seen:
        weight = target.weights.of(class_of(indicator, profile))
        return _seen(crosswalk.by_target[indicator.code], weight, judged, has_levels)

    standards = tuple(
        _standard(standard, tuple(map(seen, standard.indicators))) for standard in target.standards
    )
    return SeenThrough(
        shares=_shares([one for standard in standards for one in standard.indicators]),
        standards=standards,
        has_levels=has_levels,
    )


def _seen(crossing: Crossing, weight: float, judged: Mapping[str, Judged], has_levels: bool) -> Seen:
    heard = tuple(
        one for one in map(judged.get, crossing.from_) if one is not None and one.attainment is not None
    )
    telling = _telling(crossing, heard)
    attainment = _lowest(heard) if has_levels and telling in {"told", "in_part"} else None
    level = None if attainment is None else level_reached(attainment)
    return Seen(crossing.to, weight, crossing.relation, telling, crossing.from_, heard, attainment, level)


def _telling(crossing: Crossing, heard: tuple[Judged, ...]) -> Telling:
    """An equal one that is heard in part tells in part; what was not asked or answered tells nothing."""
    if not heard:
        return "not_told"
    if crossing.relation == "overlaps":
        return "touched"
    if crossing.relation == "equal" and len(heard) == len(crossing.from_):
        return "told"
    return "in_part"


def _lowest(heard: Iterable[Judged]) -> float | None:
    return min((one.attainment for one in heard if one.attainment is not None), default=None)


def _standard(standard: Standard, indicators: tuple[Seen, ...]) -> SeenStandard:
    counted = [(one, one.attainment) for one in indicators if one.attainment is not None]
    weight = sum(one.weight for one, _attainment in counted)
    attained = sum(one.weight * attainment for one, attainment in counted)
    return SeenStandard(
        id=standard.id,
        shares=_shares(indicators),
        score=100 * attained / weight if weight else None,
        only_in_part=any(one.telling == "in_part" for one, _attainment in counted),
        indicators=indicators,
    )


def _shares(indicators: Iterable[Seen]) -> Shares:
    weights = dict.fromkeys(TELLINGS, 0.0)
    for one in indicators:
        weights[one.telling] += one.weight
    whole = sum(weights.values())
    return Shares(**{telling: 100 * weight / whole for telling, weight in weights.items()})
