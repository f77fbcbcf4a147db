"""What changed between two rounds, and how much of it is practice. See docs/scoring.md, 9."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from scoring.assessment import Result
from scoring.attainment import Judged
from scoring.rounding import rounded, shown_parts
from scoring.scores import figures, mean_of
from standards.models import Framework, Link

Change = Literal["improved", "declined", "unchanged"]
WhyNot = Literal["not_linked", "nothing_answered", "nothing_in_common"]

NOTICEABLE = 0.005
"""The least difference of attainment that counts as a change."""


@dataclass(frozen=True, slots=True)
class Round:
    """One assessment's result, and the edition that it was made with."""

    framework: Framework
    result: Result


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
    if before.framework.id != after.framework.id:
        raise ValueError(
            f"expected two rounds with one framework, not {before.framework.id} and {after.framework.id}"
        )
    groups = [_group(from_, to, before, after) for from_, to in _pairs(before.framework, after.framework)]
    comparable = tuple(group for group in groups if group.comparable)
    split = _split(comparable, before, after)
    return Comparison(
        headline=(before.result.overall.score, after.result.overall.score),
        groups=comparable,
        not_comparable=tuple(group for group in groups if not group.comparable),
        retired=_left_over(before.framework, (group.from_ for group in groups)),
        new=_left_over(after.framework, (group.to for group in groups)),
        share=_share(comparable, after.result),
        split=split,
        why_not=None if split else _why_not(groups, before, after),
    )


def _pairs(earlier: Framework, later: Framework) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The codes that stand for each other: each for itself within one edition, by the links across two."""
    if earlier.edition == later.edition:
        yield from (((code,), (code,)) for code in later.indicators)
        return
    for link in _links(earlier, later):
        unknown = [code for code in link.from_ if code not in earlier.indicators]
        if unknown:
            raise ValueError(f"{later.id} {later.edition} links {unknown[0]}: not in {earlier.edition}")
        yield link.from_, link.to


def _links(earlier: Framework, later: Framework) -> Iterator[Link]:
    for against in later.earlier:
        if against.edition == earlier.edition:
            yield from against.links


def _group(from_: tuple[str, ...], to: tuple[str, ...], before: Round, after: Round) -> Group:
    was = [before.result.indicators[code] for code in from_]
    is_ = [after.result.indicators[code] for code in to]
    return Group(
        from_=from_,
        to=to,
        weight=sum(one.weight for one in is_),
        before=_attainment(was),
        after=_attainment(is_),
        open_before=_open(was),
        open_after=_open(is_),
    )


def _attainment(judged: Sequence[Judged]) -> float | None:
    if _open(judged):
        return None
    if len(judged) == 1:  # as it is: dividing by its weight again may leave another last digit
        return judged[0].attainment
    score = figures(judged).score
    return None if score is None else score / 100


def _open(judged: Iterable[Judged]) -> tuple[str, ...]:
    return tuple(one.code for one in judged if one.attainment is None)


def _left_over(framework: Framework, linked: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    accounted = {code for codes in linked for code in codes}
    return tuple(code for code in framework.indicators if code not in accounted)


def _share(comparable: Iterable[Group], later: Result) -> float | None:
    applicable = sum(one.weight for one in later.indicators.values() if one.applies)
    if not applicable:
        return None
    return 100 * sum(group.weight for group in comparable) / applicable


def _split(comparable: Sequence[Group], before: Round, after: Round) -> Split | None:
    earlier = _like_for_like(after, {code: group.before for group in comparable for code in group.to})
    later = _like_for_like(after, {code: group.after for group in comparable for code in group.to})
    was, is_ = before.result.overall.score, after.result.overall.score
    if earlier is None or later is None or was is None or is_ is None:
        return None
    return Split((was, is_), (earlier, later))


def _like_for_like(later: Round, attained: Mapping[str, float | None]) -> float | None:
    """The later edition's score over these indicators alone, were each attained so far."""
    standards = [
        [
            _stand_in(later.result.indicators[one.code], attained[one.code])
            for one in standard.indicators
            if one.code in attained
        ]
        for standard in later.framework.standards
    ]
    if later.framework.overall == "equal_standards":
        return mean_of([figures(standard) for standard in standards]).score
    return figures(one for standard in standards for one in standard).score


def _stand_in(one: Judged, attained: float | None) -> Judged:
    return Judged(one.code, one.class_, one.weight, "answered", (), attained)


def _why_not(groups: Sequence[Group], before: Round, after: Round) -> WhyNot:
    if not groups:
        return "not_linked"
    if before.result.overall.score is None or after.result.overall.score is None:
        return "nothing_answered"
    return "nothing_in_common"
