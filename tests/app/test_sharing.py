"""Sharing: somebody is let in to just what was chosen, until a day, and shut out again."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.database import reading, writing
from app.main import create_app
from app.tables import Assessment, Grant, Holder, Invitation, SealedRow
from app.vault.grants import give_grant, open_grant
from app.vault.holders import fingerprint
from app.vault.invitations import find_invitation
from app.vault.organisations import found as found_organisation
from app.vault.rows import SealedRows
from tests.app.guests import Guest, ask, guest_of, key_of, let_in, make_link, take_away
from tests.app.markup import Page, read, send, visit
from tests.app.test_accounts import carla, sign_up  # noqa: F401 - a fixture
from tests.conftest import Browser, Clock, found

SECRET_NOTE = "The box in the hall is never opened"
SCOPES = ["read", "review", "fill"]


@pytest.fixture
def guest(app: FastAPI, carla: Browser) -> Guest:  # noqa: F811
    return guest_of(app, carla)


@pytest.fixture
def another_guest(app: FastAPI, open_browser: Callable[[], Browser]) -> Guest:
    browser = open_browser()
    sign_up(browser, "dora@quay.example", "another lantern and a kite")
    return guest_of(app, browser)


@pytest.fixture
def club(amina: Browser) -> Browser:
    """Amina, who has answered one question, with a note, and has a plan."""
    amina.answer("P1.1", "1", evidence="1", note=SECRET_NOTE)
    amina.post(f"{amina.home}/plan")
    return amina


def statuses(browser: Browser, home: str, *paths: str) -> dict[str, int]:
    return {path: browser.get(home + path).status_code for path in paths}


def epoch(app: FastAPI, home: str) -> int:
    with reading(app.state.engine) as session:
        return session.get_one(Assessment, home.rsplit("/", 1)[1]).epoch


def sharing_page(host: Browser) -> Page:
    return visit(host, f"{host.home}/sharing")


# Who can open this


def test_with_a_receipt_alone_nobody_else_can_open_it(amina: Browser) -> None:
    page = sharing_page(amina)
    assert "Whoever has your receipt" in page.words
    assert "This is you" in page.words
    assert "/confidentiality" in page.links
    assert f"{amina.home}/sharing" in visit(amina, amina.home).links
    assert not [link for link in page.links if link.endswith("/end")]


def test_who_was_let_in_is_named_with_key_scope_and_last_day(
    app: FastAPI, club: Browser, guest: Guest
) -> None:
    let_in(app, club, guest, "review", date(2027, 1, 31))
    words = sharing_page(club).words
    assert "carla@quay.example" in words
    assert "Review. Until 31 January 2027" in words
    assert shown_key(app, guest) in words


# Letting in


def test_the_link_is_shown_once_and_opens_nothing_by_itself(
    app: FastAPI, club: Browser, guest: Guest
) -> None:
    token = make_link(club, "fill")
    page = sharing_page(club)
    assert token not in page.html
    assert "Links that nobody has used yet" in page.words
    assert "Access until 19 February 2027. The link works until 5 December 2026." in page.words
    ask(app, guest, token)
    assert guest.browser.get(club.home).status_code == 404
    assert guest.browser.get(f"{club.home}/report").status_code == 404


def test_who_waits_is_shown_with_address_and_key_to_compare(
    app: FastAPI, club: Browser, guest: Guest
) -> None:
    ask(app, guest, make_link(club))
    words = sharing_page(club).words
    assert "Waiting to be let in" in words
    assert "carla@quay.example" in words
    assert shown_key(app, guest) in words


def shown_key(app: FastAPI, guest: Guest) -> str:
    with reading(app.state.engine) as session:
        return fingerprint(session.get_one(Holder, guest.id).public_key)


def test_who_is_turned_away_gets_nothing_and_waits_no_more(app: FastAPI, club: Browser, guest: Guest) -> None:
    ask(app, guest, make_link(club))
    form = sharing_page(club).form("/take-back")
    assert send(club, form).headers["location"].endswith("done=back")
    assert "carla@quay.example" not in sharing_page(club).words
    assert guest.browser.get(f"{club.home}/report").status_code == 404
    assert send(club, form).status_code == 404


def test_a_link_that_was_taken_back_is_used_no_more(app: FastAPI, club: Browser) -> None:
    token = make_link(club)
    send(club, sharing_page(club).form("/take-back"))
    with reading(app.state.engine) as session:
        assert find_invitation(session, token, app.state.clock().date()) is None


def test_a_link_lets_in_once(app: FastAPI, club: Browser, guest: Guest) -> None:
    ask(app, guest, make_link(club))
    form = sharing_page(club).form("/let-in")
    assert send(club, form).status_code == 303
    assert send(club, form).status_code == 404
    with reading(app.state.engine) as session:
        assert session.exec(select(Invitation)).all() == []


REFUSED = {
    "no scope": ({"scope": ""}, "Choose what they may do."),
    "an unknown scope": ({"scope": "owner"}, "Choose what they may do."),
    "no last day": ({"until": ""}, "Write their last day as year, month and day"),
    "no such day": ({"until": "2027-02-30"}, "Write their last day as year, month and day"),
    "yesterday": ({"until": "2026-11-20"}, "Choose a day from today, 21 November 2026, to 20 November 2028."),
    "too far off": ({"until": "2028-11-21"}, "Choose a day from today, 21 November 2026,"),
}


@pytest.mark.parametrize(("changed", "told"), REFUSED.values(), ids=REFUSED)
def test_a_link_that_cannot_be_made_comes_back_with_what_was_typed(
    app: FastAPI, club: Browser, changed: dict[str, str], told: str
) -> None:
    typed = {"scope": "review", "until": "2027-01-31"} | changed
    refused = club.post(f"{club.home}/sharing", typed)
    assert refused.status_code == 422
    assert told in read(refused).words
    assert read(refused).form("/sharing").fields["until"] == typed["until"]
    with reading(app.state.engine) as session:
        assert session.exec(select(Invitation)).all() == []


def test_the_last_day_may_be_today_or_two_years_off(club: Browser) -> None:
    make_link(club, until=date(2026, 11, 21))
    make_link(club, until=date(2028, 11, 20))


def test_nobody_is_let_in_after_the_last_day_of_their_invitation(
    app: FastAPI, club: Browser, guest: Guest, clock: Clock
) -> None:
    ask(app, guest, make_link(club, until=date(2026, 11, 22)))
    clock.pass_by(timedelta(days=2))
    club.come_back()
    refused = send(club, sharing_page(club).form("/let-in"))
    assert refused.status_code == 422
    assert "The last day of this invitation has passed." in read(refused).words


def test_who_holds_it_for_good_is_not_made_a_guest_by_an_invitation(
    app: FastAPI,
    carla: Browser,  # noqa: F811
) -> None:
    """Otherwise somebody who tries their own link would shut themselves out."""
    form = visit(carla, "/start").form("/start")
    carla.home = send(carla, form, {"questionnaire": "ics-style-quick"}).headers["location"]
    ask(app, guest_of(app, carla), make_link(carla, "read"))
    refused = send(carla, sharing_page(carla).form("/let-in"))
    assert refused.status_code == 422
    assert "can open the assessment already" in read(refused).words
    assert carla.get(carla.home).status_code == 200


# What each scope opens

PAGES = ["", "/report", "/report/workings", "/answers", "/sections/policy", "/plan", "/profile", "/export"]
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


# Shut out again


@pytest.mark.parametrize("scope", SCOPES)
def test_whoever_is_shut_out_finds_nothing_at_the_next_click(
    app: FastAPI, club: Browser, guest: Guest, scope: str
) -> None:
    let_in(app, club, guest, scope)
    guest.browser.home = club.home
    assert guest.browser.get(f"{club.home}/report").status_code == 200
    take_away(club, guest)
    assert set(statuses(guest.browser, club.home, *PAGES).values()) == {404}
    fields = {"P1.1:choice": "3", "P1.1:revision": "1"}
    assert guest.browser.post(f"{club.home}/answers/P1.1", fields).status_code == 404


def test_a_page_that_was_open_in_a_section_saves_nothing_after_it(
    app: FastAPI, club: Browser, guest: Guest
) -> None:
    """What they typed comes back to them, and goes nowhere."""
    let_in(app, club, guest, "fill")
    form = visit(guest.browser, f"{club.home}/sections/policy").form("/sections/policy")
    take_away(club, guest)
    refused = send(guest.browser, form, {"P1.1:note": "Typed in time, sent too late"})
    assert refused.status_code == 404
    assert "Typed in time, sent too late" in refused.text
    assert SECRET_NOTE in visit(club, f"{club.home}/answers").words


def test_what_was_read_is_said_not_to_be_unread(app: FastAPI, club: Browser, guest: Guest) -> None:
    let_in(app, club, guest)
    assert "cannot be un-read" in visit(club, f"{club.home}/sharing/{guest.id}/end").words
    assert "cannot be un-read" in visit(club, f"{club.home}/sharing?done=ended").words


def test_the_keys_are_changed_and_an_old_copy_of_them_opens_nothing(
    app: FastAPI, club: Browser, guest: Guest
) -> None:
    let_in(app, club, guest, "fill")
    assessment_id, today = club.home.rsplit("/", 1)[1], app.state.clock().date()
    with reading(app.state.engine) as session:
        kept = open_grant(session, key_of(app, guest.browser), assessment_id, today)
    assert kept is not None
    take_away(club, guest)
    assert epoch(app, club.home) == kept.epoch + 1
    assert club.answer("P1.1", "3").status_code == 200
    with reading(app.state.engine) as session:
        for at in (kept.epoch, kept.epoch + 1):
            rows = SealedRows(session, assessment_id, at, kept.key, guest.id, today)
            assert rows.read("answers", "question:P1.1").revision == 0


def test_the_others_stay_in_when_one_is_shut_out(
    app: FastAPI, club: Browser, guest: Guest, another_guest: Guest
) -> None:
    let_in(app, club, guest)
    let_in(app, club, another_guest, "read")
    take_away(club, guest)
    assert another_guest.browser.get(f"{club.home}/report").status_code == 200
    assert club.get(club.home).status_code == 200
    assert SECRET_NOTE in visit(club, f"{club.home}/answers").words


def test_who_is_let_in_to_less_than_before_has_the_old_keys_changed(
    app: FastAPI, club: Browser, guest: Guest
) -> None:
    let_in(app, club, guest, "fill")
    let_in(app, club, guest, "read")
    assert epoch(app, club.home) == 2
    seen = statuses(guest.browser, club.home, "/report", "/answers", "")
    assert seen == {"/report": 200, "/answers": 404, "": 404}
    let_in(app, club, guest, "review")
    assert epoch(app, club.home) == 2, "who gets more knew nothing that others may not"
    assert guest.browser.get(f"{club.home}/answers").status_code == 200


def test_nobody_shuts_themselves_out(app: FastAPI, club: Browser) -> None:
    own = key_of(app, club).id
    assert club.get(f"{club.home}/sharing/{own}/end").status_code == 404
    assert club.post(f"{club.home}/sharing/{own}/end").status_code == 404
    assert club.get(club.home).status_code == 200


# The last day


def test_a_grant_that_expires_during_a_session_opens_nothing_any_more(
    app: FastAPI, club: Browser, guest: Guest, clock: Clock
) -> None:
    clock.pass_by(timedelta(hours=14))
    club.come_back()
    guest.browser.post("/log-in", {"email": "carla@quay.example", "password": "lantern gravel oboe tide"})
    let_in(app, club, guest, "fill", clock.now.date())
    guest.browser.home = club.home
    assert guest.browser.answer("P1.1", "2").status_code == 200
    assert clock.now.date() == date(2026, 11, 21)
    clock.pass_by(timedelta(minutes=59))
    assert guest.browser.get(club.home).status_code == 200
    clock.pass_by(timedelta(minutes=2))
    assert clock.now.date() == date(2026, 11, 22)
    assert guest.browser.get(club.home).status_code == 404
    assert guest.browser.get("/assessments").status_code == 200, "the session itself goes on"


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_keys_in_it_are_deleted_as_soon_as_its_holder_comes_again(
    app: FastAPI, club: Browser, guest: Guest, clock: Clock, method: str
) -> None:
    expire(app, club, guest, clock)
    assert sealed_for(app, guest) != b""
    assert getattr(guest.browser, method)(f"{club.home}/plan").status_code == 404
    assert sealed_for(app, guest) == b""
    assert "Ended on 22 November 2026" in sharing_page(club).words


def test_a_stranger_who_comes_deletes_nothing(
    app: FastAPI, club: Browser, guest: Guest, bruno: Browser, clock: Clock
) -> None:
    expire(app, club, guest, clock)
    bruno.come_back()
    assert bruno.get(f"{club.home}/report").status_code == 404
    assert sealed_for(app, guest) != b""


def test_a_server_that_starts_deletes_the_keys_of_every_grant_that_has_ended(
    app: FastAPI, club: Browser, guest: Guest, clock: Clock
) -> None:
    expire(app, club, guest, clock)
    with TestClient(create_app(app.state.settings, clock)):
        assert sealed_for(app, guest) == b""


def test_whoever_is_in_charge_sees_what_has_ended_and_changes_the_keys(
    app: FastAPI, club: Browser, guest: Guest, clock: Clock
) -> None:
    expire(app, club, guest, clock)
    for path in ("", "/sharing"):
        assert "The access of 1 person has ended" in visit(club, club.home + path).words
    assert epoch(app, club.home) == 1, "looking changes nothing"
    changed = send(club, visit(club, club.home).form("/sharing/keys"))
    assert changed.headers["location"] == f"{club.home}/sharing?done=keys"
    assert epoch(app, club.home) == 2
    words = sharing_page(club).words
    assert "carla@quay.example" not in words
    assert "has ended" not in words


def test_saving_an_answer_changes_the_keys_too_and_saves_it(
    app: FastAPI, club: Browser, guest: Guest, clock: Clock
) -> None:
    expire(app, club, guest, clock)
    assert club.answer("P1.1", "2", note="After the consultant left").status_code == 200
    assert epoch(app, club.home) == 2
    assert "After the consultant left" in visit(club, f"{club.home}/answers").words
    with reading(app.state.engine) as session:
        assert [grant.holder_id for grant in session.exec(select(Grant))] == [key_of(app, club).id]


def test_who_is_not_in_charge_changes_no_keys(
    app: FastAPI, club: Browser, guest: Guest, another_guest: Guest, clock: Clock
) -> None:
    let_in(app, club, another_guest, "fill")
    expire(app, club, guest, clock)
    sign_in_again(another_guest, "dora@quay.example", "another lantern and a kite")
    another_guest.browser.home = club.home
    assert another_guest.browser.answer("P1.1", "2").status_code == 200
    assert epoch(app, club.home) == 1


def test_a_row_that_was_altered_stops_the_change_of_keys_but_no_saving(
    app: FastAPI, club: Browser, guest: Guest, clock: Clock
) -> None:
    club.answer("P1.1", "2")
    expire(app, club, guest, clock)
    with writing(app.state.engine) as session:
        second = session.exec(select(SealedRow.name).where(SealedRow.revision == 2)).first()
        altered = session.exec(select(SealedRow).where(SealedRow.name == second)).first()
        assert altered is not None
        altered.blob = altered.blob[:-1] + bytes([altered.blob[-1] ^ 1])
        session.commit()
    assert club.answer("P2.1", "2", made_on=0).status_code == 200
    assert club.post(f"{club.home}/sharing/keys").status_code == 500
    assert epoch(app, club.home) == 1


def expire(app: FastAPI, host: Browser, guest: Guest, clock: Clock) -> None:
    """Let somebody in for two days, of which three pass; both come back then."""
    let_in(app, host, guest, "fill", clock.now.date() + timedelta(days=1))
    clock.pass_by(timedelta(days=3))
    host.come_back()
    sign_in_again(guest, "carla@quay.example", "lantern gravel oboe tide")


def sign_in_again(guest: Guest, email: str, password: str) -> None:
    assert guest.browser.post("/log-in", {"email": email, "password": password}).status_code == 303


def sealed_for(app: FastAPI, guest: Guest) -> bytes:
    with reading(app.state.engine) as session:
        return session.exec(select(Grant).where(Grant.holder_id == guest.id)).one().sealed


# Whose it is to decide


@pytest.mark.parametrize("until", [None, date(2027, 1, 31)])
def test_a_grant_with_a_last_day_is_never_in_charge(
    app: FastAPI, club: Browser, guest: Guest, until: date | None
) -> None:
    """One without is: it is what claiming gives, and nothing that can be chosen on the page."""
    assessment_id, today = club.home.rsplit("/", 1)[1], app.state.clock().date()
    with writing(app.state.engine) as session:
        opened = open_grant(session, key_of(app, club), assessment_id, today)
        assert opened is not None
        row = session.get_one(Assessment, assessment_id)
        give_grant(session, row, guest.id, "fill", opened.key, until)
        session.commit()
    assert guest.browser.get(club.home).status_code == 200
    in_charge = until is None
    assert guest.browser.get(f"{club.home}/sharing").status_code == (200 if in_charge else 404)
    assert guest.browser.get(f"{club.home}/delete").status_code == (200 if in_charge else 404)


def test_an_owner_who_is_a_guest_as_well_is_in_charge(
    app: FastAPI, club: Browser, guest: Guest, clock: Clock
) -> None:
    """Of two keys that open the whole, the one that decides is taken, whichever is asked first."""
    assessment_id, today = club.home.rsplit("/", 1)[1], clock().date()
    let_in(app, club, guest, "fill")
    with writing(app.state.engine) as session:
        organisation = found_organisation(session, key_of(app, guest.browser), "Quay Trust", today)
        opened = open_grant(session, key_of(app, club), assessment_id, today)
        assert opened is not None
        row = session.get_one(Assessment, assessment_id)
        give_grant(session, row, organisation.key.id, "fill", opened.key)
        session.commit()
    guest.browser.home = club.home
    page = sharing_page(guest.browser)
    assert "Quay Trust" in page.words
    assert "Everybody who belongs to it, as their role allows." in page.words
    take_away(guest.browser, guest)
    assert guest.browser.get(club.home).status_code == 200, "by way of the organisation"


ADDRESSES = [
    ("get", "/sharing"),
    ("post", "/sharing"),
    ("post", "/sharing/keys"),
    ("get", "/sharing/{holder}/end"),
    ("post", "/sharing/{holder}/end"),
    ("post", "/sharing/invitations/{reference}/let-in"),
    ("post", "/sharing/invitations/{reference}/take-back"),
]


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_another_ones_assessment_is_not_there(
    app: FastAPI, club: Browser, bruno: Browser, guest: Guest, another_guest: Guest, method: str, path: str
) -> None:
    """Neither by its own address, nor by what is its own under the address of somebody else's."""
    let_in(app, club, guest)
    ask(app, another_guest, make_link(club))
    with reading(app.state.engine) as session:
        reference = session.exec(select(Invitation)).one().id.hex()
    filled = path.format(holder=guest.id, reference=reference)
    body = {"scope": "fill", "until": "2027-01-31"}
    homes = [club.home] if "{" not in path else [club.home, bruno.home]
    for home in homes:
        answer = bruno.get(home + filled) if method == "get" else bruno.post(home + filled, body)
        assert answer.status_code == 404, home
    assert guest.browser.get(f"{club.home}/report").status_code == 200
    assert "Waiting to be let in" in sharing_page(club).words


def test_without_a_session_there_is_nothing_but_the_sign_in(club: Browser, stranger: Browser) -> None:
    assert stranger.get(f"{club.home}/sharing").status_code == 401
    assert stranger.post(f"{club.home}/sharing", {"scope": "read"}).status_code == 401


def test_what_is_shared_is_gone_when_the_assessment_is_deleted(
    app: FastAPI, club: Browser, guest: Guest
) -> None:
    let_in(app, club, guest)
    make_link(club)
    club.post(f"{club.home}/delete", {"word": "DELETE"})
    with Session(app.state.engine) as session:
        assert session.exec(select(Grant)).all() == []
        assert session.exec(select(Invitation)).all() == []
    assert guest.browser.get(f"{club.home}/report").status_code == 404
