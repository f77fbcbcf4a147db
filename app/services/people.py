"""Who a holder is, for whoever asks: they themselves, an address, a receipt, or somebody who is gone.

Addresses are for those who have the whole of an assessment. To everybody else, all who answer in it are one.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from sqlmodel import col, or_, select, union

from app.language import gettext as _
from app.services.opened import OpenAssessment
from app.tables import Grant, Membership, Organisation, Person

Kind = Literal["you", "account", "receipt", "sheet", "gone", "unnamed"]

ANSWERING = ("owner", "contributor")
"""The roles of those who answer. A printed recovery sheet can too, but is nobody to ask."""

# Every page with answers asks this where others answered too, so it is plain text.
_WHO = (
    "SELECT holder.id, holder.kind, person.email, "
    "EXISTS (SELECT 1 FROM membership WHERE membership.member_id = holder.id) AS belongs "
    "FROM holder LEFT JOIN person ON person.id = holder.id "
    "WHERE holder.id IN (SELECT value FROM json_each(?))"
)


@dataclass(frozen=True)
class Somebody:
    """A holder, as whoever asks may know them. Only accounts have an `email`, which nobody has proved."""

    id: str
    kind: Kind
    email: str = field(default="", repr=False)

    @property
    def you(self) -> bool:
        """Whether it is whoever asks."""
        return self.kind == "you"

    @property
    def words(self) -> str:
        """Who it is, to stand after "by" or "for"."""
        return {
            "you": _("you"),
            "account": self.email,
            "receipt": _("whoever has the receipt"),
            "sheet": _("whoever has the recovery sheet"),
            "gone": _("somebody who is no longer here"),
            "unnamed": _("somebody of the organisation"),
        }[self.kind]


def known(assessment: OpenAssessment, holders: Iterable[str | None]) -> dict[str, Somebody]:
    """Who some holders are, by their ids."""
    wanted = {holder for holder in holders if holder}
    you = assessment.rows.author
    found = {you: Somebody(you, "you")} if you in wanted else {}
    others = wanted - {you}
    if not assessment.whole:
        return found | {holder: Somebody(holder, "unnamed") for holder in others}
    if others:
        found |= {holder: Somebody(holder, "gone") for holder in others}
        asked = (json.dumps(sorted(others)),)
        for id_, kind, email, belongs in assessment.session.ask(_WHO, asked):
            found[id_] = _somebody(id_, kind, email, belongs=bool(belongs))
    return found


def one(assessment: OpenAssessment, holder: str | None) -> Somebody | None:
    """Who one holder is; None for none."""
    return known(assessment, [holder]).get(holder or "")


def who_may_answer(assessment: OpenAssessment) -> dict[str, Somebody]:
    """Everybody with an account who may answer in an assessment today, by their ids, sorted by address.

    They belong to the organisation that holds it, or were let in to fill it in.
    """
    lasting = or_(col(Grant.expires_on).is_(None), col(Grant.expires_on) >= assessment.rows.today)
    held = select(Grant.holder_id).where(Grant.assessment_id == assessment.id, Grant.scope == "fill", lasting)
    members = (
        select(Membership.member_id)
        .join(Organisation, col(Organisation.id) == col(Membership.organisation_id))
        .where(col(Organisation.holder_id).in_(held), col(Membership.role).in_(ANSWERING))
    )
    found = assessment.session.exec(
        select(Person.id, Person.email)
        .where(col(Person.id).in_(union(held, members)))
        .order_by(col(Person.email), col(Person.id))
    )
    you = assessment.rows.author
    return {id_: Somebody(id_, "you" if id_ == you else "account", email) for id_, email in found}


def _somebody(id_: str, kind: str, email: str | None, *, belongs: bool) -> Somebody:
    if email is not None:
        return Somebody(id_, "account", email)
    if kind == "receipt":
        return Somebody(id_, "sheet" if belongs else "receipt")
    return Somebody(id_, "gone")
