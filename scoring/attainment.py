"""From credits to how far each indicator is met, and what of it is shown. See docs/scoring.md, 3 and 5.

The values of scoring that one result holds by the hundred are named tuples: as frozen as dataclasses, and
made in a third of the time.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from questionnaires.conditions import Profile
from questionnaires.models import Questionnaire
from questionnaires.visibility import visible_questions
from scoring.answers import Answer, values_said
from scoring.credits import UNKNOWN, ScoredQuestion, credit, scored
from scoring.rounding import level_reached
from scoring.values import Value
from standards.classes import class_of
from standards.models import CLASSES, Framework, IndicatorClass

Status = Literal["answered", "unanswered", "not_applicable", "not_asked"]
TermStatus = Literal["answered", "unknown", "unanswered", "not_applicable"]

SUPPORTS = (1 / 3, 1 / 3, 2 / 3, 1.0, 1.0)
"""The most attainment that each evidence strength, 0 to 4, can stand for. Our rule."""

CLAIMED = 2
"""The level from which an indicator without evidence is flagged."""

STATED = 1
"""The strongest evidence that is still only somebody's word."""

NOTHING_SAID = Answer()


class QuestionTerm(NamedTuple):
    """What one visible, scored question adds to an indicator, or one site to its parent's indicator.

    `credit` is 0 to 1, None while the question has none. `strength` is the evidence counted, 0 to 4, None
    where the questionnaire does not ask for it or the question has no credit.
    """

    question: str
    weight: float
    status: TermStatus
    value: Value | None = None
    credit: float | None = None
    strength: int | None = None


Terms: TypeAlias = tuple[QuestionTerm, ...]


class Judged(NamedTuple):
    """One indicator as the answers leave it.

    `class_` is the class as the profile raised it, and `weight` that class's. The rest is None unless the
    indicator is answered: `attainment` 0 to 1, `level` that attainment rounded down; `strength` the
    evidence 0 to 4, and `evidenced` the attainment that it supports, both None where the questionnaire does
    not ask for evidence.
    """

    code: str
    class_: IndicatorClass
    weight: float
    status: Status
    terms: Terms
    attainment: float | None = None
    level: int | None = None
    strength: int | None = None
    evidenced: float | None = None

    @property
    def applies(self) -> bool:
        """Whether it stands in the sums: asked and applicable, answered or not."""
        return self.status in {"answered", "unanswered"}

    @property
    def unknown(self) -> bool:
        """Whether any of its answers is "don't know"."""
        return "unknown" in [term.status for term in self.terms]

    @property
    def claimed_not_evidenced(self) -> bool:
        """Whether it is claimed to be in place, or more, on nothing but somebody's word."""
        if self.level is None or self.strength is None:
            return False
        return self.level >= CLAIMED and self.strength <= STATED


def judge(
    framework: Framework,
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    *,
    profile: Profile,
    on: date,
) -> dict[str, Judged]:
    """Every indicator of the edition by its code, in the edition's own order.

    Expects answers that were checked; `on` is the reference date.
    """
    terms = _terms(framework, questionnaire, answers, profile, on)
    weights = {class_: framework.weights.of(class_) for class_ in CLASSES}
    judged: dict[str, Judged] = {}
    for code, indicator in framework.indicators.items():
        class_ = class_of(indicator, profile)
        judged[code] = judge_by(code, class_, weights[class_], tuple(terms[code]), questionnaire.combine)
    return judged


def _terms(
    framework: Framework,
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    profile: Profile,
    on: date,
) -> dict[str, list[QuestionTerm]]:
    terms: dict[str, list[QuestionTerm]] = {code: [] for code in framework.indicators}
    for question in _visible(questionnaire, answers, profile):
        said = _said(questionnaire, question, answers.get(question.id, NOTHING_SAID), on)
        for informed in question.informs:
            terms[informed.indicator].append(QuestionTerm(question.id, informed.weight, *said))
    return terms


def _visible(
    questionnaire: Questionnaire, answers: Mapping[str, Answer], profile: Profile
) -> Iterator[ScoredQuestion]:
    return filter(scored, visible_questions(questionnaire, profile, values_said(answers)).values())


def _said(
    questionnaire: Questionnaire, question: ScoredQuestion, answer: Answer, on: date
) -> tuple[TermStatus, Value | None, float | None, int | None]:
    """What every term of a question shares: status, value, credit and strength."""
    asks = questionnaire.asks_evidence
    if answer.not_applicable:
        return "not_applicable", None, None, None
    if answer.unknown:
        return "unknown", None, UNKNOWN, 0 if asks else None
    if answer.value is None:
        return "unanswered", None, None, None
    earned = credit(question, answer.value, scales=questionnaire.scales, on=on)
    return "answered", answer.value, earned, answer.evidence or 0 if asks else None


def judge_by(code: str, class_: IndicatorClass, weight: float, terms: Terms, combine: str) -> Judged:
    """One indicator, by the terms it is made of: their weighted mean, or the weakest of them."""
    earned = counted = 0.0
    lowest = strength = None
    for term in terms:
        if term.credit is None:
            continue
        earned += term.weight * term.credit
        counted += term.weight
        if lowest is None or term.credit < lowest:
            lowest = term.credit
        if term.strength is not None and (strength is None or term.strength < strength):
            strength = term.strength
    if lowest is None:
        return Judged(code, class_, weight, _status_without_credit(terms), terms)
    attainment = lowest if combine == "weakest" else earned / counted
    evidenced = None if strength is None else min(attainment, SUPPORTS[strength])
    level = level_reached(attainment)
    return Judged(code, class_, weight, "answered", terms, attainment, level, strength, evidenced)


def _status_without_credit(terms: Terms) -> Status:
    if not terms:
        return "not_asked"
    if all(term.status == "not_applicable" for term in terms):
        return "not_applicable"
    return "unanswered"
