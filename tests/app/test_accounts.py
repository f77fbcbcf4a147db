"""Accounts: made, opened, lost and found again; and nobody learns whose address has one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx import Response
from sqlmodel import select

from app.database import Session, reading
from app.tables import BrowserSession, Holder, Person
from tests.app.markup import Page, read, send, visit
from tests.conftest import Browser, Clock, found

EMAIL, PASSWORD = "carla@quay.example", "lantern gravel oboe tide"
OTHER_PASSWORD = "seven boats and a kite"


def sign_up(browser: Browser, email: str = EMAIL, password: str = PASSWORD) -> Response:
    form = visit(browser, "/sign-up").form("/sign-up")
    return send(browser, form, {"email": email, "password": password})


def code_on(page: Page) -> str:
    return found(r'data-copy-text="([^"]+)"', page.html)


def log_in(browser: Browser, password: str = PASSWORD, email: str = EMAIL, **more: str) -> Response:
    form = visit(browser, "/log-in").form("/log-in")
    return send(browser, form, {"email": email, "password": password} | more)


def recover(browser: Browser, code: str, password: str = OTHER_PASSWORD, email: str = EMAIL) -> Response:
    form = visit(browser, "/recover").form("/recover")
    return send(browser, form, {"email": email, "password": password, "code": code})


@pytest.fixture
def carla(open_browser: Callable[[], Browser]) -> Browser:
    """Somebody who has made an account, and has written down the recovery code: it is `receipt` here."""
    browser = open_browser()
    assert sign_up(browser).headers["location"] == "/recovery-code"
    page = visit(browser, "/recovery-code")
    browser.receipt = code_on(page)
    send(browser, page.form("/recovery-code"), {"last": browser.receipt[-4:].lower()})
    return browser


# Made


def test_whoever_makes_an_account_is_signed_in_and_sees_the_recovery_code(stranger: Browser) -> None:
    assert sign_up(stranger).status_code == 303
    assert len(code_on(visit(stranger, "/recovery-code")).split("-")) == 9


def test_the_code_is_shown_until_its_last_four_characters_are_typed(stranger: Browser) -> None:
    sign_up(stranger)
    page = visit(stranger, "/recovery-code")
    refused = send(stranger, page.form("/recovery-code"), {"last": "0000"})
    assert refused.status_code == 422
    assert "These are not its last four characters." in read(refused).words
    assert code_on(read(refused)) == code_on(page)
    typed = f" {code_on(page)[-4:].lower()} "
    went_on = send(stranger, page.form("/recovery-code"), {"last": typed})
    assert went_on.headers["location"] == "/assessments"
    assert stranger.get("/recovery-code").headers["location"] == "/assessments"


def test_with_an_account_one_starts_without_a_receipt(carla: Browser) -> None:
    form = visit(carla, "/start").form("/start")
    begun = send(carla, form, {"questionnaire": "ics-style-quick", "organisation": "Quay Club"})
    assert begun.headers["location"].startswith("/assessments/")
    assert "Quay Club" in visit(carla, "/assessments").words


TRIED_FIRST = "one of the passwords that are tried first"
REFUSED = {
    "no address": ({"email": "carla"}, "Write an e-mail address, like amina@example.org."),
    "an address with a space": ({"email": "carla quay@x.example"}, "Write an e-mail address"),
    "an endless address": ({"email": "c" * 250 + "@quay.example"}, "Write an e-mail address"),
    "a short password": ({"password": "eleven char"}, "Use at least 12 characters."),
    "a long password": ({"password": "x y" * 70}, "Use at most 200 characters."),
    "a common password": ({"password": "qwerty123456"}, TRIED_FIRST),
    "a common one with figures": (
        {"password": "sunshine20262026"},
        TRIED_FIRST,
    ),
    "a common one twice": ({"password": "dragondragon"}, TRIED_FIRST),
    "one sign": ({"password": "aaaaaaaaaaaaaa"}, TRIED_FIRST),
}


@pytest.mark.parametrize(("changed", "told"), REFUSED.values(), ids=REFUSED)
def test_what_makes_no_account_comes_back_with_a_sentence_and_without_the_password(
    stranger: Browser, changed: dict[str, str], told: str
) -> None:
    typed = {"email": EMAIL, "password": PASSWORD} | changed
    refused = sign_up(stranger, **typed)
    assert refused.status_code == 422
    assert told in read(refused).words
    assert read(refused).form("/sign-up").fields["email"] == typed["email"]
    assert typed["password"] not in refused.text


def test_no_password_is_too_odd(stranger: Browser) -> None:
    """No rules of capitals and figures, and every script."""
    odd = "كلمة سر طويلة جدا"
    assert sign_up(stranger, password=odd).status_code == 303
    stranger.post("/log-out")
    assert log_in(stranger, odd).status_code == 303


def test_sending_the_form_twice_makes_one_account(stranger: Browser, app: FastAPI) -> None:
    sign_up(stranger)
    assert stranger.post("/sign-up", {"email": EMAIL, "password": PASSWORD}).headers["location"] == "/log-in"
    with reading(app.state.engine) as session:
        assert len(session.exec(select(Person)).all()) == 1


# Logged in


def test_the_password_opens_the_account_however_the_address_is_typed(carla: Browser) -> None:
    carla.post("/log-out")
    assert carla.get("/assessments").status_code == 401
    assert log_in(carla, email=" CARLA@quay.example ").headers["location"] == "/assessments"
    assert carla.get("/assessments").status_code == 200


def test_a_log_in_begins_a_session_of_its_own(carla: Browser) -> None:
    """Nobody can lay a session under somebody else's log-in."""
    before = carla.client.cookies["plumbline"]
    log_in_form = {"email": EMAIL, "password": PASSWORD}
    assert carla.post("/log-in", log_in_form).status_code == 303
    assert carla.client.cookies["plumbline"] != before
    assert carla.get("/assessments", headers={"Cookie": f"plumbline={before}"}).status_code == 401


