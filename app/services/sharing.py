"""Sharing: who can open an assessment; letting somebody in until a day, and shutting them out again."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlmodel import col, select

from app.database import Session
from app.language import gettext as _
from app.language import long_date
from app.services import apart
from app.services.asking import Into, find_waiting
from app.services.faults import NotFound, Refused
from app.services.opened import OpenAssessment
from app.tables import Assessment, Grant, Holder, HolderKind, Person, Scope
from app.vault.epochs import turn_over
from app.vault.grants import (
    SCOPES,
    Opened,
    clear_ended,
    ended_grants,
    give_grant,
    open_grant,
    take_grant,
)
from app.vault.holders import fingerprint
from app.vault.invitations import invite as make_invitation
from app.vault.invitations import withdraw
from app.vault.sealing import DoesNotOpen

USUAL = timedelta(days=90)
LONGEST = timedelta(days=2 * 365)
"""For how long somebody is let in, if nothing else is said, and at most."""


@dataclass(frozen=True)
class Share:
    """A holder who can open an assessment, or could until a day that has passed.

    `email` is a person's, `name` that of an organisation to which whoever asks belongs; both are empty for a
    receipt. `yours` is the key that whoever asks came with.
    """

    holder_id: str
    kind: HolderKind
    scope: Scope
    until: date | None
    ended: bool
    yours: bool
    fingerprint: str
    email: str = field(repr=False)
    name: str = field(repr=False)


def into(assessment: OpenAssessment) -> Into:
    """What invitations into an assessment are found by."""
    return Into(assessment_id=assessment.id)


def shares(
    session: Session, assessment: OpenAssessment, names: Mapping[str, str], today: date
) -> list[Share]:
    """Everybody who can open an assessment, those without a last day first.

    `names` has the names of the organisations that whoever asks belongs to, by their holders' ids.
    """
    rows = session.execute(
        select(Grant, Holder, col(Person.email))
        .join(Holder, col(Holder.id) == col(Grant.holder_id))
        .outerjoin(Person, col(Person.id) == col(Grant.holder_id))
        .where(Grant.assessment_id == assessment.id)
        .order_by(col(Grant.expires_on), col(Holder.created_on), col(Holder.id))
    ).all()
    return [
        Share(
            holder_id=grant.holder_id,
            kind=holder.kind,
            scope=grant.scope,
            until=grant.expires_on,
            ended=grant.expires_on is not None and grant.expires_on < today,
            yours=grant.holder_id == assessment.access.key.id,
            fingerprint=fingerprint(holder.public_key),
            email=email or "",
            name=names.get(grant.holder_id, ""),
        )
        for grant, holder, email in rows
    ]


def share_of(
    session: Session, assessment: OpenAssessment, holder_id: str, names: Mapping[str, str], today: date
) -> Share:
    """How one holder can open an assessment.

    Raises:
        NotFound: when they cannot.
    """
    for share in shares(session, assessment, names, today):
        if share.holder_id == holder_id:
            return share
    raise NotFound


def invite(session: Session, assessment: OpenAssessment, scope: str, until: str, today: date) -> str:
    """Make an invitation into an assessment; the token that its link ends in, known only here, and now.

    Raises:
        Refused: with a sentence for what was not chosen, or a last day that cannot be.
    """
    problems = [] if scope in SCOPES else [("scope", _("Choose what they may do."))]
    last, problem = _last_day(until, today)
    if last is None:
        problems.append(("until", problem))
    if problems:
        raise Refused(problems)
    return make_invitation(session, scope, today, assessment_id=assessment.id, until=last)


def let_in(session: Session, assessment: OpenAssessment, reference: str, today: date) -> None:
    """Give whoever waits what their invitation says. Who could do more before has the keys changed on them.

    Raises:
        NotFound: when nobody waits with this invitation.
        Refused: when they can open the whole for good already, or the last day has passed meanwhile.
    """
    waiting = find_waiting(session, into(assessment), reference, today)
    invitation, person, scope = waiting.invitation, waiting.person, waiting.invitation.scope
    if scope not in SCOPES:
        raise NotFound
    before = session.get(Grant, (assessment.id, person.id))
    if before is not None and before.expires_on is None:
        raise Refused([("waiting", _("This account can open the assessment already, without a last day."))])
    if invitation.until is None or invitation.until < today:
        said = _("The last day of this invitation has passed. Turn it away, and make another.")
        raise Refused([("waiting", said)])
    narrower = before is not None and SCOPES.index(before.scope) < SCOPES.index(scope)
    present, row = _present(session, assessment, today), session.get_one(Assessment, assessment.id)
    give_grant(session, row, person.id, scope, present.key, invitation.until)
    withdraw(session, invitation.id)
    if narrower:
        turn_over(session, assessment.id, present.epoch, present.key)
    apart.keep_in_step(session, assessment.id, assessment.access.key, today)


def take_away(session: Session, assessment: OpenAssessment, holder_id: str, today: date) -> None:
    """Let a holder open an assessment no more, and change its keys, in one transaction.

    Raises:
        NotFound: when they cannot open it anyway, or it is the key that whoever asks came with: so there is
            always one left.
        DoesNotOpen: when something stored was altered: then nothing changes.
    """
    if holder_id == assessment.access.key.id:
        raise NotFound
    present = _present(session, assessment, today)
    if not take_grant(session, assessment.id, holder_id):
        raise NotFound
    clear_ended(session, assessment.id, today)
    turn_over(session, assessment.id, present.epoch, present.key)
    apart.keep_in_step(session, assessment.id, assessment.access.key, today)


def ended(session: Session, assessment: OpenAssessment, today: date) -> int:
    """For how many holders access has ended, and the keys are not changed yet."""
    return len(ended_grants(session, assessment.id, today))


def change_keys(session: Session, assessment: OpenAssessment, today: date) -> bool:
    """Change the keys if somebody's access has ended since they were last changed; whether they were.

    Raises:
        DoesNotOpen: when something stored was altered: then nothing changes.
    """
    if not ended_grants(session, assessment.id, today):
        return False
    present = _present(session, assessment, today)
    clear_ended(session, assessment.id, today)
    turn_over(session, assessment.id, present.epoch, present.key)
    apart.keep_in_step(session, assessment.id, assessment.access.key, today)
    return True


def change_keys_on_the_way(session: Session, assessment: OpenAssessment, today: date) -> bool:
    """As `change_keys`, beside something else that somebody does. What was altered does not stop that."""
    if not assessment.others_ended:  # nearly always, and much cheaper than a savepoint
        return False
    with suppress(DoesNotOpen), session.begin_nested():
        return change_keys(session, assessment, today)
    return False


def _present(session: Session, assessment: OpenAssessment, today: date) -> Opened:
    """The present keys, opened with the key that whoever asks came with."""
    opened = open_grant(session, assessment.access.key, assessment.id, today)
    if opened is None:
        raise NotFound
    return opened


def _last_day(typed: str, today: date) -> tuple[date | None, str]:
    """The last day that was typed; or None, and what to say of it."""
    try:
        last = date.fromisoformat(typed.strip())
    except ValueError:
        return None, _("Write their last day as year, month and day, like 2027-03-31.")
    furthest = today + LONGEST
    if not today <= last <= furthest:
        said = _("Choose a day from today, {today}, to {furthest}.")
        return None, said.format(today=long_date(today), furthest=long_date(furthest))
    return last, ""
