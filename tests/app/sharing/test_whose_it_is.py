"""Sharing: who decides about it, and what is not there for anybody else."""

from datetime import date

import pytest
from fastapi import FastAPI
from sqlmodel import select

from app.database import Session, reading, writing
from app.tables import Assessment, Grant, Invitation
from app.vault.grants import give_grant, open_grant
from app.vault.organisations import found as found_organisation
from tests.app.guests import Guest, ask, key_of, let_in, make_link, take_away
from tests.app.sharing.hosts import sharing_page
from tests.conftest import Browser, Clock


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
