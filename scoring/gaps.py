"""How far each indicator is below its target, and what to close first. See docs/scoring.md, 7."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from questionnaires.conditions import Profile
from scoring.attainment import Judged
from scoring.refusals import BadAnswer
from scoring.rounding import rounded
from standards.models import TOP_LEVEL, Framework

Tier = Literal["urgent", "high", "medium", "low"]

ACT_WITHIN: Mapping[Tier, int] = MappingProxyType({"urgent": 30, "high": 90, "medium": 180, "low": 365})
"""Days to act within, by tier, the first tier first. Our rule."""

USUAL_TARGET = 2
TARGETS = (USUAL_TARGET, TOP_LEVEL)

MORE_EXPOSED = 1.5
"""How much more a gap counts where the profile rates one of its themes high. Our rule."""

_ORDER = {tier: place for place, tier in enumerate(ACT_WITHIN)}


class Gap(NamedTuple):
    """An answered indicator below its target, with the terms of its priority.

    `size` is target/3 − attainment, 0 to 1; `priority` is size · weight · exposure. `level` is the
    attainment rounded down and `target` a level. `exposed_by` are its themes that the profile rates high.
    `days` are those to act within.
    """

    code: str
    tier: Tier
    days: int
    level: int
    target: int
    size: float
    weight: float
    exposure: float
    exposed_by: tuple[str, ...]

    @property
    def priority(self) -> float:
        """What the gaps of one tier are ordered by."""
        return self.size * self.weight * self.exposure


def find_gaps(
    framework: Framework, judged: Iterable[Judged], *, profile: Profile, targets: Mapping[str, int]
) -> tuple[Gap, ...]:
    """Every gap: by tier, then priority from high to low, then the order of the indicators given."""
    high = {theme for theme, intensity in profile.items() if intensity == "high"}
    found: list[Gap] = []
    for one in judged:
        target = targets.get(one.code, USUAL_TARGET)
        if one.attainment is None or one.level is None or one.level >= target:
            continue
        tier = _tier(one, one.attainment)
        size = target / TOP_LEVEL - one.attainment
        exposed_by = tuple([theme for theme in framework.indicators[one.code].themes if theme in high])
        exposure = MORE_EXPOSED if exposed_by else 1.0
        found.append(
            Gap(one.code, tier, ACT_WITHIN[tier], one.level, target, size, one.weight, exposure, exposed_by)
        )
    found.sort(key=_first_to_close)
    return tuple(found)


def check_targets(framework: Framework, targets: Mapping[str, int]) -> None:
    """Makes sure that targets name indicators of the edition and levels that can be a target.

    Raises: BadAnswer for the first that does not.
    """
    for code, target in targets.items():
        if code not in framework.indicators:
            raise BadAnswer(code, "expected an indicator of this edition")
        if type(target) is not int or target not in TARGETS:
            raise BadAnswer(code, "expected target level {usual} or {top}", usual=USUAL_TARGET, top=TOP_LEVEL)


def _first_to_close(gap: Gap) -> tuple[int, float]:
    return _ORDER[gap.tier], -rounded(gap.priority)


def _tier(one: Judged, attainment: float) -> Tier:
    if one.class_ == "major":
        return "medium"
    if one.class_ == "supporting":
        return "low"
    return "urgent" if not rounded(attainment) or one.unknown else "high"
