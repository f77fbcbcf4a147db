"""A section's page: what it asks, how it saves, and what it says of what it cannot take."""

import re

import pytest
from fastapi import FastAPI
from httpx import Response

from app.services.answers import TEXT_LIMIT
from tests.app.markup import Page, read, send, visit
from tests.app.questionnaire import SECTIONS, progress, save
from tests.conftest import Browser, found

LEVELS = ["0", "1", "2", "3"]
EVIDENCE = ["0", "1", "2", "3", "4"]


def question(page: Page, code: str) -> Page:
    """The card of one question."""
    return Page(
        found(rf'(<section class="question" id="question-{re.escape(code)}"[\s\S]*?</section>)', page.html)
    )


def section(browser: Browser, name: str) -> Page:
    return visit(browser, f"{browser.home}/sections/{name}")


# What it asks


def test_a_question_shows_four_levels_each_with_its_own_sentence(amina: Browser, app: FastAPI) -> None:
    framework = app.state.library.offer("ics-style-full").framework
    page = section(amina, "policy")
    assert page.form("/sections/policy").offered["P1.1:choice"] == [*LEVELS, "-unknown"]
    card = question(page, "P1.1").words
    indicator = framework.indicators["P1.1"]
    assert indicator.statement in card
    for word, sentence in zip(framework.levels, indicator.levels, strict=True):
        assert f"{word} {sentence}" in card


def test_a_question_brings_its_help_its_evidence_and_a_note(amina: Browser, app: FastAPI) -> None:
    indicator = app.state.library.offer("ics-style-full").framework.indicators["P1.1"]
    page = section(amina, "policy")
    offered = page.form("/sections/policy").offered
    assert offered["P1.1:evidence"] == EVIDENCE
    assert offered["P1.1:evidence_kept"] is None
    assert offered["P1.1:note"] is None
    card = question(page, "P1.1")
    assert indicator.why in card.words
    assert all(thing in card.words for thing in indicator.evidence)
    assert "Ask: " in card.words
    assert card.html.count("<details") == 2


def test_every_page_of_questions_asks_not_to_name_a_child(amina: Browser) -> None:
    for name in SECTIONS["ics-style-full"]:
        page = section(amina, name)
        assert "Please write no child’s name" in page.words
        texts = page.html.count("<textarea")
        assert texts
        assert len(re.findall("Please name no child\\.|No child’s details\\.", page.words)) == texts


def test_not_applicable_is_offered_where_it_is_allowed_and_asks_why(amina: Browser, app: FastAPI) -> None:
    questionnaire = app.state.library.offer("ics-style-full").questionnaire
    for name in SECTIONS["ics-style-full"]:
        offered = section(amina, name).form(f"/sections/{name}").offered
        for asked in next(one for one in questionnaire.sections if one.id == name).questions:
            assert ("-not-applicable" in (offered[f"{asked.id}:choice"] or [])) == asked.not_applicable
            assert (f"{asked.id}:reason" in offered) == asked.not_applicable


def test_a_quick_check_asks_yes_partly_no_and_no_evidence(bruno: Browser) -> None:
    offered = section(bruno, "policy").form("/sections/policy").offered
    assert offered["P1.1:choice"] == ["yes", "partly", "no", "-unknown"]
    assert "P1.1:evidence" not in offered


def test_what_was_answered_stands_there_on_the_next_visit(amina: Browser) -> None:
    said = {"P4.3:choice": "-not-applicable", "P4.3:reason": "Nobody\nreads it.", "P4.3:evidence": "4"}
    said |= {"P4.3:evidence_kept": "Folder 3", "P4.3:note": "Ask <again> & again"}
    save(amina, "policy-in-use", said)
    fields = section(amina, "policy-in-use").form("/sections/policy-in-use").fields
    assert {name: fields[name] for name in said} == said


def test_an_answer_can_be_taken_back(amina: Browser) -> None:
    save(amina, "policy", {"P1.1:choice": "2", "P1.1:note": "Words"})
    assert amina.answer("P1.1", "").status_code == 200
    assert progress(amina) == (0, 53)


# Saving


def test_a_section_is_saved_as_a_whole_and_leads_on_to_the_next(amina: Browser) -> None:
    saved = save(amina, "policy", {"P1.1:choice": "2", "P2.3:choice": "-unknown"})
    assert (saved.status_code, saved.headers["location"]) == (303, f"{amina.home}/sections/policy-in-use")
    assert progress(amina) == (2, 53)


