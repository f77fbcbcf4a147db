"""Grants: the keys of an assessment, sealed to one holder's public key."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, get_args

from sqlalchemy import delete, select, update
from sqlmodel import col, or_
from sqlmodel import select as select_rows

from app.database import Session, changed_rows
from app.tables import ApartKind, Assessment, Grant, Holder, Review, Scope
from app.vault.data_keys import WHOLE, DataKey, Label
from app.vault.holders import KeyHolder, open_sealed, seal_to
from app.vault.sealing import DoesNotOpen

SCOPES: tuple[Scope, ...] = get_args(Scope)
"""The widest first."""

_READ: tuple[Label, ...] = ("answers", "name", "index")
KEYS: Mapping[Scope, tuple[Label, ...]] = MappingProxyType(
    {"read": _READ, "review": (*_READ, "notes", "files")}
)
"""The subkeys that each scope lets into; to fill in needs the data key itself."""

# Every page asks these, so they are plain text, and the first asks for all at once.
_FIND = (
    "SELECT assessment.epoch, assessment.framework_hash, assessment.questionnaire_hash, "
    "assessment.created_on, assessment.changed_on, access_grant.epoch, access_grant.scope, "
    "access_grant.expires_on, access_grant.sealed, review.assessment_id, review.kind, "
    "EXISTS (SELECT 1 FROM access_grant AS other "
    "WHERE other.assessment_id = assessment.id AND other.expires_on < ?), "
    "(SELECT json_group_object(label, hex(value)) FROM commitment "
    "WHERE commitment.assessment_id = assessment.id AND commitment.epoch = assessment.epoch) "
    "FROM assessment JOIN access_grant ON access_grant.assessment_id = assessment.id "
    "LEFT JOIN review ON review.id = assessment.id "
    "WHERE assessment.id = ? AND access_grant.holder_id = ?"
)
_ENDED = "SELECT holder_id FROM access_grant WHERE assessment_id = ? AND expires_on < ?"


class _Found(NamedTuple):
    """What `_FIND` finds, column by column; the commitments as JSON, in hexadecimal, by their labels."""

    epoch: int
    framework_hash: str
    questionnaire_hash: str
    created_on: str
    changed_on: str
    granted_epoch: int
    scope: Scope
    expires_on: str | None
    sealed: bytes
    reviews: str | None
    kind: ApartKind | None
    ended: int
    commitments: str


@dataclass(frozen=True)
class Opened:
    """An assessment that a holder was let into: what it is pinned to, its days, its epoch and its keys.

    `ended` says that the last day of somebody has passed whose grant still stands as a row. `reviews` is the
    assessment that it belongs to where it lies apart from one, as a review or as a sheet (`kind`); both are
    None where it is an assessment itself.
    """

    scope: Scope
    expires_on: date | None
    framework_hash: str
    questionnaire_hash: str
    created_on: date
    changed_on: date
    epoch: int
    key: DataKey
    ended: bool
    reviews: str | None = None
    kind: ApartKind | None = None


def give_grant(
    session: Session,
    assessment: Assessment,
    holder_id: str,
    scope: Scope,
    key: DataKey,
    expires_on: date | None = None,
) -> None:
    """Let a holder open an assessment, from the present epoch on, in place of what they were let into before.

    Raises:
        OutOfScope: when whoever gives does not have what is given.
    """
    holder = session.get_one(Holder, holder_id)
    session.execute(
        delete(Grant).where(col(Grant.assessment_id) == assessment.id, col(Grant.holder_id) == holder_id)
    )
    keys = {label: key.subkey(label) for label in KEYS[scope]} if scope in KEYS else {WHOLE: key.whole}
    terms = _terms(assessment.id, holder_id, assessment.epoch, scope, expires_on)
    text = json.dumps(terms | {"keys": {label: one.hex() for label, one in keys.items()}}).encode()
    session.add(
        Grant(
            assessment_id=assessment.id,
            holder_id=holder_id,
            epoch=assessment.epoch,
            scope=scope,
            expires_on=expires_on,
            sealed=seal_to(holder.public_key, text),
        )
    )
    session.flush()


def open_grant(session: Session, holder: KeyHolder, assessment_id: str, today: date) -> Opened | None:
    """An assessment, when there is one of that id and this holder was let in and still is; otherwise None.

    Raises:
        DoesNotOpen: when the row and what is sealed in it differ, or the key is not the one committed to.
    """
    found = session.ask(_FIND, (today.isoformat(), assessment_id, holder.id))
    if not found:
        return None
    row = _Found(*found[0])
    expires_on = date.fromisoformat(row.expires_on) if row.expires_on else None
    if expires_on is not None and expires_on < today:
        return None
    opened = json.loads(open_sealed(holder, row.sealed))
    keys = opened.pop("keys")
    terms = _terms(assessment_id, holder.id, row.granted_epoch, row.scope, expires_on)
    if opened != terms or row.granted_epoch != row.epoch:
        raise DoesNotOpen
    commitments = _from_hexadecimal(json.loads(row.commitments))
    return Opened(
        scope=row.scope,
        expires_on=expires_on,
        framework_hash=row.framework_hash,
        questionnaire_hash=row.questionnaire_hash,
        created_on=date.fromisoformat(row.created_on),
        changed_on=date.fromisoformat(row.changed_on),
        epoch=row.epoch,
        key=DataKey(_from_hexadecimal(keys), commitments),
        ended=bool(row.ended),
        reviews=row.reviews,
        kind=row.kind,
    )


def take_grant(session: Session, assessment_id: str, holder_id: str) -> bool:
    """Delete the grant of one holder; whether there was one. The keys themselves stay what they were."""
    its = delete(Grant).where(col(Grant.assessment_id) == assessment_id, col(Grant.holder_id) == holder_id)
    return changed_rows(session, its) > 0


def ended_grants(session: Session, assessment_id: str, today: date) -> list[str]:
    """The holders whose last day in an assessment has passed, and whose grants still stand as rows."""
    wanted = (assessment_id, today.isoformat())
    return [holder_id for (holder_id,) in session.ask(_ENDED, wanted)]


def empty_ended(session: Session, today: date, assessment_id: str | None = None) -> int:
    """Delete the keys in grants whose last day has passed: of one assessment, or of all; how many there were.

    The row stays, empty, until the keys of the assessment are changed: it says that they are due.
    """
    ended = update(Grant).where(col(Grant.expires_on) < today, col(Grant.sealed) != b"")
    if assessment_id is not None:
        ended = ended.where(col(Grant.assessment_id) == assessment_id)
    return changed_rows(session, ended.values(sealed=b"").execution_options(synchronize_session=False))


def clear_ended(session: Session, assessment_id: str, today: date) -> None:
    """Delete the grants of an assessment whose last day has passed, to change its keys next."""
    session.execute(
        delete(Grant).where(col(Grant.assessment_id) == assessment_id, col(Grant.expires_on) < today)
    )


def granted_assessments(session: Session, holder_id: str, today: date) -> list[Assessment]:
    """What a holder was let into and still is, newest first; what lies apart is not among it."""
    lasting = or_(col(Grant.expires_on).is_(None), col(Grant.expires_on) >= today)
    return list(
        session.exec(
            select_rows(Assessment)
            .join(Grant)
            .where(Grant.holder_id == holder_id, lasting, col(Assessment.id).not_in(select(col(Review.id))))
            .order_by(col(Assessment.created_on).desc(), col(Assessment.id))
        )
    )


def _from_hexadecimal(by_label: Mapping[str, str]) -> dict[str, bytes]:
    return {label: bytes.fromhex(value) for label, value in by_label.items()}


def _terms(
    assessment_id: str, holder_id: str, epoch: int, scope: str, expires_on: date | None
) -> dict[str, str | int | None]:
    return {
        "assessment": assessment_id,
        "epoch": epoch,
        "holder": holder_id,
        "scope": scope,
        "expires": expires_on.isoformat() if expires_on else None,
    }
