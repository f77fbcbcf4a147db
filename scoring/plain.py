"""A result as plain data, for whoever recomputes it or keeps it: every figure to 9 decimals.

The form is described in docs/results.md.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from scoring.assessment import Result
from scoring.attainment import Status, TermStatus
from scoring.compare import Comparison, WhyNot
from scoring.gaps import Tier
from scoring.groups import Change
from scoring.ratings import Kind
from scoring.rounding import rounded
from scoring.scores import Part
from standards.models import IndicatorClass

Figure = Annotated[float, AfterValidator(rounded)]


class _Plain(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True)


class PlainFigures(_Plain):
    """A score with its range and coverage, in percent, 0 to 100; null where there is nothing to divide by."""

    score: Figure | None
    coverage: Figure | None
    low: Figure | None
    high: Figure | None
    evidenced: Figure | None


class PlainTerm(_Plain):
    """What one question adds to an indicator: weight, credit (0 to 1), strength of evidence (0 to 4)."""

    question: str
    weight: Figure
    status: TermStatus
    credit: Figure | None
    strength: int | None


class PlainIndicator(_Plain):
    """One indicator with the class that the profile leaves it; the figures are null unless it is answered."""

    status: Status
    class_: IndicatorClass = Field(serialization_alias="class")
    weight: Figure
    attainment: Figure | None
    level: int | None
    strength: int | None
    evidenced: Figure | None
    terms: tuple[PlainTerm, ...]


class PlainStanding(_Plain):
    """A condition that the next rating is waiting for, and the codes of the indicators in its way."""

    kind: Kind
    subject: str | None
    needed: Figure
    actual: Figure | None
    in_the_way: tuple[str, ...]


class PlainNextRating(_Plain):
    """The next better rating, and what it is waiting for."""

    id: str
    waiting: tuple[PlainStanding, ...]


class PlainGap(_Plain):
    """How far an indicator is below its target, 0 to 1, and what it is ordered by."""

    code: str
    gap: Figure = Field(validation_alias="size")
    priority: Figure
    tier: Tier


class PlainGroup(_Plain):
    """Indicators that stand for each other in two rounds, with their attainment, 0 to 1, in both.

    `before`, `after` and `change` are null where they cannot be compared.
    """

    from_: tuple[str, ...] = Field(serialization_alias="from")
    to: tuple[str, ...]
    before: Figure | None
    after: Figure | None
    change: Change | None


class PlainComparison(_Plain):
    """What changed between two rounds; scores in percent, parts in points of a percent.

    Where no group can be compared, `like_for_like` and the three parts are null, and `why_not` says why.
    """

    headline: tuple[Figure | None, Figure | None]
    like_for_like: tuple[Figure, Figure] | None
    practice: Figure | None
    left: Figure | None
    joined: Figure | None
    comparable_share: Figure | None
    groups: tuple[PlainGroup, ...]
    not_comparable: tuple[PlainGroup, ...]
    retired: tuple[str, ...]
    new: tuple[str, ...]
    why_not: WhyNot | None


class PlainResult(_Plain):
    """Everything that one assessment's answers mean on its reference date.

    `standards`, `requirements` and `indicators` are by id or code. `comparison` is null where nothing was
    compared.
    """

    on: date
    overall: PlainFigures
    assurance_gap: Figure | None
    standards: dict[str, PlainFigures]
    requirements: dict[str, PlainFigures]
    indicators: dict[str, PlainIndicator]
    rating: str | None
    next_rating: PlainNextRating | None
    gaps: tuple[PlainGap, ...]
    still_to_answer: tuple[str, ...]
    claimed_not_evidenced: tuple[str, ...]
    without_score: tuple[str, ...]
    comparison: PlainComparison | None = None


def plain_result(result: Result, comparison: Comparison | None = None) -> PlainResult:
    """A result as plain data, with what changed since an earlier round if that was compared."""
    reached, following = result.verdict.reached, result.verdict.next
    return PlainResult(
        on=result.on,
        overall=PlainFigures.model_validate(result.overall),
        assurance_gap=result.overall.assurance_gap,
        standards=_figures(result.standards),
        requirements=_figures(part for standard in result.standards for part in standard.requirements),
        indicators={code: PlainIndicator.model_validate(one) for code, one in result.indicators.items()},
        rating=reached.rating.id if reached else None,
        next_rating=PlainNextRating(
            id=following.rating.id,
            waiting=tuple(PlainStanding.model_validate(one) for one in following.waiting),
        )
        if following
        else None,
        gaps=tuple(PlainGap.model_validate(gap) for gap in result.gaps),
        still_to_answer=result.still_to_answer,
        claimed_not_evidenced=result.claimed_not_evidenced,
        without_score=result.without_score,
        comparison=plain_comparison(comparison) if comparison else None,
    )


def plain_comparison(comparison: Comparison) -> PlainComparison:
    """A comparison as plain data."""
    split = comparison.split
    return PlainComparison(
        headline=comparison.headline,
        like_for_like=split.like_for_like if split else None,
        practice=split.practice if split else None,
        left=split.left if split else None,
        joined=split.joined if split else None,
        comparable_share=comparison.share,
        groups=tuple(PlainGroup.model_validate(group) for group in comparison.groups),
        not_comparable=tuple(PlainGroup.model_validate(group) for group in comparison.not_comparable),
        retired=comparison.retired,
        new=comparison.new,
        why_not=comparison.why_not,
    )


def _figures(parts: Iterable[Part]) -> dict[str, PlainFigures]:
    return {part.id: PlainFigures.model_validate(part.figures) for part in parts}
