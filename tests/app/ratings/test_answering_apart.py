"""A rater's sheet: reached with a link and a code, answered alone, handed in once."""

from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from httpx import Response

from app.vault.receipts import new_receipt
from tests.app.markup import read, send, visit
from tests.app.questionnaire import save
from tests.app.ratings.rating import (
    answer,
    ask,
    ask_by_code,
    end,
    hand_in,
    levels,
    link_on,
    opens,
    rating_page,
    type_code,
    words,
)
from tests.conftest import Browser, found


def test_a_rater_comes_with_link_and_code_and_sees_only_the_sheet(amina: Browser, deputy: Browser) -> None:
    page = visit(deputy, deputy.home)
    assert "This sheet is for: Deputy head" in page.words
    assert "Harbour Youth Club asked you to answer these questions alone" in page.words
    assert "0 of 10 answered" in page.words, "what Amina has answered is not here"
    assert deputy.get(amina.home).status_code == 404
    listed = visit(deputy, "/assessments")
    assert "You were asked to answer apart" in listed.words
    assert deputy.home in listed.links
    assert amina.home not in listed.links
    assert "/start" not in listed.links


def test_the_code_is_shown_once_and_stands_in_no_address(amina: Browser, deputy: Browser) -> None:
    for path in ("", "/rating", "/rating/end", "/sharing"):
        assert deputy.receipt not in amina.get(amina.home + path).text
    link = found(r">http://localhost(/ratings/[0-9a-f]+)<", amina.get(f"{amina.home}/rating").text)
    assert link.rpartition("/")[2] == deputy.home.rpartition("/")[2]


def test_the_raters_answers_are_theirs_and_the_assessments_stay_as_they_were(
    amina: Browser, deputy: Browser
) -> None:
    answer(deputy, levels(B1="3"))
    assert visit(deputy, f"{deputy.home}/sections/before").form("/before").fields["B1:choice"] == "3"
    assert visit(amina, f"{amina.home}/sections/before").form("/before").fields["B1:choice"] == "0"


def test_htmx_saves_one_answer_of_a_sheet(deputy: Browser) -> None:
    assert deputy.answer("B1", "2", note="Seen it").status_code == 200
    assert "Seen it" in visit(deputy, f"{deputy.home}/answers").words


def test_a_rater_is_asked_what_the_profile_leaves(open_browser: Callable[[], Browser]) -> None:
    """The full questionnaire leaves out what cannot apply; the rater cannot change that."""
    owner = open_browser()
    owner.start("ics-style-full")
    form = visit(owner, f"{owner.home}/profile").form("/profile")
    send(owner, form, {"fact:online": "none"})
    rater = opens(open_browser(), *ask_by_code(owner, "Deputy head"))
    asked = [found(r"of (\d+) answered", visit(one, one.home).words) for one in (owner, rater)]
    assert asked[0] == asked[1]
    assert rater.get(f"{rater.home}/profile").status_code == 404


def test_handing_in_asks_first_and_is_done_once(deputy: Browser) -> None:
    answer(deputy, levels(B1="3"))
    page = visit(deputy, f"{deputy.home}/hand-in")
    assert "You answered 1 of 10 questions." in page.words
    first, second = (send(deputy, page.form("/hand-in")) for _ in range(2))
    assert first.headers["location"] == second.headers["location"] == deputy.home
    shown = visit(deputy, deputy.home)
    assert "You handed this in on 21 November 2026." in shown.words
    assert deputy.get(f"{deputy.home}/hand-in").headers["location"] == deputy.home
    assert not [form for form in shown.forms if form.action != "/log-out"]


def test_with_nothing_answered_there_is_nothing_to_hand_in(deputy: Browser) -> None:
    refused = deputy.post(f"{deputy.home}/hand-in")
    assert refused.status_code == 422
    assert "There is nothing to hand in yet" in words(refused)


def test_what_is_saved_after_handing_in_is_not_taken_and_comes_back(deputy: Browser) -> None:
    answer(deputy, levels(B1="3"))
    form = visit(deputy, f"{deputy.home}/sections/before").form("/before")
    hand_in(deputy)
    late = send(deputy, form, {"B1:choice": "0", "B1:note": "Thought better of it"})
    assert late.status_code == 409
    assert "You handed this in on 21 November 2026." in words(late)
    assert "Thought better of it" in words(late)
    one = deputy.answer("B1", "0", made_on=1, note="Thought better of it")
    assert one.status_code == 409
    assert "Thought better of it" not in visit(deputy, f"{deputy.home}/answers").words


