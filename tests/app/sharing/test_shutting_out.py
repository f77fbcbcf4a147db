"""Sharing: somebody is shut out again, by hand or by their last day."""

from datetime import date, timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import select

from app.database import reading, writing
from app.main import create_app
from app.tables import Grant, SealedRow
from app.vault.grants import open_grant
from app.vault.rows import SealedRows
from tests.app.guests import Guest, key_of, let_in, take_away
from tests.app.markup import send, visit
from tests.app.sharing.hosts import (
    PAGES,
    SCOPES,
    SECRET_NOTE,
    epoch,
    sealed_for,
    sharing_page,
    sign_in_again,
    statuses,
)
from tests.conftest import Browser, Clock

# By hand


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
