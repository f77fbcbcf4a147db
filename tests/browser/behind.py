"""What somebody has done before they come to a page: done behind the pages' back, in the same session."""

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

from playwright.sync_api import BrowserContext, FilePayload

FROM_OUR_OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}

PASSWORD = "lantern gravel oboe tide"

SHOWN = re.compile(r'data-copy-text="([^"]+)"')
LET_IN = re.compile(r'action="([^"]+/let-in)"')

_numbers = count(1)


@dataclass(frozen=True)
class Brought:
    """An assessment that was brought in from a file: its receipt, and the address of its task list."""

    receipt: str
    home: str


@dataclass(frozen=True)
class Account:
    """An account that was made: its address, and its recovery code."""

    email: str
    code: str


def sends(context: BrowserContext, path: str, **fields: str | float | bool) -> tuple[str, str]:
    """Send a form; where that leads to, and the page there."""
    reply = context.request.post(path, form=fields, headers=FROM_OUR_OWN_PAGE)
    assert reply.ok, f"{path} was answered {reply.status}"
    return reply.url, reply.text()


def shown(page: str) -> str:
    """The receipt, code or link that a page shows."""
    return _found(SHOWN, page)


def bring_in(context: BrowserContext, file: dict[str, Any], kept: bool = True) -> Brought:
    """Bring a file in. A plan that it holds is brought up to date, so that every gap is planned."""
    brought = _bring_in_alone(context, file, kept)
    if brought.home and file.get("plan"):
        sends(context, f"{brought.home}/plan")
    return brought


def _bring_in_alone(context: BrowserContext, file: dict[str, Any], kept: bool) -> Brought:
    upload = FilePayload(
        name="assessment.json", mimeType="application/json", buffer=json.dumps(file).encode()
    )
    form_key = re.search(r'name="form_key" value="([^"]+)"', context.request.get("/import").text())
    assert form_key is not None
    reply = context.request.post(
        "/import", multipart={"form_key": form_key[1], "file": upload}, headers=FROM_OUR_OWN_PAGE
    )
    if "/assessments/" in reply.url:
        return Brought("", reply.url)
    receipt = shown(reply.text())
    return Brought(receipt, sends(context, "/receipt", kept="yes")[0] if kept else "")


def new_address() -> str:
    """An address that nobody has used in this run."""
    return f"carla.{next(_numbers)}@quay.example"


def make_account(context: BrowserContext) -> Account:
    """Make an account, and confirm its recovery code."""
    email = new_address()
    code = shown(sends(context, "/sign-up", email=email, password=PASSWORD)[1])
    sends(context, "/recovery-code", last=code[-4:])
    return Account(email, code)


def log_in(context: BrowserContext, account: Account) -> None:
    """Log in, as somebody else than before."""
    context.clear_cookies()
    sends(context, "/log-in", email=account.email, password=PASSWORD)


def found_organisation(context: BrowserContext, name: str) -> str:
    """Make an account, and found an organisation; its address."""
    make_account(context)
    return sends(context, "/organisations/new", name=name)[0]


def let_in(context: BrowserContext, invitations: str, **fields: str) -> Account:
    """Let somebody in, who has an account made for this; whoever did so stays signed in.

    `invitations` is where links are made, with these fields, and where whoever waits is shown once asked for.
    """
    link = shown(sends(context, invitations, **fields)[1])
    host = context.cookies()
    context.clear_cookies()
    guest = make_account(context)
    sends(context, link)
    context.clear_cookies()
    context.add_cookies(host)  # type: ignore[arg-type]
    waiting = context.request.get(invitations.removesuffix("/invitations")).text()
    sends(context, _found(LET_IN, waiting))
    return guest


def let_in_to_assessment(context: BrowserContext, home: str, scope: str, today: date) -> Account:
    """Let a guest in to an assessment, for ninety days."""
    until = (today + timedelta(days=90)).isoformat()
    return let_in(context, f"{home}/sharing", scope=scope, until=until)


def let_in_to_organisation(context: BrowserContext, home: str, role: str) -> Account:
    """Let a member in to an organisation."""
    return let_in(context, f"{home}/invitations", role=role)


def _found(pattern: re.Pattern[str], page: str) -> str:
    match = pattern.search(page)
    assert match is not None, f"nothing matches {pattern.pattern}"
    return match[1]
