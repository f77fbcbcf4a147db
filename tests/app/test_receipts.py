"""The receipt: shown until it is kept, the way back, and nobody's guess."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response
from sqlmodel import select

from app.database import Session
from app.main import create_app
from app.reports.qr import qr_svg
from app.settings import Settings
from app.tables import BrowserSession
from app.vault.receipts import Receipt, new_receipt
from tests.app.markup import Page, read, send, visit
from tests.conftest import Browser, Clock, form_key, found


def cookie_of(browser: Browser) -> dict[str, str]:
    """The header that this person's browser sends, to be sent by another."""
    return {"Cookie": f"plumbline={browser.client.cookies['plumbline']}"}


def begin(browser: Browser) -> str:
    """Start, and stand before the new receipt; what is written on it."""
    fields = {"questionnaire": "ics-style-full", "form_key": form_key(browser.get("/start"))}
    assert browser.post("/start", fields).headers["location"] == "/receipt"
    return code_on(visit(browser, "/receipt"))


def code_on(page: Page) -> str:
    return found(r'data-copy-text="([^"]+)"', page.html)


def error_on(response: Response) -> str:
    return read(response).words


# Keeping it


def test_the_receipt_is_shown_again_on_reload_until_the_box_is_ticked(stranger: Browser) -> None:
    code = begin(stranger)
    assert code_on(visit(stranger, "/receipt")) == code


def test_without_the_tick_nobody_goes_on_and_the_receipt_is_still_there(stranger: Browser) -> None:
    code = begin(stranger)
    refused = stranger.post("/receipt", {})
    assert refused.status_code == 422
    assert "Tick the box when you have written the receipt down" in error_on(refused)
    assert code_on(read(refused)) == code


def test_with_the_tick_one_goes_on_to_the_assessment(stranger: Browser) -> None:
    begin(stranger)
    kept = send(stranger, visit(stranger, "/receipt").form("/receipt"), {"kept": "yes"})
    assert kept.status_code == 303
    assert visit(stranger, kept.headers["location"]).heading == "Full self-assessment"


def test_a_kept_receipt_is_never_shown_again(amina: Browser) -> None:
    assert amina.get("/receipt").headers["location"] == "/assessments"
    for path in ("/assessments", amina.home, f"{amina.home}/export.json"):
        assert amina.receipt not in amina.get(path).text


def test_ticking_twice_is_as_good_as_once(amina: Browser) -> None:
    assert amina.post("/receipt", {"kept": "yes"}).headers["location"] == amina.home


def test_whoever_walks_past_the_receipt_is_reminded_of_it(stranger: Browser) -> None:
    begin(stranger)
    page = visit(stranger, "/assessments")
    assert "You have not confirmed your receipt yet" in page.words
    assert "/receipt" in page.links


def test_the_page_says_that_losing_it_loses_the_data(stranger: Browser) -> None:
    begin(stranger)
    words = visit(stranger, "/receipt").words
    assert "If you lose it, your answers are lost" in words
    assert "Nobody can bring them back" in words


def test_the_qr_code_holds_the_bare_receipt(stranger: Browser) -> None:
    code = begin(stranger)
    assert qr_svg(code, "Your receipt as a QR code") in stranger.get("/receipt").text


def test_a_receipt_is_seven_groups_of_four(stranger: Browser) -> None:
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){6}", begin(stranger))


# Coming back


@pytest.fixture
def known(open_browser: Callable[[], Browser]) -> Browser:
    """Somebody whose receipt holds both a 0 and a 1, the two that have look-alikes."""
    while True:
        browser = open_browser()
        browser.start()
        if {"0", "1"} <= set(browser.receipt):
            return browser


RETYPED: dict[str, Callable[[str], str]] = {
    "as shown": lambda code: code,
    "small letters": lambda code: code.lower(),
    "no hyphens": lambda code: code.replace("-", ""),
    "spaces for hyphens": lambda code: code.replace("-", " "),
    "space around it": lambda code: f"  {code}\t",
    "hard hyphens": lambda code: code.replace("-", "\u2011"),
    "dashes": lambda code: code.replace("-", "–"),
    "O for 0": lambda code: code.replace("0", "O"),
    "o for 0": lambda code: code.replace("0", "o"),
    "I for 1": lambda code: code.replace("1", "I"),
    "l for 1": lambda code: code.replace("1", "l"),
    "L for 1": lambda code: code.replace("1", "L"),
}


