"""What an organisation said at a moment, as far as it is scored.

It is kept when a review of it is released, and when a round is closed.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from app.services.profiles import Profile
from app.services.said import as_json, opened
from questionnaires.models import Questionnaire
from scoring.answers import Answer


@dataclass(frozen=True)
class Basis:
    """What the organisation said, as far as it is scored."""

    answers: Mapping[str, Answer] = field(repr=False)
    facts: Profile = field(repr=False)
    targets: Mapping[str, int] = field(repr=False)


def as_data(basis: Basis) -> dict[str, Any]:
    """A basis as it is sealed."""
    said = {question: asdict(one) | {"value": as_json(one.value)} for question, one in basis.answers.items()}
    return {"answers": said, "profile": dict(basis.facts), "targets": dict(basis.targets)}


def as_sealed(questionnaire: Questionnaire, data: Mapping[str, Any]) -> Basis:
    """A basis that was sealed, of answers to this questionnaire."""
    asked = questionnaire.questions
    said = {question: opened(asked[question], one) for question, one in data["answers"].items()}
    return Basis(said, data["profile"], data["targets"])
