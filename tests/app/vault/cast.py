"""People at the level of keys: a receipt, the key pair it makes, and a round of their own."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlmodel import select

from app.database import Session
from app.tables import Assessment, Commitment, Content
from app.vault.data_keys import DataKey, new_data_key
from app.vault.grants import give_grant
from app.vault.holders import KeyHolder, add_receipt_holder, new_id
from app.vault.receipts import Receipt, new_receipt
from app.vault.rows import SealedRows

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Person:
    """Somebody with a receipt, and the round that it opens."""

    receipt: Receipt
    holder: KeyHolder
    assessment: Assessment
    secret: bytes
    key: DataKey
    rows: SealedRows


def arrive(session: Session) -> Person:
    """Somebody new begins a round."""
    receipt = new_receipt()
    holder = add_receipt_holder(session, receipt, TODAY)
    assessment, secret = begin_round(session, holder)
    key = data_key_of(session, assessment.id, 1, secret)
    rows = SealedRows(session, assessment.id, 1, key, holder.id, TODAY)
    return Person(receipt, holder, assessment, secret, key, rows)


def begin_round(session: Session, holder: KeyHolder) -> tuple[Assessment, bytes]:
    """A round that this holder can open, and its data key."""
    if session.get(Content, "pack") is None:
        session.add(Content(hash="pack", kind="framework", body="{}"))
        session.flush()
    assessment = Assessment(
        id=new_id(),
        framework_hash="pack",
        questionnaire_hash="pack",
        epoch=1,
        created_on=TODAY,
        changed_on=TODAY,
    )
    session.add(assessment)
    session.flush()
    key = new_data_key(session, assessment.id, 1)
    give_grant(session, assessment, holder.id, "fill", key)
    return assessment, key.whole


def data_key_of(session: Session, assessment_id: str, epoch: int, secret: bytes) -> DataKey:
    """These bytes as the data key of an epoch, with the commitments that are stored for it."""
    rows = session.exec(
        select(Commitment).where(Commitment.assessment_id == assessment_id, Commitment.epoch == epoch)
    )
    return DataKey({"data": secret}, {row.label: row.value for row in rows})
