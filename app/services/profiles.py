"""The profile: where an organisation meets children, and what raises the risk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from app.language import gettext as _
from app.services.faults import Refused
from app.services.opened import OpenAssessment
from app.services.saving import settle, standing
from app.vault.rows import Place
from standards.models import Intensity

Profile = Mapping[str, Intensity]

INTENSITIES: tuple[Intensity, ...] = get_args(Intensity)

_NAME = "profile"
PLACE: Place = ("answers", _NAME)
"""Where it is sealed."""


@dataclass(frozen=True)
class StandingProfile:
    """The profile as it stands, and its revision (0: never filled in)."""

    facts: Profile = field(repr=False)
    revision: int = 0


@dataclass(frozen=True)
class ProfileOutcome:
    """What became of a profile that was sent in. With a conflict, nothing of it was written."""

    profile: StandingProfile
    conflict: bool = False


def load(assessment: OpenAssessment) -> StandingProfile:
    """The profile as it stands."""
    now = standing(assessment.rows, _NAME, ("answers",))
    return StandingProfile(now.parts["answers"] or {}, now.revision)


def save(
    assessment: OpenAssessment, typed: Mapping[str, str], made_on: int, form: str = ""
) -> ProfileOutcome:
    """Save the facts that were typed; those left open are left out.

    Raises:
        Refused: when one is none of the words that were offered.
    """
    facts = {fact.fact: typed[fact.fact] for fact in assessment.questionnaire.profile if typed.get(fact.fact)}
    wrong = [fact for fact, said in facts.items() if said not in INTENSITIES]
    if wrong:
        raise Refused([(fact, _("Choose one of the answers that are listed here.")) for fact in wrong])
    settled = settle(
        assessment.rows, _NAME, {"answers": facts}, made_on, untouched={"answers": {}}, form=form
    )
    now = settled.standing
    return ProfileOutcome(StandingProfile(now.parts["answers"] or {}, now.revision), settled.conflict)
