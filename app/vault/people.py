"""People with accounts: what a password opens, what a recovery code opens, and the second factor.

The password's key and the recovery code's each wrap a random master key. The master key wraps the private
key, and seals the second factor. So a change of password wraps the same master key anew, and nothing else.

Several accounts may have one address: nobody has shown that it is theirs, and nobody is told that somebody
else has named it before. They share a salt: a password is stretched once, and opens the one that it fits.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from unicodedata import normalize

from nacl.bindings import sodium_memcmp
from nacl.public import PrivateKey
from sqlmodel import select

from app.database import Session
from app.tables import Person
from app.vault.holders import KeyHolder, add_holder
from app.vault.key_codes import KeyCode
from app.vault.passwords import Stretched, verifier_of
from app.vault.recovery import new_recovery_code
from app.vault.sealing import DoesNotOpen, random_key, seal_data, unseal_data
from app.vault.second_factor import NO_SECOND_FACTOR, SecondFactor, opened_factor, sealed_factor

BY_PASSWORD, BY_RECOVERY, PRIVATE = "person.password", "person.recovery", "person.private"


@dataclass(frozen=True)
class OpenAccount:
    """Somebody whose password, or recovery code, was the right one."""

    row: Person = field(repr=False)
    holder: KeyHolder
    master: bytes = field(repr=False)
    second_factor: SecondFactor = field(repr=False)


def tidy_email(typed: str) -> str:
    """An address as it is stored: however somebody types it, the same account."""
    return normalize("NFKC", typed).strip().lower()


def find_people(session: Session, email: str) -> list[Person]:
    """The accounts that have an address."""
    return list(session.exec(select(Person).where(Person.email == tidy_email(email)).order_by(Person.id)))


def add_person(
    session: Session, email: str, stretched: Stretched, salt: bytes, today: date
) -> tuple[KeyHolder, KeyCode]:
    """Make an account. The recovery code is known only here, and now."""
    private, master, recovery = PrivateKey.generate(), random_key(), new_recovery_code()
    holder = add_holder(session, "person", private.public_key.encode(), today)
    person = Person(
        id=holder.id,
        email=tidy_email(email),
        disabled=False,
        salt=salt,
        verifier=verifier_of(stretched),
        master_by_password=_wrapped(stretched.key, master, BY_PASSWORD, holder.id),
        master_by_recovery=_wrapped(recovery.key, master, BY_RECOVERY, holder.id),
        private_key=_wrapped(master, private.encode(), PRIVATE, holder.id),
        second_factor=sealed_factor(master, holder.id, NO_SECOND_FACTOR),
    )
    session.add(person)
    session.flush()
    return KeyHolder(holder.id, private.encode()), recovery


def open_with_password(people: Iterable[Person], stretched: Stretched) -> OpenAccount | None:
    """The account whose password this is, and that is not disabled; None where it is none's.

    Raises:
        DoesNotOpen: when what is stored of it was altered.
    """
    verifier = verifier_of(stretched)
    for person in people:
        if sodium_memcmp(person.verifier, verifier) and not person.disabled:
            master = _unwrapped(stretched.key, person.master_by_password, BY_PASSWORD, person.id)
            return _opened(person, master)
    return None


def open_with_recovery(people: Iterable[Person], code: KeyCode) -> OpenAccount | None:
    """The account whose recovery code this is, and that is not disabled; None where it is none's."""
    for person in people:
        with suppress(DoesNotOpen):
            master = _unwrapped(code.key, person.master_by_recovery, BY_RECOVERY, person.id)
            return None if person.disabled else _opened(person, master)
    return None


def change_password(account: OpenAccount, stretched: Stretched) -> None:
    """Let another password, stretched with the same salt, open the account; the recovery code stays."""
    _set_password(account.row, account.master, stretched)


def renew(account: OpenAccount, stretched: Stretched) -> KeyCode:
    """After a recovery: another password, master key and recovery code, for the same key pair."""
    person, master, recovery = account.row, random_key(), new_recovery_code()
    _set_password(person, master, stretched)
    person.master_by_recovery = _wrapped(recovery.key, master, BY_RECOVERY, person.id)
    person.private_key = _wrapped(master, account.holder.private_key, PRIVATE, person.id)
    person.second_factor = sealed_factor(master, person.id, account.second_factor)
    return recovery


def new_recovery(account: OpenAccount) -> KeyCode:
    """Another recovery code in place of the present one."""
    recovery = new_recovery_code()
    account.row.master_by_recovery = _wrapped(recovery.key, account.master, BY_RECOVERY, account.row.id)
    return recovery


def set_second_factor(account: OpenAccount, second_factor: SecondFactor) -> None:
    """Keep another second factor, or the same after it was used."""
    account.row.second_factor = sealed_factor(account.master, account.row.id, second_factor)


def _set_password(person: Person, master: bytes, stretched: Stretched) -> None:
    person.verifier = verifier_of(stretched)
    person.master_by_password = _wrapped(stretched.key, master, BY_PASSWORD, person.id)


def _opened(person: Person, master: bytes) -> OpenAccount:
    private_key = _unwrapped(master, person.private_key, PRIVATE, person.id)
    factor = opened_factor(master, person.id, person.second_factor)
    return OpenAccount(person, KeyHolder(person.id, private_key), master, factor)


def _wrapped(key: bytes, secret: bytes, label: str, person_id: str) -> bytes:
    return seal_data(key, secret.hex(), label, person_id)


def _unwrapped(key: bytes, blob: bytes, label: str, person_id: str) -> bytes:
    return bytes.fromhex(unseal_data(key, blob, label, person_id))
