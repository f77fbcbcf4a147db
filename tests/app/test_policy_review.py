"""A policy review: what is there, what to add and in which order; no score, no rating, no web."""

import re
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI

from app.reports.policy_review import Review, found_to_be, review
from scoring.answers import Answer
from scoring.assessment import assess
from scoring.attainment import Judged, QuestionTerm
from tests.app.markup import Page, visit
from tests.app.questionnaire import bring_in, save
from tests.conftest import Browser, found

REVIEW = "policy-review-full"
TODAY = date(2026, 11, 21)

# Three critical, two major and two supporting points that are not whole; one that does not apply; one open.
SAID: dict[str, dict[str, Any]] = {
    "PR2": {"value": "no"},
    "PR5": {"value": "partly"},
    "PR1": {"value": "partly"},
    "PR3": {"unknown": True},
    "PR6": {"value": "partly"},
    "PR8": {"value": "no"},
    "PR14": {"unknown": True},
    "PR26": {"not_applicable": "Nobody else works with children for us."},
    "PR30": {},
}
IN_ORDER = ["PR8", "PR14", "PR6", "PR3", "PR1", "PR2", "PR5"]


def say(code: str) -> dict[str, Any]:
    return SAID.get(code, {"value": "yes"})


@pytest.fixture
def reviewed(app: FastAPI, amina: Browser) -> Browser:
    bring_in(amina, app, say, REVIEW)
    return amina


def report(browser: Browser) -> Page:
    return visit(browser, f"{browser.home}/report")


def section(page: Page, name: str) -> Page:
    return Page(found(rf'(<section[^>]*aria-labelledby="{name}">[\s\S]*?</section>)', page.html))


def counts(page: Page) -> dict[str, int]:
    pairs = re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", section(page, "says").html)
    return {words: int(count) for words, count in pairs}


def test_it_leads_with_how_much_is_there_in_part_not_there_and_not_known(reviewed: Browser) -> None:
    page = report(reviewed)
    assert page.heading == "What to add to your policy"
    assert counts(page) == {
        "There": 21,
        "There in part": 3,
        "Not there yet": 2,
        "Nobody knew": 2,
        "Not looked at yet": 1,
    }
    assert "21 of 29 points that apply to you are there." in page.words


def test_what_to_add_stands_in_order_with_why_what_and_who(app: FastAPI, reviewed: Browser) -> None:
    framework = app.state.library.offer(REVIEW).framework
    page = report(reviewed)
    assert re.findall(r'id="add-(\w+)"', page.html) == IN_ORDER
    for code in IN_ORDER:
        about = framework.indicators[code]
        card = Page(found(rf'(<article class="gap \w+" id="add-{code}">[\s\S]*?</article>)', page.html)).words
        assert about.why in card
        assert about.actions[0].text in card
        assert about.actions[0].leaves in card
        assert framework.roles[about.actions[0].owner] in card
        assert ("Look first" in card) == (code in {"PR3", "PR14"})


def test_what_is_there_what_is_open_and_what_does_not_apply_are_listed_apart(reviewed: Browser) -> None:
    page = report(reviewed)
    codes = re.compile(r'class="code">(PR\d+)<')
    there = codes.findall(section(page, "there").html)
    assert len(there) == 21
    assert not set(there) & (set(IN_ORDER) | {"PR26", "PR30"})
    assert codes.findall(section(page, "open").html) == ["PR30"]
    assert codes.findall(section(page, "apart").html) == ["PR26"]


@pytest.mark.parametrize("path", ["/report", "/report/workings", "/plan", "", "/answers"])
def test_no_page_of_a_review_speaks_of_a_score_or_a_rating_or_draws_a_web(
    reviewed: Browser, path: str
) -> None:
    page = visit(reviewed, reviewed.home + path)
    words = page.words.replace("There is no score.", "")
    assert not re.search(r"\b(score|rating|of 100|embedded|gap)\b", words, re.IGNORECASE)
    assert "radar" not in page.html
    assert 'class="score-number"' not in page.html


def test_the_plan_is_drafted_from_the_list_one_step_for_each_point(reviewed: Browser) -> None:
    reviewed.post(f"{reviewed.home}/plan")
    page = visit(reviewed, f"{reviewed.home}/plan")
    assert sorted(re.findall(r'id="action-(PR\d+)-2"', page.html)) == sorted(IN_ORDER)
    assert "step to" not in page.words
    assert "Go to the action plan" in report(reviewed).words