@pytest.mark.parametrize("retyped", RETYPED.values(), ids=RETYPED)
def test_a_receipt_is_read_as_people_type_it(
    known: Browser, stranger: Browser, retyped: Callable[[str], str]
) -> None:
    back = send(stranger, visit(stranger, "/return").form("/return"), {"receipt": retyped(known.receipt)})
    assert (back.status_code, back.headers["location"]) == (303, "/assessments")
    assert visit(stranger, known.home).heading == "Full self-assessment"


def another_than(character: str) -> str:
    return "2" if character == "3" else "3"


MISTYPED: dict[str, tuple[Callable[[str], str], str]] = {
    "nothing": (lambda code: "", "28 letters and digits"),
    "one too few": (lambda code: code[:-1], "28 letters and digits"),
    "one too many": (lambda code: code + "7", "28 letters and digits"),
    "the letter U": (lambda code: "U" + code[1:], "never the letter U"),
    "another sign": (lambda code: code[:-1] + "*", "never the letter U"),
    "another first": (lambda code: another_than(code[0]) + code[1:], "compare it with your copy"),
    "another last": (lambda code: code[:-1] + another_than(code[-1]), "compare it with your copy"),
}


@pytest.mark.parametrize(("mistyped", "said"), MISTYPED.values(), ids=MISTYPED)
def test_a_mistyped_receipt_is_said_to_be_so_and_stays_in_its_field(
    amina: Browser, stranger: Browser, mistyped: Callable[[str], str], said: str
) -> None:
    typed = mistyped(amina.receipt)
    refused = stranger.post("/return", {"receipt": typed})
    assert refused.status_code == 422
    assert said in error_on(refused)
    assert read(refused).form("/return").fields["receipt"] == typed


def test_a_mistyped_receipt_is_no_guess(amina: Browser, stranger: Browser) -> None:
    for _ in range(30):
        assert stranger.post("/return", {"receipt": amina.receipt[:-1]}).status_code == 422
    assert stranger.come_back(amina.receipt).status_code == 303


def test_an_unknown_receipt_opens_nothing_and_stays_in_its_field(stranger: Browser) -> None:
    typed = new_receipt().code
    refused = stranger.come_back(typed)
    assert refused.status_code == 401
    assert "We know no receipt like this" in error_on(refused)
    assert read(refused).form("/return").fields["receipt"] == typed
    assert "set-cookie" not in refused.headers


def test_too_many_wrong_receipts_have_to_wait_even_for_the_right_one(
    amina: Browser, stranger: Browser, settings: Settings
) -> None:
    for _ in range(settings.receipts_per_minute):
        assert stranger.come_back(new_receipt().code).status_code == 401
    refused = stranger.come_back(amina.receipt)
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "60"
    assert "Wait a minute, then try again" in error_on(refused)


def test_right_receipts_are_not_counted(amina: Browser, stranger: Browser, settings: Settings) -> None:
    for _ in range(settings.receipts_per_minute + 1):
        assert stranger.come_back(amina.receipt).status_code == 303


