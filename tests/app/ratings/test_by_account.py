"""Raters who belong to the organisation: asked by their account, found under their own assessments."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from httpx import Response
from sqlmodel import select

from app.database import reading
from app.tables import Assessment, Grant, Holder, Review
from app.vault.grants import open_grant
from tests.app.carla import PASSWORD, holder_of
from tests.app.markup import send, visit
from tests.app.ratings.rating import agree, answer, ask, end, hand_in, levels, rating_page, words
from tests.app.test_organisations import carla, dara, joins, member_id
from tests.conftest import Browser, found

__all__ = ["carla", "dara"]

DARA = "dara@quay.example"


@pytest.fixture
def owner(carla: Browser, dara: Browser) -> Browser:
    """Carla, whose organisation holds an assessment, her home; Dara contributes to it."""
    joins(dara, carla)
    club = carla.home
    form = visit(carla, f"/start?organisation={club.rpartition('/')[2]}").form("/start")
    carla.home = send(carla, form, {"questionnaire": "club-night-full"}).headers["location"]
    carla.receipt = club
    return carla


def asks(owner: Browser, email: str, tag: str) -> Response:
    """Ask somebody by their account, as the list on the page names it."""
    html = rating_page(owner).html
    return ask(owner, tag, found(rf'<option value="([0-9a-f]+)"[^>]*>{email} \(', html))


@pytest.fixture
def sheet(owner: Browser, dara: Browser) -> Browser:
    """Dara, whose home is now the sheet that she was asked to fill."""
    assert asks(owner, DARA, "Deputy head").headers["location"] == f"{owner.home}/rating?done=asked"
    dara.home = found(
        r'href="(/assessments/[0-9a-f]{32})">[^<]+</a>\s*<span class="hint">As',
        visit(dara, "/assessments").html,
    )
    return dara


def test_a_member_finds_the_sheet_among_their_own_and_on_the_assessments_page(
    owner: Browser, sheet: Browser
) -> None:
    assert "You were asked to answer apart" in visit(sheet, "/assessments").words
    assert sheet.home in visit(sheet, owner.home).links
    assert "This sheet is for: Deputy head" in visit(sheet, sheet.home).words
    assert "They find their sheet when they log in" in visit(owner, f"{owner.home}/rating?done=asked").words
    assert sheet.home not in visit(owner, "/assessments").links


def test_the_organisations_key_does_not_open_it_before_it_is_handed_in(
    app: FastAPI, owner: Browser, sheet: Browser
) -> None:
    with reading(app.state.engine) as session:
        granted = session.exec(
            select(Grant.holder_id).where(Grant.assessment_id == sheet.home.rpartition("/")[2])
        )
        assert set(granted) == {holder_of(app, sheet).id}
    assert owner.get(sheet.home).status_code == 404


def test_members_who_hold_the_organisations_key_read_no_sheet_before_the_end(
    owner: Browser, sheet: Browser
) -> None:
    asks(owner, "carla@quay.example", "Head")
    answer(sheet, levels(B1="3"))
    hand_in(sheet)
    assert owner.get(sheet.home).status_code == 404
    assert sheet.get(f"{owner.home}/rating").status_code == 404, "a contributor decides nothing"
    assert owner.get(f"{owner.home}/rating/questions/B1").status_code == 404


def test_an_owner_may_be_a_rater_too_and_everybody_agrees_afterwards(owner: Browser, sheet: Browser) -> None:
    asks(owner, "carla@quay.example", "Head")
    home = owner.home
    own = found(
        r'href="(/assessments/[0-9a-f]{32})">[^<]+</a>\s*<span class="hint">As', visit(owner, home).html
    )
    answer(sheet, levels(B1="3"))
    hand_in(sheet)
    owner.home = own
    answer(owner, levels(B1="1"))
    hand_in(owner)
    owner.home = home
    end(owner)
    sheet.home = home
    assert "Talk about these: 1" in rating_page(sheet).words
    assert agree(sheet, "B1", "2").status_code == 303
    assert "B1 Enough adults In place" in rating_page(owner).words


def test_an_account_has_one_sheet(owner: Browser, sheet: Browser) -> None:
    again = asks(owner, DARA, "Somebody else")
    assert again.status_code == 422
    assert "This account has a sheet already." in words(again)


def test_only_members_can_be_asked_by_account(
    app: FastAPI, owner: Browser, open_browser: Callable[[], Browser]
) -> None:
    other = open_browser()
    other.start("club-night-full")
    for who in (holder_of(app, other).id, "0" * 32, ""):
        refused = owner.post(f"{owner.home}/rating", {"tag": "Stranger", "who": who})
        assert refused.status_code == 422
        assert "Choose one of the answers that are listed here." in words(refused)


@pytest.mark.parametrize("path", ["/rating", "/rating/end", "/rating/{sheet}/remove"])
def test_who_is_not_in_charge_decides_nothing_about_a_rating(
    owner: Browser, sheet: Browser, path: str
) -> None:
    path = path.format(sheet=sheet.home.rpartition("/")[2])
    assert sheet.get(owner.home + path).status_code == 404
    assert sheet.post(owner.home + path, {"tag": "Mine"}).status_code == 404


def test_a_reader_reads_what_each_said_and_records_nothing(owner: Browser, sheet: Browser) -> None:
    answer(sheet, levels(B1="3"))
    hand_in(sheet)
    end(owner)
    club = owner.receipt
    home, owner.home = owner.home, club
    role = f"{club}/members/{member_id(owner, DARA)}/role"
    assert owner.post(role, {"role": "reader"}).status_code == 303
    assert "Deputy head" in visit(sheet, f"{home}/rating").words
    page = visit(sheet, f"{home}/rating/questions/B1")
    assert not [form for form in page.forms if form.action != "/log-out"]
    sent = {"B1:choice": "2", "B1:why": "Mine", "B1:revision": "0"}
    assert sheet.post(f"{home}/rating/questions/B1", sent).status_code == 404


# Taken out


def test_a_rater_is_taken_out_with_all_that_they_said(app: FastAPI, owner: Browser, sheet: Browser) -> None:
    answer(sheet, levels(B1="3"))
    path = f"{owner.home}/rating/{sheet.home.rpartition('/')[2]}/remove"
    asked = visit(owner, path)
    assert "Deputy head" in asked.words
    assert "It cannot be undone." in asked.words
    assert send(owner, asked.form("/remove")).headers["location"] == f"{owner.home}/rating?done=removed"
    assert sheet.get(sheet.home).status_code == 404
    assert sheet.get("/assessments").status_code == 200, "an account stays"
    assert "Deputy head" not in rating_page(owner).words
    with reading(app.state.engine) as session:
        assert session.get(Assessment, sheet.home.rpartition("/")[2]) is None
        assert session.exec(select(Review)).all() == []
    assert owner.get(path).status_code == 404
    assert owner.post(path).status_code == 404
    assert asks(owner, DARA, "Deputy head").status_code == 303, "they can be asked anew"


def test_only_a_sheet_of_this_rating_is_taken_out(owner: Browser, sheet: Browser) -> None:
    for other in (owner.home.rpartition("/")[2], "0" * 32, "nothing"):
        assert owner.get(f"{owner.home}/rating/{other}/remove").status_code == 404
        assert owner.post(f"{owner.home}/rating/{other}/remove").status_code == 404
    assert visit(owner, owner.home).words
    assert visit(sheet, sheet.home).words


def test_a_rater_with_a_code_is_forgotten_once_taken_out(
    app: FastAPI, amina: Browser, deputy: Browser, stranger: Browser
) -> None:
    amina.post(f"{amina.home}/rating/{deputy.home.rpartition('/')[2]}/remove")
    assert deputy.get(deputy.home).status_code == 401
    assert stranger.come_back(deputy.receipt).status_code == 401
    with reading(app.state.engine) as session:
        assert len(session.exec(select(Holder)).all()) == 1


# Keys that turn over


def test_whoever_leaves_the_organisation_opens_no_sheet_with_its_key_and_keeps_their_own(
    app: FastAPI, owner: Browser, sheet: Browser
) -> None:
    answer(sheet, levels(B1="3"))
    hand_in(sheet)
    club, home = owner.receipt, owner.home
    owner.home = club
    path = f"{club}/members/{member_id(owner, DARA)}/end"
    assert send(owner, visit(owner, path).form("/end")).status_code == 303
    owner.home = home
    with reading(app.state.engine) as session:
        assert session.get_one(Assessment, sheet.home.rpartition("/")[2]).epoch == 2
    assert "Embedded" in visit(sheet, f"{sheet.home}/answers").words
    assert end(owner).status_code == 303
    assert "Deputy head" in rating_page(owner).words
    assert sheet.get(f"{home}/rating").status_code == 404


def test_a_rater_who_deletes_the_account_takes_an_unfinished_sheet_along(
    owner: Browser, sheet: Browser
) -> None:
    answer(sheet, levels(B1="3"))
    form = visit(sheet, "/account/delete")
    assert "1 sheet that you were asked to fill" in form.words
    assert "that you alone hold" not in form.words
    assert (
        send(sheet, form.form("/account/delete"), {"word": "DELETE", "password": PASSWORD}).status_code == 200
    )
    page = rating_page(owner)
    assert "Deputy head Their account was deleted, and the sheet with it." in page.words
    assert end(owner).status_code == 422
    gone = found(r'href="([^"]+/remove)"', page.html)
    assert send(owner, visit(owner, gone).form("/remove")).status_code == 303
    assert "Deputy head" not in rating_page(owner).words


def test_what_was_handed_in_stays_with_the_organisation_when_its_rater_goes(
    app: FastAPI, owner: Browser, sheet: Browser
) -> None:
    answer(sheet, levels(B1="3"))
    hand_in(sheet)
    form = visit(sheet, "/account/delete").form("/account/delete")
    assert send(sheet, form, {"word": "DELETE", "password": PASSWORD}).status_code == 200
    assert end(owner).status_code == 303
    page = rating_page(owner)
    assert "1 person was heard: Deputy head" in page.words
    assert "Middle Embedded (1)" in page.words


# Claimed


def test_a_rating_goes_along_when_an_organisation_takes_an_assessment_over(
    app: FastAPI, carla: Browser, amina: Browser, handed_in: None, deputy: Browser
) -> None:
    form = visit(carla, f"{carla.home}/claim").form("/claim")
    assert send(carla, form, {"receipt": amina.receipt}).status_code == 200
    carla.home = amina.home
    assert end(carla).status_code == 303
    assert "Talk about these: 2" in rating_page(carla).words
    assert "The rule hangs beside the door." in rating_page(carla).words
    with reading(app.state.engine) as session:
        sheet, today = deputy.home.rpartition("/")[2], app.state.clock().date()
        assert session.get_one(Assessment, sheet).epoch == 2
        assert open_grant(session, holder_of(app, deputy), sheet, today) is not None
