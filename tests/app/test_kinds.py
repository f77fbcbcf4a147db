"""Every kind of question: its card, what it takes, what it refuses in words, where an answer goes on to."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from httpx import Response

from app.services.said import Said, entry_of, opened, parts_of
from app.settings import Settings
from questionnaires.models import TextQuestion
from scoring.answers import Answer
from tests.app.kinds import SECTION, packs_in
from tests.app.markup import Page, read, send, visit
from tests.app.questionnaire import progress, save
from tests.app.test_saving import save_in, tab
from tests.app.test_sections import question
from tests.conftest import Browser, Clock, form_key


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", packs=packs_in(tmp_path / "packs"))


@pytest.fixture
def amina(stranger: Browser) -> Browser:
    """Amina with a questionnaire that has a question of every kind."""
    stranger.start("sample-kinds", organisation="Harbour Children’s Club")
    return stranger


def page_of(browser: Browser) -> Page:
    return visit(browser, browser.home + SECTION)


def exported(browser: Browser) -> dict[str, Any]:
    file: dict[str, Any] = json.loads(browser.get(f"{browser.home}/export.json").text)
    return file


def stored(browser: Browser, code: str) -> Any:
    """The value of an answer, as an export holds it."""
    return exported(browser).get("answers", {}).get(code, {}).get("value")


# The cards


def test_a_checklist_offers_each_box_and_says_quietly_which_are_essential(amina: Browser) -> None:
    page = page_of(amina)
    offered = page.form(SECTION).offered
    assert [name for name in offered if name.startswith("K3:box:")] == [
        "K3:box:date",
        "K3:box:signature",
        "K3:box:review",
    ]
    words = question(page, "K3").words
    assert "A date on which it comes into force Essential" in words
    assert words.count("Essential") == 1
    assert "While an essential one is open, all of it together counts 33 % at most." in words
    assert "None of these" in words


def test_a_percentage_says_its_unit_and_what_counts(amina: Browser) -> None:
    words = question(page_of(amina), "K4").words
    assert "How many percent?" in words
    assert "From 90 % on it counts in full, at 50 % or less not at all, between in proportion." in words


def test_a_date_is_asked_for_in_three_parts_of_which_the_day_can_be_left_out(amina: Browser) -> None:
    page = page_of(amina)
    offered = page.form(SECTION).offered
    assert offered["K5:month"] == ["", *map(str, range(1, 13))]
    assert offered["K5:day"] is None
    assert offered["K5:year"] is None
    words = question(page, "K5").words
    assert "If you know only the month, leave the day out" in words
    assert "Up to 12 months ago counts in full, longer ago half, and 24 months or more not at all." in words


def test_a_question_without_an_indicator_is_called_by_what_it_asks(amina: Browser) -> None:
    for page in (page_of(amina), visit(amina, f"{amina.home}/answers")):
        assert "K7 What are you proud of?" in page.words
    card = question(page_of(amina), "K7").words
    assert card.count("What are you proud of?") == 1
    assert "Why this matters" not in card
    assert "How sure can others be?" not in card
    assert "Please name no child." in card
    assert "Up to 5,000 characters" in card


APART = {
    "K1": {"-unknown"},
    "K2": {"-unknown"},
    "K3": {"none", "unknown"},
    "K4": {"unknown", "not_applicable"},
    "K5": {"unknown"},
    "K6": set(),
    "K7": set(),
}


def test_what_stands_apart_is_offered_where_it_is_scored_or_allowed(amina: Browser) -> None:
    offered = page_of(amina).form(SECTION).offered
    for code, apart in APART.items():
        ticks = {name for name in ("none", "unknown", "not_applicable") if f"{code}:{name}" in offered}
        choices = {value for value in offered.get(f"{code}:choice") or [] if value.startswith("-")}
        assert ticks | choices == apart, code
        assert (f"{code}:evidence" in offered) == (code not in {"K6", "K7"})
        assert f"{code}:note" in offered


# What is taken in

PROUD = "Our choir\n\nof <40> & more – ‎مرحبا"
TAKEN: dict[str, tuple[str, dict[str, str], Any, str]] = {
    "boxes": ("K3", {"box:review": "yes", "box:date": "yes"}, ["date", "review"], "2 of 3"),
    "none of the boxes": ("K3", {"none": "yes"}, [], "None of these"),
    "whole percent": ("K4", {"value": "85"}, 85, "85 %"),
    "no percent": ("K4", {"value": "0"}, 0, "0 %"),
    "all percent, with its sign": ("K4", {"value": " 100 % "}, 100, "100 %"),
    "half a percent": ("K4", {"value": "62.5"}, 62.5, "62.5 %"),
    "with a comma": ("K4", {"value": "62,25"}, 62.25, "62.25 %"),
    "in Arabic figures": ("K4", {"value": "\u0668\u0665\u066b\u0665\u066a"}, 85.5, "85.5 %"),
    "a day": ("K5", {"day": "3", "month": "2", "year": "2026"}, "2026-02-03", "3 February 2026"),
    "today": ("K5", {"day": "21", "month": "11", "year": "2026"}, "2026-11-21", "21 November 2026"),
    "a month": ("K5", {"month": "2", "year": "2026"}, "2026-02-01", "1 February 2026"),
    "a leap day": ("K5", {"day": "29", "month": "2", "year": "2024"}, "2024-02-29", "29 February 2024"),
    "a number": ("K6", {"value": "1200"}, 1200, "1200"),
    "less than nothing": ("K6", {"value": "\u22127,5"}, -7.5, "-7.5"),
    "words": ("K7", {"value": f" {PROUD}\n"}, PROUD, "Our choir of <40> & more"),
    "the longest words": ("K7", {"value": "🦉" * 5000}, "🦉" * 5000, "🦉🦉"),
}  # fmt: skip


@pytest.mark.parametrize(("code", "said", "value", "words"), TAKEN.values(), ids=TAKEN)
def test_an_answer_of_each_kind_is_saved_shown_again_and_read_in_words(
    amina: Browser, code: str, said: dict[str, str], value: Any, words: str
) -> None:
    assert save(amina, "kinds", {f"{code}:{name}": typed for name, typed in said.items()}).status_code == 303
    assert stored(amina, code) == value
    assert progress(amina)[0] == 1
    assert words in visit(amina, f"{amina.home}/answers").words
    # What the page shows is the very same answer: saving it again changes nothing.
    assert send(amina, page_of(amina).form(SECTION)).status_code == 303
    assert stored(amina, code) == value
    assert "earlier" not in exported(amina)


@pytest.mark.parametrize(("code", "said", "value", "words"), TAKEN.values(), ids=TAKEN)
def test_an_answer_of_each_kind_is_saved_one_by_one_too(
    amina: Browser, code: str, said: dict[str, str], value: Any, words: str
) -> None:
    saved = save_in(amina, tab(amina, SECTION), code, **said)
    assert saved.status_code == 200
    assert f'name="{code}:revision" value="1"' in saved.text
    assert "1 of 7 answered" in read(saved).words
    assert stored(amina, code) == value
    # A hidden word that comes back to be sent again is no second answer.
    assert save_in(amina, tab(amina, SECTION), code).status_code == 200
    assert "earlier" not in exported(amina)
    assert words in visit(amina, f"{amina.home}/answers").words


@pytest.mark.parametrize("code", ["K3", "K4", "K5"])
def test_we_dont_know_can_be_said_to_each_kind_that_is_scored(amina: Browser, code: str) -> None:
    assert save(amina, "kinds", {f"{code}:unknown": "yes"}).status_code == 303
    assert exported(amina)["answers"] == {code: {"unknown": True}}
    assert page_of(amina).form(SECTION).fields[f"{code}:unknown"] == "yes"
    assert "We don’t know" in visit(amina, f"{amina.home}/answers").words


def test_a_percentage_that_does_not_apply_asks_why(amina: Browser) -> None:
    refused = save(amina, "kinds", {"K4:not_applicable": "yes"})
    assert refused.status_code == 422
    assert "K4: Say in a sentence why this does not apply to you." in read(refused).words
    assert save(amina, "kinds", {"K4:not_applicable": "yes", "K4:reason": "Nobody is"}).status_code == 303
    assert exported(amina)["answers"] == {"K4": {"not_applicable": "Nobody is"}}


def test_an_answer_of_each_kind_can_be_taken_back(amina: Browser) -> None:
    for code, said, *_ in TAKEN.values():
        save_in(amina, tab(amina, SECTION), code, **said)
    assert progress(amina) == (5, 7)
    form = page_of(amina).form(SECTION)
    kept = {name: value for name, value in form.fields.items() if name.endswith(("revision", "form_key"))}
    assert amina.post(amina.home + SECTION, kept).status_code == 303
    assert progress(amina) == (0, 7)


def test_evidence_and_a_note_stand_beside_every_kind_that_is_scored(amina: Browser) -> None:
    said = {"evidence": "3", "evidence_kept": "Minutes of May", "note": "Ask Bruno"}
    for code, value in {
        "K3": {"none": "yes"},
        "K4": {"value": "1"},
        "K5": {"year": "2025", "month": "1"},
    }.items():
        assert save_in(amina, tab(amina, SECTION), code, **value, **said).status_code == 200
        filed = exported(amina)["answers"][code]
        assert (filed["evidence"], filed["evidence_kept"], filed["note"]) == (
            3,
            "Minutes of May",
            "Ask Bruno",
        )


def test_a_ticked_box_brings_up_the_question_that_waits_for_it(amina: Browser) -> None:
    assert "Who signed the policy?" not in page_of(amina).words
    save(amina, "kinds", {"K3:box:signature": "yes"})
    assert "Who signed the policy?" in page_of(amina).words
    assert progress(amina) == (1, 8)


# What is refused

PERCENTAGE = "Write a percentage from 0 to 100, in figures, such as 85 or 62.5."
NUMBER = "Write one number in figures, such as 1200 or 7.5, with nothing between the thousands."
LATER = "This date is later than today, 21 November 2026. Give the day when it last happened."
NO_SUCH_DAY = "There is no such day. Look at the day, and write the year with four figures."
PARTS = "Give the month and the year; the day too, if you know it."
TWO = "There is more than one answer here. Please keep one of them."
NOT_LISTED = "Choose one of the answers that are listed here."
REFUSED: dict[str, tuple[str, dict[str, str], str]] = {
    "a box there is not": ("K3", {"box:roof": "yes"}, NOT_LISTED),
    "a box and none": ("K3", {"box:date": "yes", "none": "yes"}, TWO),
    "a box and don't know": ("K3", {"box:date": "yes", "unknown": "yes"}, TWO),
    "none and don't know": ("K3", {"none": "yes", "unknown": "yes"}, TWO),
    "not applicable, where all answer": ("K3", {"not_applicable": "yes", "reason": "x"}, NOT_LISTED),
    "over a hundred": ("K4", {"value": "100.5"}, PERCENTAGE),
    "below nothing": ("K4", {"value": "-1"}, PERCENTAGE),
    "a percentage in words": ("K4", {"value": "most of them"}, PERCENTAGE),
    "three decimals": ("K4", {"value": "33.333"}, PERCENTAGE),
    "no number at all": ("K4", {"value": "nan"}, PERCENTAGE),
    "an endless percentage": ("K4", {"value": "9" * 5000}, PERCENTAGE),
    "a percentage and don't know": ("K4", {"value": "50", "unknown": "yes"}, TWO),
    "tomorrow": ("K5", {"day": "22", "month": "11", "year": "2026"}, LATER),
    "next month": ("K5", {"month": "12", "year": "2026"}, LATER),
    "no such day": ("K5", {"day": "30", "month": "2", "year": "2026"}, NO_SUCH_DAY),
    "a short year": ("K5", {"day": "1", "month": "2", "year": "26"}, NO_SUCH_DAY),
    "the year nought": ("K5", {"month": "2", "year": "0000"}, NO_SUCH_DAY),
    "a day in words": ("K5", {"day": "first", "month": "2", "year": "2026"}, NO_SUCH_DAY),
    "an endless year": ("K5", {"month": "2", "year": "9" * 5000}, NO_SUCH_DAY),
    "no year": ("K5", {"day": "3", "month": "2"}, PARTS),
    "no month": ("K5", {"year": "2026"}, PARTS),
    "only a day": ("K5", {"day": "3"}, PARTS),
    "a day and don't know": ("K5", {"month": "2", "year": "2026", "unknown": "yes"}, TWO),
    "a number in words": ("K6", {"value": "a dozen"}, NUMBER),
    "a sign between the thousands": ("K6", {"value": "1,200"}, NUMBER),
    "no number": ("K6", {"value": "inf"}, NUMBER),
    "too large a number": ("K6", {"value": "1000000000000"}, NUMBER),
    "don't know, where it is not asked": ("K6", {"unknown": "yes"}, NUMBER),
    "too many words": ("K7", {"value": "x" * 5001}, "This text has 5,001 characters; the most is 5,000."),
    "evidence there is not": ("K4", {"value": "5", "evidence": "5"}, NOT_LISTED),
}  # fmt: skip


@pytest.mark.parametrize(("code", "said", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_taken_comes_back_with_a_sentence_and_as_it_was_typed(
    amina: Browser, code: str, said: dict[str, str], told: str
) -> None:
    form = page_of(amina).form(SECTION)
    typed = {f"{code}:{name}": value for name, value in said.items()}
    refused = amina.post(amina.home + SECTION, form.fields | typed)
    assert refused.status_code == 422
    page = read(refused)
    assert f"{code}: {told}" in page.words
    assert told in question(page, code).words
    # The links of the summary lead to a field that is there.
    assert {link[1:] for link in page.links if link.startswith(f"#{code}")} <= set(page.ids)
    back = page.form(SECTION)
    for name, value in typed.items():
        if name in back.offered and (back.offered[name] is None or value in (back.offered[name] or [])):
            assert back.fields[name] == value
    by_htmx = amina.post(f"{amina.home}/answers/{code}", typed, htmx=True)
    assert by_htmx.status_code == 422
    assert f"Not saved yet: {told}" in read(by_htmx).words
    assert progress(amina)[0] == 0


def test_a_date_is_measured_by_the_day_on_which_it_is_said(amina: Browser, clock: Clock) -> None:
    tomorrow = {"K5:day": "22", "K5:month": "11", "K5:year": "2026"}
    assert save(amina, "kinds", tomorrow).status_code == 422
    clock.pass_by(timedelta(days=1))
    amina.come_back()
    assert save(amina, "kinds", tomorrow).status_code == 303


def test_an_answer_in_words_is_sealed_with_the_words_and_not_with_the_answers() -> None:
    """Who may see the answers of an assessment, but none of the words, sees that there is one."""
    question = TextQuestion(id="K7", kind="text")
    said = Said(Answer(PROUD))
    parts = parts_of(question, said)
    assert "choir" not in str(parts["answers"])
    assert "choir" in str(parts["notes"])
    assert opened(question, parts["answers"]) == Answer("")
    assert entry_of(question, parts, 1, None).said == said


# Two windows, and the same form twice

BOTH = {
    "checklist": ("K3", {"box:date": "yes"}, {"box:review": "yes"}, "1 of 3: A date", "1 of 3: A day"),
    "percentage": ("K4", {"value": "40"}, {"value": "70.5"}, "40 %", "70.5 %"),
    "recency": ("K5", {"month": "1", "year": "2025"}, {"month": "2", "year": "2025"}, "1 January", "1 Febr"),
    "number": ("K6", {"value": "12"}, {"value": "21"}, "12", "21"),
    "text": ("K7", {"value": "The choir"}, {"value": "The crew"}, "The choir", "The crew"),
}  # fmt: skip


@pytest.mark.parametrize(("code", "first", "second", "saved", "mine"), BOTH.values(), ids=BOTH)
def test_in_a_conflict_both_answers_are_shown_in_words(
    amina: Browser, code: str, first: dict[str, str], second: dict[str, str], saved: str, mine: str
) -> None:
    one, other = tab(amina, SECTION), tab(amina, SECTION)
    assert save_in(amina, one, code, **first).status_code == 200
    conflict = save_in(amina, other, code, **second)
    assert conflict.status_code == 409
    words = read(conflict).words
    assert f"Saved in the other window {saved}" in words
    assert f"What you said here {mine}" in words
    # In a whole page just the same, with what was typed in its fields.
    whole = page_of(amina).form(SECTION).fields | {f"{code}:{name}": value for name, value in second.items()}
    refused = amina.post(amina.home + SECTION, whole | {f"{code}:revision": "0", "form_key": "x"})
    assert refused.status_code == 409
    assert "What you said here" in read(refused).words
    assert save_in(amina, other, code).status_code == 200
    assert len(exported(amina)["earlier"][code]) == 1


@pytest.mark.parametrize(("code", "said", "value", "words"), TAKEN.values(), ids=TAKEN)
def test_the_same_form_twice_saves_once(
    amina: Browser, code: str, said: dict[str, str], value: Any, words: str
) -> None:
    form = page_of(amina).form(SECTION)
    fields = form.fields | {f"{code}:{name}": typed for name, typed in said.items()}
    assert [amina.post(form.action, fields).status_code for _ in range(2)] == [303, 303]
    assert stored(amina, code) == value
    assert "earlier" not in exported(amina)


# The report

ANSWERED = {
    "K1:choice": "2",
    "K2:choice": "partly",
    "K3:box:review": "yes",
    "K4:value": "80",
    "K5:month": "3",
    "K5:year": "2025",
    "K6:value": "40",
    "K7:value": "The choir",
}


def test_how_the_score_was_worked_out_says_each_answer_and_what_it_rests_on(amina: Browser) -> None:
    save(amina, "kinds", ANSWERED)
    words = visit(amina, f"{amina.home}/report/workings").words
    for said in (
        "( K1 ): “In place” counts 0.67, with weight 1",
        "( K2 ): “Partly” counts 0.5, with weight 1",
        "( K3 ): “A day on which it is looked at again” counts 0.33, with weight 1",
        "ticked by weight: 2 of 4. While an essential one is open, all of it together counts 33 % at most.",
        "( K4 ): “80 %” counts 0.75, with weight 1",
        "From 90 % on it counts in full",
        "( K5 ): “1 March 2025” counts 0.5, with weight 1",
        "20 months before 21 November 2026",
    ):
        assert said in words
    assert "( K6 )" not in words
    assert "Asked, and never scored: K6, K7." in words


@pytest.mark.parametrize("code", ["K3", "K4", "K5", "K6", "K7"])
def test_one_answer_of_any_kind_leaves_every_page_standing(amina: Browser, code: str) -> None:
    said = {name: value for name, value in ANSWERED.items() if name.startswith(code)}
    assert save(amina, "kinds", said).status_code == 303
    for path in (
        "",
        "/answers",
        "/report",
        "/report/workings",
        "/plan",
        "/targets",
        "/export",
        "/export.json",
    ):
        assert amina.get(amina.home + path).status_code == 200, path


# Out, in again, and on from a quick check


def bring_in(browser: Browser, file: dict[str, Any]) -> Response:
    reply: Response = browser.client.post(
        "/import",
        data={"form_key": form_key(browser.get("/import"))},
        files={"file": ("assessment.json", json.dumps(file))},
        follow_redirects=False,
    )
    return reply


def test_a_file_holds_every_kind_and_brings_it_in_again(amina: Browser) -> None:
    save(amina, "kinds", ANSWERED | {"K4:note": "Ask again"})
    file = exported(amina)
    assert {code: answer["value"] for code, answer in file["answers"].items()} == {
        "K1": 2,
        "K2": "partly",
        "K3": ["review"],
        "K4": 80,
        "K5": "2025-03-01",
        "K6": 40,
        "K7": "The choir",
    }
    amina.home = bring_in(amina, file).headers["location"]
    assert exported(amina) == file
    # What came in by a file is what the page would have saved.
    assert send(amina, page_of(amina).form(SECTION)).status_code == 303
    assert exported(amina) == file


UNFIT: dict[str, tuple[str, dict[str, Any], str]] = {
    "a box there is not": ("K3", {"value": ["roof"]}, NOT_LISTED),
    "a box twice": ("K3", {"value": ["date", "date"]}, NOT_LISTED),
    "boxes as words": ("K3", {"value": "date"}, NOT_LISTED),
    "boxes that are no words": ("K3", {"value": [1]}, "answers.K3.value"),
    "more boxes than any list has": ("K3", {"value": ["date"] * 501}, "answers.K3.value"),
    "over a hundred": ("K4", {"value": 101}, PERCENTAGE),
    "a percentage as words": ("K4", {"value": "80"}, PERCENTAGE),
    "a percentage that no field shows": ("K4", {"value": 33.333}, PERCENTAGE),
    "a percentage and don't know": ("K4", {"value": 80, "unknown": True}, PERCENTAGE),
    "a day to come": ("K5", {"value": "2026-11-22"}, LATER),
    "half a day": ("K5", {"value": "2026-11"}, LATER),
    "an endless number": ("K6", {"value": int("7" * 4000)}, NUMBER),
    "a huge number": ("K6", {"value": 1e300}, NUMBER),
    "endless words": ("K7", {"value": "x" * 5001}, "answers.K7.value"),
    "nought in words": ("K7", {"value": "a\x00b"}, "answers.K7.value"),
    "words that are a number": ("K7", {"value": 7}, NOT_LISTED),
}  # fmt: skip


@pytest.mark.parametrize(("code", "answer", "told"), UNFIT.values(), ids=UNFIT)
def test_a_file_with_an_answer_that_does_not_fit_is_refused_in_words(
    amina: Browser, code: str, answer: dict[str, Any], told: str
) -> None:
    refused = bring_in(amina, exported(amina) | {"answers": {code: answer}})
    assert refused.status_code == 422
    assert told in read(refused).words


def test_what_a_quick_check_said_of_every_kind_is_shown_in_words_to_be_confirmed(stranger: Browser) -> None:
    stranger.start("sample-kinds-quick")
    said = {"Q1:box:draft": "yes", "Q2:value": "72.5", "Q3:month": "5", "Q3:year": "2026", "Q4:none": "yes"}
    save(stranger, "kinds", said | {"Q2:note": "Counted in May"})
    going_on = visit(stranger, stranger.home).form("/continue")
    stranger.home = send(stranger, going_on).headers["location"]
    page = page_of(stranger)
    for words in (
        "you said 1 of 2: A draft to “What is there?”",
        "you said 72.5 % to “How many have read it?”",
        "Counted in May",
        "you said 1 May 2026 to “When did you last speak about it?”",
    ):
        assert words in question(page, "K3").words
    assert "you said None of these to “What else?”" in question(page, "K4").words
    assert "In your quick check" not in question(page, "K7").words
    assert progress(stranger)[0] == 0
