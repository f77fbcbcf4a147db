"""Epochs: taking access away means a new data key, and everything sealed anew under it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, insert, update
from sqlmodel import col, select

from app.database import Session, changed_rows
from app.tables import Assessment, Commitment, Grant, SealedRow, Submission
from app.vault.data_keys import LABELS, DataKey, Label, new_data_key
from app.vault.grants import give_grant
from app.vault.rows import RowMoved, blind_name, place_of
from app.vault.sealing import DoesNotOpen, seal_data, unseal_data


def turn_over(session: Session, assessment_id: str, epoch: int, key: DataKey) -> DataKey:
    """Begin the next epoch of an assessment: a new data key, and everything of the last sealed anew under it.

    Whoever has a grant when this is called gets one for the new epoch; to take access away, delete theirs
    first. `key` is the data key of the present epoch. It all happens in the session's transaction.

    Raises:
        OutOfScope: when `key` holds only some subkeys.
        RowMoved: when the epoch has moved on meanwhile; to be rolled back.
        DoesNotOpen: when a row was altered: then nothing of it can be carried over, and nothing is.
    """
    key.whole  # noqa: B018 - whoever does not have it turns nothing over
    moved = changed_rows(
        session,
        update(Assessment)
        .where(col(Assessment.id) == assessment_id, col(Assessment.epoch) == epoch)
        .values(epoch=epoch + 1)
        .execution_options(synchronize_session=False),
    )
    if moved != 1:
        raise RowMoved
    session.expire_all()
    new = new_data_key(session, assessment_id, epoch + 1)
    rows = list(_sealed_anew(session, assessment_id, epoch, key, new))
    for table in (SealedRow, Submission):
        session.execute(delete(table).where(col(table.assessment_id) == assessment_id))
    if rows:
        session.execute(insert(SealedRow), rows)
    session.execute(
        delete(Commitment).where(
            col(Commitment.assessment_id) == assessment_id, col(Commitment.epoch) == epoch
        )
    )
    _give_anew(session, assessment_id, new)
    return new


def _sealed_anew(
    session: Session, assessment_id: str, epoch: int, old: DataKey, new: DataKey
) -> Iterator[dict[str, Any]]:
    stored = session.execute(
        select(
            col(SealedRow.name), col(SealedRow.revision), col(SealedRow.blob), col(SealedRow.changed_on)
        ).where(col(SealedRow.assessment_id) == assessment_id)
    )
    for row in stored.all():
        label, sealed = _opened(old, assessment_id, epoch, row)
        blind = blind_name(new, label, sealed["name"])
        place = place_of(assessment_id, epoch + 1, label, blind, row.revision)
        yield {
            "assessment_id": assessment_id,
            "name": blind,
            "revision": row.revision,
            "epoch": epoch + 1,
            "blob": seal_data(new.subkey(label), sealed, *place),
            "changed_on": row.changed_on,
        }


def _opened(
    key: DataKey, assessment_id: str, epoch: int, row: Row[tuple[bytes, int, bytes, date]]
) -> tuple[Label, Any]:
    """What a row holds, and its label: the row itself does not say which, so each key is tried."""
    for label in LABELS:
        place = place_of(assessment_id, epoch, label, row.name, row.revision)
        try:
            return label, unseal_data(key.subkey(label), row.blob, *place)
        except DoesNotOpen:
            continue
    raise DoesNotOpen


def _give_anew(session: Session, assessment_id: str, key: DataKey) -> None:
    assessment = session.get_one(Assessment, assessment_id)
    # One whose keys are gone already stands for somebody who is not to get others.
    session.execute(delete(Grant).where(col(Grant.assessment_id) == assessment_id, col(Grant.sealed) == b""))
    terms = [
        (grant.holder_id, grant.scope, grant.expires_on)
        for grant in session.exec(select(Grant).where(Grant.assessment_id == assessment_id))
    ]
    for holder_id, scope, expires_on in terms:
        give_grant(session, assessment, holder_id, scope, key, expires_on)
