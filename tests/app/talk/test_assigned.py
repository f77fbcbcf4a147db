"""Sections are given to somebody to take care of, and everybody sees to whom."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from fastapi import FastAPI

from tests.app.guests import guest_of, let_in, take_away
from tests.app.markup import Page, read, send, visit
from tests.app.talk.cast import CARLA, DARA, FAY, assign, closes, joins, option, takes_out, tight, words
from tests.app.test_accounts import log_in
from tests.app.test_organisations import has_account
from tests.conftest import Browser, Clock

GINA = "gina@river.example"


def who_page(browser: Browser) -> Page:
    return visit(browser, f"{browser.home}/who")


def chosen(browser: Browser, section: str = "policy") -> str:
    return who_page(browser).form("/who").fields[f"section:{section}"]


def offers_to_assign(page: Page) -> bool:
    return any(form.action.endswith("/who") for form in page.forms)


@pytest.fixture
def gina(app: FastAPI, carla: Browser, open_browser: Callable[[], Browser]) -> Browser:
    """A guest who fills in until Christmas."""
    browser = has_account(open_browser, GINA)
    browser.home = carla.home
    let_in(app, carla, guest_of(app, browser), "fill", date(2026, 12, 24))
    return browser


# Assigned


def test_whoever_it_is_for_sees_it_on_the_task_list_and_in_the_section(carla: Browser, dara: Browser) -> None:
    done = assign(carla, policy=DARA, leads=CARLA)
    assert done.headers["location"] == f"{carla.home}/who?saved=yes"
    assert "For you" in visit(dara, dara.home).words
    assert f"For {CARLA}" in visit(dara, dara.home).words
    assert "This section is for you." in visit(dara, f"{dara.home}/sections/policy").words
    assert f"This section is for {DARA}." in tight(visit(carla, f"{carla.home}/sections/policy"))
    assert "This section is for" not in visit(carla, f"{carla.home}/sections/concerns").words


def test_a_contributor_assigns_too_and_takes_it_back(carla: Browser, dara: Browser) -> None:
    assign(dara, policy=CARLA)
    assert "For you" in visit(carla, carla.home).words
    assign(dara, policy="")
    assert "For you" not in visit(carla, carla.home).words


def test_everybody_can_still_answer_what_is_for_somebody_else(carla: Browser, dara: Browser) -> None:
    assign(carla, policy=CARLA)
    assert dara.answer("P1.1", "2").status_code == 200


def test_those_who_write_are_listed_and_no_reader_and_no_sheet(
    carla: Browser, dara: Browser, fay: Browser, gina: Browser
) -> None:
    html = who_page(carla).html
    assert f"{CARLA} (you)" in html
    assert f">{DARA}<" in html
    assert f">{GINA}<" in html
    assert FAY not in html
    offered = who_page(carla).form("/who").offered["section:policy"]
    assert offered is not None
    assert len(offered) == 4


def test_a_guest_who_was_let_in_to_review_is_not_listed(
    app: FastAPI, carla: Browser, dara: Browser, open_browser: Callable[[], Browser]
) -> None:
    let_in(app, carla, guest_of(app, has_account(open_browser, GINA)), "review", date(2026, 12, 24))
    assert GINA not in who_page(carla).html


# Refused


def test_nobody_who_may_not_answer_can_be_named(
    app: FastAPI, carla: Browser, dara: Browser, fay: Browser
) -> None:
    form = who_page(carla).form("/who")
    for whose in (guest_of(app, fay).id, "0" * 32, "nobody"):
        refused = carla.post(form.action, form.fields | {"section:policy": whose})
        assert refused.status_code == 422
        assert "Choose one of the people that are listed here." in words(refused)
    assert chosen(carla) == ""


def test_a_section_that_there_is_not_is_refused(carla: Browser, dara: Browser) -> None:
    page = who_page(carla)
    form = page.form("/who")
    refused = carla.post(form.action, form.fields | {"section:nothing": option(page, DARA)})
    assert refused.status_code == 422


def test_a_guest_sees_who_answers_what_and_assigns_nothing(
    carla: Browser, dara: Browser, gina: Browser
) -> None:
    assign(carla, policy=GINA)
    assert "This section is for you." in visit(gina, f"{gina.home}/sections/policy").words
    page = who_page(gina)
    assert "For you" in page.words
    assert not offers_to_assign(page)
    assert gina.post(f"{gina.home}/who", {"section:policy": ""}).status_code == 404
    assert "For you" in who_page(gina).words


def test_a_reader_sees_who_answers_what_and_assigns_nothing(
    carla: Browser, dara: Browser, fay: Browser
) -> None:
    assign(carla, policy=DARA)
    assert f"For {DARA}" in who_page(fay).words
    assert not offers_to_assign(who_page(fay))
    assert fay.post(f"{fay.home}/who", {"section:policy": ""}).status_code == 404


def test_in_a_closed_round_nothing_is_assigned(app: FastAPI, carla: Browser, dara: Browser) -> None:
    assign(carla, policy=DARA)
    form = who_page(carla).form("/who")
    closes(app, carla)
    assert send(carla, form, {"section:policy": ""}).status_code == 409
    assert f"For {DARA}" in who_page(carla).words
    assert not offers_to_assign(who_page(carla))


# Nobody to assign to


def test_with_a_receipt_alone_the_page_says_kindly_that_there_is_nobody_yet(amina: Browser) -> None:
    page = who_page(amina)
    assert "There is nobody yet to share the sections with" in page.words
    assert f"{amina.home}/sharing" in page.links
    assert not offers_to_assign(page)


def test_somebody_alone_in_an_organisation_is_told_the_same(carla: Browser) -> None:
    assert "There is nobody yet to share the sections with" in who_page(carla).words


def test_a_receipt_assigns_to_a_guest_who_fills_in(
    app: FastAPI, amina: Browser, open_browser: Callable[[], Browser]
) -> None:
    gina = has_account(open_browser, GINA)
    gina.home = amina.home
    let_in(app, amina, guest_of(app, gina), "fill", date(2026, 12, 24))
    assign(amina, policy=GINA)
    assert f"For {GINA}" in visit(amina, amina.home).words
    assert "For you" in visit(gina, gina.home).words


# Two at once, and those who are gone


def test_two_people_who_assign_at_once_see_both_and_lose_neither(carla: Browser, dara: Browser) -> None:
    page = who_page(carla)
    late = page.form("/who")
    assign(dara, policy=DARA, leads=DARA)
    refused = send(carla, late, {"section:policy": option(page, CARLA)})
    assert refused.status_code == 409
    shown = read(refused)
    assert "Somebody else changed this page meanwhile" in shown.words
    assert f"Saved meanwhile: {DARA}." in shown.words
    kept = shown.form("/who")
    assert kept.fields["section:policy"] == option(page, CARLA)
    assert chosen(dara) == option(page, DARA)
    assert send(carla, kept).status_code == 303
    assert chosen(dara) == option(page, CARLA)


def test_the_same_form_twice_is_one_change(carla: Browser, dara: Browser) -> None:
    page = who_page(carla)
    form = page.form("/who")
    for _ in range(2):
        assert send(carla, form, {"section:policy": option(page, DARA)}).status_code == 303
    assert who_page(carla).form("/who").fields["revision"] == "1"


def test_somebody_who_was_taken_out_is_shown_as_gone_and_chosen_anew(
    carla: Browser, dara: Browser, club: str, open_browser: Callable[[], Browser]
) -> None:
    assign(carla, policy=DARA, leads=DARA)
    takes_out(carla, club, DARA)
    assert "For somebody who is no longer here" in visit(carla, carla.home).words
    hugo = has_account(open_browser, "hugo@quay.example")
    joins(hugo, carla, club, "contributor")
    page = who_page(carla)
    assert page.words.count("Whoever it was for is no longer here. Please choose anew.") == 2
    assert DARA not in page.html
    assert send(carla, page.form("/who")).status_code == 303, "what nobody touched stays"
    assign(carla, policy="hugo@quay.example")
    page = who_page(carla)
    assert page.words.count("Whoever it was for is no longer here. Please choose anew.") == 1
    assert "For hugo@quay.example" in visit(carla, carla.home).words


def test_somebody_who_became_a_reader_is_shown_as_gone(
    app: FastAPI, carla: Browser, dara: Browser, club: str
) -> None:
    assign(carla, policy=DARA)
    role = f"{club}/members/{guest_of(app, dara).id}/role"
    assert carla.post(role, {"role": "reader"}).status_code == 303
    assert "For somebody who is no longer here" in visit(carla, carla.home).words


def test_a_guest_whose_last_day_has_passed_is_shown_as_gone(
    carla: Browser, gina: Browser, clock: Clock
) -> None:
    assign(carla, policy=GINA)
    clock.pass_by(timedelta(days=34))
    log_in(carla, email=CARLA)
    assert "For somebody who is no longer here" in visit(carla, carla.home).words


def test_a_guest_who_was_shut_out_is_shown_as_gone(app: FastAPI, carla: Browser, gina: Browser) -> None:
    assign(carla, policy=GINA)
    take_away(carla, guest_of(app, gina))
    assert "For somebody who is no longer here" in visit(carla, carla.home).words


def test_it_stays_when_the_keys_change(carla: Browser, dara: Browser, fay: Browser, club: str) -> None:
    assign(carla, policy=DARA)
    takes_out(carla, club, FAY)
    assert "For you" in visit(dara, dara.home).words
