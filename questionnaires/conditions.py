"""The rule tree that shows or hides a question: data, checked at load, evaluated without code.

A comparison with a profile fact nobody has given is undecided, and an undecided rule shows its question:
leaving the profile out hides nothing. A comparison with an unanswered earlier question is false.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any, Self, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator

from standards.models import (
    FactCondition,
    Intensity,
    Name,
    Number,
    PackModel,
    Unspoken,
    refuse_all_but_one_comparison,
)

Profile: TypeAlias = Mapping[str, Intensity]
Value: TypeAlias = float | str | Collection[str]
"""What was said to a question: a level or number, the id of an option, or the ids of the ticked boxes."""


class AnswerCondition(PackModel):
    """A comparison of an earlier answer with a literal: exactly one of the three."""

    answer: Name
    at_least: Number | None = None
    at_most: Number | None = None
    equals: Number | Unspoken | None = None

    @model_validator(mode="after")
    def _makes_one_comparison(self) -> Self:
        refuse_all_but_one_comparison(self.at_least, self.at_most, self.equals)
        return self

    def holds(self, answers: Mapping[str, Value]) -> bool:
        """Whether the earlier answer says so; false where there is none.

        A checklist equals each of its ticked boxes.
        """
        value = answers.get(self.answer)
        if value is None:
            return False
        if isinstance(value, str):
            return value == self.equals
        if isinstance(value, Collection):
            return self.equals in value
        if self.equals is not None:
            return value == self.equals
        if self.at_least is not None:
            return value >= self.at_least
        return self.at_most is None or value <= self.at_most


class All(PackModel):
    """Holds when every part holds."""

    all: Annotated[tuple["Condition", ...], Field(min_length=1)]


class AnyOf(PackModel):
    """Holds when some part holds."""

    any: Annotated[tuple["Condition", ...], Field(min_length=1)]


class Not(PackModel):
    """Holds when its part does not."""

    not_: "Condition" = Field(alias="not")


_BY_KEY: Mapping[str, type[PackModel]] = {
    "fact": FactCondition,
    "answer": AnswerCondition,
    "all": All,
    "any": AnyOf,
    "not": Not,
}


def _tag_of(condition: Any) -> str | None:
    if isinstance(condition, PackModel):
        return f"<{type(condition).__name__}>"
    if not isinstance(condition, Mapping):
        return None
    return next((f"<{model.__name__}>" for key, model in _BY_KEY.items() if key in condition), None)


Condition = Annotated[
    Annotated[FactCondition, Tag("<FactCondition>")]
    | Annotated[AnswerCondition, Tag("<AnswerCondition>")]
    | Annotated[All, Tag("<All>")]
    | Annotated[AnyOf, Tag("<AnyOf>")]
    | Annotated[Not, Tag("<Not>")],
    Discriminator(
        _tag_of,
        custom_error_type="no_condition",
        custom_error_message=f"expected a condition that begins with one of {', '.join(_BY_KEY)}",
    ),
]


def shown(condition: Condition | None, profile: Profile, answers: Mapping[str, Value]) -> bool:
    """Whether a question with this condition is asked: it is, unless the condition is decided and false.

    `answers` holds the values given to earlier, visible questions. "Don't know" and "not applicable" are no
    values: the caller leaves them out.
    """
    return condition is None or _truth(condition, profile, answers) is not False


def answers_named(condition: Condition | None) -> Iterator[str]:
    """The questions whose answers a condition looks at."""
    match condition:
        case AnswerCondition():
            yield condition.answer
        case Not():
            yield from answers_named(condition.not_)
        case All():
            for part in condition.all:
                yield from answers_named(part)
        case AnyOf():
            for part in condition.any:
                yield from answers_named(part)


def _truth(condition: Condition, profile: Profile, answers: Mapping[str, Value]) -> bool | None:
    """Kleene's three-valued logic, with None for undecided."""
    match condition:
        case FactCondition():
            return condition.holds(profile)
        case AnswerCondition():
            return condition.holds(answers)
        case Not():
            part = _truth(condition.not_, profile, answers)
            return None if part is None else not part
        case All():
            return _dominant(False, [_truth(part, profile, answers) for part in condition.all])
        case AnyOf():
            return _dominant(True, [_truth(part, profile, answers) for part in condition.any])


def _dominant(decisive: bool, parts: list[bool | None]) -> bool | None:
    if decisive in parts:
        return decisive
    return None if None in parts else not decisive
