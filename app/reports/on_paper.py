"""A questionnaire on paper: what can be ticked, and when a question may be left out, in words."""

from dataclasses import dataclass
from typing import assert_never

from markupsafe import escape

from app.language import gettext as _
from app.pack_words import filled
from app.wording import intensities
from questionnaires.conditions import All, AnswerCondition, AnyOf, Condition, Not, Value
from questionnaires.models import (
    ChecklistQuestion,
    ChoiceQuestion,
    LevelQuestion,
    ProfileFact,
    Question,
    Questionnaire,
)
from standards.models import INTENSITIES, FactCondition, Framework


@dataclass(frozen=True)
class Box:
    """A box to tick: the value that ticking it stands for, its word, and its sentence or nothing."""

    value: Value
    word: str
    sentence: str = ""


@dataclass(frozen=True)
class BlankForm:
    """A questionnaire as it is printed before anyone has answered it."""

    questionnaire: Questionnaire
    framework: Framework

    def boxes(self, question: Question) -> list[Box]:
        """The boxes of a question; none where one writes."""
        match question:
            case LevelQuestion():
                described = self.framework.indicators[question.informs[0].indicator].levels
                words = zip(self.framework.levels, described, strict=True)
                return [Box(level, word, sentence) for level, (word, sentence) in enumerate(words)]
            case ChoiceQuestion():
                scale = self.questionnaire.scales[question.scale]
                return [Box(option.id, option.label) for option in scale]
            case ChecklistQuestion():
                return [Box((box.id,), box.label) for box in question.boxes]
            case _:
                return []

    def fact_boxes(self, fact: ProfileFact) -> list[str]:
        """The three answers to a question about the organisation."""
        words = intensities()
        return [fact.labels.get(intensity, words[intensity]) for intensity in INTENSITIES]

    def asked_if(self, question: Question) -> str:
        """When a question is asked, as a sentence; empty if it always is."""
        if question.when is None:
            return ""
        return filled(_("Answer this only if {condition}."), condition=self._in_words(question.when))

    def _in_words(self, condition: Condition) -> str:
        match condition:
            case FactCondition():
                return self._fact(condition)
            case AnswerCondition():
                return self._answer(condition)
            case All():
                return escape(_(", and ")).join(self._in_words(part) for part in condition.all)
            case AnyOf():
                return escape(_(", or ")).join(self._in_words(part) for part in condition.any)
            case Not():
                return filled(_("it is not so that {condition}"), condition=self._in_words(condition.not_))
        assert_never(condition)

    def _fact(self, condition: FactCondition) -> str:
        fact = next(one for one in self.questionnaire.profile if one.fact == condition.fact)
        words = zip(INTENSITIES, self.fact_boxes(fact), strict=True)
        return _ticked([word for said, word in words if condition.holds({fact.fact: said})], fact.prompt)

    def _answer(self, condition: AnswerCondition) -> str:
        question = self.questionnaire.questions[condition.answer]
        boxes = self.boxes(question)
        if boxes:
            held = [box.word for box in boxes if condition.holds({question.id: box.value})]
            return _ticked(held, question.id)
        if condition.at_least is not None:
            return _("you wrote {number} or more at “{question}”").format(
                number=f"{condition.at_least:g}", question=question.id
            )
        if condition.at_most is not None:
            return _("you wrote {number} or less at “{question}”").format(
                number=f"{condition.at_most:g}", question=question.id
            )
        return _("you wrote {number} at “{question}”").format(number=condition.equals, question=question.id)


def _ticked(words: list[str], question: str) -> str:
    quoted = escape(_(" or ")).join(filled(_("“{answer}”"), answer=word) for word in words)
    return filled(_("you ticked {answers} at “{question}”"), answers=quoted, question=question)
