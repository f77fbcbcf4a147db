"""Which rating a result reaches, and what stands between it and the next. See docs/scoring.md, 6."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scoring.attainment import Judged
from scoring.rounding import reaches, rounded
from scoring.scores import Figures, Part
from standards.models import Framework, IndicatorClass, Rating

Kind = Literal["score", "coverage", "class", "evidence", "standard"]


@dataclass(frozen=True, slots=True)
class Standing:
    """One condition of a rating, beside what is.

    `subject` is the class or the standard's id, None for the overall score and coverage. `needed` and
    `actual` are percents, or levels (0 to 3) for a class, or strengths (0 to 4) for evidence; there
    `actual` is the lowest among the answered. It is None where there is no such figure. `in_the_way` are
    codes of indicators, in the edition's own order.
    """

    kind: Kind
    subject: str | None
    needed: float
    actual: float | None
    holds: bool
    in_the_way: tuple[str, ...] = ()
    nothing_to_judge: bool = False


@dataclass(frozen=True, slots=True)
class Considered:
    """A rating beside the state of its conditions."""

    rating: Rating
    conditions: tuple[Standing, ...]

    @property
    def holds(self) -> bool:
        """Whether every condition holds."""
        return all(condition.holds for condition in self.conditions)

    @property
    def waiting(self) -> tuple[Standing, ...]:
        """The conditions that do not hold yet."""
        return tuple(condition for condition in self.conditions if not condition.holds)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rating reached, and the next better one that this questionnaire can show.

    `reached` is None while nothing is answered, `next` also at the top.
    """

    reached: Considered | None
    next: Considered | None


@dataclass(frozen=True, slots=True)
class Grounds:
    """What ratings are decided on: the applicable, asked indicators and the figures made of them."""

    judged: Sequence[Judged]
    of_class: Mapping[IndicatorClass, Sequence[Judged]]
    overall: Figures
    standards: Mapping[str, Part]
    asks_evidence: bool


def rate(framework: Framework, grounds: Grounds, *, ceiling: str | None = None) -> Verdict:
    """The first rating whose every condition holds, searched from the one named `ceiling`, or from the best.

    Below one answered indicator there is no rating.
    """
    if not any(one.status == "answered" for one in grounds.judged):
        return Verdict(None, None)
    ratings = framework.ratings
    first = 0 if ceiling is None else [rating.id for rating in ratings].index(ceiling)
    better = None
    for rating in ratings[first:]:
        considered = Considered(rating, tuple(_standings(rating, grounds)))
        if considered.holds:
            return Verdict(considered, better)
        better = considered
    return Verdict(None, better)


def _standings(rating: Rating, grounds: Grounds) -> Iterator[Standing]:
    if rating.min_score is not None:
        yield _score(rating.min_score, grounds.overall, grounds.judged)
    if rating.coverage is not None:
        yield _coverage(rating.coverage, grounds)
    for class_, level in rating.classes.items():
        yield _class(class_, level, grounds)
    for class_, strength in rating.evidence.items():
        yield _evidence(class_, strength, grounds)
    for standard, score in rating.standards.items():
        part = grounds.standards[standard]
        yield _score(score, part.figures, part.indicators, standard)


def _score(
    needed: float, figures: Figures, judged: Sequence[Judged], standard: str | None = None
) -> Standing:
    kind: Kind = "score" if standard is None else "standard"
    if figures.score is None:
        return Standing(kind, standard, needed, None, False, _unanswered(judged))
    if reaches(figures.score, needed):
        return Standing(kind, standard, needed, figures.score, True)
    return Standing(kind, standard, needed, figures.score, False, _pulling_below(needed, judged))


def _coverage(needed: float, grounds: Grounds) -> Standing:
    actual = grounds.overall.coverage
    if actual is not None and reaches(actual, needed):
        return Standing("coverage", None, needed, actual, True)
    return Standing("coverage", None, needed, actual, False, _unanswered(grounds.judged))


def _class(class_: IndicatorClass, needed: int, grounds: Grounds) -> Standing:
    levels = {one.code: one.level for one in grounds.of_class[class_]}
    short = _short_of(needed, levels)
    return Standing("class", class_, needed, _lowest(levels), not short, short, not levels)


def _evidence(class_: IndicatorClass, needed: int, grounds: Grounds) -> Standing:
    strengths = {one.code: one.strength for one in grounds.of_class[class_]}
    short = _short_of(needed, strengths)
    holds = grounds.asks_evidence and not short
    return Standing("evidence", class_, needed, _lowest(strengths), holds, short, not strengths)


def _unanswered(judged: Iterable[Judged]) -> tuple[str, ...]:
    return tuple([one.code for one in judged if one.status == "unanswered"])


def _pulling_below(needed: float, judged: Iterable[Judged]) -> tuple[str, ...]:
    mark = rounded(needed)
    return tuple(
        [one.code for one in judged if one.attainment is not None and rounded(100 * one.attainment) < mark]
    )


def _short_of(needed: int, by_code: Mapping[str, int | None]) -> tuple[str, ...]:
    return tuple([code for code, reached in by_code.items() if reached is None or reached < needed])


def _lowest(by_code: Mapping[str, int | None]) -> int | None:
    return min([reached for reached in by_code.values() if reached is not None], default=None)
