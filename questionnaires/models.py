"""How we ask: a questionnaire, its sections and its questions of every kind."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from questionnaires.conditions import Condition, answers_named
from standards.models import Intensity, Name, Number, PackModel, Percent, Text, Truth, Whole

Credit = Annotated[Number, Field(ge=0, le=1)]
Weight = Annotated[Number, Field(gt=0)]


class Informs(PackModel):
    """An indicator that a question speaks for, and how much its answer counts there."""

    indicator: Name
    weight: Weight = 1


def _code_alone(value: object) -> object:
    return {"indicator": value} if isinstance(value, str) else value


InformsOrCode = Annotated[Informs, BeforeValidator(_code_alone, json_schema_input_type=Name | Informs)]
"""Where an indicator counts in full, its code is enough."""


class Option(PackModel):
    """One answer that can be chosen, and the credit it brings (0 to 1)."""

    id: Name
    label: Text
    credit: Credit


class Box(PackModel):
    """One box of a checklist."""

    id: Name
    label: Text
    weight: Weight = 1
    required: Truth = False


class QuestionBase(PackModel):
    """What every kind of question has. Without a prompt, the indicator's own statement is asked."""

    id: Name
    informs: tuple[InformsOrCode, ...] = ()
    prompt: Text | None = None
    help: Text | None = None
    not_applicable: Truth = False
    when: Condition | None = None


class LevelQuestion(QuestionBase):
    """Asks for a level, 0 to 3, each described by the indicator."""

    kind: Literal["level"]


class ChoiceQuestion(QuestionBase):
    """Asks for one option of a scale."""

    kind: Literal["choice"]
    scale: Name


class ChecklistQuestion(QuestionBase):
    """Asks which of some boxes hold. A required box left open caps the credit."""

    kind: Literal["checklist"]
    boxes: Annotated[tuple[Box, ...], Field(min_length=1)]
    cap_without_required: Credit = 1 / 3


class PercentageQuestion(QuestionBase):
    """Asks for a percentage. `points` are pairs (percentage, credit), read piecewise linearly."""

    kind: Literal["percentage"]
    points: Annotated[tuple[tuple[Percent, Credit], ...], Field(min_length=2)] = ((0, 0), (100, 1))


class RecencyQuestion(QuestionBase):
    """Asks when something last happened. Ages are in whole calendar months."""

    kind: Literal["recency"]
    fresh_months: Annotated[Whole, Field(ge=0)]
    stale_months: Annotated[Whole, Field(ge=1)]


class TextQuestion(QuestionBase):
    """Asks for words. Never scored."""

    kind: Literal["text"]


class NumberQuestion(QuestionBase):
    """Asks for a number. Never scored."""

    kind: Literal["number"]


Question = Annotated[
    LevelQuestion
    | ChoiceQuestion
    | ChecklistQuestion
    | PercentageQuestion
    | RecencyQuestion
    | TextQuestion
    | NumberQuestion,
    Field(discriminator="kind"),
]


class ProfileFact(PackModel):
    """One fact about the organisation, rated none, some or high. `labels` are words for the three."""

    fact: Name
    prompt: Text
    help: Text | None = None
    group: Text | None = None
    labels: Mapping[Intensity, Text] = {}


class Section(PackModel):
    """A part of a questionnaire that is answered on one page."""

    id: Name
    title: Text
    summary: Text | None = None
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]


class FrameworkReference(PackModel):
    """The framework edition that a questionnaire asks."""

    id: Name
    edition: Name


class Questionnaire(PackModel):
    """One way to ask a framework edition, versioned."""

    id: Name
    version: Name
    framework: FrameworkReference
    title: Text
    purpose: Text
    description: Text | None = None
    minutes: Annotated[Whole, Field(gt=0)]
    asks_evidence: Truth
    combine: Literal["mean", "weakest"] = "mean"
    rating_ceiling: Name | None = None
    continues_as: Name | None = None
    scales: Mapping[Name, tuple[Option, ...]] = {}
    profile: tuple[ProfileFact, ...] = ()
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]

    @property
    def key(self) -> tuple[str, str]:
        """Its id and version, which no other questionnaire has."""
        return self.id, self.version

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its id, in the order in which it is asked."""
        return {question.id: question for section in self.sections for question in section.questions}

    @cached_property
    def section_of(self) -> Mapping[str, Section]:
        """The section in which each question is asked, by the question's id."""
        return {question.id: section for section in self.sections for question in section.questions}

    @cached_property
    def deciding(self) -> frozenset[str]:
        """The questions whose answers decide whether others are asked."""
        return frozenset(
            name for question in self.questions.values() for name in answers_named(question.when)
        )
