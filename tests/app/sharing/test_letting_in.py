"""Sharing: who can open an assessment is shown, and somebody is let in by a link."""

from datetime import date, timedelta

import pytest
from fastapi import FastAPI
from sqlmodel import select

from app.database import reading
from app.tables import Invitation
from app.vault.invitations import find_invitation
from tests.app.guests import Guest, ask, guest_of, let_in, make_link
from tests.app.markup import read, send, visit
from tests.app.sharing.hosts import sharing_page, shown_key
from tests.conftest import Browser, Clock

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
    carla: Browser,
) -> None:
    """Otherwise somebody who tries their own link would shut themselves out."""
    form = visit(carla, "/start").form("/start")
    carla.home = send(carla, form, {"questionnaire": "ics-style-quick"}).headers["location"]
    ask(app, guest_of(app, carla), make_link(carla, "read"))
    refused = send(carla, sharing_page(carla).form("/let-in"))
    assert refused.status_code == 422
    assert "can open the assessment already" in read(refused).words
    assert carla.get(carla.home).status_code == 200
