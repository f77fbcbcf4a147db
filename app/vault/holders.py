"""Holders: whoever can open things has an X25519 key pair, and only its public half is stored."""

from dataclasses import dataclass, field
from datetime import date

from nacl.bindings import crypto_box_seal_open
from nacl.encoding import RawEncoder
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from sqlalchemy import delete
from sqlmodel import col, select

from app.database import Session
from app.tables import Grant, Holder, HolderKind, Membership
from app.vault.codes import spelled
from app.vault.receipts import Receipt
from app.vault.sealing import DoesNotOpen, keyed_hash, random_bytes


@dataclass(frozen=True)
class KeyHolder:
    """A holder who is here, private key in hand.

    `public_key` is the other half as it is stored, where that was looked up; it may have been replaced, and
    then nothing opens.
    """

    id: str
    private_key: bytes = field(repr=False)
    public_key: bytes | None = field(default=None, repr=False, compare=False)


def new_id() -> str:
    """A name for a row that says nothing: 128 random bits, 32 hexadecimal characters."""
    return random_bytes(16).hex()


def id_for_form(holder: KeyHolder, form: str) -> str:
    """The name of the row that a holder's form makes: the same for one form, and new without a form."""
    if not form:
        return new_id()
    return keyed_hash(holder.private_key, "form.row", form.encode(), size=16).hex()


def add_holder(
    session: Session, kind: HolderKind, public_key: bytes, today: date, locator: bytes | None = None
) -> Holder:
    """Store the public half of a key pair. Who is not found by a receipt is found by other rows."""
    holder = Holder(
        id=new_id(),
        kind=kind,
        locator=locator or keyed_hash(public_key, "holder.locate"),
        public_key=public_key,
        created_on=today,
    )
    session.add(holder)
    session.flush()
    return holder


def add_receipt_holder(session: Session, receipt: Receipt, today: date) -> KeyHolder:
    """Store the public half of a receipt's key pair."""
    private = PrivateKey.from_seed(receipt.seed)
    holder = add_holder(session, "receipt", private.public_key.encode(), today, receipt.locator)
    return KeyHolder(holder.id, private.encode())


def fingerprint(public_key: bytes) -> str:
    """A short name for a key, for two people to compare: 80 bits in four groups of four."""
    return spelled(keyed_hash(public_key, "holder.print", size=10))


def own_fingerprint(holder: KeyHolder) -> str:
    """The fingerprint of one's own key, from the private half: the stored one may have been replaced."""
    return fingerprint(PrivateKey(holder.private_key).public_key.encode())


def find_receipt_holder(session: Session, receipt: Receipt) -> KeyHolder | None:
    """The holder whose receipt this is, or None when there is none.

    Raises:
        DoesNotOpen: when another public key was put in place of the receipt's own.
    """
    holder = session.exec(select(Holder).where(Holder.locator == receipt.locator)).first()
    if holder is None:
        return None
    private = PrivateKey.from_seed(receipt.seed)
    if holder.public_key != private.public_key.encode():
        raise DoesNotOpen
    return KeyHolder(holder.id, private.encode())


def forget_receipt(session: Session, holder_id: str) -> None:
    """Delete the holder of a receipt that opens nothing any more, and its sessions with it."""
    opens = session.exec(select(Grant).where(Grant.holder_id == holder_id)).first()
    belongs = session.exec(select(Membership).where(Membership.member_id == holder_id)).first()
    if opens is None and belongs is None:
        session.execute(delete(Holder).where(col(Holder.id) == holder_id, col(Holder.kind) == "receipt"))
        session.expire_all()


def seal_to(public_key: bytes, text: bytes) -> bytes:
    """Seal a text so that only the holder of the private half opens it."""
    return bytes(SealedBox(PublicKey(public_key)).encrypt(text, encoder=RawEncoder))


def open_sealed(holder: KeyHolder, sealed: bytes) -> bytes:
    """Open what was sealed to this holder.

    Raises:
        DoesNotOpen: when it was sealed to somebody else, or altered, or the stored public key was replaced.
    """
    try:
        public_key = holder.public_key or PrivateKey(holder.private_key).public_key.encode()
        opened: bytes = crypto_box_seal_open(sealed, public_key, holder.private_key)
        return opened
    except (CryptoError, ValueError, TypeError) as fault:
        raise DoesNotOpen from fault
