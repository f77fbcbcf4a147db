"""Guests: somebody with an account is let into an assessment, and shut out again, as the pages do it.

The page that a link leads to is left out: what it does is done here by the vault.
"""

from dataclasses import dataclass
from datetime import date

from fastapi import FastAPI

from app.database import reading, writing
from app.vault.holders import KeyHolder
from app.vault.invitations import find_invitation, use
from app.vault.sessions import find_signed_in
from tests.app.markup import Page, read, send, visit
from tests.conftest import Browser, found


@dataclass
class Guest:
    """Somebody with an account who can be let in, and the id of that account."""

    browser: Browser
    id: str


def guest_of(app: FastAPI, browser: Browser) -> Guest:
    return Guest(browser, key_of(app, browser).id)


def key_of(app: FastAPI, browser: Browser) -> KeyHolder:
    """The private key of whoever is signed in."""
    with reading(app.state.engine) as session:
        signed_in = find_signed_in(session, browser.client.cookies["plumbline"], app.state.clock())
        assert signed_in is not None
        return signed_in.holder


def make_link(host: Browser, scope: str = "review", until: date | None = None) -> str:
    """Make a link and read it; the token that it ends in."""
    form = visit(host, f"{host.home}/sharing").form("/sharing")
    changes = {"scope": scope} | ({"until": until.isoformat()} if until else {})
    made = send(host, form, changes)
    assert made.status_code == 200
    return token_on(read(made))


def token_on(page: Page) -> str:
    """The token that the link on a page ends in."""
    return found(r'data-copy-text="https?://[^/"]+/invitations/([0-9a-f]{64})"', page.html)


def ask(app: FastAPI, guest: Guest, token: str) -> None:
    """Use a link: whoever has it waits to be let in."""
    with writing(app.state.engine) as session:
        invitation = find_invitation(session, token, app.state.clock().date())
        assert invitation is not None
        assert use(session, invitation, guest.id)
        session.commit()


def let_in(
    app: FastAPI, host: Browser, guest: Guest, scope: str = "review", until: date | None = None
) -> None:
    ask(app, guest, make_link(host, scope, until))
    done = send(host, visit(host, f"{host.home}/sharing").form("/let-in"))
    assert done.headers["location"] == f"{host.home}/sharing?done=in"


def take_away(host: Browser, guest: Guest) -> None:
    form = visit(host, f"{host.home}/sharing/{guest.id}/end").form("/end")
    assert send(host, form).headers["location"] == f"{host.home}/sharing?done=ended"
