"""The way in: what anybody can read, and beginning an assessment."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import unescape

import pytest
from fastapi import FastAPI
from httpx import Response
from sqlmodel import SQLModel, func, select

from app.database import Session
from app.services.packs import Library, Pinned
from app.tables import Assessment, Holder
from tests.app.markup import Page, read, send, visit
from tests.conftest import Browser, form_key


@pytest.fixture
def database(app: FastAPI, stranger: Browser) -> Iterator[Session]:
    with Session(app.state.engine) as session:
        yield session


def count(database: Session, table: type[SQLModel]) -> int:
    database.rollback()
    return database.scalar(select(func.count()).select_from(table)) or 0


def begin(browser: Browser, key: str, **fields: str) -> Response:
    return browser.post("/start", {"questionnaire": "ics-style-full", "form_key": key} | fields)


# What anybody can read


def test_the_first_page_says_what_it_is_how_long_it_takes_and_what_it_is_not_for(stranger: Browser) -> None:
    page = visit(stranger, "/")
    assert page.heading == "See where your organisation stands on keeping children safe"
    for words in (
        "About 10 minutes",
        "About 120 minutes",
        "cannot read them",
        "somebody who controls the running server could see what you open meanwhile",
        "If you lose it, nobody can bring your answers back",
        "This is not the place to report a concern",
        "If a child is in danger, call your local emergency number",
    ):
        assert words in page.words
    assert {"/start", "/return", "/confidentiality", "/help"} <= set(page.links)


@pytest.mark.parametrize("word", ["zero-knowledge", "end-to-end", "zero knowledge", "end to end"])
def test_nothing_claims_more_than_is_true(stranger: Browser, word: str) -> None:
    for path in ("/", "/confidentiality", "/start"):
        assert word not in visit(stranger, path).words.lower()


@pytest.mark.parametrize(
    "path", ["/", "/start", "/return", "/confidentiality", "/help", "/import", "/nowhere"]
)
def test_every_page_says_where_to_turn_when_a_child_is_in_danger(stranger: Browser, path: str) -> None:
    page = read(stranger.get(path))
    assert "This is not a place to report a concern." in page.words
    assert "/help" in page.links


def test_no_page_offers_to_log_out_to_somebody_who_is_not_signed_in(stranger: Browser) -> None:
    for path in ("/", "/start", "/return", "/confidentiality", "/help", "/import"):
        assert [form.action for form in visit(stranger, path).forms if form.action == "/log-out"] == []


def test_every_page_offers_to_log_out_to_somebody_who_is(amina: Browser) -> None:
    for path in ("/", "/start", "/confidentiality", "/help", "/import", "/assessments", amina.home):
        assert visit(amina, path).form("/log-out").method == "post"


# Beginning


def legends(page: Page) -> list[str]:
    return [unescape(one) for one in re.findall(r"<legend[^>]*>([^<]+)</legend>", page.html)]


def test_all_that_is_installed_is_offered_by_what_it_is_for_with_its_time_questions_and_end(
    stranger: Browser,
) -> None:
    page = visit(stranger, "/start")
    assert legends(page) == [
        "Check how you keep children safe",
        "Talk about your culture",
        "Review your policy",
        "Older standards, to compare",
    ]
    assert page.form("/start").offered["questionnaire"] == [
        "ics-style-quick",
        "ics-style-full",
        "safeguarding-culture-leaders",
        "policy-review-full",
        "ics-style-eleven",
        "common-features-full",
    ]
    for words in (
        "About 10 minutes, 24 questions. You get a first answer, and what to do first.",
        "About 120 minutes, 53 questions. You get a rating, your gaps with the most pressing first",
        "About 25 minutes, 30 questions. You get what to talk about first, and three actions",
        "About 30 minutes, 30 questions. You get a list of what to add to your policy",
    ):
        assert words in page.words


@pytest.mark.parametrize(
    ("link", "chosen"),
    [
        ("/start", "ics-style-quick"),
        ("/start?questionnaire=policy-review-full", "policy-review-full"),
        ("/start?questionnaire=ics-style-eleven", "ics-style-eleven"),
        ("/start?questionnaire=nothing-here", "ics-style-quick"),
    ],
)
def test_the_quick_check_is_chosen_unless_the_link_asks_for_another(
    stranger: Browser, link: str, chosen: str
) -> None:
    assert visit(stranger, link).form("/start").fields["questionnaire"] == chosen


def test_older_standards_are_folded_unless_the_link_asks_for_one(stranger: Browser) -> None:
    assert "<details>" in visit(stranger, "/start").html
    assert "<details open>" in visit(stranger, "/start?questionnaire=ics-style-eleven").html


def test_twenty_packs_of_ones_own_are_offered_each_in_its_group(app: FastAPI, stranger: Browser) -> None:
    own = [copied(app, "ics-style-full", f"own-{number}", minutes=number) for number in range(1, 21)]
    app.state.library = Library([*app.state.library.offered.values(), *own])
    page = visit(stranger, "/start")
    offered = page.form("/start").offered["questionnaire"] or []
    own_and_quick = [f"own-{number}" for number in range(1, 11)] + ["ics-style-quick"]
    assert offered[:11] == own_and_quick
    assert offered[20:22] == ["own-20", "ics-style-full"]
    assert legends(page)[0] == "Check how you keep children safe"
    assert len(offered) == 26
    home = visit(stranger, "/")
    assert "19 more" in home.words


def copied(app: FastAPI, name: str, id_: str, minutes: int) -> Pinned:
    """A questionnaire of somebody's own: another under a name of its own, and as long as they say."""
    pinned: Pinned = app.state.library.offer(name)
    own = pinned.questionnaire.model_copy(update={"id": id_, "minutes": minutes, "title": f"Our own {id_}"})
    return replace(pinned, questionnaire=own)


