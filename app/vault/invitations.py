"""Invitations: a link that works once, and lets its user ask to be let in. It holds no key."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, update
from sqlmodel import col, select

from app.database import Session, changed_rows
from app.tables import Invitation, Person
from app.vault.sealing import KEY_BYTES, keyed_hash, random_key

LASTS = timedelta(days=14)


@dataclass(frozen=True)
class Waiting:
    """Somebody who used an invitation and waits to be let in."""

    invitation: Invitation
    person: Person


def invite(
    session: Session,
    scope: str,
    today: date,
    *,
    organisation_id: str | None = None,
    assessment_id: str | None = None,
    until: date | None = None,
) -> str:
    """Make an invitation into an organisation or one assessment; the token that its link ends in."""
    token = random_key()
    session.add(
        Invitation(
            id=_row_id(token),
            organisation_id=organisation_id,
            assessment_id=assessment_id,
            scope=scope,
            until=until,
            expires_on=today + LASTS,
        )
    )
    session.flush()
    return token.hex()


def find_invitation(session: Session, token: str, today: date) -> Invitation | None:
    """The invitation of a link; None when it is unknown, was used, or is over."""
    try:
        secret = bytes.fromhex(token)
    except ValueError:
        return None
    row = session.get(Invitation, _row_id(secret)) if len(secret) == KEY_BYTES else None
    return row if row is not None and row.person_id is None and today <= row.expires_on else None


def use(session: Session, invitation: Invitation, person_id: str) -> bool:
    """Let somebody wait to be let in; False when another was faster."""
    used = changed_rows(
        session,
        update(Invitation)
        .where(col(Invitation.id) == invitation.id, col(Invitation.person_id).is_(None))
        .values(person_id=person_id)
        .execution_options(synchronize_session=False),
    )
    session.expire(invitation)
    return used == 1


def invitations(
    session: Session, today: date, *, organisation_id: str | None = None, assessment_id: str | None = None
) -> tuple[list[Invitation], list[Waiting]]:
    """The open invitations into something, and who has used one and waits, but for those that are over."""
    rows = session.execute(
        select(Invitation, Person)
        .outerjoin(Person, col(Person.id) == col(Invitation.person_id))
        .where(
            Invitation.organisation_id == organisation_id,
            Invitation.assessment_id == assessment_id,
            col(Invitation.expires_on) >= today,
        )
        .order_by(col(Invitation.expires_on), col(Invitation.id))
    ).all()
    waiting = [Waiting(invitation, person) for invitation, person in rows if person is not None]
    return [invitation for invitation, person in rows if person is None], waiting


def withdraw(session: Session, id_: bytes) -> None:
    """Take an invitation back, used or not; or let it go once somebody was let in."""
    session.execute(delete(Invitation).where(col(Invitation.id) == id_))


def clear_over(session: Session, today: date) -> int:
    """Remove the invitations whose last day has passed; how many there were."""
    return changed_rows(session, delete(Invitation).where(col(Invitation.expires_on) < today))


def _row_id(token: bytes) -> bytes:
    return keyed_hash(token, "invite.find")