def test_what_is_saved_after_the_end_is_not_taken_and_says_why(
    amina: Browser, deputy: Browser, trainer: Browser
) -> None:
    answer(trainer, levels(B1="1"))
    form = visit(trainer, f"{trainer.home}/sections/before").form("/before")
    answer(deputy, levels(B1="3"))
    hand_in(deputy)
    end(amina)
    late = send(trainer, form, {"B1:choice": "0", "B1:note": "Too late"})
    assert late.status_code == 409
    assert "The organisation has ended this rating on 21 November 2026" in words(late)
    assert "nothing was saved" in words(late)
    assert "Too late" in words(late)
    assert trainer.post(f"{trainer.home}/hand-in").status_code == 409
    assert "So it does not count, and nobody but you can read it." in visit(trainer, trainer.home).words
    kept = visit(trainer, f"{trainer.home}/sections/before").form("/before").fields
    assert kept["B1:choice"] == "1", "they can still read it"


# Without the code


@pytest.fixture
def link(deputy: Browser) -> str:
    return f"/ratings/{deputy.home.rpartition('/')[2]}"


def without_links(response: Response) -> tuple[int, str]:
    """A page but for the address that it was asked by."""
    return response.status_code, response.text.replace(str(response.url.path), "")


def test_without_the_code_a_link_says_nothing_not_even_whether_there_is_anything(
    link: str, stranger: Browser, amina: Browser
) -> None:
    unknown = f"/ratings/{'0' * 32}"
    for who in (stranger, amina):
        assert without_links(who.get(link)) == without_links(who.get(unknown))
        assert "Harbour" not in words(who.get(link)).replace("Harbour Youth Club is signed in", "")
        assert "Deputy" not in words(who.get(link))
    wrong = {"receipt": new_receipt().code}
    assert without_links(stranger.post(link, wrong))[0] == 401
    assert without_links(stranger.post(link, wrong)) == without_links(stranger.post(unknown, wrong))


@pytest.mark.parametrize(
    ("typed", "told"),
    [("", "28 letters and digits"), ("U" * 28, "never the letter U"), ("0" * 27 + "1", "mistyped")],
)
def test_a_mistyped_code_is_said_to_be_so_and_is_no_guess(
    link: str, stranger: Browser, deputy: Browser, typed: str, told: str
) -> None:
    refused = stranger.post(link, {"receipt": typed})
    assert {stranger.post(link, {"receipt": typed}).status_code for _ in range(12)} == {422}
    assert told in words(refused)
    assert read(refused).form(link).fields["receipt"] == typed
    assert type_code(stranger, link, deputy.receipt.lower().replace("-", " ")).status_code == 303


def test_a_code_of_something_else_opens_nothing_here(
    link: str, stranger: Browser, amina: Browser, trainer: Browser
) -> None:
    for code in (amina.receipt, trainer.receipt):
        assert type_code(stranger, link, code).status_code == 401
    assert stranger.get("/assessments").status_code == 401, "and signs nobody in"


def test_many_wrong_codes_make_one_wait_even_for_the_right_one(
    link: str, stranger: Browser, deputy: Browser
) -> None:
    for _ in range(10):
        type_code(stranger, link, new_receipt().code)
    refused = type_code(stranger, link, deputy.receipt)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")


def test_on_a_shared_device_the_code_ends_somebody_elses_session(
    link: str, bruno_here: Browser, deputy: Browser
) -> None:
    before = bruno_here.client.cookies["plumbline"]
    page = visit(bruno_here, link)
    assert "Somebody is signed in on this device." in page.words
    home = bruno_here.home
    assert type_code(bruno_here, link, deputy.receipt).status_code == 303
    assert bruno_here.get(home).status_code == 404
    assert bruno_here.client.cookies["plumbline"] != before
    assert visit(bruno_here, link.replace("/ratings", "/assessments")).words


@pytest.fixture
def bruno_here(open_browser: Callable[[], Browser]) -> Browser:
    browser = open_browser()
    browser.start("club-night-full")
    return browser


def test_the_link_leads_straight_on_for_whoever_is_signed_in_with_the_right_key(
    link: str, deputy: Browser
) -> None:
    assert deputy.get(link).headers["location"] == deputy.home


def test_the_code_opens_the_sheet_at_the_usual_place_too(deputy: Browser, stranger: Browser) -> None:
    assert stranger.come_back(deputy.receipt).status_code == 303
    assert deputy.home in visit(stranger, "/assessments").links


# Two with one code