def test_the_last_section_leads_to_the_check_of_all_answers(amina: Browser) -> None:
    assert save(amina, "improving", {"A4.1:choice": "1"}).headers["location"] == f"{amina.home}/answers"


def test_one_can_save_and_stay(amina: Browser) -> None:
    form = section(amina, "policy").form("/sections/policy")
    stayed = send(amina, form, {"P1.1:choice": "1"}, button=("onward", "stay"))
    assert stayed.headers["location"] == f"{amina.home}/sections/policy"
    assert (
        question(section(amina, "policy"), "P1.1")
        .words.strip()
        .endswith("Saved Answered on 21 November 2026")
    )


def test_htmx_gets_the_question_and_the_progress_and_nothing_else(amina: Browser) -> None:
    saved = amina.answer("P1.1", "2", note="In place")
    assert saved.status_code == 200
    assert saved.headers["vary"] == "HX-Request"
    assert saved.text.count("<html") + saved.text.count("data-question") == 0
    assert 'id="state-P1.1"' in saved.text
    assert 'name="P1.1:revision" value="1"' in saved.text
    assert "Saved" in read(saved).words
    assert "1 of 6 answered" in read(saved).words
    assert question(section(amina, "policy"), "P1.1").html.count("In place") > 1


def test_the_fragment_is_the_very_part_of_the_page_that_it_replaces(amina: Browser) -> None:
    saved = amina.answer("P1.1", "2").text
    state = found(r'(<div data-state id="state-P1.1">[\s\S]*?</div>)', saved)
    assert state in section(amina, "policy").html


# What cannot be taken

TOO_LONG = "This text has 5,001 characters; the most is 5,000. Please shorten it."
NOT_LISTED = "Choose one of the answers that are listed here."
NO_REASON = "Say in a sentence why this does not apply to you."
REFUSED = {
    "a level there is not": ("P1.1", {"choice": "4"}, NOT_LISTED),
    "a level below the lowest": ("P1.1", {"choice": "-1"}, NOT_LISTED),
    "half a level": ("P1.1", {"choice": "1.5"}, NOT_LISTED),
    "a level in other digits": ("P1.1", {"choice": "٢"}, NOT_LISTED),
    "an endless level": ("P1.1", {"choice": "9" * 5000}, NOT_LISTED),
    "an option of another scale": ("P1.1", {"choice": "yes"}, NOT_LISTED),
    "evidence there is not": ("P1.1", {"choice": "1", "evidence": "5"}, NOT_LISTED),
    "endless evidence": ("P1.1", {"choice": "1", "evidence": "9" * 5000}, NOT_LISTED),
    "endless nonsense": ("P1.1", {"choice": "1", "evidence": "x" * 5000}, NOT_LISTED),
    "not applicable, where all answer": ("P1.1", {"choice": "-not-applicable", "reason": "x"}, NOT_LISTED),
    "no reason": ("P4.3", {"choice": "-not-applicable"}, NO_REASON),
    "a blank reason": ("P4.3", {"choice": "-not-applicable", "reason": " \n "}, NO_REASON),
    "a long reason": ("P4.3", {"choice": "-not-applicable", "reason": "x" * 5001}, TOO_LONG),
    "a long note": ("P1.1", {"choice": "2", "note": "x" * 5001}, TOO_LONG),
    "a long place": ("P1.1", {"choice": "2", "evidence_kept": "x" * 5001}, TOO_LONG),
}  # fmt: skip
SECTION_OF = {"P1.1": "policy", "P4.3": "policy-in-use"}


def post_section(browser: Browser, code: str, said: dict[str, str]) -> Response:
    """The section's form as it stands, but for what is said to one question; forged where it has to be."""
    path = f"{browser.home}/sections/{SECTION_OF[code]}"
    form = visit(browser, path).form(path)
    return browser.post(path, form.fields | {f"{code}:{name}": value for name, value in said.items()})


