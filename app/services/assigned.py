"""Who is to answer which section: written down by whoever answers, and changed as everything else is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.language import gettext as _
from app.services import people
from app.services.faults import Refused
from app.services.opened import OpenAssessment
from app.services.people import Somebody
from app.services.saving import Standing, settle, standing
from app.vault.rows import Place
from questionnaires.models import Section

ASSIGNED: Place = ("name", "assigned")


@dataclass(frozen=True)
class StandingAssigned:
    """The holders' ids by section, where somebody is to answer it, and the revision that they stand at."""

    by_section: Mapping[str, str] = field(repr=False)
    revision: int = 0
    conflict: bool = False


def load(assessment: OpenAssessment) -> StandingAssigned:
    """Who is to answer what, as it stands."""
    return _stands(standing(assessment.rows, ASSIGNED[1], ("name",)))


def named(assessment: OpenAssessment) -> dict[str, Somebody]:
    """Who is to answer what, by section. Who may not answer any more is no longer here."""
    by_section = load(assessment).by_section
    there = people.who_may_answer(assessment) if by_section else {}
    return {section: there.get(holder, Somebody(holder, "gone")) for section, holder in by_section.items()}


def to(assessment: OpenAssessment, section: Section) -> Somebody | None:
    """Who is to answer one section; None for nobody in particular."""
    return named(assessment).get(section.id)


def save(
    assessment: OpenAssessment, typed: Mapping[str, str], made_on: int, form: str = ""
) -> StandingAssigned:
    """Write down who is to answer what: a holder's id by section, empty for nobody in particular.

    Sections that the form does not show stay as they are. So may somebody who is no longer here.

    Raises:
        Refused: when somebody is named who may not answer, or a section that there is not.
    """
    now = load(assessment).by_section
    there = people.who_may_answer(assessment)
    sections = [section.id for section in assessment.questionnaire.sections]
    problems = [
        (section, _("Choose one of the people that are listed here."))
        for section, holder in typed.items()
        if section not in sections or holder not in {"", now.get(section, ""), *there}
    ]
    if problems:
        raise Refused(problems)
    wanted = {**now, **typed}
    data = {section: wanted[section] for section in sections if wanted.get(section)}
    settled = settle(assessment.rows, ASSIGNED[1], {"name": data}, made_on, {"name": {}}, form)
    return _stands(settled.standing, conflict=settled.conflict)


def _stands(now: Standing, *, conflict: bool = False) -> StandingAssigned:
    return StandingAssigned(now.parts["name"] or {}, now.revision, conflict)
