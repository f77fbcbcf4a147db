"""A talk about culture: no score and no rating, but what to talk about first, and three chosen actions."""

import re

import pytest
from fastapi import FastAPI
from httpx import Response

from tests.app.markup import Page, read, send, visit
from tests.app.questionnaire import bring_in
from tests.conftest import Browser, form_key, found

TALK = "safeguarding-culture-leaders"

# Levels; what is not named is usually true. HR2 and PP2 are major, the others supporting.
SAID: dict[str, dict[str, object]] = {
    "AC1": {"value": 1},
    "AC2": {"value": 0},
    "PP2": {"value": 1},
    "HR1": {"value": 3},
    "HR2": {"value": 0},
    "IS4": {"unknown": True},
    "C5": {"not_applicable": "We never work with the same children twice."},
    "IS7": {},
}


def say(code: str) -> dict[str, object]:
    return SAID.get(code, {"value": 2})


@pytest.fixture
def talking(app: FastAPI, amina: Browser) -> Browser:
    bring_in(amina, app, say, TALK)
    return amina


def report(browser: Browser) -> Page:
    return visit(browser, f"{browser.home}/report")


def choice(browser: Browser) -> Page:
    return visit(browser, f"{browser.home}/plan/choose")


def choose(browser: Browser, *names: str, **typed: str) -> Response:
    """Tick suggestions, and type into fields named as in AC2_2_owner."""
    changes = {f"pick:{name}": "yes" for name in names}
    changes |= {name.replace("__", ":").replace("_", "-"): text for name, text in typed.items()}
    return send(browser, choice(browser).form("/plan/choose"), changes)


def actions(browser: Browser) -> list[str]:
    return re.findall(r'id="action-([\w.-]+)"', browser.get(f"{browser.home}/plan").text)


# The report


def test_it_says_that_there_is_no_pass_mark_and_shows_no_score_rating_or_web(talking: Browser) -> None:
    page = report(talking)
    assert page.heading == "What to talk about"
    assert "There is no pass mark here, and nobody passes or fails." in page.words
    for path in ("", "/report", "/report/workings", "/plan", "/plan/choose", "/answers"):
        shown = visit(talking, talking.home + path)
        words = shown.words.replace("There is no score and no pass mark.", "")
        assert not re.search(r"\b(score|rating|of 100|embedded|gaps?)\b", words, re.IGNORECASE), path
        assert "radar" not in shown.html


def test_what_is_furthest_from_usually_true_comes_first_the_major_before_the_rest(talking: Browser) -> None:
    page = report(talking)
    assert re.findall(r'id="talk-(\w+)"', page.html) == ["HR2", "AC2", "IS4", "PP2", "AC1"]
    assert "These are the furthest from “Usually true”." in page.words


def test_each_comes_with_what_was_said_what_to_discuss_and_why(app: FastAPI, talking: Browser) -> None:
    pinned = app.state.library.offer(TALK)
    page = report(talking)
    for code in ("HR2", "AC2", "PP2"):
        about = pinned.framework.indicators[code]
        card = Page(found(rf'(<article class="gap medium" id="talk-{code}">[\s\S]*?</article>)', page.html))
        level = 1 if code == "PP2" else 0
        assert f"{pinned.framework.levels[level]} . {about.levels[level]}" in card.words
        assert about.statement in card.words
        assert about.why in card.words
        assert pinned.questionnaire.questions[code].help in card.words


def test_what_nobody_knew_is_named(talking: Browser) -> None:
    page = report(talking)
    card = Page(found(r'(<article class="gap medium" id="talk-IS4">[\s\S]*?</article>)', page.html))
    assert "We don’t know . Who would know, and how could you find out?" in card.words
    assert "Of 1 statement you said that you do not know." in page.words


def test_statements_and_themes_stand_from_least_true_to_most(talking: Browser) -> None:
    page = found(
        r'<section class="stack" aria-labelledby="themes">([\s\S]*?)</section>', report(talking).html
    )
    themes = re.findall(r"<h3>([^<]+)</h3>", page)
    # Means of 1, then three of 5/3 in the order of the edition, then four of 2.
    assert themes[:4] == [
        "Accountability",
        "Policies and processes",
        "Recruitment and HR",
        "Sharing information",
    ]
    assert len(themes) == 8
    codes = re.findall(r'class="code">(\w+)<', page)
    assert codes[:3] == ["AC2", "AC1", "AC3"]
    assert codes[3] == "PP2"
    assert codes[6:9] == ["HR2", "HR3", "HR1"]
    assert not {"C5", "IS7"} & set(codes)
    assert len(codes) == 28


