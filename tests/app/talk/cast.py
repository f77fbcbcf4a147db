"""Carla's club: she owns it, Dara answers with her, Fay reads along; and what they do to a question."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI
from httpx import Response

from app.database import writing
from app.services import assessments, closing
from app.services.opened import OpenAssessment
from app.vault.organisations import open_organisations
from tests.app.carla import signed_in_as
from tests.app.markup import Form, Page, read, send, visit
from tests.app.test_organisations import accepts, invitation
from tests.conftest import Browser, found

CARLA, DARA, FAY = "carla@quay.example", "dara@quay.example", "fay@quay.example"


def joins(member: Browser, owner: Browser, club: str, role: str) -> None:
    """Let a member in to the club; both are at the owner's assessment then."""
    home, owner.home = owner.home, club
    accepts(member, invitation(owner, role))
    form = next(form for form in visit(owner, club).forms if form.action.endswith("/let-in"))
    assert send(owner, form).headers["location"].endswith("?done=in")
    owner.home = member.home = home


def takes_out(owner: Browser, club: str, email: str) -> None:
    """Take a member out of the club: all its keys are changed."""
    listed = found(rf"({re.escape(email)}[\s\S]*?/members/[0-9a-f]+/end)", visit(owner, club).html)
    address = found(r"(/organisations/\w+/members/[0-9a-f]+/end)$", listed)
    assert send(owner, visit(owner, address).form("/end")).status_code == 303


@contextmanager
def opened(app: FastAPI, browser: Browser) -> Iterator[OpenAssessment]:
    """The assessment that the club is at, opened with its key; what is changed in it stays."""
    with writing(app.state.engine) as session:
        [club] = open_organisations(session, signed_in_as(app, browser, session).holder)
        id_, today = browser.home.rpartition("/")[2], app.state.clock().date()
        yield assessments.find(session, app.state.library, club.key, id_, today)
        session.commit()


def closes(app: FastAPI, browser: Browser) -> None:
    """Close the round that the club is at."""
    with opened(app, browser) as assessment:
        closing.close(assessment, app.state.clock().date())


def page_of(browser: Browser, question: str = "P1.1") -> Page:
    return visit(browser, f"{browser.home}/questions/{question}")


def comment(browser: Browser, text: str, question: str = "P1.1") -> Response:
    """Add a comment by the form of the question's page."""
    form = page_of(browser, question).form(f"/questions/{question}")
    return send(browser, form, {"comment": text})


def comments_on(page: Page) -> list[str]:
    """The comments of a page, each with all that stands in it."""
    each = re.findall(r'<li class="card" id="comment-.*?</li>', page.html, re.DOTALL)
    return [Page(one).words.strip() for one in each]


def resolving(page: Page, number: int = 0) -> Form:
    """The form that resolves a comment, or opens it again."""
    return [form for form in page.forms if "/comments/" in form.action][number]


def assign(browser: Browser, **sections: str) -> Response:
    """Say who takes care of which section: by the address of somebody who is listed, or "" for nobody."""
    page = visit(browser, f"{browser.home}/who")
    chosen = {f"section:{id_}": option(page, who) for id_, who in sections.items()}
    return send(browser, page.form("/who"), chosen)


def option(page: Page, who: str) -> str:
    """What is sent for somebody who is listed."""
    return found(rf'<option value="([0-9a-f]+)"[^>]*>{re.escape(who)}', page.html) if who else ""


def card(browser: Browser, question: str, section: str = "policy") -> str:
    """What stands in the card of one question."""
    html = visit(browser, f"{browser.home}/sections/{section}").html
    wanted = rf'(<section class="question" id="question-{re.escape(question)}".*?</section>)'
    match = re.search(wanted, html, re.DOTALL)
    assert match is not None
    return Page(match[1]).words


def words(response: Response) -> str:
    """What a reply says, as one reads it."""
    return tight(read(response))


def tight(page: Page) -> str:
    """What a page says, with its points and colons where they stand on it."""
    return re.sub(r" ([.:,])", r"\1", page.words)
