"""Sharing: what was chosen opens, and nothing else."""

import pytest
from fastapi import FastAPI
from sqlmodel import select

from app.database import reading
from app.tables import SealedRow
from tests.app.guests import Guest, let_in
from tests.app.markup import visit
from tests.app.sharing.hosts import PAGES, SCOPES, SECRET_NOTE, statuses
from tests.conftest import Browser, found

OPENS = {
    "read": ["/report"],
    "review": ["/report", "/report/workings", "/answers"],
    "fill": PAGES,
}
NEVER = ["/sharing", "/delete"]


@pytest.mark.parametrize("scope", SCOPES)
def test_a_guest_opens_what_was_chosen_and_nothing_else(
    app: FastAPI, club: Browser, guest: Guest, scope: str
) -> None:
    let_in(app, club, guest, scope)
    more = [*PAGES, "/export.json", "/name", "/targets", "/report/through/common-features/2010", *NEVER]
    opens = [*OPENS[scope], *(more[len(PAGES) : -len(NEVER)] if scope == "fill" else [])]
    seen = statuses(guest.browser, club.home, *more)
    assert seen == {path: 200 if path in opens else 404 for path in more}


@pytest.mark.parametrize("scope", SCOPES)
def test_no_link_and_no_form_on_a_guests_pages_leads_nowhere(
    app: FastAPI, club: Browser, guest: Guest, scope: str
) -> None:
    let_in(app, club, guest, scope)
    for path in OPENS[scope]:
        page = visit(guest.browser, club.home + path)
        for link in page.links:
            if link.startswith("/"):
                assert guest.browser.get(link.partition("#")[0]).status_code == 200, f"{path} → {link}"
        if scope != "fill":
            assert [form.action for form in page.forms] == ["/log-out"]


@pytest.mark.parametrize(
    "questionnaire", ["safeguarding-culture-leaders", "policy-review-full", "ics-style-quick"]
)
@pytest.mark.parametrize("scope", ["read", "review"])
def test_the_reports_of_the_other_kinds_lead_nowhere_else_either(
    app: FastAPI, stranger: Browser, guest: Guest, questionnaire: str, scope: str
) -> None:
    stranger.start(questionnaire)
    asked = found(r"#question-([^\"]+)", stranger.get(f"{stranger.home}/answers").text)
    choice = {"ics-style-quick": "partly", "policy-review-full": "no"}.get(questionnaire, "1")
    assert stranger.answer(asked, choice).status_code == 200
    let_in(app, stranger, guest, scope)
    for path in OPENS[scope]:
        page = visit(guest.browser, stranger.home + path)
        assert "There is nothing to report yet" not in page.words
        for link in page.links:
            if link.startswith("/"):
                assert guest.browser.get(link.partition("#")[0]).status_code == 200, f"{path} → {link}"


def test_a_reader_sees_gaps_and_no_note(app: FastAPI, club: Browser, guest: Guest) -> None:
    let_in(app, club, guest, "read")
    report = visit(guest.browser, f"{club.home}/report")
    assert "All gaps, the most pressing first" in report.words
    assert "You were let in to look at this report, until 19 February 2027." in report.words
    assert SECRET_NOTE not in report.html


def test_a_reviewer_reads_the_notes_and_finds_nothing_to_change_them_with(
    app: FastAPI, club: Browser, guest: Guest
) -> None:
    let_in(app, club, guest, "review")
    page = visit(guest.browser, f"{club.home}/answers")
    assert SECRET_NOTE in page.words
    assert not [link for link in page.links if "/sections/" in link]


POSTS = [
    "/answers/P1.1",
    "/sections/policy",
    "/plan",
    "/plan/new",
    "/profile",
    "/targets",
    "/name",
    "/continue",
]
DECIDING = ["/sharing", "/sharing/keys", "/delete", "/continue"]


@pytest.mark.parametrize("scope", ["read", "review"])
def test_who_may_only_look_changes_nothing_whatever_they_send(
    app: FastAPI, club: Browser, guest: Guest, scope: str
) -> None:
    let_in(app, club, guest, scope)
    with reading(app.state.engine) as session:
        before = session.exec(select(SealedRow.blob)).all()
    fields = {"P1.1:choice": "3", "P1.1:revision": "1", "word": "DELETE", "scope": "fill", "title": "Mine"}
    for path in [*POSTS, *DECIDING]:
        assert guest.browser.post(club.home + path, fields).status_code == 404, path
    with reading(app.state.engine) as session:
        assert session.exec(select(SealedRow.blob)).all() == before


def test_who_fills_in_writes_as_the_host_does_and_decides_nothing(
    app: FastAPI, club: Browser, guest: Guest
) -> None:
    let_in(app, club, guest, "fill")
    guest.browser.home = club.home
    assert guest.browser.answer("P1.1", "2").status_code == 200
    assert club.revision("P1.1") == 2
    fields = {"word": "DELETE", "scope": "fill", "until": "2027-01-31"}
    for path in [*DECIDING, f"/sharing/{guest.id}/end"]:
        assert guest.browser.post(club.home + path, fields).status_code == 404, path
    links = visit(guest.browser, club.home).links
    assert not [link for link in links if link.endswith(("/sharing", "/delete"))]
