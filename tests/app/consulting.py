"""A consultant who is let in to somebody's assessment, and shut out again; and what they say in a review."""

from collections.abc import Mapping
from datetime import date

from fastapi import FastAPI
from httpx import Response
from sqlmodel import col, delete

from app.database import Session, writing
from app.tables import Assessment, Grant, Scope
from app.vault.epochs import turn_over
from app.vault.grants import Opened, give_grant, open_grant
from app.vault.holders import KeyHolder, find_receipt_holder
from app.vault.people import find_people
from app.vault.receipts import read_receipt
from tests.app.markup import read, send, visit
from tests.conftest import Browser, found

PASSWORD = "lantern gravel oboe tide"


def makes_an_account(browser: Browser, email: str) -> Browser:
    """Sign up, and write down the recovery code."""
    form = visit(browser, "/sign-up").form("/sign-up")
    send(browser, form, {"email": email, "password": PASSWORD})
    page = visit(browser, "/recovery-code")
    code = found(r'data-copy-text="([^"]+)"', page.html)
    send(browser, page.form("/recovery-code"), {"last": code[-4:]})
    return browser


def id_of(owner: Browser) -> str:
    return owner.home.rpartition("/")[2]


def key_of(session: Session, owner: Browser) -> KeyHolder:
    """The key pair of somebody's receipt."""
    holder = find_receipt_holder(session, read_receipt(owner.receipt))
    assert holder is not None
    return holder


def opened_by(session: Session, owner: Browser, today: date) -> Opened:
    """An assessment, opened with its owner's receipt."""
    opened = open_grant(session, key_of(session, owner), id_of(owner), today)
    assert opened is not None
    return opened


def let_in(
    app: FastAPI, owner: Browser, email: str, scope: Scope = "review", until: date | None = None
) -> None:
    """Give the account with this address a grant to somebody's assessment."""
    with writing(app.state.engine) as session:
        opened = opened_by(session, owner, app.state.clock().date())
        (person,) = find_people(session, email)
        assessment = session.get_one(Assessment, id_of(owner))
        give_grant(session, assessment, person.id, scope, opened.key, until)
        session.commit()


def shut_out(app: FastAPI, owner: Browser, email: str) -> None:
    """Take the grant back, with a new data key."""
    with writing(app.state.engine) as session:
        opened = opened_by(session, owner, app.state.clock().date())
        (person,) = find_people(session, email)
        session.execute(
            delete(Grant).where(col(Grant.assessment_id) == id_of(owner), col(Grant.holder_id) == person.id)
        )
        turn_over(session, id_of(owner), opened.epoch, opened.key)
        session.commit()


def judge(consultant: Browser, owner: Browser, section: str, said: Mapping[str, str]) -> Response:
    """Fill some fields of a section of the review, as in {"B1:level": "2"}, and save it."""
    address = f"{owner.home}/review/sections/{section}"
    return send(consultant, visit(consultant, address).form(f"/sections/{section}"), said)


def release(consultant: Browser, owner: Browser) -> None:
    """Release the review, by way of the page that asks."""
    form = visit(consultant, f"{owner.home}/review/release").form("/review/release")
    assert send(consultant, form).headers["location"] == f"{owner.home}/review"


def released_address(owner: Browser) -> str:
    """Where the task list leads to the review."""
    return found(r'href="(/assessments/[^"]+/reviews/[^"]+)"', read(owner.get(owner.home)).html)
