"""One's own account: its page, another password, another recovery code, and the sessions."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from httpx import Response
from sqlmodel import col, select, update

from app.database import Session, reading, writing
from app.routes.handling import Route
from app.routes.stretching import stretch_new_password, stretch_own_password, stretch_password
from app.tables import BrowserSession, Holder
from app.vault.holders import fingerprint
from app.vault.sealing import random_key
from tests.app.carla import (
    EMAIL,
    OTHER_PASSWORD,
    PASSWORD,
    begins,
    code_on,
    log_in,
    makes_account,
    recover,
    sign_up,
    signed_in_as,
)
from tests.app.markup import read, send, visit
from tests.conftest import Browser, Clock

SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1"


@pytest.fixture
def carla(open_browser: Callable[[], Browser]) -> Browser:
    return makes_account(open_browser())


@pytest.fixture
def at_home(open_browser: Callable[[], Browser], carla: Browser) -> Browser:
    """Carla's telephone at home, where she is logged in too."""
    browser = open_browser()
    browser.client.headers["User-Agent"] = SAFARI
    assert log_in(browser).status_code == 303
    return browser


def change(browser: Browser, new: str = OTHER_PASSWORD, password: str = PASSWORD) -> Response:
    form = visit(browser, "/account/password").form("/account/password")
    return send(browser, form, {"password": password, "new_password": new})


def another_code(browser: Browser, password: str = PASSWORD) -> Response:
    form = visit(browser, "/account/recovery").form("/account/recovery")
    return send(browser, form, {"password": password})


# The page


def test_the_page_shows_the_address_and_the_fingerprint_of_the_key(carla: Browser, app: FastAPI) -> None:
    words = visit(carla, "/account").words
    assert EMAIL in words
    with reading(app.state.engine) as session:
        assert fingerprint(session.exec(select(Holder)).one().public_key) in words


def test_a_key_put_in_the_place_of_ones_own_shows_in_no_fingerprint(carla: Browser, app: FastAPI) -> None:
    """Whoever compares it sees that the key in the database is not the one of the person."""
    other = random_key()
    with writing(app.state.engine) as session:
        session.execute(update(Holder).values(public_key=other))
        session.commit()
    assert fingerprint(other) not in visit(carla, "/account").words


def own_pages(app: FastAPI) -> list[tuple[str, str]]:
    """Every method and path under /account."""
    routes = [context.original_route for context in iter_route_contexts(app.routes)]
    return [
        (method, route.path)
        for route in routes
        if isinstance(route, Route) and route.path.startswith("/account")
        for method in route.methods or ()
    ]


def test_nothing_of_it_is_there_for_somebody_with_a_receipt_or_for_nobody(
    amina: Browser, stranger: Browser, app: FastAPI
) -> None:
    pages = own_pages(app)
    assert len(pages) >= 10
    fields = {"password": PASSWORD, "new_password": OTHER_PASSWORD, "word": "DELETE", "end": "all"}
    for browser, status in ((amina, 404), (stranger, 401)):
        answers = [
            (browser.get(path) if method == "GET" else browser.post(path, fields)).status_code
            for method, path in pages
        ]
        assert answers == [status] * len(pages)
    assert amina.get("/assessments").status_code == 200


def test_a_link_leads_there_for_those_who_have_an_account(carla: Browser, amina: Browser) -> None:
    for path in ("/assessments", "/start", "/account/sessions"):
        assert "/account" in visit(carla, path).links
    assert "/account" not in visit(amina, "/assessments").links
    carla.post("/log-out")
    assert "/account" not in visit(carla, "/start").links


def test_every_password_is_stretched_before_a_request_takes_its_turn_to_write(app: FastAPI) -> None:
    """It takes a tenth of a second or more, in which nobody else could save."""
    slow = {stretch_password, stretch_own_password, stretch_new_password}
    routes = [context.original_route for context in iter_route_contexts(app.routes)]
    ahead = [route.call.ahead for route in routes if isinstance(route, Route)]
    assert slow <= {one for of_route in ahead for one in of_route}


# Another password


