"""What became of each standard, requirement and indicator of the later round. See docs/scoring.md, 9."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from scoring.compare import Comparison, Round
from scoring.groups import Group, attained_after, attained_before
from scoring.like_for_like import mean_over
from standards.models import Indicator

Became = Literal["improved", "declined", "unchanged", "not_comparable", "new", "not_asked"]
BECAME: tuple[Became, ...] = ("improved", "declined", "unchanged", "not_comparable", "new", "not_asked")


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """What became of one indicator of the later round.

    `group` is the one that it stands in, None where no link leads to it. Where it is not comparable, the
    group's `open_before` and `open_after` say why.
    """

    code: str
    became: Became
    group: Group | None


@dataclass(frozen=True, slots=True)
class PartChange:
    """A standard or a requirement of the later edition, like for like.

    `before` and `after` are its scores over the indicators that are comparable, in percent, 0 to 100; both
    are None where none is. `counts` are its indicators by what became of them, and add up to all of them.
    """

    id: str
    before: float | None
    after: float | None
    counts: Mapping[Became, int]
    indicators: tuple[IndicatorChange, ...]
    requirements: tuple["PartChange", ...] = ()

    @property
    def compared(self) -> int:
        """How many of its indicators are comparable."""
        return self.counts["improved"] + self.counts["declined"] + self.counts["unchanged"]

    @property
    def asked(self) -> int:
        """How many of its indicators the later round asks."""
        return len(self.indicators) - self.counts["not_asked"]


def standards_changed(comparison: Comparison, after: Round) -> tuple[PartChange, ...]:
    """Every standard of the later edition, in its own order, with its requirements and indicators."""
    changes = _Changes(comparison, after)
    return tuple(
        changes.part(
            standard.id,
            standard.indicators,
            tuple(changes.part(one.id, one.indicators) for one in standard.requirements),
        )
        for standard in after.framework.standards
    )


class _Changes:
    """What the parts of the later edition share."""

    def __init__(self, comparison: Comparison, after: Round) -> None:
        self.weighed = after.result.indicators
        self.before = attained_before(comparison.groups)
        self.after = attained_after(comparison.groups)
        grouped = (*comparison.groups, *comparison.not_comparable)
        self.groups = {code: group for group in grouped for code in group.to}

    def part(
        self, id_: str, indicators: Iterable[Indicator], requirements: tuple[PartChange, ...] = ()
    ) -> PartChange:
        """One standard or requirement."""
        codes = [one.code for one in indicators]
        changed = tuple(self.indicator(code) for code in codes)
        became = [one.became for one in changed]
        return PartChange(
            id_,
            mean_over(codes, self.weighed, self.before),
            mean_over(codes, self.weighed, self.after),
            {each: became.count(each) for each in BECAME},
            changed,
            requirements,
        )

    def indicator(self, code: str) -> IndicatorChange:
        """One indicator."""
        group = self.groups.get(code)
        if self.weighed[code].status == "not_asked":
            return IndicatorChange(code, "not_asked", group)
        if group is None:
            return IndicatorChange(code, "new", None)
        return IndicatorChange(code, group.change or "not_comparable", group)