class TestBehindAProxy:
    """Many people share the proxy's address, and none of them waits for another's guesses."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(data=tmp_path / "data", trusted_proxies="127.0.0.1", receipts_per_minute=1)

    def test_one_persons_guesses_keep_nobody_else_waiting(self, stranger: Browser) -> None:
        def guess(address: str) -> int:
            forwarded = {"X-Forwarded-For": address, "X-Forwarded-Proto": "https"}
            fields = {"receipt": new_receipt().code}
            return int(stranger.client.post("/return", data=fields, headers=forwarded).status_code)

        assert [guess("192.0.2.1"), guess("192.0.2.1"), guess("192.0.2.2")] == [401, 429, 401]


def test_a_receipt_says_nothing_of_itself_in_a_log() -> None:
    receipt = Receipt(12345)
    assert "12345" not in repr(receipt)


def test_whoever_is_signed_in_need_not_type_it(amina: Browser) -> None:
    assert amina.get("/return").headers["location"] == "/assessments"


def test_one_receipt_opens_several_assessments(amina: Browser) -> None:
    fields = {"questionnaire": "ics-style-quick", "title": "The river site"}
    second = amina.post("/start", fields | {"form_key": form_key(amina.get("/start"))}).headers["location"]
    amina.post("/log-out")
    amina.come_back()
    page = visit(amina, "/assessments")
    assert {amina.home, second} <= set(page.links)
    assert "Round of 2026" in page.words
    assert "The river site" in page.words


def test_a_receipt_opens_what_was_begun_with_it_and_nothing_else(amina: Browser, bruno: Browser) -> None:
    links = visit(bruno, "/assessments").links
    assert bruno.home in links
    assert amina.home not in links


def test_a_receipt_whose_assessments_are_gone_still_opens_and_says_so(amina: Browser) -> None:
    amina.post(f"{amina.home}/delete", {"word": "DELETE"})
    amina.post("/log-out")
    assert amina.come_back().status_code == 303
    page = visit(amina, "/assessments")
    assert "Your receipt holds no assessment" in page.words
    assert "/start" in page.links


@pytest.mark.parametrize(
    ("then", "goes_to"),
    [
        ("/assessments/abc/report", "/assessments/abc/report"),
        ("", "/assessments"),
        ("https://example.org/", "/assessments"),
        ("//example.org/", "/assessments"),
        ("/\\example.org/", "/assessments"),
        ("\\\\example.org", "/assessments"),
        ("/\t/example.org", "/assessments"),
        ("javascript:alert(1)", "/assessments"),
        ("assessments", "/assessments"),
    ],
)
def test_signing_in_goes_on_within_this_site_only(
    amina: Browser, stranger: Browser, then: str, goes_to: str
) -> None:
    back = stranger.post("/return", {"receipt": amina.receipt, "then": then})
    assert back.headers["location"] == goes_to


# Sessions


def test_each_log_in_has_a_session_of_its_own_and_ends_the_one_before(
    amina: Browser, stranger: Browser
) -> None:
    before = cookie_of(amina)
    assert stranger.get(amina.home, headers=before).status_code == 200
    amina.come_back()
    assert cookie_of(amina) != before
    assert stranger.get(amina.home, headers=before).status_code == 401


def test_nobody_can_choose_the_cookie_that_somebody_else_will_have(amina: Browser, stranger: Browser) -> None:
    chosen = {"Cookie": f"plumbline={'ab' * 32}"}
    fields = {"receipt": amina.receipt}
    stranger.client.post("/return", data=fields, headers=chosen, follow_redirects=False)
    assert cookie_of(stranger) != chosen
    assert stranger.get(amina.home).status_code == 200


def test_after_logging_out_the_old_cookie_opens_nothing(amina: Browser, stranger: Browser) -> None:
    cookie = cookie_of(amina)
    left = send(amina, visit(amina, amina.home).form("/log-out"))
    assert left.status_code == 200
    assert "Your answers are sealed" in read(left).words
    assert "plumbline" not in amina.client.cookies
    assert stranger.get(amina.home, headers=cookie).status_code == 401


def test_logging_out_without_a_session_is_no_fault(stranger: Browser) -> None:
    assert stranger.post("/log-out").status_code == 200


@pytest.mark.parametrize("cookie", ["", "no hexadecimal", "ab", "ab" * 32, "ab" * 33, "é", "9" * 5000])
def test_a_cookie_that_is_none_of_ours_opens_nothing(stranger: Browser, cookie: str) -> None:
    header = {"Cookie": f"plumbline={cookie}".encode()}
    assert stranger.get("/assessments", headers=header).status_code == 401


@pytest.mark.parametrize(
    ("pauses", "status"),
    [
        ([timedelta(minutes=59)], 200),
        ([timedelta(minutes=60)], 401),
        ([timedelta(minutes=59)] * 12, 200),
        ([timedelta(minutes=59)] * 12 + [timedelta(minutes=12)], 401),
    ],
    ids=["used within the hour", "idle for an hour", "used all day", "twelve hours old"],
)
def test_a_session_ends_after_an_idle_hour_and_after_half_a_day(
    amina: Browser, clock: Clock, pauses: list[timedelta], status: int
) -> None:
    statuses = []
    for pause in pauses:
        clock.pass_by(pause)
        statuses.append(amina.get(amina.home).status_code)
    assert statuses == [200] * (len(pauses) - 1) + [status]


def test_saving_keeps_a_session_awake_as_well_as_looking(amina: Browser, clock: Clock) -> None:
    for _ in range(3):
        clock.pass_by(timedelta(minutes=40))
        assert amina.post(f"{amina.home}/name", {"title": "Still here"}).status_code == 303


def test_sessions_of_days_gone_by_are_swept_when_the_server_starts(
    amina: Browser, app: FastAPI, settings: Settings, clock: Clock
) -> None:
    clock.pass_by(timedelta(days=2))
    with TestClient(create_app(settings, clock)), Session(app.state.engine) as session:
        assert session.exec(select(BrowserSession)).all() == []
