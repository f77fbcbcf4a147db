"""Targets: where an organisation aims higher than "in place"."""

from typing import Annotated

from fastapi import APIRouter, Response

from app import kinds
from app.pages import go_to, render
from app.routes.access import AnsweringDep
from app.routes.forms import FormDep
from app.routes.given import InHandler
from app.routes.handling import Route
from app.services import targets
from app.services.faults import NotFound
from app.services.opened import OpenAssessment

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}/targets")


def open_with_targets(assessment: AnsweringDep) -> OpenAssessment:
    """The assessment that the address names, if one can aim higher in it.

    Raises:
        NotFound: when its kind knows no targets.
    """
    if not kinds.manner(assessment.framework).aims_higher:
        raise NotFound
    return assessment


AimingDep = Annotated[OpenAssessment, InHandler(open_with_targets)]


@router.get("")
def show_targets(assessment: AimingDep) -> Response:
    """Every indicator, with its target."""
    standing = targets.load(assessment)
    return _targets_page(assessment, set(standing.levels), standing.revision)


@router.post("")
def save_targets(form: FormDep, assessment: AimingDep) -> Response:
    """Save which indicators are to reach the top level."""
    raised = set(form.under("raise"))
    outcome = targets.save(assessment, raised, form.number("revision"), form.get("form_key"))
    if outcome.conflict:
        return _targets_page(assessment, raised, outcome.revision, 409)
    return go_to(f"/assessments/{assessment.id}/report")


def _targets_page(assessment: OpenAssessment, raised: set[str], revision: int, status: int = 200) -> Response:
    return render(
        "targets/page.html",
        status,
        signed_in=True,
        assessment=assessment,
        raised=raised,
        revision=revision,
        conflict=status == 409,
    )
