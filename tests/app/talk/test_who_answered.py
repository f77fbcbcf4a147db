"""Who answered what, and when: beside each answer, by section, and on the question's own page."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from fastapi import FastAPI

from tests.app.guests import guest_of, let_in
from tests.app.markup import Page, read, send, visit
from tests.app.questionnaire import save
from tests.app.talk.cast import CARLA, DARA, FAY, card, closes, joins, page_of, takes_out, tight, words
from tests.app.test_accounts import code_on, log_in
from tests.app.test_leaving import delete
from tests.app.test_organisations import has_account
from tests.conftest import Browser, Clock


def next_day(clock: Clock, *browsers: tuple[Browser, str]) -> None:
    """The next day: everybody logs in again."""
    clock.pass_by(timedelta(days=1))
    for browser, email in browsers:
        log_in(browser, email=email)


# Beside the answer


def test_an_answer_says_when_and_by_whom(carla: Browser, dara: Browser) -> None:
    dara.answer("P1.1", "2")
    assert f"Answered on 21 November 2026 by {DARA}" in card(carla, "P1.1")
    assert "Answered on 21 November 2026 by you" in card(dara, "P1.1")
    assert "Answered on" not in card(carla, "P1.2")


def test_the_page_to_check_the_answers_says_it_too(carla: Browser, dara: Browser) -> None:
    dara.answer("P1.1", "2")
    page = visit(carla, f"{carla.home}/answers")
    assert page.words.count(f"Answered on 21 November 2026 by {DARA}") == 1
    assert f"{carla.home}/questions/P1.1" in page.links


def test_the_reply_to_a_save_says_whose_it_is_now(carla: Browser, dara: Browser) -> None:
    dara.answer("P1.1", "2")
    reply = carla.answer("P1.1", "3")
    assert "Answered on 21 November 2026 by you" in words(reply)
    assert f"Answered on 21 November 2026 by {CARLA}" in card(dara, "P1.1")


def test_what_was_only_noted_was_changed_and_not_answered(carla: Browser, dara: Browser) -> None:
    dara.answer("P1.1", "", note="To be asked")
    assert f"Changed on 21 November 2026 by {DARA}" in card(carla, "P1.1")


def test_with_a_receipt_an_answer_says_the_day_alone(amina: Browser) -> None:
    amina.answer("P1.1", "2")
    shown = card(amina, "P1.1")
    assert "Answered on 21 November 2026" in shown
    assert "Answered on 21 November 2026 by" not in shown


def test_saving_without_a_change_makes_nobody_the_author(carla: Browser, dara: Browser) -> None:
    dara.answer("P1.1", "2")
    carla.answer("P1.1", "2")
    assert f"Answered on 21 November 2026 by {DARA}" in card(carla, "P1.1")


# Who it was


def test_a_guest_is_named_to_the_receipt_and_the_receipt_to_the_guest(
    app: FastAPI, amina: Browser, open_browser: Callable[[], Browser]
) -> None:
    gina = has_account(open_browser, "gina@river.example")
    gina.home = amina.home
    let_in(app, amina, guest_of(app, gina), "fill", date(2026, 12, 24))
    gina.answer("P1.1", "1")
    amina.answer("P1.2", "1")
    assert "by gina@river.example" in card(amina, "P1.1")
    assert "by whoever has the receipt" in card(gina, "P1.2")


def test_a_recovery_sheet_is_called_one(carla: Browser, club: str, stranger: Browser) -> None:
    sheet = code_on(read(send(carla, visit(carla, club).form("/sheet"))))
    stranger.come_back(sheet)
    stranger.home = carla.home
    stranger.answer("P1.1", "1")
    assert "by whoever has the recovery sheet" in card(carla, "P1.1")


def test_somebody_whose_account_is_deleted_is_no_longer_here(carla: Browser, dara: Browser) -> None:
    dara.answer("P1.1", "2", note="Said by Dara")
    assert delete(dara).status_code == 200
    assert "by somebody who is no longer here" in card(carla, "P1.1")
    assert "Said by Dara" in page_of(carla).words
    assert DARA not in page_of(carla).html


def test_a_reader_of_the_organisation_sees_addresses(dara: Browser, fay: Browser) -> None:
    dara.answer("P1.1", "2")
    assert f"by {DARA}" in card(fay, "P1.1")


def test_a_consultant_sees_days_and_no_address(
    app: FastAPI, carla: Browser, dara: Browser, open_browser: Callable[[], Browser]
) -> None:
    dara.answer("P1.1", "2")
    gina = has_account(open_browser, "gina@river.example")
    gina.home = carla.home
    let_in(app, carla, guest_of(app, gina), "review", date(2026, 12, 24))
    for path in ("/answers", "/questions/P1.1", "/review/sections/policy"):
        page = visit(gina, gina.home + path)
        assert "@" not in page.words, path
    assert "Answered on 21 November 2026" in visit(gina, f"{gina.home}/answers").words
    assert "On 21 November 2026 by somebody of the organisation" in page_of(gina).words
    assert gina.get(f"{gina.home}/who").status_code == 404


# The question's own page


def test_a_questions_page_has_what_stands_and_all_that_stood_newest_first(
    carla: Browser, dara: Browser, clock: Clock
) -> None:
    dara.answer("P1.1", "0", note="Nothing written yet", evidence_kept="The blue folder")
    next_day(clock, (carla, CARLA), (dara, DARA))
    carla.answer("P1.1", "1", note="A draft")
    dara.answer("P1.1", "2", note="It is signed")
    said = page_of(carla).words
    now, earlier = said.split("Earlier answers")
    assert "It is signed" in now
    assert f"On 22 November 2026 by {DARA}" in now
    assert "A draft" not in now
    assert earlier.index("On 22 November 2026 by you") < earlier.index(f"On 21 November 2026 by {DARA}")
    assert earlier.index("A draft") < earlier.index("Nothing written yet")
    assert "The blue folder" in earlier


def test_the_reason_and_an_answer_in_other_words_are_kept_among_the_earlier(dara: Browser) -> None:
    dara.answer("P4.3", "-not-applicable", reason="We have no partners")
    dara.answer("P4.3", "-unknown")
    assert "We have no partners" in page_of(dara, "P4.3").words
    assert "Does not apply to us" in page_of(dara, "P4.3").words


def test_a_question_that_nobody_answered_has_a_page_too(carla: Browser) -> None:
    page = page_of(carla)
    assert page.heading == "P1.1: answers and comments"
    assert "No answer yet" in page.words
    assert "There are none yet." in page.words


def test_many_earlier_answers_are_folded_and_all_there(carla: Browser) -> None:
    for number in range(15):
        carla.answer("P1.1", str(number % 4), note=f"Text {number};")
    page = page_of(carla)
    assert [f"Text {number};" in page.words for number in range(15)] == [True] * 15
    assert "4 answers from before" in page.words


def test_in_a_closed_round_the_page_stays_and_offers_no_change(
    app: FastAPI, carla: Browser, dara: Browser
) -> None:
    dara.answer("P1.1", "2", note="It is signed")
    assert "Change this answer" in page_of(carla).words
    closes(app, carla)
    page = page_of(carla)
    assert "It is signed" in page.words
    assert "Change this answer" not in page.words
    assert "This round was closed on 21 November 2026." in page.words


def test_earlier_answers_keep_their_authors_when_the_keys_change(
    carla: Browser, dara: Browser, fay: Browser, club: str
) -> None:
    dara.answer("P1.1", "1", note="From Dara")
    carla.answer("P1.1", "2")
    takes_out(carla, club, FAY)
    earlier = page_of(carla).words.split("Earlier answers")[1]
    assert f"On 21 November 2026 by {DARA}" in earlier


# By section


def listed(browser: Browser) -> str:
    return tight(visit(browser, f"{browser.home}/who"))


def test_by_section_it_says_who_answered_how_much_and_when_last(
    carla: Browser, dara: Browser, clock: Clock
) -> None:
    save(dara, "policy", {"P1.1:choice": "1", "P1.2:choice": "2", "P1.3:choice": "3"})
    next_day(clock, (carla, CARLA), (dara, DARA))
    carla.answer("P1.3", "1")
    carla.answer("P2.1", "", note="No answer, only a note")
    said = listed(carla)
    assert f"{DARA}: 2 answered, last on 21 November 2026 You: 1 answered, last on 22 November 2026" in said
    assert "Nobody has answered here yet." in said


@pytest.mark.parametrize("who", ["amina", "stranger"])
def test_nobody_else_finds_who_answers_what(carla: Browser, who: str, request: pytest.FixtureRequest) -> None:
    other: Browser = request.getfixturevalue(who)
    for path in ("/who", "/questions/P1.1"):
        assert other.get(carla.home + path).status_code in {401, 404}


def test_no_address_holds_the_id_or_the_name_of_anybody(carla: Browser, dara: Browser) -> None:
    dara.answer("P1.1", "2")
    pages: list[Page] = [page_of(carla), visit(carla, f"{carla.home}/who"), visit(carla, carla.home)]
    links = [link for page in pages for link in page.links]
    assert not [link for link in links if "@" in link or "quay" in link]


def test_two_contributors_are_told_apart(
    carla: Browser, dara: Browser, club: str, open_browser: Callable[[], Browser]
) -> None:
    hugo = has_account(open_browser, "hugo@quay.example")
    joins(hugo, carla, club, "contributor")
    hugo.answer("P1.1", "1")
    dara.answer("P1.2", "1")
    assert "by hugo@quay.example" in card(dara, "P1.1")
    assert f"by {DARA}" in card(hugo, "P1.2")
