"""Stretching passwords: in threads, few at a time, and before a request takes its turn to write."""

from dataclasses import dataclass, field
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import Request

from app import database
from app.routes.cookies import cookie_name
from app.routes.forms import FormDep
from app.routes.given import Ahead
from app.routes.visits import NotSignedIn
from app.services.faults import NotFound
from app.settings import Settings
from app.tables import Person
from app.turns import Turn
from app.vault.passwords import Stretched, decoy_salt, stretch
from app.vault.people import find_people, tidy_email
from app.vault.sealing import random_key
from app.vault.sessions import find_signed_in

AT_ONCE = 4
"""How many passwords are stretched together: each takes 64 MiB."""


class Stretching:
    """Stretches passwords, so many at a time; the others wait, and not without end."""

    def __init__(self, settings: Settings) -> None:
        self._turn = Turn(settings.waiting_writers, settings.patience_seconds, AT_ONCE)
        self._decoys = random_key()

    async def stretch(self, password: str, salt: bytes) -> Stretched:
        """A password, stretched with a salt.

        Raises:
            Busy: when too many wait, or it took too long.
        """
        async with self._turn.taken():
            return await run_sync(stretch, password, salt)

    def salt_of(self, known: list[bytes], email: str) -> bytes:
        """The salt of an address: that of its accounts, or one that looks like it."""
        return known[0] if known else decoy_salt(self._decoys, tidy_email(email))


@dataclass(frozen=True)
class Password:
    """A password, stretched with the salt of an address; the salt is to be kept where an account is made."""

    stretched: Stretched
    salt: bytes = field(repr=False)


async def stretch_password(request: Request, form: FormDep) -> Password:
    """The password of a form with an address; as slow for an unknown address as for a known one."""
    stretching: Stretching = request.app.state.stretching
    email = form.get("email")
    salt = stretching.salt_of(await run_sync(_salts, request, email), email)
    return Password(await stretching.stretch(form.get("password"), salt), salt)


PasswordDep = Annotated[Password, Ahead(stretch_password)]


async def stretch_own_password(request: Request, form: FormDep) -> Password:
    """The password of a form of somebody signed in, stretched with the salt of their account.

    Raises:
        NotSignedIn: when nobody is: nothing is stretched for them.
        NotFound: for whoever has a receipt.
        Busy: when too many wait, or it took too long.
    """
    salt = await run_sync(_own_salt, request)
    stretching: Stretching = request.app.state.stretching
    return Password(await stretching.stretch(form.get("password"), salt), salt)


OwnPasswordDep = Annotated[Password, Ahead(stretch_own_password)]


async def stretch_new_password(request: Request, form: FormDep, present: OwnPasswordDep) -> Stretched:
    """The new password of the same form, stretched with the same salt."""
    stretching: Stretching = request.app.state.stretching
    return await stretching.stretch(form.get("new_password"), present.salt)


NewPasswordDep = Annotated[Stretched, Ahead(stretch_new_password)]


def _salts(request: Request, email: str) -> list[bytes]:
    with database.reading(request.app.state.engine) as session:
        return [person.salt for person in find_people(session, email)]


def _own_salt(request: Request) -> bytes:
    cookie = request.cookies.get(cookie_name(request), "")
    with database.reading(request.app.state.engine) as session:
        signed_in = find_signed_in(session, cookie, request.app.state.clock())
        if signed_in is None:
            raise NotSignedIn
        person = session.get(Person, signed_in.holder.id) if signed_in.account else None
        if person is None:
            raise NotFound
        return person.salt
