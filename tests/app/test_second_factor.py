"""The second factor: set up, asked for, lost, and removed again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx import Response
from sqlmodel import select

from app.database import reading
from app.tables import Person
from tests.app.carla import (
    EMAIL,
    OTHER_PASSWORD,
    PASSWORD,
    backup_codes,
    code_at,
    log_in,
    makes_account,
    recover,
    secret_on,
    sets_up,
)
from tests.app.markup import read, send, visit
from tests.conftest import Browser, Clock

PATH, REMOVAL = "/account/second-factor", "/account/second-factor/remove"
HALF_A_MINUTE = timedelta(seconds=30)


@pytest.fixture
def carla(open_browser: Callable[[], Browser]) -> Browser:
    return makes_account(open_browser())


def remove(browser: Browser, code: str, password: str = PASSWORD) -> Response:
    form = visit(browser, REMOVAL).form(REMOVAL)
    return send(browser, form, {"code": code, "password": password})


# Set up


def test_it_is_set_up_with_a_code_of_the_moment_and_ten_backup_codes_are_shown(
    carla: Browser, clock: Clock
) -> None:
    assert "Not set up." in visit(carla, "/account").words
    _secret, codes = sets_up(carla, clock.now)
    assert len(set(codes)) == 10
    assert "To log in, you need a code beside your password." in visit(carla, "/account").words
    assert carla.get(PATH).headers["location"] == REMOVAL


def test_the_secret_is_shown_as_a_picture_and_as_text(carla: Browser) -> None:
    page = visit(carla, PATH)
    assert "<svg" in page.html
    assert len(secret_on(page)) == 32


@pytest.mark.parametrize("code", ["000000", "", "12345", "ABCD-EFGH-JKMN-PQRS"])
def test_a_code_that_does_not_fit_sets_nothing_up_and_leaves_the_same_secret(
    carla: Browser, clock: Clock, code: str
) -> None:
    page = visit(carla, PATH)
    refused = send(carla, page.form(PATH), {"code": code, "password": PASSWORD})
    assert refused.status_code == 422
    assert "This code does not fit." in read(refused).words
    assert secret_on(read(refused)) == secret_on(page)
    assert log_in_anew(carla).status_code == 303, "no code is asked for"


def test_a_wrong_password_sets_nothing_up(carla: Browser, clock: Clock) -> None:
    page = visit(carla, PATH)
    typed = {"code": code_at(secret_on(page), clock.now), "password": OTHER_PASSWORD}
    refused = send(carla, page.form(PATH), typed)
    assert refused.status_code == 422
    assert "This is not the password of this account." in read(refused).words
    assert "Not set up." in visit(carla, "/account").words


def test_until_it_is_confirmed_nothing_is_stored(carla: Browser, app: FastAPI) -> None:
    def stored() -> bytes:
        with reading(app.state.engine) as session:
            return session.exec(select(Person.second_factor)).one()

    before = stored()
    form = visit(carla, PATH).form(PATH)
    send(carla, form, {"code": "000000", "password": PASSWORD})
    assert stored() == before


def test_the_form_carries_the_secret_sealed_and_for_this_session_alone(
    carla: Browser, stranger: Browser, clock: Clock
) -> None:
    page = visit(carla, PATH)
    secret, form = secret_on(page), page.form(PATH)
    assert secret.encode().hex() not in form.fields["secret"]
    assert secret not in form.fields["secret"].upper()
    typed = form.fields | {"code": code_at(secret, clock.now), "password": PASSWORD}
    log_in(stranger)
    assert stranger.post(PATH, typed).headers["location"] == PATH
    for other in ("", "zz", "00" * 300):
        assert carla.post(PATH, typed | {"secret": other}).headers["location"] == PATH
    assert carla.post(PATH, typed).status_code == 200


def test_an_old_page_does_not_put_another_in_its_place(carla: Browser, clock: Clock) -> None:
    page = visit(carla, PATH)
    sets_up(carla, clock.now)
    typed = {"code": code_at(secret_on(page), clock.now), "password": PASSWORD}
    assert send(carla, page.form(PATH), typed).headers["location"] == PATH
    assert carla.get(PATH).headers["location"] == REMOVAL


def test_the_other_sessions_end_which_were_begun_without_it(
    carla: Browser, stranger: Browser, clock: Clock
) -> None:
    log_in(stranger)
    sets_up(carla, clock.now)
    assert stranger.get("/assessments").status_code == 401
    assert carla.get("/assessments").status_code == 200


# Asked for


def log_in_anew(browser: Browser, code: str = "", password: str = PASSWORD) -> Response:
    browser.post("/log-out")
    return log_in(browser, password, code=code)


def test_from_then_on_the_log_in_takes_a_code_beside_the_password(carla: Browser, clock: Clock) -> None:
    secret, _codes = sets_up(carla, clock.now)
    clock.pass_by(HALF_A_MINUTE)
    assert log_in_anew(carla).status_code == 401
    assert log_in_anew(carla, code_at(secret, clock.now)).status_code == 303
    assert "To log in, you need a code beside your password." in visit(carla, "/account").words


def test_a_code_is_taken_once(carla: Browser, clock: Clock) -> None:
    """Nor is the one taken again that it was set up with."""
    secret, _codes = sets_up(carla, clock.now)
    assert log_in_anew(carla, code_at(secret, clock.now)).status_code == 401
    clock.pass_by(HALF_A_MINUTE)
    seen = [log_in_anew(carla, code_at(secret, clock.now)).status_code for _ in range(2)]
    assert seen == [303, 401]


def test_each_backup_code_logs_in_once(carla: Browser, clock: Clock) -> None:
    _secret, codes = sets_up(carla, clock.now)
    typed = codes[3].lower().replace("-", " ")
    assert [log_in_anew(carla, code).status_code for code in (typed, typed, codes[4])] == [303, 401, 303]


def test_a_wrong_code_with_the_right_password_gets_the_very_page_of_a_wrong_password(
    carla: Browser, clock: Clock
) -> None:
    sets_up(carla, clock.now)
    pages = [
        log_in_anew(carla, code, password)
        for password in (PASSWORD, OTHER_PASSWORD)
        for code in ("000000", "", "0000-0000-0000-0000")
    ]
    assert {(page.status_code, page.text) for page in pages} == {(401, pages[0].text)}
    assert "Address, password and code do not fit together." in read(pages[0]).words


def test_a_change_of_password_leaves_the_second_factor(carla: Browser, clock: Clock) -> None:
    secret, _codes = sets_up(carla, clock.now)
    form = visit(carla, "/account/password").form("/account/password")
    send(carla, form, {"password": PASSWORD, "new_password": OTHER_PASSWORD})
    assert "To log in, you need a code beside your password." in visit(carla, "/account").words
    clock.pass_by(HALF_A_MINUTE)
    assert log_in_anew(carla, "", OTHER_PASSWORD).status_code == 401
    assert log_in_anew(carla, code_at(secret, clock.now), OTHER_PASSWORD).status_code == 303


def test_the_recovery_code_leaves_the_second_factor(carla: Browser, clock: Clock) -> None:
    secret, _codes = sets_up(carla, clock.now)
    assert recover(carla, carla.receipt).status_code == 200
    clock.pass_by(HALF_A_MINUTE)
    assert log_in_anew(carla, "", OTHER_PASSWORD).status_code == 401
    assert log_in_anew(carla, code_at(secret, clock.now), OTHER_PASSWORD).status_code == 303


# Removed


def test_the_password_and_a_code_remove_it(carla: Browser, stranger: Browser, clock: Clock) -> None:
    secret, codes = sets_up(carla, clock.now)
    log_in(stranger, code=codes[0])
    clock.pass_by(HALF_A_MINUTE)
    done = remove(carla, code_at(secret, clock.now))
    assert done.headers["location"] == "/account?done=removed"
    assert "Not set up." in visit(carla, "/account?done=removed").words
    assert stranger.get("/assessments").status_code == 401, "the other sessions have ended"
    assert log_in_anew(carla).status_code == 303


def test_a_backup_code_removes_it_too(carla: Browser, clock: Clock) -> None:
    _secret, codes = sets_up(carla, clock.now)
    assert remove(carla, codes[9]).status_code == 303
    _secret, new = sets_up(carla, clock.now)
    assert not set(new).intersection(codes)


def test_what_does_not_fit_together_removes_nothing_and_does_not_say_which(
    carla: Browser, clock: Clock
) -> None:
    secret, _codes = sets_up(carla, clock.now)
    clock.pass_by(HALF_A_MINUTE)
    right = code_at(secret, clock.now)
    tried = (("000000", PASSWORD), ("", PASSWORD), (right, OTHER_PASSWORD))
    pages = [remove(carla, code, password) for code, password in tried]
    assert {(page.status_code, page.text) for page in pages} == {(422, pages[0].text)}
    assert "Password and code do not fit together." in read(pages[0]).words
    assert remove(carla, right).status_code == 303, "it was not used up"


def test_wrong_codes_count_as_guesses(carla: Browser, clock: Clock) -> None:
    secret, _codes = sets_up(carla, clock.now)
    seen = [remove(carla, f"{number:06}").status_code for number in range(11)]
    assert seen == [422] * 9 + [429] * 2
    clock.pass_by(HALF_A_MINUTE)
    assert remove(carla, code_at(secret, clock.now)).status_code == 429


def test_where_there_is_none_there_is_nothing_to_remove(carla: Browser) -> None:
    assert carla.get(REMOVAL).headers["location"] == PATH


def test_the_address_in_the_picture_names_plumbline_and_the_account(carla: Browser) -> None:
    """And the page holds the secret nowhere but where it is shown."""
    page = visit(carla, PATH)
    assert page.html.count(secret_on(page)) == 0, "it is shown in groups"
    assert EMAIL not in page.html


def test_the_backup_codes_are_shown_once(carla: Browser, clock: Clock) -> None:
    page = visit(carla, PATH)
    typed = {"code": code_at(secret_on(page), clock.now), "password": PASSWORD}
    done = send(carla, page.form(PATH), typed)
    assert backup_codes(done)[0] in read(done).words
    again = send(carla, page.form(PATH), typed)
    assert again.status_code == 303
