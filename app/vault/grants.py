"""Grants: the keys of an assessment, sealed to one holder's public key."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Select, and_, bindparam, select
from sqlmodel import Session, col, or_
from sqlmodel import select as select_rows

from app.tables import Assessment, Commitment, Grant, Holder
from app.vault.data_keys import DataKey
from app.vault.holders import KeyHolder, open_sealed, seal_to
from app.vault.sealing import DoesNotOpen

Scope = Literal["fill"]

# Every page asks this, so it is put together once, asks for all at once, and for columns rather than objects.
_FIND: Select[*tuple[Any, ...]] = (
    select(
        col(Assessment.epoch),
        col(Assessment.framework_hash),
        col(Assessment.questionnaire_hash),
        col(Assessment.created_on),
        col(Assessment.changed_on),
        col(Grant.epoch).label("granted_epoch"),
        col(Grant.scope),
        col(Grant.expires_on),
        col(Grant.sealed),
        col(Commitment.label),
        col(Commitment.value),
    )
    .join(Grant, col(Grant.assessment_id) == col(Assessment.id))
    .outerjoin(
        Commitment,
        and_(
            col(Commitment.assessment_id) == col(Assessment.id),
            col(Commitment.epoch) == col(Assessment.epoch),
        ),
    )
    .where(col(Assessment.id) == bindparam("assessment"), col(Grant.holder_id) == bindparam("holder"))
)


@dataclass(frozen=True)
class Opened:
    """An assessment that a holder was let into: what it is pinned to, its days, its epoch and its key."""

    framework_hash: str
    questionnaire_hash: str
    created_on: date
    changed_on: date
    epoch: int
    key: DataKey


def give_grant(
    session: Session, assessment: Assessment, holder_id: str, scope: Scope, data_key: bytes
) -> None:
    """Let a holder open an assessment, from the present epoch on."""
    holder = session.get_one(Holder, holder_id)
    terms = _terms(assessment.id, holder_id, assessment.epoch, scope, None)
    text = json.dumps(terms | {"keys": {"data": data_key.hex()}}).encode()
    session.add(
        Grant(
            assessment_id=assessment.id,
            holder_id=holder_id,
            epoch=assessment.epoch,
            scope=scope,
            sealed=seal_to(holder.public_key, text),
        )
    )
    session.flush()


def open_grant(session: Session, holder: KeyHolder, assessment_id: str, today: date) -> Opened | None:
    """An assessment, when there is one of that id and this holder was let in and still is; otherwise None.

    Raises:
        DoesNotOpen: when the row and what is sealed in it differ, or the key is not the one committed to.
    """
    wanted = {"assessment": assessment_id, "holder": holder.id}
    rows = session.connection().execute(_FIND, wanted).all()
    if not rows or (rows[0].expires_on is not None and rows[0].expires_on < today):
        return None
    row = rows[0]
    opened = json.loads(open_sealed(holder, row.sealed))
    keys = opened.pop("keys")
    terms = _terms(assessment_id, holder.id, row.granted_epoch, row.scope, row.expires_on)
    if opened != terms or row.granted_epoch != row.epoch:
        raise DoesNotOpen
    return Opened(
        framework_hash=row.framework_hash,
        questionnaire_hash=row.questionnaire_hash,
        created_on=row.created_on,
        changed_on=row.changed_on,
        epoch=row.epoch,
        key=DataKey(bytes.fromhex(keys["data"]), {one.label: one.value for one in rows}),
    )


def granted_assessments(session: Session, holder_id: str, today: date) -> list[Assessment]:
    """What a holder was let into and still is, newest first."""
    lasting = or_(col(Grant.expires_on).is_(None), col(Grant.expires_on) >= today)
    return list(
        session.exec(
            select_rows(Assessment)
            .join(Grant)
            .where(Grant.holder_id == holder_id, lasting)
            .order_by(col(Assessment.created_on).desc(), col(Assessment.id))
        )
    )


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
