"""Leaving: what an account alone holds, what cannot be left behind, and the end of the account."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import delete
from sqlmodel import col, func, or_, select

from app.database import Session
from app.services import assessments
from app.services.faults import Refused
from app.tables import Grant, Holder, Membership, Organisation, Review
from app.vault.epochs import turn_over
from app.vault.grants import open_grant
from app.vault.holders import KeyHolder
from app.vault.organisations import IN_CHARGE, OpenOrganisation, members, open_organisations, remove
from app.vault.sealing import DoesNotOpen


@dataclass(frozen=True)
class Leaving:
    """What goes with an account, and what keeps it from going: ids of assessments and of organisations.

    `alone` are the assessments of which nobody else holds the whole; `apart` what they have written apart for
    others and not handed over yet, as a review or as a sheet; `needed_by` the organisations that would be
    left without an owner.
    """

    alone: tuple[str, ...]
    apart: tuple[str, ...]
    needed_by: frozenset[str]


def consider(session: Session, holder_id: str, today: date) -> Leaving:
    """Look at what would become of the rest."""
    mine, others = (
        select(Grant.assessment_id).where(
            Grant.scope == "fill", or_(col(Grant.expires_on).is_(None), col(Grant.expires_on) >= today), whose
        )
        for whose in (col(Grant.holder_id) == holder_id, col(Grant.holder_id) != holder_id)
    )
    alone = session.exec(
        mine.where(col(Grant.assessment_id).not_in(others)).order_by(Grant.assessment_id)
    ).all()
    apart = set(session.exec(select(Review.id).where(col(Review.id).in_(alone))))
    roles = select(Membership.organisation_id).where(
        Membership.member_id == holder_id, col(Membership.role).in_(IN_CHARGE)
    )
    in_charge_of = session.exec(roles).all()
    return Leaving(
        tuple(id_ for id_ in alone if id_ not in apart),
        tuple(id_ for id_ in alone if id_ in apart),
        frozenset(one for one in in_charge_of if _needed(session, one, holder_id)),
    )


def leave(session: Session, holder: KeyHolder, today: date) -> None:
    """Delete an account, and what it alone holds. What others hold is sealed anew, where it had the key.

    Raises:
        Refused: while an organisation would be left without an owner.
    """
    leaving = consider(session, holder.id, today)
    if leaving.needed_by:
        raise Refused([])
    for assessment_id in (*leaving.alone, *leaving.apart):
        assessments.remove(session, assessment_id)
    for assessment_id in session.exec(select(Grant.assessment_id).where(Grant.holder_id == holder.id)).all():
        _if_it_opens(session, partial(_hand_back, session, holder, assessment_id, today))
    with suppress(DoesNotOpen):
        for organisation in open_organisations(session, holder):
            _if_it_opens(session, partial(_step_out, session, organisation, holder.id, today))
    session.execute(delete(Holder).where(col(Holder.id) == holder.id))


def _needed(session: Session, organisation_id: str, holder_id: str) -> bool:
    """Whether nobody else is in charge of an organisation that has other members, or holds assessments."""
    others = [one for one in members(session, organisation_id) if one.holder.id != holder_id]
    if others:
        return not any(one.role in IN_CHARGE for one in others)
    held = (
        select(func.count())
        .select_from(Grant)
        .join(Organisation, col(Organisation.holder_id) == col(Grant.holder_id))
        .where(Organisation.id == organisation_id)
    )
    return session.exec(held).one() > 0


def _if_it_opens(session: Session, work: Callable[[], None]) -> None:
    """What was altered from outside cannot be sealed anew; that is no reason to keep somebody's account."""
    with suppress(DoesNotOpen), session.begin_nested():
        work()


def _hand_back(session: Session, holder: KeyHolder, assessment_id: str, today: date) -> None:
    opened = open_grant(session, holder, assessment_id, today)
    session.execute(
        delete(Grant).where(col(Grant.assessment_id) == assessment_id, col(Grant.holder_id) == holder.id)
    )
    if opened is not None and opened.scope == "fill":
        turn_over(session, assessment_id, opened.epoch, opened.key)


def _step_out(session: Session, organisation: OpenOrganisation, holder_id: str, today: date) -> None:
    if any(one.holder.id != holder_id for one in members(session, organisation.id)):
        remove(session, organisation, [holder_id], today)
        return
    session.execute(delete(Organisation).where(col(Organisation.id) == organisation.id))
    session.execute(delete(Holder).where(col(Holder.id) == organisation.key.id))