@pytest.mark.parametrize(("code", "said", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_taken_comes_back_with_a_sentence_and_as_it_was_typed(
    amina: Browser, code: str, said: dict[str, str], told: str
) -> None:
    refused = post_section(amina, code, said)
    assert refused.status_code == 422
    page = read(refused)
    assert f"{code}: {told}" in page.words
    assert told in question(page, code).words
    shown = page.form(f"/sections/{SECTION_OF[code]}").fields
    offered = page.form(f"/sections/{SECTION_OF[code]}").offered
    for name, value in said.items():
        choices = offered.get(f"{code}:{name}")
        if choices is None or value in choices:
            assert shown.get(f"{code}:{name}", value) == value
    assert progress(amina) == (0, 53)

    fields = {f"{code}:{name}": value for name, value in said.items()}
    by_htmx = amina.post(f"{amina.home}/answers/{code}", fields, htmx=True)
    assert by_htmx.status_code == 422
    assert f"Not saved yet: {told}" in read(by_htmx).words
    assert progress(amina) == (0, 53)


def test_what_can_be_taken_is_saved_beside_what_cannot(amina: Browser) -> None:
    refused = save(amina, "policy", {"P1.1:note": "x" * 5001, "P1.1:choice": "2", "P1.2:choice": "3"})
    assert refused.status_code == 422
    assert "Everything else is saved." in read(refused).words
    assert progress(amina) == (1, 53)
    shortened = send(amina, read(refused).form("/sections/policy"), {"P1.1:note": "Shorter"})
    assert shortened.status_code == 303
    assert progress(amina) == (2, 53)


LONGEST = {
    "latin": "x",
    "emoji": "🦉",
    "Arabic": "ع",
    "Hindi": "ह",
    "line ends": "a\n",
}


@pytest.mark.parametrize("sign", LONGEST.values(), ids=LONGEST)
def test_a_text_may_have_5000_characters_as_people_count_them(amina: Browser, sign: str) -> None:
    text = (sign * TEXT_LIMIT)[: TEXT_LIMIT - 1] + "z"
    assert len(text) == 5000
    # A browser sends each line end as two characters.
    sent = text.replace("\n", "\r\n")
    assert amina.answer("P1.1", "2", note=sent).status_code == 200
    assert amina.answer("P1.1", "2", note=sent + "z").status_code == 422
    fields = section(amina, "policy").form("/sections/policy").fields
    assert fields["P1.1:note"] == text


def test_a_question_of_another_section_is_not_taken_in(amina: Browser) -> None:
    form = section(amina, "policy").form("/sections/policy")
    foreign = {"H1.1:choice": "3", "H1.1:revision": "0", "Z9.9:choice": "3", "Z9.9:revision": "0"}
    assert amina.post(form.action, form.fields | foreign).status_code == 303
    assert progress(amina) == (0, 53)


@pytest.mark.parametrize("code", ["Z9.9", "H1", "p1.1", "%00", "P1.1%20"])
def test_a_question_that_is_not_asked_is_not_found(amina: Browser, code: str) -> None:
    assert amina.post(f"{amina.home}/answers/{code}", {f"{code}:choice": "1"}, htmx=True).status_code == 404


@pytest.mark.parametrize("revision", ["", "x", "-1", "1.5", "9" * 5000, "٣"])
def test_a_revision_that_is_no_number_counts_as_none(amina: Browser, revision: str) -> None:
    fields = {"P1.1:choice": "2", "P1.1:revision": revision}
    assert amina.post(f"{amina.home}/answers/P1.1", fields, htmx=True).status_code == 200
    assert (
        amina.post(f"{amina.home}/answers/P1.1", fields | {"P1.1:choice": "3"}, htmx=True).status_code == 409
    )


# All answers on one page


def test_all_answers_can_be_checked_on_one_page(amina: Browser) -> None:
    save(amina, "policy", {"P1.1:choice": "2", "P1.1:evidence": "3", "P1.1:note": "Signed in May"})
    save(amina, "policy", {"P1.2:choice": "-unknown"})
    save(amina, "policy-in-use", {"P4.3:choice": "-not-applicable", "P4.3:reason": "Only adults here"})
    page = visit(amina, f"{amina.home}/answers")
    assert page.words.count("No answer yet") == 50
    for said in (
        "In place",
        "Records show it in use",
        "Signed in May",
        "We don’t know",
        "Does not apply to us",
        "Only adults here",
    ):
        assert said in page.words
    assert page.words.count("Change ") == 3
    assert f"{amina.home}/sections/policy#question-P1.1" in page.links


def test_a_quick_check_is_shown_in_its_own_words(bruno: Browser) -> None:
    save(bruno, "policy", {"P1.1:choice": "partly", "P2.1:choice": "no"})
    words = visit(bruno, f"{bruno.home}/answers").words
    assert "Partly" in words
    assert "No, not yet" in words


def test_a_reason_that_is_no_longer_needed_is_not_shown_as_one(amina: Browser) -> None:
    amina.answer("P4.3", "-not-applicable", reason="Only adults here")
    amina.answer("P4.3", "2", reason="Only adults here")
    assert "Only adults here" not in visit(amina, f"{amina.home}/answers").words
