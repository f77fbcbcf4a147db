"""Assessments: beginning one, opening it with a holder's key, naming it, deleting it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import delete
from sqlmodel import col, or_, select

from app.database import Session
from app.services.faults import NotFound
from app.services.opened import Access, OpenAssessment, Title
from app.services.packs import Library, Pinned
from app.services.sheet_of import SheetOf
from app.tables import Assessment, Grant, Review
from app.vault.data_keys import DataKey, new_data_key
from app.vault.grants import SCOPES, Opened, give_grant, open_grant
from app.vault.holders import KeyHolder, forget_receipt, id_for_form
from app.vault.rows import SealedRows


def begin(
    session: Session, library: Library, holder: KeyHolder, pinned: Pinned, today: date, form: str
) -> OpenAssessment:
    """Begin an assessment that this holder can open and nobody else. The same form begins only one."""
    assessment_id = id_for_form(holder, form)
    if session.get(Assessment, assessment_id) is not None:
        return find(session, library, holder, assessment_id, today)
    library.keep(session, pinned)
    add_sealed(session, holder.id, assessment_id, pinned.framework_hash, pinned.questionnaire_hash, today)
    # Opening it shows that it was sealed to this holder's own key, and to none put in its place.
    return find(session, library, holder, assessment_id, today)


def add_sealed(
    session: Session,
    holder_id: str,
    assessment_id: str,
    framework_hash: str,
    questionnaire_hash: str,
    today: date,
) -> DataKey:
    """A row that holds what is sealed, under new keys that this holder has and nobody else; its key."""
    row = Assessment(
        id=assessment_id,
        framework_hash=framework_hash,
        questionnaire_hash=questionnaire_hash,
        epoch=1,
        created_on=today,
        changed_on=today,
    )
    session.add(row)
    session.flush()
    key = new_data_key(session, row.id, row.epoch)
    give_grant(session, row, holder_id, "fill", key)
    return key


def find(
    session: Session, library: Library, holder: KeyHolder, assessment_id: str, today: date
) -> OpenAssessment:
    """Open an assessment with this holder's own key.

    Raises:
        NotFound: when there is none of that id, or the holder was never let in, or is no longer.
    """
    return find_with(session, library, [Access(holder)], assessment_id, today)


def find_with(
    session: Session, library: Library, keys: Sequence[Access], assessment_id: str, today: date
) -> OpenAssessment:
    """Open an assessment with whichever of somebody's keys opens most of it; the first is their own.

    What lies apart is none: who holds the keys of a review, or of somebody's sheet, reads it where it
    belongs, and cannot answer in it.

    Raises:
        NotFound: when there is none of that id, or none of the keys was let in, or is any longer.
    """
    found = [
        (opened, access)
        for access in keys
        if (opened := open_grant(session, access.key, assessment_id, today)) is not None
        and opened.reviews is None
    ]
    if not found:
        raise NotFound
    opened, access = min(found, key=_first_choice)
    return _opened(session, library, assessment_id, opened, access, keys[0].key.id, today)


def find_sheet(
    session: Session, library: Library, access: Access, sheet_id: str, today: date
) -> OpenAssessment:
    """Open a rater's sheet with one key: its rater's own, or, once it was handed in, that of the assessment.

    Whether they may see it, whoever asks has to look at: before its rating has ended, its rater alone may.

    Raises:
        NotFound: when there is none of that id, or the key does not open it.
    """
    opened = open_grant(session, access.key, sheet_id, today)
    if opened is None or opened.kind != "sheet":
        raise NotFound
    row = session.get_one(Review, sheet_id)
    sheet = SheetOf(row.assessment_id, row.reviewer_id, row.released_on, row.ended_on)
    return _opened(session, library, sheet_id, opened, access, access.key.id, today, sheet)


def _opened(
    session: Session,
    library: Library,
    assessment_id: str,
    opened: Opened,
    access: Access,
    author: str,
    today: date,
    sheet: SheetOf | None = None,
) -> OpenAssessment:
    return OpenAssessment(
        id=assessment_id,
        pinned=library.pinned(session, opened.framework_hash, opened.questionnaire_hash),
        rows=SealedRows(session, assessment_id, opened.epoch, opened.key, author=author, today=today),
        created_on=opened.created_on,
        changed_on=opened.changed_on,
        scope=opened.scope,
        expires_on=opened.expires_on,
        others_ended=opened.ended,
        access=access,
        session=session,
        sheet=sheet,
    )


def _first_choice(one: tuple[Opened, Access]) -> tuple[int, bool, bool]:
    """Sorts what opens most to the front; of those, what is in charge, and then what writes."""
    opened, access = one
    return (
        SCOPES.index(opened.scope),
        not access.in_charge or opened.expires_on is not None,
        not access.writes,
    )


def rename(assessment: OpenAssessment, title: Title) -> None:
    """Give an assessment another name."""
    assessment.rows.write_newest("name", "title", asdict(title))


def remove(session: Session, assessment_id: str) -> None:
    """Delete an assessment, its reviews and sheets and all in them, the grants first: nothing opens without.

    A rater who came with a code is forgotten too, unless that opens something else.
    """
    own = or_(col(Review.assessment_id) == assessment_id, col(Review.id) == assessment_id)
    belonging = session.exec(select(Review.id, Review.reviewer_id).where(own)).all()
    gone = [assessment_id, *(id_ for id_, _author in belonging)]
    session.execute(delete(Grant).where(col(Grant.assessment_id).in_(gone)))
    session.execute(delete(Assessment).where(col(Assessment.id).in_(gone)))
    for author in {author for _id, author in belonging if author is not None}:
        forget_receipt(session, author)
