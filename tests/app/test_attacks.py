"""Attacks on the log-in: many at once, a session laid beforehand, and asking whose address has an account.

What is counted here is Argon2's own function, which is called all the same.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Lock
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from nacl.pwhash import argon2id
from sqlalchemy import event

from app.routes.stretching import AT_ONCE, Stretching
from app.settings import Settings
from tests.app.carla import EMAIL, OTHER_PASSWORD, PASSWORD, log_in, makes_account, recover, sign_up
from tests.app.markup import read, send, visit
from tests.conftest import OWN_PAGE, Browser

PATIENT = 60
"""Seconds after which a test gives up."""

WAITING = 20
"""How many log-ins may stand in line here."""


class Argon2:
    """Counts the runs of Argon2, in all and at the same moment, and can hold them up."""

    def __init__(self) -> None:
        self.runs = 0
        self.most = 0
        self._present = 0
        self._held = False
        self._changed = Condition(Lock())
        self._run: Callable[..., bytes] = argon2id.kdf

    def __call__(self, *given: Any, **named: Any) -> bytes:
        with self._changed:
            self.runs += 1
            self._present += 1
            self.most = max(self.most, self._present)
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._held, PATIENT)
        try:
            return self._run(*given, **named)
        finally:
            with self._changed:
                self._present -= 1

    @contextmanager
    def held_up(self) -> Iterator[None]:
        """No run comes to its end for the length of the block."""
        with self._changed:
            self._held = True
        try:
            yield
        finally:
            with self._changed:
                self._held = False
                self._changed.notify_all()

    def wait_until_present(self, number: int) -> None:
        """Wait until so many run at the same moment."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._present >= number, PATIENT)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Few may wait, but patiently: a busy machine is no fault. How often one may guess is not tried here."""
    changed = {"waiting_writers": WAITING, "patience_seconds": PATIENT, "receipts_per_minute": 1000}
    return settings.model_copy(update=changed)


@pytest.fixture
def argon2(monkeypatch: pytest.MonkeyPatch) -> Argon2:
    counted = Argon2()
    monkeypatch.setattr(argon2id, "kdf", counted)
    return counted


@pytest.fixture
def carla(open_browser: Callable[[], Browser]) -> Browser:
    """Carla, who has an account and is not logged in."""
    browser = makes_account(open_browser())
    browser.post("/log-out")
    return browser


class Crowd:
    """So many log-ins, begun at once on the running application; some with an account, some with none."""

    def __init__(self, app: FastAPI, browser: Browser, number: int) -> None:
        self._app = app
        self._answers: list[Response] = []
        self._came = Condition(Lock())
        assert browser.client.portal is not None
        self._all = browser.client.portal.start_task_soon(self._log_in, number)

    @property
    def so_far(self) -> Counter[int]:
        """The statuses of the answers that have come."""
        with self._came:
            return Counter(answer.status_code for answer in self._answers)

    def wait_for_answers(self, number: int) -> None:
        """Wait until so many were answered."""
        with self._came:
            assert self._came.wait_for(lambda: len(self._answers) >= number, PATIENT)

    def answers(self) -> list[Response]:
        """Every answer, once all have come."""
        self._all.result(PATIENT)
        return self._answers

    async def _log_in(self, number: int) -> None:
        transport = ASGITransport(self._app, client=("127.0.0.1", 50000))
        async with AsyncClient(transport=transport, base_url="http://localhost", headers=OWN_PAGE) as client:
            await asyncio.gather(*(self._log_in_as(client, one) for one in range(number)))

    async def _log_in_as(self, client: AsyncClient, one: int) -> None:
        email = EMAIL if one % 2 else f"somebody{one}@quay.example"
        fields = {"email": email, "password": OTHER_PASSWORD, "code": "123456", "P1.1:note": "Typed before"}
        answer = await client.post("/log-in", data=fields)
        with self._came:
            self._answers.append(answer)
            self._came.notify_all()


# Many at once


def test_of_200_log_ins_four_are_worked_on_some_wait_and_the_rest_are_told_to_come_again(
    app: FastAPI, carla: Browser, argon2: Argon2
) -> None:
    with argon2.held_up():
        crowd = Crowd(app, carla, 200)
        crowd.wait_for_answers(200 - WAITING - AT_ONCE)
        assert crowd.so_far == {503: 200 - WAITING - AT_ONCE}
    statuses = Counter(answer.status_code for answer in crowd.answers())
    assert statuses == {503: 200 - WAITING - AT_ONCE, 401: WAITING + AT_ONCE}
    assert argon2.runs == WAITING + AT_ONCE
    assert argon2.most == AT_ONCE == 4


def test_whoever_is_told_to_come_again_has_what_was_typed_but_nothing_secret(
    app: FastAPI, carla: Browser, argon2: Argon2
) -> None:
    with argon2.held_up():
        crowd = Crowd(app, carla, 60)
        crowd.wait_for_answers(60 - WAITING - AT_ONCE)
    refused = [answer for answer in crowd.answers() if answer.status_code == 503]
    assert refused
    for answer in refused:
        assert answer.headers["retry-after"] == "2"
        assert "set-cookie" not in answer.headers
        assert read(answer).form("/log-in").fields["P1.1:note"] == "Typed before"
        assert not [secret for secret in (OTHER_PASSWORD, "123456", "@quay.example") if secret in answer.text]