def test_after_a_change_the_new_password_opens_what_the_old_one_did(
    carla: Browser, stranger: Browser
) -> None:
    begins(carla, "Quay Club")
    assert change(carla).headers["location"] == "/account?done=password"
    assert "Every other session of your account has ended." in visit(carla, "/account?done=password").words
    assert log_in(stranger).status_code == 401
    assert log_in(stranger, OTHER_PASSWORD).status_code == 303
    assert "Quay Club" in visit(stranger, "/assessments").words


def test_a_change_of_password_leaves_the_recovery_code(carla: Browser) -> None:
    change(carla)
    assert recover(carla, carla.receipt, PASSWORD).status_code == 200


def test_a_change_of_password_ends_every_session_and_this_browser_gets_a_new_one(
    carla: Browser, at_home: Browser
) -> None:
    """Somebody who has copied the cookie is out too."""
    copied = carla.client.cookies["plumbline"]
    change(carla)
    assert at_home.get("/assessments").status_code == 401
    assert carla.get("/assessments").status_code == 200
    assert carla.client.cookies["plumbline"] != copied
    assert at_home.get("/assessments", headers={"Cookie": f"plumbline={copied}"}).status_code == 401


def test_a_recovery_code_that_is_not_confirmed_yet_is_still_shown_after_a_change_of_password(
    stranger: Browser,
) -> None:
    sign_up(stranger)
    code = code_on(visit(stranger, "/recovery-code"))
    change(stranger)
    assert code_on(visit(stranger, "/recovery-code")) == code


def test_with_a_wrong_password_nothing_changes(carla: Browser, at_home: Browser) -> None:
    refused = change(carla, password="lantern gravel oboe tied")
    assert refused.status_code == 422
    assert "This is not the password of this account. Nothing was changed." in read(refused).words
    assert at_home.get("/assessments").status_code == 200
    carla.post("/log-out")
    assert log_in(carla).status_code == 303


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("", "Use at least 12 characters."),
        ("eleven char", "Use at least 12 characters."),
        ("x y" * 70, "Use at most 200 characters."),
        ("sunshine20262026", "one of the passwords that are tried first"),
    ],
)
def test_the_new_password_has_to_be_one_as_at_the_beginning(carla: Browser, new: str, told: str) -> None:
    refused = change(carla, new)
    assert refused.status_code == 422
    assert told in read(refused).words
    assert change(carla).status_code == 303, "the old one is still the one"


def test_no_password_is_shown_again_even_where_the_session_has_ended(carla: Browser, clock: Clock) -> None:
    form = visit(carla, "/account/password").form("/account/password")
    typed = {"password": "a wrong old password", "new_password": OTHER_PASSWORD}
    refused = send(carla, form, typed)
    clock.pass_by(timedelta(hours=2))
    ended = send(carla, form, typed)
    assert (refused.status_code, ended.status_code) == (422, 401)
    for word in typed.values():
        assert word not in refused.text + ended.text


def test_wrong_passwords_count_as_guesses_and_make_one_wait(carla: Browser) -> None:
    wrong = f"{PASSWORD} not"
    pages = (lambda: change(carla, password=wrong), lambda: another_code(carla, wrong))
    seen = [pages[number % 2]().status_code for number in range(12)]
    assert seen == [422] * 9 + [429] * 3, "making the account counted as one"
    assert change(carla).status_code == 429
    carla.post("/log-out")
    assert log_in(carla).status_code == 429


def test_two_accounts_with_one_address_do_not_get_one_password(carla: Browser, stranger: Browser) -> None:
    """The log-in tells them apart by it: with the same one, one of them could not be opened any more."""
    makes_account(stranger, EMAIL, OTHER_PASSWORD)
    refused = change(stranger, PASSWORD, OTHER_PASSWORD)
    assert refused.status_code == 422
    assert "Choose another password than this one." in read(refused).words
    assert change(carla, "kite and harbour wall").status_code == 303


# Another recovery code


def test_another_recovery_code_is_shown_and_confirmed_and_the_old_one_is_void(
    carla: Browser, stranger: Browser
) -> None:
    assert another_code(carla).headers["location"] == "/recovery-code"
    assert "/recovery-code" in visit(carla, "/account").links, "until it is confirmed"
    page = visit(carla, "/recovery-code")
    new = code_on(page)
    assert new != carla.receipt
    assert send(carla, page.form("/recovery-code"), {"last": new[-4:]}).status_code == 303
    assert "/recovery-code" not in visit(carla, "/account").links
    assert carla.get("/recovery-code").headers["location"] == "/assessments"
    assert recover(stranger, carla.receipt).status_code == 401
    assert recover(stranger, new).status_code == 200


