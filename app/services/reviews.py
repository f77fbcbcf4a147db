"""A consultant's review: begun beside an assessment, sealed with a key of its own, released once it is done.

It lies in an `assessment` row of its own, so that grants, epochs and deletion work as they do everywhere.
Until it is released, the reviewer alone has its key; then everybody who has the whole of what is reviewed.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import delete
from sqlmodel import Session, col, or_, select

from app.services.assessments import OpenAssessment, add_sealed
from app.services.faults import NotFound
from app.tables import Assessment, Grant, Holder, Person, Review
from app.vault.data_keys import DataKey
from app.vault.epochs import turn_over
from app.vault.grants import give_grant, open_grant
from app.vault.holders import KeyHolder, fingerprint, id_for_form
from app.vault.rows import SealedRows

# Every task list asks this, so it is plain text: to put a statement together takes longer than to run it.
_RELEASED = (
    "SELECT review.id, review.released_on FROM review "
    "JOIN access_grant ON access_grant.assessment_id = review.id "
    "WHERE review.assessment_id = ? AND review.released_on IS NOT NULL AND access_grant.holder_id = ? "
    "ORDER BY review.released_on DESC, review.id"
)


class Released(NamedTuple):
    """A review that was released: its id, and since when."""

    id: str
    released_on: date


@dataclass(frozen=True)
class OpenReview:
    """A review whose key is at hand. It is changed only by its reviewer (`own`), and until it is released."""

    id: str
    assessment_id: str
    rows: SealedRows = field(repr=False)
    key: DataKey = field(repr=False)
    released_on: date | None
    own: bool

    @property
    def writes(self) -> bool:
        """Whether it may be changed."""
        return self.own and self.released_on is None


@dataclass(frozen=True)
class Reviewer:
    """Who wrote a review: an address, which nobody has proved, and the fingerprint of their key."""

    email: str = field(repr=False)
    fingerprint: str


def find_own(
    session: Session, assessment: OpenAssessment, reviewer: KeyHolder, today: date
) -> OpenReview | None:
    """The reviewer's own review of an assessment, released or not; None while there is none."""
    row = session.exec(
        select(Review).where(Review.assessment_id == assessment.id, Review.reviewer_id == reviewer.id)
    ).first()
    return None if row is None else _opened(session, row, reviewer, today, own=True)


def begin(session: Session, assessment: OpenAssessment, reviewer: KeyHolder, today: date) -> OpenReview:
    """The reviewer's own review of an assessment, begun now where there is none."""
    found = find_own(session, assessment, reviewer, today)
    if found is not None:
        return found
    reviewed = session.get_one(Assessment, assessment.id)
    id_ = id_for_form(reviewer, f"review {assessment.id}")
    add_sealed(session, reviewer, id_, reviewed.framework_hash, reviewed.questionnaire_hash, today)
    row = Review(id=id_, assessment_id=assessment.id, reviewer_id=reviewer.id)
    session.add(row)
    session.flush()
    # Opening it shows that it was sealed to the reviewer's own key, and to none put in its place.
    return _opened(session, row, reviewer, today, own=True)


def release(session: Session, review: OpenReview, today: date) -> None:
    """Seal a review's key to everybody who has the whole of the assessment; it is not changed any more.

    Raises:
        NotFound: when it is not the reviewer's own.
    """
    if not review.own:
        raise NotFound
    if review.released_on is not None:
        return
    row = session.get_one(Review, review.id)
    row.released_on = today
    session.add(row)
    _let_in(session, review.id, review.key, _entitled(session, review.assessment_id, today))


def released(session: Session, assessment: OpenAssessment) -> list[Released]:
    """The reviews of an assessment that were released to whoever opened it, the latest first."""
    rows = session.connection().exec_driver_sql(_RELEASED, (assessment.id, assessment.access.key.id))
    return [Released(id_, date.fromisoformat(day)) for id_, day in rows]


def find_released(session: Session, assessment: OpenAssessment, review_id: str, today: date) -> OpenReview:
    """A review of an assessment, for whoever it was released to.

    Raises:
        NotFound: when there is none of that id, or it is another's, or is not released.
    """
    row = session.get(Review, review_id)
    if row is None or row.assessment_id != assessment.id or row.released_on is None:
        raise NotFound
    return _opened(session, row, assessment.access.key, today, own=False)


def reviewer(session: Session, review: OpenReview) -> Reviewer | None:
    """Who wrote a review; None once that account was deleted."""
    found = session.exec(
        select(Person.email, Holder.public_key)
        .join(Holder, col(Holder.id) == col(Person.id))
        .join(Review, col(Review.reviewer_id) == col(Person.id))
        .where(Review.id == review.id)
    ).first()
    return None if found is None else Reviewer(found[0], fingerprint(found[1]))


def keep_in_step(session: Session, assessment: OpenAssessment, today: date) -> None:
    """Let whoever has the whole of an assessment into its released reviews, and nobody else but reviewers.

    To be called when somebody was let in to the whole of it, or out, by whoever could open it until then.
    """
    entitled = _entitled(session, assessment.id, today)
    for one in released(session, assessment):
        row = session.get_one(Review, one.id)
        review = _opened(session, row, assessment.access.key, today, own=False)
        held = set(session.exec(select(Grant.holder_id).where(Grant.assessment_id == row.id)))
        _let_in(session, row.id, review.key, {holder: entitled[holder] for holder in entitled.keys() - held})
        gone = held - entitled.keys() - {row.reviewer_id}
        if gone:
            _let_out(session, review, gone)


def _opened(session: Session, row: Review, holder: KeyHolder, today: date, *, own: bool) -> OpenReview:
    opened = open_grant(session, holder, row.id, today)
    if opened is None or opened.reviews != row.assessment_id:
        raise NotFound
    return OpenReview(
        id=row.id,
        assessment_id=row.assessment_id,
        rows=SealedRows(session, row.id, opened.epoch, opened.key, author=holder.id, today=today),
        key=opened.key,
        released_on=row.released_on,
        own=own,
    )


def _entitled(session: Session, assessment_id: str, today: date) -> dict[str, date | None]:
    """Who has the whole of an assessment, and until when."""
    lasting = or_(col(Grant.expires_on).is_(None), col(Grant.expires_on) >= today)
    grants = session.exec(
        select(Grant).where(Grant.assessment_id == assessment_id, Grant.scope == "fill", lasting)
    )
    return {grant.holder_id: grant.expires_on for grant in grants}


def _let_in(session: Session, review_id: str, key: DataKey, holders: dict[str, date | None]) -> None:
    sealed = session.get_one(Assessment, review_id)
    for holder_id, until in holders.items():
        give_grant(session, sealed, holder_id, "fill", key, until)


def _let_out(session: Session, review: OpenReview, holders: Collection[str]) -> None:
    session.execute(
        delete(Grant).where(col(Grant.assessment_id) == review.id, col(Grant.holder_id).in_(holders))
    )
    turn_over(session, review.id, session.get_one(Assessment, review.id).epoch, review.key)
