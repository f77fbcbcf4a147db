"""Organisations: founding one, who belongs to it, and what it holds."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import delete
from sqlmodel import col, select

from app.database import Session
from app.language import gettext as _
from app.services import apart, assessments
from app.services.answers import too_long
from app.services.asking import Into, find_waiting
from app.services.faults import NotFound, Refused
from app.services.opened import TITLE_LIMIT
from app.tables import (
    Assessment,
    Grant,
    Holder,
    HolderKind,
    Membership,
    Organisation,
    Person,
    Role,
)
from app.vault import organisations as vault
from app.vault.epochs import turn_over
from app.vault.grants import give_grant, granted_assessments, open_grant, take_grant
from app.vault.holders import KeyHolder, add_receipt_holder, fingerprint, forget_receipt
from app.vault.invitations import invite as make_invitation
from app.vault.invitations import withdraw
from app.vault.organisations import IN_CHARGE, OpenOrganisation
from app.vault.receipts import Receipt, new_receipt

INVITED: tuple[Role, ...] = ("owner", "contributor", "reader")
"""The roles that somebody can be invited to, and changed between."""


@dataclass(frozen=True)
class Belonging:
    """Somebody who belongs to an organisation. `email` is empty for a printed recovery sheet."""

    holder_id: str
    kind: HolderKind
    role: Role
    fingerprint: str
    you: bool
    email: str = field(repr=False)


def into(organisation: OpenOrganisation) -> Into:
    """What invitations into an organisation are found by."""
    return Into(organisation_id=organisation.id)


def read_name(typed: str) -> str:
    """The name of an organisation, as it was typed.

    Raises:
        Refused: when there is none, or it is too long.
    """
    name = typed.strip()
    if not name:
        raise Refused([("name", _("Write what your organisation is called."))])
    if len(name) > TITLE_LIMIT:
        raise Refused([("name", too_long(len(name), TITLE_LIMIT))])
    return name


def belonging(session: Session, organisation: OpenOrganisation, you: str) -> list[Belonging]:
    """Who belongs to an organisation; `you` is the holder who asks."""
    found = vault.members(session, organisation.id)
    ids = [one.holder.id for one in found]
    emails = {one.id: one.email for one in session.exec(select(Person).where(col(Person.id).in_(ids)))}
    return [
        Belonging(
            one.holder.id,
            one.holder.kind,
            one.role,
            fingerprint(one.holder.public_key),
            one.holder.id == you,
            emails.get(one.holder.id, ""),
        )
        for one in found
    ]


def invite(session: Session, organisation: OpenOrganisation, role: str, today: date) -> str:
    """Make an invitation into an organisation; the token that its link ends in.

    Raises:
        Refused: when no role was chosen.
    """
    if role not in INVITED:
        raise Refused([("role", _("Choose what they may do."))])
    return make_invitation(session, role, today, organisation_id=organisation.id)


def let_in(session: Session, organisation: OpenOrganisation, reference: str, today: date) -> None:
    """Let in somebody who waits, in the role that they were invited to.

    Raises:
        NotFound: when nobody waits with this invitation.
        Refused: when they belong to it already.
    """
    waiting = find_waiting(session, into(organisation), reference, today)
    role = waiting.invitation.scope
    if role not in INVITED:
        raise NotFound
    if session.get(Membership, (organisation.id, waiting.person.id)) is not None:
        raise Refused([("waiting", _("This account belongs to the organisation already."))])
    vault.let_in(session, organisation, waiting.person.id, role)
    withdraw(session, waiting.invitation.id)


def change_role(session: Session, organisation: OpenOrganisation, member_id: str, role: str) -> None:
    """Give a member another role.

    Raises:
        NotFound: when they are no member, or a recovery sheet.
        Refused: when there would be nobody left who decides, or there is no such role.
    """
    membership = session.get(Membership, (organisation.id, member_id))
    if membership is None or membership.role not in INVITED:
        raise NotFound
    if role not in INVITED:
        raise Refused([("role", _("Choose what they may do."))])
    if role not in IN_CHARGE:
        _check_someone_stays(session, organisation, member_id)
    vault.let_in(session, organisation, member_id, role)


def remove(session: Session, organisation: OpenOrganisation, member_id: str, today: date) -> None:
    """Take a member out, oneself too, and turn every key over.

    Raises:
        NotFound: when they are no member.
        Refused: when there would be nobody left who decides.
    """
    if session.get(Membership, (organisation.id, member_id)) is None:
        raise NotFound
    _check_someone_stays(session, organisation, member_id)
    vault.remove(session, organisation, [member_id], today)
    forget_receipt(session, member_id)


def print_sheet(session: Session, organisation: OpenOrganisation, today: date) -> Receipt:
    """Make a recovery sheet: a receipt that can do what an owner can, known only here, and now."""
    receipt = new_receipt()
    vault.let_in(session, organisation, add_receipt_holder(session, receipt, today).id, "sheet")
    return receipt


def claim(session: Session, organisation: OpenOrganisation, holder: KeyHolder, today: date) -> int:
    """Hand everything that a receipt alone decides on over to an organisation; how many there were.

    Each gets new keys, and the receipt opens it no more. Reviews and sheets that were released go along.
    """
    claimed = 0
    for held in granted_assessments(session, holder.id, today):
        opened = open_grant(session, holder, held.id, today)
        if opened is None or opened.scope != "fill" or opened.expires_on is not None:
            continue
        give_grant(session, session.get_one(Assessment, held.id), organisation.key.id, "fill", opened.key)
        take_grant(session, held.id, holder.id)
        turn_over(session, held.id, opened.epoch, opened.key)
        apart.keep_in_step(session, held.id, holder, today)
        claimed += 1
    forget_receipt(session, holder.id)
    return claimed


def delete_whole(session: Session, organisation: OpenOrganisation, today: date) -> None:
    """Delete an organisation, and every assessment that nobody else decides on, the grants first."""
    for held in granted_assessments(session, organisation.key.id, today):
        opened = open_grant(session, organisation.key, held.id, today)
        take_grant(session, held.id, organisation.key.id)
        lasting = select(Grant).where(Grant.assessment_id == held.id, col(Grant.expires_on).is_(None))
        if session.exec(lasting).first() is None:
            assessments.remove(session, held.id)
        elif opened is not None:
            turn_over(session, held.id, opened.epoch, opened.key)
            apart.keep_in_step(session, held.id, organisation.key, today)
    members = [one.holder.id for one in vault.members(session, organisation.id)]
    session.execute(delete(Membership).where(col(Membership.organisation_id) == organisation.id))
    session.execute(delete(Organisation).where(col(Organisation.id) == organisation.id))
    session.execute(delete(Holder).where(col(Holder.id) == organisation.key.id))
    session.expire_all()
    for member_id in members:
        forget_receipt(session, member_id)


def _check_someone_stays(session: Session, organisation: OpenOrganisation, member_id: str) -> None:
    others = [one for one in vault.members(session, organisation.id) if one.holder.id != member_id]
    if not any(one.role in IN_CHARGE for one in others):
        said = _("Nobody would be left who decides. Make somebody an owner first, or print a recovery sheet.")
        raise Refused([("member", said)])
