"""What a host sees of sharing, and what is stored of it."""

from fastapi import FastAPI
from sqlmodel import select

from app.database import reading
from app.tables import Assessment, Grant, Holder
from app.vault.holders import fingerprint
from tests.app.guests import Guest
from tests.app.markup import Page, visit
from tests.conftest import Browser

SECRET_NOTE = "The box in the hall is never opened"
SCOPES = ["read", "review", "fill"]
PAGES = ["", "/report", "/report/workings", "/answers", "/sections/policy", "/plan", "/profile", "/export"]


def statuses(browser: Browser, home: str, *paths: str) -> dict[str, int]:
    return {path: browser.get(home + path).status_code for path in paths}


def epoch(app: FastAPI, home: str) -> int:
    with reading(app.state.engine) as session:
        return session.get_one(Assessment, home.rsplit("/", 1)[1]).epoch


def sharing_page(host: Browser) -> Page:
    return visit(host, f"{host.home}/sharing")


def shown_key(app: FastAPI, guest: Guest) -> str:
    with reading(app.state.engine) as session:
        return fingerprint(session.get_one(Holder, guest.id).public_key)


def sign_in_again(guest: Guest, email: str, password: str) -> None:
    assert guest.browser.post("/log-in", {"email": email, "password": password}).status_code == 303


def sealed_for(app: FastAPI, guest: Guest) -> bytes:
    with reading(app.state.engine) as session:
        return session.exec(select(Grant).where(Grant.holder_id == guest.id)).one().sealed
