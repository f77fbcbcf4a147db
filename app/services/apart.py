"""What lies apart from an assessment, under keys of its own: a consultant's review, or a rater's sheet.

It lies in an `assessment` row of its own, so that grants, epochs and deletion work as they do everywhere.
Until it is released, whoever wrote it alone has its key; then everybody who has the whole of the assessment.
"""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import delete
from sqlmodel import col, or_, select

from app.database import Session
from app.tables import Assessment, Grant, Review
from app.vault.data_keys import DataKey
from app.vault.epochs import turn_over
from app.vault.grants import give_grant, open_grant
from app.vault.holders import KeyHolder


def release(session: Session, row: Review, key: DataKey, today: date) -> None:
    """Seal its key to everybody who has the whole of the assessment that it belongs to."""
    row.released_on = today
    session.add(row)
    _let_in(session, row.id, key, _entitled(session, row.assessment_id, today))


def keep_in_step(session: Session, assessment_id: str, holder: KeyHolder, today: date) -> None:
    """Let whoever has the whole of an assessment into what was released of it, and else its author alone.

    To be called when somebody was let in to the whole of it, or out, with a key that opened it until then.
    """
    entitled = _entitled(session, assessment_id, today)
    released = select(Review).where(
        Review.assessment_id == assessment_id, col(Review.released_on).is_not(None)
    )
    for row in session.exec(released.order_by(Review.id)).all():
        opened = open_grant(session, holder, row.id, today)
        if opened is None or opened.reviews != assessment_id:
            continue
        held = set(session.exec(select(Grant.holder_id).where(Grant.assessment_id == row.id)))
        later = {one: until for one, until in entitled.items() if one not in held}
        _let_in(session, row.id, opened.key, later)
        gone = held - entitled.keys() - {row.reviewer_id}
        if gone:
            _let_out(session, row.id, opened.epoch, opened.key, gone)


def _entitled(session: Session, assessment_id: str, today: date) -> Mapping[str, date | None]:
    """Who has the whole of an assessment, and until when."""
    lasting = or_(col(Grant.expires_on).is_(None), col(Grant.expires_on) >= today)
    grants = session.exec(
        select(Grant).where(Grant.assessment_id == assessment_id, Grant.scope == "fill", lasting)
    )
    return {grant.holder_id: grant.expires_on for grant in grants}


def _let_in(session: Session, id_: str, key: DataKey, holders: Mapping[str, date | None]) -> None:
    sealed = session.get_one(Assessment, id_)
    for holder_id, until in holders.items():
        give_grant(session, sealed, holder_id, "fill", key, until)


def _let_out(session: Session, id_: str, epoch: int, key: DataKey, holders: Collection[str]) -> None:
    session.execute(delete(Grant).where(col(Grant.assessment_id) == id_, col(Grant.holder_id).in_(holders)))
    turn_over(session, id_, epoch, key)
