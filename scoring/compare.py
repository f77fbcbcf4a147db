"""What changed between two rounds, and how much of it is practice. See docs/scoring.md, 9."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from scoring.assessment import Result
from scoring.groups import Group, attained_after, attained_before, groups, left_over
from scoring.like_for_like import like_for_like
from scoring.rounding import shown_parts
from standards.models import Framework

WhyNot = Literal["not_linked", "nothing_answered", "nothing_in_common"]


@dataclass(frozen=True, slots=True)
class Round:
    """One assessment's result, and the edition that it was made with."""

    framework: Framework
    result: Result


@dataclass(frozen=True, slots=True)
class ShownSplit:
    """A split to one decimal: the three parts add up to the change exactly as it is shown."""

    practice: Decimal
    left: Decimal
    joined: Decimal
    change: Decimal


@dataclass(frozen=True, slots=True)
class Split:
    """Where the change of the headline score comes from, in points of a percent.

    `headline` are the scores of the two rounds, `like_for_like` those over the comparable groups, by the
    later round's weights; all in percent, 0 to 100.
    """

    headline: tuple[float, float]
    like_for_like: tuple[float, float]

    @property
    def change(self) -> float:
        """How far the headline score has moved: what the three parts add up to."""
        return self.headline[1] - self.headline[0]

    @property
    def practice(self) -> float:
        """What changed in practice, like for like."""
        return self.like_for_like[1] - self.like_for_like[0]

    @property
    def left(self) -> float:
        """What left the comparison, or was weighted anew."""
        return self.like_for_like[0] - self.headline[0]

    @property
    def joined(self) -> float:
        """What joined the comparison."""
        return self.headline[1] - self.like_for_like[1]

    @property
    def shown(self) -> ShownSplit:
        """The parts to one decimal, with what rounding leaves over on the largest of them."""
        parts = (self.practice, self.left, self.joined)
        (practice, left, joined), change = shown_parts(parts, self.change)
        return ShownSplit(practice, left, joined, change)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two rounds.

    `headline` are their scores in percent, None where nothing was answered. `groups` are those that can be
    compared, `not_comparable` the others. `retired` and `new` are codes that no link leads from or to.
    `share` is the comparable groups' weight in percent of what applies in the later round, None where
    nothing does. Where no group can be compared there is no `split`, and `why_not` says why.
    """

    headline: tuple[float | None, float | None]
    groups: tuple[Group, ...]
    not_comparable: tuple[Group, ...]
    retired: tuple[str, ...]
    new: tuple[str, ...]
    share: float | None
    split: Split | None
    why_not: WhyNot | None = None


def compare(before: Round, after: Round) -> Comparison:
    """What changed from one round to a later one, over the indicators that stand for each other in both.

    Raises: ValueError where the rounds were made with two different frameworks, or where a link names an
    indicator that the earlier edition does not have.
    """
    check_framework(before, after)
    found = groups(before.framework, after.framework, before.result.indicators, after.result.indicators)
    comparable = tuple(group for group in found if group.comparable)
    split = _split(comparable, before, after)
    return Comparison(
        headline=(before.result.overall.score, after.result.overall.score),
        groups=comparable,
        not_comparable=tuple(group for group in found if not group.comparable),
        retired=left_over(before.framework, (group.from_ for group in found)),
        new=left_over(after.framework, (group.to for group in found)),
        share=_share(comparable, after.result),
        split=split,
        why_not=None if split else _why_not(found, before, after),
    )


def check_framework(before: Round, after: Round) -> None:
    """Makes sure that two rounds were made with one framework, whatever the edition.

    Raises: ValueError where they were not.
    """
    if before.framework.id != after.framework.id:
        raise ValueError(
            f"expected two rounds with one framework, not {before.framework.id} and {after.framework.id}"
        )


def _share(comparable: Iterable[Group], later: Result) -> float | None:
    applicable = sum(one.weight for one in later.indicators.values() if one.applies)
    if not applicable:
        return None
    return 100 * sum(group.weight for group in comparable) / applicable


def _split(comparable: Sequence[Group], before: Round, after: Round) -> Split | None:
    weighed = after.result.indicators
    earlier = like_for_like(after.framework, weighed, attained_before(comparable))
    later = like_for_like(after.framework, weighed, attained_after(comparable))
    was, is_ = before.result.overall.score, after.result.overall.score
    if earlier is None or later is None or was is None or is_ is None:
        return None
    return Split((was, is_), (earlier, later))


def _why_not(found: Sequence[Group], before: Round, after: Round) -> WhyNot:
    if not found:
        return "not_linked"
    if before.result.overall.score is None or after.result.overall.score is None:
        return "nothing_answered"
    return "nothing_in_common"
