"""Carla, who has an account: how she makes it, opens it, and what of hers is stored."""

from datetime import datetime

import pyotp
from fastapi import FastAPI
from httpx import Response

from app.database import Session, writing
from app.vault.holders import KeyHolder
from app.vault.sessions import SignedIn, find_signed_in
from tests.app.markup import Page, read, send, visit
from tests.app.test_accounts import EMAIL, OTHER_PASSWORD, PASSWORD, code_on, log_in, recover, sign_up
from tests.conftest import Browser, found

__all__ = ["EMAIL", "OTHER_PASSWORD", "PASSWORD", "code_on", "log_in", "recover", "sign_up"]

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def makes_account(browser: Browser, email: str = EMAIL, password: str = PASSWORD) -> Browser:
    """Make an account and confirm the recovery code: it is `receipt` here."""
    browser.client.headers["User-Agent"] = FIREFOX
    assert sign_up(browser, email, password).headers["location"] == "/recovery-code"
    page = visit(browser, "/recovery-code")
    browser.receipt = code_on(page)
    send(browser, page.form("/recovery-code"), {"last": browser.receipt[-4:]})
    return browser


def begins(browser: Browser, organisation: str, questionnaire: str = "ics-style-quick") -> str:
    """Begin an assessment while signed in; its id."""
    form = visit(browser, "/start").form("/start")
    begun = send(browser, form, {"questionnaire": questionnaire, "organisation": organisation})
    return begun.headers["location"].removeprefix("/assessments/")


def signed_in_as(app: FastAPI, browser: Browser, session: Session) -> SignedIn:
    """The session of somebody's browser, opened with its cookie."""
    signed_in = find_signed_in(session, browser.client.cookies["plumbline"], app.state.clock())
    assert signed_in is not None
    return signed_in


def holder_of(app: FastAPI, browser: Browser) -> KeyHolder:
    """Somebody's key pair."""
    with writing(app.state.engine) as session:
        return signed_in_as(app, browser, session).holder


# The second factor


def secret_on(page: Page) -> str:
    """The secret that a page shows as text."""
    return code_on(page).replace("-", "")


def code_at(secret: str, moment: datetime) -> str:
    """What an authenticator shows at that moment."""
    return pyotp.TOTP(secret).at(moment)


def sets_up(browser: Browser, moment: datetime, password: str = PASSWORD) -> tuple[str, list[str]]:
    """Set up a second factor; its secret, and the backup codes."""
    page = visit(browser, "/account/second-factor")
    secret = secret_on(page)
    form = page.form("/account/second-factor")
    done = send(browser, form, {"code": code_at(secret, moment), "password": password})
    assert done.status_code == 200
    return secret, backup_codes(done)


def backup_codes(response: Response) -> list[str]:
    """The backup codes on a page."""
    return found(r'data-copy-text="([^"]+)"', read(response).html).split("\n")