def test_with_nothing_installed_that_can_be_offered_the_page_still_opens(
    app: FastAPI, stranger: Browser
) -> None:
    app.state.library = Library([])
    assert visit(stranger, "/start").heading == "How do you want to begin?"
    assert visit(stranger, "/").heading.startswith("See where")


def test_before_the_first_answer_it_is_said_that_a_receipt_comes_next(stranger: Browser) -> None:
    assert "Next, you get a receipt. It is the only key to your answers" in visit(stranger, "/start").words


def test_a_name_is_optional(stranger: Browser) -> None:
    form = visit(stranger, "/start").form("/start")
    assert send(stranger, form, {"questionnaire": "ics-style-full"}).headers["location"] == "/receipt"


def test_whoever_chooses_nothing_is_asked_to_and_keeps_what_was_typed(
    stranger: Browser, database: Session
) -> None:
    key = form_key(stranger.get("/start"))
    refused = stranger.post("/start", {"form_key": key, "organisation": "Harbour Club"})
    assert refused.status_code == 422
    assert "Choose how you want to begin." in read(refused).words
    assert read(refused).form("/start").fields["organisation"] == "Harbour Club"
    assert "set-cookie" not in refused.headers
    assert count(database, Holder) == 0


def test_a_questionnaire_that_is_not_offered_cannot_be_begun(stranger: Browser, database: Session) -> None:
    assert begin(stranger, "a form", questionnaire="ics-style-other").status_code == 422
    assert count(database, Assessment) == 0


@pytest.mark.parametrize("field", ["organisation", "title"])
def test_a_name_may_have_200_characters_and_what_is_longer_is_kept_to_be_shortened(
    stranger: Browser, field: str
) -> None:
    assert begin(stranger, "a form", **{field: "ä" * 200}).status_code == 303
    refused = begin(stranger, "another form", **{field: "ä" * 201})
    assert refused.status_code == 422
    assert "This text has 201 characters; the most is 200." in read(refused).words
    assert read(refused).form("/start").fields[field] == "ä" * 201


def test_whoever_has_a_receipt_gets_no_second_one(amina: Browser, database: Session) -> None:
    begun = begin(amina, form_key(amina.get("/start")))
    assert begun.headers["location"] not in {"/receipt", amina.home}
    assert count(database, Holder) == 1
    assert count(database, Assessment) == 2


# Twice


def test_a_start_that_is_clicked_twice_gives_one_receipt(
    open_browser: Callable[[], Browser], database: Session
) -> None:
    first, second = open_browser(), open_browser()
    key = form_key(first.get("/start"))
    with ThreadPoolExecutor() as clicks:
        replies = list(clicks.map(lambda browser: begin(browser, key), [first, second]))
    assert [reply.headers["location"] for reply in replies] == ["/receipt", "/receipt"]
    # Whichever reply the browser takes, it is the same receipt.
    assert first.client.cookies["plumbline"] == second.client.cookies["plumbline"]
    assert (count(database, Holder), count(database, Assessment)) == (1, 1)


def test_two_people_who_start_at_once_get_a_receipt_each(
    open_browser: Callable[[], Browser], database: Session
) -> None:
    people = [open_browser() for _ in range(4)]
    with ThreadPoolExecutor() as at_once:
        list(at_once.map(lambda one: begin(one, form_key(one.get("/start"))), people))
    receipts = {one.get("/receipt").text for one in people}
    assert len(receipts) == 4
    assert (count(database, Holder), count(database, Assessment)) == (4, 4)


def test_a_start_that_is_sent_again_later_begins_nothing_new(amina: Browser, database: Session) -> None:
    key = form_key(amina.get("/start"))
    homes = {begin(amina, key, title="Second").headers["location"] for _ in range(3)}
    assert len(homes) == 1
    assert count(database, Assessment) == 2


def test_going_back_and_choosing_otherwise_begins_what_was_chosen(amina: Browser) -> None:
    key = form_key(amina.get("/start"))
    begin(amina, key, questionnaire="ics-style-full")
    chosen = begin(amina, key, questionnaire="ics-style-quick").headers["location"]
    assert visit(amina, chosen).heading == "Quick check"


def test_nothing_begins_for_a_holder_whose_public_key_was_replaced(
    amina: Browser, bruno: Browser, database: Session
) -> None:
    holders = database.exec(select(Holder)).all()
    for holder, other in zip(holders, [one.public_key for one in reversed(holders)], strict=True):
        holder.public_key = other
    database.commit()
    before = count(database, Assessment)
    reply = begin(amina, "another")
    assert (reply.status_code, count(database, Assessment)) == (500, before)
    assert "does not open" in reply.text
