"""Who asks to be let in, into an organisation or one assessment: invitations unused, and people who wait."""

from dataclasses import dataclass, field
from datetime import date

from sqlmodel import col, select

from app.database import Session
from app.services.faults import NotFound
from app.tables import Holder, Invitation
from app.vault.holders import fingerprint
from app.vault.invitations import Waiting, invitations, withdraw


@dataclass(frozen=True)
class Into:
    """What an invitation leads into: an organisation, or an assessment."""

    organisation_id: str | None = None
    assessment_id: str | None = None


@dataclass(frozen=True)
class Asking:
    """An invitation, unused, or of somebody who used it and waits. `reference` names it in an address."""

    reference: str
    scope: str
    until: date | None
    expires_on: date
    email: str = field(default="", repr=False)
    fingerprint: str = ""


def asking(session: Session, into: Into, today: date) -> tuple[list[Asking], list[Asking]]:
    """The invitations that nobody has used yet, and those of people who wait to be let in."""
    unused, waiting = _both(session, into, today)
    ids = [one.person.id for one in waiting]
    holders = session.exec(select(Holder).where(col(Holder.id).in_(ids)))
    keys = {holder.id: fingerprint(holder.public_key) for holder in holders}
    return (
        [_asking(one) for one in unused],
        [_asking(one.invitation, one.person.email, keys[one.person.id]) for one in waiting],
    )


def find_waiting(session: Session, into: Into, reference: str, today: date) -> Waiting:
    """Who waits with an invitation.

    Raises:
        NotFound: when nobody does.
    """
    for one in _both(session, into, today)[1]:
        if one.invitation.id.hex() == reference:
            return one
    raise NotFound


def turn_away(session: Session, into: Into, reference: str, today: date) -> None:
    """Take an invitation back, whether somebody waits with it or not.

    Raises:
        NotFound: when there is no such invitation.
    """
    unused, waiting = _both(session, into, today)
    for one in [*unused, *(one.invitation for one in waiting)]:
        if one.id.hex() == reference:
            withdraw(session, one.id)
            return
    raise NotFound


def _both(session: Session, into: Into, today: date) -> tuple[list[Invitation], list[Waiting]]:
    return invitations(session, today, organisation_id=into.organisation_id, assessment_id=into.assessment_id)


def _asking(invitation: Invitation, email: str = "", key: str = "") -> Asking:
    return Asking(invitation.id.hex(), invitation.scope, invitation.until, invitation.expires_on, email, key)
