"""Which indicators of two rounds stand for each other, and how far each side is. See docs/scoring.md, 9."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scoring.attainment import Judged
from scoring.rounding import rounded
from scoring.scores import sum_up
from standards.models import Framework, Link

Change = Literal["improved", "declined", "unchanged"]

NOTICEABLE = 0.005
"""The least difference of attainment that counts as a change."""


@dataclass(frozen=True, slots=True)
class Group:
    """Indicators that stand for each other in two rounds: `from_` and `to` are their codes.

    `before` and `after` are attainment, 0 to 1; each is None where not all of the group's indicators are
    answered and applicable in that round, and `open_before` and `open_after` are the codes of those that
    are not. `weight` is that of the `to` indicators together.
    """

    from_: tuple[str, ...]
    to: tuple[str, ...]
    weight: float
    before: float | None
    after: float | None
    open_before: tuple[str, ...] = ()
    open_after: tuple[str, ...] = ()

    @property
    def comparable(self) -> bool:
        """Whether there is a value on both sides."""
        return self.before is not None and self.after is not None

    @property
    def change(self) -> Change | None:
        """Which way it went; None where it cannot be compared."""
        if self.before is None or self.after is None:
            return None
        difference = rounded(self.after - self.before)
        if abs(difference) < NOTICEABLE:
            return "unchanged"
        return "improved" if difference > 0 else "declined"


def groups(
    earlier: Framework, later: Framework, before: Mapping[str, Judged], after: Mapping[str, Judged]
) -> tuple[Group, ...]:
    """The groups of two rounds: each indicator for itself within one edition, by the links across two.

    `before` and `after` are the indicators of each round by code.

    Raises: ValueError where a link names an indicator that the earlier edition does not have.
    """
    return tuple(
        _group([before[code] for code in from_], [after[code] for code in to])
        for from_, to in _pairs(earlier, later)
    )


def links(earlier: Framework, later: Framework) -> tuple[Link, ...]:
    """How the indicators of a later edition follow from those of an earlier one."""
    return tuple(
        link for against in later.earlier if against.edition == earlier.edition for link in against.links
    )


def left_over(framework: Framework, grouped: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The codes of an edition that stand in no group, given the codes of each."""
    accounted = {code for codes in grouped for code in codes}
    return tuple(code for code in framework.indicators if code not in accounted)


def attained_before(some: Iterable[Group]) -> dict[str, float | None]:
    """What each later indicator stands for in the earlier round: its group's attainment, by its code."""
    return {code: group.before for group in some for code in group.to}


def attained_after(some: Iterable[Group]) -> dict[str, float | None]:
    """What each later indicator stands for in the later round: its group's attainment, by its code."""
    return {code: group.after for group in some for code in group.to}


def _pairs(earlier: Framework, later: Framework) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    if earlier.edition == later.edition:
        # An edition of one's own may have been changed under its name: then only what both have.
        yield from (((code,), (code,)) for code in later.indicators if code in earlier.indicators)
        return
    for link in links(earlier, later):
        unknown = [code for code in link.from_ if code not in earlier.indicators]
        if unknown:
            raise ValueError(f"{later.id} {later.edition} links {unknown[0]}: not in {earlier.edition}")
        yield link.from_, link.to


def _group(before: Sequence[Judged], after: Sequence[Judged]) -> Group:
    return Group(
        from_=tuple(one.code for one in before),
        to=tuple(one.code for one in after),
        weight=sum(one.weight for one in after),
        before=_attainment(before),
        after=_attainment(after),
        open_before=_open(before),
        open_after=_open(after),
    )


def _attainment(judged: Sequence[Judged]) -> float | None:
    if _open(judged):
        return None
    if len(judged) == 1:  # as it is: dividing by its weight again may leave another last digit
        return judged[0].attainment
    sums = sum_up(judged)
    return sums.attained / sums.answered


def _open(judged: Iterable[Judged]) -> tuple[str, ...]:
    return tuple(one.code for one in judged if one.attainment is None)