def test_without_the_password_there_is_no_other_code(carla: Browser, stranger: Browser) -> None:
    refused = another_code(carla, OTHER_PASSWORD)
    assert refused.status_code == 422
    assert carla.get("/recovery-code").headers["location"] == "/assessments"
    assert recover(stranger, carla.receipt).status_code == 200


def test_a_recovery_code_is_never_shown_or_confirmed_as_a_receipt(stranger: Browser) -> None:
    sign_up(stranger)
    begins(stranger, "Quay Club")
    assert "You have not confirmed your recovery code yet" in visit(stranger, "/assessments").words
    assert stranger.get("/receipt").headers["location"] == "/assessments"
    stranger.post("/receipt", {"kept": "yes"})
    assert code_on(visit(stranger, "/recovery-code"))


# The sessions


def test_the_list_says_which_browsers_are_logged_in_and_since_when(
    carla: Browser, at_home: Browser, bruno: Browser
) -> None:
    words = visit(carla, "/account/sessions").words
    assert "Firefox on Windows Began on 21 November 2026 at 09:00 (UTC) This one" in words
    assert "Safari on iPhone Began on 21 November 2026 at 09:00 (UTC) End it" in words
    assert words.count("(UTC)") == 2


def test_one_session_can_be_ended_from_another(carla: Browser, at_home: Browser) -> None:
    form = visit(carla, "/account/sessions").form("/account/sessions")
    assert send(carla, form, button=form.buttons[0]).status_code == 303
    assert at_home.get("/assessments").status_code == 401
    assert "iPhone" not in visit(carla, "/account/sessions?done=yes").words


def test_one_can_log_out_everywhere_else(carla: Browser, at_home: Browser, bruno: Browser) -> None:
    form = visit(carla, "/account/sessions").form("/account/sessions")
    send(carla, form, button=("end", "others"))
    assert at_home.get("/assessments").status_code == 401
    assert carla.get("/assessments").status_code == 200
    assert bruno.get("/assessments").status_code == 200


def test_one_can_log_out_everywhere(carla: Browser, at_home: Browser) -> None:
    form = visit(carla, "/account/sessions").form("/account/sessions")
    assert "You are logged out everywhere" in read(send(carla, form, button=("end", "all"))).words
    assert at_home.get("/assessments").status_code == 401
    assert "plumbline" not in carla.client.cookies


def test_nobody_ends_somebody_elses_session(carla: Browser, bruno: Browser, app: FastAPI) -> None:
    with reading(app.state.engine) as session:
        his = signed_in_as(app, bruno, session).id.hex()
    for id_ in (his, "zz", "", "00" * 32):
        assert carla.post("/account/sessions", {"end": id_}).status_code == 303
    assert bruno.get("/assessments").status_code == 200


def test_a_session_that_is_over_is_not_in_the_list(carla: Browser, at_home: Browser, clock: Clock) -> None:
    clock.pass_by(timedelta(hours=12))
    log_in(carla)
    assert "iPhone" not in visit(carla, "/account/sessions").words


@pytest.mark.parametrize("about", [None, b"", b"\x01" + b"x" * 295])
def test_a_session_that_does_not_say_what_it_is_can_be_ended_all_the_same(
    carla: Browser, at_home: Browser, app: FastAPI, about: bytes | None
) -> None:
    """One from before there was such a list, or one that was altered."""
    with writing(app.state.engine) as session:
        session.execute(update(BrowserSession).values(about=about))
        session.commit()
    page = visit(carla, "/account/sessions")
    assert page.words.count("A browser that we do not know") == 2
    send(carla, page.form("/account/sessions"), button=page.form("/account/sessions").buttons[0])
    assert at_home.get("/assessments").status_code == 401


def test_what_one_session_says_of_itself_does_not_pass_for_anothers(
    carla: Browser, at_home: Browser, app: FastAPI
) -> None:
    with Session(app.state.engine) as session:
        [one, other] = session.exec(select(BrowserSession).order_by(col(BrowserSession.id)))
        one.about, other.about = other.about, one.about
        session.commit()
    assert visit(carla, "/account/sessions").words.count("A browser that we do not know") == 2
