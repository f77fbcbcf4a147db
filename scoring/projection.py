"""What a result would come to, were some actions of its plan done. See docs/scoring.md, 8."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from questionnaires.models import Questionnaire
from scoring.assessment import Result
from scoring.attainment import SUPPORTS, Judged
from scoring.outcome import Outcome, outcome
from scoring.plan import Step
from scoring.ratings import Verdict
from scoring.refusals import BadAnswer
from scoring.rounding import rounded
from scoring.schedule import last_day, month_of
from standards.models import TOP_LEVEL, Action, Framework

LEAVES: Mapping[int, int] = MappingProxyType({1: 1, 2: 2, 3: 3})
"""The evidence strength (0 to 4) that an action leaves, by the level that it reaches. Our rule.

Started leaves somebody's word, in place a document, embedded records of use. No action of one's own leaves
what independent voices confirm. See docs/decisions/0015.
"""


class Projection(NamedTuple):
    """What a result would come to, were some actions done.

    The figures of the two outcomes differ in what is evidenced alone, the ratings where they ask for
    evidence. `indicators` are by code, with the evidence that the actions leave. No action changes what is
    `unanswered`, or what `lacks_only_evidence`: what is at its target, on evidence too weak for what it
    claims or for the next rating. Both are codes, in the edition's own order.
    """

    evidence_as_now: Outcome
    evidence_as_left: Outcome
    indicators: Mapping[str, Judged]
    unanswered: tuple[str, ...]
    lacks_only_evidence: tuple[str, ...]


class Month(NamedTuple):
    """Where things would stand at the end of a plan's month: 1 for the first, `ends` its last day."""

    number: int
    ends: date
    projection: Projection


def project(
    framework: Framework,
    questionnaire: Questionnaire,
    result: Result,
    chosen: Collection[Step],
    *,
    done: Collection[Step] = (),
) -> Projection:
    """What a result would come to, were the chosen steps done: their indicators rise, all else stays.

    An indicator rises to the level of the highest step that is chosen, and it never falls. A step counts
    only where every earlier one that the edition has is below the present level, chosen too, or `done`,
    though the answers may not say so yet. An indicator that is not answered stays so.

    Raises: BadAnswer where a step is none of this edition.
    """
    check_steps(framework, [*chosen, *done])
    chosen, done = frozenset(chosen), frozenset(done)
    reached = {
        code: _level_reached(framework.indicators[code].actions, one, chosen, done)
        for code, one in result.indicators.items()
    }
    as_now = {code: _raised(one, reached[code], leaves=False) for code, one in result.indicators.items()}
    as_left = {code: _raised(one, reached[code], leaves=True) for code, one in result.indicators.items()}
    now, left = (
        outcome(
            framework,
            judged,
            asks_evidence=questionnaire.asks_evidence,
            ceiling=questionnaire.rating_ceiling,
        )
        for judged in (as_now, as_left)
    )
    return Projection(
        evidence_as_now=now,
        evidence_as_left=left,
        indicators=MappingProxyType(as_left),
        unanswered=result.still_to_answer,
        lacks_only_evidence=_lacking_only_evidence(result, as_left, left.verdict),
    )


def project_by_month(
    framework: Framework,
    questionnaire: Questionnaire,
    result: Result,
    due: Mapping[Step, date],
    *,
    start: date,
    done: Collection[Step] = (),
) -> tuple[Month, ...]:
    """The projection after each month of a plan in which something is `due`; between them it stays.

    Steps due by the end of a month are done by then, with all that were due before. `start` is the plan's
    first day; what is due before it counts to the first month.

    Raises: BadAnswer where a step is none of this edition.
    """
    months: dict[int, list[Step]] = {}
    for step, day in due.items():
        months.setdefault(month_of(start, day), []).append(step)
    by_then: set[Step] = set()
    projected: list[Month] = []
    for number, steps in sorted(months.items()):
        by_then.update(steps)
        projection = project(framework, questionnaire, result, by_then, done=done)
        projected.append(Month(number, last_day(start, number), projection))
    return tuple(projected)


def check_steps(framework: Framework, steps: Iterable[Step]) -> None:
    """Makes sure that steps are steps of the edition.

    Raises: BadAnswer for the first that is not.
    """
    for step in steps:
        indicator = framework.indicators.get(step.indicator)
        if indicator is None or all(action.to != step.to for action in indicator.actions):
            raise BadAnswer(step.indicator, "expected a step of this edition")


def _level_reached(
    actions: Iterable[Action], one: Judged, chosen: Collection[Step], done: Collection[Step]
) -> int | None:
    """The level of the highest step that counts; None where none does."""
    reached = None
    for to in sorted([action.to for action in actions if one.level is not None and action.to > one.level]):
        if Step(one.code, to) in chosen:
            reached = to
        elif Step(one.code, to) not in done:
            break
    return reached


def _raised(one: Judged, level: int | None, *, leaves: bool) -> Judged:
    """The indicator at that level, with the evidence that it has, or with what reaching the level leaves."""
    if level is None or one.attainment is None:
        return one
    attainment = max(one.attainment, level / TOP_LEVEL)
    strength = one.strength
    if strength is not None and leaves:
        strength = max(strength, LEAVES[level])
    evidenced = None if strength is None else min(attainment, SUPPORTS[strength])
    # What was said no longer explains it, so it has no terms.
    return one._replace(terms=(), attainment=attainment, level=level, strength=strength, evidenced=evidenced)


def _lacking_only_evidence(result: Result, judged: Mapping[str, Judged], verdict: Verdict) -> tuple[str, ...]:
    targets = {gap.code: gap.target for gap in result.gaps}
    waiting = verdict.next.waiting if verdict.next else ()
    for_rating = _named(one.in_the_way for one in waiting if one.kind == "evidence")
    for_level = _named(one.in_the_way for one in waiting if one.kind == "class")
    return tuple(
        code
        for code, one in judged.items()
        if one.level is not None
        and one.level >= targets.get(code, one.level)
        and (_overclaimed(one) or (code in for_rating and code not in for_level))
    )


def _named(codes: Iterable[tuple[str, ...]]) -> set[str]:
    return {code for some in codes for code in some}


def _overclaimed(one: Judged) -> bool:
    if one.attainment is None or one.evidenced is None:
        return False
    return rounded(one.evidenced) < rounded(one.attainment)