def test_what_is_open_and_what_does_not_apply_are_listed_apart(talking: Browser) -> None:
    html = report(talking).html
    still = found(r'<section[^>]*aria-labelledby="open">([\s\S]*?)</section>', html)
    apart = found(r'<section[^>]*aria-labelledby="apart">([\s\S]*?)</section>', html)
    assert re.findall(r'class="code">(\w+)<', still) == ["IS7"]
    assert re.findall(r'class="code">(\w+)<', apart) == ["C5"]


def test_leaders_who_find_all_of_it_true_are_asked_what_would_prove_it(app: FastAPI, amina: Browser) -> None:
    bring_in(amina, app, lambda _code: {"value": 2}, TALK)
    page = report(amina)
    assert "Talk about what would prove it" in page.words
    assert "AC1-3" in " ".join(choice(amina).form("/plan/choose").offered)


def test_how_the_order_was_made_is_shown_statement_by_statement(talking: Browser) -> None:
    page = visit(talking, f"{talking.home}/report/workings")
    assert page.heading == "How this order was made"
    rows = {row[0].split()[0]: row[1:] for row in page.tables["statements-table"][1:]}
    assert rows["AC2"] == ["Accountability", "Rarely true", "2"]
    assert rows["IS4"] == ["Sharing information", "We don’t know", "2"]
    assert rows["HR1"] == ["Recruitment and HR", "Proven", "0"]
    assert len(rows) == 28


def test_the_statements_ask_how_true_they_are(talking: Browser) -> None:
    words = visit(talking, f"{talking.home}/sections/accountability").words
    assert "How true is this of you?" in words
    assert "Where are you today?" not in words


# Three actions


def test_the_next_step_of_the_least_true_is_suggested_first_with_a_role_and_a_day(
    app: FastAPI, talking: Browser
) -> None:
    form = choice(talking).form("/plan/choose")
    suggested = [name.removeprefix("pick:") for name in form.offered if name.startswith("pick:")]
    assert suggested[:5] == ["AC2-2", "HR2-2", "IS4-2", "AC1-2", "PP2-2"]
    assert len(suggested) == 8
    assert form.fields["AC2-2:owner"] == app.state.library.offer(TALK).framework.roles["director"]
    assert form.fields["AC2-2:due"] == "2027-02-19"
    assert not [name for name in form.fields if name.startswith("pick:")]


def test_three_that_are_ticked_become_the_plan_and_stand_in_the_report(
    app: FastAPI, talking: Browser
) -> None:
    form = choice(talking).form("/plan/choose")
    sent = send(
        talking,
        form,
        {
            "pick:AC2-2": "yes",
            "pick:HR2-2": "yes",
            "pick:IS4-2": "yes",
            "HR2-2:owner": "the chair",
            "HR2-2:due": "2027-01-15",
        },
    )
    assert sent.headers["location"] == f"{talking.home}/report#three"
    assert actions(talking) == ["HR2-2", "AC2-2", "IS4-2"]
    page = report(talking)
    three = found(r'<section class="stack" aria-labelledby="three">([\s\S]*?)</section>', page.html)
    assert "What you will do" in three
    assert "the chair" in three
    assert "15 January 2027" in three
    framework = app.state.library.offer(TALK).framework
    for code in ("AC2", "HR2", "IS4"):
        assert framework.indicators[code].actions[0].text in Page(three).words
    assert page.html.index('id="three"') < page.html.index('id="talk"')


def test_one_may_write_ones_own_beside_what_is_suggested(talking: Browser) -> None:
    own = {
        "own-1:text": "Ask the caretaker what he sees.",
        "own-1:owner": "the director",
        "own-1:due": "2027-03-01",
    }
    form = choice(talking).form("/plan/choose")
    assert send(talking, form, own | {"pick:AC2-2": "yes"}).status_code == 303
    assert "Ask the caretaker what he sees." in report(talking).words
    assert len(actions(talking)) == 2


def test_with_one_or_two_chosen_the_report_offers_the_rest_and_three_is_the_end(talking: Browser) -> None:
    choose(talking, "AC2-2")
    assert "Choose 2 more" in report(talking).words
    choose(talking, "HR2-2", "IS4-2")
    assert "more" not in found(
        r'<section class="stack" aria-labelledby="three">([\s\S]*?)</section>', report(talking).html
    ).replace("more true", "")
    assert "Three actions are open already" in choice(talking).words
    assert [form for form in choice(talking).forms if form.action.endswith("/choose")] == []


def test_what_stands_in_the_plan_is_not_suggested_again(talking: Browser) -> None:
    choose(talking, "AC2-2")
    offered = choice(talking).form("/plan/choose").offered
    assert "pick:AC2-2" not in offered
    assert "pick:HR2-2" in offered