@pytest.mark.parametrize(
    ("email", "password"), [(EMAIL, OTHER_PASSWORD), ("nobody@quay.example", PASSWORD), ("", ""), (EMAIL, "")]
)
def test_what_does_not_fit_together_opens_nothing_and_does_not_say_which(
    carla: Browser, email: str, password: str
) -> None:
    carla.post("/log-out")
    refused = log_in(carla, password, email)
    assert refused.status_code == 401
    assert "Address, password and code do not fit together." in read(refused).words
    assert "plumbline" not in carla.client.cookies or carla.get("/assessments").status_code == 401


def test_an_unknown_address_and_a_wrong_password_get_the_very_same_page(carla: Browser) -> None:
    carla.post("/log-out")
    known, unknown = (log_in(carla, OTHER_PASSWORD, email) for email in (EMAIL, "d@quay.example"))
    assert known.text.replace(EMAIL, "") == unknown.text.replace("d@quay.example", "")


def test_a_form_that_was_open_when_the_session_ended_goes_on_after_logging_in(
    carla: Browser, clock: Clock
) -> None:
    form = visit(carla, "/start").form("/start")
    carla.home = send(carla, form, {"questionnaire": "ics-style-full"}).headers["location"]
    clock.pass_by(timedelta(hours=2))
    kept = {"P1.1:note": "Typed before the break", "P1.1:revision": "0"}
    path = f"{carla.home}/sections/policy"
    assert carla.post(path, kept).status_code == 401
    on = carla.post("/log-in", kept | {"email": EMAIL, "password": PASSWORD, "then": path})
    assert (on.status_code, on.headers["location"]) == (307, path)
    assert carla.post(path, kept).status_code == 303
    assert "Typed before the break" in visit(carla, f"{carla.home}/answers").words


def test_a_session_that_ended_asks_for_either_and_keeps_what_was_typed(carla: Browser, clock: Clock) -> None:
    """Without JavaScript, too, nothing that was typed is lost on the way through the log-in."""
    form = visit(carla, "/start").form("/start")
    home = send(carla, form, {"questionnaire": "ics-style-full"}).headers["location"]
    clock.pass_by(timedelta(hours=2))
    form = read(carla.post(f"{home}/name", {"title": "Typed before the break"})).form("/log-in")
    assert form.fields["title"] == "Typed before the break"
    assert send(carla, form, {"email": EMAIL, "password": PASSWORD}).status_code == 307


def test_somebody_logs_in_again_in_place(carla: Browser, clock: Clock) -> None:
    clock.pass_by(timedelta(hours=2))
    asked = carla.client.get("/assessments", headers={"HX-Request": "true"})
    assert asked.status_code == 401
    typed = read(asked).form("/log-in").filled({"email": EMAIL, "password": OTHER_PASSWORD})
    refused = carla.post("/log-in", typed, htmx=True)
    assert (refused.status_code, refused.text.count("<html")) == (401, 0)
    assert "Address, password and code do not fit together." in read(refused).words
    done = carla.post("/log-in", typed | {"password": PASSWORD}, htmx=True)
    assert (done.status_code, done.headers["hx-trigger"]) == (200, "signed-in")


