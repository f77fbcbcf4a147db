"""Several raters of one assessment, each answering blind. See docs/scoring.md, 10."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from questionnaires.conditions import Profile
from questionnaires.models import Question, Questionnaire
from questionnaires.visibility import visible_questions
from scoring.answers import Answer, check_answers, values_said
from scoring.assessment import NO_PROFILE, NO_TARGETS, Result, assess
from scoring.credits import UNKNOWN, credit, scored
from scoring.rounding import reaches, rounded
from standards.models import Framework

DISAGREEMENT = 1 / 3
"""The spread of credits from which raters are asked to talk. It is one level."""

NOTHING_SAID = Answer()
NO_ANSWERS: Mapping[str, Answer] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Rated:
    """What several raters said to one question.

    `credits` are 0 to 1 by rater, "don't know" as 0; raters who said that it does not apply are in
    `not_applicable`, those who said nothing in neither; `heard` are all who said anything. `scored` is the
    answer that counts: the agreed one once it is recorded (`agreed`), until then the one with the median of
    the credits.
    """

    question: str
    heard: tuple[str, ...]
    credits: Mapping[str, float]
    not_applicable: tuple[str, ...]
    scored: Answer
    agreed: bool

    @property
    def median(self) -> float | None:
        """The middle credit, or the lower of the two middle ones; None where there is none."""
        return _median(self.credits.values())

    @property
    def lowest(self) -> float | None:
        """The lowest credit; None where there is none."""
        return min(self.credits.values(), default=None)

    @property
    def highest(self) -> float | None:
        """The highest credit; None where there is none."""
        return max(self.credits.values(), default=None)

    @property
    def spread(self) -> float | None:
        """How far the raters are apart: highest − lowest, 0 to 1; None where there is no credit."""
        credits_ = self.credits.values()
        return max(credits_) - min(credits_) if credits_ else None

    @property
    def open(self) -> bool:
        """Whether what counts is what the raters said, since no agreed answer is recorded."""
        return bool(self.heard) and not self.agreed and self.scored.said

    @property
    def to_discuss(self) -> bool:
        """Whether the raters disagree, and have not agreed yet."""
        return self.disagreement and not self.agreed

    @property
    def disagreement(self) -> bool:
        """Whether the raters are a level or more apart, or only some of them say that it does not apply."""
        if self.spread is None:
            return False
        return bool(self.not_applicable) or reaches(self.spread, DISAGREEMENT)


@dataclass(frozen=True, slots=True)
class JointResult:
    """A result that several raters came to; `questions` are those they were asked, in order."""

    result: Result
    questions: Mapping[str, Rated]

    @property
    def not_agreed(self) -> tuple[str, ...]:
        """The questions that are scored by what the raters said, since no agreed answer is recorded."""
        return tuple(question for question, rated in self.questions.items() if rated.open)

    @property
    def to_discuss(self) -> tuple[str, ...]:
        """The questions that the raters disagree on, and have not agreed on yet."""
        return tuple(question for question, rated in self.questions.items() if rated.to_discuss)


def assess_jointly(
    framework: Framework,
    questionnaire: Questionnaire,
    raters: Mapping[str, Mapping[str, Answer]],
    agreed: Mapping[str, Answer],
    *,
    on: date,
    profile: Profile = NO_PROFILE,
    targets: Mapping[str, int] = NO_TARGETS,
) -> JointResult:
    """Works out one result from each rater's answers by question, and from the agreed answers so far.

    Raises: BadAnswer and ValueError as `assess` does.
    """
    questions = rate(questionnaire, raters, agreed, on=on, profile=profile)
    joint = {id_: one.scored for id_, one in questions.items()}
    return JointResult(
        result=assess(framework, questionnaire, joint, on=on, profile=profile, targets=targets),
        questions=questions,
    )


def rate(
    questionnaire: Questionnaire,
    raters: Mapping[str, Mapping[str, Answer]],
    agreed: Mapping[str, Answer],
    *,
    on: date,
    profile: Profile = NO_PROFILE,
    otherwise: Mapping[str, Answer] = NO_ANSWERS,
) -> Mapping[str, Rated]:
    """What several raters said to each question that they are asked, in order, and what of it counts.

    `otherwise` are answers that count where no rater said anything. What follows for the assessment is for
    `assess` to say, out of the answers that count.

    Raises: BadAnswer where an answer does not fit its question.
    """
    for answers in (*raters.values(), agreed, otherwise):
        check_answers(questionnaire, answers, on=on)
    heard = {rater: _heard(questionnaire, answers, profile) for rater, answers in raters.items()}
    rated = {
        id_: _rated(questionnaire, question, heard, agreed.get(id_, NOTHING_SAID), on)
        for id_, question in questionnaire.questions.items()
    }
    rated |= {
        id_: replace(one, scored=otherwise[id_])
        for id_, one in rated.items()
        if id_ in otherwise and not (one.heard or one.agreed)
    }
    joint = {id_: one.scored for id_, one in rated.items()}
    asked = visible_questions(questionnaire, profile, values_said(joint))
    return MappingProxyType({id_: rated[id_] for id_ in asked})


def _heard(
    questionnaire: Questionnaire, answers: Mapping[str, Answer], profile: Profile
) -> dict[str, Answer]:
    """One rater's answers, without those to questions that are hidden from this rater by the others."""
    asked = visible_questions(questionnaire, profile, values_said(answers))
    return {id_: answers[id_] for id_ in asked if id_ in answers and answers[id_].said}