def test_an_action_that_was_dropped_makes_room_and_stays_in_the_plan(talking: Browser) -> None:
    choose(talking, "AC2-2", "HR2-2", "IS4-2")
    form = visit(talking, f"{talking.home}/plan/actions/AC2-2").form("/plan/actions/AC2-2")
    send(talking, form, {"status": "dropped", "reason": "The board does this already."})
    assert choose(talking, "AC1-2").status_code == 303
    assert len(actions(talking)) == 4
    assert report(talking).html.count('<article class="action') == 3


REFUSED = {
    "nothing": ({}, "Tick an action, or write one in your own words."),
    "four": (
        {f"pick:{name}": "yes" for name in ("AC2-2", "HR2-2", "IS4-2", "AC1-2")},
        "You have chosen 4. With what is open in your plan, choose 3 at most.",
    ),
    "no owner": ({"pick:AC2-2": "yes", "AC2-2:owner": " "}, "Say who sees that it is done"),
    "no day": ({"pick:AC2-2": "yes", "AC2-2:due": ""}, "Choose the day by which it is done."),
    "no such day": ({"pick:AC2-2": "yes", "AC2-2:due": "soon"}, "Write the date as year, month and day"),
    "own words without words": ({"own-1:owner": "the director"}, "Say what is to be done."),
    "own words too long": (
        {"own-1:text": "x" * 5001, "own-1:owner": "she", "own-1:due": "2027-01-01"},
        "the most is 5,000",
    ),
}


@pytest.mark.parametrize(("changes", "problem"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_taken_is_said_and_nothing_of_it_is_taken(
    talking: Browser, changes: dict[str, str], problem: str
) -> None:
    refused = send(talking, choice(talking).form("/plan/choose"), changes)
    assert refused.status_code == 422
    page = read(refused)
    assert problem in page.words
    assert actions(talking) == []
    again = page.form("/plan/choose")
    for name, typed in changes.items():
        assert again.fields[name] == typed


def test_a_suggestion_that_is_none_any_more_is_refused(talking: Browser) -> None:
    key = form_key(talking.get(f"{talking.home}/plan/choose"))
    for name in ("AC1-3", "nothing", "XX1-2"):
        sent = talking.post(f"{talking.home}/plan/choose", {"form_key": key, f"pick:{name}": "yes"})
        assert sent.status_code == 422
        assert "Something has changed meanwhile." in read(sent).words


def test_a_form_that_is_sent_twice_is_taken_once(talking: Browser) -> None:
    form = choice(talking).form("/plan/choose")
    own = {"own-1:text": "Visit the evening club.", "own-1:owner": "the chair", "own-1:due": "2027-01-01"}
    assert [send(talking, form, own).status_code for _ in range(2)] == [303, 303]
    assert len(actions(talking)) == 1


def test_no_plan_is_drafted_where_people_choose(talking: Browser) -> None:
    assert talking.post(f"{talking.home}/plan").headers["location"] == f"{talking.home}/plan/choose"
    assert actions(talking) == []
    assert "Choose three actions" in visit(talking, f"{talking.home}/plan").words
    choose(talking, "AC2-2")
    assert "Bring it up to date" not in visit(talking, f"{talking.home}/plan").words


def test_where_a_plan_is_drafted_one_does_not_choose(amina: Browser) -> None:
    assert amina.get(f"{amina.home}/plan/choose").status_code == 404
    assert amina.post(f"{amina.home}/plan/choose").status_code == 404


def test_nobody_else_can_look_at_the_choice(talking: Browser, bruno: Browser, stranger: Browser) -> None:
    assert bruno.get(f"{talking.home}/plan/choose").status_code == 404
    assert stranger.get(f"{talking.home}/plan/choose").status_code == 401


def test_what_was_chosen_goes_along_when_the_talk_is_exported(talking: Browser) -> None:
    choose(talking, "AC2-2", "HR2-2")
    exported = talking.get(f"{talking.home}/export.json").json()
    assert [(one["indicator"], one["to"]) for one in exported["plan"]["actions"]] == [("AC2", 2), ("HR2", 2)]


def test_one_does_not_aim_higher_in_a_talk(talking: Browser) -> None:
    assert talking.get(f"{talking.home}/targets").status_code == 404


# Older standards


@pytest.mark.parametrize("questionnaire", ["common-features-full", "ics-style-eleven"])
def test_older_standards_say_on_the_task_list_and_the_report_that_they_were_replaced(
    app: FastAPI, amina: Browser, questionnaire: str
) -> None:
    bring_in(amina, app, lambda _code: {"value": 2, "evidence": 3}, questionnaire)
    historic = app.state.library.offer(questionnaire).framework.historic
    for path in ("", "/report"):
        page = visit(amina, amina.home + path)
        assert "These are older standards" in page.words
        assert historic in page.words
    assert 'class="rating"' in report(amina).html


def test_standards_of_today_say_nothing_of_the_kind(amina: Browser) -> None:
    for path in ("", "/report"):
        assert "These are older standards" not in visit(amina, amina.home + path).words
