"""The portfolio: what others have let somebody into, across organisations."""

from collections.abc import Callable
from datetime import date, timedelta

from fastapi import FastAPI
from sqlmodel import select

from app.database import writing
from app.tables import Grant
from tests.app.guests import Guest, let_in, take_away
from tests.app.markup import Page, send, visit
from tests.app.sharing.hosts import sign_in_again
from tests.conftest import Browser, Clock


def portfolio(guest: Guest) -> Page:
    return visit(guest.browser, "/portfolio")


def test_with_nothing_in_it_it_says_how_one_is_let_in(guest: Guest) -> None:
    page = portfolio(guest)
    assert "Nobody has let you in yet" in page.words
    assert "portfolio" not in page.tables
    assert "/portfolio" in visit(guest.browser, "/assessments").links


def test_who_has_a_receipt_is_not_sent_there(amina: Browser) -> None:
    assert "/portfolio" not in visit(amina, "/assessments").links


def test_what_ends_first_stands_first_with_all_that_one_asks(
    app: FastAPI,
    amina: Browser,
    bruno: Browser,
    guest: Guest,
) -> None:
    amina.answer("P1.1", "0")
    amina.answer("P1.2", "3")
    let_in(app, amina, guest, "review", date(2027, 3, 31))
    let_in(app, bruno, guest, "read", date(2027, 1, 31))
    head, first, second = portfolio(guest).tables["portfolio"]
    assert head[:6] == ["Whose", "What", "Access", "Answered", "Rating", "Open criticals"]
    assert head[6:] == ["Next date", "Last changed"]
    assert first[:3] == ["River School", "Quick check", "Look at the report, until 31 January 2027"]
    assert first[4:6] == ["–", "0"]
    assert second[0] == "Harbour Children’s Club"
    assert second[1].startswith("Round of 2026")
    assert second[2] == "Review, until 31 March 2027"
    assert second[3] == "2 of 53"
    assert second[4] == rating_on(visit(guest.browser, f"{amina.home}/report"))
    assert second[5:] == ["1", "31 March 2027: your access ends", "21 November 2026"]


def test_the_next_date_is_that_of_an_action_where_the_plan_is_open(
    app: FastAPI,
    amina: Browser,
    guest: Guest,
    clock: Clock,
) -> None:
    """The first of those that are open, unless access ends before."""
    amina.answer("P1.1", "0")
    let_in(app, amina, guest, "fill", date(2027, 1, 31))
    assert next_date(guest) == "31 January 2027: your access ends"
    for due in ("2027-02-28", "2026-12-24", "2027-01-10"):
        typed = {"text": "Ask", "owner": "the director", "due": due, "effort_days": "1"}
        send(amina, visit(amina, f"{amina.home}/plan/new").form("/plan/new"), typed)
    assert next_date(guest) == "24 December 2026: an action is due"
    clock.pass_by(date(2026, 12, 27) - date(2026, 11, 21))
    sign_in_again(guest, "carla@quay.example", "lantern gravel oboe tide")
    assert next_date(guest) == "24 December 2026: an action was due"


def next_date(guest: Guest) -> str:
    return portfolio(guest).tables["portfolio"][1][6]


def rating_on(report: Page) -> str:
    return report.html.partition('<p class="rating">')[2].partition("<")[0]


def test_each_name_leads_to_what_its_scope_opens(
    app: FastAPI,
    amina: Browser,
    bruno: Browser,
    guest: Guest,
    open_browser: Callable[[], Browser],
) -> None:
    other = open_browser()
    other.start("policy-review-full")
    for host, scope in ((amina, "read"), (bruno, "review"), (other, "fill")):
        let_in(app, host, guest, scope)
    links = [link for link in portfolio(guest).links if link.startswith("/assessments/")]
    assert set(links) == {f"{amina.home}/report", f"{bruno.home}/review", other.home}
    assert {guest.browser.get(link).status_code for link in links} == {200}


def test_a_kind_without_scores_has_no_figures(app: FastAPI, stranger: Browser, guest: Guest) -> None:
    stranger.start("policy-review-full", organisation="River School")
    let_in(app, stranger, guest, "read")
    assert portfolio(guest).tables["portfolio"][1][4:6] == ["–", "–"]


def test_what_others_share_is_not_among_ones_own(app: FastAPI, amina: Browser, guest: Guest) -> None:
    let_in(app, amina, guest, "fill")
    assert "Harbour" not in visit(guest.browser, "/assessments").words
    form = visit(guest.browser, "/start").form("/start")
    send(guest.browser, form, {"questionnaire": "ics-style-quick", "organisation": "Quay Consulting"})
    assert "Quay Consulting" not in portfolio(guest).words
    assert "Quay Consulting" in visit(guest.browser, "/assessments").words


def test_what_was_taken_away_or_has_ended_is_gone(
    app: FastAPI,
    amina: Browser,
    bruno: Browser,
    guest: Guest,
    clock: Clock,
) -> None:
    let_in(app, amina, guest)
    let_in(app, bruno, guest, "read", date(2026, 11, 22))
    take_away(amina, guest)
    assert "Harbour" not in portfolio(guest).words
    assert "River School" in portfolio(guest).words
    clock.pass_by(timedelta(days=2))
    sign_in_again(guest, "carla@quay.example", "lantern gravel oboe tide")
    assert "Nobody has let you in yet" in portfolio(guest).words


def test_one_that_was_altered_is_counted_and_the_others_stay(
    app: FastAPI,
    amina: Browser,
    bruno: Browser,
    guest: Guest,
) -> None:
    let_in(app, amina, guest)
    let_in(app, bruno, guest, "read")
    with writing(app.state.engine) as session:
        for grant in session.exec(select(Grant).where(Grant.holder_id == guest.id, Grant.scope == "read")):
            grant.scope = "fill"
        session.commit()
    page = portfolio(guest)
    assert "1 assessment does not open" in page.words
    assert "Harbour" in page.words


def test_it_is_for_who_is_signed_in(stranger: Browser) -> None:
    assert stranger.get("/portfolio").status_code == 401