def test_a_policy_that_has_all_is_told_so(app: FastAPI, amina: Browser) -> None:
    bring_in(amina, app, lambda _code: {"value": "yes"}, REVIEW)
    page = report(amina)
    assert "Nothing: every point that applies to you is there." in page.words
    assert counts(page)["There"] == 30


def test_while_points_are_left_nobody_is_told_that_nothing_is_missing(app: FastAPI, amina: Browser) -> None:
    bring_in(amina, app, lambda code: {"value": "yes"} if code == "PR1" else {}, REVIEW)
    assert "Nothing so far: all that you have looked at is there." in report(amina).words


def test_before_the_first_answer_the_review_says_how_to_answer_and_reports_nothing(
    stranger: Browser,
) -> None:
    stranger.start(REVIEW)
    assert "Answer by what is written" in visit(stranger, stranger.home).words
    assert "There is nothing to report yet" in report(stranger).words


@pytest.mark.parametrize(
    ("choice", "state"),
    [("yes", "There"), ("partly", "There in part"), ("no", "Not there yet"), ("-unknown", "Nobody knew")],
)
def test_one_answer_of_any_kind_is_counted(stranger: Browser, choice: str, state: str) -> None:
    stranger.start(REVIEW)
    save(stranger, "basics", {"PR1:choice": choice})
    assert counts(report(stranger))[state] == 1


def test_how_the_list_was_made_is_shown_in_the_lists_own_order(reviewed: Browser) -> None:
    page = visit(reviewed, f"{reviewed.home}/report/workings")
    assert page.heading == "How this list was made"
    rows = page.tables["points-table"][1:]
    assert [row[0].split()[0] for row in rows[:7]] == IN_ORDER
    assert [row[1:] for row in rows[:4]] == [
        ["Critical", "Not there yet"],
        ["Critical", "Nobody knew"],
        ["Critical", "There in part"],
        ["Major", "Nobody knew"],
    ]
    assert len(rows) == 28


def test_one_does_not_aim_higher_in_a_document(reviewed: Browser) -> None:
    assert reviewed.get(f"{reviewed.home}/targets").status_code == 404
    assert reviewed.post(f"{reviewed.home}/targets").status_code == 404
    assert f"{reviewed.home}/targets" not in visit(reviewed, reviewed.home).links


def test_the_questions_ask_what_the_policy_says_and_where_to_look(reviewed: Browser) -> None:
    words = visit(reviewed, f"{reviewed.home}/sections/basics").words
    assert "Is it in your policy?" in words
    assert "Where to look for it, and who to ask" in words
    assert "Where are you today?" not in words


FOUND = {
    "whole": (1.0, 3, False, "there"),
    "two thirds": (2 / 3, 2, False, "there"),
    "in part": (0.5, 1, False, "in_part"),
    "a trace below nine decimals": (1e-12, 0, False, "not_there"),
    "nothing": (0.0, 0, False, "not_there"),
    "not known": (0.0, 0, True, "unknown"),
    "one of two not known": (0.5, 1, True, "unknown"),
    "one of three not known, and still enough": (2 / 3, 2, True, "there"),
}


@pytest.mark.parametrize(("attainment", "level", "unknown", "expected"), FOUND.values(), ids=FOUND)
def test_what_was_found_follows_from_how_far_a_point_is_met(
    attainment: float, level: int, unknown: bool, expected: str
) -> None:
    terms = (QuestionTerm("PR1", 1, "unknown" if unknown else "answered", credit=attainment),)
    judged = Judged("PR1", "major", 2, "answered", terms, attainment=attainment, level=level)
    assert found_to_be(judged) == expected


def test_the_states_together_are_all_that_was_answered(app: FastAPI) -> None:
    pinned = app.state.library.offer(REVIEW)
    asked = [code for code in pinned.questionnaire.questions if say(code) and code != "PR26"]
    answers = {code: Answer(**say(code)) for code in asked}
    made: Review = review(pinned.framework, assess(pinned.framework, pinned.questionnaire, answers, on=TODAY))
    states = [made.with_state(state) for state in made.words]
    assert sum(map(len, states)) == len(made.points) == len(answers)
    assert made.asked == 30
