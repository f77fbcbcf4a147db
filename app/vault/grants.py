"""Grants: the keys of an assessment, sealed to one holder's public key."""

import json
from datetime import date
from typing import Literal

from sqlalchemy import bindparam
from sqlmodel import Session, col, or_, select

from app.tables import Assessment, Grant, Holder
from app.vault.data_keys import DataKey, check_data_key
from app.vault.holders import KeyHolder, open_sealed, seal_to
from app.vault.sealing import DoesNotOpen

Scope = Literal["fill"]

# Put together once, since every page asks this.
_FIND = select(Grant).where(
    col(Grant.assessment_id) == bindparam("assessment"), col(Grant.holder_id) == bindparam("holder")
)


def give_grant(
    session: Session, assessment: Assessment, holder_id: str, scope: Scope, data_key: bytes
) -> None:
    """Let a holder open an assessment, from the present epoch on."""
    holder = session.get_one(Holder, holder_id)
    grant = Grant(
        assessment_id=assessment.id, holder_id=holder_id, epoch=assessment.epoch, scope=scope, sealed=b""
    )
    text = json.dumps(_terms(grant) | {"keys": {"data": data_key.hex()}}).encode()
    grant.sealed = seal_to(holder.public_key, text)
    session.add(grant)
    session.flush()


def open_grant(session: Session, holder: KeyHolder, assessment: Assessment, today: date) -> DataKey | None:
    """The key of an assessment, when this holder was let in and still is; otherwise None.

    Raises:
        DoesNotOpen: when the row and what is sealed in it differ, or the key is not the one committed to.
    """
    grant = session.exec(_FIND, params={"assessment": assessment.id, "holder": holder.id}).first()
    if grant is None or (grant.expires_on is not None and grant.expires_on < today):
        return None
    opened = json.loads(open_sealed(holder, grant.sealed))
    keys = opened.pop("keys")
    if opened != _terms(grant) or grant.epoch != assessment.epoch:
        raise DoesNotOpen
    return check_data_key(session, assessment.id, assessment.epoch, bytes.fromhex(keys["data"]))


def granted_assessments(session: Session, holder_id: str, today: date) -> list[Assessment]:
    """What a holder was let into and still is, newest first."""
    lasting = or_(col(Grant.expires_on).is_(None), col(Grant.expires_on) >= today)
    return list(
        session.exec(
            select(Assessment)
            .join(Grant)
            .where(Grant.holder_id == holder_id, lasting)
            .order_by(col(Assessment.created_on).desc(), col(Assessment.id))
        )
    )


def _terms(grant: Grant) -> dict[str, str | int | None]:
    return {
        "assessment": grant.assessment_id,
        "epoch": grant.epoch,
        "holder": grant.holder_id,
        "scope": grant.scope,
        "expires": grant.expires_on.isoformat() if grant.expires_on else None,
    }