def test_while_log_ins_are_held_up_others_save_and_nobody_in_line_is_turned_away(
    app: FastAPI, carla: Browser, amina: Browser, argon2: Argon2
) -> None:
    with argon2.held_up():
        crowd = Crowd(app, carla, WAITING)
        argon2.wait_until_present(AT_ONCE)
        assert amina.answer("P1.1", "1").status_code == 200
        assert amina.revision("P1.1") == 1
        assert crowd.so_far == {}
    assert {answer.status_code for answer in crowd.answers()} == {401}
    assert (argon2.most, argon2.runs) == (AT_ONCE, WAITING)


def test_whoever_waits_for_too_long_is_told_to_come_again(
    app: FastAPI, carla: Browser, argon2: Argon2, settings: Settings
) -> None:
    app.state.stretching = Stretching(settings.model_copy(update={"patience_seconds": 0.05}))
    with argon2.held_up():
        crowd = Crowd(app, carla, 10)
        argon2.wait_until_present(AT_ONCE)
        crowd.wait_for_answers(10 - AT_ONCE)
        assert crowd.so_far == {503: 10 - AT_ONCE}
    crowd.answers()
    assert crowd.so_far == {503: 10 - AT_ONCE, 401: AT_ONCE}
    assert argon2.runs == AT_ONCE


# A session laid beforehand


def by_log_in(browser: Browser) -> None:
    assert log_in(browser).status_code == 303


def by_sign_up(browser: Browser) -> None:
    assert sign_up(browser, "dora@quay.example").status_code == 303


def by_starting(browser: Browser) -> None:
    form = visit(browser, "/start").form("/start")
    assert send(browser, form, {"questionnaire": "ics-style-quick"}).status_code == 303


def cookie_of(browser: Browser) -> str:
    return str(browser.client.cookies["plumbline"])


def lay(browser: Browser, cookie: str) -> None:
    browser.client.cookies.set("plumbline", cookie, domain="localhost.local", path="/")


@pytest.mark.parametrize("sign_in", [by_log_in, by_sign_up, by_starting])
def test_a_cookie_that_was_laid_beforehand_opens_nothing_afterwards(
    carla: Browser, open_browser: Callable[[], Browser], sign_in: Callable[[Browser], None]
) -> None:
    laid = "ab" * 32
    victim, attacker = open_browser(), open_browser()
    lay(victim, laid)
    lay(attacker, laid)
    sign_in(victim)
    assert cookie_of(victim) != laid
    assert victim.get("/assessments").status_code == 200
    assert attacker.get("/assessments").status_code == 401


def test_whoever_lays_their_own_session_under_a_log_in_sees_nothing_of_it(
    carla: Browser, bruno: Browser, open_browser: Callable[[], Browser]
) -> None:
    laid, victim = cookie_of(bruno), open_browser()
    lay(victim, laid)
    assert log_in_over(victim).headers["location"] == "/assessments"
    assert cookie_of(victim) != laid
    assert "River School" not in visit(victim, "/assessments").words
    assert bruno.get("/assessments").status_code == 401, "the session that was laid has ended"


def test_a_receipt_too_begins_a_session_of_its_own(
    amina: Browser, bruno: Browser, open_browser: Callable[[], Browser]
) -> None:
    laid, victim = cookie_of(bruno), open_browser()
    lay(victim, laid)
    assert victim.come_back(amina.receipt).status_code == 303
    assert cookie_of(victim) != laid
    assert "River School" not in visit(victim, "/assessments").words
    assert bruno.get(amina.home).status_code in {401, 404}


def log_in_over(browser: Browser) -> Response:
    return browser.post("/log-in", {"email": EMAIL, "password": PASSWORD})


# Whose address has an account


@contextmanager
def statements(app: FastAPI) -> Iterator[list[str]]:
    """Every statement that the database is sent in the block, without what is put into it."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    event.listen(app.state.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(app.state.engine, "before_cursor_execute", note)


def guess_password(browser: Browser, email: str) -> Response:
    return log_in(browser, OTHER_PASSWORD, email)


def guess_code(browser: Browser, email: str) -> Response:
    return recover(browser, "-".join(["0000"] * 9), OTHER_PASSWORD, email)


def make_another(browser: Browser, email: str) -> Response:
    return sign_up(browser, email, OTHER_PASSWORD)


@pytest.mark.parametrize("ask", [guess_password, guess_code, make_another])
def test_a_known_address_takes_the_same_work_as_an_unknown_one(
    app: FastAPI,
    carla: Browser,
    open_browser: Callable[[], Browser],
    argon2: Argon2,
    ask: Callable[[Browser, str], Response],
) -> None:
    """One run of Argon2, the same statements, and the same answer."""
    seen = {}
    for email in (EMAIL, "emil@quay.example"):
        before = argon2.runs
        with statements(app) as asked:
            answer = ask(open_browser(), email)
        assert argon2.runs - before == 1
        seen[email] = asked, answer.status_code, answer.text.replace(email, "")
    known, unknown = seen.values()
    assert known == unknown