def _rated(
    questionnaire: Questionnaire,
    question: Question,
    heard: Mapping[str, Mapping[str, Answer]],
    agreed: Answer,
    on: date,
) -> Rated:
    said = {rater: answers[question.id] for rater, answers in heard.items() if question.id in answers}
    earned = {rater: _credit(questionnaire, question, answer, on) for rater, answer in said.items()}
    credits_ = {rater: one for rater, one in earned.items() if one is not None}
    return Rated(
        question=question.id,
        heard=tuple(said),
        credits=MappingProxyType(credits_),
        not_applicable=tuple(rater for rater, answer in said.items() if answer.not_applicable),
        scored=agreed if agreed.said else _until_agreed(said, credits_),
        agreed=agreed.said,
    )


def _credit(questionnaire: Questionnaire, question: Question, answer: Answer, on: date) -> float | None:
    if not scored(question):
        return None
    if answer.unknown:
        return UNKNOWN
    if answer.value is None:
        return None
    return credit(question, answer.value, scales=questionnaire.scales, on=on)


def _until_agreed(said: Mapping[str, Answer], credits_: Mapping[str, float]) -> Answer:
    """The answer with the median credit, with no more evidence than every one of the raters has seen."""
    median = _median(credits_.values())
    if median is None:
        return _unanimous(said.values())
    at_median = [said[rater] for rater, one in credits_.items() if rounded(one) == rounded(median)]
    if any(answer.unknown for answer in at_median):
        return Answer(unknown=True)
    # Which of the values that bring the same credit: the least, whoever gave it. They are all of one type.
    values: list[Any] = [answer.value for answer in at_median]
    return Answer(value=min(values), evidence=min(_strength(said[rater]) for rater in credits_))


def _strength(answer: Answer) -> int:
    return 0 if answer.unknown else answer.evidence or 0


def _unanimous(answers: Iterable[Answer]) -> Answer:
    """What all said alike, of what has no credit; otherwise nothing yet."""
    said = {(answer.value, answer.unknown, answer.not_applicable) for answer in answers}
    return Answer(*said.pop()) if len(said) == 1 else NOTHING_SAID


def _median(credits_: Iterable[float]) -> float | None:
    ordered = sorted(credits_)
    return ordered[(len(ordered) - 1) // 2] if ordered else None
