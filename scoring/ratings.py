"""Which rating a result reaches, and what stands between it and the next. See docs/scoring.md, 6."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from scoring.attainment import Judged
from scoring.rounding import reaches, rounded
from scoring.scores import Figures, Part
from standards.models import Framework, IndicatorClass, Rating

Kind = Literal["score", "coverage", "class", "evidence", "standard"]


class Standing(NamedTuple):
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


class Considered(NamedTuple):
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


class Verdict(NamedTuple):
    """The rating reached, and the next better one that this questionnaire can show.

    `reached` is None while nothing is answered, `next` also at the top.
    """

    reached: Considered | None
    next: Considered | None


class Grounds(NamedTuple):
    """What ratings are decided on: the applicable, asked indicators and the figures made of them."""

    judged: Sequence[Judged]
    of_class: Mapping[str, Sequence[Judged]]
    overall: Figures
    standards: Mapping[str, Part]
    asks_evidence: bool


def rate(framework: Framework, grounds: Grounds, *, ceiling: str | None = None) -> Verdict:
    """The first rating whose every condition holds, searched from the one named `ceiling`, or from the best.

    Below one answered indicator there is no rating.
    """
    if grounds.overall.score is None:
        return Verdict(None, None)
    ratings = framework.ratings
    first = 0 if ceiling is None else [rating.id for rating in ratings].index(ceiling)
    better = None
    for rating in ratings[first:]:
        if all(standing.holds for standing in _standings(rating, grounds)):
            return Verdict(_considered(rating, grounds), _considered(better, grounds) if better else None)
        better = rating
    return Verdict(None, _considered(better, grounds) if better else None)


def _considered(rating: Rating, grounds: Grounds) -> Considered:
    """Looked for only in the ratings that are shown: every condition, and what is in its way."""
    return Considered(
        rating,
        tuple(
            standing if standing.holds else standing._replace(in_the_way=_in_the_way(standing, grounds))
            for standing in _standings(rating, grounds)
        ),
    )


def _standings(rating: Rating, grounds: Grounds) -> Iterator[Standing]:
    if rating.min_score is not None:
        yield _percent("score", None, rating.min_score, grounds.overall.score)
    if rating.coverage is not None:
        yield _percent("coverage", None, rating.coverage, grounds.overall.coverage)
    for class_, level in rating.classes.items():
        levels = [one.level for one in grounds.of_class[class_]]
        yield _lowest("class", class_, level, levels)
    for class_, strength in rating.evidence.items():
        strengths = [one.strength for one in grounds.of_class[class_]]
        yield _lowest("evidence", class_, strength, strengths, allowed=grounds.asks_evidence)
    for standard, score in rating.standards.items():
        yield _percent("standard", standard, score, grounds.standards[standard].figures.score)


def _percent(kind: Kind, subject: str | None, needed: float, actual: float | None) -> Standing:
    return Standing(kind, subject, needed, actual, actual is not None and reaches(actual, needed))


def _lowest(
    kind: Kind, class_: IndicatorClass, needed: int, found: Sequence[int | None], *, allowed: bool = True
) -> Standing:
    complete = None not in found
    lowest = min([one for one in found if one is not None], default=None)
    holds = allowed and complete and (lowest is None or lowest >= needed)
    return Standing(kind, class_, needed, lowest, holds, nothing_to_judge=not found)


def _in_the_way(standing: Standing, grounds: Grounds) -> tuple[str, ...]:
    judged, needed = _looked_at(standing, grounds), rounded(standing.needed)
    if standing.kind == "class":
        short = [one for one in judged if one.level is None or one.level < needed]
    elif standing.kind == "evidence":
        short = [one for one in judged if one.strength is None or one.strength < needed]
    elif standing.kind == "coverage" or standing.actual is None:
        short = [one for one in judged if one.status == "unanswered"]
    else:
        answered = ((one, one.attainment) for one in judged if one.attainment is not None)
        short = [one for one, attainment in answered if rounded(100 * attainment) < needed]
    return tuple([one.code for one in short])


def _looked_at(standing: Standing, grounds: Grounds) -> Sequence[Judged]:
    if standing.subject is None:
        return grounds.judged
    if standing.kind == "standard":
        return grounds.standards[standing.subject].indicators
    return grounds.of_class[standing.subject]
