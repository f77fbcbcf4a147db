"""What whoever runs the service can do: list accounts, shut one out, clear away what is over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlmodel import col, func, select

from app.database import Session
from app.tables import Holder, Membership, Person
from app.vault.grants import empty_ended
from app.vault.holders import fingerprint
from app.vault.invitations import clear_over
from app.vault.people import tidy_email
from app.vault.sessions import clear_expired, sign_out_everywhere


@dataclass(frozen=True)
class Account:
    """An account as the database shows it. Several may have one address: their keys tell them apart."""

    id: str
    email: str
    created_on: date
    disabled: bool
    organisations: int
    fingerprint: str


@dataclass(frozen=True)
class Cleared:
    """How much was over, and is gone."""

    sessions: int
    invitations: int
    grants: int


def accounts(session: Session, email: str | None = None) -> list[Account]:
    """Every account, or those with an address, by address and day."""
    joined = func.count(col(Membership.organisation_id))
    asked = (
        select(Person, Holder, joined)
        .join(Holder, col(Holder.id) == col(Person.id))
        .outerjoin(Membership, col(Membership.member_id) == col(Person.id))
        .group_by(col(Person.id))
        .order_by(col(Person.email), col(Holder.created_on), col(Person.id))
    )
    if email is not None:
        asked = asked.where(Person.email == tidy_email(email))
    return [
        Account(
            person.id,
            person.email,
            holder.created_on,
            person.disabled,
            organisations,
            fingerprint(holder.public_key),
        )
        for person, holder, organisations in session.exec(asked)
    ]


def with_fingerprint(found: Iterable[Account], typed: str) -> list[Account]:
    """Those of some accounts whose key has this fingerprint, in whatever case and groups it is typed."""
    return [one for one in found if _plain(one.fingerprint) == _plain(typed)]


def set_disabled(session: Session, account: Account, disabled: bool) -> int:
    """Shut an account out, or let it in again; how many sessions were ended."""
    session.get_one(Person, account.id).disabled = disabled
    return sign_out_everywhere(session, account.id) if disabled else 0


def clear_away(session: Session, now: datetime) -> Cleared:
    """Remove sessions and invitations that are over, and the keys in grants whose last day has passed.

    Such a grant stays as an empty row, until somebody in charge comes by: it says that the keys of the
    assessment are to be changed, which nobody can do without holding them.
    """
    today = now.astimezone(UTC).date()
    return Cleared(clear_expired(session, now), clear_over(session, today), empty_ended(session, today))


def _plain(code: str) -> str:
    return "".join(character for character in code.upper() if character.isalnum())