def test_two_people_with_one_code_work_on_one_sheet_and_neither_loses_a_word(
    deputy: Browser, link: str, open_browser: Callable[[], Browser]
) -> None:
    other = opens(open_browser(), link, deputy.receipt)
    form = visit(other, f"{other.home}/sections/before").form("/before")
    answer(deputy, levels(B1="3") | {"B1:note": "From the first"})
    conflict = send(other, form, {"B1:choice": "1", "B1:note": "From the second", "B2:choice": "2"})
    assert conflict.status_code == 409
    assert "From the first" in words(conflict)
    assert read(conflict).form("/before").fields["B1:note"] == "From the second"
    assert visit(deputy, f"{deputy.home}/sections/before").form("/before").fields["B2:choice"] == "2"
    assert save(other, "before", {"B1:note": "Both of us"}).status_code == 303
    assert "Both of us" in visit(deputy, f"{deputy.home}/answers").words


# Everything else is not there

HERS = {
    "",
    "/sections/{section_id}",
    "/answers/{question_id}",
    "/answers",
    "/hand-in",
}
"""What there is of a sheet: its home, its questions, and handing it in."""

PARTS = {"section_id": "before", "question_id": "B1", "edition": "1", "framework": "club-night"}


def addresses(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every method and address of the application below an assessment, without the assessment."""
    for route in iter_route_contexts(app.routes):
        below, path = "/assessments/{assessment_id}", str(route.path)
        for method in route.methods or () if path.startswith(below) else ():
            yield method, path.removeprefix(below)


def asked(browser: Browser, home: str, method: str, path: str) -> int:
    """What an address says, with what might be sent to it."""
    known = defaultdict(lambda: "0" * 32, PARTS)
    fields = {"word": "DELETE", "tag": "Mine", "text": "Mine", "B1:choice": "1", "B1:why": "Mine"}
    address = home + path.format_map(known)
    if method == "POST":
        return browser.post(address, fields | {"B1:revision": "0"}).status_code
    return browser.get(address).status_code


def test_of_a_sheet_there_are_the_questions_and_nothing_else(app: FastAPI, deputy: Browser) -> None:
    answer(deputy, levels(B1="3"))
    others = [(method, path) for method, path in addresses(app) if path not in HERS]
    assert len(others) > 40
    seen = {(method, path): asked(deputy, deputy.home, method, path) for method, path in others}
    assert {one: status for one, status in seen.items() if status != 404} == {}
    assert {path for _method, path in addresses(app)} >= HERS
    assert visit(deputy, deputy.home).words


def test_a_rater_finds_nothing_of_the_assessment_itself(
    app: FastAPI, amina: Browser, deputy: Browser
) -> None:
    seen = {one: asked(deputy, amina.home, *one) for one in addresses(app)}
    assert {one: status for one, status in seen.items() if status != 404} == {}


def test_one_raters_sheet_is_not_there_for_another(deputy: Browser, trainer: Browser) -> None:
    for path in ("", "/sections/before", "/answers", "/hand-in"):
        assert trainer.get(deputy.home + path).status_code == 404
    assert (
        trainer.post(f"{deputy.home}/answers/B1", {"B1:choice": "1", "B1:revision": "0"}).status_code == 404
    )
    assert trainer.post(f"{deputy.home}/hand-in").status_code == 404


# Asking


def test_the_page_says_who_is_asked_and_who_has_handed_in(
    amina: Browser, deputy: Browser, trainer: Browser
) -> None:
    answer(deputy, levels(B1="3"))
    hand_in(deputy)
    page = rating_page(amina)
    assert "2 people are asked" in page.words
    assert "Deputy head Handed in on 21 November 2026." in page.words
    assert "Trainer Asked on 21 November 2026. Not handed in yet." in page.words
    assert "1 of 2 have handed in." in visit(amina, amina.home).words


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        (" ", "Write who this sheet is for"),
        ("x" * 61, "This text has 61 characters; the most is 60."),
        ("deputy  HEAD", "Somebody has this name tag already."),
    ],
)
def test_a_name_tag_is_needed_fits_and_is_nobody_elses(
    amina: Browser, deputy: Browser, tag: str, told: str
) -> None:
    refused = ask(amina, tag)
    assert refused.status_code == 422
    assert told in words(refused)
    assert read(refused).form("/rating").fields["tag"] == tag
    assert "1 person is asked" in rating_page(amina).words


def test_twenty_can_be_asked_and_no_more(amina: Browser) -> None:
    path = f"{amina.home}/rating"
    for number in range(20):
        assert amina.post(path, {"tag": f"Number {number}"}).status_code == 200
    assert not [form for form in rating_page(amina).forms if form.action == path]
    refused = amina.post(path, {"tag": "One too many"})
    assert refused.status_code == 422
    assert "At most 20 people can be asked." in words(refused)


def test_a_link_is_made_with_every_code(amina: Browser) -> None:
    assert link_on(ask(amina, "Deputy head").text) != link_on(ask(amina, "Trainer").text)
