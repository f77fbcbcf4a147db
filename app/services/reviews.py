"""A consultant's review: begun beside an assessment, sealed with a key of its own, released once it is done.

How it is kept apart until then is said in `apart`.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlmodel import col, select

from app.database import Session
from app.services import apart
from app.services.assessments import add_sealed
from app.services.faults import NotFound
from app.services.opened import OpenAssessment
from app.tables import Assessment, Holder, Person, Review
from app.vault.data_keys import DataKey
from app.vault.grants import open_grant
from app.vault.holders import KeyHolder, fingerprint, id_for_form
from app.vault.rows import SealedRows

# Every task list asks this, so it is plain text: to put a statement together takes longer than to run it.
_RELEASED = (
    "SELECT review.id, review.released_on FROM review "
    "JOIN access_grant ON access_grant.assessment_id = review.id "
    "WHERE review.assessment_id = ? AND review.kind = 'review' AND review.released_on IS NOT NULL "
    "AND access_grant.holder_id = ? "
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
        select(Review).where(
            Review.assessment_id == assessment.id, Review.reviewer_id == reviewer.id, Review.kind == "review"
        )
    ).first()
    return None if row is None else _opened(session, row, reviewer, today, own=True)


def begin(session: Session, assessment: OpenAssessment, reviewer: KeyHolder, today: date) -> OpenReview:
    """The reviewer's own review of an assessment, begun now where there is none."""
    found = find_own(session, assessment, reviewer, today)
    if found is not None:
        return found
    reviewed = session.get_one(Assessment, assessment.id)
    id_ = id_for_form(reviewer, f"review {assessment.id}")
    add_sealed(session, reviewer.id, id_, reviewed.framework_hash, reviewed.questionnaire_hash, today)
    row = Review(id=id_, assessment_id=assessment.id, reviewer_id=reviewer.id, kind="review")
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
    apart.release(session, session.get_one(Review, review.id), review.key, today)


def released(session: Session, assessment: OpenAssessment) -> list[Released]:
    """The reviews of an assessment that were released to whoever opened it, the latest first."""
    rows = session.ask(_RELEASED, (assessment.id, assessment.access.key.id))
    return [Released(id_, date.fromisoformat(day)) for id_, day in rows]


def find_released(session: Session, assessment: OpenAssessment, review_id: str, today: date) -> OpenReview:
    """A review of an assessment, for whoever it was released to.

    Raises:
        NotFound: when there is none of that id, or it is another's, or is not released.
    """
    row = session.get(Review, review_id)
    if row is None or (row.kind, row.assessment_id) != ("review", assessment.id) or row.released_on is None:
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


def _opened(session: Session, row: Review, holder: KeyHolder, today: date, *, own: bool) -> OpenReview:
    opened = open_grant(session, holder, row.id, today)
    if opened is None or (opened.kind, opened.reviews) != ("review", row.assessment_id):
        raise NotFound
    return OpenReview(
        id=row.id,
        assessment_id=row.assessment_id,
        rows=SealedRows(session, row.id, opened.epoch, opened.key, author=holder.id, today=today),
        key=opened.key,
        released_on=row.released_on,
        own=own,
    )
