"""Targets: what an organisation aims for, where that is more than "in place"."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.services.opened import OpenAssessment
from app.services.saving import settle, standing
from standards.models import TOP_LEVEL

_NAME = "targets"


@dataclass(frozen=True)
class StandingTargets:
    """Levels by indicator, where one was chosen, and the revision they stand at (0: none ever)."""

    levels: Mapping[str, int] = field(repr=False)
    revision: int = 0
    conflict: bool = False


def load(assessment: OpenAssessment) -> StandingTargets:
    """The targets as they stand."""
    now = standing(assessment.rows, _NAME, ("answers",))
    return StandingTargets(now.parts["answers"] or {}, now.revision)


def save(assessment: OpenAssessment, raised: set[str], made_on: int, form: str = "") -> StandingTargets:
    """Aim for the top level in these indicators, and for "in place" in all others."""
    levels = {code: TOP_LEVEL for code in assessment.framework.indicators if code in raised}
    settled = settle(
        assessment.rows, _NAME, {"answers": levels}, made_on, untouched={"answers": {}}, form=form
    )
    now = settled.standing
    return StandingTargets(now.parts["answers"] or {}, now.revision, settled.conflict)
