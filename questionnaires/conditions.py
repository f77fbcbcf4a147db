"""The rule tree that shows or hides a question: data, checked at load, evaluated without code.

A comparison with a profile fact nobody has given is undecided, and an undecided rule shows its question: leaving
the profile out hides nothing. A comparison with an unanswered earlier question is false.
"""

from typing import Annotated

from pydantic import Field, model_validator

from standards.models import FactCondition, Name, Number, PackModel, Text


class AnswerCondition(PackModel):
    """A comparison of an earlier answer with a literal: exactly one of the three."""

    answer: Name
    at_least: Number | None = None
    at_most: Number | None = None
    equals: Number | Text | None = None


class All(PackModel):
    """Holds when every part holds."""

    all: Annotated[tuple["Condition", ...], Field(min_length=1)]


class AnyOf(PackModel):
    """Holds when some part holds."""

    any: Annotated[tuple["Condition", ...], Field(min_length=1)]


class Not(PackModel):
    """Holds when its part does not."""

    not_: "Condition" = Field(alias="not")


Condition = FactCondition | AnswerCondition | All | AnyOf | Not
