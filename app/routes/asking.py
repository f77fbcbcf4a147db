"""Asking somebody who is signed in for their password once more, before what matters is changed."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Request

from app.database import Session
from app.language import gettext as _
from app.routes.access import AccountDep, SessionDep, TodayDep
from app.routes.given import InHandler
from app.routes.limiting import GuessLimitDep, Limit
from app.routes.stretching import OwnPasswordDep, Password
from app.services.faults import Refused
from app.tables import Person
from app.vault.people import OpenAccount, open_with_password
from app.vault.sessions import SignedIn


class TooMany(Refused):
    """So many were wrong that one has to wait."""


@dataclass(frozen=True)
class Asked:
    """Somebody signed in who was asked for the password, and what they typed."""

    session: Session
    signed_in: SignedIn
    person: Person
    _request: Request
    _password: Password
    _guesses: Limit
    _today: date

    def account(self) -> OpenAccount:
        """The account, opened with the password.

        Raises:
            Refused: when that is not the password, which counts as a guess; TooMany: after many guesses.
        """
        if self._guesses.reached(self._request, self._today, self.person.email):
            raise TooMany([("password", _("Too many were tried. Wait a minute, then try again."))])
        account = open_with_password([self.person], self._password.stretched)
        if account is None:
            self.was_wrong()
            raise Refused([("password", _("This is not the password of this account. Nothing was changed."))])
        return account

    def was_wrong(self) -> None:
        """Count a wrong guess."""
        self._guesses.count(self._request, self._today, self.person.email)


def ask_again(
    request: Request,
    password: OwnPasswordDep,
    session: SessionDep,
    signed_in: AccountDep,
    today: TodayDep,
    guesses: GuessLimitDep,
) -> Asked:
    """Whoever is signed in, with the password that they typed."""
    person = session.get_one(Person, signed_in.holder.id)
    return Asked(session, signed_in, person, request, password, guesses, today)


AskedDep = Annotated[Asked, InHandler(ask_again)]


def refused_status(refused: Refused) -> int:
    """The status of the page that says why it was refused."""
    return 429 if isinstance(refused, TooMany) else 422
