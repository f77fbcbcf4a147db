"""Assessments: beginning one, opening it with a holder's key, naming it, deleting it."""

from dataclasses import asdict, dataclass, field
from datetime import date

from sqlalchemy import delete
from sqlmodel import Session, col

from app.services.faults import NotFound
from app.services.packs import Library, Pinned
from app.tables import Assessment, Grant
from app.vault.data_keys import new_data_key
from app.vault.grants import give_grant, open_grant
from app.vault.holders import KeyHolder, id_for_form
from app.vault.rows import SealedRows
from questionnaires.models import Questionnaire
from standards.models import Framework

TITLE_LIMIT = 200


@dataclass(frozen=True)
class Title:
    """What an organisation calls itself and this assessment; both may be empty."""

    organisation: str = field(default="", repr=False)
    title: str = field(default="", repr=False)


@dataclass(frozen=True)
class OpenAssessment:
    """An assessment whose key is at hand."""

    id: str
    framework: Framework
    questionnaire: Questionnaire
    rows: SealedRows
    created_on: date
    changed_on: date

    @property
    def title(self) -> Title:
        """Its name, opened."""
        return Title(**(self.rows.read("name", "title").data or {}))


def begin(
    session: Session, library: Library, holder: KeyHolder, pinned: Pinned, today: date, form: str
) -> OpenAssessment:
    """Begin an assessment that this holder can open and nobody else. The same form begins only one."""
    assessment_id = id_for_form(holder, form)
    if session.get(Assessment, assessment_id) is not None:
        return find(session, library, holder, assessment_id, today)
    library.keep(session, pinned)
    assessment = Assessment(
        id=assessment_id,
        framework_hash=pinned.framework_hash,
        questionnaire_hash=pinned.questionnaire_hash,
        epoch=1,
        created_on=today,
        changed_on=today,
    )
    session.add(assessment)
    session.flush()
    give_grant(session, assessment, holder.id, "fill", new_data_key(session, assessment.id, assessment.epoch))
    # Opening it shows that it was sealed to this holder's own key, and to none put in its place.
    return find(session, library, holder, assessment_id, today)


def find(
    session: Session, library: Library, holder: KeyHolder, assessment_id: str, today: date
) -> OpenAssessment:
    """Open an assessment with this holder's key.

    Raises:
        NotFound: when there is none of that id, or the holder was never let in, or is no longer.
    """
    opened = open_grant(session, holder, assessment_id, today)
    if opened is None:
        raise NotFound
    pinned = library.pinned(session, opened.framework_hash, opened.questionnaire_hash)
    return OpenAssessment(
        id=assessment_id,
        framework=pinned.framework,
        questionnaire=pinned.questionnaire,
        rows=SealedRows(session, assessment_id, opened.epoch, opened.key, author=holder.id, today=today),
        created_on=opened.created_on,
        changed_on=opened.changed_on,
    )


def rename(assessment: OpenAssessment, title: Title) -> None:
    """Give an assessment another name."""
    assessment.rows.write_newest("name", "title", asdict(title))


def remove(session: Session, assessment_id: str) -> None:
    """Delete an assessment and everything in it, the grants first: without them nothing opens."""
    session.execute(delete(Grant).where(col(Grant.assessment_id) == assessment_id))
    session.execute(delete(Assessment).where(col(Assessment.id) == assessment_id))
