"""When something is wrong: what happened, what to do, the right status, and nothing typed is lost."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import Response
from sqlalchemy import event

from app.settings import Settings
from app.vault.receipts import new_receipt
from tests.app.markup import Form, read, send, visit
from tests.app.questionnaire import save
from tests.conftest import Browser, Clock

FORM = "application/x-www-form-urlencoded"
MEBIBYTE = 1024 * 1024
SECRET = "Kingfisher"


def post_raw(browser: Browser, path: str, content: object, content_type: str | None = FORM) -> Response:
    headers = {} if content_type is None else {"Content-Type": content_type}
    answer: Response = browser.client.post(path, content=content, headers=headers, follow_redirects=False)
    return answer


def kept(response: Response, path: str) -> dict[str, str]:
    """What the page holds of the form that goes there."""
    return read(response).form(path).fields


# A session that has ended


def section_form(browser: Browser) -> tuple[Form, dict[str, str]]:
    form = visit(browser, f"{browser.home}/sections/policy").form("/sections/policy")
    return form, form.filled({"P1.1:choice": "2", "P1.1:note": "Two lines\nof " + SECRET, "P2.1:choice": "0"})


def test_whoever_was_away_too_long_signs_in_on_the_spot_and_what_was_typed_is_saved(
    amina: Browser, clock: Clock
) -> None:
    form, typed = section_form(amina)
    clock.pass_by(timedelta(hours=2))
    stopped = amina.post(form.action, typed)
    assert stopped.status_code == 401
    assert read(stopped).heading == "Please sign in again"
    assert "What you typed is kept in this page" in read(stopped).words
    sign_in = read(stopped).form("/return")
    assert sign_in.fields == typed | {"then": form.action, "receipt": ""}

    sent_on = send(amina, sign_in, {"receipt": amina.receipt.lower()})
    assert (sent_on.status_code, sent_on.headers["location"]) == (307, form.action)
    # With 307 the browser sends the very same body again.
    saved = amina.post(form.action, sign_in.filled({"receipt": amina.receipt.lower()}))
    assert saved.status_code == 303
    answers = visit(amina, f"{amina.home}/answers").words
    assert SECRET in answers
    assert amina.receipt.lower() not in amina.get(f"{amina.home}/export.json").text


def test_a_mistyped_receipt_on_the_way_back_still_keeps_what_was_typed(amina: Browser, clock: Clock) -> None:
    form, typed = section_form(amina)
    clock.pass_by(timedelta(hours=2))
    sign_in = read(amina.post(form.action, typed)).form("/return")
    for wrong, status in (("12", 422), (new_receipt().code, 401)):
        again = send(amina, sign_in, {"receipt": wrong})
        assert again.status_code == status
        assert kept(again, "/return") == typed | {"then": form.action, "receipt": wrong}


def test_too_many_wrong_receipts_on_the_way_back_still_keep_what_was_typed(
    amina: Browser, clock: Clock, settings: Settings
) -> None:
    form, typed = section_form(amina)
    clock.pass_by(timedelta(hours=2))
    sign_in = read(amina.post(form.action, typed)).form("/return")
    for _ in range(settings.receipts_per_minute):
        send(amina, sign_in, {"receipt": new_receipt().code})
    waits = send(amina, sign_in, {"receipt": amina.receipt})
    assert waits.status_code == 429
    assert kept(waits, "/return") == typed | {"then": form.action, "receipt": amina.receipt}


def test_whoever_only_looked_goes_on_to_look(amina: Browser, clock: Clock) -> None:
    clock.pass_by(timedelta(hours=2))
    stopped = amina.get(f"{amina.home}/report")
    assert stopped.status_code == 401
    assert "With your receipt you go straight on" in read(stopped).words
    back = send(amina, read(stopped).form("/return"), {"receipt": amina.receipt})
    assert (back.status_code, back.headers["location"]) == (303, f"{amina.home}/report")


def test_htmx_signs_in_in_place_and_says_when_it_is_done(amina: Browser, clock: Clock) -> None:
    clock.pass_by(timedelta(hours=2))
    stopped = amina.post(f"{amina.home}/answers/P1.1", {"P1.1:choice": "2"}, htmx=True)
    assert stopped.status_code == 401
    assert "<html" not in stopped.text
    assert 'hx-post="/return"' in stopped.text
    mistyped = amina.post("/return", {"receipt": "12", "then": "/somewhere"}, htmx=True)
    assert mistyped.status_code == 422
    assert "<html" not in mistyped.text
    back = amina.post("/return", {"receipt": amina.receipt, "then": "/somewhere"}, htmx=True)
    assert (back.status_code, back.headers["hx-trigger"]) == (200, "signed-in")
    assert "<html" not in back.text
    assert amina.answer("P1.1", "2").status_code == 200


def test_whoever_is_signed_out_meanwhile_keeps_what_was_typed_too(amina: Browser) -> None:
    form, typed = section_form(amina)
    amina.post("/log-out")
    assert kept(amina.post(form.action, typed), "/return") == typed | {"then": form.action, "receipt": ""}


# What was deleted meanwhile


def test_what_was_typed_for_a_deleted_assessment_is_still_on_the_page(amina: Browser) -> None:
    form, typed = section_form(amina)
    amina.post(f"{amina.home}/delete", {"word": "DELETE"})
    gone = amina.post(form.action, typed)
    assert gone.status_code == 404
    assert "It may have been deleted." in read(gone).words
    assert f"Two lines of {SECRET}" in read(gone).words


# Bodies


@pytest.mark.parametrize("path", ["/start", "/return", "/import"])
def test_a_body_that_says_it_is_too_large_is_refused(stranger: Browser, path: str) -> None:
    refused = post_raw(
        stranger,
        path,
        b"title=" + b"x" * 5 * MEBIBYTE,
        "multipart/form-data; boundary=x" if path == "/import" else FORM,
    )
    assert refused.status_code == 413
    assert "shorten the long texts" in read(refused).words


def test_a_body_that_does_not_say_how_large_it_is_is_refused_too(stranger: Browser) -> None:
    chunks = (b"x" * MEBIBYTE for _ in range(6))
    assert post_raw(stranger, "/start", chunks).status_code == 413


def test_a_body_that_lies_about_its_length_is_refused(stranger: Browser) -> None:
    headers = {"Content-Type": FORM, "Content-Length": "9" * 5000}
    assert stranger.client.post("/start", content=b"x=1", headers=headers).status_code == 413


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/start", "application/json"),
        ("/start", "text/plain"),
        ("/start", "multipart/form-data; boundary=x"),
        ("/start", "nonsense"),
        ("/start", None),
        ("/import", FORM),
        ("/import", "application/json"),
        ("/import", None),
    ],
)
def test_what_is_no_form_of_ours_is_refused(stranger: Browser, path: str, content_type: str | None) -> None:
    refused = post_raw(stranger, path, f"title={SECRET}".encode(), content_type)
    assert refused.status_code == 415
    assert read(refused).heading == "That is not a form of ours"
    assert SECRET not in refused.text


def test_a_form_may_say_its_character_set(amina: Browser) -> None:
    content_type = f"{FORM.upper()}; charset=UTF-8"
    assert post_raw(amina, f"{amina.home}/name", b"title=Caf%C3%A9", content_type).status_code == 303
    assert "Café" in visit(amina, amina.home).words


BROKEN = {
    "no UTF-8": "title=%ff",
    "half a letter": "title=%c3%28",
    "half a pair": "title=%ed%a0%80",
    "no number after the sign": "title=%zz",
    "nothing after the sign": "title=%",
    "half a number": "title=100%2",
    "broken in a name": "ti%ff=tle",
    "not encoded": "title=é",
    "nought": "title=%00",
    "nought in a name": "ti%00tle=x",
    "too many fields": "&".join(f"x{number}=1" for number in range(1001)),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read_is_said_to_be_so_and_nothing_of_it_is_saved(amina: Browser, broken: str) -> None:
    refused = post_raw(amina, f"{amina.home}/name", f"organisation={SECRET}&{broken}".encode())
    assert refused.status_code == 422
    assert "Nothing was saved." in read(refused).words
    assert SECRET not in refused.text
    assert "Round of 2026" in visit(amina, amina.home).words


@pytest.mark.parametrize(
    ("content_type", "content"),
    [
        ("multipart/form-data", b"--x--"),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", b"nonsense"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n\r\n--x--\r\n"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n{}\r\n--x--\r\n',
        ),
        ("multipart/form-data; boundary=x", b"--x\r\n\xff\xfe: \x00\r\n\r\n"),
    ],
    ids=["no boundary", "nothing", "nonsense", "no name", "no file", "no header"],
)
def test_a_broken_upload_is_said_to_be_so(stranger: Browser, content_type: str, content: bytes) -> None:
    assert post_raw(stranger, "/import", content, content_type).status_code == 422


# Too many at once


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", waiting_writers=1, patience_seconds=0.2)


@contextmanager
def somebody_saving(app: FastAPI, browser: Browser) -> Iterator[None]:
    """Somebody else has the turn to write for as long as this lasts."""
    assert browser.client.portal is not None
    with browser.client.portal.wrap_async_context_manager(app.state.write_turn.taken()):
        yield


@contextmanager
def database_locked(app: FastAPI, settings: Settings) -> Iterator[None]:
    """Another program writes to the database file, and nobody waits long for it."""

    def impatient(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout = 10")

    event.listen(app.state.engine, "checkout", impatient)
    other = sqlite3.connect(settings.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.rollback()
    other.close()
    event.remove(app.state.engine, "checkout", impatient)


Busy = Callable[[], AbstractContextManager[None]]


@pytest.fixture(params=["the turn is taken", "the database is locked"])
def busy(request: pytest.FixtureRequest, app: FastAPI, settings: Settings, amina: Browser) -> Busy:
    if request.param == "the turn is taken":
        return lambda: somebody_saving(app, amina)
    return lambda: database_locked(app, settings)


def test_when_too_many_are_saving_the_form_is_kept_and_can_be_sent_again(amina: Browser, busy: Busy) -> None:
    form, typed = section_form(amina)
    with busy():
        refused = amina.post(form.action, typed)
    assert refused.status_code == 503
    assert refused.headers["retry-after"] == "2"
    assert "Wait a few seconds, then send it again." in read(refused).words
    again = read(refused).form(form.action)
    assert again.fields == typed
    assert send(amina, again).status_code == 303
    assert SECRET in visit(amina, f"{amina.home}/answers").words


def test_when_too_many_are_saving_one_can_still_read(amina: Browser, busy: Busy) -> None:
    with busy():
        assert amina.get(f"{amina.home}/report").status_code == 200


def test_when_too_many_are_saving_whoever_paused_can_still_read(
    amina: Browser, busy: Busy, clock: Clock
) -> None:
    clock.pass_by(timedelta(minutes=5))
    with busy():
        assert amina.get(f"{amina.home}/report").status_code == 200


def test_a_file_that_could_not_be_taken_in_is_not_said_to_be_kept(amina: Browser, busy: Busy) -> None:
    exported = amina.get(f"{amina.home}/export.json").content
    with busy():
        refused = amina.client.post("/import", data={"form_key": "a"}, files={"file": ("a.json", exported)})
    assert refused.status_code == 503
    assert "is kept in this page" not in read(refused).words


def test_the_line_has_an_end_and_whoever_does_not_fit_is_told_at_once(amina: Browser, app: FastAPI) -> None:
    def rename(title: str) -> int:
        return amina.post(f"{amina.home}/name", {"title": title}).status_code

    app.state.write_turn._patience = 60
    with ThreadPoolExecutor() as people:
        with somebody_saving(app, amina):
            waiting = [people.submit(rename, title) for title in ("One", "Two")]
            told = wait(waiting, return_when=FIRST_COMPLETED).done
            assert [one.result() for one in told] == [503]
        assert sorted(one.result() for one in waiting) == [303, 503]


# What is broken on our side


def test_what_nobody_foresaw_keeps_the_form_and_shows_no_detail(amina: Browser, app: FastAPI) -> None:
    form, typed = section_form(amina)
    engine, app.state.engine = app.state.engine, None
    broken = amina.post(form.action, typed)
    app.state.engine = engine
    assert broken.status_code == 500
    assert "It is not your fault." in read(broken).words
    for detail in ("Traceback", "NoneType", "Error", "sqlite", "engine"):
        assert detail not in broken.text
    again = read(broken).form(form.action)
    assert again.fields == typed
    assert send(amina, again).status_code == 303


def test_error_pages_need_no_database(amina: Browser, app: FastAPI) -> None:
    app.state.engine = None
    assert amina.get("/nowhere").status_code == 404
    assert amina.get("/static/nowhere").status_code == 404
    assert amina.get("/log-out").status_code == 405
    assert post_raw(amina, "/start", b"x" * 6 * MEBIBYTE).status_code == 413
    assert post_raw(amina, "/start", b"{}", "application/json").status_code == 415
    assert post_raw(amina, "/start", b"x=%ff").status_code == 422
    assert amina.client.post("/start", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert amina.client.get("http://plumbline.example/").status_code == 403
    with somebody_saving(app, amina):
        assert amina.post("/start").status_code == 503
    assert amina.get("/").status_code == 500


def change_a_row(settings: Settings, statement: str) -> None:
    other = sqlite3.connect(settings.database)
    assert other.execute(statement).rowcount > 0
    other.commit()
    other.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sealed_row SET blob = zeroblob(length(blob))",
        "UPDATE sealed_row SET blob = x''",
        "UPDATE sealed_row SET blob = CAST(substr(blob, 1, 30) || x'00' || substr(blob, 32) AS BLOB)",
        "UPDATE sealed_row SET revision = revision + 1",
        "UPDATE access_grant SET sealed = zeroblob(length(sealed))",
        "UPDATE access_grant SET scope = 'read'",
        "UPDATE commitment SET value = zeroblob(32)",
        "UPDATE assessment SET epoch = 2",
    ],
)
def test_a_row_that_was_changed_from_outside_is_not_shown_and_nothing_is_told_of_it(
    amina: Browser, settings: Settings, statement: str
) -> None:
    save(amina, "policy", {"P1.1:choice": "2", "P1.1:note": SECRET})
    change_a_row(settings, statement)
    for path in ("/answers", "/report", "/export.json"):
        broken = amina.get(amina.home + path)
        assert broken.status_code == 500
        assert read(broken).heading == "A part of this assessment does not open"
        assert SECRET not in broken.text
        assert "DoesNotOpen" not in broken.text


def test_one_assessment_that_does_not_open_hides_no_other(amina: Browser, settings: Settings) -> None:
    other = amina.post("/start", {"questionnaire": "ics-style-quick"}).headers["location"]
    change_a_row(
        settings,
        "UPDATE access_grant SET sealed = zeroblob(length(sealed)) "
        f"WHERE assessment_id = '{amina.home.rpartition('/')[2]}'",
    )
    assert visit(amina, other).heading == "Quick check"
    listed = visit(amina, "/assessments")
    assert other in listed.links
    assert amina.home not in listed.links
    assert "1 assessment does not open" in listed.words


def test_a_full_disk_is_never_answered_with_saved(amina: Browser, app: FastAPI) -> None:
    def full(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    event.listen(app.state.engine, "checkout", full)
    replies = [
        amina.post(
            f"{amina.home}/answers/{code}", {f"{code}:choice": "2", f"{code}:note": "x" * 4000}, htmx=True
        )
        for code in ("P1.1", "P1.2", "P1.3", "P2.1", "P2.2", "P2.3")
    ]
    assert 500 in {reply.status_code for reply in replies}
    saved = sum("Saved" in reply.text for reply in replies)
    assert f"{saved} of 53 answered" in visit(amina, f"{amina.home}/answers").words