def test_many_wrong_passwords_make_one_wait(carla: Browser) -> None:
    carla.post("/log-out")
    seen = [log_in(carla, f"{OTHER_PASSWORD} {number}").status_code for number in range(12)]
    assert seen == [401] * 9 + [429] * 3, "making the account counted as one"
    assert log_in(carla).status_code == 429


def test_a_password_is_never_shown_again(carla: Browser) -> None:
    carla.post("/log-out")
    kept = {"email": EMAIL, "password": OTHER_PASSWORD, "code": "123456", "then": "/assessments", "x": "kept"}
    refused = carla.post("/log-in", kept)
    assert OTHER_PASSWORD not in refused.text
    assert "123456" not in refused.text
    assert ("x", "kept") in read(refused).form("/log-in").fields.items()


# Two with one address


def test_somebody_who_names_a_taken_address_learns_nothing_and_gets_nothing(
    carla: Browser, stranger: Browser
) -> None:
    """The page is the same as for a new address; what they make is theirs, and what is Carla's stays hers."""
    other = sign_up(stranger, password=OTHER_PASSWORD)
    assert (other.status_code, other.headers["location"]) == (303, "/recovery-code")
    form = visit(carla, "/start").form("/start")
    send(carla, form, {"questionnaire": "ics-style-quick", "organisation": "Quay Club"})
    assert "Quay Club" not in visit(stranger, "/assessments").words
    carla.post("/log-out")
    assert log_in(carla).status_code == 303
    assert "Quay Club" in visit(carla, "/assessments").words


# Lost and found


def test_the_recovery_code_sets_another_password_once(carla: Browser, stranger: Browser) -> None:
    done = recover(stranger, carla.receipt.lower().replace("-", " "))
    assert done.status_code == 200
    assert code_on(read(done)) != carla.receipt
    assert carla.get("/assessments").status_code == 401, "every session has ended"
    assert log_in(stranger, PASSWORD).status_code == 401
    assert log_in(stranger, OTHER_PASSWORD).status_code == 303
    assert recover(carla, carla.receipt, PASSWORD).status_code == 401
    assert recover(carla, code_on(read(done)), PASSWORD).status_code == 200


def test_after_a_recovery_the_account_is_the_same(carla: Browser, app: FastAPI) -> None:
    form = visit(carla, "/start").form("/start")
    send(carla, form, {"questionnaire": "ics-style-quick", "organisation": "Quay Club"})
    recover(carla, carla.receipt)
    log_in(carla, OTHER_PASSWORD)
    assert "Quay Club" in visit(carla, "/assessments").words
    with reading(app.state.engine) as session:
        assert len(session.exec(select(Holder)).all()) == 1


@pytest.mark.parametrize("code", ["", "0000", "0000-" * 8 + "0000", "x" * 36])
def test_a_wrong_code_is_refused_like_an_unknown_address(carla: Browser, code: str) -> None:
    told = "Address and recovery code do not fit together."
    for email in (EMAIL, "nobody@quay.example"):
        refused = recover(carla, code, email=email)
        assert refused.status_code == 401
        assert told in read(refused).words


def test_many_wrong_codes_make_one_wait(carla: Browser) -> None:
    seen = [recover(carla, "0000").status_code for _ in range(11)]
    assert seen == [401] * 9 + [429] * 2


def test_a_new_password_has_to_be_one_here_too(carla: Browser) -> None:
    refused = recover(carla, carla.receipt, "short")
    assert refused.status_code == 422
    assert "Use at least 12 characters." in read(refused).words
    assert recover(carla, carla.receipt).status_code == 200, "the code was not used up"


# Stored


def test_a_disabled_account_is_let_in_no_more(carla: Browser, app: FastAPI) -> None:
    with Session(app.state.engine) as session:
        session.exec(select(Person)).one().disabled = True
        session.commit()
    carla.post("/log-out")
    assert log_in(carla).status_code == 401
    assert recover(carla, carla.receipt).status_code == 401


def test_the_session_of_an_account_is_its_own(carla: Browser, app: FastAPI) -> None:
    with reading(app.state.engine) as session:
        person, signed_in = session.exec(select(Person)).one(), session.exec(select(BrowserSession)).one()
        assert signed_in.holder_id == person.id
        assert person.email == EMAIL
