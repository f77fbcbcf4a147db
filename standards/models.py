"""What must be true: a framework's edition, its standards, requirements and indicators.

Everything here is frozen: an edition is read once, checked once, and then only looked at.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    model_validator,
)

from standards.words import Words

IndicatorClass = Literal["critical", "major", "supporting"]
Kind = Literal["standards", "culture", "document"]
Intensity = Literal["none", "some", "high"]

CLASSES: tuple[IndicatorClass, ...] = ("critical", "major", "supporting")
INTENSITIES: tuple[Intensity, ...] = ("none", "some", "high")
TOP_LEVEL = 3


def _refuse_truth_value(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("found a truth value, expected a number")
    return value


def _one_for_each_level(texts: tuple[str, ...]) -> tuple[str, ...]:
    if len(texts) != TOP_LEVEL + 1:
        raise ValueError(f"expected four texts, one for each level from 0 to 3; there are {len(texts)}")
    return texts


Unspoken = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""A text that nobody translates, such as the name of a licence."""
Text = Annotated[Unspoken, AfterValidator(Words)]
Truth = Annotated[bool, Strict()]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=60)]
Whole = Annotated[int, BeforeValidator(_refuse_truth_value)]
Number = Annotated[float, BeforeValidator(_refuse_truth_value), Field(allow_inf_nan=False)]
Percent = Annotated[Number, Field(ge=0, le=100)]
Level = Annotated[Whole, Field(ge=0, le=TOP_LEVEL)]
LevelTexts = Annotated[
    tuple[Text, ...],
    AfterValidator(_one_for_each_level),
    Field(json_schema_extra={"minItems": TOP_LEVEL + 1, "maxItems": TOP_LEVEL + 1}),
]


class PackModel(BaseModel):
    """A part of a pack: frozen, and refusing keys that nobody has defined."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def refuse_all_but_one_comparison(*literals: object) -> None:
    """A condition makes one comparison.

    Raises: ValueError when none, or more than one, of the literals is there.
    """
    if sum(literal is not None for literal in literals) != 1:
        raise ValueError("expected exactly one of at_least, at_most and equals")


class FactCondition(PackModel):
    """A comparison of one profile fact with a literal: exactly one of the three."""

    fact: Name
    at_least: Intensity | None = None
    at_most: Intensity | None = None
    equals: Intensity | None = None

    @model_validator(mode="after")
    def _makes_one_comparison(self) -> Self:
        refuse_all_but_one_comparison(self.at_least, self.at_most, self.equals)
        return self

    def holds(self, profile: Mapping[str, Intensity]) -> bool | None:
        """Whether the organisation's profile says so; None, undecided, while nobody has given the fact."""
        given = profile.get(self.fact)
        if given is None:
            return None
        if self.equals is not None:
            return given == self.equals
        if self.at_least is not None:
            return INTENSITIES.index(given) >= INTENSITIES.index(self.at_least)
        return self.at_most is None or INTENSITIES.index(given) <= INTENSITIES.index(self.at_most)


class ClassWhen(PackModel):
    """Raises an indicator to a class while a profile fact says so."""

    condition: FactCondition = Field(alias="if")
    class_: IndicatorClass = Field(alias="class")


class Action(PackModel):
    """What to do to climb one step, to level `to`. Effort is in person-days."""

    to: Annotated[Whole, Field(ge=1, le=TOP_LEVEL)]
    text: Text
    effort_days: Annotated[Number, Field(gt=0, le=1000)]
    owner: Name
    leaves: Text


class Indicator(PackModel):
    """The smallest thing that is judged, with one descriptor for each of the four levels.

    A point of a document has no levels: it is there, or in part, or not.
    """

    code: Name
    title: Text
    statement: Text
    why: Text
    class_: IndicatorClass = Field(alias="class")
    class_when: ClassWhen | None = None
    themes: tuple[Name, ...] = ()
    not_applicable: Text | None = None
    levels: LevelTexts = ()
    evidence: tuple[Text, ...]
    ask: tuple[Name, ...]
    actions: tuple[Action, ...]


class Requirement(PackModel):
    """A group of indicators that together make one thing true."""

    id: Name
    title: Text
    summary: Text | None = None
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]


class Standard(PackModel):
    """A chapter of a framework."""

    id: Name
    title: Text
    summary: Text
    requirements: Annotated[tuple[Requirement, ...], Field(min_length=1)]

    @property
    def indicators(self) -> Iterator[Indicator]:
        """Every indicator of this standard, in the edition's own order."""
        for requirement in self.requirements:
            yield from requirement.indicators


class Rating(PackModel):
    """A named band of a result, with the conditions under which it holds."""

    id: Name
    label: Text
    meaning: Text
    min_score: Percent | None = None
    coverage: Percent | None = None
    classes: Mapping[IndicatorClass, Level] = {}
    evidence: Mapping[IndicatorClass, Annotated[Whole, Field(ge=0, le=4)]] = {}
    standards: Mapping[Name, Percent] = {}

    @property
    def unconditional(self) -> bool:
        """Whether this rating holds for any result."""
        return (
            self.min_score is None
            and self.coverage is None
            and not (self.classes or self.evidence or self.standards)
        )


class Link(PackModel):
    """Which codes of an earlier edition became which codes of this one."""

    from_: Annotated[tuple[Name, ...], Field(alias="from", min_length=1)]
    to: Annotated[tuple[Name, ...], Field(min_length=1)]
    relation: Literal["same", "revised", "split", "merged"]


class EarlierEdition(PackModel):
    """The links from one earlier edition of the same framework."""

    edition: Name
    links: tuple[Link, ...]


class Weights(PackModel):
    """How much an indicator of each class counts."""

    critical: Annotated[Number, Field(gt=0)] = 3
    major: Annotated[Number, Field(gt=0)] = 2
    supporting: Annotated[Number, Field(gt=0)] = 1

    def of(self, class_: IndicatorClass) -> float:
        """The weight of one class."""
        weight: float = getattr(self, class_)
        return weight


class Framework(PackModel):
    """One published edition of a framework.

    Its kind says what it is for: `standards` are judged and rated, a `culture` is talked about, a `document`
    is gone through point by point. `historic` says what has replaced it.
    """

    id: Name
    edition: Name
    title: Text
    kind: Kind = "standards"
    historic: Text | None = None
    publisher: Text
    description: Text
    licence: Unspoken
    language: Name
    sources: tuple[Text, ...]
    overall: Literal["by_weight", "equal_standards"] = "by_weight"
    weights: Weights = Weights()
    levels: LevelTexts = ()
    roles: Mapping[Name, Text] = {}
    themes: Mapping[Name, Text] = {}
    ratings: tuple[Rating, ...] = ()
    standards: Annotated[tuple[Standard, ...], Field(min_length=1)]
    earlier: tuple[EarlierEdition, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Its id and edition, which no other edition has."""
        return self.id, self.edition

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """Every indicator by its code, in the edition's own order."""
        return {indicator.code: indicator for standard in self.standards for indicator in standard.indicators}
