"""What the log says of a person: nothing."""

import re
import sqlite3

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.settings import Settings
from app.vault.receipts import new_receipt
from tests.app.markup import read, send, visit
from tests.app.questionnaire import save, set_profile
from tests.app.ratings.rating import ask_by_code
from tests.conftest import OWN_PAGE, Browser, Lines

ADDRESS = "192.0.2.77"
WORD = "Kingfisher"


@pytest.fixture
def from_afar(app: FastAPI, stranger: Browser) -> Browser:
    """Somebody whose browser has an address that can be told from all others."""
    client = TestClient(
        app,
        base_url="https://plumbline.example",
        client=(ADDRESS, 50000),
        headers=OWN_PAGE,
        raise_server_exceptions=False,
    )
    client.portal = stranger.client.portal
    return Browser(client)


def fail_with_a_telling_message() -> None:
    raise ValueError(f"{WORD} broke it") from KeyError(WORD)


def answer_apart(owner: Browser) -> list[str]:
    """Ask somebody, follow the link with a wrong code, end it too early; what must not stand in any line."""
    link, code = ask_by_code(owner, WORD)
    owner.post(f"{owner.home}/rating", {"tag": WORD})
    owner.post(f"{owner.home}/rating/end")
    owner.get(f"{owner.home}/rating")
    owner.post(link, {"receipt": code[:-1]})
    owner.post(link, {"receipt": new_receipt().code})
    return [code, code.replace("-", ""), link.rpartition("/")[2]]


def whole_session(app: FastAPI, browser: Browser, settings: Settings) -> list[str]:
    """Do everything that can be done, rightly and wrongly; what must not stand in any line."""
    browser.start(organisation=WORD, title=WORD)
    secrets = [
        WORD,
        ADDRESS,
        browser.receipt,
        browser.receipt.replace("-", ""),
        browser.home.rpartition("/")[2],
    ]
    secrets.append(browser.client.cookies["__Host-plumbline"])
    set_profile(browser, staff="high", online="some")
    save(browser, "policy", {"P1.1:choice": "0", "P1.1:note": WORD, "P1.1:evidence_kept": WORD})
    browser.answer("P1.2", "1", note=WORD)
    browser.answer("P1.2", "9", note=WORD)
    browser.answer("P1.2", "1", note=WORD * 1000)
    browser.answer("P1.2", "2", made_on=0, note=WORD + " again")
    secrets += answer_apart(browser)
    browser.post(f"{browser.home}/questions/P1.1", {"comment": WORD, "form_key": WORD})
    browser.post(f"{browser.home}/questions/P1.1", {"comment": WORD * 1000})
    browser.post(f"{browser.home}/questions/P1.1/comments/{WORD}", {"resolved": WORD})
    browser.post(f"{browser.home}/who", {"section:policy": WORD})
    browser.post(f"{browser.home}/plan")
    browser.post(f"{browser.home}/plan/new", {"text": WORD, "form_key": WORD})
    for path in (
        "",
        "/answers",
        "/report",
        "/report/workings",
        "/plan",
        "/targets",
        "/export",
        "/who",
        "/questions/P1.1",
    ):
        visit(browser, browser.home + path)
    exported = browser.get(f"{browser.home}/export.json")
    browser.client.post("/import", data={"form_key": "a"}, files={"file": (f"{WORD}.json", exported.content)})
    browser.client.post("/import", data={"form_key": "b"}, files={"file": (f"{WORD}.json", WORD.encode())})
    browser.get(f"/nowhere/{WORD}?{WORD}={WORD}")
    browser.get(f"/static/{WORD}")
    browser.client.post(
        "/start", content=f"title={WORD}%ff", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    browser.client.post("/start", json={"title": WORD})
    browser.client.post("/start", data={"title": WORD}, headers={"Sec-Fetch-Site": "cross-site"})
    browser.client.get("/", headers={"Host": f"{WORD}[", "User-Agent": WORD, "Referer": f"https://{WORD}/"})
    browser.get("/fails-with-a-telling-message")
    secrets.append(browser.client.cookies["__Host-plumbline"])
    send(browser, visit(browser, "/assessments").form("/log-out"))
    browser.post(f"{browser.home}/name", {"title": WORD})
    browser.post("/return", {"receipt": browser.receipt[:-1]})
    browser.post("/return", {"receipt": browser.receipt, "then": f"/{WORD}"})
    secrets.append(browser.client.cookies["__Host-plumbline"])
    other = sqlite3.connect(settings.database)
    other.execute("UPDATE sealed_row SET blob = zeroblob(length(blob))")
    other.commit()
    other.close()
    assert read(browser.get(f"{browser.home}/report")).heading == "A part of this assessment does not open"
    browser.post(f"{browser.home}/delete", {"word": "DELETE"})
    return secrets


@pytest.fixture
def lines(log: Lines, app: FastAPI, from_afar: Browser, settings: Settings) -> tuple[list[str], list[str]]:
    app.add_api_route("/fails-with-a-telling-message", fail_with_a_telling_message)
    secrets = whole_session(app, from_afar, settings)
    return log.lines, secrets


def test_no_line_holds_an_answer_a_receipt_a_cookie_an_address_or_which_assessment(
    lines: tuple[list[str], list[str]],
) -> None:
    said, secrets = lines
    assert [(secret, line) for secret in secrets for line in said if secret in line] == []
    folded = " ".join(said).lower()
    assert [secret for secret in secrets if secret.lower() in folded] == []


def test_every_request_is_one_line_of_method_pattern_status_and_time(
    lines: tuple[list[str], list[str]],
) -> None:
    requests = [line for line in lines[0] if line.startswith("plumbline INFO")]
    assert len(requests) > 40
    for line in requests:
        assert re.fullmatch(r"plumbline INFO (GET|POST) (-|/[a-z_{}./-]*) \d{3} \d+ ms", line), line
    assert "plumbline INFO POST /assessments/{assessment_id}/sections/{section_id} 303" in " ".join(requests)


def test_what_broke_is_logged_by_its_kind_and_its_place_without_its_message(
    lines: tuple[list[str], list[str]],
) -> None:
    errors = [line for line in lines[0] if " ERROR " in line]
    foreseen, *_ = [line for line in errors if line.startswith("plumbline ERROR ValueError")]
    assert "fail_with_a_telling_message" in foreseen
    assert any(line.startswith("plumbline ERROR KeyError") for line in errors)
    assert any(line.startswith("plumbline ERROR DoesNotOpen") for line in errors)
    assert {line.split()[0] for line in errors} == {"plumbline"}


def test_what_broke_goes_no_further_to_a_server_that_would_log_its_message(
    app: FastAPI, stranger: Browser
) -> None:
    app.add_api_route("/fails-with-a-telling-message", fail_with_a_telling_message)
    server = TestClient(app, base_url="http://localhost", client=("127.0.0.1", 50000))
    server.portal = stranger.client.portal
    assert server.get("/fails-with-a-telling-message").status_code == 500
